package dev.orderflow.orders;

/** Orders and requests in the words of the domain. */
final class Fixtures {

	static final ShipTo ADA = new ShipTo("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB");

	private Fixtures() {
	}

	/** The body of a valid request: 2 kettles and 4 mugs, 13540 cents. */
	static String aValidBody() {
		return """
				{"customerId": "customer-7",
				 "lines": [{"sku": "SKU-KETTLE", "quantity": 2}, {"sku": "SKU-MUG", "quantity": 4}],
				 "shipTo": {"name": "Ada Lovelace", "street": "12 St James's Square", "city": "London",
				            "postalCode": "SW1Y 4JH", "country": "GB"}}""";
	}

}
