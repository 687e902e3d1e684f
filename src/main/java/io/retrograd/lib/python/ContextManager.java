package io.retrograd.lib.python;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** Something for a with statement: a value, and what happens at the end. */
final class ContextManager implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("contextlib", "AbstractContextManager", null);

    /** What happens at the end of the with statement. */
    interface Exit {
        /** @param exception class, value and traceback, or None three times; true swallows the exception */
        boolean leave(Machine m, Object[] exception);
    }

    private final Object value;
    private final Exit exit;

    ContextManager(Object value, Exit exit) {
        this.value = value;
        this.exit = exit;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "__enter__" -> new NativeFunction(name, (machine, a) -> value);
            case "__exit__" -> new NativeFunction(name, (machine, a) -> exit.leave(machine, a));
            default -> Value.super.attribute(m, name);
        };
    }
}
