package dev.orderflow.scaling.simulation;

/**
 * Load and conditions of one second.
 *
 * @param rate incoming traffic, as a multiple of the base rate
 * @param hotShare share of it that goes to one partition; the rest is spread evenly
 * @param speed how fast a replica is, as a multiple of its measured rate
 * @param dependency whether the database answers
 * @param broker whether Kafka answers
 */
record Load(double rate, double hotShare, double speed, boolean dependency, boolean broker) {

	static Load of(double rate) {
		return new Load(rate, 0, 1, true, true);
	}

	Load hot(double share) {
		return new Load(this.rate, share, this.speed, this.dependency, this.broker);
	}

	Load slowedTo(double multiple) {
		return new Load(this.rate, this.hotShare, multiple, this.dependency, this.broker);
	}

	Load withoutDependency() {
		return new Load(this.rate, this.hotShare, this.speed, false, this.broker);
	}

	Load withoutBroker() {
		return new Load(this.rate, this.hotShare, this.speed, this.dependency, false);
	}

}
