package dev.orderflow.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts order-service: the API on port 8080, management on 9080. Without Spring Boot's
 * error page, because every error is a problem: see
 * {@link dev.orderflow.orders.problem.OrderProblems} and {@code ContainerProblems}.
 */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
@EnableScheduling
public class OrderServiceApplication {

	public static void main(String[] args) {
		SpringApplication.run(OrderServiceApplication.class, args);
	}

}
