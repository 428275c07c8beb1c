package dev.orderflow.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * One way in which a system breaks. {@link #inject} breaks it; what it returns mends it
 * and returns when what was broken runs again.
 */
interface Fault {

	/** Its name in plans and tables. */
	String name();

	/** What it can break: services, topics or servers. Never empty. */
	List<String> subjects();

	/** The shortest time that it lasts in a random plan. */
	Duration holdMin();

	/** The longest time that it lasts in a random plan. */
	Duration holdMax();

	/**
	 * Breaks the subject.
	 * @throws Exception if that failed, which is no finding about the system
	 */
	Mend inject(String subject, Random random) throws Exception;

	/** Ends a fault. */
	@FunctionalInterface
	interface Mend {

		/** For a fault that is over at once. */
		Mend NOTHING = () -> {
		};

		/** Ends the fault, and waits until what was broken runs. */
		void run() throws Exception;

	}

	/** How a fault breaks its subject. */
	@FunctionalInterface
	interface Injection {

		Mend into(String subject, Random random) throws Exception;

	}

	/** A fault that lasts between two times. */
	static Fault of(String name, List<String> subjects, int secondsMin, int secondsMax, Injection injection) {
		return new Simple(name, subjects, Duration.ofSeconds(secondsMin), Duration.ofSeconds(secondsMax), injection);
	}

	/** A fault whose injection is a function. */
	record Simple(String name, List<String> subjects, Duration holdMin, Duration holdMax,
			Injection injection) implements Fault {

		public Simple {
			subjects = List.copyOf(subjects);
		}

		@Override
		public Mend inject(String subject, Random random) throws Exception {
			return this.injection.into(subject, random);
		}

	}

}
