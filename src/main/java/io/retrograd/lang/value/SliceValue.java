package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.CompareOperator;
import java.math.BigInteger;

/** A Python slice: three values of any kind, None where left out. */
public final class SliceValue implements Value {
    public static final TypeValue TYPE = new TypeValue("builtins", "slice", CoreTypes.OBJECT, SliceMethodsTable.TABLE, null);

    private final Object start;
    private final Object stop;
    private final Object step;

    public SliceValue(Object start, Object stop, Object step) {
        this.start = start;
        this.stop = stop;
        this.step = step;
    }

    /** What a slice means for a sequence of a known length: {@code count} places from {@code start} on. */
    public record Indices(int start, int stop, int step, int count) {}

    public Object start() {
        return start;
    }

    public Object stop() {
        return stop;
    }

    public Object step() {
        return step;
    }

    /** The places it selects from a sequence of that length; ValueError for a zero step. */
    public Indices indices(Machine m, int length) {
        int by = step == None.NONE ? 1 : clip(m, step, -Integer.MAX_VALUE, Integer.MAX_VALUE);
        if (by == 0) {
            throw NnError.value("slice step cannot be zero");
        }
        int low = by < 0 ? -1 : 0;
        int high = by < 0 ? length - 1 : length;
        int from = start == None.NONE ? (by < 0 ? high : low) : bound(m, start, length, low, high);
        int to = stop == None.NONE ? (by < 0 ? low : high) : bound(m, stop, length, low, high);
        long span = by < 0 ? (long) from - to : (long) to - from;
        int count = span <= 0 ? 0 : (int) ((span - 1) / Math.abs((long) by) + 1);
        return new Indices(from, to, by, count);
    }

    private static int bound(Machine m, Object o, int length, int low, int high) {
        int v = clip(m, o, Integer.MIN_VALUE, Integer.MAX_VALUE);
        long at = v < 0 ? (long) v + length : v;
        return (int) Math.max(low, Math.min(high, at));
    }

    private static int clip(Machine m, Object o, int low, int high) {
        Object index = Semantics.indexOrNull(m, o);
        if (index == null) {
            throw NnError.type("slice indices must be integers or None or have an __index__ method");
        }
        if (index instanceof BigInteger b) {
            return b.signum() < 0 ? low : high;
        }
        return (int) Math.max(low, Math.min(high, (Long) index));
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (!(other instanceof SliceValue s)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return TupleValue.of(start, stop, step).compare(m, op, TupleValue.of(s.start, s.stop, s.step));
    }

    @Override
    public long hash(Machine m) {
        throw NnError.type("unhashable type: 'slice'");
    }

    @Override
    public String repr(Machine m) {
        return "slice(" + Semantics.repr(m, start) + ", " + Semantics.repr(m, stop) + ", " + Semantics.repr(m, step) + ")";
    }
}
