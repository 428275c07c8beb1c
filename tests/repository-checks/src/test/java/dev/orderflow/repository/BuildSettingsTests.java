package dev.orderflow.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Settings that Maven adds to a developer's own. */
class BuildSettingsTests {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	/** A JVM that is given two collectors does not start. */
	@Test
	void choosesNoCollectorBecauseMavenOptsMayDoSo() throws IOException {
		assertThat(Files.readString(ROOT.resolve(".mvn/jvm.config"))).isNotBlank()
			.doesNotContainPattern("-XX:\\+Use\\w+GC");
	}

}
