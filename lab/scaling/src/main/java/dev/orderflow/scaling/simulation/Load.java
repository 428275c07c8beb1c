package dev.orderflow.scaling.simulation;

/**
 * What the world does in one second.
 *
 * @param rate how much comes in, as a multiple of the base rate
 * @param hotShare which share of it goes to one partition, beside the even rest
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
