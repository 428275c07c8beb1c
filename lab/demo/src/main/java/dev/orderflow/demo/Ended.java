package dev.orderflow.demo;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A process of the stack that ended unexpectedly.
 *
 * @param name what it is called
 * @param status its exit status, if known; 128 or more means 128 plus the signal that
 * ended it
 * @param log where its output is
 */
public record Ended(String name, OptionalInt status, Path log) {
}
