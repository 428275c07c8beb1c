package dev.orderflow.recommendation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Reads {@code orders}, keeps what is bought together in its own database. */
@SpringBootApplication(proxyBeanMethods = false)
public class RecommendationServiceApplication {

	static void main(String[] args) {
		SpringApplication.run(RecommendationServiceApplication.class, args);
	}

}
