package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;
import java.util.List;

/** Functions that sort elements and look for them. */
final class Searching {
    private Searching() {}

    @Builtin(value = "where", signature = "condition, x=None, y=None", doc = "Elements of x where the condition holds, of y elsewhere; alone, the places where it holds.")
    static Object where(Machine m, Object condition, Object x, Object y) {
        NdArray c = ArrayMaker.from(m, condition);
        if (x == None.NONE && y == None.NONE) {
            return nonzero(m, condition);
        }
        if (x == None.NONE || y == None.NONE) {
            throw NnError.value("either both or neither of x and y should be given");
        }
        return new ArrayValue(Selection.where(m, c, ArrayMaker.from(m, x), ArrayMaker.from(m, y)));
    }

    @Builtin(value = "nonzero", signature = "a", doc = "The places of the elements that are not zero, one array for each dimension.")
    static Object nonzero(Machine m, Object a) {
        NdArray x = ArrayMaker.from(m, a);
        if (x.rank() == 0) {
            x = x.newAxis(0);
        }
        return TupleValue.of(Selection.nonzero(x).stream().map(ArrayValue::new).toArray());
    }

    @Builtin(value = "argwhere", signature = "a", doc = "The places of the elements that are not zero, one row for each.")
    static Object argwhere(Machine m, Object a) {
        List<NdArray> places = Selection.nonzero(ArrayMaker.from(m, a));
        NdArray out = NdArray.zeros(DType.INT64, places.isEmpty() ? 0 : places.get(0).size(), places.size());
        for (int i = 0; i < places.size(); i++) {
            out.at(1, i).assign(places.get(i));
        }
        return new ArrayValue(out);
    }

    @Builtin(value = "flatnonzero", signature = "a", doc = "The places of the elements that are not zero in the flattened array.")
    static Object flatnonzero(Machine m, Object a) {
        NdArray x = ArrayMaker.from(m, a);
        return new ArrayValue(Selection.nonzero(x.reshape(x.size())).get(0));
    }

    @Builtin(value = "count_nonzero", signature = "a, axis=None, keepdims=False", doc = "How many elements are not zero.")
    static Object countNonzero(Machine m, Object a, Object axis, boolean keepdims) {
        NdArray x = ArrayMaker.from(m, a).astype(DType.BOOL).astype(DType.INT64);
        NdArray n = Reduction.reduce(m, BinaryFunctions.ADD, x, Axes.of(m, axis, x.rank()), keepdims, DType.INT64);
        return axis == None.NONE && !keepdims ? (Object) n.getLong(0) : ArrayValue.orScalar(n);
    }

    @Builtin(value = "sort", signature = "a, axis=-1, kind=None, order=None", doc = "A sorted copy.")
    static Object sort(Machine m, Object a, Object axis, Object kind, Object order) {
        NdArray x = ArrayMaker.from(m, a);
        if (axis == None.NONE) {
            x = x.reshape(x.size());
        }
        return new ArrayValue(Sorted.sort(m, x, axis == None.NONE ? 0 : Axes.normal(Semantics.index(m, axis), x.rank())));
    }

    @Builtin(value = "argsort", signature = "a, axis=-1, kind=None, order=None", doc = "The places of the elements in sorted order.")
    static Object argsort(Machine m, Object a, Object axis, Object kind, Object order) {
        NdArray x = ArrayMaker.from(m, a);
        if (axis == None.NONE) {
            x = x.reshape(x.size());
        }
        boolean stable = "stable".equals(kind) || "mergesort".equals(kind);
        return new ArrayValue(Sorted.argsort(m, x, axis == None.NONE ? 0 : Axes.normal(Semantics.index(m, axis), x.rank()), stable));
    }

    @Builtin(value = "partition", signature = "a, kth, axis=-1", doc = "A copy in which the kth element is where sorting would put it.")
    static Object partition(Machine m, Object a, Object kth, Object axis) {
        return sort(m, a, axis, None.NONE, None.NONE);
    }

    @Builtin(value = "argpartition", signature = "a, kth, axis=-1", doc = "Places such that the kth is the one that sorting would give.")
    static Object argpartition(Machine m, Object a, Object kth, Object axis) {
        return argsort(m, a, axis, None.NONE, None.NONE);
    }

    @Builtin(value = "lexsort", signature = "keys, axis=-1", doc = "The places in the order of several keys, the last one first.")
    static Object lexsort(Machine m, Object keys, Object axis) {
        NdArray[] all = Joining.all(m, keys);
        if (all.length == 0) {
            throw NnError.type("need sequence of keys with len > 0 in lexsort");
        }
        for (NdArray key : all) {
            if (key.rank() != 1 || key.size() != all[0].size()) {
                throw NnError.value("all keys need to be the same shape");
            }
        }
        NdArray order = Creation.zeros(DType.INT64, all[0].size());
        Arrays.setAll(order.longs(), i -> i);
        for (NdArray key : all) {
            NdArray sorted = Picking.take(key, order, 0);
            order = Picking.take(order, Sorted.argsort(m, sorted, 0, true), 0);
        }
        return new ArrayValue(order);
    }

    @Builtin(value = "searchsorted", signature = "a, v, side='left', sorter=None", doc = "Where elements would go in a sorted array.")
    static Object searchsorted(Machine m, Object a, Object v, String side, Object sorter) {
        NdArray x = ArrayMaker.from(m, a);
        if (sorter != None.NONE) {
            x = Picking.take(x, ArrayMaker.from(m, sorter), 0);
        }
        NdArray values = ArrayMaker.from(m, v);
        double[] sorted = x.toDoubles();
        NdArray out = NdArray.zeros(DType.INT64, values.shape());
        for (int i = 0; i < values.size(); i++) {
            out.setLong(i, search(sorted, values.getDouble(i), "right".equals(side)));
        }
        return ArrayValue.orScalar(out);
    }

    /** The first place whose element is not below (or, on the right side, is above) {@code v}. */
    static int search(double[] sorted, double v, boolean right) {
        int lo = 0;
        int hi = sorted.length;
        while (lo < hi) {
            int mid = lo + hi >>> 1;
            if (right ? sorted[mid] <= v : sorted[mid] < v) {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        return lo;
    }

    @Builtin(value = "digitize", signature = "x, bins, right=False", doc = "The number of the bin that each element falls into.")
    static Object digitize(Machine m, Object x, Object bins, boolean right) {
        double[] edges = ArrayMaker.from(m, bins).toDoubles();
        boolean falling = edges.length > 1 && edges[0] > edges[edges.length - 1];
        if (falling) {
            for (int i = 0; i < edges.length / 2; i++) {
                double t = edges[i];
                edges[i] = edges[edges.length - 1 - i];
                edges[edges.length - 1 - i] = t;
            }
        }
        NdArray a = ArrayMaker.from(m, x);
        NdArray out = NdArray.zeros(DType.INT64, a.shape());
        for (int i = 0; i < a.size(); i++) {
            int at = search(edges, a.getDouble(i), falling == right);
            out.setLong(i, falling ? edges.length - at : at);
        }
        return ArrayValue.orScalar(out);
    }
}
