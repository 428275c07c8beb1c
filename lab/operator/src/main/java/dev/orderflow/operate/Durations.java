package dev.orderflow.operate;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number and its unit: s, m, h or d. */
final class Durations implements ITypeConverter<Duration> {

	private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smhd])");

	@Override
	public Duration convert(String text) {
		Matcher parts = FORM.matcher(text);
		if (!parts.matches()) {
			throw new TypeConversionException("expected a duration like 90s, 15m, 1h or 2d, found " + text);
		}
		long amount = Long.parseLong(parts.group(1));
		return switch (parts.group(2)) {
			case "s" -> Duration.ofSeconds(amount);
			case "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			default -> Duration.ofDays(amount);
		};
	}

}
