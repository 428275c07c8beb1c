package dev.orderflow.orders.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/** No two lines have the same sku; the error names the second one, by its index. */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = EachSkuOnce.Validator.class)
@interface EachSkuOnce {

	String message() default "a sku not used by an earlier line";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Ignores missing lines and skus: other constraints report those. */
	class Validator implements ConstraintValidator<EachSkuOnce, @Nullable List<OrderRequest.@Nullable Line>> {

		@Override
		public boolean isValid(@Nullable List<OrderRequest.@Nullable Line> lines, ConstraintValidatorContext context) {
			if (lines == null) {
				return true;
			}
			context.disableDefaultConstraintViolation();
			boolean valid = true;
			Set<String> seen = new HashSet<>();
			for (int index = 0; index < lines.size(); index++) {
				OrderRequest.Line line = lines.get(index);
				if (line != null && line.sku() != null && !seen.add(line.sku())) {
					valid = false;
					context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
						.addPropertyNode("sku")
						.inIterable()
						.atIndex(index)
						.addConstraintViolation();
				}
			}
			return valid;
		}

	}

}
