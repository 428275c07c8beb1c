package dev.orderflow.shipping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.orderflow.shipping.Shipment.Status;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans one shipment for each order: its parcels and their pickup time depend only on the
 * order, not on when its event arrives. A shipment that is cancelled already stays so.
 */
@Component
class PlanShipment {

	private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

	private final Shipments shipments;

	PlanShipment(Shipments shipments) {
		this.shipments = shipments;
	}

	/** Runs in the inbox's transaction, which also marks the events as applied. */
	@Transactional(propagation = Propagation.MANDATORY)
	void plan(List<ShipmentRequest> requests) {
		Map<Shipment, Address> planned = new LinkedHashMap<>();
		for (ShipmentRequest request : requests) {
			Shipment shipment = new Shipment(this.ids.generate(), request.orderId(), Status.PLANNED,
					Pickup.after(request.placedAt()), Parcel.pack(request.lines()));
			planned.put(shipment, request.shipTo());
		}
		this.shipments.store(planned);
	}

}
