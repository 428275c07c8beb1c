package dev.orderflow.inbox;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.converter.BatchMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Hands a polled batch to the function untouched. */
final class RawBatchConverter implements BatchMessageConverter {

	@Override
	@SuppressWarnings("unchecked")
	public Message<?> toMessage(List<ConsumerRecord<?, ?>> records, @Nullable Acknowledgment acknowledgment,
			@Nullable Consumer<?, ?> consumer, @Nullable Type payloadType) {
		List<ConsumerRecord<byte[], byte[]>> raw = new ArrayList<>(records.size());
		records.forEach((record) -> raw.add((ConsumerRecord<byte[], byte[]>) record));
		return new GenericMessage<>(new RawBatch(raw));
	}

	@Override
	public List<ProducerRecord<?, ?>> fromMessage(Message<?> message, String defaultTopic) {
		throw new UnsupportedOperationException("Only batches are read: writing a message is not supported");
	}

}
