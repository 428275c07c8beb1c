package dev.orderflow.migration;

/**
 * Lets the shutdown of the process end a wait at startup. Spring's own shutdown waits
 * until the startup is over, which takes as long as a database may be missing.
 */
final class EndedByShutdown {

	private EndedByShutdown() {
	}

	/**
	 * Runs it, and interrupts it when the process is asked to end. What does not wait
	 * goes on: PostgreSQL's driver ignores the interrupt, so that a migration in progress
	 * is completed.
	 */
	static void run(Runnable startup) {
		Thread hook = new Thread(Thread.currentThread()::interrupt, "migration-wait-end");
		Runtime.getRuntime().addShutdownHook(hook);
		startup.run();
		Runtime.getRuntime().removeShutdownHook(hook);
	}

}
