package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;

/** What scripts can ask a {@code pprint.PrettyPrinter}. */
final class PrettyPrinter {
    private PrettyPrinter() {}

    @Builtin(value = "__new__", signature = "indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False", doc = "Writes objects, broken into lines where they are too long for one.")
    static Object make(Machine m, int indent, int width, Object depth, Object stream, Object compact, boolean sort, Object underscores) {
        return new PprintModule.Printer(indent, width, depth == None.NONE ? Long.MAX_VALUE : Semantics.index(m, depth), sort);
    }

    @Builtin(value = "pprint", method = true, signature = "object", doc = "Writes an object.")
    static void print(Machine m, PprintModule.Printer self, Object object) {
        Builtins.print(m, new Object[] {self.format(m, object)}, "", "\n", None.NONE, false);
    }

    @Builtin(value = "pformat", method = true, signature = "object", doc = "An object as text.")
    static String format(Machine m, PprintModule.Printer self, Object object) {
        return self.format(m, object);
    }
}
