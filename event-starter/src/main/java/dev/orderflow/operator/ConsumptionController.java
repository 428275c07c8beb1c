package dev.orderflow.operator;

import java.time.Instant;
import java.util.Objects;

import dev.orderflow.consumption.Consumption;
import dev.orderflow.consumption.Pause;
import dev.orderflow.problem.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The pause of the consumption on the management port, for those who have the operator's
 * credential. Pausing a paused consumption changes nothing, nor does resuming one that
 * runs; the answer says so.
 */
@RestController
@RequestMapping(path = "${management.endpoints.web.base-path:/actuator}/deadletters/consumption",
		produces = MediaType.APPLICATION_JSON_VALUE)
final class ConsumptionController {

	private final OperatorCredential credential;

	private final Consumption consumption;

	ConsumptionController(OperatorCredential credential, Consumption consumption) {
		this.credential = credential;
		this.consumption = consumption;
	}

	/** Runs before each of the others. */
	@ModelAttribute
	void requireOperator(
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
		this.credential.require(authorization);
	}

	@GetMapping
	ConsumptionState show() {
		return ConsumptionState.of(false, this.consumption.pause().orElse(null));
	}

	@PostMapping(path = "/pause", consumes = MediaType.APPLICATION_JSON_VALUE)
	ConsumptionState pause(@RequestBody ConsumptionRequest request) {
		Consumption.Change change = this.consumption.pause(request.operator(), request.reason());
		return ConsumptionState.of(change.changed(), change.pause());
	}

	@PostMapping(path = "/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
	ConsumptionState resume(@RequestBody ConsumptionRequest request) {
		return ConsumptionState.of(this.consumption.resume(request.operator(), request.reason()).isPresent(), null);
	}

	/** Who decides, and why. */
	record ConsumptionRequest(@Nullable String by, @Nullable String why) {

		String operator() {
			return required("by", "the name of the operator", this.by);
		}

		String reason() {
			return required("why", "what the next operator needs to know", this.why);
		}

		private static String required(String field, String expected, @Nullable String text) {
			Problems.require(text != null, field, expected, null);
			return Objects.requireNonNull(FilterRequest.text(field, text));
		}

	}

	/**
	 * The state after the call; {@code since}, {@code by} and {@code reason} of a pause.
	 */
	record ConsumptionState(boolean changed, boolean paused, @Nullable Instant since, @Nullable String by,
			@Nullable String reason) {

		static ConsumptionState of(boolean changed, @Nullable Pause pause) {
			return (pause != null) ? new ConsumptionState(changed, true, pause.at(), pause.by(), pause.reason())
					: new ConsumptionState(changed, false, null, null, null);
		}

	}

}
