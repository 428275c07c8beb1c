package dev.orderflow.testservice;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Reads {@code things}, writes one effect for each. */
@SpringBootApplication(proxyBeanMethods = false)
public class TestService {

	@Bean
	MeterRegistry meters() {
		return new SimpleMeterRegistry();
	}

}
