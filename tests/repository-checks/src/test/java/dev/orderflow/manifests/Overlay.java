package dev.orderflow.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An overlay in k8s/, rendered by {@code kubectl kustomize} and committed. */
enum Overlay {

	KIND("kind"), EXTERNAL_SERVICES("external-services");

	static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	private final String directory;

	Overlay(String directory) {
		this.directory = directory;
	}

	Path source() {
		return ROOT.resolve("k8s/overlays").resolve(this.directory);
	}

	String yaml() {
		return text("k8s/rendered/" + this.directory + ".yaml");
	}

	/** A file of the repository. */
	static String text(String file) {
		try {
			return Files.readString(ROOT.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
