package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** Functions of arrays that belong to no larger family. */
final class Assorted {
    private Assorted() {}

    @Builtin(value = "modf", signature = "x", doc = "Fractions and whole parts.")
    static Object modf(Machine m, Object x) {
        NdArray a = ArrayMaker.from(m, x);
        DoubleUnaryOperator whole = v -> v < 0 ? Math.ceil(v) : Math.floor(v);
        NdArray i = Elementwise.unary(m, new UnaryFunction("modf", whole, null, false), a, null);
        NdArray f = Elementwise.unary(m, new UnaryFunction("modf", v -> Double.isInfinite(v) ? Math.copySign(0, v)
                : Math.copySign(v - whole.applyAsDouble(v), v), null, false), a, null);
        return TupleValue.of(ArrayValue.orScalar(f), ArrayValue.orScalar(i));
    }

    @Builtin(value = "divmod", signature = "x1, x2", doc = "Quotients rounded down, and remainders.")
    static Object divmod(Machine m, Object a, Object b) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        return TupleValue.of(ArrayValue.orScalar(Elementwise.binary(m, BinaryFunctions.FLOOR_DIVIDE, x, y, null)),
                ArrayValue.orScalar(Elementwise.binary(m, BinaryFunctions.REMAINDER, x, y, null)));
    }

    @Builtin(value = "isposinf", signature = "x", doc = "Whether it is plus infinity.")
    static Object isposinf(Machine m, Object x) {
        return ArrayValue.orScalar(Elementwise.binary(m, BinaryFunctions.EQUAL, ArrayMaker.from(m, x), NdArray.scalar(Double.POSITIVE_INFINITY), null));
    }

    @Builtin(value = "isneginf", signature = "x", doc = "Whether it is minus infinity.")
    static Object isneginf(Machine m, Object x) {
        return ArrayValue.orScalar(Elementwise.binary(m, BinaryFunctions.EQUAL, ArrayMaker.from(m, x), NdArray.scalar(Double.NEGATIVE_INFINITY), null));
    }

    @Builtin(value = "diag_indices", signature = "n, ndim=2", doc = "The places of the diagonal.")
    static Object diagIndices(Machine m, int n, int ndim) {
        long[] at = new long[Math.max(n, 0)];
        Arrays.setAll(at, i -> i);
        Object[] all = new Object[Math.max(ndim, 0)];
        Arrays.fill(all, new ArrayValue(NdArray.of(at, at.length)));
        return TupleValue.of(all);
    }

    @Builtin(value = "copyto", signature = "dst, src, casting='same_kind', where=True", doc = "Copies an array's elements into another.")
    static void copyto(Machine m, ArrayValue dst, Object src, Object casting, Object where) {
        NdArray from = ArrayMaker.from(m, src);
        if (!Casting.sameKind(from.dtype(), dst.array().dtype())) {
            throw NnError.type("Cannot cast array data from dtype('" + from.dtype().numpyName() + "') to dtype('" + dst.array().dtype().numpyName()
                    + "') according to the rule 'same_kind'");
        }
        dst.array().assign(Boolean.TRUE.equals(where) ? from
                : Selection.where(m, ArrayMaker.from(m, where).astype(DType.BOOL), from, dst.array()));
    }

    @Builtin(value = "put_along_axis", signature = "arr, indices, values, axis", doc = "Along a dimension, sets the elements at the places that another array gives.")
    static void putAlongAxis(Machine m, ArrayValue arr, Object indices, Object values, int axis) {
        NdArray a = arr.array();
        int at = Axes.normal(axis, a.rank());
        NdArray index = ArrayMaker.from(m, indices);
        if (index.rank() != a.rank()) {
            throw NnError.value("`indices` and `arr` must have the same number of dimensions");
        }
        NdArray v = ArrayMaker.cast(m, ArrayMaker.from(m, values), a.dtype()).broadcastTo(index.shape());
        int inner = 1;
        for (int i = at + 1; i < index.rank(); i++) {
            inner *= index.dim(i);
        }
        int n = index.dim(at);
        for (int i = 0; i < index.size(); i++) {
            int p = Indexing.place(index.getLong(i), a.dim(at), at);
            ArrayMaker.put(m, a, (i / (n * inner) * a.dim(at) + p) * inner + i % inner, ScalarValue.of(v, i));
        }
    }

    @Builtin(value = "block", signature = "arrays", doc = "An array from nested lists of blocks.")
    static Object block(Machine m, Object arrays) {
        return new ArrayValue(block(m, arrays, depth(m, arrays)));
    }

    private static int depth(Machine m, Object o) {
        return o instanceof ListValue l ? 1 + (l.size() == 0 ? 0 : depth(m, l.get(0))) : 0;
    }

    private static NdArray block(Machine m, Object o, int depth) {
        if (!(o instanceof ListValue list)) {
            NdArray a = ArrayMaker.from(m, o);
            while (a.rank() < depth) {
                a = a.newAxis(0);
            }
            return a;
        }
        if (list.size() == 0) {
            throw NnError.value("List at arrays cannot be empty");
        }
        NdArray[] parts = new NdArray[list.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = block(m, list.get(i), depth);
        }
        int inner = depth(m, o);
        return Joining.concatenate(m, parts, parts[0].rank() - inner);
    }

    @Builtin(value = "trim_zeros", signature = "filt, trim='fb'", doc = "A series without the zeros at its ends.")
    static Object trimZeros(Machine m, Object filt, String trim) {
        NdArray a = ArrayMaker.from(m, filt);
        if (a.rank() != 1 || trim == null) {
            throw NnError.type("trim_zeros takes a series and the ends to trim, such as 'fb'");
        }
        int from = 0;
        int to = a.size();
        while (trim.contains("f") && from < to && !a.getBoolean(from)) {
            from++;
        }
        while (trim.contains("b") && to > from && !a.getBoolean(to - 1)) {
            to--;
        }
        return new ArrayValue(a.slice(0, from, to - from, 1));
    }

    @Builtin(value = "broadcast_shapes", signature = "*args", doc = "The shape that shapes broadcast to.")
    static Object broadcastShapes(Machine m, Object[] args) {
        NdArray[] all = new NdArray[args.length];
        for (int i = 0; i < all.length; i++) {
            int[] shape = Axes.ints(Axes.shape(m, args[i]));
            all[i] = NdArray.strided(DType.BOOL, new boolean[0], shape, new int[shape.length], 0);
        }
        return Axes.tuple(Casting.broadcast(all));
    }

    @Builtin(value = "base_repr", signature = "number, base=2, padding=0", doc = "The number in the digits of a base.")
    static String baseRepr(Machine m, long number, int base, int padding) {
        return "0".repeat(padding) + Long.toString(number, base).toUpperCase(Locale.ROOT);
    }

    @Builtin(value = "unwrap", signature = "p", doc = "Angles without jumps of more than half a turn.")
    static Object unwrap(Machine m, Object p) {
        double[] a = ArrayMaker.from(m, p).toDoubles();
        double shift = 0;
        double before = a.length > 0 ? a[0] : 0;
        for (int i = 1; i < a.length; i++) {
            double raw = a[i];
            double d = raw - before;
            double turned = Math.IEEEremainder(d, 2 * Math.PI);
            if (Math.abs(d) >= Math.PI) {
                shift += turned - d;
            }
            before = raw;
            a[i] = raw + shift;
        }
        return new ArrayValue(NdArray.of(a));
    }
}
