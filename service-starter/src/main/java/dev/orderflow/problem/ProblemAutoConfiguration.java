package dev.orderflow.problem;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** HTTP error responses, the same in every service that has this starter. */
@AutoConfiguration(before = WebMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@Import({ ProblemAdvice.class, BodyLimit.class, ContainerProblems.class, StrictJson.class })
public final class ProblemAutoConfiguration {

	/**
	 * Removes forwarded headers: no service trusts them, and the API's page, which would
	 * read them, fails on a malformed value.
	 */
	@Bean
	ForwardedHeaderFilter forwardedHeadersRemoved() {
		ForwardedHeaderFilter filter = new ForwardedHeaderFilter();
		filter.setRemoveOnly(true);
		return filter;
	}

	@Bean
	MediaTypeFilter mediaTypeFilter() {
		return new MediaTypeFilter();
	}

}
