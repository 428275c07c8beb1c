package dev.orderflow.inventory;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import dev.orderflow.inbox.RawBatch;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Decorates the inbox of a child process: it never returns from its first batch, so that
 * the transaction is committed and the offsets are not. Registered with
 * {@code spring.main.sources} and not annotated, because component scanning must not find
 * it.
 */
class PauseAfterCommit implements BeanPostProcessor {

	static final String PAUSED = "paused after the commit of a batch";

	@Override
	@SuppressWarnings("unchecked")
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (!beanName.equals("inbox")) {
			return bean;
		}
		Consumer<RawBatch> inbox = (Consumer<RawBatch>) bean;
		return (Consumer<RawBatch>) (batch) -> {
			inbox.accept(batch);
			System.out.println(PAUSED);
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		};
	}

}
