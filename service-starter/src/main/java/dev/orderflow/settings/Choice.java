package dev.orderflow.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * A setting that is one of a few words: the constants of an enum, in lower case. Read
 * from the environment, because conditions ask for it before there are beans.
 */
public final class Choice {

	private Choice() {
	}

	/**
	 * What the property says.
	 * @param absent the choice where the property is not set
	 * @throws InvalidConfigurationPropertyValueException any other word; Spring Boot ends
	 * the start with the property's name, what was found and what was expected
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
