package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import java.util.Arrays;

/** The class of a builtin exception: an {@link ErrorKind} as scripts see it. */
public final class ExceptionType extends TypeValue {
    private final ErrorKind kind;

    ExceptionType(String module, ErrorKind kind, TypeValue base) {
        super(module, kind.scriptName(), base, ExceptionMethodsTable.TABLE, null);
        this.kind = kind;
    }

    public ErrorKind kind() {
        return kind;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        return new ExceptionValue(this, Arrays.copyOf(arguments, arguments.length - keywords.length));
    }
}
