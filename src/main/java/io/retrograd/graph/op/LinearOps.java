package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.Indexing;
import io.retrograd.graph.build.LinalgOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.Householder;
import io.retrograd.kernel.SymmetricEigen;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.dense.row.linsol.lu.LinearSolverLu_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Linear algebra on the last two dimensions: inverses, determinants, systems, decompositions; computed in double. */
final class LinearOps {
    private static final String REAL = "double|float|half";

    private LinearOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "MatrixInverse", "BatchMatrixInverse" -> new MatrixInverse(type);
            case "MatrixDeterminant", "BatchMatrixDeterminant" -> new MatrixDeterminant(type);
            case "LogMatrixDeterminant" -> new LogMatrixDeterminant();
            case "MatrixSolve", "BatchMatrixSolve" -> new MatrixSolve(type);
            case "MatrixTriangularSolve", "BatchMatrixTriangularSolve" -> new MatrixTriangularSolve(type);
            case "MatrixSolveLs" -> new MatrixSolveLs();
            case "Cholesky", "BatchCholesky" -> new Cholesky(type);
            case "SelfAdjointEigV2" -> new SelfAdjointEig();
            case "Svd" -> new Svd();
            case "Qr" -> new Qr();
            default -> null;
        };
    }

    // What they share

    /** The batch dimensions and the two of a square matrix. */
    private static Shape square(ShapeContext c, int i) {
        Shape s = c.withRankAtLeast(i, 2);
        if (!s.hasRank()) {
            return s;
        }
        int n = c.mergeDims(s.dim(-2), s.dim(-1));
        return s.withDim(-1, n).withDim(-2, n);
    }

    private static Shape batch(Shape s) {
        return s.hasRank() ? s.slice(0, s.rank() - 2) : s;
    }

    private static void checkSquare(NdArray a) {
        if (a.rank() < 2) {
            throw NnError.invalidArgument("Input tensor 0 must have rank >= 2");
        }
        if (a.dim(-1) != a.dim(-2)) {
            throw NnError.invalidArgument("Input matrix must be square.");
        }
    }

    private static int matrices(NdArray a) {
        int n = 1;
        for (int i = 0; i < a.rank() - 2; i++) {
            n *= a.dim(i);
        }
        return n;
    }

    /** Matrix number b of a batch, transposed if asked. */
    private static DMatrixRMaj matrix(NdArray a, int b, boolean transposed) {
        int rows = a.dim(-2);
        int columns = a.dim(-1);
        DMatrixRMaj m = new DMatrixRMaj(transposed ? columns : rows, transposed ? rows : columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double v = a.getDouble((b * rows + i) * columns + j);
                m.set(transposed ? j : i, transposed ? i : j, v);
            }
        }
        return m;
    }

    /** Whether elimination met a pivot of 0, whatever the scale of the matrix. */
    private static boolean isSingular(LUDecompositionAlt_DDRM lu, int n) {
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(lu.getLU().get(i, i)) > 0)) {
                return true;
            }
        }
        return false;
    }

    private static void put(NdArray out, int b, double[] values, int count) {
        for (int i = 0; i < count; i++) {
            out.setDouble(b * count + i, values[i]);
        }
    }

    private static int[] withLast(NdArray a, int... last) {
        int[] shape = Arrays.copyOf(a.shape(), a.rank() - 2 + last.length);
        System.arraycopy(last, 0, shape, a.rank() - 2, last.length);
        return shape;
    }

    private static Output product(Graph g, Output a, Output b, boolean adjointA, boolean adjointB) {
        return MathOps.matmul(g, a, b, false, false, adjointA, adjointB, null);
    }

    private static Output band(Graph g, Output a, int lower, int upper) {
        return g.op("MatrixBandPart").input(a).input(Literal.of(lower)).input(Literal.of(upper)).output();
    }

    private static Output diagonalPart(Graph g, Output a) {
        return g.op("MatrixDiagPart").name("diag_part").input(a).output();
    }

    private static Output diagonal(Graph g, Output a) {
        return g.op("MatrixDiag").name("diag").input(a).output();
    }

    private static Output setDiagonal(Graph g, Output a, Output d) {
        return g.op("MatrixSetDiag").name("set_diag").input(a).input(d).output();
    }

    private static Output solve(Graph g, String type, Output a, Output b, boolean lower, boolean adjoint) {
        var call = g.op(type).input(a).input(b).attr("adjoint", adjoint);
        return (type.equals("MatrixSolve") ? call : call.attr("lower", lower)).output();
    }

    static final class MatrixInverse extends OpDef {
        MatrixInverse(String type) {
            super(type, "input: T", "output: T", "adjoint: bool = false", "T: double|float|half|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, square(c, 0));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            checkSquare(in);
            int n = in.dim(-1);
            NdArray out = k.output(0, in.shape());
            for (int b = 0; n > 0 && b < matrices(in); b++) {
                DMatrixRMaj inverse = new DMatrixRMaj(n, n);
                LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
                LinearSolverLu_DDRM solver = new LinearSolverLu_DDRM(lu);
                solver.setA(matrix(in, b, k.operation().flag("adjoint")));
                if (isSingular(lu, n)) {
                    throw NnError.invalidArgument("Input is not invertible.");
                }
                solver.invert(inverse);
                put(out, b, inverse.data, n * n);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output inverse = g.output(0);
            Output inner = product(graph, g.dense(), inverse, false, true);
            return new Gradient[] {MathOps.negate(graph, product(graph, inverse, inner, true, false))};
        }
    }

    static final class MatrixDeterminant extends OpDef {
        MatrixDeterminant(String type) {
            super(type, "input: T", "output: T", "T: half|float|double|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, batch(square(c, 0)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            checkSquare(in);
            NdArray out = k.output(0, withLast(in));
            for (int b = 0; b < out.size(); b++) {
                out.setDouble(b, determinant(in, b));
            }
        }

        private static double determinant(NdArray in, int b) {
            if (in.dim(-1) == 0) {
                return 1;
            }
            LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
            lu.decompose(matrix(in, b, false));
            return lu.computeDeterminant().real;
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output inverse = graph.op("MatrixInverse").input(g.input(0)).attr("adjoint", true).output();
            Output scaled = MathOps.times(graph, g.dense(), g.output(0));
            Output shape = ArrayOps.concat(graph, 0, Shapes.shape(graph, g.output(0), null), Literal.ofInts(1, 1));
            return new Gradient[] {MathOps.times(graph, ArrayOps.reshape(graph, scaled, shape, null), inverse)};
        }
    }

    static final class LogMatrixDeterminant extends OpDef {
        LogMatrixDeterminant() {
            super("LogMatrixDeterminant", "input: T", "sign: T, log_abs_determinant: T", "T: half|float|double|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape s = batch(square(c, 0));
            c.output(0, s);
            c.output(1, s);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            checkSquare(in);
            NdArray sign = k.output(0, withLast(in));
            NdArray log = k.output(1, withLast(in));
            int n = in.dim(-1);
            for (int b = 0; b < sign.size(); b++) {
                LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
                double s = 1;
                double sum = 0;
                if (n > 0) {
                    lu.decompose(matrix(in, b, false));
                    DMatrixRMaj m = lu.getLU();
                    s = Math.signum(lu.computeDeterminant().real);
                    double parity = 1;
                    for (int i = 0; i < n; i++) {
                        parity *= Math.signum(m.get(i, i));
                        sum += Math.log(Math.abs(m.get(i, i)));
                    }
                    s = s == 0 && parity != 0 ? parity : s;
                }
                sign.setDouble(b, s);
                log.setDouble(b, sum);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output inverse = graph.op("MatrixInverse").input(g.input(0)).attr("adjoint", true).output();
            Output shape = ArrayOps.concat(graph, 0, Shapes.shape(graph, g.output(1), null), Literal.ofInts(1, 1));
            Output upstream = g.dense(1) != null ? g.dense(1) : Shapes.zerosLike(graph, g.output(1), null);
            return new Gradient[] {MathOps.times(graph, ArrayOps.reshape(graph, upstream, shape, null), inverse)};
        }
    }

    /** Shapes of a system: the solution has the right-hand side's width. */
    private static void inferSystem(ShapeContext c, boolean square) {
        Shape a = square ? square(c, 0) : c.withRankAtLeast(0, 2);
        Shape b = c.withRankAtLeast(1, 2);
        if (!a.hasRank() || !b.hasRank()) {
            return;
        }
        c.mergeDims(a.dim(-2), b.dim(-2));
        Shape outer = c.mergeShapes(batch(a), batch(b));
        c.output(0, outer.concatenate(Shape.of(square ? a.dim(-2) : a.dim(-1), b.dim(-1))));
    }

    private static void checkSystem(NdArray a, NdArray b) {
        checkSquare(a);
        if (b.rank() < 2 || a.dim(-2) != b.dim(-2)) {
            throw NnError.invalidArgument("Input matrix and right-hand side must have the same number of rows: "
                    + Broadcast.brackets(a.shape()) + " vs. " + Broadcast.brackets(b.shape()));
        }
    }

    static final class MatrixSolve extends OpDef {
        MatrixSolve(String type) {
            super(
                    type,
                    "matrix: T, rhs: T",
                    "output: T",
                    "adjoint: bool = false",
                    "T: double|float|half|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            inferSystem(c, true);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray a = k.input(0);
            NdArray b = k.input(1);
            checkSystem(a, b);
            int n = a.dim(-1);
            int columns = b.dim(-1);
            NdArray out = k.output(0, b.shape());
            for (int i = 0; n > 0 && i < matrices(a); i++) {
                LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
                LinearSolverLu_DDRM solver = new LinearSolverLu_DDRM(lu);
                DMatrixRMaj m = matrix(a, i, k.operation().flag("adjoint"));
                solver.setA(m);
                if (isSingular(lu, n)) {
                    throw NnError.invalidArgument("Input matrix is not invertible.");
                }
                DMatrixRMaj x = new DMatrixRMaj(n, columns);
                solver.solve(matrix(b, i, false), x);
                put(out, i, x.data, n * columns);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            boolean adjoint = g.operation().flag("adjoint");
            Output db = solve(graph, "MatrixSolve", g.input(0), g.dense(), false, !adjoint);
            Output c = g.output(0);
            Output da = adjoint ? product(graph, c, db, false, true) : product(graph, db, c, false, true);
            return new Gradient[] {MathOps.negate(graph, da), db};
        }
    }

    static final class MatrixTriangularSolve extends OpDef {
        MatrixTriangularSolve(String type) {
            super(
                    type,
                    "matrix: T, rhs: T",
                    "output: T",
                    "lower: bool = true",
                    "adjoint: bool = false",
                    "T: double|float|half|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            inferSystem(c, true);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray a = k.input(0);
            NdArray b = k.input(1);
            checkSystem(a, b);
            int n = a.dim(-1);
            int columns = b.dim(-1);
            boolean adjoint = k.operation().flag("adjoint");
            boolean lower = k.operation().flag("lower") != adjoint;
            NdArray out = k.output(0, b.shape());
            for (int i = 0; i < matrices(a); i++) {
                DMatrixRMaj m = matrix(a, i, adjoint);
                DMatrixRMaj x = matrix(b, i, false);
                for (int step = 0; step < n; step++) {
                    int r = lower ? step : n - 1 - step;
                    if (m.get(r, r) == 0) {
                        throw NnError.invalidArgument("Input matrix is not invertible.");
                    }
                    for (int c = 0; c < columns; c++) {
                        double sum = x.get(r, c);
                        for (int j = lower ? 0 : r + 1; j < (lower ? r : n); j++) {
                            sum -= m.get(r, j) * x.get(j, c);
                        }
                        x.set(r, c, sum / m.get(r, r));
                    }
                }
                put(out, i, x.data, n * columns);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            boolean adjoint = g.operation().flag("adjoint");
            boolean lower = g.operation().flag("lower");
            Output db = solve(graph, "MatrixTriangularSolve", g.input(0), g.dense(), lower, !adjoint);
            Output c = g.output(0);
            Output da = adjoint ? product(graph, c, db, false, true) : product(graph, db, c, false, true);
            da = MathOps.negate(graph, da);
            return new Gradient[] {lower ? band(graph, da, -1, 0) : band(graph, da, 0, -1), db};
        }
    }

    static final class MatrixSolveLs extends OpDef {
        MatrixSolveLs() {
            super(
                    "MatrixSolveLs",
                    "matrix: T, rhs: T, l2_regularizer: double",
                    "output: T",
                    "T: double|float|half|complex64|complex128",
                    "fast: bool = true");
        }

        @Override
        public void infer(ShapeContext c) {
            inferSystem(c, false);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray a = k.input(0);
            NdArray b = k.input(1);
            int rows = a.dim(-2);
            int n = a.dim(-1);
            int columns = b.dim(-1);
            if (b.dim(-2) != rows) {
                throw NnError.invalidArgument("Input matrix and rhs are incompatible.");
            }
            double l2 = k.input(2).getDouble(0);
            NdArray out = k.output(0, withLast(a, n, columns));
            for (int i = 0; i < matrices(a); i++) {
                // Regularisation is a system with more equations: sqrt(l2) x = 0.
                int extra = l2 > 0 ? n : 0;
                DMatrixRMaj m = matrix(a, i, false);
                DMatrixRMaj y = matrix(b, i, false);
                DMatrixRMaj whole = new DMatrixRMaj(rows + extra, n);
                DMatrixRMaj right = new DMatrixRMaj(rows + extra, columns);
                System.arraycopy(m.data, 0, whole.data, 0, rows * n);
                System.arraycopy(y.data, 0, right.data, 0, rows * columns);
                for (int j = 0; j < extra; j++) {
                    whole.set(rows + j, j, Math.sqrt(l2));
                }
                var solver = LinearSolverFactory_DDRM.pseudoInverse(true);
                solver.setA(whole);
                DMatrixRMaj x = new DMatrixRMaj(n, columns);
                solver.solve(right, x);
                put(out, i, x.data, n * columns);
            }
        }
    }

    static final class Cholesky extends OpDef {
        Cholesky(String type) {
            super(type, "input: T", "output: T", "T: double|float|half|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, square(c, 0));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            checkSquare(in);
            int n = in.dim(-1);
            NdArray out = k.output(0, in.shape());
            for (int b = 0; n > 0 && b < matrices(in); b++) {
                CholeskyDecompositionInner_DDRM chol = new CholeskyDecompositionInner_DDRM(true);
                DMatrixRMaj m = matrix(in, b, false);
                for (int i = 0; i < n; i++) {
                    for (int j = i + 1; j < n; j++) {
                        m.set(i, j, m.get(j, i));
                    }
                }
                if (!chol.decompose(m)) {
                    throw NnError.invalidArgument("Cholesky decomposition was not successful. The input might not be valid.");
                }
                put(out, b, chol.getT(null).data, n * n);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output l = g.output(0);
            Output rows = new Indexing(graph).at(-1).of(Shapes.shape(graph, l, null));
            Output outer = ArrayOps.range(graph, Shapes.shape(graph, l, null), null, -2L);
            Output eye = ArrayOps.eye(graph, rows, null, outer, l.dtype(), null);
            Output inverse = solve(graph, "MatrixTriangularSolve", l, eye, true, false);
            Output middle = product(graph, l, g.dense(), true, false);
            Output half = MathOps.times(graph, Literal.of(0.5), diagonalPart(graph, middle));
            middle = band(graph, setDiagonal(graph, middle, half), -1, 0);
            Output da = product(graph, product(graph, inverse, middle, true, false), inverse, false, false);
            da = MathOps.plus(graph, da, LinalgOps.adjoint(graph, da, null));
            return new Gradient[] {MathOps.times(graph, da, Literal.of(0.5))};
        }
    }

    static final class SelfAdjointEig extends OpDef {
        SelfAdjointEig() {
            super("SelfAdjointEigV2", "input: T", "e: T, v: T", "compute_v: bool = true", "T: " + REAL + "|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape s = square(c, 0);
            c.output(0, s.hasRank() ? s.slice(0, s.rank() - 1) : s);
            c.output(1, c.operation().flag("compute_v") ? s : Shape.of(0));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            checkSquare(in);
            int n = in.dim(-1);
            NdArray e = k.output(0, withLast(in, n));
            boolean vectors = k.operation().flag("compute_v");
            NdArray v = vectors ? k.output(1, in.shape()) : k.output(1, 0);
            double[] values = new double[n];
            double[] columns = new double[n * n];
            for (int b = 0; b < matrices(in); b++) {
                if (!SymmetricEigen.solve(matrix(in, b, false).data, n, values, columns)) {
                    throw NnError.invalidArgument(
                            "Self-adjoint eigen decomposition was not successful. The input might not be valid.");
                }
                put(e, b, values, n);
                if (vectors) {
                    put(v, b, columns, n * n);
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output e = g.output(0);
            Output de = g.dense(0) != null ? g.dense(0) : Shapes.zerosLike(graph, e, null);
            Output da;
            if (g.operation().flag("compute_v")) {
                Output v = g.output(1);
                Output dv = g.dense(1) != null ? g.dense(1) : Shapes.zerosLike(graph, v, null);
                Output gaps = MathOps.minus(graph, ArrayOps.expandDims(graph, e, -2), ArrayOps.expandDims(graph, e, -1));
                Output f = setDiagonal(
                        graph, MathOps.unary(graph, "Reciprocal", gaps, null), Shapes.zerosLike(graph, e, null));
                Output turned = MathOps.times(graph, f, product(graph, v, dv, true, false));
                Output inner = MathOps.plus(graph, diagonal(graph, de), turned);
                da = product(graph, v, product(graph, inner, v, false, true), false, false);
            } else {
                Output v = graph.op("SelfAdjointEigV2").input(g.input(0)).operation().output(1);
                da = product(graph, v, product(graph, diagonal(graph, de), v, false, true), false, false);
            }
            da = band(graph, MathOps.plus(graph, da, LinalgOps.adjoint(graph, da, null)), -1, 0);
            Output half = MathOps.times(graph, Literal.of(0.5), diagonalPart(graph, da));
            return new Gradient[] {setDiagonal(graph, da, half)};
        }
    }

    static final class Svd extends OpDef {
        Svd() {
            super(
                    "Svd",
                    "input: T",
                    "s: T, u: T, v: T",
                    "compute_uv: bool = true",
                    "full_matrices: bool = false",
                    "T: " + REAL + "|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRankAtLeast(0, 2);
            if (!in.hasRank()) {
                return;
            }
            int m = in.dim(-2);
            int n = in.dim(-1);
            int p = m == Shape.UNKNOWN || n == Shape.UNKNOWN ? Shape.UNKNOWN : Math.min(m, n);
            Shape outer = batch(in);
            c.output(0, outer.concatenate(Shape.of(p)));
            if (c.operation().flag("compute_uv")) {
                boolean full = c.operation().flag("full_matrices");
                c.output(1, outer.concatenate(Shape.of(m, full ? m : p)));
                c.output(2, outer.concatenate(Shape.of(n, full ? n : p)));
            } else {
                c.output(1, Shape.of(0));
                c.output(2, Shape.of(0));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int m = in.dim(-2);
            int n = in.dim(-1);
            int p = Math.min(m, n);
            boolean vectors = k.operation().flag("compute_uv");
            boolean full = k.operation().flag("full_matrices");
            int wu = full ? m : p;
            int wv = full ? n : p;
            NdArray s = k.output(0, withLast(in, p));
            NdArray u = vectors ? k.output(1, withLast(in, m, wu)) : k.output(1, 0);
            NdArray v = vectors ? k.output(2, withLast(in, n, wv)) : k.output(2, 0);
            for (int b = 0; b < matrices(in); b++) {
                SingularValueDecomposition_F64<DMatrixRMaj> svd =
                        DecompositionFactory_DDRM.svd(m, n, vectors, vectors, !full);
                if (!svd.decompose(matrix(in, b, false))) {
                    throw NnError.invalidArgument("SVD decomposition was not successful. The input might not be valid.");
                }
                Integer[] order = new Integer[p];
                for (int i = 0; i < p; i++) {
                    order[i] = i;
                }
                double[] values = svd.getSingularValues();
                Arrays.sort(order, (x, y) -> Double.compare(values[y], values[x]));
                for (int i = 0; i < p; i++) {
                    s.setDouble(b * p + i, values[order[i]]);
                }
                if (vectors) {
                    columns(svd.getU(null, false), order, u, b, m, wu);
                    columns(svd.getV(null, false), order, v, b, n, wv);
                }
            }
        }

        private static void columns(DMatrixRMaj from, Integer[] order, NdArray to, int b, int rows, int width) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < width; j++) {
                    to.setDouble((b * rows + i) * width + j, from.get(i, j < order.length ? order[j] : j));
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Operation op = g.operation();
            Output a = g.input(0);
            Output ds = g.dense(0) != null ? g.dense(0) : Shapes.zerosLike(graph, g.output(0), null);
            Output middle = diagonal(graph, ds);
            if (!op.flag("compute_uv")) {
                Operation again = graph.op("Svd").input(a).attr("compute_uv", true).operation();
                return new Gradient[] {
                    product(graph, again.output(1), product(graph, middle, again.output(2), false, true), false, false)
                };
            }
            int m = a.shape().dim(-2);
            int n = a.shape().dim(-1);
            if (m == Shape.UNKNOWN || n == Shape.UNKNOWN) {
                throw new NnError(io.retrograd.error.ErrorKind.NOT_IMPLEMENTED_ERROR,
                        "SVD gradient has not been implemented for input with unknown inner matrix shape.");
            }
            boolean turned = m > n;
            Output s = g.output(0);
            Output u = g.output(turned ? 2 : 1);
            Output v = g.output(turned ? 1 : 2);
            Output du = upstream(g, turned ? 2 : 1);
            Output dv = upstream(g, turned ? 1 : 2);
            int small = Math.min(m, n);
            int large = Math.max(m, n);
            boolean full = op.flag("full_matrices");
            if (full && large - small > 1) {
                throw new NnError(io.retrograd.error.ErrorKind.NOT_IMPLEMENTED_ERROR,
                        "svd gradient is not implemented for abs(m - n) > 1 when full_matrices is True");
            }
            Output sMat = diagonal(graph, s);
            Output s2 = MathOps.unary(graph, "Square", s, null);
            Output shape = Shapes.shape(graph, s, null);
            Output eye = ArrayOps.eye(graph, new Indexing(graph).at(-1).of(shape), null,
                    ArrayOps.range(graph, shape, null, -1L), s.dtype(), null);
            Output gaps = MathOps.minus(graph, ArrayOps.expandDims(graph, s2, -2), ArrayOps.expandDims(graph, s2, -1));
            Output f = setDiagonal(graph, MathOps.unary(graph, "Reciprocal", MathOps.plus(graph, gaps, eye), null),
                    Shapes.zerosLike(graph, s, null));
            Output sInverse = diagonal(graph, MathOps.unary(graph, "Reciprocal", s, null));
            Output v1 = first(graph, v, small);
            Output dv1 = first(graph, dv, small);
            Output fu = MathOps.times(graph, f, product(graph, u, du, true, false));
            Output fv = MathOps.times(graph, f, product(graph, v1, dv1, true, false));
            Output left = product(graph, MathOps.plus(graph, fu, LinalgOps.adjoint(graph, fu, null)), sMat, false, false);
            Output right = product(graph, sMat, MathOps.plus(graph, fv, LinalgOps.adjoint(graph, fv, null)), false, false);
            Output sum = MathOps.plus(graph, MathOps.plus(graph, middle, left), right);
            Output da = product(graph, u, product(graph, sum, v1, false, true), false, false);
            if (small != large) {
                Output gv = ArrayOps.matrixTranspose(graph, dv1, false, null);
                Output rest = MathOps.minus(graph, gv, product(graph, product(graph, gv, v1, false, false), v1, false, true));
                if (full) {
                    Output v2 = new Indexing(graph).ellipsis().range((long) small, (long) large, null).of(v);
                    Output dv2 = new Indexing(graph).ellipsis().range((long) small, (long) large, null).of(dv);
                    rest = MathOps.minus(
                            graph, rest, product(graph, product(graph, v1, dv2, true, false), v2, false, true));
                }
                Output us = product(graph, u, sInverse, false, false);
                da = MathOps.plus(graph, da, product(graph, us, rest, false, false));
            }
            return new Gradient[] {turned ? ArrayOps.matrixTranspose(graph, da, false, null) : da};
        }

        private static Output upstream(GradientContext g, int i) {
            return g.dense(i) != null ? g.dense(i) : Shapes.zerosLike(g.graph(), g.output(i), null);
        }

        private static Output first(Graph g, Output a, int columns) {
            return new Indexing(g).ellipsis().range(null, null, null).range(null, (long) columns, null).of(a);
        }
    }

    static final class Qr extends OpDef {
        Qr() {
            super("Qr", "input: T", "q: T, r: T", "full_matrices: bool = false", "T: " + REAL + "|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRankAtLeast(0, 2);
            if (!in.hasRank()) {
                return;
            }
            int m = in.dim(-2);
            int n = in.dim(-1);
            int p = m == Shape.UNKNOWN || n == Shape.UNKNOWN ? Shape.UNKNOWN : Math.min(m, n);
            boolean full = c.operation().flag("full_matrices");
            c.output(0, batch(in).concatenate(Shape.of(m, full ? m : p)));
            c.output(1, batch(in).concatenate(Shape.of(full ? m : p, n)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int m = in.dim(-2);
            int n = in.dim(-1);
            int width = k.operation().flag("full_matrices") ? m : Math.min(m, n);
            NdArray q = k.output(0, withLast(in, m, width));
            NdArray r = k.output(1, withLast(in, width, n));
            for (int b = 0; b < matrices(in); b++) {
                double[] a = matrix(in, b, false).data;
                double[] whole = new double[m * m];
                Householder.qr(a, m, n, whole);
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < width; j++) {
                        q.setDouble((b * m + i) * width + j, whole[i * m + j]);
                    }
                }
                put(r, b, a, width * n);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output q = g.output(0);
            Output r = g.output(1);
            Shape shape = r.shape();
            if (!shape.hasRank() || shape.dim(-1) == Shape.UNKNOWN || shape.dim(-2) == Shape.UNKNOWN) {
                throw new NnError(io.retrograd.error.ErrorKind.NOT_IMPLEMENTED_ERROR,
                        "QrGrad not implemented with dynamic shapes.");
            }
            if (shape.dim(-1) != shape.dim(-2)) {
                throw new NnError(io.retrograd.error.ErrorKind.NOT_IMPLEMENTED_ERROR,
                        "QrGrad not implemented when ncols > nrows or full_matrices is true and ncols != nrows.");
            }
            Output dq = g.dense(0) != null ? g.dense(0) : Shapes.zerosLike(graph, q, null);
            Output dr = g.dense(1) != null ? g.dense(1) : Shapes.zerosLike(graph, r, null);
            Output qdq = product(graph, q, dq, true, false);
            Output skewQ = MathOps.minus(graph, qdq, LinalgOps.adjoint(graph, qdq, null));
            Output rdr = product(graph, r, dr, false, true);
            Output skewR = MathOps.minus(graph, rdr, LinalgOps.adjoint(graph, rdr, null));
            Output lower = band(graph, MathOps.plus(graph, skewQ, skewR), -1, 0);
            Output a = product(graph, q, MathOps.plus(graph, dr, triangular(graph, lower, r)), false, false);
            Output rest = MathOps.minus(graph, dq, product(graph, q, qdq, false, false));
            return new Gradient[] {MathOps.plus(graph, a, triangular(graph, rest, r))};
        }

        private static Output triangular(Graph g, Output x, Output r) {
            Output turned = LinalgOps.adjoint(g, x, null);
            return LinalgOps.adjoint(g, solve(g, "MatrixTriangularSolve", r, turned, false, false), null);
        }
    }
}
