package dev.orderflow.testservice;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.orderflow.inbox.PreparingEventHandler;
import dev.orderflow.inbox.ReceivedEvent;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes one row for each event, then behaves as the test requested for the thing's name:
 * fails, waits or breaks the connection. Prepares nothing unless the test requests it.
 */
@Component
public class ThingEffects implements PreparingEventHandler<Thing> {

	public static final String THING = "test.thing.v1";

	private final JdbcClient jdbc;

	private final Map<String, Integer> tries = new ConcurrentHashMap<>();

	private final Map<String, Consumer<ReceivedEvent<Thing>>> behaviours = new ConcurrentHashMap<>();

	private final Map<String, Consumer<ReceivedEvent<Thing>>> preparations = new ConcurrentHashMap<>();

	public ThingEffects(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public String name() {
		return "test-service";
	}

	@Override
	public Map<String, Class<? extends Thing>> types() {
		return Map.of(THING, Thing.class);
	}

	@Override
	public int workOf(Thing thing) {
		if (thing.name().equals("unmeasurable")) {
			throw new IllegalStateException("Expected a thing with measurable work");
		}
		return 1;
	}

	@Override
	public Effect<Thing> prepare(List<ReceivedEvent<Thing>> events) {
		events.forEach((event) -> behave(event, this.preparations));
		return this::write;
	}

	private void write(List<ReceivedEvent<Thing>> events) {
		for (ReceivedEvent<Thing> event : events) {
			this.tries.merge(event.id(), 1, Integer::sum);
			this.jdbc.sql("""
					insert into effect (event_id, name, amount)
					values (:eventId, :name, :amount)""")
				.param("eventId", event.id())
				.param("name", event.data().name())
				.param("amount", event.data().amount())
				.update();
			behave(event, this.behaviours);
		}
	}

	private static void behave(ReceivedEvent<Thing> event, Map<String, Consumer<ReceivedEvent<Thing>>> behaviours) {
		behaviours.getOrDefault(event.data().name(), (ignored) -> {
		}).accept(event);
	}

	/** From now on, preparing a thing of that name does this. */
	public void whenPreparing(String name, Consumer<ReceivedEvent<Thing>> preparation) {
		this.preparations.put(name, preparation);
	}

	/** From now on, handling a thing of that name does this after writing its effect. */
	public void when(String name, Consumer<ReceivedEvent<Thing>> behaviour) {
		this.behaviours.put(name, behaviour);
	}

	/** How often the event reached this handler. */
	public int triesOf(String eventId) {
		return this.tries.getOrDefault(eventId, 0);
	}

	/** How often the event's effect is in the database. */
	public int effectsOf(String eventId) {
		return this.jdbc.sql("select count(*) from effect where event_id = :eventId")
			.param("eventId", eventId)
			.query(Integer.class)
			.single();
	}

}
