package dev.orderflow.orders;

import java.util.List;
import java.util.Map;

import dev.orderflow.events.EventType;
import dev.orderflow.events.RejectionReason;
import dev.orderflow.events.StockEvent;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.StockReserved;
import dev.orderflow.inbox.EventHandler;
import dev.orderflow.inbox.ReceivedEvent;
import dev.orderflow.orders.StockDecision.Rejected;

import org.springframework.stereotype.Component;

/** Where decisions about stock come in, and the only class that knows their contract. */
@Component
class StockEventsHandler implements EventHandler<StockEvent> {

	private final JudgeOrders judgeOrders;

	StockEventsHandler(JudgeOrders judgeOrders) {
		this.judgeOrders = judgeOrders;
	}

	@Override
	public String name() {
		return "order-service";
	}

	@Override
	public Map<String, Class<? extends StockEvent>> types() {
		return EventType.typesOf(StockEvent.class);
	}

	@Override
	public void handle(List<ReceivedEvent<StockEvent>> events) {
		this.judgeOrders.judge(events.stream().map(StockEventsHandler::decisionOf).toList());
	}

	private static StockDecision decisionOf(ReceivedEvent<StockEvent> event) {
		return switch (event.data()) {
			case StockReserved reserved -> new StockDecision.Reserved(reserved.orderId(), event.envelope());
			case StockRejected rejected ->
				new Rejected(rejected.orderId(), reasonOf(rejected.reason()), rejected.skus(), event.envelope());
		};
	}

	private static Rejected.Reason reasonOf(RejectionReason reason) {
		return switch (reason) {
			case OUT_OF_STOCK -> Rejected.Reason.OUT_OF_STOCK;
			case UNKNOWN_SKU -> Rejected.Reason.UNKNOWN_SKU;
		};
	}

}
