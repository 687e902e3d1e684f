package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask a range. */
final class RangeMethods {
    private RangeMethods() {}

    @Builtin(value = "__new__", signature = "*args", doc = "The ints from start (0) up to, but without, stop, step (1) apart: range(stop), range(start, stop), range(start, stop, step).")
    static Object make(Machine m, Object[] args) {
        return switch (args.length) {
            case 1 -> new RangeValue(0, Semantics.index(m, args[0]), 1);
            case 2 -> new RangeValue(Semantics.index(m, args[0]), Semantics.index(m, args[1]), 1);
            case 3 -> new RangeValue(Semantics.index(m, args[0]), Semantics.index(m, args[1]), Semantics.index(m, args[2]));
            default -> throw NnError.type("range expected at " + (args.length == 0 ? "least 1 argument, got 0" : "most 3 arguments, got " + args.length));
        };
    }

    @Builtin(value = "start", property = true, doc = "The first int.")
    static long start(Machine m, RangeValue self) {
        return self.start();
    }

    @Builtin(value = "stop", property = true, doc = "The bound that is not reached.")
    static long stop(Machine m, RangeValue self) {
        return self.stop();
    }

    @Builtin(value = "step", property = true, doc = "The distance of neighbours.")
    static long step(Machine m, RangeValue self) {
        return self.step();
    }

    @Builtin(value = "count", method = true, signature = "value, /", doc = "How often the value is in it: once or never.")
    static long count(Machine m, RangeValue self, Object value) {
        return self.indexOf(m, value) >= 0 ? 1 : 0;
    }

    @Builtin(value = "index", method = true, signature = "value, /", doc = "The place of the value.")
    static long index(Machine m, RangeValue self, Object value) {
        long at = self.indexOf(m, value);
        if (at < 0) {
            throw NnError.value(Semantics.repr(m, value) + " is not in range");
        }
        return at;
    }

    @Builtin(value = "__reversed__", method = true, doc = "An iterator from the last int to the first.")
    static Object reversed(Machine m, RangeValue self) {
        long[] at = {self.count()};
        return new IteratorValue(IteratorValue.kind("range_iterator"), machine -> at[0] > 0 ? (Object) self.at(--at[0]) : null);
    }
}
