package dev.orderflow.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * A setting whose values are the constants of an enum, in lower case. It is read from the
 * environment, because conditions need it before any bean exists.
 */
public final class Choice {

	private Choice() {
	}

	/**
	 * The value of the property.
	 * @param absent the value if the property is not set
	 * @throws InvalidConfigurationPropertyValueException for any other word; Spring Boot
	 * aborts startup with the property's name, what was found and what was expected
	 */
	public static <E extends Enum<E>> E of(Environment environment, String property, E absent) {
		String found = environment.getProperty(property);
		if (found == null) {
			return absent;
		}
		List<E> choices = Arrays.asList(absent.getDeclaringClass().getEnumConstants());
		return choices.stream()
			.filter((choice) -> word(choice).equals(found))
			.findFirst()
			.orElseThrow(() -> new InvalidConfigurationPropertyValueException(property, found,
					"Expected one of " + choices.stream().map(Choice::word).toList()));
	}

	private static String word(Enum<?> choice) {
		return choice.name().toLowerCase(Locale.ROOT);
	}

}
