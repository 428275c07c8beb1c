package dev.orderflow.shipping;

import java.util.List;
import java.util.stream.IntStream;

import dev.orderflow.shipping.Parcel.Line;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ParcelTests {

	@Test
	void fillsEachParcelBeforeTheNextOneIsBegun() {
		assertThat(Parcel.pack(List.of(product("B", 12), product("A", 9), product("C", 1)))).containsExactly(
				new Parcel(1, List.of(new Line("A", 9), new Line("B", 1))), new Parcel(2, List.of(new Line("B", 10))),
				new Parcel(3, List.of(new Line("B", 1), new Line("C", 1))));
	}

	@Test
	void packsTheSameProductsAlike() {
		assertThat(Parcel.pack(List.of(product("A", 7), product("B", 8))))
			.isEqualTo(Parcel.pack(List.of(product("B", 8), product("A", 7))));
	}

	@Test
	void packsAllUnitsOfTheLargestOrder() {
		List<Parcel> parcels = Parcel
			.pack(IntStream.range(0, 100).mapToObj((number) -> product("SKU-" + number, 1000)).toList());

		assertThat(parcels).hasSize(10_000)
			.allSatisfy((parcel) -> assertThat(parcel.lines().stream().mapToInt(Line::quantity).sum()).isEqualTo(10));
	}

	private static ShipmentRequest.Line product(String sku, int quantity) {
		return new ShipmentRequest.Line(sku, quantity);
	}

}
