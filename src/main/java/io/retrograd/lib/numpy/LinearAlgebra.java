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
import java.util.function.UnaryOperator;

/** The module numpy.linalg. */
final class LinearAlgebra {
    private LinearAlgebra() {}

    /** float32 matrices give float32 results, everything else float64. */
    private static DType type(NdArray a) {
        return a.dtype() == DType.FLOAT32 ? DType.FLOAT32 : DType.FLOAT64;
    }

    /** Applies a function of one matrix to a matrix or to each of a stack. */
    private static NdArray each(NdArray a, UnaryOperator<NdArray> f) {
        if (a.rank() <= 2) {
            return f.apply(a).astype(type(a));
        }
        NdArray first = each(a.at(0, 0), f);
        int[] shape = new int[first.rank() + 1];
        shape[0] = a.dim(0);
        System.arraycopy(first.shape(), 0, shape, 1, first.rank());
        NdArray out = NdArray.zeros(first.dtype(), shape);
        for (int i = 0; i < a.dim(0); i++) {
            out.at(0, i).assign(i == 0 ? first : each(a.at(0, i), f));
        }
        return out;
    }

    @Builtin(value = "linalg.inv", signature = "a", doc = "The inverse matrix.")
    static Object inv(Machine m, Object a) {
        NdArray x = ArrayMaker.from(m, a);
        Decompositions.requireSquare(x);
        return ArrayOperators.wrap(each(x, Decompositions::inverse), a, None.NONE);
    }

    @Builtin(value = "linalg.pinv", signature = "a, rcond=1e-15, hermitian=False", doc = "The Moore-Penrose pseudo-inverse.")
    static Object pinv(Machine m, Object a, double rcond, Object hermitian) {
        NdArray x = ArrayMaker.from(m, a);
        return ArrayOperators.wrap(each(x, y -> Decompositions.pseudoInverse(m, y, rcond)), a, None.NONE);
    }

    @Builtin(value = "linalg.det", signature = "a", doc = "The determinant.")
    static Object det(Machine m, Object a) {
        NdArray x = ArrayMaker.from(m, a);
        Decompositions.requireSquare(x);
        return ArrayValue.orScalar(each(x, y -> NdArray.scalar(Decompositions.signAndLog(y)[2])));
    }

    @Builtin(value = "linalg.slogdet", signature = "a", doc = "The determinant's sign and the logarithm of its size.")
    static Object slogdet(Machine m, Object a) {
        double[] d = Decompositions.signAndLog(ArrayMaker.from(m, a));
        return TupleValue.of(ScalarValue.of(d[0]), ScalarValue.of(d[1]));
    }

    @Builtin(value = "linalg.solve", signature = "a, b", doc = "The solution of a linear system.")
    static Object solve(Machine m, Object a, Object b) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        Decompositions.requireSquare(x);
        Decompositions.requireMatrix(x);
        if (y.rank() == 0 || y.rank() > 2) {
            throw Decompositions.error(y.rank() + "-dimensional array given. Array must be one- or two-dimensional");
        }
        if (y.dim(0) != x.dim(0)) {
            throw NnError.value("solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
                    + (y.rank() == 1 ? "(m,m),(m)->(m)" : "(m,m),(m,n)->(m,n)") + " (size " + y.dim(0) + " is different from " + x.dim(0) + ")");
        }
        NdArray s = Decompositions.solve(x, y.rank() == 1 ? y.reshape(y.size(), 1) : y);
        return ArrayOperators.wrap((y.rank() == 1 ? s.reshape(y.size()) : s).astype(type(x)), a, b);
    }

    @Builtin(value = "linalg.lstsq", signature = "a, b, rcond='warn'", doc = "The least-squares solution, residuals, rank and singular values.")
    static Object lstsq(Machine m, Object a, Object b, Object rcond) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        NdArray right = y.rank() == 1 ? y.reshape(y.size(), 1) : y;
        if (x.rank() != 2 || right.rank() != 2) {
            throw Decompositions.error((x.rank() != 2 ? x : right).rank() + "-dimensional array given. Array must be two-dimensional");
        }
        if (right.dim(0) != x.dim(0)) {
            throw Decompositions.error("Incompatible dimensions");
        }
        NdArray s = Decompositions.leastSquares(x, right);
        NdArray values = Decompositions.svd(x, false).values();
        long rank = 0;
        double eps = Math.ulp(1.0) * Math.max(x.dim(0), x.dim(1));
        for (int i = 0; i < values.size(); i++) {
            rank += values.getDouble(i) > eps * values.getDouble(0) ? 1 : 0;
        }
        NdArray residuals = NdArray.zeros(DType.FLOAT64, 0);
        if (rank == x.dim(1) && x.dim(0) > x.dim(1)) {
            NdArray d = Elementwise.binary(m, BinaryFunctions.SUBTRACT, right, Products.dot(m, x.astype(DType.FLOAT64), s), null);
            residuals = Reduction.reduce(m, BinaryFunctions.ADD, Elementwise.binary(m, BinaryFunctions.MULTIPLY, d, d, null), new int[] {0}, false, DType.FLOAT64);
        }
        return TupleValue.of(new ArrayValue(y.rank() == 1 ? s.reshape(s.size()) : s), new ArrayValue(residuals), rank, new ArrayValue(values));
    }

    @Builtin(value = "linalg.norm", signature = "x, ord=None, axis=None, keepdims=False", doc = "The length of a vector, or a norm of a matrix.")
    static Object norm(Machine m, Object x, Object ord, Object axis, boolean keepdims) {
        NdArray a = ArrayMaker.from(m, x);
        NdArray f = a.dtype().isFloating() || a.dtype().isComplex() ? a : a.astype(DType.FLOAT64);
        NdArray size = Elementwise.unary(m, new UnaryFunction("absolute", Math::abs, null, false), f, null);
        boolean frobenius = ord == None.NONE || "fro".equals(ord);
        int[] axes = Axes.of(m, axis, a.rank());
        if (frobenius || axes.length == 1 && ord.equals(2L)) {
            NdArray square = Elementwise.binary(m, BinaryFunctions.MULTIPLY, size, size, null);
            NdArray sum;
            if (axis == None.NONE && !keepdims) {
                // numpy takes the dot product of the flattened array with itself.
                NdArray flat = size.reshape(size.size());
                sum = Products.dot(m, flat, flat);
            } else {
                sum = Reduction.reduce(m, BinaryFunctions.ADD, square, axes, keepdims, square.dtype());
            }
            return ArrayValue.orScalar(Elementwise.unary(m, UnaryFunctions.SQRT, sum, null));
        }
        if (axes.length != 1 && (axes.length != 2 || a.rank() != 2)) {
            throw NnError.value("Improper number of dimensions to norm.");
        }
        double p = "nuc".equals(ord) ? Double.NaN : Semantics.real(m, ord);
        if (axes.length == 1) {
            return ArrayValue.orScalar(vectorNorm(m, size, p, axes, keepdims));
        }
        if (Math.abs(p) == 2 || Double.isNaN(p)) {
            NdArray s = Decompositions.svd(a, false).values();
            if (s.size() == 0) {
                throw NnError.value("zero-size array to reduction operation maximum which has no identity");
            }
            double v = p == 2 ? s.getDouble(0) : p == -2 ? s.getDouble(s.size() - 1) : Reduction.pairwise(s.doubles(), 0, 1, s.size());
            return ScalarValue.of(v);
        }
        boolean rows = Double.isInfinite(p);
        NdArray sums = Reduction.reduce(m, BinaryFunctions.ADD, size, new int[] {rows ? 1 : 0}, false, size.dtype());
        BinaryFunction pick = p > 0 ? BinaryFunctions.MAXIMUM : BinaryFunctions.MINIMUM;
        return ArrayValue.orScalar(Reduction.reduce(m, pick, sums, new int[] {0}, false, sums.dtype()));
    }

    private static NdArray vectorNorm(Machine m, NdArray size, double p, int[] axes, boolean keepdims) {
        DType t = size.dtype();
        if (Double.isInfinite(p)) {
            return Reduction.reduce(m, p > 0 ? BinaryFunctions.MAXIMUM : BinaryFunctions.MINIMUM, size, axes, keepdims, t);
        }
        if (p == 0) {
            return Reduction.reduce(m, BinaryFunctions.ADD, size.astype(DType.BOOL), axes, keepdims, t);
        }
        if (p == 1) {
            return Reduction.reduce(m, BinaryFunctions.ADD, size, axes, keepdims, t);
        }
        NdArray powers = Elementwise.binary(m, BinaryFunctions.POWER, size, NdArray.scalar(p), null);
        NdArray sum = Reduction.reduce(m, BinaryFunctions.ADD, powers, axes, keepdims, t);
        return Elementwise.binary(m, BinaryFunctions.POWER, sum, NdArray.scalar(1 / p), t);
    }

    @Builtin(value = "linalg.eig", signature = "a", doc = "Eigenvalues and eigenvectors.")
    static Object eig(Machine m, Object a) {
        NdArray[] e = Decompositions.general(ArrayMaker.from(m, a));
        return TupleValue.of(new ArrayValue(e[0]), new ArrayValue(e[1]));
    }

    @Builtin(value = "linalg.eigvals", signature = "a", doc = "Eigenvalues.")
    static Object eigvals(Machine m, Object a) {
        return new ArrayValue(Decompositions.eigenvalues(ArrayMaker.from(m, a)));
    }

    @Builtin(value = "linalg.eigh", signature = "a, UPLO='L'", doc = "Eigenvalues and eigenvectors of a symmetric matrix.")
    static Object eigh(Machine m, Object a, Object uplo) {
        NdArray[] e = Decompositions.symmetric(ArrayMaker.from(m, a));
        return TupleValue.of(new ArrayValue(e[0]), new ArrayValue(e[1]));
    }

    @Builtin(value = "linalg.eigvalsh", signature = "a, UPLO='L'", doc = "Eigenvalues of a symmetric matrix.")
    static Object eigvalsh(Machine m, Object a, Object uplo) {
        return new ArrayValue(Decompositions.symmetric(ArrayMaker.from(m, a))[0]);
    }

    @Builtin(value = "linalg.svd", signature = "a, full_matrices=True, compute_uv=True", doc = "The singular value decomposition.")
    static Object svd(Machine m, Object a, boolean full, boolean bases) {
        NdArray x = ArrayMaker.from(m, a);
        Decompositions.Singular s = Decompositions.svd(x, full);
        ArrayValue values = new ArrayValue(s.values().astype(type(x)));
        return bases ? TupleValue.of(new ArrayValue(s.u().astype(type(x))), values, new ArrayValue(s.vt().astype(type(x)))) : values;
    }

    @Builtin(value = "linalg.qr", signature = "a, mode='reduced'", doc = "The QR decomposition.")
    static Object qr(Machine m, Object a, String mode) {
        NdArray[] d = Decompositions.qr(ArrayMaker.from(m, a));
        return "r".equals(mode) ? new ArrayValue(d[1]) : TupleValue.of(new ArrayValue(d[0]), new ArrayValue(d[1]));
    }

    @Builtin(value = "linalg.cholesky", signature = "a", doc = "The lower triangular matrix whose square, transposed, is the matrix.")
    static Object cholesky(Machine m, Object a) {
        return ArrayValue.orScalar(each(ArrayMaker.from(m, a), Decompositions::cholesky));
    }

    @Builtin(value = "linalg.matrix_rank", signature = "A, tol=None", doc = "The rank of a matrix.")
    static long rank(Machine m, Object a, Object tol) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray s = Decompositions.svd(x, false).values();
        if (s.size() == 0) {
            return 0;
        }
        double limit = tol == None.NONE ? s.getDouble(0) * Math.max(x.dim(0), x.dim(1)) * Math.ulp(1.0) : Semantics.real(m, tol);
        return Arrays.stream(s.toDoubles()).filter(v -> v > limit).count();
    }

    @Builtin(value = "linalg.matrix_power", signature = "a, n", doc = "A matrix times itself, n times.")
    static Object power(Machine m, Object a, long n) {
        return ArrayOperators.wrap(Decompositions.power(m, ArrayMaker.from(m, a), n), a, None.NONE);
    }

    @Builtin(value = "linalg.cond", signature = "x, p=None", doc = "The ratio of the largest to the smallest singular value.")
    static Object cond(Machine m, Object x, Object p) {
        NdArray s = Decompositions.svd(ArrayMaker.from(m, x), false).values();
        if (s.size() == 0) {
            throw Decompositions.error("cond is not defined on empty arrays");
        }
        return ScalarValue.of(s.getDouble(0) / s.getDouble(s.size() - 1));
    }

    @Builtin(value = "linalg.multi_dot", signature = "arrays", doc = "The product of several matrices.")
    static Object multiDot(Machine m, Object arrays) {
        NdArray[] all = Joining.all(m, arrays);
        if (all.length < 2) {
            throw NnError.value("Expecting at least two arrays.");
        }
        NdArray product = all[0];
        for (int i = 1; i < all.length; i++) {
            product = Products.dot(m, product, all[i]);
        }
        return ArrayValue.orScalar(product);
    }
}
