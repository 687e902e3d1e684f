package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SliceValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Functions that join arrays, take them apart, and make them longer or shorter. */
final class Joining {
    private Joining() {}

    static NdArray[] all(Machine m, Object arrays) {
        Object[] each = Semantics.elements(m, arrays);
        NdArray[] out = new NdArray[each.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = ArrayMaker.from(m, each[i]);
        }
        return out;
    }

    static NdArray concatenate(Machine m, NdArray[] arrays, int axis) {
        if (arrays.length == 0) {
            throw NnError.value("need at least one array to concatenate");
        }
        if (arrays[0].rank() == 0) {
            throw NnError.value("zero-dimensional arrays cannot be concatenated");
        }
        int rank = arrays[0].rank();
        int at = Axes.normal(axis, rank);
        DType type = arrays[0].dtype();
        long[] shape = Arrays.stream(arrays[0].shape()).asLongStream().toArray();
        for (int k = 1; k < arrays.length; k++) {
            NdArray a = arrays[k];
            if (a.rank() != rank) {
                throw NnError.value("all the input array dimensions except for the concatenation axis must match exactly, but along "
                        + "dimension 0, the array at index 0 has " + rank + " dimension(s) and the array at index " + k + " has "
                        + a.rank() + " dimension(s)");
            }
            for (int i = 0; i < rank; i++) {
                if (i != at && a.dim(i) != shape[i]) {
                    throw NnError.value("all the input array dimensions except for the concatenation axis must match exactly, but "
                            + "along dimension " + i + ", the array at index 0 has size " + shape[i] + " and the array at index " + k
                            + " has size " + a.dim(i));
                }
            }
            type = DType.promote(type, a.dtype());
            shape[at] += a.dim(at);
        }
        NdArray out = Creation.zeros(type, shape);
        int from = 0;
        for (NdArray a : arrays) {
            out.slice(at, from, a.dim(at), 1).assign(ArrayMaker.cast(m, a, type));
            from += a.dim(at);
        }
        return out;
    }

    private static NdArray join(Machine m, NdArray[] arrays, int axis) {
        for (int k = 1; k < arrays.length; k++) {
            if (arrays[k].rank() != arrays[0].rank()) {
                throw NnError.value("all the input arrays must have same number of dimensions, but the array at index 0 has "
                        + arrays[0].rank() + " dimension(s) and the array at index " + k + " has " + arrays[k].rank() + " dimension(s)");
            }
        }
        return concatenate(m, arrays, axis);
    }

    private static Object joined(Object arrays, NdArray result) {
        boolean matrix = arrays instanceof ListValue l && l.size() > 0 && l.get(0) instanceof MatrixValue
                || arrays instanceof TupleValue t && t.size() > 0 && t.get(0) instanceof MatrixValue;
        return matrix ? new MatrixValue(result) : new ArrayValue(result);
    }

    @Builtin(value = "concatenate", signature = "arrays, axis=0, out=None, dtype=None, casting='same_kind'", doc = "Arrays joined along an existing dimension.",
            example = "np.concatenate([a, b], axis=1)")
    static Object concatenate(Machine m, Object arrays, Object axis, Object out, Object dtype, Object casting) {
        NdArray[] all = all(m, arrays);
        if (axis == None.NONE) {
            for (int i = 0; i < all.length; i++) {
                all[i] = all[i].reshape(all[i].size());
            }
        }
        NdArray joined = join(m, all, axis == None.NONE ? 0 : (int) Semantics.index(m, axis));
        return joined(arrays, dtype == None.NONE ? joined : joined.astype(ElementType.convert(m, dtype)));
    }

    @Builtin(value = "stack", signature = "arrays, axis=0, out=None", doc = "Arrays of one shape joined along a new dimension.")
    static Object stack(Machine m, Object arrays, int axis, Object out) {
        NdArray[] all = all(m, arrays);
        if (all.length == 0) {
            throw NnError.value("need at least one array to stack");
        }
        int at = Axes.normal(axis, all[0].rank() + 1);
        for (int i = 0; i < all.length; i++) {
            if (!all[i].hasShapeOf(all[0])) {
                throw NnError.value("all input arrays must have the same shape");
            }
        }
        for (int i = 0; i < all.length; i++) {
            all[i] = all[i].newAxis(at);
        }
        return new ArrayValue(concatenate(m, all, at));
    }

    @Builtin(value = {"vstack", "row_stack"}, signature = "tup, dtype=None, casting='same_kind'", doc = "Arrays joined as rows.")
    static Object vstack(Machine m, Object tup, Object dtype, Object casting) {
        NdArray[] all = all(m, tup);
        for (int i = 0; i < all.length; i++) {
            all[i] = Shaping.atLeast(all[i], 2);
        }
        return joined(tup, join(m, all, 0));
    }

    @Builtin(value = "hstack", signature = "tup, dtype=None, casting='same_kind'", doc = "Arrays joined along the second dimension, vectors along their only one.")
    static Object hstack(Machine m, Object tup, Object dtype, Object casting) {
        NdArray[] all = all(m, tup);
        for (int i = 0; i < all.length; i++) {
            all[i] = Shaping.atLeast(all[i], 1);
        }
        return joined(tup, join(m, all, all.length > 0 && all[0].rank() == 1 ? 0 : 1));
    }

    @Builtin(value = "dstack", signature = "tup", doc = "Arrays joined along the third dimension.")
    static Object dstack(Machine m, Object tup) {
        NdArray[] all = all(m, tup);
        for (int i = 0; i < all.length; i++) {
            all[i] = Shaping.atLeast(all[i], 3);
        }
        return new ArrayValue(join(m, all, 2));
    }

    @Builtin(value = "column_stack", signature = "tup", doc = "Vectors joined as columns.")
    static Object columnStack(Machine m, Object tup) {
        NdArray[] all = all(m, tup);
        for (int i = 0; i < all.length; i++) {
            all[i] = all[i].rank() < 2 ? all[i].reshape(all[i].size(), 1) : all[i];
        }
        return new ArrayValue(join(m, all, 1));
    }

    private static Object split(Machine m, Object a, Object sections, int axis, boolean even) {
        NdArray x = ArrayMaker.from(m, a);
        if (x.rank() == 0) {
            throw NnError.value("array split does not work on an array without dimensions");
        }
        int at = Axes.normal(axis, x.rank());
        int n = x.dim(at);
        int[] cuts;
        if (sections instanceof ListValue || sections instanceof TupleValue || sections instanceof ArrayValue) {
            Object[] each = Semantics.elements(m, sections);
            cuts = new int[each.length + 2];
            for (int i = 0; i < each.length; i++) {
                long c = Semantics.index(m, each[i]);
                cuts[i + 1] = (int) Math.max(0, Math.min(n, c < 0 ? c + n : c));
            }
            cuts[each.length + 1] = n;
        } else {
            int k = (int) Semantics.index(m, sections);
            if (k <= 0) {
                throw NnError.value("number sections must be larger than 0.");
            }
            if (even && n % k != 0) {
                throw NnError.value("array split does not result in an equal division");
            }
            cuts = new int[k + 1];
            for (int i = 0; i < k; i++) {
                cuts[i + 1] = cuts[i] + n / k + (i < n % k ? 1 : 0);
            }
        }
        Object[] parts = new Object[cuts.length - 1];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Shaping.like(a, x.slice(at, cuts[i], Math.max(0, cuts[i + 1] - cuts[i]), 1));
        }
        return ListValue.of(parts);
    }

    @Builtin(value = "split", signature = "ary, indices_or_sections, axis=0", doc = "The array in equal parts, or cut at indices.")
    static Object split(Machine m, Object a, Object sections, int axis) {
        return split(m, a, sections, axis, true);
    }

    @Builtin(value = "array_split", signature = "ary, indices_or_sections, axis=0", doc = "The array in parts that may differ by one.")
    static Object arraySplit(Machine m, Object a, Object sections, int axis) {
        return split(m, a, sections, axis, false);
    }

    @Builtin(value = "hsplit", signature = "ary, indices_or_sections", doc = "The array split along its columns.")
    static Object hsplit(Machine m, Object a, Object sections) {
        return split(m, a, sections, ArrayMaker.from(m, a).rank() > 1 ? 1 : 0, true);
    }

    @Builtin(value = "vsplit", signature = "ary, indices_or_sections", doc = "The array split along its rows.")
    static Object vsplit(Machine m, Object a, Object sections) {
        return split(m, a, sections, 0, true);
    }

    @Builtin(value = "dsplit", signature = "ary, indices_or_sections", doc = "The array split along its third dimension.")
    static Object dsplit(Machine m, Object a, Object sections) {
        return split(m, a, sections, 2, true);
    }

    @Builtin(value = "append", signature = "arr, values, axis=None", doc = "The array with values at its end; flattened without an axis.")
    static Object append(Machine m, Object arr, Object values, Object axis) {
        NdArray a = ArrayMaker.from(m, arr);
        NdArray v = ArrayMaker.from(m, values);
        if (axis == None.NONE) {
            return new ArrayValue(concatenate(m, new NdArray[] {a.reshape(a.size()), v.reshape(v.size())}, 0));
        }
        return new ArrayValue(join(m, new NdArray[] {a, v}, (int) Semantics.index(m, axis)));
    }

    @Builtin(value = "insert", signature = "arr, obj, values, axis=None", doc = "The array with values before an index.")
    static Object insert(Machine m, Object arr, Object obj, Object values, Object axis) {
        NdArray a = ArrayMaker.from(m, arr);
        if (axis == None.NONE) {
            a = a.reshape(a.size());
        }
        int at = axis == None.NONE ? 0 : Axes.normal(Semantics.index(m, axis), a.rank());
        NdArray index = ArrayMaker.from(m, obj).astype(DType.INT64);
        NdArray v = ArrayMaker.cast(m, ArrayMaker.from(m, values), a.dtype());
        int n = a.dim(at);
        int count = index.rank() == 0 ? v.rank() == a.rank() || a.rank() == 1 ? Math.max(1, v.rank() == 0 ? 1 : v.dim(Math.min(at, v.rank() - 1))) : 1 : index.size();
        int[] shape = a.shape();
        shape[at] = count;
        NdArray block = NdArray.zeros(a.dtype(), shape);
        if (a.rank() > 1 && v.rank() == a.rank() - 1 && index.rank() == 0) {
            v = v.newAxis(at);
        }
        block.assign(v);
        List<long[]> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long p = index.getLong(index.rank() == 0 ? 0 : i);
            if (p < -n || p > n) {
                throw NnError.index("index " + p + " is out of bounds for axis " + at + " with size " + n);
            }
            order.add(new long[] {p < 0 ? p + n : p, i});
        }
        order.sort(Comparator.comparingLong(o -> o[0]));
        List<NdArray> parts = new ArrayList<>();
        int from = 0;
        for (long[] o : order) {
            parts.add(a.slice(at, from, (int) o[0] - from, 1));
            parts.add(block.slice(at, (int) o[1], 1, 1));
            from = (int) o[0];
        }
        parts.add(a.slice(at, from, n - from, 1));
        return new ArrayValue(concatenate(m, parts.toArray(new NdArray[0]), at));
    }

    @Builtin(value = "delete", signature = "arr, obj, axis=None", doc = "The array without the elements at some indices.")
    static Object delete(Machine m, Object arr, Object obj, Object axis) {
        NdArray a = ArrayMaker.from(m, arr);
        if (axis == None.NONE) {
            a = a.reshape(a.size());
        }
        int at = axis == None.NONE ? 0 : Axes.normal(Semantics.index(m, axis), a.rank());
        int n = a.dim(at);
        boolean[] gone = new boolean[n];
        if (obj instanceof SliceValue s) {
            SliceValue.Indices i = s.indices(m, n);
            for (int k = 0; k < i.count(); k++) {
                gone[i.start() + k * i.step()] = true;
            }
        } else {
            NdArray index = ArrayMaker.from(m, obj);
            for (int i = 0; i < index.size(); i++) {
                if (index.dtype() == DType.BOOL) {
                    gone[i] = index.getBoolean(i);
                } else {
                    gone[Indexing.place(index.getLong(i), n, at)] = true;
                }
            }
        }
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (!gone[i]) {
                kept.add((long) i);
            }
        }
        return new ArrayValue(Picking.take(a, ArrayMaker.make(m, ListValue.copyOf(kept), DType.INT64), at));
    }

    @Builtin(value = "repeat", signature = "a, repeats, axis=None", doc = "Each element several times.")
    static Object repeat(Machine m, Object a, Object repeats, Object axis) {
        NdArray x = ArrayMaker.from(m, a);
        if (axis == None.NONE) {
            x = x.reshape(x.size());
        }
        int at = axis == None.NONE ? 0 : Axes.normal(Semantics.index(m, axis), x.rank());
        NdArray r = ArrayMaker.from(m, repeats);
        int n = x.dim(at);
        if (r.size() != 1 && r.size() != n) {
            throw NnError.value("operands could not be broadcast together with shape " + NdArray.tuple(n) + " " + NdArray.tuple(r.shape()));
        }
        long total = 0;
        for (int i = 0; i < n; i++) {
            long k = r.getLong(r.size() == 1 ? 0 : i);
            if (k < 0) {
                throw NnError.value("repeats may not contain negative values.");
            }
            total += k;
        }
        NdArray order = Creation.zeros(DType.INT64, total);
        int to = 0;
        for (int i = 0; i < n; i++) {
            for (long k = r.getLong(r.size() == 1 ? 0 : i); k > 0; k--) {
                order.longs()[to++] = i;
            }
        }
        return new ArrayValue(Picking.take(x, order, at));
    }

    @Builtin(value = "tile", signature = "A, reps", doc = "The array several times beside itself.")
    static Object tile(Machine m, Object a, Object reps) {
        long[] times = Axes.tupleOrInt(m, reps);
        NdArray x = ArrayMaker.from(m, a);
        while (x.rank() < times.length) {
            x = x.newAxis(0);
        }
        int lead = x.rank() - times.length;
        for (int axis = 0; axis < x.rank(); axis++) {
            int n = axis < lead ? 1 : (int) times[axis - lead];
            if (n != 1) {
                NdArray[] copies = new NdArray[Math.max(n, 1)];
                Arrays.fill(copies, n == 0 ? x.slice(axis, 0, 0, 1) : x);
                x = concatenate(m, copies, axis);
            }
        }
        return new ArrayValue(x.copy());
    }

    @Builtin(value = "resize", signature = "a, new_shape", doc = "The elements in another shape, repeated where they do not suffice.")
    static Object resize(Machine m, Object a, Object shape) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray out = Creation.zeros(x.dtype(), Axes.shape(m, shape));
        for (int i = 0; i < out.size() && x.size() > 0; i++) {
            ArrayMaker.put(m, out, i, ScalarValue.of(x, i % x.size()));
        }
        return new ArrayValue(out);
    }

    @Builtin(value = "pad", signature = "array, pad_width, mode='constant', constant_values=0, **kwargs", doc = "The array with a border.")
    static Object pad(Machine m, Object array, Object width, String mode, Object values, Map<String, Object> kwargs) {
        NdArray x = ArrayMaker.from(m, array);
        int rank = x.rank();
        NdArray w = ArrayMaker.from(m, width);
        NdArray widths = (w.rank() == 1 && w.size() == 1 ? w.reshape() : w).broadcastTo(rank, 2);
        NdArray constants = mode.equals("constant") ? ArrayMaker.from(m, values).broadcastTo(rank, 2) : null;
        for (int axis = 0; axis < rank; axis++) {
            int before = widths.getInt(2 * axis);
            int after = widths.getInt(2 * axis + 1);
            if (before < 0 || after < 0) {
                throw NnError.value("index can't contain negative values");
            }
            int n = x.dim(axis);
            if (n == 0 && !mode.equals("constant")) {
                throw NnError.value("can't extend empty axis " + axis + " using modes other than 'constant' or 'empty'");
            }
            int[] shape = x.shape();
            shape[axis] = before + n + after;
            NdArray out = NdArray.zeros(x.dtype(), shape);
            out.slice(axis, before, n, 1).assign(x);
            for (int i = 0; i < shape[axis]; i++) {
                int k = i - before;
                if (k >= 0 && k < n) {
                    continue;
                }
                NdArray to = out.slice(axis, i, 1, 1);
                switch (mode) {
                    case "constant" -> to.assign(constants.at(0, axis).at(0, k < 0 ? 0 : 1));
                    case "edge" -> to.assign(x.slice(axis, k < 0 ? 0 : n - 1, 1, 1));
                    case "wrap" -> to.assign(x.slice(axis, Math.floorMod(k, n), 1, 1));
                    case "reflect" -> to.assign(x.slice(axis, n == 1 ? 0 : mirror(k, n, 2 * n - 2, 0), 1, 1));
                    case "symmetric" -> to.assign(x.slice(axis, mirror(k, n, 2 * n, 1), 1, 1));
                    default -> throw NnError.value("mode '" + mode + "' is not supported");
                }
            }
            x = out;
        }
        return new ArrayValue(x);
    }

    private static int mirror(int k, int n, int period, int edge) {
        int p = Math.floorMod(k, period);
        return p < n ? p : period - edge - p;
    }
}
