package dev.orderflow.deadletter;

import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.describe;
import static dev.orderflow.testservice.ThingRecords.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DeadLetterTests {

	@Test
	void cutsAReasonThatIsTooLong() {
		assertThat(letterFrom("things", "x".repeat(1000)).reason()).hasSize(1000);
		assertThat(letterFrom("things", "x".repeat(100_000)).reason()).hasSize(1000);
	}

	@Test
	void keepsNoNulInTheReason() {
		assertThat(letterFrom("things", "a\0b").reason()).isEqualTo("a b");
	}

	@Test
	void cutsNoCharacterInHalf() {
		assertThat(letterFrom("things", "x".repeat(999) + "\uD83D\uDE00").reason()).isEqualTo("x".repeat(999));
	}

	@Test
	void refusesALetterThatWasNeverTried() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new DeadLetter(new ConsumerRecord<>("things", 0, 1, null, null), "reason", 0));
	}

	@ParameterizedTest
	@CsvSource({ "things, things.test-service.dlq", "things.test-service.replay, things.test-service.dlq",
			"things.other-service.replay, things.other-service.replay.test-service.dlq" })
	void sendsACopyToTheDlqOfTheSource(String topic, String dlq) {
		DeadLetter letter = letterFrom(topic, "reason");

		assertThat(copyOf(letter).topic()).isEqualTo(dlq);
	}

	@Test
	void leavesTheRecordItCopiesAsItWas() {
		DeadLetter letter = letterFrom("things", "reason");
		letter.record().headers().add("a", bytes("1")).add("a", null);
		var before = describe(letter.record().headers());

		ProducerRecord<byte[], byte[]> copy = copyOf(letter);

		assertThat(describe(letter.record().headers())).isEqualTo(before);
		assertThat(describe(copy.headers()).subList(0, 2)).isEqualTo(before);
		assertThat(text(copy.headers().lastHeader("dlq-dead-at").value())).isEqualTo("2026-11-20T10:00:00Z");
		assertThat(copy.partition()).isNull();
	}

	private static ProducerRecord<byte[], byte[]> copyOf(DeadLetter letter) {
		return new DeadLetterHeaders("test-service").copyForDlq("handler", letter,
				Instant.parse("2026-11-20T10:00:00Z"));
	}

	private static DeadLetter letterFrom(String topic, String reason) {
		return new DeadLetter(new ConsumerRecord<>(topic, 3, 14, bytes("key"), bytes("value")), reason, 1);
	}

}
