package io.retrograd.lang.run;

import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.Arrays;

/** What a script can learn of a function's code: its name and its parameters. */
record CodeValue(Code code) implements Value {
    private static final TypeValue TYPE = new TypeValue("builtins", "code", CoreTypes.OBJECT, null, null);

    /** Bits of co_flags, as CPython has them. */
    private static final long HAS_REST = 4;
    private static final long HAS_KEYWORDS = 8;

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        ParameterList p = code.parameters();
        return switch (attribute) {
            case "co_name" -> code.name();
            case "co_argcount" -> (long) p.positional();
            case "co_kwonlyargcount" -> (long) p.names().length - p.positional();
            case "co_flags" -> (p.rest() >= 0 ? HAS_REST : 0) | (p.keywords() >= 0 ? HAS_KEYWORDS : 0);
            case "co_varnames" -> {
                Object[] names = Arrays.copyOf(p.names(), p.names().length, Object[].class);
                yield TupleValue.of(names);
            }
            default -> Value.super.attribute(m, attribute);
        };
    }
}
