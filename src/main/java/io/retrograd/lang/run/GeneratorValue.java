package io.retrograd.lang.run;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.ExceptionValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.Collection;
import java.util.List;

/**
 * A function that pauses. Its statements keep in the frame how far they are, so that running the body again
 * goes on where it left off; no thread is needed.
 */
public final class GeneratorValue implements Value, Iteration {
    public static final TypeValue TYPE = new TypeValue("builtins", "generator", CoreTypes.OBJECT, GeneratorMethodsTable.TABLE, null);
    private static final Collection<String> NAMES = List.of("__next__", "next", "send", "throw", "close", "__iter__", "__name__");

    private final Frame frame;
    private boolean started;
    private boolean running;
    private boolean finished;

    GeneratorValue(Frame frame) {
        this.frame = frame;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    /** The next yielded value, or null at the end; what the function returned lies in {@link #returned} then. */
    private Object resume(Machine m) {
        if (running) {
            throw NnError.value("generator already executing");
        }
        Place caller = m.place();
        ExceptionValue handled = m.handled();
        running = true;
        started = true;
        m.enter();
        try {
            m.step();
            int end = frame.code.resume(m, frame);
            m.place(caller);
            if (end == Stmt.YIELD) {
                return frame.value;
            }
            finished = true;
            if (end != Stmt.RETURN) {
                frame.value = None.NONE;
            }
            return null;
        } catch (Generators.Yielded y) {
            m.place(caller);
            return frame.value;
        } catch (NnError | StackOverflowError e) {
            finished = true;
            frame.value = None.NONE;
            ScriptException s = Code.leave(m, Exceptions.caught(m, e), frame, caller);
            if (s.kind() == ErrorKind.STOP_ITERATION) {
                ScriptException wrapped = Exceptions.raise(m, ErrorKind.RUNTIME_ERROR, "generator raised StopIteration");
                wrapped.value().cause(s.value());
                throw wrapped;
            }
            throw s;
        } finally {
            running = false;
            m.handled(handled);
            m.leave();
        }
    }

    /** What the function returned; None before its end. */
    Object returned() {
        return finished ? frame.value : None.NONE;
    }

    @Override
    public Object next(Machine m) {
        if (finished) {
            // What it returned is told once.
            frame.value = None.NONE;
            return null;
        }
        return resume(m);
    }

    @Override
    public Iteration iterate(Machine m) {
        return this;
    }

    /** Resumes it with a value for the yield expression; null at the end. */
    Object send(Machine m, Object value) {
        if (finished) {
            return null;
        }
        if (!started && value != None.NONE) {
            throw NnError.type("can't send non-None value to a just-started generator");
        }
        frame.sent = value;
        return resume(m);
    }

    /** Resumes it with an error at the yield expression; null at the end. */
    Object raise(Machine m, ScriptException e) {
        if (finished || !started) {
            finished = true;
            frame.value = None.NONE;
            throw e;
        }
        frame.thrown = e;
        return resume(m);
    }

    /** Ends it: runs its {@code finally} blocks. */
    void close(Machine m) {
        if (finished || !started) {
            finished = true;
            return;
        }
        try {
            if (raise(m, Exceptions.raise(m, ErrorKind.GENERATOR_EXIT)) != null) {
                throw NnError.runtime("generator ignored GeneratorExit");
            }
        } catch (NnError e) {
            if (e.kind() != ErrorKind.GENERATOR_EXIT && e.kind() != ErrorKind.STOP_ITERATION) {
                throw e;
            }
        }
    }

    /** A value that it yielded; where it ended instead, the error that says so. */
    Object orStop(Machine m, Object value) {
        if (value != null) {
            return value;
        }
        throw ended(m);
    }

    /** The StopIteration of its end, with what the function returned. */
    public ScriptException ended(Machine m) {
        Object result = frame.value == null || !started ? None.NONE : returned();
        frame.value = None.NONE;
        return result == None.NONE
                ? Exceptions.raise(m, ErrorKind.STOP_ITERATION)
                : Exceptions.raise(m, ErrorKind.STOP_ITERATION, result);
    }

    /** The exception that {@code throw} is to raise: a class with its argument, or an instance. */
    static ScriptException exception(Machine m, Object... a) {
        Object e = a[0];
        if (e instanceof TypeValue t && ExceptionTypes.kindOf(t) != null) {
            Object[] arguments = a.length > 1 && a[1] != None.NONE ? new Object[] {a[1]} : Semantics.NO_ARGUMENTS;
            e = a.length > 1 && a[1] instanceof ExceptionValue made ? made : t.call(m, arguments, Semantics.NO_KEYWORDS);
        }
        if (e instanceof ExceptionValue value) {
            return ScriptException.raise(m, value);
        }
        throw NnError.type("exceptions must be classes or instances deriving from BaseException, not "
                + Semantics.typeOf(e).name());
    }

    @Override
    public boolean hasPlainAttributes() {
        return true;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "__name__" -> frame.code.name();
            case "gi_running" -> running;
            default -> Value.super.attribute(m, name);
        };
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        return NAMES;
    }

    @Override
    public String repr(Machine m) {
        return "<generator object " + frame.code.qualifiedName() + " at " + Semantics.address(this) + ">";
    }
}
