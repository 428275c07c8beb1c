package dev.orderflow.recommendation;

import java.util.List;

import org.hibernate.validator.constraints.Range;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The recommendations over HTTP. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class RecommendationController {

	private static final int LIMIT_MAX = 100;

	private static final String LIMIT = "a whole number from 1 to " + LIMIT_MAX;

	private final Pairs pairs;

	RecommendationController(Pairs pairs) {
		this.pairs = pairs;
	}

	/**
	 * Empty for a product that was never bought together with another one. This service
	 * has no catalogue, so it cannot tell an unknown product from a new one, and neither
	 * is an error.
	 */
	@GetMapping("/recommendations/{sku}")
	List<Recommendation> recommendations(@PathVariable String sku,
			@RequestParam(defaultValue = "10") @Range(min = 1, max = LIMIT_MAX, message = LIMIT) int limit) {
		return this.pairs.boughtTogetherWith(sku, limit);
	}

}
