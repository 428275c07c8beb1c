package dev.orderflow.orders.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.Set;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/** An assigned ISO 3166-1 alpha-2 code in upper case, according to {@link Locale}. */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CountryCode.Validator.class)
@interface CountryCode {

	String message() default "an ISO 3166-1 alpha-2 country code such as DE";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** A missing code is refused too: an address has a country. */
	class Validator implements ConstraintValidator<CountryCode, @Nullable String> {

		private static final Set<String> CODES = Locale.getISOCountries(IsoCountryCode.PART1_ALPHA2);

		@Override
		public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
			return value != null && CODES.contains(value);
		}

	}

}
