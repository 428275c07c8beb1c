package dev.orderflow.shipping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cancels the shipment of an order, planned or not: one that is not planned yet is stored
 * as cancelled, and {@link PlanShipment} leaves it so.
 */
@Component
class CancelShipment {

	private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

	private final Shipments shipments;

	CancelShipment(Shipments shipments) {
		this.shipments = shipments;
	}

	/** Runs in the inbox's transaction, which also marks the events as applied. */
	@Transactional(propagation = Propagation.MANDATORY)
	void cancel(List<UUID> orderIds) {
		Map<UUID, UUID> unplanned = new LinkedHashMap<>();
		orderIds.forEach((orderId) -> unplanned.put(orderId, this.ids.generate()));
		this.shipments.cancel(unplanned);
	}

}
