package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.limit.Budget;

/** What lists, tuples, strings and bytes have in common: indices, repetition, order, representation. */
final class Sequences {
    private Sequences() {}

    /** The place that an index means, negative ones counted from the end; -1 if it is outside. */
    static int place(Object index, int length) {
        if (!(index instanceof Long l)) {
            return -1;
        }
        long at = l < 0 ? l + length : l;
        return at >= 0 && at < length ? (int) at : -1;
    }

    /** The index of an item, or a TypeError that names the sequence. */
    static Object index(Machine m, Object key, String sequence) {
        Object index = Semantics.indexOrNull(m, key);
        if (index == null) {
            throw NnError.type(sequence + " indices must be integers or slices, not " + Semantics.typeOf(key).name());
        }
        return index;
    }

    /** How often to repeat; MemoryError beyond what can be. */
    static int times(Object times) {
        if (times instanceof Long l && l <= Integer.MAX_VALUE) {
            return (int) Math.max(0, l);
        }
        Budget.require(Long.MAX_VALUE);
        throw new NnError(ErrorKind.MEMORY_ERROR, "");
    }

    static String repeat(String s, int times) {
        return LargeText.repeat(s, times);
    }

    static Object[] repeat(Object[] elements, int size, int times) {
        checkSize(size, times);
        Budget.require((long) size * times * Budget.REFERENCE);
        Object[] all = new Object[size * times];
        Budget.hold(all, (long) all.length * Budget.REFERENCE);
        for (int i = 0; i < times; i++) {
            System.arraycopy(elements, 0, all, i * size, size);
        }
        return all;
    }

    private static void checkSize(int size, int times) {
        if ((long) size * times > Integer.MAX_VALUE - 16) {
            Budget.require(Long.MAX_VALUE);
            throw new NnError(ErrorKind.MEMORY_ERROR, "");
        }
    }

    /** Lexicographic comparison: the first pair that differs decides, then the length. */
    static Object compare(Machine m, CompareOperator op, Object[] a, int an, Object[] b, int bn) {
        if (an != bn && (op == CompareOperator.EQUAL || op == CompareOperator.NOT_EQUAL)) {
            return op == CompareOperator.NOT_EQUAL;
        }
        int n = Math.min(an, bn);
        for (int i = 0; i < n; i++) {
            m.step();
            if (a[i] instanceof Long x && b[i] instanceof Long y) {
                if (x.longValue() != y.longValue()) {
                    return Semantics.holds(op, Long.compare(x, y));
                }
            } else if (!Semantics.sameOrEqual(m, a[i], b[i])) {
                return switch (op) {
                    case EQUAL -> false;
                    case NOT_EQUAL -> true;
                    default -> Semantics.compare(m, op, a[i], b[i]);
                };
            }
        }
        return Semantics.holds(op, Integer.compare(an, bn));
    }

    /** {@code open element, element close}, or the dots where the container is inside itself. */
    static String repr(Machine m, Object container, Object[] elements, int n, String open, String close) {
        ReprGuard guard = ReprGuard.of(m);
        if (!guard.enter(container)) {
            return open + "..." + close;
        }
        try {
            StringBuilder out = new StringBuilder(open);
            for (int i = 0; i < n; i++) {
                if (i > 0) {
                    out.append(", ");
                }
                m.step();
                String shown = Semantics.repr(m, elements[i]);
                LargeText.grow(out, shown.length());
                out.append(shown);
            }
            return out.append(close).toString();
        } finally {
            guard.leave(container);
        }
    }
}
