package dev.orderflow.orders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.orderflow.setup.Database;
import dev.orderflow.test.ChildJvm;
import dev.orderflow.test.TestServers;

/** order-service in processes of its own, which can be killed. */
final class OrderServiceProcess {

	private OrderServiceProcess() {
	}

	/** Starts one on a free port; {@code more} are further arguments. */
	static ChildJvm start(Path logs, Database database, String... more) {
		List<String> arguments = new ArrayList<>(List.of(more));
		TestServers.properties(database).forEach((name, value) -> arguments.add("--" + name + "=" + value));
		arguments.add("--management.server.port=0");
		return ChildJvm.start(logs, OrderServiceApplication.class, arguments);
	}

}
