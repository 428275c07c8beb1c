package dev.orderflow.inbox;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class InboxPropertiesTests {

	private final InboxProperties defaults = Binder.get(new MockEnvironment())
		.bindOrCreate("orderflow.inbox", InboxProperties.class);

	/** A marker's age counts from processing, by a clock that may be behind. */
	@Test
	void theOldestEventIsADayYoungerThanAMarkerLives() {
		assertThat(this.defaults.markerRetention().minus(this.defaults.ageMax())).isEqualTo(Duration.ofDays(1));
	}

	@Test
	void aProducersClockMayBeAnHourAhead() {
		assertThat(this.defaults.aheadMax()).isEqualTo(Duration.ofHours(1));
	}

}
