package dev.orderflow.test.broken;

import java.time.Instant;

class Unmarked {

	Instant now() {
		return Instant.now();
	}

}
