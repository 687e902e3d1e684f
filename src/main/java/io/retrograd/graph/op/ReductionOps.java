package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.cast;
import static io.retrograd.graph.build.MathOps.conj;
import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.sum;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.error.NnError;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Sums;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reductions over some dimensions of a tensor, and the positions of largest and smallest elements. */
final class ReductionOps {
    /** Elements between two questions whether to go on. */
    private static final int ASK = 1 << 18;

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
            case "ArgMax" -> new Arg("ArgMax", false);
            case "ArgMin" -> new Arg("ArgMin", true);
            default -> null;
        };
    }

    /** Input and axes; the result's shape. Subclasses reduce rows. */
    abstract static class Reduction extends OpDef {
        Reduction(String type, String of, String... attributes) {
            super(type, "input: " + of + ", reduction_indices: Tidx", "output: " + of, attributes);
        }

        Reduction(String type) {
            this(type, "T", "keep_dims: bool = false", "T: " + Types.NUMBER, "Tidx: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape x = c.input(0);
            if (c.input(1).hasRank() && c.input(1).rank() > 1) {
                throw c.invalid("Shape must be at most rank 1 but is rank " + c.input(1).rank());
            }
            boolean keep = c.operation().flag("keep_dims");
            Optional<NdArray> axes = c.constant(1);
            if (axes.isEmpty() || !x.hasRank()) {
                c.output(0, keep && x.hasRank() ? Shape.unknownOfRank(x.rank()) : Shape.unknown());
                return;
            }
            boolean[] reduced = new boolean[x.rank()];
            for (int axis : axes.get().toInts()) {
                if (axis < -x.rank() || axis >= x.rank()) {
                    throw c.invalid("Invalid reduction dimension " + axis + " for input with " + x.rank()
                            + " dimensions.");
                }
                reduced[axis < 0 ? axis + x.rank() : axis] = true;
            }
            c.output(0, Shape.of(outputShape(x.toInts(), reduced, keep)));
        }

        static int[] outputShape(int[] shape, boolean[] reduced, boolean keep) {
            List<Integer> dims = new ArrayList<>();
            for (int i = 0; i < shape.length; i++) {
                if (!reduced[i]) {
                    dims.add(shape[i]);
                } else if (keep) {
                    dims.add(1);
                }
            }
            return dims.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public final void compute(KernelContext k) {
            NdArray x = k.input(0);
            int rank = x.rank();
            boolean[] reduced = new boolean[rank];
            for (int axis : k.input(1).toInts()) {
                if (axis < -rank || axis >= rank) {
                    throw NnError.invalidArgument("Invalid reduction dimension (" + axis + " for input with " + rank
                            + " dimension(s)");
                }
                reduced[axis < 0 ? axis + rank : axis] = true;
            }
            int[] shape = x.shape();
            if (leavesOneAlone() && isNothingReduced(shape, reduced) && x.size() > 0) {
                // As TensorFlow, which hands its input on: a sum would lose the sign of a zero.
                k.forward(0, x.reshape(outputShape(shape, reduced, k.operation().flag("keep_dims"))));
                return;
            }
            NdArray out = k.output(0, outputShape(shape, reduced, k.operation().flag("keep_dims")));
            int rows = out.size();
            int count = 1;
            int kinds = 0;
            int last = -1;
            for (int i = 0; i < rank; i++) {
                if (reduced[i]) {
                    count *= shape[i];
                }
                if (shape[i] != 1) {
                    kinds += last == (reduced[i] ? 1 : 0) ? 0 : 1;
                    last = reduced[i] ? 1 : 0;
                }
            }
            if (rows == 0) {
                return;
            }
            // Reduced dimensions first, kept ones last.
            boolean columns = kinds == 2 && last == 0;
            if (columns && columns(x, out, count)) {
                return;
            }
            if (kinds == 3 && x.dtype() == DType.FLOAT32 && between(x.floats(), out.floats(), runs(shape, reduced), last == 0)) {
                return;
            }
            boolean asItIs = kinds <= 1 || kinds == 2 && last == 1;
            NdArray all = asItIs ? x : keptFirst(x, reduced);
            int ask = Math.max(1, ASK / Math.max(1, count));
            for (int from = 0; from < rows; from += ask) {
                if (from > 0) {
                    k.checkInterrupt();
                }
                int to = Math.min(rows, from + ask);
                switch (x.dtype()) {
                    case FLOAT32 -> floats(all.floats(), out.floats(), from, to, count);
                    case FLOAT64 -> {
                        for (int i = from; i < to; i++) {
                            out.doubles()[i] = doubles(all.doubles(), i * count, count);
                        }
                    }
                    case FLOAT16 -> {
                        double[] row = new double[count];
                        for (int i = from; i < to; i++) {
                            for (int j = 0; j < count; j++) {
                                row[j] = all.floats()[i * count + j];
                            }
                            out.floats()[i] = Half.round(doubles(row, 0, count));
                        }
                    }
                    case COMPLEX64, COMPLEX128 -> {
                        for (int i = from; i < to; i++) {
                            complex(k, all, out, i, count);
                        }
                    }
                    case BOOL -> {
                        for (int i = from; i < to; i++) {
                            out.booleans()[i] = truths(all.booleans(), i * count, count);
                        }
                    }
                    default -> {
                        for (int i = from; i < to; i++) {
                            out.setLong(i, longs(all, i * count, count));
                        }
                    }
                }
            }
        }

        /** The sizes of the runs of dimensions that are all kept or all reduced; dimensions of 1 belong to either. */
        private static int[] runs(int[] shape, boolean[] reduced) {
            int[] sizes = new int[shape.length];
            int n = 0;
            boolean now = false;
            for (int i = 0; i < shape.length; i++) {
                if (shape[i] == 1) {
                    continue;
                }
                if (n == 0 || reduced[i] != now) {
                    now = reduced[i];
                    sizes[n++] = 1;
                }
                sizes[n - 1] *= shape[i];
            }
            return Arrays.copyOf(sizes, n);
        }

        private static boolean isNothingReduced(int[] shape, boolean[] reduced) {
            for (int i = 0; i < shape.length; i++) {
                if (reduced[i] && shape[i] != 1) {
                    return false;
                }
            }
            return true;
        }

        /** Whether the reduction of one element is that element. */
        boolean leavesOneAlone() {
            return true;
        }

        /** The input with its kept dimensions first, so that what is reduced lies side by side. */
        private static NdArray keptFirst(NdArray x, boolean[] reduced) {
            int[] order = new int[x.rank()];
            int n = 0;
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < order.length; i++) {
                    if (reduced[i] == (pass == 1)) {
                        order[n++] = i;
                    }
                }
            }
            return x.transpose(order).copy();
        }

        /** Reduces the columns of x seen as {@code count} rows, if there is a quicker way than turning it; says whether. */
        boolean columns(NdArray x, NdArray out, int count) {
            return false;
        }

        /**
         * Reduces the middle one of three runs of dimensions, or else the two around it, if there is a way of its own; says
         * whether.
         */
        boolean between(float[] x, float[] out, int[] runs, boolean middle) {
            return false;
        }

        void floats(float[] x, float[] out, int from, int to, int count) {
            double[] row = new double[count];
            for (int i = from; i < to; i++) {
                for (int j = 0; j < count; j++) {
                    row[j] = x[i * count + j];
                }
                out[i] = (float) doubles(row, 0, count);
            }
        }

        double doubles(double[] x, int at, int count) {
            throw new UnsupportedOperationException(type());
        }

        long longs(NdArray x, int at, int count) {
            throw new UnsupportedOperationException(type());
        }

        boolean truths(boolean[] x, int at, int count) {
            throw new UnsupportedOperationException(type());
        }

        void complex(KernelContext k, NdArray x, NdArray out, int row, int count) {
            throw Types.noKernel(k, x.dtype());
        }
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
        boolean columns(NdArray x, NdArray out, int count) {
            if (x.dtype() != DType.FLOAT32) {
                return false;
            }
            float[] sums = out.floats();
            Arrays.fill(sums, 0);
            for (int i = 0; i < count; i++) {
                Sums.addRow(x.floats(), i * sums.length, sums);
            }
            int divisor = divisor(count);
            for (int j = 0; divisor != 1 && j < sums.length; j++) {
                sums[j] /= divisor;
            }
            return true;
        }

        @Override
        boolean between(float[] x, float[] out, int[] runs, boolean middle) {
            int first = runs[0];
            int second = runs[1];
            int third = runs[2];
            Arrays.fill(out, 0);
            if (middle) {
                Sums.middle(x, out, first, second, third);
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
                    java.util.Arrays.fill(ones, 1);
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
            try (io.retrograd.graph.NameScope scope = g.nameScope("Reshape")) {
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

    /** The position of the largest or smallest element along one dimension; the first of equals. */
    static final class Arg extends OpDef {
        private final boolean smallest;

        Arg(String type, boolean smallest) {
            super(
                    type,
                    "input: T, dimension: Tidx",
                    "output: output_type",
                    "T: " + Types.NUMBER,
                    "Tidx: int32|int64 = int32",
                    "output_type: int32|int64 = int64");
            this.smallest = smallest;
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(1, 0);
            Shape x = c.input(0);
            if (!x.hasRank()) {
                c.output(0, Shape.unknown());
                return;
            }
            if (x.rank() <= 1) {
                c.output(0, Shape.scalar());
                return;
            }
            Optional<NdArray> dimension = c.constant(1);
            if (dimension.isEmpty()) {
                c.output(0, Shape.unknownOfRank(x.rank() - 1));
                return;
            }
            int axis = dimension.get().getInt(0);
            if (axis < -x.rank() || axis >= x.rank()) {
                throw c.invalid("Dimension (" + axis + ") must be in the range [" + -x.rank() + ", " + x.rank()
                        + "), where " + x.rank() + " is the number of dimensions in the input.");
            }
            boolean[] reduced = new boolean[x.rank()];
            reduced[axis < 0 ? axis + x.rank() : axis] = true;
            c.output(0, Shape.of(Reduction.outputShape(x.toInts(), reduced, false)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            int rank = x.rank();
            int axis = k.input(1).getInt(0);
            if (axis < -rank || axis >= rank) {
                throw NnError.invalidArgument(
                        "Expected dimension in the range [" + -rank + ", " + rank + "), but got " + axis);
            }
            axis = axis < 0 ? axis + rank : axis;
            if (x.dim(axis) == 0) {
                throw NnError.invalidArgument("Reduction axis " + axis + " is empty in shape "
                        + io.retrograd.kernel.Broadcast.brackets(x.shape()));
            }
            boolean[] reduced = new boolean[rank];
            reduced[axis] = true;
            NdArray out = k.output(0, Reduction.outputShape(x.shape(), reduced, false));
            int n = x.dim(axis);
            int inner = 1;
            for (int i = axis + 1; i < rank; i++) {
                inner *= x.dim(i);
            }
            for (int i = 0; i < out.size(); i++) {
                int at = i / inner * n * inner + i % inner;
                out.setLong(i, x.dtype() == DType.FLOAT32 ? best(x.floats(), at, n, inner) : best(x, at, n, inner));
            }
        }

        private long best(float[] x, int at, int n, int step) {
            int best = 0;
            float value = x[at];
            for (int j = 1, p = at + step; j < n; j++, p += step) {
                if (smallest ? x[p] < value : x[p] > value) {
                    value = x[p];
                    best = j;
                }
            }
            return best;
        }

        private long best(NdArray x, int at, int n, int step) {
            int best = 0;
            for (int j = 1; j < n; j++) {
                int p = at + j * step;
                int q = at + best * step;
                int order = x.dtype().isFloating()
                        ? (x.getDouble(p) > x.getDouble(q) ? 1 : x.getDouble(p) < x.getDouble(q) ? -1 : 0)
                        : Long.compare(x.getLong(p), x.getLong(q));
                if (smallest ? order < 0 : order > 0) {
                    best = j;
                }
            }
            return best;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            return new Gradient[2];
        }
    }
}
