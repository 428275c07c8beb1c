package dev.orderflow.problem;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The management port negotiates as the API does, and what its Tomcat refuses is a
 * problem too; it has an application context of its own.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Import(ContainerProblems.class)
public final class ManagementMediaTypes {

	@Bean
	MediaTypeFilter managementMediaTypeFilter() {
		return new MediaTypeFilter();
	}

}
