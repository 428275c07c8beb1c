package dev.orderflow.orders;

import jakarta.servlet.RequestDispatcher;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What fails beside Spring MVC, in a filter for example, is answered as a problem too.
 */
@RestController
class ContainerErrors implements ErrorController {

	@RequestMapping("/error")
	ResponseEntity<Object> error(
			@RequestAttribute(name = RequestDispatcher.ERROR_STATUS_CODE, required = false) @Nullable Integer status) {
		return Problems.outsideOfTheApi((status != null) ? HttpStatus.valueOf(status) : HttpStatus.NOT_FOUND);
	}

}
