package dev.orderflow.problem;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * One thing wrong with a request. Constraints name every wrong field; JSON that cannot be
 * read as the request names the first one, because reading stops there.
 *
 * @param field its path, for example {@code lines[2].quantity}, or {@value #BODY}
 * @param message what is wrong, what was expected and what was found
 */
record WrongField(String field, String message) {

	private static final String BODY = "body";

	/** Longest text that is quoted back. */
	private static final int QUOTED_MAX = 64;

	static WrongField of(String field, String expected, @Nullable Object found) {
		return (found == null) ? new WrongField(field, "Missing value: expected " + expected)
				: invalid(field, expected, describe(found));
	}

	static WrongField of(FieldError error) {
		return of(error.getField(), String.valueOf(error.getDefaultMessage()), error.getRejectedValue());
	}

	static Stream<WrongField> of(ParameterValidationResult parameter) {
		String name = String.valueOf(parameter.getMethodParameter().getParameterName());
		return parameter.getResolvableErrors()
			.stream()
			.map((error) -> of(name, String.valueOf(error.getDefaultMessage()), parameter.getArgument()));
	}

	static WrongField of(TypeMismatchException ex) {
		String name = (ex instanceof MethodArgumentTypeMismatchException argument) ? argument.getName()
				: String.valueOf(ex.getPropertyName());
		String expected = (NestedExceptionUtils.getRootCause(ex) instanceof WrongValueException wrong)
				? wrong.expected() : describeParameter(ex.getRequiredType());
		return of(name, expected, ex.getValue());
	}

	static WrongField of(HttpMessageNotReadableException ex) {
		return switch (ex.getCause()) {
			case UnrecognizedPropertyException unknown ->
				new WrongField(path(unknown), "Unknown field: expected one of " + unknown.getKnownPropertyIds());
			case MismatchedInputException mismatch -> invalid(path(mismatch), describe(mismatch.getTargetType()),
					describe((mismatch.processor() instanceof JsonParser json) ? json.currentToken() : null));
			case InputCoercionException range ->
				new WrongField(path(range), "Number out of range: expected a %d-bit integer"
					.formatted((range.getTargetType() == int.class) ? Integer.SIZE : Long.SIZE));
			case JacksonException malformed -> new WrongField(BODY, describe(malformed.getLocation()));
			case null, default -> new WrongField(BODY, "Body is empty or null: expected a JSON object");
		};
	}

	private static WrongField invalid(String field, String expected, String found) {
		return new WrongField(field, "Invalid value: expected %s, found %s".formatted(expected, found));
	}

	/** The parser reports no position for input that exceeds one of its limits. */
	private static String describe(@Nullable TokenStreamLocation location) {
		return (location == null) ? "JSON with a name or number longer than the parser allows"
				: "Malformed JSON at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
	}

	private static String path(JacksonException ex) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference step : ex.getPath()) {
			if (step.getPropertyName() == null) {
				path.append('[').append(step.getIndex()).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(shortened(step.getPropertyName()));
			}
		}
		return path.isEmpty() ? BODY : path.toString();
	}

	private static String shortened(String name) {
		return (name.length() > QUOTED_MAX) ? name.substring(0, QUOTED_MAX) + "..." : name;
	}

	private static String describeParameter(@Nullable Class<?> type) {
		if (type == null) {
			return "another value";
		}
		if (type.isEnum()) {
			return "one of " + Arrays.toString(type.getEnumConstants());
		}
		return (type == int.class) ? "a whole number" : "a " + type.getSimpleName();
	}

	private static String describe(@Nullable Class<?> type) {
		if (type == Integer.class || type == Long.class) {
			return "a whole number";
		}
		if (type == String.class) {
			return "text";
		}
		return (type != null && Collection.class.isAssignableFrom(type)) ? "an array" : "an object";
	}

	private static String describe(@Nullable JsonToken token) {
		return switch (token) {
			case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
			case START_ARRAY, END_ARRAY -> "an array";
			case VALUE_STRING -> "text";
			case VALUE_NUMBER_INT -> "a whole number";
			case VALUE_NUMBER_FLOAT -> "a decimal number";
			case VALUE_TRUE, VALUE_FALSE -> "a boolean";
			case null, default -> "another type";
		};
	}

	private static String describe(Object value) {
		return switch (value) {
			case String text when text.length() > QUOTED_MAX -> text.length() + " characters";
			case String text -> "'" + text + "'";
			case Collection<?> items -> String.valueOf(items.size());
			case Object[] values -> values.length + " values";
			default -> value.toString();
		};
	}

}
