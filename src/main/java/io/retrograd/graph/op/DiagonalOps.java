package io.retrograd.graph.op;

import io.retrograd.error.NnError;
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
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;

/** Diagonals and bands of matrices. */
final class DiagonalOps {
    private DiagonalOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Diag" -> new Diag();
            case "DiagPart" -> new DiagPart();
            case "MatrixDiag" -> new MatrixDiag();
            case "MatrixDiagPart" -> new MatrixDiagPart();
            case "MatrixSetDiag" -> new MatrixSetDiag();
            case "MatrixBandPart", "BatchMatrixBandPart" -> new MatrixBandPart(type);
            default -> null;
        };
    }

    static final class Diag extends OpDef {
        Diag() {
            super("Diag", "diagonal: T", "output: T", "T: bfloat16|half|float|double|int32|int64|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRankAtLeast(0, 1);
            c.output(0, in.concatenate(in));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int[] shape = Arrays.copyOf(in.shape(), 2 * in.rank());
            System.arraycopy(in.shape(), 0, shape, in.rank(), in.rank());
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            for (int i = 0; i < in.size(); i++) {
                Blocks.copy(in, i, out, i * (in.size() + 1), 1);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {MathOps.unary(g.graph(), "DiagPart", g.dense(), null)};
        }
    }

    static final class DiagPart extends OpDef {
        DiagPart() {
            super("DiagPart", "input: T", "diagonal: T", "T: bfloat16|half|float|double|int32|int64|complex64|complex128");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            if (!in.hasRank()) {
                return;
            }
            if (in.rank() % 2 != 0 || in.rank() == 0) {
                throw c.invalid("Input must have even and non-zero rank, input rank is " + in.rank());
            }
            int half = in.rank() / 2;
            c.output(0, c.mergeShapes(in.slice(0, half), in.slice(half, in.rank())));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int half = in.rank() / 2;
            int[] shape = Arrays.copyOf(in.shape(), half);
            for (int i = 0; i < half; i++) {
                if (in.dim(i) != in.dim(i + half)) {
                    throw NnError.invalidArgument("Invalid shape " + Broadcast.brackets(in.shape()) + ": dimensions " + i
                            + " and " + (i + half) + " do not match.");
                }
            }
            NdArray out = k.output(0, shape);
            for (int i = 0; i < out.size(); i++) {
                Blocks.copy(in, i * (out.size() + 1), out, i, 1);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {MathOps.unary(g.graph(), "Diag", g.dense(), null)};
        }
    }

    static final class MatrixDiag extends OpDef {
        MatrixDiag() {
            super("MatrixDiag", "diagonal: T", "output: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRankAtLeast(0, 1);
            c.output(0, in.hasRank() ? in.concatenate(Shape.of(in.dim(-1))) : in);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int n = in.dim(-1);
            int[] shape = Arrays.copyOf(in.shape(), in.rank() + 1);
            shape[in.rank()] = n;
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            for (int i = 0; i < in.size(); i++) {
                Blocks.copy(in, i, out, i / n * n * n + i % n * (n + 1), 1);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {g.op("MatrixDiagPart").name("diag_part").input(g.dense()).output()};
        }
    }

    static final class MatrixDiagPart extends OpDef {
        MatrixDiagPart() {
            super("MatrixDiagPart", "input: T", "diagonal: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRankAtLeast(0, 2);
            if (!in.hasRank()) {
                return;
            }
            int rows = in.dim(-2);
            int columns = in.dim(-1);
            boolean known = rows != Shape.UNKNOWN && columns != Shape.UNKNOWN;
            c.output(0, in.slice(0, in.rank() - 2).concatenate(Shape.of(known ? Math.min(rows, columns) : Shape.UNKNOWN)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int rows = in.dim(-2);
            int columns = in.dim(-1);
            int n = Math.min(rows, columns);
            int[] shape = Arrays.copyOf(in.shape(), in.rank() - 1);
            shape[shape.length - 1] = n;
            NdArray out = k.output(0, shape);
            for (int i = 0; i < out.size(); i++) {
                Blocks.copy(in, i / n * rows * columns + i % n * (columns + 1), out, i, 1);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Shape in = g.input(0).shape();
            if (in.hasRank() && in.dim(-1) != Shape.UNKNOWN && in.dim(-1) == in.dim(-2)) {
                return new Gradient[] {g.op("MatrixDiag").name("diag").input(g.dense()).output()};
            }
            Output zeros = Shapes.zerosLike(g.graph(), g.input(0), null);
            return new Gradient[] {g.op("MatrixSetDiag").name("set_diag").input(zeros).input(g.dense()).output()};
        }
    }

    static final class MatrixSetDiag extends OpDef {
        MatrixSetDiag() {
            super("MatrixSetDiag", "input: T, diagonal: T", "output: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRankAtLeast(0, 2);
            Shape diagonal = c.withRankAtLeast(1, 1);
            if (in.hasRank() && diagonal.hasRank()) {
                int n = in.dim(-1) == Shape.UNKNOWN || in.dim(-2) == Shape.UNKNOWN
                        ? Shape.UNKNOWN
                        : Math.min(in.dim(-1), in.dim(-2));
                c.mergeDims(n, diagonal.dim(-1));
                Shape batch = c.mergeShapes(in.slice(0, in.rank() - 2), diagonal.slice(0, diagonal.rank() - 1));
                in = batch.concatenate(in.slice(in.rank() - 2, in.rank()));
            }
            c.output(0, in);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray diagonal = k.input(1);
            int rows = in.dim(-2);
            int columns = in.dim(-1);
            int n = Math.min(rows, columns);
            if (n == 0 || diagonal.dim(-1) != n || diagonal.size() / n != in.size() / (rows * columns)) {
                throw NnError.invalidArgument("must have diagonal.shape == input.shape[:-2] + min(input.shape[-2:]), but got "
                        + "input shape: " + Broadcast.brackets(in.shape()) + " and diagonal shape: "
                        + Broadcast.brackets(diagonal.shape()));
            }
            NdArray out = k.output(0, in.shape());
            out.assign(in);
            for (int i = 0; i < diagonal.size(); i++) {
                Blocks.copy(diagonal, i, out, i / n * rows * columns + i % n * (columns + 1), 1);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Shape in = g.input(0).shape().merge(g.dense().shape());
            Output zeros;
            if (in.isFullyDefined()) {
                Shape shape = in.slice(0, in.rank() - 2).concatenate(Shape.of(Math.min(in.dim(-1), in.dim(-2))));
                zeros = Shapes.zeros(graph, shape, g.dense().dtype(), null);
            } else {
                Output shape = Shapes.shape(graph, g.dense(), null);
                Output outer = MathOps.minus(graph, Shapes.rank(graph, g.dense(), null), Literal.of(2));
                Output batch = ArrayOps.slice(graph, shape, Literal.ofInts(0), ArrayOps.vector(outer));
                Output matrix = ArrayOps.slice(graph, shape, ArrayOps.vector(outer), Literal.ofInts(2));
                Output least = MathOps.reduce(graph, "Min", matrix, null, false, null);
                Output whole = ArrayOps.concat(graph, 0, batch, ArrayOps.vector(least));
                zeros = Shapes.zeros(graph, whole, g.dense().dtype(), null);
            }
            return new Gradient[] {
                g.op("MatrixSetDiag").name("set_diag").input(g.dense()).input(zeros).output(),
                g.op("MatrixDiagPart").name("diag_part").input(g.dense()).output()
            };
        }
    }

    static final class MatrixBandPart extends OpDef {
        MatrixBandPart(String type) {
            super(
                    type,
                    "input: T, num_lower: Tindex, num_upper: Tindex",
                    "band: T",
                    "T: type",
                    "Tindex: int32|int64 = int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.withRankAtLeast(0, 2));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            long lower = k.input(1).getLong(0);
            long upper = k.input(2).getLong(0);
            int rows = in.dim(-2);
            int columns = in.dim(-1);
            if (lower > rows || upper > columns) {
                throw NnError.invalidArgument(lower > rows
                        ? "num_lower must be negative or less or equal to number of rows (" + rows + ") got: " + lower
                        : "num_upper must be negative or less or equal to number of columns (" + columns + ") got: " + upper);
            }
            NdArray out = k.output(0, in.shape());
            Blocks.clear(out);
            for (int r = 0; rows * columns > 0 && r < in.size() / columns; r++) {
                int i = r % rows;
                int from = lower < 0 ? 0 : (int) Math.max(0, i - lower);
                int to = upper < 0 ? columns : (int) Math.min(columns, i + upper + 1);
                if (from < to) {
                    Blocks.copy(in, r * columns + from, out, r * columns + from, to - from);
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("MatrixBandPart").input(g.dense()).input(g.input(1)).input(g.input(2)).output(), null, null
            };
        }
    }
}
