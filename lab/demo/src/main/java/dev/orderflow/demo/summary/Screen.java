package dev.orderflow.demo.summary;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * Where summaries appear. A terminal shows one table, redrawn in place in one write and
 * without clearing first, so that it does not flicker; text above it stays. Any other
 * output gets one line per summary. A closed screen shows nothing more. Limit: typed
 * input moves the cursor, and the next table begins there.
 */
public final class Screen implements AutoCloseable {

	private static final String UP = "\u001b[%dA";

	private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";

	private static final String CLEAR_TO_END_OF_SCREEN = "\u001b[J";

	/*
	 * Without wrapping, a narrow terminal truncates lines, so that each stays one row
	 * high.
	 */
	private static final String WRAP_OFF = "\u001b[?7l";

	private static final String WRAP_ON = "\u001b[?7h";

	private final PrintStream out;

	private final boolean terminal;

	private int drawn;

	private boolean closed;

	/**
	 * A screen on that output.
	 * @param terminal whether the output understands ANSI escape sequences
	 */
	public Screen(PrintStream out, boolean terminal) {
		this.out = out;
		this.terminal = terminal;
	}

	/** The interval between summaries. */
	public Duration period() {
		return this.terminal ? Duration.ofSeconds(1) : Duration.ofSeconds(5);
	}

	/** Shows a summary, with notes that are not figures. */
	public synchronized void show(Summary summary, List<String> notes) {
		if (this.closed) {
			return;
		}
		if (!this.terminal) {
			this.out.println(SummaryText.line(summary, notes));
			return;
		}
		List<String> lines = SummaryText.table(summary, notes);
		StringBuilder text = new StringBuilder(WRAP_OFF);
		if (this.drawn > 0) {
			text.append('\r').append(UP.formatted(this.drawn));
		}
		lines.forEach((line) -> text.append(line).append(CLEAR_TO_END_OF_LINE).append('\n'));
		this.out.print(text.append(CLEAR_TO_END_OF_SCREEN).append(WRAP_ON));
		this.out.flush();
		this.drawn = lines.size();
	}

	/** Leaves the last summary in place; later output appears below it. */
	@Override
	public synchronized void close() {
		if (!this.closed && this.terminal) {
			// The terminal has echoed Ctrl-C.
			this.out.print('\r' + CLEAR_TO_END_OF_LINE);
			this.out.flush();
		}
		this.closed = true;
	}

}
