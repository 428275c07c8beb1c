package dev.orderflow.analytics;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Reads {@code orders}, keeps sales figures in its own database. */
@SpringBootApplication(proxyBeanMethods = false)
public class AnalyticsServiceApplication {

	static void main(String[] args) {
		SpringApplication.run(AnalyticsServiceApplication.class, args);
	}

}
