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
import io.retrograd.kernel.Blocks;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;

/** Elements by their rank: the largest, the n-th, where others would be sorted in. */
final class RankOps {
    private RankOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "TopKV2" -> new TopK(true);
            case "TopK" -> new TopK(false);
            case "InTopK" -> new InTopK(false);
            case "InTopKV2" -> new InTopK(true);
            case "NthElement" -> new NthElement();
            case "LowerBound", "UpperBound" -> new Bound(type);
            default -> null;
        };
    }

    /** Row-wise order: larger first, then the smaller index. */
    private static Integer[] descending(NdArray in, int from, int n) {
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        boolean whole = in.dtype().isInteger();
        int[] left = {StopCheck.INTERVAL};
        Arrays.sort(order, (a, b) -> {
            if (--left[0] == 0) {
                left[0] = StopCheck.INTERVAL;
                StopCheck.ask();
            }
            int c = whole
                    ? Long.compare(in.getLong(from + b), in.getLong(from + a))
                    : Double.compare(in.getDouble(from + b), in.getDouble(from + a));
            return c != 0 ? c : Integer.compare(a, b);
        });
        return order;
    }

    static final class TopK extends OpDef {
        private final boolean asInput;

        TopK(boolean asInput) {
            super(
                    asInput ? "TopKV2" : "TopK",
                    asInput ? "input: T, k: int32" : "input: T",
                    "values: T, indices: int32",
                    asInput
                            ? new String[] {"sorted: bool = true", "T: " + Types.REAL}
                            : new String[] {"k: int", "sorted: bool = true", "T: " + Types.REAL});
            this.asInput = asInput;
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRankAtLeast(0, 1);
            int n = !asInput ? (int) c.operation().intAttribute("k") : c.constant(1).map(v -> v.getInt(0)).orElse(Shape.UNKNOWN);
            if (in.hasRank() && in.dim(-1) != Shape.UNKNOWN && n > in.dim(-1)) {
                throw c.invalid("input must have last dimension >= k = " + n + " but is " + in.dim(-1));
            }
            Shape out = in.hasRank() ? in.withDim(-1, n) : in;
            c.output(0, out);
            c.output(1, out);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int n = asInput ? k.input(1).getInt(0) : (int) k.operation().intAttribute("k");
            int columns = in.dim(-1);
            if (n < 0) {
                throw NnError.invalidArgument("Need k >= 0, got " + n);
            }
            if (columns < n) {
                throw NnError.invalidArgument("input must have at least k columns. Had " + columns + ", needed " + n);
            }
            int[] shape = in.shape();
            shape[shape.length - 1] = n;
            NdArray values = k.output(0, shape);
            NdArray indices = k.output(1, shape);
            int rows = columns == 0 ? 0 : in.size() / columns;
            for (int r = 0; r < rows; r++) {
                Integer[] order = descending(in, r * columns, columns);
                for (int i = 0; i < n; i++) {
                    Blocks.copy(in, r * columns + order[i], values, r * n + i, 1);
                    indices.setLong(r * n + i, order[i]);
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output inShape = Shapes.shape(graph, g.input(0), null);
            Output indShape = Shapes.shape(graph, g.output(1), null);
            Output indLast = lastDimension(graph, indShape);
            Output flat = ArrayOps.reshape(
                    graph, g.output(1), ArrayOps.stack(graph, Literal.of(-1), indLast), null);
            Output inLast = lastDimension(graph, inShape);
            Output outer = ArrayOps.at(graph, Shapes.shape(graph, flat, null), 0);
            Output limit = MathOps.times(graph, MathOps.cast(graph, outer, DType.INT64, null), inLast);
            Output starts = MathOps.range(graph, Literal.of(0), limit, inLast, null, null);
            Output column = MathOps.cast(graph, ArrayOps.expandDims(graph, starts, -1), DType.INT32, null);
            Output places = ArrayOps.reshape(graph, MathOps.plus(graph, flat, column), Literal.ofInts(-1), null);
            Output rows = ArrayOps.expandDims(graph, places, -1);
            Output values = ArrayOps.reshape(graph, g.dense(), Literal.ofInts(-1), null);
            Output count = MathOps.reduce(graph, "Prod", inShape, null, false, null);
            Output spread = graph.op("ScatterNd").input(rows).input(values).input(ArrayOps.vector(count)).output();
            Gradient[] all = new Gradient[g.operation().inputCount()];
            all[0] = ArrayOps.reshape(graph, spread, inShape, null);
            if (asInput) {
                all[1] = Shapes.zeros(graph, Shape.scalar(), DType.INT32, null);
            }
            return all;
        }

        private static Output lastDimension(Graph g, Output shape) {
            Output wide = MathOps.cast(g, shape, DType.INT64, null);
            Output last = MathOps.minus(g, Shapes.size(g, shape, DType.INT32, null), Literal.of(1));
            return ArrayOps.gather(g, wide, last);
        }
    }

    static final class InTopK extends OpDef {
        private final boolean asInput;

        InTopK(boolean asInput) {
            super(
                    asInput ? "InTopKV2" : "InTopK",
                    asInput ? "predictions: float, targets: T, k: T" : "predictions: float, targets: T",
                    "precision: bool",
                    asInput ? new String[] {"T: int32|int64 = int32"} : new String[] {"k: int", "T: int32|int64 = int32"});
            this.asInput = asInput;
        }

        @Override
        public void infer(ShapeContext c) {
            Shape predictions = c.withRank(0, 2);
            Shape targets = c.withRank(1, 1);
            c.output(0, Shape.of(c.mergeDims(predictions.dim(0), targets.dim(0))));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray predictions = k.input(0);
            NdArray targets = k.input(1);
            long most = asInput ? k.input(2).getLong(0) : k.operation().intAttribute("k");
            if (predictions.rank() != 2) {
                throw NnError.invalidArgument("predictions must be 2-dimensional");
            }
            if (predictions.dim(0) != targets.size()) {
                throw NnError.invalidArgument("First dimension of predictions " + predictions.dim(0)
                        + " must match length of targets " + targets.size());
            }
            int classes = predictions.dim(1);
            NdArray out = k.output(0, targets.size());
            for (int r = 0; r < targets.size(); r++) {
                long t = targets.getLong(r);
                boolean fine = t >= 0 && t < classes && Float.isFinite(predictions.getFloat(r * classes + (int) t));
                int larger = 0;
                for (int j = 0; fine && j < classes; j++) {
                    float p = predictions.getFloat(r * classes + j);
                    fine = Float.isFinite(p);
                    larger += p > predictions.getFloat(r * classes + (int) t) ? 1 : 0;
                }
                out.booleans()[r] = fine && larger < most;
            }
        }
    }

    static final class NthElement extends OpDef {
        NthElement() {
            super("NthElement", "input: T, n: int32", "values: T", "reverse: bool = false", "T: " + Types.REAL);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRankAtLeast(0, 1);
            c.output(0, in.hasRank() ? in.slice(0, in.rank() - 1) : in);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int n = k.input(1).getInt(0);
            int columns = in.dim(-1);
            if (n < 0 || n >= columns) {
                throw NnError.invalidArgument("Input must have at least n+1 columns");
            }
            int rows = in.size() / columns;
            NdArray out = k.output(0, Arrays.copyOf(in.shape(), in.rank() - 1));
            for (int r = 0; r < rows; r++) {
                Integer[] order = descending(in, r * columns, columns);
                int at = k.operation().flag("reverse") ? n : columns - 1 - n;
                Blocks.copy(in, r * columns + order[at], out, r, 1);
            }
        }
    }

    static final class Bound extends OpDef {
        Bound(String type) {
            super(type, "sorted_inputs: T, values: T", "output: out_type", "T: type", "out_type: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(1));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray sorted = k.input(0);
            NdArray values = k.input(1);
            boolean upper = type().equals("UpperBound");
            NdArray out = k.output(0, values.shape());
            int n = sorted.dim(-1);
            int m = values.dim(-1);
            for (int i = 0; i < values.size(); i++) {
                int row = i / m * n;
                int low = 0;
                int high = n;
                while (low < high) {
                    int mid = (low + high) >>> 1;
                    double s = sorted.getDouble(row + mid);
                    double v = values.getDouble(i);
                    if (upper ? s <= v : s < v) {
                        low = mid + 1;
                    } else {
                        high = mid;
                    }
                }
                out.setLong(i, low);
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
