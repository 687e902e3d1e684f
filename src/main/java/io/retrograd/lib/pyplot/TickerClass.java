package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** A class of {@code matplotlib.ticker}: called, it makes a {@link TickerValue}. */
record TickerClass(String kind) implements Value {
    @Override
    public TypeValue type() {
        return CoreTypes.BUILTIN_FUNCTION;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        Object otherwise = switch (kind) {
            case "MultipleLocator" -> 1.0;
            case "LinearLocator" -> 11L;
            case "PercentFormatter" -> 100.0;
            default -> None.NONE;
        };
        return new TickerValue(kind, arguments.length == 0 ? otherwise : arguments[0]);
    }
}
