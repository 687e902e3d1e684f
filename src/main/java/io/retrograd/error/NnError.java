package io.retrograd.error;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A mistake in a script, in the wording of TensorFlow, numpy or Python. Every layer throws this one exception;
 * the evaluator turns it into an exception object where the script catches it, and adds the place and the
 * operands where nobody does.
 */
public class NnError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ErrorKind kind;
    private final List<String> notes = new ArrayList<>();
    private String help = "";

    public NnError(ErrorKind kind, String message) {
        // A Java stack trace is never shown to a user and costs most of an exception's price.
        this(kind, message, null);
    }

    public NnError(ErrorKind kind, String message, Throwable cause) {
        super(message, cause, false, false);
        this.kind = kind;
    }

    public ErrorKind kind() {
        return kind;
    }

    /** What would be right, in one line; empty when there is nothing to say. */
    public String help() {
        return help;
    }

    /** Adds the help line and returns this error. */
    public NnError help(String text) {
        this.help = text;
        return this;
    }

    /** Further lines below the place: where the operation was made, which input it had. */
    public List<String> notes() {
        return Collections.unmodifiableList(notes);
    }

    /** Adds a note and returns this error. */
    public NnError note(String text) {
        notes.add(text);
        return this;
    }

    public static NnError value(String message) {
        return new NnError(ErrorKind.VALUE_ERROR, message);
    }

    public static NnError type(String message) {
        return new NnError(ErrorKind.TYPE_ERROR, message);
    }

    public static NnError attribute(String message) {
        return new NnError(ErrorKind.ATTRIBUTE_ERROR, message);
    }

    public static NnError index(String message) {
        return new NnError(ErrorKind.INDEX_ERROR, message);
    }

    public static NnError runtime(String message) {
        return new NnError(ErrorKind.RUNTIME_ERROR, message);
    }

    /** TensorFlow's InvalidArgumentError. */
    public static NnError invalidArgument(String message) {
        return new NnError(ErrorKind.INVALID_ARGUMENT_ERROR, message);
    }
}
