package dev.orderflow.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Takes orders, keeps each with its event in its own database. */
@SpringBootApplication(proxyBeanMethods = false)
public class OrderServiceApplication {

	static void main(String[] args) {
		SpringApplication.run(OrderServiceApplication.class, args);
	}

}
