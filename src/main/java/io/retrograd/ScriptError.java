package io.retrograd;

import io.retrograd.error.NnError;
import java.util.Optional;

/**
 * An error that a script did not catch. {@link #getMessage} is the message alone; {@link #rendered} is what the command
 * would show of it. Where a Java function that the script called threw an exception, that is the cause.
 */
public class ScriptError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A place in a script.
     *
     * @param file the name under which the source was given
     * @param line from 1
     * @param column from 1, in code units
     */
    public record Place(String file, int line, int column) {
        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    private final String kind;
    private final transient Place place;
    private final String rendered;
    private final transient NnError origin;

    ScriptError(String kind, String message, Place place, String rendered, NnError origin, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.place = place;
        this.rendered = rendered;
        this.origin = origin;
    }

    /** The class of the error as the script knows it: {@code ValueError}, {@code InvalidArgumentError}, a class of its own. */
    public String kind() {
        return kind;
    }

    /** Where it happened; empty if no statement was running. */
    public Optional<Place> place() {
        return Optional.ofNullable(place);
    }

    /** Kind, message, the line with the place marked, operands, help and calls; several lines, each with a line end. */
    public String rendered() {
        return rendered;
    }

    /** What to throw on where a script called the Java code that met it. */
    NnError origin() {
        return origin;
    }

    @Override
    public String toString() {
        String text = getMessage() == null || getMessage().isEmpty() ? kind : kind + ": " + getMessage();
        return place == null ? text : text + " (" + place + ")";
    }
}
