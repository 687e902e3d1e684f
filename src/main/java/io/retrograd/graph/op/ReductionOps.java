package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.cast;
import static io.retrograd.graph.build.MathOps.conj;
import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.sum;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Sums;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reductions over some dimensions of a tensor: sums, means, products, extremes, norms, truth. */
final class ReductionOps {
    private ReductionOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Sum" -> new Sum();
            case "Mean" -> new Mean();
            case "Prod" -> new Prod();
            case "Max" -> new Max();
            case "Min" -> new Min();
            case "All" -> new Truth("All", true);
            case "Any" -> new Truth("Any", false);
            case "EuclideanNorm" -> new EuclideanNorm();
            default -> null;
        };
    }

    /** Sum and Mean. */
    static class Sum extends Reduction {
        Sum() {
            super("Sum");
        }

        Sum(String type) {
            super(type);
        }

        /** What a sum of {@code count} elements is divided by. */
        int divisor(int count) {
            return 1;
        }

        @Override
        boolean columns(NdArray x, NdArray out, int count, int threads) {
            if (x.dtype() != DType.FLOAT32) {
                return false;
            }
            float[] sums = out.floats();
            Arrays.fill(sums, 0);
            Sums.columns(x.floats(), 0, count, sums.length, sums, 0, threads);
            int divisor = divisor(count);
            for (int j = 0; divisor != 1 && j < sums.length; j++) {
                sums[j] /= divisor;
            }
            return true;
        }

        @Override
        boolean between(float[] x, float[] out, int[] runs, boolean middle, int threads) {
            int first = runs[0];
            int second = runs[1];
            int third = runs[2];
            Arrays.fill(out, 0);
            if (middle) {
                Sums.middle(x, out, first, second, third, threads);
            } else {
                Sums.ends(x, out, first, second, third);
            }
            int divisor = divisor(middle ? second : first * third);
            for (int i = 0; divisor != 1 && i < out.length; i++) {
                out[i] /= divisor;
            }
            return true;
        }

        @Override
        void floats(float[] x, float[] out, int from, int to, int count) {
            int divisor = divisor(count);
            for (int i = from; i < to; i++) {
                out[i] = Sums.row(x, i * count, count) / divisor;
            }
        }

        @Override
        double doubles(double[] x, int at, int count) {
            double s = 0;
            for (int i = 0; i < count; i++) {
                s += x[at + i];
            }
            return s / divisor(count);
        }

        @Override
        long longs(NdArray x, int at, int count) {
            long s = 0;
            for (int i = 0; i < count; i++) {
                s += x.getLong(at + i);
            }
            int divisor = divisor(count);
            return divisor == 0 ? 0 : s / divisor;
        }

        @Override
        void complex(KernelContext k, NdArray x, NdArray out, int row, int count) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < count; i++) {
                re += x.getDouble(row * count + i);
                im += x.getImaginary(row * count + i);
            }
            out.setComplex(row, re / divisor(count), im / divisor(count));
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            return new Gradient[] {spread(c, c.dense()), null};
        }

        /** The gradient repeated over the dimensions that were summed. */
        static Output spread(GradientContext c, Output dy) {
            Graph g = c.graph();
            Output x = c.input(0);
            Optional<NdArray> axes = x.shape().hasRank() ? ConstantValue.of(c.input(1)) : Optional.empty();
            if (axes.isPresent()) {
                int rank = x.shape().rank();
                if (inOrder(axes.get(), rank)) {
                    int[] ones = new int[rank];
                    Arrays.fill(ones, 1);
                    Output all = binary(g, "Reshape", dy, Literal.ofInts(ones), null);
                    Output shape = x.shape().isFullyDefined()
                            ? g.constant(Shapes.vector(x.shape()), "Const")
                            : Shapes.shape(g, x, null);
                    return binary(g, "Tile", all, shape, null);
                }
                if (x.shape().isFullyDefined()) {
                    ReducedShape known = ReducedShape.known(g, x.shape(), axes.get());
                    return repeat(g, dy, known);
                }
            }
            Output shape = Shapes.shape(g, x, null);
            ReducedShape reduced;
            try (Graph.Block together = g.colocateWith(shape.operation())) {
                reduced = ReducedShape.of(g, shape, c.input(1));
            }
            return repeat(g, dy, reduced);
        }

        private static Output repeat(Graph g, Output dy, ReducedShape reduced) {
            return binary(g, "Tile", binary(g, "Reshape", dy, reduced.kept(), null), reduced.tiles(), null);
        }

        private static boolean inOrder(NdArray axes, int rank) {
            if (axes.rank() != 1 || axes.size() != rank) {
                return false;
            }
            for (int i = 0; i < rank; i++) {
                if (axes.getInt(i) != i) {
                    return false;
                }
            }
            return true;
        }
    }

    static final class Mean extends Sum {
        Mean() {
            super("Mean");
        }

        @Override
        int divisor(int count) {
            return count;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output spread = spread(c, c.dense());
            Output x = c.input(0);
            Output y = c.output(0);
            Output factor;
            if (x.shape().isFullyDefined() && y.shape().isFullyDefined()) {
                long n = x.shape().numElements() / Math.max(1, y.shape().numElements());
                factor = g.constant(NdArray.full(spread.dtype(), n), "Const");
            } else {
                Output in = Shapes.shape(g, x, null);
                Output out = Shapes.shape(g, y, null);
                Output all = MathOps.reduce(g, "Prod", in, null, false, null);
                Output kept = MathOps.reduce(g, "Prod", out, null, false, null);
                factor = ReducedShape.tiles(g, all, kept);
            }
            return new Gradient[] {over(g, spread, cast(g, factor, spread.dtype(), null)), null};
        }
    }

    static final class Prod extends Reduction {
        Prod() {
            super("Prod");
        }

        @Override
        double doubles(double[] x, int at, int count) {
            double p = 1;
            for (int i = 0; i < count; i++) {
                p *= x[at + i];
            }
            return p;
        }

        @Override
        long longs(NdArray x, int at, int count) {
            long p = 1;
            for (int i = 0; i < count; i++) {
                p *= x.getLong(at + i);
            }
            return p;
        }

        /** The product of all others, as what comes before times what comes after: zeros do no harm. */
        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output shape = Shapes.shape(g, x, null);
            Output axes = binary(g, "Reshape", c.input(1), Literal.ofInts(-1), null);
            ReducedShape back = ReducedShape.of(g, shape, c.input(1));
            Output dy = binary(g, "Reshape", c.dense(), back.kept(), null);
            dy = binary(g, "Tile", dy, back.tiles(), null);
            Output order;
            Output reducedCount;
            Output otherCount;
            try (Graph.Block device = g.device("/cpu:0")) {
                Output rank = Shapes.rank(g, x, null);
                axes = MathOps.operator(g, "mod", plus(g, axes, rank), rank);
                Output reduced = cast(g, axes, DType.INT32, null);
                Output all = MathOps.range(g, rank);
                Output other = g.op("ListDiff").input(all).input(reduced).output();
                order = g.op("ConcatV2").name("concat").inputs(List.of(reduced, other)).input(Literal.of(0)).output();
                reducedCount = MathOps.reduce(g, "Prod", gather(g, shape, reduced), null, false, null);
                otherCount = MathOps.reduce(g, "Prod", gather(g, shape, other), null, false, null);
            }
            Output turned = binary(g, "Transpose", x, order, "transpose");
            Output turnedShape = Shapes.shape(g, turned, null);
            Output flat = rows(g, turned, reducedCount, otherCount);
            Output left = MathOps.scan(g, "Cumprod", flat, Literal.of(0), true, false, null);
            Output right = MathOps.scan(g, "Cumprod", flat, Literal.of(0), true, true, null);
            Output others = times(g, conj(g, left, null), conj(g, right, null));
            Output y = binary(g, "Reshape", others, turnedShape, null);
            Output inverse = unary(g, "InvertPermutation", order, null);
            Output slope = times(g, dy, binary(g, "Transpose", y, inverse, "transpose"));
            return new Gradient[] {binary(g, "Reshape", slope, shape, null), null};
        }

        private static Output gather(Graph g, Output from, Output indices) {
            return g.op("GatherV2").input(from).input(indices).input(Literal.of(0)).output();
        }

        private static Output rows(Graph g, Output x, Output first, Output second) {
            try (NameScope scope = g.nameScope("Reshape")) {
                Output shape = g.op("Pack").name("shape").inputs(List.of(first, second)).output();
                return binary(g, "Reshape", x, shape, scope.operationName());
            }
        }
    }

    /** Max and Min: elements that are equally good share the gradient. */
    abstract static class Extreme extends Reduction {
        Extreme(String type) {
            super(type);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output shape = Shapes.shape(g, x, null);
            Output kept = ReducedShape.keptShape(g, shape, c.input(1));
            Output y = binary(g, "Reshape", c.output(0), kept, null);
            Output dy = binary(g, "Reshape", c.dense(), kept, null);
            Output chosen = cast(g, binary(g, "Equal", y, x, null), dy.dtype(), null);
            Output count = binary(g, "Reshape", sum(g, chosen, c.input(1)), kept, null);
            return new Gradient[] {times(g, over(g, chosen, count), dy), null};
        }
    }

    static final class Max extends Extreme {
        Max() {
            super("Max");
        }

        @Override
        void floats(float[] x, float[] out, int from, int to, int count) {
            for (int i = from; i < to; i++) {
                float best = Float.NEGATIVE_INFINITY;
                for (int j = i * count; j < (i + 1) * count; j++) {
                    best = Math.max(best, x[j]);
                }
                out[i] = best;
            }
        }

        @Override
        double doubles(double[] x, int at, int count) {
            double best = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < count; i++) {
                best = Math.max(best, x[at + i]);
            }
            return best;
        }

        @Override
        long longs(NdArray x, int at, int count) {
            long best = switch (x.dtype()) {
                case INT8 -> Byte.MIN_VALUE;
                case INT16 -> Short.MIN_VALUE;
                case INT32 -> Integer.MIN_VALUE;
                case INT64 -> Long.MIN_VALUE;
                default -> 0;
            };
            for (int i = 0; i < count; i++) {
                best = Math.max(best, x.getLong(at + i));
            }
            return best;
        }
    }

    static final class Min extends Extreme {
        Min() {
            super("Min");
        }

        @Override
        void floats(float[] x, float[] out, int from, int to, int count) {
            for (int i = from; i < to; i++) {
                float best = Float.POSITIVE_INFINITY;
                for (int j = i * count; j < (i + 1) * count; j++) {
                    best = Math.min(best, x[j]);
                }
                out[i] = best;
            }
        }

        @Override
        double doubles(double[] x, int at, int count) {
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < count; i++) {
                best = Math.min(best, x[at + i]);
            }
            return best;
        }

        @Override
        long longs(NdArray x, int at, int count) {
            long best = switch (x.dtype()) {
                case INT8 -> Byte.MAX_VALUE;
                case UINT8 -> 255;
                case INT16 -> Short.MAX_VALUE;
                case UINT16 -> 65535;
                case INT32 -> Integer.MAX_VALUE;
                case UINT32 -> 4294967295L;
                default -> Long.MAX_VALUE;
            };
            for (int i = 0; i < count; i++) {
                best = Math.min(best, x.getLong(at + i));
            }
            return best;
        }
    }

    static final class EuclideanNorm extends Reduction {
        EuclideanNorm() {
            super("EuclideanNorm");
        }

        @Override
        boolean leavesOneAlone() {
            return false;
        }

        @Override
        double doubles(double[] x, int at, int count) {
            double s = 0;
            for (int i = 0; i < count; i++) {
                s += x[at + i] * x[at + i];
            }
            return Math.sqrt(s);
        }

        @Override
        long longs(NdArray x, int at, int count) {
            double s = 0;
            for (int i = 0; i < count; i++) {
                s += x.getDouble(at + i) * x.getDouble(at + i);
            }
            return (long) Math.sqrt(s);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** All and Any. */
    static final class Truth extends Reduction {
        private final boolean all;

        Truth(String type, boolean all) {
            super(type, "bool", "keep_dims: bool = false", "Tidx: int32|int64 = int32");
            this.all = all;
        }

        @Override
        boolean truths(boolean[] x, int at, int count) {
            for (int i = 0; i < count; i++) {
                if (x[at + i] != all) {
                    return !all;
                }
            }
            return all;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
