package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.util.ArrayList;
import java.util.List;

/**
 * An error on its way through a script: what was thrown, the place where that happened and the calls that it
 * has left so far. Every {@link NnError} becomes one when the evaluator first meets it.
 */
public final class ScriptException extends NnError {
    private static final long serialVersionUID = 1L;

    /** How many calls are remembered at either end of a deep recursion. */
    private static final int CALLS_KEPT = 50;

    private final transient NnError origin;
    private transient ExceptionValue value;
    private transient Place place = Place.NOWHERE;
    private transient Object frame;
    private final transient List<Place> calls = new ArrayList<>(2);
    private int callsLeftOut;

    private ScriptException(ErrorKind kind, String message, NnError origin, ExceptionValue value) {
        super(kind, message, origin);
        this.origin = origin;
        this.value = value;
        if (origin != null) {
            help(origin.help());
        }
    }

    /** A library's error, met at the machine's present place; one that is on its way already is answered as it is. */
    public static ScriptException of(Machine m, NnError e) {
        if (e instanceof ScriptException s) {
            return s;
        }
        ScriptException made = new ScriptException(e.kind(), e.getMessage(), e, null);
        made.place = m.place();
        return made;
    }

    /** An exception that the script itself raises, at the machine's present place. */
    public static ScriptException raise(Machine m, ExceptionValue value) {
        ScriptException made = new ScriptException(value.kind(), "", null, value);
        made.place = m.place();
        value.raised(made);
        return made;
    }

    /** The exception as the script sees it. */
    public ExceptionValue value() {
        if (value == null) {
            value = ExceptionValue.ofLibrary(kind(), getMessage());
            value.raised(this);
        }
        return value;
    }

    /** The class of the exception. */
    public TypeValue type() {
        return value != null ? value.type() : ExceptionTypes.of(kind());
    }

    /** The error as the library threw it; null if the script raised it. */
    public NnError origin() {
        return origin;
    }

    /** Notes which exception was being handled meanwhile. */
    public void during(ExceptionValue handled) {
        value().context(handled);
    }

    /** Where it was thrown. */
    public Place place() {
        return place;
    }

    /** The calls that it left, innermost first; those in the middle of a deep recursion are left out. */
    public List<Place> calls() {
        return calls;
    }

    /** How many calls were left out, after the first {@code CALLS_KEPT}. */
    public int callsLeftOut() {
        return callsLeftOut;
    }

    /** Notes that the error leaves a function that was called there. */
    public void left(Place call) {
        if (calls.size() >= 2 * CALLS_KEPT) {
            calls.remove(CALLS_KEPT);
            callsLeftOut++;
        }
        calls.add(call);
    }

    /** The evaluator's record of the variables at the place of the error; null if there is none. */
    public Object frame() {
        return frame;
    }

    /** Keeps the innermost record of variables. */
    public void frame(Object innermost) {
        if (frame == null) {
            frame = innermost;
        }
    }

    /** The class's name and the message, as Python's last line of a traceback has them. */
    public String describe(Machine m) {
        String name = value == null ? kind().scriptName() : value.type().name();
        String text = value == null ? getMessage() : value.str(m);
        return text.isEmpty() ? name : name + ": " + text;
    }
}
