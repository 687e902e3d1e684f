package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import java.util.EnumMap;
import java.util.Map;

/** The builtin exception classes, one for each {@link ErrorKind}. */
public final class ExceptionTypes {
    private static final Map<ErrorKind, ExceptionType> TYPES = all();

    private ExceptionTypes() {}

    private static Map<ErrorKind, ExceptionType> all() {
        Map<ErrorKind, ExceptionType> types = new EnumMap<>(ErrorKind.class);
        for (ErrorKind kind : ErrorKind.values()) {
            // Parents are declared before their children.
            TypeValue base = kind.parent() == null ? CoreTypes.OBJECT : types.get(kind.parent());
            types.put(kind, new ExceptionType(module(kind), kind, base));
        }
        return types;
    }

    private static String module(ErrorKind kind) {
        if (kind.isA(ErrorKind.OP_ERROR)) {
            return "tensorflow.python.framework.errors_impl";
        }
        return switch (kind) {
            case LIN_ALG_ERROR -> "numpy.linalg";
            case AXIS_ERROR -> "numpy";
            case OPERATOR_NOT_ALLOWED_IN_GRAPH_ERROR -> "tensorflow.python.framework.errors_impl";
            default -> "builtins";
        };
    }

    /** The class of that kind. */
    public static ExceptionType of(ErrorKind kind) {
        return TYPES.get(kind);
    }

    /** The class a script names so, such as {@code ValueError} or Python 2's {@code IOError}; null if there is none. */
    public static ExceptionType named(String name) {
        switch (name) {
            case "IOError", "EnvironmentError", "WindowsError":
                return of(ErrorKind.OS_ERROR);
            case "StandardError":
                return of(ErrorKind.EXCEPTION);
            default:
                for (ExceptionType t : TYPES.values()) {
                    if (t.name().equals(name)) {
                        return t;
                    }
                }
                return null;
        }
    }

    /** The kind that a class stands for: its own, or that of the builtin class it derives from; null if it is no exception. */
    public static ErrorKind kindOf(TypeValue type) {
        if (type instanceof ClassValue c) {
            return c.builtinBase() instanceof ExceptionType t ? t.kind() : null;
        }
        return type instanceof ExceptionType t ? t.kind() : null;
    }
}
