package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** Functions that pick elements by number, by truth or by condition, and put others in their place. */
final class Picking {
    private Picking() {}

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
        NdArray[] all = Joining.all(m, choices);
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
        NdArray[] c = Joining.all(m, conditions);
        NdArray[] v = Joining.all(m, choices);
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
        NdArray[] c = Joining.all(m, conditions);
        Object[] f = Semantics.elements(m, functions);
        NdArray out = NdArray.zeros(a.dtype(), a.shape());
        NdArray rest = NdArray.zeros(DType.BOOL, a.shape());
        for (int i = 0; i < f.length; i++) {
            NdArray mask = i < c.length ? c[i] : Elementwise.unary(m, UnaryFunctions.LOGICAL_NOT, rest, null);
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
}
