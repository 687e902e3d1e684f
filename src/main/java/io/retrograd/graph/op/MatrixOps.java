package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.MatrixProduct;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;

/** Products of matrices, of batches of matrices, and of vectors in space. */
final class MatrixOps {
    private static final String TYPES = "bfloat16|half|float|double|int32|int64|complex64|complex128";

    private MatrixOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "MatMul" -> new MatMul();
            case "BatchMatMul" -> new BatchMatMul("BatchMatMul", false);
            case "BatchMatMulV2" -> new BatchMatMul("BatchMatMulV2", true);
            case "Cross" -> new Cross();
            default -> null;
        };
    }

    /** One product of two matrices that lie at the given positions of their arrays. */
    private static void multiply(
            KernelContext k,
            NdArray a,
            int aAt,
            boolean transposeA,
            NdArray b,
            int bAt,
            boolean transposeB,
            NdArray c,
            int cAt,
            int rows,
            int columns,
            int depth) {
        switch (a.dtype()) {
            case FLOAT32, FLOAT16 -> {
                float[] to = c.floats();
                MatrixProduct.floats(
                        k.kernels(),
                        k.threads(),
                        new MatrixProduct.FloatFactor(a.floats(), aAt, transposeA),
                        new MatrixProduct.FloatFactor(b.floats(), bAt, transposeB),
                        to,
                        cAt,
                        rows,
                        columns,
                        depth,
                        k::checkInterrupt);
                for (int i = cAt; a.dtype() == DType.FLOAT16 && i < cAt + rows * columns; i++) {
                    to[i] = Half.round(to[i]);
                }
            }
            case FLOAT64 -> MatrixProduct.doubles(
                    k.kernels(),
                    k.threads(),
                    new MatrixProduct.DoubleFactor(a.doubles(), aAt, transposeA),
                    new MatrixProduct.DoubleFactor(b.doubles(), bAt, transposeB),
                    c.doubles(),
                    cAt,
                    rows,
                    columns,
                    depth,
                    k::checkInterrupt);
            case INT32, INT64 -> {
                long[] to = new long[rows * columns];
                MatrixProduct.longs(
                        a.toLongs(), aAt, transposeA, b.toLongs(), bAt, transposeB, to, 0, rows, columns, depth,
                        k::checkInterrupt);
                for (int i = 0; i < to.length; i++) {
                    c.setLong(cAt + i, to[i]);
                }
            }
            case COMPLEX64, COMPLEX128 -> complex(
                    a, aAt, transposeA, b, bAt, transposeB, c, cAt, rows, columns, depth);
            default -> throw Types.noKernel(k, a.dtype());
        }
    }

    private static void complex(
            NdArray a, int aAt, boolean ta, NdArray b, int bAt, boolean tb, NdArray c, int cAt, int m, int n, int d) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double re = 0;
                double im = 0;
                for (int l = 0; l < d; l++) {
                    int p = aAt + (ta ? l * m + i : i * d + l);
                    int q = bAt + (tb ? j * d + l : l * n + j);
                    re += a.getDouble(p) * b.getDouble(q) - a.getImaginary(p) * b.getImaginary(q);
                    im += a.getDouble(p) * b.getImaginary(q) + a.getImaginary(p) * b.getDouble(q);
                }
                c.setComplex(cAt + i * n + j, re, im);
            }
        }
    }

    /** The product of two matrices, each as it is or transposed: [m, k] by [k, n] is [m, n]. */
    static final class MatMul extends OpDef {
        MatMul() {
            super(
                    "MatMul",
                    "a: T, b: T",
                    "product: T",
                    "transpose_a: bool = false",
                    "transpose_b: bool = false",
                    "T: " + TYPES);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape a = c.withRank(0, 2);
            Shape b = c.withRank(1, 2);
            int across = c.operation().flag("transpose_a") ? 1 : 0;
            int down = c.operation().flag("transpose_b") ? 1 : 0;
            try {
                c.mergeDims(a.dim(1 - across), b.dim(down));
            } catch (NnError mismatch) {
                throw mismatch.help("matmul needs the inner dimensions equal: " + a + " x " + b);
            }
            c.output(0, Shape.of(a.dim(across), b.dim(1 - down)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray a = k.input(0);
            NdArray b = k.input(1);
            boolean ta = k.operation().flag("transpose_a");
            boolean tb = k.operation().flag("transpose_b");
            if (a.rank() != 2) {
                throw NnError.invalidArgument("In[0] is not a matrix. Instead it has shape "
                        + Broadcast.brackets(a.shape()));
            }
            if (b.rank() != 2) {
                throw NnError.invalidArgument("In[1] is not a matrix. Instead it has shape "
                        + Broadcast.brackets(b.shape()));
            }
            int depth = a.dim(ta ? 0 : 1);
            if (depth != b.dim(tb ? 1 : 0)) {
                throw NnError.invalidArgument("Matrix size-incompatible: In[0]: " + Broadcast.brackets(a.shape())
                        + ", In[1]: " + Broadcast.brackets(b.shape()));
            }
            int rows = a.dim(ta ? 1 : 0);
            int columns = b.dim(tb ? 0 : 1);
            boolean floats = a.dtype() == DType.FLOAT32;
            multiply(k, a, floats ? a.offset() : 0, ta, b, floats ? b.offset() : 0, tb,
                    k.output(0, rows, columns), 0, rows, columns, depth);
        }

        @Override
        public boolean takesParts() {
            return true;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dy = c.dense();
            Output a = MathOps.conj(g, c.input(0), null);
            Output b = MathOps.conj(g, c.input(1), null);
            boolean ta = c.operation().flag("transpose_a");
            boolean tb = c.operation().flag("transpose_b");
            Output da = ta
                    ? MathOps.matrixProduct(g, b, dy, tb, true)
                    : MathOps.matrixProduct(g, dy, b, false, !tb);
            Output db = tb
                    ? MathOps.matrixProduct(g, dy, a, true, ta)
                    : MathOps.matrixProduct(g, a, dy, !ta, false);
            return new Gradient[] {da, db};
        }
    }

    /** Products of the matrices in the last two dimensions; version 2 broadcasts the dimensions before them. */
    static final class BatchMatMul extends OpDef {
        private final boolean broadcasts;

        BatchMatMul(String type, boolean broadcasts) {
            super(type, "x: T, y: T", "output: T", "T: " + TYPES, "adj_x: bool = false", "adj_y: bool = false");
            this.broadcasts = broadcasts;
        }

        @Override
        public void infer(ShapeContext c) {
            Shape x = c.withRankAtLeast(0, 2);
            Shape y = c.withRankAtLeast(1, 2);
            if (!x.hasRank() || !y.hasRank()) {
                c.output(0, Shape.unknown());
                return;
            }
            int across = c.operation().flag("adj_x") ? 1 : 2;
            int down = c.operation().flag("adj_y") ? 1 : 2;
            c.mergeDims(x.dim(across - 3), y.dim(-down));
            Shape bx = x.slice(0, x.rank() - 2);
            Shape by = y.slice(0, y.rank() - 2);
            Shape batch = broadcasts ? c.broadcast(bx, by) : c.mergeShapes(bx, by);
            c.output(0, batch.concatenate(Shape.of(x.dim(-across), y.dim(down - 3))));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray y = k.input(1);
            boolean ax = k.operation().flag("adj_x");
            boolean ay = k.operation().flag("adj_y");
            if (x.rank() < 2 || y.rank() < 2) {
                int i = x.rank() < 2 ? 0 : 1;
                throw NnError.invalidArgument("In[" + i + "] ndims must be >= 2: " + k.input(i).rank());
            }
            int depth = x.dim(ax ? -2 : -1);
            int rows = x.dim(ax ? -1 : -2);
            int columns = y.dim(ay ? -2 : -1);
            if (depth != y.dim(ay ? -1 : -2)) {
                throw NnError.invalidArgument("Matrix size-incompatible: In[0]: " + Broadcast.brackets(x.shape())
                        + ", In[1]: " + Broadcast.brackets(y.shape()));
            }
            int[] bx = x.staticShape().slice(0, x.rank() - 2).toInts();
            int[] by = y.staticShape().slice(0, y.rank() - 2).toInts();
            int[] batch = Broadcast.shape(bx, by);
            int[] shape = Arrays.copyOf(batch, batch.length + 2);
            shape[batch.length] = rows;
            shape[batch.length + 1] = columns;
            NdArray out = k.output(0, shape);
            if (ax && x.dtype().isComplex()) {
                x = conjugate(x);
            }
            if (ay && y.dtype().isComplex()) {
                y = conjugate(y);
            }
            // The number of a matrix in its own batch, for each matrix of the result.
            NdArray whichX = numbers(bx, batch);
            NdArray whichY = numbers(by, batch);
            for (int i = 0; i < whichX.size(); i++) {
                multiply(
                        k, x, whichX.getInt(i) * rows * depth, ax, y, whichY.getInt(i) * depth * columns, ay, out,
                        i * rows * columns, rows, columns, depth);
            }
        }

        private static NdArray conjugate(NdArray x) {
            NdArray c = x.copy();
            for (int i = 0; i < c.size(); i++) {
                c.setComplex(i, x.getDouble(i), -x.getImaginary(i));
            }
            return c;
        }

        private static NdArray numbers(int[] own, int[] batch) {
            NdArray n = NdArray.zeros(DType.INT32, own);
            for (int i = 0; i < n.size(); i++) {
                n.setLong(i, i);
            }
            return n.broadcastTo(batch);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output y = c.input(1);
            Output dz = c.dense();
            boolean ax = c.operation().flag("adj_x");
            boolean ay = c.operation().flag("adj_y");
            Output dx = ax ? adjoint(g, y, dz, ay, true) : adjoint(g, dz, y, false, !ay);
            Output dy = ay ? adjoint(g, dz, x, true, ax) : adjoint(g, x, dz, !ax, false);
            boolean same = x.shape().isFullyDefined() && x.shape().equals(y.shape());
            if (!broadcasts || same) {
                return new Gradient[] {dx, dy};
            }
            Output sx = Shapes.shape(g, x, null);
            Output sy = Shapes.shape(g, y, null);
            BroadcastGradient[] batch = BroadcastGradient.from(g, withoutMatrix(g, sx), withoutMatrix(g, sy));
            return new Gradient[] {
                new BroadcastGradient(sx, batch[0].reduction(), true).reduce(g, dx),
                new BroadcastGradient(sy, batch[1].reduction(), true).reduce(g, dy)
            };
        }

        private static Output adjoint(Graph g, Output a, Output b, boolean adjointA, boolean adjointB) {
            return MathOps.matmul(g, a, b, false, false, adjointA, adjointB, null);
        }

        /** {@code shape[:-2]}. */
        private static Output withoutMatrix(Graph g, Output shape) {
            try (NameScope scope = g.nameScope("strided_slice")) {
                Output begin = g.constant(NdArray.of(new int[] {0}, 1), "stack");
                Output end = g.constant(NdArray.of(new int[] {-2}, 1), "stack_1");
                Output step = g.constant(NdArray.of(new int[] {1}, 1), "stack_2");
                return g.op("StridedSlice")
                        .name(scope.operationName())
                        .input(shape)
                        .input(begin)
                        .input(end)
                        .input(step)
                        .attr("begin_mask", 1L)
                        .output();
            }
        }
    }

    /** The vector product of the triples in the last dimension. */
    static final class Cross extends OpDef {
        Cross() {
            super("Cross", "a: T, b: T", "product: T", "T: " + Types.REAL);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape s = c.mergeShapes(c.withRankAtLeast(0, 1), c.withRankAtLeast(1, 1));
            if (s.hasRank() && s.dim(-1) != Shape.UNKNOWN && s.dim(-1) != 3) {
                throw c.invalid("Dimension must be 3 but is " + s.dim(-1));
            }
            c.output(0, s);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray a = k.input(0);
            NdArray b = k.input(1);
            if (!a.hasShapeOf(b)) {
                throw NnError.invalidArgument("Both inputs must be of same shape: " + Broadcast.brackets(a.shape())
                        + " vs. " + Broadcast.brackets(b.shape()));
            }
            if (a.rank() < 1 || a.dim(-1) != 3) {
                throw NnError.invalidArgument("Cross-products are only defined for 3-element vectors.");
            }
            NdArray c = k.output(0, a.shape());
            for (int i = 0; i < a.size(); i += 3) {
                for (int j = 0; j < 3; j++) {
                    int u = i + (j + 1) % 3;
                    int v = i + (j + 2) % 3;
                    if (a.dtype().isFloating()) {
                        c.setDouble(i + j, a.getDouble(u) * b.getDouble(v) - a.getDouble(v) * b.getDouble(u));
                    } else {
                        c.setLong(i + j, a.getLong(u) * b.getLong(v) - a.getLong(v) * b.getLong(u));
                    }
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dy = c.dense();
            return new Gradient[] {
                MathOps.binary(g, "Cross", c.input(1), dy, null), MathOps.binary(g, "Cross", dy, c.input(0), null)
            };
        }
    }
}
