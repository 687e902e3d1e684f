package io.retrograd.error;

/**
 * The kinds of error a script can meet: Python's builtin exceptions and TensorFlow's run-time errors. Each
 * knows its name as scripts write it and the kind it is derived from.
 */
public enum ErrorKind {
    BASE_EXCEPTION("BaseException", null),
    EXCEPTION("Exception", BASE_EXCEPTION),
    SYSTEM_EXIT("SystemExit", BASE_EXCEPTION),
    KEYBOARD_INTERRUPT("KeyboardInterrupt", BASE_EXCEPTION),
    GENERATOR_EXIT("GeneratorExit", BASE_EXCEPTION),

    ARITHMETIC_ERROR("ArithmeticError", EXCEPTION),
    FLOATING_POINT_ERROR("FloatingPointError", ARITHMETIC_ERROR),
    OVERFLOW_ERROR("OverflowError", ARITHMETIC_ERROR),
    ZERO_DIVISION_ERROR("ZeroDivisionError", ARITHMETIC_ERROR),
    ASSERTION_ERROR("AssertionError", EXCEPTION),
    ATTRIBUTE_ERROR("AttributeError", EXCEPTION),
    BUFFER_ERROR("BufferError", EXCEPTION),
    EOF_ERROR("EOFError", EXCEPTION),
    IMPORT_ERROR("ImportError", EXCEPTION),
    MODULE_NOT_FOUND_ERROR("ModuleNotFoundError", IMPORT_ERROR),
    LOOKUP_ERROR("LookupError", EXCEPTION),
    INDEX_ERROR("IndexError", LOOKUP_ERROR),
    KEY_ERROR("KeyError", LOOKUP_ERROR),
    MEMORY_ERROR("MemoryError", EXCEPTION),
    NAME_ERROR("NameError", EXCEPTION),
    UNBOUND_LOCAL_ERROR("UnboundLocalError", NAME_ERROR),
    OS_ERROR("OSError", EXCEPTION),
    FILE_EXISTS_ERROR("FileExistsError", OS_ERROR),
    FILE_NOT_FOUND_ERROR("FileNotFoundError", OS_ERROR),
    IS_A_DIRECTORY_ERROR("IsADirectoryError", OS_ERROR),
    NOT_A_DIRECTORY_ERROR("NotADirectoryError", OS_ERROR),
    PERMISSION_ERROR("PermissionError", OS_ERROR),
    BROKEN_PIPE_ERROR("BrokenPipeError", OS_ERROR),
    TIMEOUT_ERROR("TimeoutError", OS_ERROR),
    RUNTIME_ERROR("RuntimeError", EXCEPTION),
    NOT_IMPLEMENTED_ERROR("NotImplementedError", RUNTIME_ERROR),
    RECURSION_ERROR("RecursionError", RUNTIME_ERROR),
    STOP_ITERATION("StopIteration", EXCEPTION),
    SYNTAX_ERROR("SyntaxError", EXCEPTION),
    INDENTATION_ERROR("IndentationError", SYNTAX_ERROR),
    TAB_ERROR("TabError", INDENTATION_ERROR),
    SYSTEM_ERROR("SystemError", EXCEPTION),
    TYPE_ERROR("TypeError", EXCEPTION),
    VALUE_ERROR("ValueError", EXCEPTION),
    UNICODE_ERROR("UnicodeError", VALUE_ERROR),
    UNICODE_DECODE_ERROR("UnicodeDecodeError", UNICODE_ERROR),
    UNICODE_ENCODE_ERROR("UnicodeEncodeError", UNICODE_ERROR),
    LIN_ALG_ERROR("LinAlgError", EXCEPTION),
    AXIS_ERROR("AxisError", VALUE_ERROR),

    WARNING("Warning", EXCEPTION),
    USER_WARNING("UserWarning", WARNING),
    DEPRECATION_WARNING("DeprecationWarning", WARNING),
    RUNTIME_WARNING("RuntimeWarning", WARNING),
    FUTURE_WARNING("FutureWarning", WARNING),

    OP_ERROR("OpError", EXCEPTION),
    CANCELLED_ERROR("CancelledError", OP_ERROR),
    UNKNOWN_ERROR("UnknownError", OP_ERROR),
    INVALID_ARGUMENT_ERROR("InvalidArgumentError", OP_ERROR),
    DEADLINE_EXCEEDED_ERROR("DeadlineExceededError", OP_ERROR),
    NOT_FOUND_ERROR("NotFoundError", OP_ERROR),
    ALREADY_EXISTS_ERROR("AlreadyExistsError", OP_ERROR),
    PERMISSION_DENIED_ERROR("PermissionDeniedError", OP_ERROR),
    UNAUTHENTICATED_ERROR("UnauthenticatedError", OP_ERROR),
    RESOURCE_EXHAUSTED_ERROR("ResourceExhaustedError", OP_ERROR),
    FAILED_PRECONDITION_ERROR("FailedPreconditionError", OP_ERROR),
    ABORTED_ERROR("AbortedError", OP_ERROR),
    OUT_OF_RANGE_ERROR("OutOfRangeError", OP_ERROR),
    UNIMPLEMENTED_ERROR("UnimplementedError", OP_ERROR),
    INTERNAL_ERROR("InternalError", OP_ERROR),
    UNAVAILABLE_ERROR("UnavailableError", OP_ERROR),
    DATA_LOSS_ERROR("DataLossError", OP_ERROR),
    OPERATOR_NOT_ALLOWED_IN_GRAPH_ERROR("OperatorNotAllowedInGraphError", TYPE_ERROR);

    private final String scriptName;
    private final ErrorKind parent;

    ErrorKind(String scriptName, ErrorKind parent) {
        this.scriptName = scriptName;
        this.parent = parent;
    }

    /** The name as scripts write it and users see it, e.g. {@code ValueError}. */
    public String scriptName() {
        return scriptName;
    }

    /** The kind this one is derived from; null only for {@link #BASE_EXCEPTION}. */
    public ErrorKind parent() {
        return parent;
    }

    /** Whether {@code except other} catches this kind. */
    public boolean isA(ErrorKind other) {
        for (ErrorKind k = this; k != null; k = k.parent) {
            if (k == other) {
                return true;
            }
        }
        return false;
    }
}
