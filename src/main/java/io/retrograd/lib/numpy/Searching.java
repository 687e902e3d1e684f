package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Functions that pick, sort and search elements, and sets of elements. */
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
        NdArray[] all = Shaping.all(m, keys);
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
            NdArray sorted = take(key, order, 0);
            order = take(order, Sorted.argsort(m, sorted, 0, true), 0);
        }
        return new ArrayValue(order);
    }

    /** The elements at some places along a dimension. */
    static NdArray take(NdArray a, NdArray indices, int axis) {
        NdArray index = indices.astype(DType.INT64);
        int[] shape = new int[a.rank() - 1 + index.rank()];
        System.arraycopy(a.shape(), 0, shape, 0, axis);
        System.arraycopy(index.shape(), 0, shape, axis, index.rank());
        System.arraycopy(a.shape(), axis + 1, shape, axis + index.rank(), a.rank() - axis - 1);
        int[] flat = a.shape();
        flat[axis] = index.size();
        NdArray out = NdArray.zeros(a.dtype(), flat);
        if (axis == 0 && a.isContiguous() && !a.dtype().isComplex()) {
            int block = a.dim(0) == 0 ? 0 : a.size() / a.dim(0);
            for (int i = 0; i < index.size(); i++) {
                int from = Indexing.place(index.getLong(i), a.dim(0), 0);
                System.arraycopy(a.data(), a.offset() + from * block, out.data(), i * block, block);
            }
            return out.reshape(shape);
        }
        for (int i = 0; i < index.size(); i++) {
            out.at(axis, i).assign(a.at(axis, Indexing.place(index.getLong(i), a.dim(axis), axis)));
        }
        return out.reshape(shape);
    }

    @Builtin(value = "take", signature = "a, indices, axis=None, out=None, mode='raise'", doc = "The elements at some places.")
    static Object take(Machine m, Object a, Object indices, Object axis, Object out, Object mode) {
        NdArray x = ArrayMaker.from(m, a);
        if (axis == None.NONE) {
            x = x.reshape(x.size());
        }
        int at = axis == None.NONE ? 0 : Axes.normal(Semantics.index(m, axis), x.rank());
        NdArray index = ArrayMaker.from(m, indices).astype(DType.INT64);
        if (!"raise".equals(mode)) {
            index = index.copy();
            int n = x.dim(at);
            for (int i = 0; i < index.size(); i++) {
                long v = index.getLong(i);
                index.setLong(i, "wrap".equals(mode) ? Math.floorMod(v, n) : Math.max(0, Math.min(n - 1, v)));
            }
        }
        return ArrayValue.orScalar(take(x, index, at));
    }

    @Builtin(value = "take_along_axis", signature = "arr, indices, axis", doc = "Along a dimension, the elements at the places that another array gives.")
    static Object takeAlongAxis(Machine m, Object arr, Object indices, int axis) {
        NdArray a = ArrayMaker.from(m, arr);
        NdArray index = ArrayMaker.from(m, indices);
        int at = Axes.normal(axis, a.rank());
        if (index.rank() != a.rank()) {
            throw NnError.value("`indices` and `arr` must have the same number of dimensions");
        }
        NdArray out = NdArray.zeros(a.dtype(), index.shape());
        int inner = 1;
        for (int i = at + 1; i < index.rank(); i++) {
            inner *= index.dim(i);
        }
        int n = index.dim(at);
        for (int i = 0; i < out.size(); i++) {
            int outer = i / (n * inner);
            int p = Indexing.place(index.getLong(i), a.dim(at), at);
            ArrayMaker.put(m, out, i, ScalarValue.of(a, (outer * a.dim(at) + p) * inner + i % inner));
        }
        return new ArrayValue(out);
    }

    @Builtin(value = "compress", signature = "condition, a, axis=None", doc = "The slices where the condition holds.")
    static Object compress(Machine m, Object condition, Object a, Object axis) {
        NdArray c = ArrayMaker.from(m, condition);
        NdArray x = ArrayMaker.from(m, a);
        if (c.rank() != 1) {
            throw NnError.value("condition must be a 1-d array");
        }
        if (axis == None.NONE) {
            x = x.reshape(x.size());
        }
        return new ArrayValue(take(x, Selection.nonzero(c).get(0), axis == None.NONE ? 0 : Axes.normal(Semantics.index(m, axis), x.rank())));
    }

    @Builtin(value = "extract", signature = "condition, arr", doc = "The elements where the condition holds.")
    static Object extract(Machine m, Object condition, Object arr) {
        return compress(m, Shaping.ravel(m, condition, "C"), arr, None.NONE);
    }

    @Builtin(value = "choose", signature = "a, choices", doc = "From several arrays, at each place the element of the array that a names.")
    static Object choose(Machine m, Object a, Object choices) {
        NdArray index = ArrayMaker.from(m, a);
        NdArray[] all = Shaping.all(m, choices);
        NdArray[] every = Arrays.copyOf(all, all.length + 1);
        every[all.length] = index;
        int[] shape = Casting.broadcast(every);
        NdArray out = NdArray.zeros(Casting.resultType(all), shape);
        NdArray at = index.broadcastTo(shape);
        for (int i = 0; i < out.size(); i++) {
            ArrayMaker.put(m, out, i, ScalarValue.of(all[Indexing.place(at.getLong(i), all.length, 0)].broadcastTo(shape), i));
        }
        return ArrayValue.orScalar(out);
    }

    @Builtin(value = "select", signature = "condlist, choicelist, default=0", doc = "At each place the choice whose condition holds first.")
    static Object select(Machine m, Object conditions, Object choices, Object otherwise) {
        NdArray[] c = Shaping.all(m, conditions);
        NdArray[] v = Shaping.all(m, choices);
        if (c.length != v.length) {
            throw NnError.value("list of cases must be same length as list of conditions");
        }
        NdArray out = ArrayMaker.from(m, otherwise);
        for (int i = c.length - 1; i >= 0; i--) {
            out = Selection.where(m, c[i], v[i], out);
        }
        return new ArrayValue(out);
    }

    @Builtin(value = "piecewise", signature = "x, condlist, funclist", doc = "A function that is another one where each condition holds.")
    static Object piecewise(Machine m, Object x, Object conditions, Object functions) {
        NdArray a = ArrayMaker.from(m, x);
        NdArray[] c = Shaping.all(m, conditions);
        Object[] f = Semantics.elements(m, functions);
        NdArray out = NdArray.zeros(a.dtype(), a.shape());
        NdArray rest = NdArray.zeros(DType.BOOL, a.shape());
        for (int i = 0; i < f.length; i++) {
            NdArray mask = i < c.length ? c[i] : Elementwise.unary(m, Ufuncs.LOGICAL_NOT, rest, null);
            rest = Elementwise.binary(m, BinaryFunctions.LOGICAL_OR, rest, mask, null);
            Object key = new ArrayValue(mask);
            Object value = Semantics.isCallable(f[i]) ? Semantics.call(m, f[i], new ArrayValue(Indexing.get(m, a, key))) : f[i];
            Indexing.set(m, out, key, ArrayMaker.from(m, value));
        }
        return new ArrayValue(out);
    }

    @Builtin(value = "put", signature = "a, ind, v, mode='raise'", doc = "Sets elements by their places in row-major order.")
    static void put(Machine m, ArrayValue a, Object ind, Object v, Object mode) {
        ArrayMethods.put(m, a, ind, v, mode);
    }

    @Builtin(value = {"place", "putmask"}, signature = "arr, mask, vals", doc = "Sets the elements where the mask holds, in place.")
    static void place(Machine m, ArrayValue arr, Object mask, Object vals) {
        NdArray c = ArrayMaker.from(m, mask);
        NdArray v = ArrayMaker.from(m, vals);
        if (c.size() != arr.array().size()) {
            throw NnError.value("place: mask and data must be the same size");
        }
        if (v.size() == 0) {
            throw NnError.value("Cannot insert from an empty array!");
        }
        int n = 0;
        for (int i = 0; i < arr.array().size(); i++) {
            if (c.getBoolean(i)) {
                ArrayMaker.put(m, arr.array(), i, ScalarValue.of(v, n++ % v.size()));
            }
        }
    }

    @Builtin(value = "fill_diagonal", signature = "a, val, wrap=False", doc = "Sets the diagonal, in place.")
    static void fillDiagonal(Machine m, ArrayValue a, Object val, Object wrap) {
        Products.diagonal(a.array(), 0, 0, 1).assign(ArrayMaker.from(m, val));
    }

    @Builtin(value = "searchsorted", signature = "a, v, side='left', sorter=None", doc = "Where elements would go in a sorted array.")
    static Object searchsorted(Machine m, Object a, Object v, String side, Object sorter) {
        NdArray x = ArrayMaker.from(m, a);
        if (sorter != None.NONE) {
            x = take(x, ArrayMaker.from(m, sorter), 0);
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
        java.util.Comparator<Integer> compare = rows ? (i, j) -> compareRows(m, x.at(0, i), x.at(0, j)) : elementOrder(m, x);
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
        NdArray found = take(rows ? a : x, first, 0);
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

    private static java.util.Comparator<Integer> elementOrder(Machine m, NdArray x) {
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
            int at = search(sorted, x, false);
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
        return set(m, Shaping.concatenate(m, new NdArray[] {flat(m, a), flat(m, b)}, 0));
    }

    @Builtin(value = "intersect1d", signature = "ar1, ar2, assume_unique=False", doc = "The elements that are in both arrays, sorted.")
    static Object intersect(Machine m, Object a, Object b, Object unique) {
        NdArray x = flat(m, a);
        NdArray mask = NdArray.of(member(m, x, flat(m, b)));
        return set(m, take(x, Selection.nonzero(mask).get(0), 0));
    }

    @Builtin(value = "setdiff1d", signature = "ar1, ar2, assume_unique=False", doc = "The elements of the first array that are not in the second, sorted.")
    static Object setdiff(Machine m, Object a, Object b, Object unique) {
        NdArray x = flat(m, a);
        NdArray mask = Elementwise.unary(m, Ufuncs.LOGICAL_NOT, NdArray.of(member(m, x, flat(m, b))), null);
        return set(m, take(x, Selection.nonzero(mask).get(0), 0));
    }

    @Builtin(value = "unravel_index", signature = "indices, shape", doc = "Places in the flattened array as places in its dimensions.")
    static Object unravel(Machine m, Object indices, Object shape) {
        NdArray index = ArrayMaker.from(m, indices);
        int[] dims = Axes.ints(Axes.shape(m, shape));
        long total = 1;
        for (int d : dims) {
            total *= d;
        }
        Object[] out = new Object[dims.length];
        long step = total;
        for (int axis = 0; axis < dims.length; axis++) {
            step /= Math.max(dims[axis], 1);
            NdArray at = NdArray.zeros(DType.INT64, index.shape());
            for (int i = 0; i < index.size(); i++) {
                long v = index.getLong(i);
                if (v < 0 || v >= total) {
                    throw NnError.value("index " + v + " is out of bounds for array with size " + total);
                }
                at.setLong(i, v / step % dims[axis]);
            }
            out[axis] = ArrayValue.orScalar(at);
        }
        return TupleValue.of(out);
    }

    @Builtin(value = "ravel_multi_index", signature = "multi_index, dims", doc = "Places in dimensions as places in the flattened array.")
    static Object ravelIndex(Machine m, Object multi, Object dims) {
        NdArray[] all = Shaping.all(m, multi);
        int[] shape = Axes.ints(Axes.shape(m, dims));
        if (all.length != shape.length) {
            throw NnError.value("parameter multi_index must be a sequence of length " + shape.length);
        }
        NdArray total = NdArray.scalar(0L);
        for (int i = 0; i < all.length; i++) {
            total = Elementwise.binary(m, BinaryFunctions.ADD,
                    Elementwise.binary(m, BinaryFunctions.MULTIPLY, total, NdArray.scalar((long) shape[i]), null), all[i], null);
        }
        return ArrayValue.orScalar(total);
    }

    @Builtin(value = "ix_", signature = "*args", doc = "Index arrays that pick a block by its rows and columns.")
    static Object ix(Machine m, Object[] args) {
        Object[] out = new Object[args.length];
        for (int i = 0; i < out.length; i++) {
            NdArray x = ArrayMaker.from(m, args[i]);
            if (x.rank() != 1) {
                throw NnError.value("Cross index must be 1 dimensional");
            }
            if (x.dtype() == DType.BOOL) {
                x = Selection.nonzero(x).get(0);
            }
            int[] shape = new int[args.length];
            Arrays.fill(shape, 1);
            shape[i] = x.size();
            out[i] = new ArrayValue(x.reshape(shape));
        }
        return TupleValue.of(out);
    }

    @Builtin(value = "triu_indices", signature = "n, k=0, m=None", doc = "The places of the upper triangle.")
    static Object triuIndices(Machine m, int n, int k, Object columns) {
        NdArray lower = ((ArrayValue) Creation.tri(m, n, columns, k - 1, "bool")).array();
        return nonzero(m, new ArrayValue(Elementwise.unary(m, Ufuncs.LOGICAL_NOT, lower, null)));
    }

    @Builtin(value = "tril_indices", signature = "n, k=0, m=None", doc = "The places of the lower triangle.")
    static Object trilIndices(Machine m, int n, int k, Object columns) {
        return nonzero(m, Creation.tri(m, n, columns, k, "bool"));
    }

    @Builtin(value = "ndindex", signature = "*shape", doc = "All places of an array of that shape.")
    static Object ndindex(Machine m, Object[] shape) {
        int[] dims = Axes.ints(Axes.shape(m, shape.length == 1 ? shape[0] : TupleValue.of(shape)));
        ListValue all = new ListValue();
        int total = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
        for (int i = 0; i < total; i++) {
            all.add(placeOf(i, dims));
        }
        return all;
    }

    @Builtin(value = "ndenumerate", signature = "arr", doc = "All elements with their places.")
    static Object ndenumerate(Machine m, Object arr) {
        NdArray a = ArrayMaker.from(m, arr);
        ListValue all = new ListValue();
        for (int i = 0; i < a.size(); i++) {
            all.add(TupleValue.of(placeOf(i, a.shape()), ScalarValue.of(a, i)));
        }
        return all;
    }

    @Builtin(value = "nditer", signature = "op, flags=None, op_flags=None", doc = "All elements in row-major order.")
    static Object nditer(Machine m, Object op, Object flags, Object opFlags) {
        NdArray a = ArrayMaker.from(m, op);
        ListValue all = new ListValue();
        NdArray flat = a.reshape(a.size());
        for (int i = 0; i < a.size(); i++) {
            all.add(new ArrayValue(flat.at(0, i)));
        }
        return all;
    }

    private static TupleValue placeOf(int flat, int[] dims) {
        Object[] at = new Object[dims.length];
        int rest = flat;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            at[axis] = (long) (rest % dims[axis]);
            rest /= dims[axis];
        }
        return TupleValue.of(at);
    }
}
