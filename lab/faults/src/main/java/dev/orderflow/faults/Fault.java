package dev.orderflow.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * One way in which a system breaks.
 *
 * @param name its name in plans and tables
 * @param subjects what it can break: services, topics or servers; never empty
 * @param holdMin the shortest time that it lasts in a random plan
 * @param holdMax the longest time that it lasts in a random plan
 * @param injection how it breaks a subject
 */
record Fault(String name, List<String> subjects, Duration holdMin, Duration holdMax, Injection injection) {

	Fault {
		subjects = List.copyOf(subjects);
	}

	/** A fault that lasts between two times. */
	static Fault of(String name, List<String> subjects, int secondsMin, int secondsMax, Injection injection) {
		return new Fault(name, subjects, Duration.ofSeconds(secondsMin), Duration.ofSeconds(secondsMax), injection);
	}

	/**
	 * Breaks the subject.
	 * @return mends it, and returns when what was broken runs again
	 * @throws Exception if that failed, which is no finding about the system
	 */
	Mend inject(String subject, Random random) throws Exception {
		return this.injection.into(subject, random);
	}

	/** How a fault breaks its subject. */
	@FunctionalInterface
	interface Injection {

		Mend into(String subject, Random random) throws Exception;

	}

	/** Ends a fault. */
	@FunctionalInterface
	interface Mend {

		/** For a fault that is over at once. */
		Mend NOTHING = () -> {
		};

		/** Ends the fault, and waits until what was broken runs. */
		void run() throws Exception;

	}

}
