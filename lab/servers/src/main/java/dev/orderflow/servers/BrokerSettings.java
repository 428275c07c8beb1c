package dev.orderflow.servers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orderflow.events.Topics;

/**
 * The settings of every single broker that Orderflow starts, as a process or in a
 * container: its own controller (KRaft), no automatic topic creation, and consumer groups
 * as the services expect them.
 */
public final class BrokerSettings {

	/* How long offsets of an empty group are kept: 45 days, in minutes. */
	private static final int OFFSETS_RETENTION_MINUTES = 45 * 24 * 60;

	private BrokerSettings() {
	}

	/**
	 * The settings that do not depend on where the broker runs, under Kafka's names.
	 */
	public static Map<String, String> common() {
		Map<String, String> settings = new HashMap<>(groups());
		settings.put("auto.create.topics.enable", "false");
		settings.put("message.max.bytes",
				Integer.toString(Topics.MESSAGE_BYTES_MAX + Topics.DEAD_LETTER_HEADROOM_BYTES));
		settings.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
		for (String internal : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
			settings.put(internal + ".num.partitions", "1");
			settings.put(internal + ".replication.factor", "1");
		}
		settings.put("transaction.state.log.min.isr", "1");
		settings.put("share.coordinator.state.topic.min.isr", "1");
		return Map.copyOf(settings);
	}

	/**
	 * Where the broker and its controller listen. The broker advertises
	 * {@code localhost}.
	 * @param interfaces the address to listen on: {@code localhost}, or {@code 0.0.0.0}
	 * in a container, which must publish the port under the same number
	 */
	public static Map<String, String> network(String interfaces, int port, int controllerPort) {
		return Map.of("process.roles", "broker,controller", "node.id", "1", "controller.quorum.voters",
				"1@localhost:" + controllerPort, "controller.listener.names", "CONTROLLER", "listeners",
				"BROKER://%s:%d,CONTROLLER://localhost:%d".formatted(interfaces, port, controllerPort),
				"advertised.listeners", "BROKER://localhost:" + port, "inter.broker.listener.name", "BROKER",
				"listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
	}

	/* Under KIP-848 session and heartbeat are the broker's settings, not the client's. */
	private static Map<String, String> groups() {
		return Map.of("group.consumer.session.timeout.ms", "10000", "group.consumer.min.session.timeout.ms", "6000",
				"group.consumer.heartbeat.interval.ms", "2000", "group.consumer.min.heartbeat.interval.ms", "2000",
				"group.initial.rebalance.delay.ms", "0", "offsets.retention.minutes",
				Integer.toString(OFFSETS_RETENTION_MINUTES));
	}

}
