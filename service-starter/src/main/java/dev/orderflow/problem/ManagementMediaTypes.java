package dev.orderflow.problem;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Gives the management port, which has an application context of its own, the content
 * negotiation and the container problems of the API.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Import(ContainerProblems.class)
public final class ManagementMediaTypes {

	@Bean
	MediaTypeFilter managementMediaTypeFilter() {
		return new MediaTypeFilter();
	}

}
