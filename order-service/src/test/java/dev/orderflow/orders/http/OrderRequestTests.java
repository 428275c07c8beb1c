package dev.orderflow.orders.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OrderRequestTests {

	private static final Address ADA = new Address("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB");

	private static final ValidatorFactory FACTORY = Validation.buildDefaultValidatorFactory();

	private final Validator validator = FACTORY.getValidator();

	@AfterAll
	static void close() {
		FACTORY.close();
	}

	@Test
	void acceptsOneToAHundredLinesOfOneToAThousandUnits() {
		assertThat(wrongFields(aRequestFor(units(1, "SKU-MUG"), units(1000, "SKU-RUG")))).isEmpty();
		assertThat(wrongFields(aRequestFor(lines(100)))).isEmpty();
	}

	@Test
	void refusesNoLinesAndMoreThanAHundred() {
		assertThat(wrongFields(aRequestFor())).containsExactly("lines");
		assertThat(wrongFields(aRequestFor(lines(101)))).containsExactly("lines");
	}

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE })
	void refusesAQuantityOutsideOfItsRange(int quantity) {
		assertThat(wrongFields(aRequestFor(units(1, "SKU-MUG"), units(quantity, "SKU-RUG"))))
			.containsExactly("lines[1].quantity");
	}

	@Test
	void namesEachRepetitionOfASku() {
		assertThat(wrongFields(
				aRequestFor(units(1, "SKU-MUG"), units(1, "SKU-RUG"), units(2, "SKU-MUG"), units(3, "SKU-MUG"))))
			.containsExactlyInAnyOrder("lines[2].sku", "lines[3].sku");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\u2003", "a\u0000b", "a\nb", "a\u0085b", "a\u007fb", "\ud83d", "\ude00\ud83d" })
	void refusesTextThatIsMissingBlankOrCannotBeStored(String text) {
		assertThat(wrongFields(new OrderRequest(text, List.of(units(1, "SKU-MUG")), ADA)))
			.containsExactly("customerId");
	}

	@Test
	void countsTextInCodePoints() {
		assertThat(wrongFields(new OrderRequest("😀".repeat(64), List.of(units(1, "SKU-MUG")), ADA))).isEmpty();
		assertThat(wrongFields(new OrderRequest("😀".repeat(65), List.of(units(1, "SKU-MUG")), ADA)))
			.containsExactly("customerId");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "de", "DEU", "XX", "UK", "D", "D\u0000" })
	void refusesAnUnknownCountry(String country) {
		Address nowhere = new Address("Ada", "Street 1", "City", "12345", country);

		assertThat(wrongFields(new OrderRequest("customer-7", List.of(units(1, "SKU-MUG")), nowhere)))
			.containsExactly("shipTo.country");
	}

	@Test
	void namesEveryMissingField() {
		List<OrderRequest.Line> lines = new ArrayList<>(Collections.singletonList(null));
		lines.add(new OrderRequest.Line(null, null));

		assertThat(wrongFields(new OrderRequest(null, lines, new Address(null, null, null, null, null))))
			.containsExactlyInAnyOrder("customerId", "lines[0].<list element>", "lines[1].sku", "lines[1].quantity",
					"shipTo.name", "shipTo.street", "shipTo.city", "shipTo.postalCode", "shipTo.country");
		assertThat(wrongFields(new OrderRequest(null, null, null))).containsExactlyInAnyOrder("customerId", "lines",
				"shipTo");
	}

	@Test
	void addressIsMaskedInLogs() {
		assertThat(aRequestFor(units(1, "SKU-MUG")).toString()).contains("Address[GB]")
			.doesNotContain("Lovelace", "London");
	}

	private List<String> wrongFields(OrderRequest request) {
		return this.validator.validate(request).stream().map((wrong) -> wrong.getPropertyPath().toString()).toList();
	}

	private static OrderRequest aRequestFor(OrderRequest.Line... lines) {
		return new OrderRequest("customer-7", List.of(lines), ADA);
	}

	private static OrderRequest.Line units(int quantity, String sku) {
		return new OrderRequest.Line(sku, quantity);
	}

	private static OrderRequest.Line[] lines(int count) {
		return IntStream.range(0, count).mapToObj((n) -> units(1, "SKU-" + n)).toArray(OrderRequest.Line[]::new);
	}

}
