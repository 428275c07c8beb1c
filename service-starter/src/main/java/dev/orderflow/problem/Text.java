package dev.orderflow.problem;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Text that is present, not blank, not too long, and that PostgreSQL can store: no
 * control characters (its {@code text} refuses NUL) and no half of a surrogate pair
 * (which has no UTF-8 form).
 */
@Documented
@Target({ ElementType.FIELD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Text.Validator.class)
public @interface Text {

	/** Longest text, in Unicode code points. */
	int max();

	/** Whether it may be absent; an empty text is not absent. */
	boolean optional() default false;

	String message() default "text of 1 to {max} characters, not blank, without control characters";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Counts in code points, as JSON Schema does. */
	class Validator implements ConstraintValidator<Text, @Nullable String> {

		private int max;

		private boolean optional;

		@Override
		public void initialize(Text text) {
			this.max = text.max();
			this.optional = text.optional();
		}

		@Override
		public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
			if (value == null) {
				return this.optional;
			}
			return !value.isBlank() && value.codePointCount(0, value.length()) <= this.max
					&& value.codePoints().allMatch(Validator::canBeStored);
		}

		private static boolean canBeStored(int codePoint) {
			return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
		}

	}

}
