package io.retrograd.lang.value;

import io.retrograd.error.StopCheck;
import java.util.Arrays;
import java.util.Comparator;

/** The sort behind {@code sorted} and {@code list.sort}: stable, asking only {@code <}, as Python promises. */
public final class Sorting {
    /** Runs shorter than this are sorted by insertion. */
    private static final int RUN = 16;

    /** So many ints are sorted before anybody can be impatient. */
    private static final int QUICK = 1 << 18;

    private static final int ASK_EVERY = 1 << 10;

    private Sorting() {}

    /** Sorts in place by what {@code key} gives for each element (None: by the elements themselves). */
    public static void sort(Machine m, Object[] elements, Object key, boolean reverse) {
        Object[] keys = elements;
        if (key != None.NONE) {
            keys = new Object[elements.length];
            for (int i = 0; i < keys.length; i++) {
                m.step();
                keys[i] = Semantics.call(m, key, elements[i]);
            }
        }
        if (keys == elements && sortAlike(elements, reverse)) {
            return;
        }
        int n = elements.length;
        long[] numbers = n <= QUICK ? numbers(keys) : null;
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            // Python keeps equal elements in their order in a reversed sort too.
            order[i] = reverse ? n - 1 - i : i;
        }
        if (numbers != null) {
            mergeSort(numbers, order, new int[n], 0, n);
        } else {
            mergeSort(less(m, keys), keys, order, new int[n], 0, n);
        }
        Object[] sorted = new Object[n];
        for (int i = 0; i < n; i++) {
            sorted[reverse ? n - 1 - i : i] = elements[order[i]];
        }
        System.arraycopy(sorted, 0, elements, 0, n);
    }

    /** Sorts ints, floats or strings among themselves without the protocol; false where they are mixed. */
    private static boolean sortAlike(Object[] elements, boolean reverse) {
        Comparator<Object> byValue = alike(elements);
        if (byValue == null) {
            return false;
        }
        // Java's sort is stable too; reversing the comparison keeps equal elements in their order.
        Arrays.sort(elements, reverse ? byValue.reversed() : byValue);
        return true;
    }

    private static Comparator<Object> alike(Object[] elements) {
        Class<?> kind = elements.length == 0 ? Object.class : elements[0].getClass();
        for (Object e : elements) {
            if (e.getClass() != kind || e instanceof Double d && d.isNaN()) {
                return null;
            }
        }
        if (kind == Long.class) {
            return asking((a, b) -> Long.compare((Long) a, (Long) b));
        }
        if (kind == Double.class) {
            return asking((a, b) -> (Double) a < (Double) b ? -1 : (Double) a > (Double) b ? 1 : 0);
        }
        return kind == String.class ? asking((a, b) -> CodePoints.compare((String) a, (String) b)) : null;
    }

    /** The same order; now and then it asks whether anybody still wants it. */
    private static Comparator<Object> asking(Comparator<Object> order) {
        int[] asked = {0};
        return (a, b) -> {
            if ((++asked[0] & ASK_EVERY - 1) == 0) {
                StopCheck.ask();
            }
            return order.compare(a, b);
        };
    }

    /** The values of ints; null if there is anything else. */
    private static long[] numbers(Object[] keys) {
        long[] all = new long[keys.length];
        for (int i = 0; i < all.length; i++) {
            if (!(keys[i] instanceof Long l)) {
                return null;
            }
            all[i] = l;
        }
        return all;
    }

    private static void mergeSort(long[] keys, int[] order, int[] room, int from, int to) {
        if (to - from <= RUN) {
            for (int i = from + 1; i < to; i++) {
                int moved = order[i];
                int j = i;
                while (j > from && keys[moved] < keys[order[j - 1]]) {
                    order[j] = order[j - 1];
                    j--;
                }
                order[j] = moved;
            }
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(keys, order, room, from, middle);
        mergeSort(keys, order, room, middle, to);
        if (keys[order[middle]] >= keys[order[middle - 1]]) {
            return;
        }
        System.arraycopy(order, from, room, from, middle - from);
        int left = from;
        int right = middle;
        for (int i = from; left < middle; i++) {
            if (right < to && keys[order[right]] < keys[room[left]]) {
                order[i] = order[right++];
            } else {
                order[i] = room[left++];
            }
        }
    }

    /** What sorting asks. */
    private interface Less {
        boolean test(Object a, Object b);
    }

    /** The order of keys of one kind without the protocol, as far as it has no say; else what it says. */
    private static Less less(Machine m, Object[] keys) {
        Class<?> kind = keys.length == 0 ? Object.class : keys[0].getClass();
        for (Object key : keys) {
            if (key.getClass() != kind) {
                return (a, b) -> Semantics.less(m, a, b);
            }
        }
        if (kind == String.class) {
            return (a, b) -> {
                m.step();
                return CodePoints.compare((String) a, (String) b) < 0;
            };
        }
        if (kind == Double.class) {
            return (a, b) -> {
                m.step();
                return (Double) a < (Double) b;
            };
        }
        return kind == TupleValue.class ? (a, b) -> ((TupleValue) a).isLess(m, (TupleValue) b) : (a, b) -> Semantics.less(m, a, b);
    }

    private static void mergeSort(Less less, Object[] keys, int[] order, int[] room, int from, int to) {
        if (to - from <= RUN) {
            insertionSort(less, keys, order, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(less, keys, order, room, from, middle);
        mergeSort(less, keys, order, room, middle, to);
        if (!less.test(keys[order[middle]], keys[order[middle - 1]])) {
            return;
        }
        System.arraycopy(order, from, room, from, middle - from);
        int left = from;
        int right = middle;
        for (int i = from; left < middle; i++) {
            if (right < to && less.test(keys[order[right]], keys[room[left]])) {
                order[i] = order[right++];
            } else {
                order[i] = room[left++];
            }
        }
    }

    private static void insertionSort(Less less, Object[] keys, int[] order, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int moved = order[i];
            int j = i;
            while (j > from && less.test(keys[moved], keys[order[j - 1]])) {
                order[j] = order[j - 1];
                j--;
            }
            order[j] = moved;
        }
    }
}
