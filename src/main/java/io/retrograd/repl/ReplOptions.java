package io.retrograd.repl;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How an interactive session is to be.
 *
 * @param history the file that keeps what was typed; empty to keep nothing
 * @param colours whether colours may be used on a terminal that has them
 * @param before the script that ran before the session, empty if none: what {@code :save} begins with
 */
public record ReplOptions(Optional<Path> history, boolean colours, String before) {}
