package dev.orderflow.tracing;

import java.util.Map;

import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Determines whose trace an appended event continues. A batch has as many traces as
 * events, so no trace is current while it is handled; the causing event is found by its
 * id.
 */
public final class Causes {

	private static final ScopedValue<Map<String, Context>> CONTEXTS = ScopedValue.newInstance();

	private Causes() {
	}

	/**
	 * Runs the handling of a batch. The contexts are available in this thread until the
	 * handling returns.
	 * @param contexts by event id
	 */
	public static void handle(Map<String, Context> contexts, Runnable handling) {
		ScopedValue.where(CONTEXTS, contexts).run(handling);
	}

	/**
	 * The context of the event that is the cause, or the current one when no such event
	 * is being handled.
	 * @param causationId id of an event, or null when a request is the cause
	 */
	public static Context contextOf(@Nullable String causationId) {
		Context cause = (causationId != null) ? CONTEXTS.orElse(Map.of()).get(causationId) : null;
		return (cause != null) ? cause : Context.current();
	}

}
