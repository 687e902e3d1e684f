package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Value;
import java.util.function.BiConsumer;

/** What a script says of itself with {@code report(name, value)}: a sweep gathers it; without one it is printed. */
public final class Reports {
    private BiConsumer<String, Object> gatherer;

    private Reports() {}

    public static Reports of(Machine m) {
        return m.state(Reports.class, machine -> new Reports());
    }

    /** Gives what is reported from now on to somebody: a name, and a Long, Double, Boolean or String. */
    public void gather(BiConsumer<String, Object> by) {
        gatherer = by;
    }

    @Builtin(value = "report", signature = "name, value, /", doc = "Reports a result: nn sweep gathers it in its table; without a sweep it is printed.", example = "report('loss', 0.25)")
    static void report(Machine m, String name, Object value) {
        BiConsumer<String, Object> to = of(m).gatherer;
        if (to == null) {
            m.world().out().write(name + ": " + Semantics.str(m, value) + "\n");
        } else {
            to.accept(name, plain(m, value));
        }
    }

    private static Object plain(Machine m, Object value) {
        if (value instanceof Long || value instanceof Double || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof ArrayLike a && a.array().size() == 1 && a.array().dtype().isNumeric() && !a.array().dtype().isComplex()) {
            return switch (a.array().dtype()) {
                // The float's own digits, not those of the double next to it.
                case FLOAT32, FLOAT16 -> (Object) Double.valueOf(Float.toString(a.array().getFloat(0)));
                case FLOAT64 -> (Object) a.array().getDouble(0);
                default -> (Object) a.array().getLong(0);
            };
        }
        Double number = value instanceof Value v ? v.asFloat(m) : null;
        return number == null ? Semantics.str(m, value) : number;
    }
}
