package dev.orderflow.demo;

import java.io.IOException;
import java.net.InetSocketAddress;

import com.sun.net.httpserver.HttpServer;

/** Stands in for a service: is ready at once, or ends with an error if configured to. */
final class FakeService {

	private FakeService() {
	}

	public static void main(String[] arguments) throws IOException {
		System.out.println("database " + System.getenv("SPRING_DATASOURCE_URL") + " as "
				+ System.getenv("SPRING_DATASOURCE_USERNAME"));
		if ("true".equals(System.getenv("FAKE_FAIL"))) {
			throw new IllegalStateException("as asked");
		}
		int port = Integer.parseInt(System.getenv("MANAGEMENT_SERVER_PORT"));
		HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
		server.createContext("/actuator/health/readiness", (exchange) -> {
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		server.start();
	}

}
