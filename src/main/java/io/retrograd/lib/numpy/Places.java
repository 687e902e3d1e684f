package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.IteratorValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;

/** Positions in an array: from flat numbers and back, as grids, one after another. */
final class Places {
    private static final TypeValue NDINDEX = IteratorValue.kind("ndindex");
    private static final TypeValue NDENUMERATE = IteratorValue.kind("ndenumerate");
    private static final TypeValue NDITER = IteratorValue.kind("nditer");

    private Places() {}

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
        NdArray[] all = Joining.all(m, multi);
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
        return Searching.nonzero(m, new ArrayValue(Elementwise.unary(m, UnaryFunctions.LOGICAL_NOT, lower, null)));
    }

    @Builtin(value = "tril_indices", signature = "n, k=0, m=None", doc = "The places of the lower triangle.")
    static Object trilIndices(Machine m, int n, int k, Object columns) {
        return Searching.nonzero(m, Creation.tri(m, n, columns, k, "bool"));
    }

    @Builtin(value = "ndindex", signature = "*shape", doc = "All places of an array of that shape.")
    static Object ndindex(Machine m, Object[] shape) {
        int[] dims = Axes.ints(Axes.shape(m, shape.length == 1 ? shape[0] : TupleValue.of(shape)));
        long total = Shape.of(dims).numElements();
        long[] next = {0};
        return new IteratorValue(NDINDEX, machine -> next[0] < total ? placeOf(next[0]++, dims) : null);
    }

    @Builtin(value = "ndenumerate", signature = "arr", doc = "All elements with their places.")
    static Object ndenumerate(Machine m, Object arr) {
        NdArray a = ArrayMaker.from(m, arr);
        int[] next = {0};
        return new IteratorValue(NDENUMERATE, machine -> {
            int i = next[0]++;
            return i < a.size() ? TupleValue.of(placeOf(i, a.shape()), ScalarValue.of(a, i)) : null;
        });
    }

    @Builtin(value = "nditer", signature = "op, flags=None, op_flags=None", doc = "All elements in row-major order.")
    static Object nditer(Machine m, Object op, Object flags, Object opFlags) {
        NdArray a = ArrayMaker.from(m, op);
        NdArray flat = a.reshape(a.size());
        int[] next = {0};
        return new IteratorValue(NDITER, machine -> {
            int i = next[0]++;
            return i < flat.size() ? new ArrayValue(flat.at(0, i)) : null;
        });
    }

    private static TupleValue placeOf(long flat, int[] dims) {
        Object[] at = new Object[dims.length];
        long rest = flat;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            at[axis] = rest % dims[axis];
            rest /= dims[axis];
        }
        return TupleValue.of(at);
    }
}
