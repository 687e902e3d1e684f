package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask a slice. */
final class SliceMethods {
    private SliceMethods() {}

    @Builtin(value = "__new__", signature = "*args", doc = "The slice that start:stop:step selects.")
    static SliceValue make(Machine m, Object[] args) {
        return switch (args.length) {
            case 1 -> new SliceValue(None.NONE, args[0], None.NONE);
            case 2 -> new SliceValue(args[0], args[1], None.NONE);
            case 3 -> new SliceValue(args[0], args[1], args[2]);
            default -> throw NnError.type("slice expected at " + (args.length == 0 ? "least 1 argument, got 0" : "most 3 arguments, got " + args.length));
        };
    }

    @Builtin(value = "start", property = true, doc = "Where it begins.")
    static Object start(Machine m, SliceValue self) {
        return self.start();
    }

    @Builtin(value = "stop", property = true, doc = "Where it ends.")
    static Object stop(Machine m, SliceValue self) {
        return self.stop();
    }

    @Builtin(value = "step", property = true, doc = "How far it goes each time.")
    static Object step(Machine m, SliceValue self) {
        return self.step();
    }

    @Builtin(value = "indices", method = true, signature = "length, /", doc = "The start, stop and step for a sequence of that length.")
    static Object indices(Machine m, SliceValue self, int length) {
        SliceValue.Indices i = self.indices(m, length);
        return TupleValue.of((long) i.start(), (long) i.stop(), (long) i.step());
    }
}
