package dev.orderflow.problem;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;

/**
 * The management port negotiates as the API does; it has an application context of its
 * own.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public final class ManagementMediaTypes {

	@Bean
	MediaTypeFilter managementMediaTypeFilter() {
		return new MediaTypeFilter();
	}

}
