package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.times;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.SpecialFunctions;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Sums of several tensors, running sums, evenly spaced numbers, counts and clipping. */
final class SequenceOps {
    private SequenceOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "AddN" -> new AddN();
            case "AccumulateNV2" -> new AccumulateN();
            case "Range" -> new Range();
            case "LinSpace" -> new LinSpace();
            case "Cumsum" -> new Cumsum();
            case "Cumprod" -> new Cumprod();
            case "CumulativeLogsumexp" -> new CumulativeLogsumexp();
            case "Bincount" -> new Bincount();
            case "HistogramFixedWidth" -> new HistogramFixedWidth();
            case "Bucketize" -> new Bucketize();
            case "ClipByValue" -> new ClipByValue();
            case "SparseTensorDenseAdd" -> new SparseTensorDenseAdd();
            default -> null;
        };
    }

    /** The sum of tensors of one shape. */
    static class AddN extends OpDef {
        AddN() {
            this("AddN", "T: " + Types.NUMBER + "|variant");
        }

        AddN(String type, String... attributes) {
            super(type, "inputs: N * T", "sum: T", attributes);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape all = c.input(c.inputCount() - 1);
            for (int i = c.inputCount() - 2; i >= 0; i--) {
                try {
                    all = c.mergeShapes(c.input(i), all);
                } catch (NnError mistake) {
                    throw c.invalid(mistake.getMessage() + "\n\tFrom merging shape " + i + " with other shapes.");
                }
            }
            c.output(0, all);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray first = k.input(0);
            for (int i = 1; i < k.inputCount(); i++) {
                if (!Arrays.equals(first.shape(), k.input(i).shape())) {
                    throw NnError.invalidArgument("Inputs to operation " + k.operation().name() + " of type " + type()
                            + " must have the same size and shape.  Input 0: " + Broadcast.brackets(first.shape())
                            + " != input " + i + ": " + Broadcast.brackets(k.input(i).shape()));
                }
            }
            if (k.inputCount() == 1) {
                k.forward(0, first);
                return;
            }
            NdArray out = k.output(0, first.shape());
            int[] order = k.state(int[].class, () -> order(k.operation()));
            for (int i = 1; i < order.length; i++) {
                add(k, i == 1 ? k.input(order[0]) : out, k.input(order[i]), out);
            }
        }

        /**
         * The inputs sorted by name. TensorFlow's graph optimizer sorts the inputs of commutative operations, so that equal
         * operations look the same, and with three or more the order decides about the last digit.
         */
        private static int[] order(Operation operation) {
            Integer[] order = new Integer[operation.inputs().size()];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparing(i -> nameOf(operation.input(i))));
            return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        }

        private static String nameOf(Output input) {
            return input.index() == 0 ? input.operation().name() : input.name();
        }

        private static void add(KernelContext k, NdArray x, NdArray y, NdArray z) {
            int n = z.size();
            switch (z.dtype()) {
                case FLOAT32 -> {
                    float[] a = x.floats();
                    float[] b = y.floats();
                    float[] c = z.floats();
                    Tiles.run(n, k::checkInterrupt, (from, to) -> {
                        for (int i = from; i < to; i++) {
                            c[i] = a[i] + b[i];
                        }
                    });
                }
                case COMPLEX64, COMPLEX128 -> {
                    for (int i = 0; i < n; i++) {
                        z.setComplex(i, x.getDouble(i) + y.getDouble(i), x.getImaginary(i) + y.getImaginary(i));
                    }
                }
                case FLOAT64, FLOAT16 -> {
                    for (int i = 0; i < n; i++) {
                        z.setDouble(i, x.getDouble(i) + y.getDouble(i));
                    }
                }
                default -> {
                    for (int i = 0; i < n; i++) {
                        z.setLong(i, x.getLong(i) + y.getLong(i));
                    }
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Gradient[] all = new Gradient[c.operation().inputCount()];
            Arrays.fill(all, c.upstream(0));
            return all;
        }
    }

    static final class AccumulateN extends AddN {
        AccumulateN() {
            super("AccumulateNV2", "T: " + Types.NUMBER, "shape: shape");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.operation().shapeAttribute("shape"));
        }
    }

    /** start, start + delta … below limit. */
    static final class Range extends OpDef {
        Range() {
            super(
                    "Range",
                    "start: Tidx, limit: Tidx, delta: Tidx",
                    "output: Tidx",
                    "Tidx: bfloat16|float|double|int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            String[] names = {"start", "limit", "delta"};
            boolean known = true;
            for (int i = 0; i < 3; i++) {
                if (c.input(i).hasRank() && c.input(i).rank() != 0) {
                    throw c.invalid("Shape must be rank 0 but is rank " + c.input(i).rank() + "\n\t for '" + names[i] + "'");
                }
                known &= c.constant(i).isPresent();
            }
            if (!known) {
                c.output(0, Shape.unknownOfRank(1));
                return;
            }
            try {
                long n = size(c.constant(0).get(), c.constant(1).get(), c.constant(2).get());
                c.output(0, Shape.ofLongs(n));
            } catch (NnError mistake) {
                throw c.invalid(mistake.getMessage());
            }
        }

        private static long size(NdArray start, NdArray limit, NdArray delta) {
            if (start.dtype().isFloating()) {
                double a = start.getDouble(0);
                double b = limit.getDouble(0);
                double d = delta.getDouble(0);
                check(a <= b, a >= b, d > 0, d < 0, a, b);
                return (long) Math.ceil(Math.abs((b - a) / d));
            }
            long a = start.getLong(0);
            long b = limit.getLong(0);
            long d = delta.getLong(0);
            check(a <= b, a >= b, d > 0, d < 0, a, b);
            return (Math.abs(b - a) + Math.abs(d) - 1) / Math.abs(d);
        }

        private static void check(boolean up, boolean down, boolean positive, boolean negative, Object a, Object b) {
            if (!positive && !negative) {
                throw NnError.invalidArgument("Requires delta != 0");
            }
            if (positive && !up) {
                throw NnError.invalidArgument("Requires start <= limit when delta > 0: " + text(a) + "/" + text(b));
            }
            if (negative && !down) {
                throw NnError.invalidArgument("Requires start >= limit when delta < 0: " + text(a) + "/" + text(b));
            }
        }

        private static String text(Object number) {
            return number instanceof Double d && d == Math.rint(d) ? Long.toString(d.longValue()) : number.toString();
        }

        @Override
        public void compute(KernelContext k) {
            for (int i = 0; i < 3; i++) {
                if (k.input(i).rank() != 0) {
                    String[] names = {"start", "limit", "delta"};
                    throw NnError.invalidArgument(
                            names[i] + " must be a scalar, not shape " + Broadcast.brackets(k.input(i).shape()));
                }
            }
            NdArray start = k.input(0);
            NdArray delta = k.input(2);
            long n = size(start, k.input(1), delta);
            NdArray out = NdArray.zeros(io.retrograd.tensor.Allocation.TENSORFLOW, start.dtype(), n);
            switch (start.dtype()) {
                case FLOAT32 -> {
                    // TensorFlow adds delta again and again, in float.
                    float v = start.getFloat(0);
                    for (int i = 0; i < n; i++, v += delta.getFloat(0)) {
                        out.floats()[i] = v;
                    }
                }
                case FLOAT64 -> {
                    double v = start.getDouble(0);
                    for (int i = 0; i < n; i++, v += delta.getDouble(0)) {
                        out.doubles()[i] = v;
                    }
                }
                default -> {
                    long v = start.getLong(0);
                    for (int i = 0; i < n; i++, v += delta.getLong(0)) {
                        out.setLong(i, v);
                    }
                }
            }
            k.forward(0, out);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** num numbers from start to stop, both included. */
    static final class LinSpace extends OpDef {
        LinSpace() {
            super(
                    "LinSpace",
                    "start: T, stop: T, num: Tidx",
                    "output: T",
                    "T: bfloat16|float|double",
                    "Tidx: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            for (int i = 0; i < 3; i++) {
                c.withRank(i, 0);
            }
            Optional<NdArray> num = c.constant(2);
            if (num.isEmpty()) {
                c.output(0, Shape.unknownOfRank(1));
                return;
            }
            if (num.get().getLong(0) <= 0) {
                throw c.invalid("Requires num > 0: " + num.get().getLong(0));
            }
            c.output(0, Shape.ofLongs(num.get().getLong(0)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray start = k.input(0);
            int n = k.input(2).getInt(0);
            if (n <= 0) {
                throw NnError.invalidArgument("Requires num > 0: " + n);
            }
            NdArray out = k.output(0, n);
            if (start.dtype() == DType.FLOAT32) {
                float a = start.getFloat(0);
                float b = k.input(1).getFloat(0);
                float step = n > 1 ? (b - a) / (n - 1) : 0;
                for (int i = 0; i < n; i++) {
                    out.floats()[i] = i == n - 1 && n > 1 ? b : a + step * i;
                }
            } else {
                double a = start.getDouble(0);
                double b = k.input(1).getDouble(0);
                double step = n > 1 ? (b - a) / (n - 1) : 0;
                for (int i = 0; i < n; i++) {
                    out.setDouble(i, i == n - 1 && n > 1 ? b : a + step * i);
                }
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** A running sum, product … along one dimension. */
    abstract static class Scan extends OpDef {
        Scan(String type, String types) {
            super(
                    type,
                    "x: T, axis: Tidx",
                    "out: T",
                    "exclusive: bool = false",
                    "reverse: bool = false",
                    "T: " + types,
                    "Tidx: int32|int64 = int32");
        }

        abstract double start();

        abstract double step(double all, double next);

        abstract long step(long all, long next);

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            if (k.input(1).rank() != 0) {
                throw NnError.invalidArgument(
                        "ScanOp: axis must be a scalar, not " + Broadcast.brackets(k.input(1).shape()));
            }
            int axis = k.input(1).getInt(0);
            int rank = x.rank();
            if (axis < -rank || axis >= rank) {
                throw NnError.invalidArgument("ScanOp: Expected scan axis in the range [" + -rank + ", " + rank
                        + "), but got " + axis);
            }
            axis = axis < 0 ? axis + rank : axis;
            boolean exclusive = k.operation().flag("exclusive");
            boolean reverse = k.operation().flag("reverse");
            NdArray out = k.output(0, x.shape());
            int n = x.dim(axis);
            int inner = 1;
            for (int i = axis + 1; i < rank; i++) {
                inner *= x.dim(i);
            }
            boolean whole = x.dtype().isInteger();
            for (int line = 0; n > 0 && line < x.size() / n; line++) {
                int first = line / inner * n * inner + line % inner;
                double all = start();
                long sum = (long) all;
                for (int j = 0; j < n; j++) {
                    int p = first + (reverse ? n - 1 - j : j) * inner;
                    if (whole) {
                        long next = step(sum, x.getLong(p));
                        out.setLong(p, exclusive ? sum : next);
                        sum = next;
                    } else {
                        double next = rounded(x.dtype(), step(all, x.getDouble(p)));
                        out.setDouble(p, exclusive ? all : next);
                        all = next;
                    }
                }
            }
        }

        /** Floats are rounded at each step, as TensorFlow does. */
        private static double rounded(DType type, double x) {
            return type == DType.FLOAT32 ? (float) x : x;
        }

        Output again(Graph g, Output x, Output axis, GradientContext c, boolean turned) {
            boolean reverse = c.operation().flag("reverse") != turned;
            return MathOps.scan(g, type(), x, axis, c.operation().flag("exclusive"), reverse, null);
        }
    }

    static final class Cumsum extends Scan {
        Cumsum() {
            super("Cumsum", Types.NUMBER);
        }

        @Override
        double start() {
            return 0;
        }

        @Override
        double step(double all, double next) {
            return all + next;
        }

        @Override
        long step(long all, long next) {
            return all + next;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            return new Gradient[] {again(c.graph(), c.dense(), c.input(1), c, true), null};
        }
    }

    static final class Cumprod extends Scan {
        Cumprod() {
            super("Cumprod", Types.NUMBER);
        }

        @Override
        double start() {
            return 1;
        }

        @Override
        double step(double all, double next) {
            return all * next;
        }

        @Override
        long step(long all, long next) {
            return all * next;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output axis = c.input(1);
            Output dy = c.dense();
            Output product = again(g, x, axis, c, false);
            boolean reverse = !c.operation().flag("reverse");
            boolean exclusive = c.operation().flag("exclusive");
            Output sum = MathOps.scan(g, "Cumsum", times(g, product, dy), axis, exclusive, reverse, null);
            return new Gradient[] {over(g, sum, x), null};
        }
    }

    static final class CumulativeLogsumexp extends Scan {
        CumulativeLogsumexp() {
            super("CumulativeLogsumexp", "half|float|double");
        }

        @Override
        double start() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        double step(double all, double next) {
            return SpecialFunctions.logAddExp(all, next);
        }

        @Override
        long step(long all, long next) {
            throw new UnsupportedOperationException();
        }
    }

    /** How often each of 0 … size-1 occurs, or the sum of its weights. */
    static final class Bincount extends OpDef {
        Bincount() {
            super("Bincount", "arr: int32, size: int32, weights: T", "bins: T", "T: int32|int64|float|double");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(1, 0);
            Optional<NdArray> size = c.constant(1);
            if (size.isPresent() && size.get().getInt(0) < 0) {
                throw c.invalid("size (" + size.get().getInt(0) + ") must be non-negative");
            }
            c.output(0, size.map(s -> Shape.of(s.getInt(0))).orElse(Shape.unknownOfRank(1)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray values = k.input(0);
            NdArray weights = k.input(2);
            int size = k.input(1).getInt(0);
            if (size < 0) {
                throw NnError.invalidArgument("size (" + size + ") must be non-negative");
            }
            NdArray bins = NdArray.zeros(weights.dtype(), size);
            for (int i = 0; i < values.size(); i++) {
                int v = values.getInt(i);
                if (v < 0) {
                    throw NnError.invalidArgument("Input arr must be non-negative!");
                }
                if (v < size) {
                    bins.setDouble(v, bins.getDouble(v) + (weights.size() == 0 ? 1 : weights.getDouble(i)));
                }
            }
            k.forward(0, bins);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class HistogramFixedWidth extends OpDef {
        HistogramFixedWidth() {
            super(
                    "HistogramFixedWidth",
                    "values: T, value_range: T, nbins: int32",
                    "out: dtype",
                    "T: int32|int64|float|double",
                    "dtype: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(1, 1);
            c.withRank(2, 0);
            c.output(0, c.constant(2).map(n -> Shape.of(n.getInt(0))).orElse(Shape.unknownOfRank(1)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray values = k.input(0);
            double low = k.input(1).getDouble(0);
            double high = k.input(1).getDouble(1);
            int n = k.input(2).getInt(0);
            if (!(low < high)) {
                throw NnError.invalidArgument("value_range should satisfy value_range[0] < value_range[1], but got '["
                        + low + ", " + high + "]'");
            }
            if (n <= 0) {
                throw NnError.invalidArgument("nbins should be a positive number, but got '" + n + "'");
            }
            NdArray out = NdArray.zeros(k.operation().output(0).dtype(), n);
            double step = (high - low) / n;
            for (int i = 0; i < values.size(); i++) {
                double bin = (values.getDouble(i) - low) / step;
                int b = (int) Math.max(0, Math.min(n - 1, Math.floor(bin)));
                out.setLong(b, out.getLong(b) + 1);
            }
            k.forward(0, out);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** The number of the interval between boundaries that each element lies in. */
    static final class Bucketize extends OpDef {
        Bucketize() {
            super("Bucketize", "input: T", "output: int32", "T: int32|int64|float|double", "boundaries: list(float)");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            List<?> boundaries = k.operation().attribute("boundaries");
            NdArray x = k.input(0);
            NdArray y = k.output(0, x.shape());
            for (int i = 0; i < x.size(); i++) {
                int b = 0;
                while (b < boundaries.size() && x.getDouble(i) >= ((Number) boundaries.get(b)).doubleValue()) {
                    b++;
                }
                y.setLong(i, b);
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** The operation ClipByValue; {@code tf.clip_by_value} makes Minimum and Maximum instead. */
    static final class ClipByValue extends OpDef {
        ClipByValue() {
            super(
                    "ClipByValue",
                    "t: T, clip_value_min: T, clip_value_max: T",
                    "output: T",
                    "T: " + Types.NUMBER);
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            int[] shape = x.shape();
            NdArray low = Broadcast.expand(k.input(1), shape);
            NdArray high = Broadcast.expand(k.input(2), shape);
            NdArray y = k.output(0, shape);
            for (int i = 0; i < x.size(); i++) {
                if (x.dtype().isFloating()) {
                    y.setDouble(i, Math.max(Math.min(x.getDouble(i), high.getDouble(i)), low.getDouble(i)));
                } else {
                    y.setLong(i, Math.max(Math.min(x.getLong(i), high.getLong(i)), low.getLong(i)));
                }
            }
        }
    }

    /** Adds values at some places of a tensor. */
    static final class SparseTensorDenseAdd extends OpDef {
        SparseTensorDenseAdd() {
            super(
                    "SparseTensorDenseAdd",
                    "a_indices: Tindices, a_values: T, a_shape: Tindices, b: T",
                    "output: T",
                    "T: " + Types.NUMBER,
                    "Tindices: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 2);
            c.withRank(1, 1);
            c.withRank(2, 1);
            c.output(0, c.input(3));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray at = k.input(0);
            NdArray values = k.input(1);
            NdArray out = k.input(3).copy();
            int rank = out.rank();
            for (int i = 0; i < values.size(); i++) {
                int p = 0;
                for (int d = 0; d < rank; d++) {
                    long index = at.getLong(i * rank + d);
                    if (index < 0 || index >= out.dim(d)) {
                        throw NnError.invalidArgument("Sparse tensor has some invalid index on dimension " + d
                                + ", max allowed = " + (out.dim(d) - 1));
                    }
                    p = p * out.dim(d) + (int) index;
                }
                if (out.dtype().isInteger()) {
                    out.setLong(p, out.getLong(p) + values.getLong(i));
                } else {
                    out.setDouble(p, out.getDouble(p) + values.getDouble(i));
                }
            }
            k.forward(0, out);
        }
    }
}
