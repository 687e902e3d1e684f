package io.retrograd.lib.numpy;

import io.retrograd.error.StopCheck;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Arrays as sets of elements: unique ones, members, unions and differences. */
final class SetFunctions {
    private SetFunctions() {}

    @Builtin(value = "unique", signature = "ar, return_index=False, return_inverse=False, return_counts=False, axis=None", doc = "The different elements, sorted.")
    static Object unique(Machine m, Object ar, boolean index, boolean inverse, boolean counts, Object axis) {
        NdArray a = ArrayMaker.from(m, ar);
        boolean rows = axis != None.NONE;
        if (rows && Axes.normal(Semantics.index(m, axis), a.rank()) != 0) {
            Object turned = unique(m, new ArrayValue(a.transpose()), index, inverse, counts, 0L);
            return turned instanceof ArrayValue v ? new ArrayValue(v.array().transpose()) : turned;
        }
        NdArray x = rows ? a.reshape(a.dim(0), a.dim(0) == 0 ? 0 : a.size() / a.dim(0)) : a.reshape(a.size());
        int n = x.dim(0);
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Comparator<Integer> compare = rows ? (i, j) -> compareRows(m, x.at(0, i), x.at(0, j)) : elementOrder(m, x);
        int[] left = {StopCheck.INTERVAL};
        Arrays.sort(order, (i, j) -> {
            if (--left[0] == 0) {
                left[0] = StopCheck.INTERVAL;
                StopCheck.ask();
            }
            return compare.compare(i, j);
        });
        List<Integer> firsts = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        NdArray back = Creation.zeros(DType.INT64, n);
        for (int i = 0; i < n; i++) {
            if (i == 0 || compare.compare(order[i - 1], order[i]) != 0) {
                firsts.add(order[i]);
                sizes.add(0);
            }
            sizes.set(sizes.size() - 1, sizes.get(sizes.size() - 1) + 1);
            back.longs()[order[i]] = firsts.size() - 1;
        }
        NdArray first = NdArray.of(firsts.stream().mapToLong(Integer::longValue).toArray());
        NdArray found = Picking.take(rows ? a : x, first, 0);
        if (!index && !inverse && !counts) {
            return new ArrayValue(found);
        }
        List<Object> all = new ArrayList<>();
        all.add(new ArrayValue(found));
        if (index) {
            all.add(new ArrayValue(first));
        }
        if (inverse) {
            all.add(new ArrayValue(back));
        }
        if (counts) {
            all.add(new ArrayValue(NdArray.of(sizes.stream().mapToLong(Integer::longValue).toArray())));
        }
        return TupleValue.of(all.toArray());
    }

    private static Comparator<Integer> elementOrder(Machine m, NdArray x) {
        if (x.dtype().isFloating()) {
            double[] v = x.toDoubles();
            return (i, j) -> v[i] < v[j] ? -1 : v[i] > v[j] ? 1 : v[i] == v[j] ? 0 : Double.compare(v[i], v[j]);
        }
        if (x.dtype().isInteger() || x.dtype() == DType.BOOL) {
            long[] v = x.toLongs();
            return (i, j) -> Long.compare(v[i], v[j]);
        }
        Object[] v = Selection.scalars(x);
        return (i, j) -> Semantics.less(m, v[i], v[j]) ? -1 : Semantics.less(m, v[j], v[i]) ? 1 : 0;
    }

    private static int compareRows(Machine m, NdArray a, NdArray b) {
        for (int i = 0; i < a.size(); i++) {
            double x = a.getDouble(i);
            double y = b.getDouble(i);
            if (x != y) {
                return x < y ? -1 : 1;
            }
        }
        return 0;
    }

    private static boolean[] member(Machine m, NdArray a, NdArray of) {
        boolean[] in = new boolean[a.size()];
        if (a.dtype().isReference() || of.dtype().isReference()) {
            Object[] v = Selection.scalars(of);
            for (int i = 0; i < in.length; i++) {
                for (Object o : v) {
                    in[i] |= Semantics.equal(m, ScalarValue.of(a, i), o);
                }
            }
            return in;
        }
        double[] sorted = of.toDoubles();
        LongSort.sort(sorted);
        for (int i = 0; i < in.length; i++) {
            double x = a.getDouble(i);
            int at = Searching.search(sorted, x, false);
            in[i] = at < sorted.length && sorted[at] == x;
        }
        return in;
    }

    @Builtin(value = "isin", signature = "element, test_elements, assume_unique=False, invert=False", doc = "Whether each element is among others.")
    static Object isin(Machine m, Object element, Object test, Object unique, boolean invert) {
        NdArray a = ArrayMaker.from(m, element);
        boolean[] in = member(m, a, ArrayMaker.from(m, test));
        for (int i = 0; i < in.length; i++) {
            in[i] ^= invert;
        }
        return ArrayValue.orScalar(NdArray.wrap(DType.BOOL, in, a.shape()));
    }

    @Builtin(value = "in1d", signature = "ar1, ar2, assume_unique=False, invert=False", doc = "Whether each element is among others; flattened.")
    static Object in1d(Machine m, Object a, Object b, Object unique, boolean invert) {
        return isin(m, Shaping.ravel(m, a, "C"), b, unique, invert);
    }

    private static Object set(Machine m, NdArray joined) {
        return unique(m, new ArrayValue(joined), false, false, false, None.NONE);
    }

    private static NdArray flat(Machine m, Object a) {
        NdArray x = ArrayMaker.from(m, a);
        return x.reshape(x.size());
    }

    @Builtin(value = "union1d", signature = "ar1, ar2", doc = "The elements that are in either array, sorted.")
    static Object union(Machine m, Object a, Object b) {
        return set(m, Joining.concatenate(m, new NdArray[] {flat(m, a), flat(m, b)}, 0));
    }

    @Builtin(value = "intersect1d", signature = "ar1, ar2, assume_unique=False", doc = "The elements that are in both arrays, sorted.")
    static Object intersect(Machine m, Object a, Object b, Object unique) {
        NdArray x = flat(m, a);
        NdArray mask = NdArray.of(member(m, x, flat(m, b)));
        return set(m, Picking.take(x, Selection.nonzero(mask).get(0), 0));
    }

    @Builtin(value = "setdiff1d", signature = "ar1, ar2, assume_unique=False", doc = "The elements of the first array that are not in the second, sorted.")
    static Object setdiff(Machine m, Object a, Object b, Object unique) {
        NdArray x = flat(m, a);
        NdArray mask = Elementwise.unary(m, UnaryFunctions.LOGICAL_NOT, NdArray.of(member(m, x, flat(m, b))), null);
        return set(m, Picking.take(x, Selection.nonzero(mask).get(0), 0));
    }
}
