package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
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
import io.retrograd.kernel.Householder;
import io.retrograd.kernel.SymmetricEigen;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Matrices taken apart: Cholesky, eigenvalues, singular values, QR. */
final class DecompositionOps {
    private static final String REAL = "double|float|half";

    private DecompositionOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Cholesky", "BatchCholesky" -> new Cholesky(type);
            case "SelfAdjointEigV2" -> new SelfAdjointEig();
            case "Svd" -> new Svd();
            case "Qr" -> new Qr();
            default -> null;
        };
    }

    static final class Cholesky extends OpDef {
        Cholesky(String type) {
            super(type, "input: T", "output: T", "T: double|float|half|complex64|complex128");
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
                CholeskyDecompositionInner_DDRM chol = new CholeskyDecompositionInner_DDRM(true);
                DMatrixRMaj m = Matrices.matrix(in, b, false);
                for (int i = 0; i < n; i++) {
                    for (int j = i + 1; j < n; j++) {
                        m.set(i, j, m.get(j, i));
                    }
                }
                if (!StopCheck.aside(m.getNumElements(), () -> chol.decompose(m))) {
                    throw NnError.invalidArgument("Cholesky decomposition was not successful. The input might not be valid.");
                }
                Matrices.put(out, b, chol.getT(null).data, n * n);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output l = g.output(0);
            Output rows = new Indexing(graph).at(-1).of(Shapes.shape(graph, l, null));
            Output outer = ArrayOps.range(graph, Shapes.shape(graph, l, null), null, -2L);
            Output eye = ArrayOps.eye(graph, rows, null, outer, l.dtype(), null);
            Output inverse = Matrices.solve(graph, "MatrixTriangularSolve", l, eye, true, false);
            Output middle = Matrices.product(graph, l, g.dense(), true, false);
            Output half = MathOps.times(graph, Literal.of(0.5), Matrices.diagonalPart(graph, middle));
            middle = Matrices.band(graph, Matrices.setDiagonal(graph, middle, half), -1, 0);
            Output da = Matrices.product(graph, Matrices.product(graph, inverse, middle, true, false), inverse, false, false);
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
            Shape s = Matrices.square(c, 0);
            c.output(0, s.hasRank() ? s.slice(0, s.rank() - 1) : s);
            c.output(1, c.operation().flag("compute_v") ? s : Shape.of(0));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            Matrices.checkSquare(in);
            int n = in.dim(-1);
            NdArray e = k.output(0, Matrices.withLast(in, n));
            boolean vectors = k.operation().flag("compute_v");
            NdArray v = vectors ? k.output(1, in.shape()) : k.output(1, 0);
            double[] values = new double[n];
            double[] columns = new double[n * n];
            for (int b = 0; b < Matrices.matrices(in); b++) {
                if (!SymmetricEigen.solve(Matrices.matrix(in, b, false).data, n, values, columns)) {
                    throw NnError.invalidArgument(
                            "Self-adjoint eigen decomposition was not successful. The input might not be valid.");
                }
                Matrices.put(e, b, values, n);
                if (vectors) {
                    Matrices.put(v, b, columns, n * n);
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
                Output f = Matrices.setDiagonal(
                        graph, MathOps.unary(graph, "Reciprocal", gaps, null), Shapes.zerosLike(graph, e, null));
                Output turned = MathOps.times(graph, f, Matrices.product(graph, v, dv, true, false));
                Output inner = MathOps.plus(graph, Matrices.diagonal(graph, de), turned);
                da = Matrices.product(graph, v, Matrices.product(graph, inner, v, false, true), false, false);
            } else {
                Output v = graph.op("SelfAdjointEigV2").input(g.input(0)).operation().output(1);
                da = Matrices.product(graph, v, Matrices.product(graph, Matrices.diagonal(graph, de), v, false, true), false, false);
            }
            da = Matrices.band(graph, MathOps.plus(graph, da, LinalgOps.adjoint(graph, da, null)), -1, 0);
            Output half = MathOps.times(graph, Literal.of(0.5), Matrices.diagonalPart(graph, da));
            return new Gradient[] {Matrices.setDiagonal(graph, da, half)};
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
            Shape outer = Matrices.batch(in);
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
            NdArray s = k.output(0, Matrices.withLast(in, p));
            NdArray u = vectors ? k.output(1, Matrices.withLast(in, m, wu)) : k.output(1, 0);
            NdArray v = vectors ? k.output(2, Matrices.withLast(in, n, wv)) : k.output(2, 0);
            for (int b = 0; b < Matrices.matrices(in); b++) {
                SingularValueDecomposition_F64<DMatrixRMaj> svd =
                        DecompositionFactory_DDRM.svd(m, n, vectors, vectors, !full);
                DMatrixRMaj work = Matrices.matrix(in, b, false);
                if (!StopCheck.aside(work.getNumElements(), () -> svd.decompose(work))) {
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
            Output middle = Matrices.diagonal(graph, ds);
            if (!op.flag("compute_uv")) {
                Operation again = graph.op("Svd").input(a).attr("compute_uv", true).operation();
                return new Gradient[] {
                    Matrices.product(graph, again.output(1), Matrices.product(graph, middle, again.output(2), false, true), false, false)
                };
            }
            int m = a.shape().dim(-2);
            int n = a.shape().dim(-1);
            if (m == Shape.UNKNOWN || n == Shape.UNKNOWN) {
                throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR,
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
                throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR,
                        "svd gradient is not implemented for abs(m - n) > 1 when full_matrices is True");
            }
            Output sMat = Matrices.diagonal(graph, s);
            Output s2 = MathOps.unary(graph, "Square", s, null);
            Output shape = Shapes.shape(graph, s, null);
            Output eye = ArrayOps.eye(graph, new Indexing(graph).at(-1).of(shape), null,
                    ArrayOps.range(graph, shape, null, -1L), s.dtype(), null);
            Output gaps = MathOps.minus(graph, ArrayOps.expandDims(graph, s2, -2), ArrayOps.expandDims(graph, s2, -1));
            Output f = Matrices.setDiagonal(graph, MathOps.unary(graph, "Reciprocal", MathOps.plus(graph, gaps, eye), null),
                    Shapes.zerosLike(graph, s, null));
            Output sInverse = Matrices.diagonal(graph, MathOps.unary(graph, "Reciprocal", s, null));
            Output v1 = first(graph, v, small);
            Output dv1 = first(graph, dv, small);
            Output fu = MathOps.times(graph, f, Matrices.product(graph, u, du, true, false));
            Output fv = MathOps.times(graph, f, Matrices.product(graph, v1, dv1, true, false));
            Output left = Matrices.product(graph, MathOps.plus(graph, fu, LinalgOps.adjoint(graph, fu, null)), sMat, false, false);
            Output right = Matrices.product(graph, sMat, MathOps.plus(graph, fv, LinalgOps.adjoint(graph, fv, null)), false, false);
            Output sum = MathOps.plus(graph, MathOps.plus(graph, middle, left), right);
            Output da = Matrices.product(graph, u, Matrices.product(graph, sum, v1, false, true), false, false);
            if (small != large) {
                Output gv = ArrayOps.matrixTranspose(graph, dv1, false, null);
                Output rest = MathOps.minus(graph, gv, Matrices.product(graph, Matrices.product(graph, gv, v1, false, false), v1, false, true));
                if (full) {
                    Output v2 = new Indexing(graph).ellipsis().range((long) small, (long) large, null).of(v);
                    Output dv2 = new Indexing(graph).ellipsis().range((long) small, (long) large, null).of(dv);
                    rest = MathOps.minus(
                            graph, rest, Matrices.product(graph, Matrices.product(graph, v1, dv2, true, false), v2, false, true));
                }
                Output us = Matrices.product(graph, u, sInverse, false, false);
                da = MathOps.plus(graph, da, Matrices.product(graph, us, rest, false, false));
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
            c.output(0, Matrices.batch(in).concatenate(Shape.of(m, full ? m : p)));
            c.output(1, Matrices.batch(in).concatenate(Shape.of(full ? m : p, n)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int m = in.dim(-2);
            int n = in.dim(-1);
            int width = k.operation().flag("full_matrices") ? m : Math.min(m, n);
            NdArray q = k.output(0, Matrices.withLast(in, m, width));
            NdArray r = k.output(1, Matrices.withLast(in, width, n));
            for (int b = 0; b < Matrices.matrices(in); b++) {
                double[] a = Matrices.matrix(in, b, false).data;
                double[] whole = new double[m * m];
                Householder.qr(a, m, n, whole);
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < width; j++) {
                        q.setDouble((b * m + i) * width + j, whole[i * m + j]);
                    }
                }
                Matrices.put(r, b, a, width * n);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output q = g.output(0);
            Output r = g.output(1);
            Shape shape = r.shape();
            if (!shape.hasRank() || shape.dim(-1) == Shape.UNKNOWN || shape.dim(-2) == Shape.UNKNOWN) {
                throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR,
                        "QrGrad not implemented with dynamic shapes.");
            }
            if (shape.dim(-1) != shape.dim(-2)) {
                throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR,
                        "QrGrad not implemented when ncols > nrows or full_matrices is true and ncols != nrows.");
            }
            Output dq = g.dense(0) != null ? g.dense(0) : Shapes.zerosLike(graph, q, null);
            Output dr = g.dense(1) != null ? g.dense(1) : Shapes.zerosLike(graph, r, null);
            Output qdq = Matrices.product(graph, q, dq, true, false);
            Output skewQ = MathOps.minus(graph, qdq, LinalgOps.adjoint(graph, qdq, null));
            Output rdr = Matrices.product(graph, r, dr, false, true);
            Output skewR = MathOps.minus(graph, rdr, LinalgOps.adjoint(graph, rdr, null));
            Output lower = Matrices.band(graph, MathOps.plus(graph, skewQ, skewR), -1, 0);
            Output a = Matrices.product(graph, q, MathOps.plus(graph, dr, triangular(graph, lower, r)), false, false);
            Output rest = MathOps.minus(graph, dq, Matrices.product(graph, q, qdq, false, false));
            return new Gradient[] {MathOps.plus(graph, a, triangular(graph, rest, r))};
        }

        private static Output triangular(Graph g, Output x, Output r) {
            Output turned = LinalgOps.adjoint(g, x, null);
            return LinalgOps.adjoint(g, Matrices.solve(g, "MatrixTriangularSolve", r, turned, false, false), null);
        }
    }
}
