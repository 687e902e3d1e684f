package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.build.VariableScope.Reuse;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** {@code tf.AUTO_REUSE}. */
final class ReuseValue implements Value {
    static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.ops.variable_scope", "_ReuseMode", null);
    static final ReuseValue AUTO_REUSE = new ReuseValue();

    private ReuseValue() {}

    /** What the argument {@code reuse} means; null for None and False. */
    static Reuse convert(Machine m, Object value) {
        if (value == None.NONE || Boolean.FALSE.equals(value)) {
            return null;
        }
        if (value instanceof ReuseValue) {
            return Reuse.AUTO;
        }
        if (Boolean.TRUE.equals(value)) {
            return Reuse.TRUE;
        }
        throw NnError.value("The reuse parameter must be True or False or None.");
    }

    /** As {@code scope.reuse} shows it. */
    static Object show(Reuse reuse) {
        return switch (reuse) {
            case NONE -> Boolean.FALSE;
            case TRUE -> Boolean.TRUE;
            case AUTO -> AUTO_REUSE;
        };
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public String repr(Machine m) {
        return "<_ReuseMode.AUTO_REUSE: 1>";
    }

    @Override
    public String str(Machine m) {
        return "_ReuseMode.AUTO_REUSE";
    }
}
