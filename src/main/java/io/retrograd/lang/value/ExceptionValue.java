package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import java.util.Arrays;

/** An exception as scripts hold it. */
public final class ExceptionValue extends InstanceValue {
    private Object[] arguments;
    private String text;
    private Object cause = None.NONE;
    private Object context = None.NONE;
    private boolean contextHidden;
    private ScriptException raised;

    public ExceptionValue(TypeValue type, Object[] arguments) {
        super(type);
        this.arguments = arguments;
    }

    /** An exception that a library threw; its text is shown as it is. */
    static ExceptionValue ofLibrary(ErrorKind kind, String message) {
        ExceptionValue made = new ExceptionValue(
                ExceptionTypes.of(kind), message.isEmpty() ? new Object[0] : new Object[] {message});
        made.text = message;
        return made;
    }

    /** {@code e.args}. */
    public TupleValue arguments() {
        return TupleValue.of(arguments);
    }

    /** What the exception was raised with; also what {@code super().__init__(…)} sets. */
    void arguments(Object[] values) {
        arguments = values;
        text = null;
    }

    public Object cause() {
        return cause;
    }

    /** {@code raise this from cause}. */
    public void cause(Object value) {
        cause = value;
        contextHidden = true;
    }

    /** The exception that was being handled when this one was raised. */
    public Object context() {
        return contextHidden ? None.NONE : context;
    }

    void context(Object value) {
        if (value != this) {
            context = value;
        }
    }

    /** The throwable that carries it; null before it is raised. */
    public ScriptException raised() {
        return raised;
    }

    void raised(ScriptException carrier) {
        raised = carrier;
    }

    public ErrorKind kind() {
        return ExceptionTypes.kindOf(type());
    }

    @Override
    public Object ordinaryAttribute(Machine m, String name) {
        switch (name) {
            case "args":
                return arguments();
            case "__cause__":
                return cause;
            case "__context__":
                return context;
            case "__suppress_context__":
                return contextHidden;
            case "__traceback__":
                return None.NONE;
            default:
                Object found = super.ordinaryAttribute(m, name);
                return found != null ? found : kindAttribute(m, name);
        }
    }

    private Object kindAttribute(Machine m, String name) {
        ErrorKind kind = kind();
        switch (name) {
            case "message":
                return str(m);
            case "value":
                return kind != ErrorKind.STOP_ITERATION ? null : arguments.length == 0 ? None.NONE : arguments[0];
            case "code":
                return kind != ErrorKind.SYSTEM_EXIT ? null : arguments.length == 0 ? None.NONE : arguments[0];
            case "errno", "strerror", "filename":
                return kind.isA(ErrorKind.OS_ERROR) ? systemAttribute(name) : null;
            case "node_def", "op":
                return kind.isA(ErrorKind.OP_ERROR) ? None.NONE : null;
            default:
                return null;
        }
    }

    private Object systemAttribute(String name) {
        int at = name.equals("errno") ? 0 : name.equals("strerror") ? 1 : 2;
        if (text != null) {
            return fromText(at);
        }
        return arguments.length > Math.max(1, at) ? arguments[at] : None.NONE;
    }

    /** Libraries word an operating system's error as {@code [Errno 2] No such file or directory: 'x'}. */
    private Object fromText(int part) {
        int close = text.indexOf("] ");
        if (!text.startsWith("[Errno ") || close < 0) {
            return part == 1 ? text : None.NONE;
        }
        int path = text.lastIndexOf(": '");
        switch (part) {
            case 0:
                return Long.parseLong(text.substring(7, close));
            case 1:
                return text.substring(close + 2, path < 0 ? text.length() : path);
            default:
                return path < 0 ? None.NONE : text.substring(path + 3, text.length() - 1);
        }
    }

    @Override
    public void setOrdinaryAttribute(Machine m, String name, Object value) {
        switch (name) {
            case "args" -> arguments(Semantics.elements(m, value));
            case "__cause__" -> cause(value);
            case "__context__" -> context(value);
            case "__suppress_context__" -> contextHidden = Semantics.truth(m, value);
            case "__traceback__" -> { }
            default -> super.setOrdinaryAttribute(m, name, value);
        }
    }

    /** What {@code BaseException.__str__} says. */
    String defaultStr(Machine m) {
        if (text != null) {
            return text;
        }
        switch (arguments.length) {
            case 0:
                return "";
            case 1:
                return kind() == ErrorKind.KEY_ERROR ? Semantics.repr(m, arguments[0]) : Semantics.str(m, arguments[0]);
            default:
                if (kind().isA(ErrorKind.OS_ERROR) && arguments.length <= 3) {
                    String system = "[Errno " + Semantics.str(m, arguments[0]) + "] " + Semantics.str(m, arguments[1]);
                    return arguments.length == 2 ? system : system + ": " + Semantics.repr(m, arguments[2]);
                }
                if (kind().isA(ErrorKind.OP_ERROR) && arguments.length >= 3) {
                    return Semantics.str(m, arguments[2]);
                }
                return arguments().repr(m);
        }
    }

    @Override
    public String defaultRepr(Machine m) {
        return type().name() + (arguments.length == 1 ? "(" + Semantics.repr(m, arguments[0]) + ")" : arguments().repr(m));
    }

    @Override
    public String str(Machine m) {
        boolean own = type() instanceof ClassValue c
                && (c.scriptMethod("__str__") != null || c.scriptMethod("__repr__") != null);
        return own ? super.str(m) : defaultStr(m);
    }

    @Override
    public String toString() {
        return type().name() + Arrays.toString(arguments);
    }
}
