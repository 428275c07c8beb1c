package dev.orderflow.inventory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Reads {@code orders}, keeps stock and reservations in its own database. */
@SpringBootApplication(proxyBeanMethods = false)
public class InventoryServiceApplication {

	static void main(String[] args) {
		SpringApplication.run(InventoryServiceApplication.class, args);
	}

}
