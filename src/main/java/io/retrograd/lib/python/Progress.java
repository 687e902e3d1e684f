package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.Map;

/** {@code tqdm.tqdm}: the elements of an iterable; the progress bar is left out. */
final class Progress implements Value {
    private static final TypeValue TYPE = new TypeValue("tqdm", "tqdm", CoreTypes.OBJECT, ProgressTable.TABLE, null);

    private final Object source;
    private Iteration rest;
    private long count;

    Progress(Object source) {
        this.source = source;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public int length(Machine m) {
        return Semantics.length(m, source);
    }

    @Override
    public Object next(Machine m) {
        if (rest == null) {
            rest = Semantics.iterate(m, source);
        }
        Object x = rest.next(m);
        count += x == null ? 0 : 1;
        return x;
    }

    @Override
    public Iteration iterate(Machine m) {
        return this::next;
    }

    @Builtin(value = {"set_description", "set_description_str", "set_postfix", "set_postfix_str", "refresh", "close", "clear", "display"},
            method = true, signature = "*arguments, **options", doc = "Has no effect: there is no progress bar.")
    static void adjust(Machine m, Progress self, Object[] arguments, Map<String, Object> options) {}

    @Builtin(value = "update", method = true, signature = "n=1", doc = "Counts steps.")
    static void update(Machine m, Progress self, long n) {
        self.count += n;
    }

    @Builtin(value = "n", property = true, doc = "How many steps were counted.")
    static long count(Machine m, Progress self) {
        return self.count;
    }

    @Builtin(value = "write", method = true, signature = "s, file=None, end=None", doc = "Writes a line.")
    static void write(Machine m, Progress self, Object s, Object file, String end) {
        Builtins.print(m, new Object[] {s}, " ", end, file, false);
    }

    @Builtin(value = "__enter__", method = true, doc = "Itself, for a with statement.")
    static Object enter(Machine m, Progress self) {
        return self;
    }

    @Builtin(value = "__exit__", method = true, signature = "*exception", doc = "Nothing happens at the end of a with statement.")
    static Object leave(Machine m, Progress self, Object[] exception) {
        return None.NONE;
    }
}
