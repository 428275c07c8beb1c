package dev.orderflow.demo.summary;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SourceTests {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final CountDownLatch hanging = new CountDownLatch(1);

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void hasNoAnswerWhenTheQuestionFails() throws InterruptedException {
		Source<String> source = new Source<>(() -> {
			throw new IOException("no");
		});
		source.ask(this.threads);

		assertThat(source.answer(BOUND)).isEmpty();
	}

	@Test
	void neverGivesAnAnswerThatCameTooLate() throws InterruptedException {
		AtomicInteger asked = new AtomicInteger();
		CountDownLatch answered = new CountDownLatch(1);
		Source<Integer> source = new Source<>(() -> {
			int question = asked.incrementAndGet();
			this.hanging.await();
			answered.countDown();
			return question;
		});
		source.ask(this.threads);
		assertThat(source.answer(Duration.ZERO)).isEmpty();

		source.ask(this.threads);
		assertThat(asked).as("no second question while the first one hangs").hasValueLessThan(2);
		this.hanging.countDown();
		answered.await();
		assertThat(source.answer(BOUND)).as("the answer to the first question").isEmpty();
	}

}
