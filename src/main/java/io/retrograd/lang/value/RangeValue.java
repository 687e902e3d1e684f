package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.CompareOperator;

/** A Python range: ints from start up or down to, but without, stop. */
public final class RangeValue implements Value {
    public static final TypeValue TYPE = new TypeValue("builtins", "range", CoreTypes.OBJECT, RangeMethodsTable.TABLE, null);

    private final long start;
    private final long stop;
    private final long step;
    private final long count;

    /** ValueError for a zero step. */
    public RangeValue(long start, long stop, long step) {
        if (step == 0) {
            throw NnError.value("range() arg 3 must not be zero");
        }
        this.start = start;
        this.stop = stop;
        this.step = step;
        this.count = count(start, stop, step);
    }

    private static long count(long start, long stop, long step) {
        if (step > 0 ? start >= stop : start <= stop) {
            return 0;
        }
        // The span may be larger than a long: unsigned arithmetic holds it.
        long span = step > 0 ? stop - start - 1 : start - stop - 1;
        long n = Long.divideUnsigned(span, step > 0 ? step : -step);
        if (n < 0 || n == Long.MAX_VALUE) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "Python int too large to convert to C ssize_t");
        }
        return n + 1;
    }

    public long start() {
        return start;
    }

    public long stop() {
        return stop;
    }

    public long step() {
        return step;
    }

    /** How many ints there are. */
    public long count() {
        return count;
    }

    /** The int at a place that is there. */
    public long at(long i) {
        return start + i * step;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean truth(Machine m) {
        return count != 0;
    }

    @Override
    public int length(Machine m) {
        if (count > Integer.MAX_VALUE) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "Python int too large to convert to C ssize_t");
        }
        return (int) count;
    }

    @Override
    public Iteration iterate(Machine m) {
        return new Iteration() {
            private long at;

            @Override
            public Object next(Machine machine) {
                return at < count ? (Object) (start + at++ * step) : null;
            }
        };
    }

    /** The place of an element equal to the one given, or -1. */
    long indexOf(Machine m, Object element) {
        Object index = Semantics.indexOrNull(m, element);
        if (index == null && element instanceof Double d && d == Math.rint(d) && Math.abs(d) < 0x1p63) {
            index = (long) (double) d;
        }
        if (!(index instanceof Long l) || (step > 0 ? l < start || l >= stop : l > start || l <= stop)) {
            return -1;
        }
        return (l - start) % step == 0 ? (l - start) / step : -1;
    }

    @Override
    public boolean contains(Machine m, Object element) {
        return indexOf(m, element) >= 0;
    }

    @Override
    public Object item(Machine m, Object key) {
        if (key instanceof SliceValue slice) {
            SliceValue.Indices part = slice.indices(m, length(m));
            return new RangeValue(at(part.start()), at(part.stop()), step * part.step());
        }
        Object index = Sequences.index(m, key, "range");
        long i = index instanceof Long l ? l < 0 ? l + count : l : -1;
        if (i < 0 || i >= count) {
            throw NnError.index("range object index out of range");
        }
        return at(i);
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (!(other instanceof RangeValue r) || op != CompareOperator.EQUAL && op != CompareOperator.NOT_EQUAL) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        boolean equal = count == r.count && (count == 0 || start == r.start && (count == 1 || step == r.step));
        return equal == (op == CompareOperator.EQUAL);
    }

    @Override
    public long hash(Machine m) {
        Object first = count == 0 ? None.NONE : (Object) start;
        return TupleValue.of(count, first, count < 2 ? None.NONE : (Object) step).hash(m);
    }

    @Override
    public String repr(Machine m) {
        return "range(" + start + ", " + stop + (step == 1 ? ")" : ", " + step + ")");
    }
}
