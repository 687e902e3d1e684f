package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** Products of vectors, matrices and stacks of matrices. */
final class Products {
    private Products() {}

    /** Matrices (n, k) x (k, m), in numpy's common type. */
    private static NdArray matrices(Machine m, NdArray a, NdArray b, DType type) {
        int n = a.dim(0);
        int k = a.dim(1);
        int w = b.dim(1);
        if (type == DType.OBJECT || type.isComplex()) {
            NdArray out = NdArray.zeros(type, n, w);
            if (k > 0) {
                NdArray x = a.newAxis(2);
                NdArray y = b.newAxis(0);
                NdArray all = Elementwise.binary(m, BinaryFunctions.MULTIPLY, x, y, type);
                out.assign(Reduction.reduce(m, BinaryFunctions.ADD, all, new int[] {1}, false, type));
            }
            return out;
        }
        if (type.isReference()) {
            throw Elementwise.noLoop("matmul", a.dtype(), b.dtype());
        }
        if (type == DType.FLOAT32) {
            NdArray x = a.astype(type);
            NdArray y = b.astype(type).contiguous();
            NdArray out = Creation.zeros(DType.FLOAT32, n, w);
            float[] left = x.floats();
            float[] right = y.floats();
            float[] to = out.floats();
            for (int i = 0; i < n; i++) {
                for (int l = 0, p = x.offset() + i * x.stride(0); l < k; l++, p += x.stride(1)) {
                    row(left[p], right, y.offset() + l * w, to, i * w, w);
                }
                m.checkInterrupt();
            }
            return out;
        }
        if (type.isFloating()) {
            NdArray x = a.astype(DType.FLOAT64);
            NdArray y = b.astype(DType.FLOAT64).contiguous();
            NdArray out = Creation.zeros(DType.FLOAT64, n, w);
            double[] left = x.doubles();
            double[] right = y.doubles();
            double[] to = out.doubles();
            for (int i = 0; i < n; i++) {
                for (int l = 0, p = x.offset() + i * x.stride(0); l < k; l++, p += x.stride(1)) {
                    row(left[p], right, y.offset() + l * w, to, i * w, w);
                }
                m.checkInterrupt();
            }
            return out.astype(type);
        }
        NdArray x = a.astype(DType.INT64).contiguous();
        NdArray y = b.astype(DType.INT64).contiguous();
        NdArray out = Creation.zeros(DType.INT64, n, w);
        long[] c = out.longs();
        for (int i = 0; i < n; i++) {
            for (int l = 0; l < k; l++) {
                long v = x.longs()[x.offset() + i * k + l];
                int q = y.offset() + l * w;
                for (int j = 0; j < w; j++) {
                    c[i * w + j] += v * y.longs()[q + j];
                }
            }
        }
        return out.astype(type);
    }

    // Fused, as the BLAS that numpy calls does it: a product's digits depend on it.

    private static void row(double v, double[] b, int q, double[] c, int p, int n) {
        for (int j = 0; j < n; j++) {
            c[p + j] = Math.fma(v, b[q + j], c[p + j]);
        }
    }

    private static void row(float v, float[] b, int q, float[] c, int p, int n) {
        for (int j = 0; j < n; j++) {
            c[p + j] = Math.fma(v, b[q + j], c[p + j]);
        }
    }

    static DType type(NdArray a, NdArray b) {
        return DType.promote(a.dtype(), b.dtype());
    }

    private static String notAligned(NdArray a, NdArray b, int i, int j) {
        return "shapes " + NdArray.tuple(a.shape()) + " and " + NdArray.tuple(b.shape()) + " not aligned: " + a.dim(i)
                + " (dim " + i + ") != " + b.dim(j) + " (dim " + j + ")";
    }

    /** numpy's dot: the last dimension of the first against the last but one of the second. */
    static NdArray dot(Machine m, NdArray a, NdArray b) {
        if (a.rank() == 0 || b.rank() == 0) {
            return Elementwise.binary(m, BinaryFunctions.MULTIPLY, a, b, null);
        }
        int i = a.rank() - 1;
        int j = Math.max(0, b.rank() - 2);
        if (a.dim(i) != b.dim(j)) {
            throw NnError.value(notAligned(a, b, i, j));
        }
        int k = a.dim(i);
        NdArray left = a.reshape(k == 0 ? product(a.shape(), 0, i) : a.size() / k, k);
        int[] order = new int[b.rank()];
        order[0] = j;
        for (int axis = 0, at = 1; axis < b.rank(); axis++) {
            if (axis != j) {
                order[at++] = axis;
            }
        }
        NdArray turned = b.transpose(order);
        NdArray right = turned.reshape(k, k == 0 ? product(turned.shape(), 1, b.rank()) : b.size() / k);
        int[] shape = new int[a.rank() - 1 + b.rank() - 1];
        System.arraycopy(a.shape(), 0, shape, 0, i);
        System.arraycopy(turned.shape(), 1, shape, i, b.rank() - 1);
        return matrices(m, left, right, type(a, b)).reshape(shape);
    }

    private static int product(int[] shape, int from, int to) {
        int n = 1;
        for (int i = from; i < to; i++) {
            n *= shape[i];
        }
        return n;
    }

    /** numpy's matmul: stacks of matrices, with broadcasting; vectors are padded. */
    static NdArray matmul(Machine m, NdArray a, NdArray b) {
        if (a.rank() == 0 || b.rank() == 0) {
            throw NnError.value("matmul: Input operand " + (a.rank() == 0 ? 0 : 1) + " does not have enough dimensions (has 0, gufunc core with "
                    + "signature (n?,k),(k,m?)->(n?,m?) requires 1)");
        }
        NdArray x = a.rank() == 1 ? a.newAxis(0) : a;
        NdArray y = b.rank() == 1 ? b.newAxis(1) : b;
        if (x.dim(-1) != y.dim(-2)) {
            throw NnError.value("matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
                    + "(n?,k),(k,m?)->(n?,m?) (size " + y.dim(-2) + " is different from " + x.dim(-1) + ")");
        }
        DType type = type(a, b);
        NdArray out;
        if (x.rank() == 2 && y.rank() == 2) {
            out = matrices(m, x, y, type);
        } else {
            int[] batch = Casting.broadcast(head(x), head(y));
            int[] xs = Arrays.copyOf(batch, batch.length + 2);
            int[] ys = xs.clone();
            xs[batch.length] = x.dim(-2);
            xs[batch.length + 1] = x.dim(-1);
            ys[batch.length] = y.dim(-2);
            ys[batch.length + 1] = y.dim(-1);
            x = x.broadcastTo(xs);
            y = y.broadcastTo(ys);
            int[] shape = xs.clone();
            shape[batch.length + 1] = y.dim(-1);
            out = NdArray.zeros(type, shape);
            stacks(m, x, y, out, type);
        }
        if (b.rank() == 1) {
            out = out.at(out.rank() - 1, 0);
        }
        return a.rank() == 1 ? out.at(out.rank() - (b.rank() == 1 ? 1 : 2), 0) : out;
    }

    /** What stands before the last two dimensions, as an array to broadcast shapes with. */
    private static NdArray head(NdArray a) {
        int[] shape = Arrays.copyOf(a.shape(), a.rank() - 2);
        return NdArray.strided(DType.BOOL, new boolean[0], shape, new int[shape.length], 0);
    }

    private static void stacks(Machine m, NdArray a, NdArray b, NdArray out, DType type) {
        if (a.rank() == 2) {
            out.assign(matrices(m, a, b, type));
            return;
        }
        for (int i = 0; i < a.dim(0); i++) {
            stacks(m, a.at(0, i), b.at(0, i), out.at(0, i), type);
        }
    }

    @Builtin(value = "dot", signature = "a, b, out=None", doc = "The product of two arrays: of vectors a number, of matrices a matrix.",
            shapes = "(n, k) x (k, m) -> (n, m)")
    static Object dot(Machine m, Object a, Object b, Object out) {
        NdArray result = dot(m, ArrayMaker.from(m, a), ArrayMaker.from(m, b));
        return out == None.NONE ? ArrayOperators.wrap(result, a, b) : Ufunc.store("dot", out, result);
    }

    @Builtin(value = "matmul", signature = "x1, x2, out=None", doc = "The product of matrices, or of stacks of them.", shapes = "(n, k) x (k, m) -> (n, m)")
    static Object matmul(Machine m, Object a, Object b, Object out) {
        NdArray result = matmul(m, ArrayMaker.from(m, a), ArrayMaker.from(m, b));
        return out == None.NONE ? ArrayOperators.wrap(result, a, b) : Ufunc.store("matmul", out, result);
    }

    @Builtin(value = "vdot", signature = "a, b", doc = "The product of two arrays seen as vectors.")
    static Object vdot(Machine m, Object a, Object b) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        return ArrayValue.orScalar(dot(m, Elementwise.unary(m, UnaryFunctions.CONJUGATE, x.reshape(x.size()), null), y.reshape(y.size())));
    }

    @Builtin(value = "inner", signature = "a, b", doc = "The product over the last dimension of both.")
    static Object inner(Machine m, Object a, Object b) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        if (x.rank() == 0 || y.rank() == 0) {
            return ArrayValue.orScalar(Elementwise.binary(m, BinaryFunctions.MULTIPLY, x, y, null));
        }
        if (x.dim(-1) != y.dim(-1)) {
            throw NnError.value(notAligned(x, y, x.rank() - 1, y.rank() - 1));
        }
        return ArrayValue.orScalar(tensordot(m, x, y, new int[] {x.rank() - 1}, new int[] {y.rank() - 1}));
    }

    @Builtin(value = "outer", signature = "a, b, out=None", doc = "The products of all pairs of elements.")
    static Object outer(Machine m, Object a, Object b, Object out) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        return new ArrayValue(Elementwise.binary(m, BinaryFunctions.MULTIPLY, x.reshape(x.size(), 1), y.reshape(1, y.size()), null));
    }

    @Builtin(value = "tensordot", signature = "a, b, axes=2", doc = "The product of two arrays over some dimensions.")
    static Object tensordot(Machine m, Object a, Object b, Object axes) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        int[] of;
        int[] with;
        if (axes instanceof TupleValue || axes instanceof ListValue) {
            of = Axes.of(m, Semantics.item(m, axes, 0L), x.rank());
            with = Axes.of(m, Semantics.item(m, axes, 1L), y.rank());
        } else {
            int n = (int) Math.max(0, Semantics.index(m, axes));
            if (n > x.rank() || n > y.rank()) {
                throw NnError.index("tuple index out of range");
            }
            of = new int[n];
            with = new int[n];
            for (int i = 0; i < n; i++) {
                of[i] = x.rank() - n + i;
                with[i] = i;
            }
        }
        return ArrayValue.orScalar(tensordot(m, x, y, of, with));
    }

    private static NdArray tensordot(Machine m, NdArray x, NdArray y, int[] of, int[] with) {
        boolean fits = of.length == with.length;
        for (int i = 0; fits && i < of.length; i++) {
            fits = x.dim(of[i]) == y.dim(with[i]);
        }
        if (!fits) {
            throw NnError.value("shape-mismatch for sum");
        }
        int[] keptX = rest(x.rank(), of);
        int[] keptY = rest(y.rank(), with);
        int n = 1;
        int[] shape = new int[keptX.length + keptY.length];
        for (int i = 0; i < keptX.length; i++) {
            shape[i] = x.dim(keptX[i]);
            n *= shape[i];
        }
        int w = 1;
        for (int i = 0; i < keptY.length; i++) {
            shape[keptX.length + i] = y.dim(keptY[i]);
            w *= y.dim(keptY[i]);
        }
        int k = 1;
        for (int axis : of) {
            k *= x.dim(axis);
        }
        NdArray left = x.transpose(joined(keptX, of)).reshape(n, k);
        NdArray right = y.transpose(joined(with, keptY)).reshape(k, w);
        return matrices(m, left, right, type(x, y)).reshape(shape);
    }

    private static int[] rest(int rank, int[] used) {
        int[] out = new int[rank - used.length];
        int n = 0;
        for (int i = 0; i < rank; i++) {
            int axis = i;
            if (Arrays.stream(used).noneMatch(u -> u == axis)) {
                out[n++] = i;
            }
        }
        return out;
    }

    private static int[] joined(int[] a, int[] b) {
        int[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    /** A diagonal of the matrices in two dimensions; a view, the diagonal last. */
    static NdArray diagonal(NdArray a, int k, int axis1, int axis2) {
        if (a.rank() < 2) {
            throw NnError.value("diag requires an array of at least two dimensions");
        }
        if (axis1 == axis2) {
            throw NnError.value("axis1 and axis2 cannot be the same");
        }
        int[] shape = new int[a.rank() - 1];
        int[] strides = new int[a.rank() - 1];
        int n = 0;
        for (int i = 0; i < a.rank(); i++) {
            if (i != axis1 && i != axis2) {
                shape[n] = a.dim(i);
                strides[n++] = a.stride(i);
            }
        }
        int row = Math.max(0, -k);
        int column = Math.max(0, k);
        shape[n] = Math.max(0, Math.min(a.dim(axis1) - row, a.dim(axis2) - column));
        strides[n] = a.stride(axis1) + a.stride(axis2);
        int offset = a.offset() + row * a.stride(axis1) + column * a.stride(axis2);
        return NdArray.strided(a.dtype(), a.data(), shape, strides, shape[n] == 0 ? a.offset() : offset);
    }

    @Builtin(value = "diagonal", signature = "a, offset=0, axis1=0, axis2=1", doc = "A diagonal of a matrix.")
    static Object diagonal(Machine m, Object a, int offset, int axis1, int axis2) {
        NdArray x = ArrayMaker.from(m, a);
        return new ArrayValue(diagonal(x, offset, Axes.normal(axis1, x.rank()), Axes.normal(axis2, x.rank())));
    }

    @Builtin(value = "trace", signature = "a, offset=0, axis1=0, axis2=1", doc = "The sum of a matrix's diagonal.")
    static Object trace(Machine m, Object a, int offset, int axis1, int axis2) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray d = diagonal(x, offset, Axes.normal(axis1, x.rank()), Axes.normal(axis2, x.rank()));
        return ArrayValue.orScalar(Reduction.reduce(m, BinaryFunctions.ADD, d, new int[] {d.rank() - 1}, false,
                Reduction.accumulator(BinaryFunctions.ADD, d.dtype())));
    }

    @Builtin(value = "kron", signature = "a, b", doc = "The Kronecker product.")
    static Object kron(Machine m, Object a, Object b) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        int rank = Math.max(x.rank(), y.rank());
        while (x.rank() < rank) {
            x = x.newAxis(0);
        }
        while (y.rank() < rank) {
            y = y.newAxis(0);
        }
        int[] xs = new int[2 * rank];
        int[] ys = new int[2 * rank];
        int[] shape = new int[rank];
        for (int i = 0; i < rank; i++) {
            xs[2 * i] = x.dim(i);
            xs[2 * i + 1] = 1;
            ys[2 * i] = 1;
            ys[2 * i + 1] = y.dim(i);
            shape[i] = x.dim(i) * y.dim(i);
        }
        return new ArrayValue(Elementwise.binary(m, BinaryFunctions.MULTIPLY, x.reshape(xs), y.reshape(ys), null).reshape(shape));
    }

    @Builtin(value = "cross", signature = "a, b", doc = "The cross product of vectors of two or three elements.")
    static Object cross(Machine m, Object a, Object b) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        if (x.rank() == 0 || y.rank() == 0) {
            throw NnError.value("At least one array has zero dimension");
        }
        int dx = x.dim(-1);
        int dy = y.dim(-1);
        if (dx < 2 || dx > 3 || dy < 2 || dy > 3) {
            throw NnError.value("incompatible dimensions for cross product\n(dimension must be 2 or 3)");
        }
        NdArray[] p = parts(x);
        NdArray[] q = parts(y);
        NdArray z = minus(m, times(m, p[0], q[1]), times(m, p[1], q[0]));
        if (dx == 2 && dy == 2) {
            return ArrayValue.orScalar(z);
        }
        NdArray[] out = {minus(m, times(m, p[1], q[2]), times(m, p[2], q[1])), minus(m, times(m, p[2], q[0]), times(m, p[0], q[2])), z};
        for (int i = 0; i < 3; i++) {
            out[i] = out[i].newAxis(out[i].rank());
        }
        return new ArrayValue(Joining.concatenate(m, out, out[0].rank() - 1));
    }

    private static NdArray[] parts(NdArray a) {
        NdArray[] out = new NdArray[3];
        for (int i = 0; i < 3; i++) {
            out[i] = i < a.dim(-1) ? a.at(a.rank() - 1, i) : NdArray.zeros(a.dtype());
        }
        return out;
    }

    private static NdArray times(Machine m, NdArray a, NdArray b) {
        return Elementwise.binary(m, BinaryFunctions.MULTIPLY, a, b, null);
    }

    private static NdArray minus(Machine m, NdArray a, NdArray b) {
        return Elementwise.binary(m, BinaryFunctions.SUBTRACT, a, b, null);
    }

    @Builtin(value = "einsum", signature = "subscripts, *operands, optimize=False, out=None", doc = "Sums of products over named dimensions.", example = "np.einsum('ij,jk->ik', a, b)")
    static Object einsum(Machine m, String subscripts, Object[] operands, Object optimize, Object out) {
        if (subscripts == null) {
            throw NnError.type("einsum takes subscripts as text, such as 'ij,jk->ik'");
        }
        String text = subscripts.replace(" ", "");
        int arrow = text.indexOf("->");
        String[] inputs = (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1);
        if (inputs.length != operands.length) {
            throw NnError.value("more operands provided to einstein sum function than specified in the subscripts string");
        }
        StringBuilder implied = new StringBuilder();
        if (arrow < 0) {
            String joined = String.join("", inputs);
            joined.chars().distinct().sorted().filter(c -> joined.indexOf(c) == joined.lastIndexOf(c)).forEach(c -> implied.append((char) c));
        }
        String result = arrow < 0 ? implied.toString() : text.substring(arrow + 2);
        StringBuilder letters = new StringBuilder(result);
        for (String in : inputs) {
            for (char c : in.toCharArray()) {
                if (letters.indexOf(String.valueOf(c)) < 0) {
                    letters.append(c);
                }
            }
        }
        NdArray total = null;
        DType type = null;
        for (int k = 0; k < inputs.length; k++) {
            NdArray a = ArrayMaker.from(m, operands[k]);
            if (inputs[k].length() != a.rank()) {
                throw NnError.value("einstein sum subscripts string contains too many subscripts for operand " + k);
            }
            NdArray spread = spread(a, inputs[k], letters.toString());
            type = type == null ? a.dtype() : DType.promote(type, a.dtype());
            total = total == null ? spread : Elementwise.binary(m, BinaryFunctions.MULTIPLY, total, spread, type);
        }
        int[] axes = new int[letters.length() - result.length()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = result.length() + i;
        }
        return ArrayValue.orScalar(axes.length == 0 ? total.copy() : Reduction.reduce(m, BinaryFunctions.ADD, total, axes, false, type));
    }

    /** The operand with one dimension for each letter, of size 1 where it lacks the letter; a repeated letter is a diagonal. */
    private static NdArray spread(NdArray a, String own, String letters) {
        NdArray x = a;
        StringBuilder names = new StringBuilder(own);
        for (int i = 0; i < names.length(); i++) {
            int j = names.indexOf(String.valueOf(names.charAt(i)), i + 1);
            if (j >= 0) {
                char c = names.charAt(i);
                x = diagonal(x, 0, i, j);
                names.deleteCharAt(j).deleteCharAt(i).append(c);
                i = -1;
            }
        }
        int[] shape = new int[letters.length()];
        int[] strides = new int[letters.length()];
        for (int i = 0; i < shape.length; i++) {
            int at = names.indexOf(String.valueOf(letters.charAt(i)));
            shape[i] = at < 0 ? 1 : x.dim(at);
            strides[i] = at < 0 ? 0 : x.stride(at);
        }
        return NdArray.strided(x.dtype(), x.data(), shape, strides, x.offset());
    }
}
