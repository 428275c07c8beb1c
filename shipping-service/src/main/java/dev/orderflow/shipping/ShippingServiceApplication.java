package dev.orderflow.shipping;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Reads {@code orders}, keeps shipments in its own database. */
@SpringBootApplication(proxyBeanMethods = false)
public class ShippingServiceApplication {

	static void main(String[] args) {
		SpringApplication.run(ShippingServiceApplication.class, args);
	}

}
