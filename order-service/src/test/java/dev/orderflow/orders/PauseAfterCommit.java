package dev.orderflow.orders;

import java.util.concurrent.CountDownLatch;

import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Decorates the use case of a child process outside its transaction: the order is
 * committed but never answered. Registered with {@code spring.main.sources} and not
 * annotated, because component scanning must not find it.
 */
class PauseAfterCommit implements BeanPostProcessor {

	static final String PAUSED = "paused after the commit of an order";

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (!beanName.equals("placeOrderOnce")) {
			return bean;
		}
		ProxyFactory proxy = new ProxyFactory(bean);
		proxy.setProxyTargetClass(true);
		proxy.addAdvice((MethodInterceptor) (invocation) -> {
			invocation.proceed();
			System.out.println(PAUSED);
			new CountDownLatch(1).await();
			throw new IllegalStateException("Not reached");
		});
		return proxy.getProxy();
	}

}
