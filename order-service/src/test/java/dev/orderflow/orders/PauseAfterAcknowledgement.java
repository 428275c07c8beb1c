package dev.orderflow.orders;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * Decorates the relay's producer of a child process: it receives the broker's
 * acknowledgement but never passes it on, so that the record is on the topic and its row
 * still in the table. Registered with {@code spring.main.sources} and not annotated,
 * because component scanning must not find it.
 */
class PauseAfterAcknowledgement implements BeanPostProcessor {

	static final String PAUSED = "paused after the acknowledgement of a record";

	@Override
	@SuppressWarnings("unchecked")
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (beanName.equals("outboxProducerFactory")) {
			((DefaultKafkaProducerFactory<byte[], byte[]>) bean).addPostProcessor(this::pausing);
		}
		return bean;
	}

	@SuppressWarnings("unchecked")
	private Producer<byte[], byte[]> pausing(Producer<byte[], byte[]> producer) {
		return (Producer<byte[], byte[]>) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Producer.class }, (proxy, method, arguments) -> {
					if (arguments != null && arguments.length == 2 && arguments[1] instanceof Callback) {
						arguments[1] = (Callback) (metadata, failure) -> pause();
					}
					try {
						return method.invoke(producer, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private static void pause() {
		System.out.println(PAUSED);
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
