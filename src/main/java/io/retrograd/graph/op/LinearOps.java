package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.dense.row.linsol.lu.LinearSolverLu_DDRM;

/** Square matrices: inverses, determinants, and systems of equations. */
final class LinearOps {
    private LinearOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "MatrixInverse", "BatchMatrixInverse" -> new MatrixInverse(type);
            case "MatrixDeterminant", "BatchMatrixDeterminant" -> new MatrixDeterminant(type);
            case "LogMatrixDeterminant" -> new LogMatrixDeterminant();
            case "MatrixSolve", "BatchMatrixSolve" -> new MatrixSolve(type);
            case "MatrixTriangularSolve", "BatchMatrixTriangularSolve" -> new MatrixTriangularSolve(type);
            case "MatrixSolveLs" -> new MatrixSolveLs();
            default -> null;
        };
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

    static final class MatrixInverse extends OpDef {
        MatrixInverse(String type) {
            super(type, "input: T", "output: T", "adjoint: bool = false", "T: double|float|half|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Matrices.square(c, 0));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            Matrices.checkSquare(in);
            int n = in.dim(-1);
            NdArray out = k.output(0, in.shape());
            for (int b = 0; n > 0 && b < Matrices.matrices(in); b++) {
                DMatrixRMaj inverse = new DMatrixRMaj(n, n);
                LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
                LinearSolverLu_DDRM solver = new LinearSolverLu_DDRM(lu);
                DMatrixRMaj work = Matrices.matrix(in, b, k.operation().flag("adjoint"));
                StopCheck.aside(work.getNumElements(), () -> solver.setA(work));
                if (isSingular(lu, n)) {
                    throw NnError.invalidArgument("Input is not invertible.");
                }
                StopCheck.aside(inverse.getNumElements(), () -> solver.invert(inverse));
                Matrices.put(out, b, inverse.data, n * n);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output inverse = g.output(0);
            Output inner = Matrices.product(graph, g.dense(), inverse, false, true);
            return new Gradient[] {MathOps.negate(graph, Matrices.product(graph, inverse, inner, true, false))};
        }
    }

    static final class MatrixDeterminant extends OpDef {
        MatrixDeterminant(String type) {
            super(type, "input: T", "output: T", "T: half|float|double|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Matrices.batch(Matrices.square(c, 0)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            Matrices.checkSquare(in);
            NdArray out = k.output(0, Matrices.withLast(in));
            for (int b = 0; b < out.size(); b++) {
                out.setDouble(b, determinant(in, b));
            }
        }

        private static double determinant(NdArray in, int b) {
            if (in.dim(-1) == 0) {
                return 1;
            }
            LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
            DMatrixRMaj work = Matrices.matrix(in, b, false);
            StopCheck.aside(work.getNumElements(), () -> lu.decompose(work));
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
            Shape s = Matrices.batch(Matrices.square(c, 0));
            c.output(0, s);
            c.output(1, s);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            Matrices.checkSquare(in);
            NdArray sign = k.output(0, Matrices.withLast(in));
            NdArray log = k.output(1, Matrices.withLast(in));
            int n = in.dim(-1);
            for (int b = 0; b < sign.size(); b++) {
                LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
                double s = 1;
                double sum = 0;
                if (n > 0) {
                    DMatrixRMaj work = Matrices.matrix(in, b, false);
                    StopCheck.aside(work.getNumElements(), () -> lu.decompose(work));
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
        Shape a = square ? Matrices.square(c, 0) : c.withRankAtLeast(0, 2);
        Shape b = c.withRankAtLeast(1, 2);
        if (!a.hasRank() || !b.hasRank()) {
            return;
        }
        c.mergeDims(a.dim(-2), b.dim(-2));
        Shape outer = c.mergeShapes(Matrices.batch(a), Matrices.batch(b));
        c.output(0, outer.concatenate(Shape.of(square ? a.dim(-2) : a.dim(-1), b.dim(-1))));
    }

    private static void checkSystem(NdArray a, NdArray b) {
        Matrices.checkSquare(a);
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
            for (int i = 0; n > 0 && i < Matrices.matrices(a); i++) {
                LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
                LinearSolverLu_DDRM solver = new LinearSolverLu_DDRM(lu);
                DMatrixRMaj m = Matrices.matrix(a, i, k.operation().flag("adjoint"));
                StopCheck.aside(m.getNumElements(), () -> solver.setA(m));
                if (isSingular(lu, n)) {
                    throw NnError.invalidArgument("Input matrix is not invertible.");
                }
                DMatrixRMaj x = new DMatrixRMaj(n, columns);
                DMatrixRMaj work = Matrices.matrix(b, i, false);
                StopCheck.aside(work.getNumElements(), () -> solver.solve(work, x));
                Matrices.put(out, i, x.data, n * columns);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            boolean adjoint = g.operation().flag("adjoint");
            Output db = Matrices.solve(graph, "MatrixSolve", g.input(0), g.dense(), false, !adjoint);
            Output c = g.output(0);
            Output da = adjoint ? Matrices.product(graph, c, db, false, true) : Matrices.product(graph, db, c, false, true);
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
            for (int i = 0; i < Matrices.matrices(a); i++) {
                DMatrixRMaj m = Matrices.matrix(a, i, adjoint);
                DMatrixRMaj x = Matrices.matrix(b, i, false);
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
                Matrices.put(out, i, x.data, n * columns);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            boolean adjoint = g.operation().flag("adjoint");
            boolean lower = g.operation().flag("lower");
            Output db = Matrices.solve(graph, "MatrixTriangularSolve", g.input(0), g.dense(), lower, !adjoint);
            Output c = g.output(0);
            Output da = adjoint ? Matrices.product(graph, c, db, false, true) : Matrices.product(graph, db, c, false, true);
            da = MathOps.negate(graph, da);
            return new Gradient[] {lower ? Matrices.band(graph, da, -1, 0) : Matrices.band(graph, da, 0, -1), db};
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
            NdArray out = k.output(0, Matrices.withLast(a, n, columns));
            for (int i = 0; i < Matrices.matrices(a); i++) {
                // Regularisation is a system with more equations: sqrt(l2) x = 0.
                int extra = l2 > 0 ? n : 0;
                DMatrixRMaj m = Matrices.matrix(a, i, false);
                DMatrixRMaj y = Matrices.matrix(b, i, false);
                DMatrixRMaj whole = new DMatrixRMaj(rows + extra, n);
                DMatrixRMaj right = new DMatrixRMaj(rows + extra, columns);
                System.arraycopy(m.data, 0, whole.data, 0, rows * n);
                System.arraycopy(y.data, 0, right.data, 0, rows * columns);
                for (int j = 0; j < extra; j++) {
                    whole.set(rows + j, j, Math.sqrt(l2));
                }
                var solver = LinearSolverFactory_DDRM.pseudoInverse(true);
                StopCheck.aside(whole.getNumElements(), () -> solver.setA(whole));
                DMatrixRMaj x = new DMatrixRMaj(n, columns);
                StopCheck.aside(right.getNumElements(), () -> solver.solve(right, x));
                Matrices.put(out, i, x.data, n * columns);
            }
        }
    }
}
