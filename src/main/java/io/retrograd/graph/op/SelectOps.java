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
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Elements chosen by truth values, by being unique, by being largest; and class numbers spread out. */
final class SelectOps {
    private SelectOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Select" -> new Select();
            case "SelectV2" -> new SelectV2();
            case "Where" -> new Where();
            case "OneHot" -> new OneHot();
            case "Unique" -> new Unique(false);
            case "UniqueWithCounts" -> new Unique(true);
            case "ListDiff" -> new ListDiff();
            case "TopKV2" -> new TopK(true);
            case "TopK" -> new TopK(false);
            case "InTopK" -> new InTopK(false);
            case "InTopKV2" -> new InTopK(true);
            case "NthElement" -> new NthElement();
            case "LowerBound", "UpperBound" -> new Bound(type);
            default -> null;
        };
    }

    static final class Select extends OpDef {
        Select() {
            super("Select", "condition: bool, t: T, e: T", "output: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape data = c.mergeShapes(c.input(1), c.input(2));
            Shape condition = c.input(0);
            if (condition.hasRank() && data.hasRank() && condition.rank() != 0) {
                if (condition.rank() == 1 && data.rank() > 1) {
                    data = data.withDim(0, c.mergeDims(data.dim(0), condition.dim(0)));
                } else {
                    data = c.mergeShapes(data, condition);
                }
            }
            c.output(0, data);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray condition = k.input(0);
            NdArray t = k.input(1);
            NdArray e = k.input(2);
            if (!java.util.Arrays.equals(t.shape(), e.shape())) {
                throw NnError.invalidArgument("'t' and 'e' must have the same size.  but received: "
                        + Broadcast.brackets(t.shape()) + " vs. " + Broadcast.brackets(e.shape()));
            }
            NdArray out = k.output(0, t.shape());
            if (condition.rank() == 0) {
                out.assign(condition.getBoolean(0) ? t : e);
                return;
            }
            boolean[] c = condition.booleans();
            if (condition.rank() == 1 && t.rank() > 1) {
                if (condition.size() != t.dim(0)) {
                    throw NnError.invalidArgument("Number of batches of 'then' must match size of 'cond', but saw: "
                            + t.dim(0) + " vs. " + condition.size());
                }
                int run = c.length == 0 ? 0 : t.size() / condition.size();
                for (int i = 0; i < condition.size(); i++) {
                    Blocks.copy(c[i] ? t : e, i * run, out, i * run, run);
                }
                return;
            }
            if (condition.size() != t.size()) {
                throw NnError.invalidArgument("'cond' must be the same size as 'then', but saw: "
                        + Broadcast.brackets(condition.shape()) + " vs. " + Broadcast.brackets(t.shape()));
            }
            pick(c, t, e, out);
        }

        private static void pick(boolean[] c, NdArray t, NdArray e, NdArray out) {
            int n = out.size();
            switch (out.dtype()) {
                case FLOAT32 -> {
                    float[] a = t.floats();
                    float[] b = e.floats();
                    float[] o = out.floats();
                    for (int i = 0; i < n; i++) {
                        o[i] = c[i] ? a[i] : b[i];
                    }
                }
                case INT32 -> {
                    int[] a = t.ints();
                    int[] b = e.ints();
                    int[] o = out.ints();
                    for (int i = 0; i < n; i++) {
                        o[i] = c[i] ? a[i] : b[i];
                    }
                }
                default -> {
                    for (int i = 0; i < n; i++) {
                        Blocks.copy(c[i] ? t : e, i, out, i, 1);
                    }
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output zeros = Shapes.zerosLike(graph, g.input(1), null);
            return new Gradient[] {
                null,
                ArrayOps.select(graph, g.input(0), g.dense(), zeros, null),
                ArrayOps.select(graph, g.input(0), zeros, g.dense(), null)
            };
        }
    }

    /** As Select, with broadcasting. */
    static final class SelectV2 extends OpDef {
        SelectV2() {
            super("SelectV2", "condition: bool, t: T, e: T", "output: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.broadcast(c.input(0), c.broadcast(c.input(1), c.input(2))));
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = Broadcast.shape(k.input(0).shape(), Broadcast.shape(k.input(1).shape(), k.input(2).shape()));
            NdArray out = k.output(0, shape);
            NdArray condition = k.input(0).broadcastTo(shape).contiguous();
            NdArray t = k.input(1).broadcastTo(shape).contiguous();
            NdArray e = k.input(2).broadcastTo(shape).contiguous();
            for (int i = 0; i < out.size(); i++) {
                Blocks.copy(condition.getBoolean(i) ? t : e, i, out, i, 1);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output zeros = Shapes.zeros(graph, Shape.scalar(), g.dense().dtype(), null);
            Output[] sums = new Output[2];
            Output[] sides = {
                graph.op("SelectV2").input(g.input(0)).input(g.dense()).input(zeros).output(),
                graph.op("SelectV2").input(g.input(0)).input(zeros).input(g.dense()).output()
            };
            Output whole = Shapes.shape(graph, g.output(0), null);
            for (int i = 0; i < 2; i++) {
                Output shape = Shapes.shape(graph, g.input(i + 1), null);
                Output axes = graph.op("BroadcastGradientArgs").input(shape).input(whole).operation().output(0);
                Output sum = MathOps.reduce(graph, "Sum", sides[i], axes, true, null);
                sums[i] = ArrayOps.reshape(graph, sum, shape, null);
            }
            return new Gradient[] {null, sums[0], sums[1]};
        }
    }

    static final class Where extends OpDef {
        Where() {
            super("Where", "input: T", "index: int64", "T: " + Types.NUMBER + "|bool = bool");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(Shape.UNKNOWN, c.input(0).rank()));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int n = 0;
            for (int i = 0; i < in.size(); i++) {
                n += in.getBoolean(i) ? 1 : 0;
            }
            int rank = in.rank();
            NdArray out = k.output(0, n, rank);
            long[] places = out.longs();
            int[] at = new int[rank];
            int[] shape = in.shape();
            int row = 0;
            for (int i = 0; i < in.size(); i++) {
                if (in.getBoolean(i)) {
                    for (int d = 0; d < rank; d++) {
                        places[row * rank + d] = at[d];
                    }
                    row++;
                }
                PadOps.step(at, shape);
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class OneHot extends OpDef {
        OneHot() {
            super(
                    "OneHot",
                    "indices: TI, depth: int32, on_value: T, off_value: T",
                    "output: T",
                    "axis: int = -1",
                    "T: type",
                    "TI: uint8|int32|int64 = int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(1, 0);
            c.withRank(2, 0);
            c.withRank(3, 0);
            Shape in = c.input(0);
            long axis = c.operation().intAttribute("axis");
            if (axis < -1) {
                throw c.invalid("axis must be >= -1");
            }
            if (!in.hasRank()) {
                return;
            }
            if (axis > in.rank()) {
                throw c.invalid("Expected axis <= " + in.rank() + ", but got " + axis);
            }
            int at = axis == -1 ? in.rank() : (int) axis;
            int depth = Shape.UNKNOWN;
            Optional<NdArray> known = c.constant(1);
            if (known.isPresent()) {
                depth = known.get().getInt(0);
                if (depth < 0) {
                    throw c.invalid("Dimension size, given by scalar input 1, must be non-negative but is " + depth);
                }
            }
            c.output(0, in.slice(0, at).concatenate(Shape.of(depth)).concatenate(in.slice(at, in.rank())));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int depth = k.input(1).getInt(0);
            if (depth < 0) {
                throw NnError.invalidArgument("depth must be non-negative, got: " + depth);
            }
            long axis = k.operation().intAttribute("axis");
            int at = axis == -1 ? in.rank() : (int) axis;
            int[] shape = new int[in.rank() + 1];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = i == at ? depth : in.dim(i < at ? i : i - 1);
            }
            NdArray out = k.output(0, shape);
            Blocks.fill(out, k.input(3));
            NdArray on = k.input(2);
            int inner = Blocks.product(shape, at + 1, shape.length);
            for (int i = 0; i < in.size(); i++) {
                long cls = in.getLong(i);
                if (cls >= 0 && cls < depth) {
                    Blocks.copy(on, 0, out, (i / inner * depth + (int) cls) * inner + i % inner, 1);
                }
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** An element as a key by value. */
    private static Object key(NdArray a, int i) {
        return switch (a.dtype()) {
            case STRING -> ByteBuffer.wrap((byte[]) a.getObject(i));
            case FLOAT16, FLOAT32, FLOAT64 -> (Object) (a.getDouble(i) + 0.0);
            case COMPLEX64, COMPLEX128 -> List.of(a.getDouble(i), a.getImaginary(i));
            default -> (Object) a.getLong(i);
        };
    }

    static final class Unique extends OpDef {
        private final boolean counts;

        Unique(boolean counts) {
            super(
                    counts ? "UniqueWithCounts" : "Unique",
                    "x: T",
                    counts ? "y: T, idx: out_idx, count: out_idx" : "y: T, idx: out_idx",
                    "T: type",
                    "out_idx: int32|int64 = int32");
            this.counts = counts;
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(Shape.UNKNOWN));
            c.output(1, c.withRank(0, 1));
            if (counts) {
                c.output(2, Shape.of(Shape.UNKNOWN));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            if (x.rank() != 1) {
                throw NnError.invalidArgument("unique expects a 1D vector.");
            }
            Map<Object, Integer> seen = new HashMap<>();
            List<Integer> first = new ArrayList<>();
            NdArray idx = k.output(1, x.size());
            int[] number = new int[x.size()];
            for (int i = 0; i < x.size(); i++) {
                Integer at = seen.get(key(x, i));
                if (at == null) {
                    at = first.size();
                    seen.put(key(x, i), at);
                    first.add(i);
                }
                idx.setLong(i, at);
                number[at]++;
            }
            NdArray y = k.output(0, first.size());
            for (int i = 0; i < first.size(); i++) {
                Blocks.copy(x, first.get(i), y, i, 1);
            }
            if (counts) {
                NdArray count = k.output(2, first.size());
                for (int i = 0; i < first.size(); i++) {
                    count.setLong(i, number[i]);
                }
            }
        }
    }

    static final class ListDiff extends OpDef {
        ListDiff() {
            super("ListDiff", "x: T, y: T", "out: T, idx: out_idx", "T: type", "out_idx: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 1);
            c.withRank(1, 1);
            c.output(0, Shape.of(Shape.UNKNOWN));
            c.output(1, Shape.of(Shape.UNKNOWN));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray y = k.input(1);
            Set<Object> without = new HashSet<>();
            for (int i = 0; i < y.size(); i++) {
                without.add(key(y, i));
            }
            List<Integer> left = new ArrayList<>();
            for (int i = 0; i < x.size(); i++) {
                if (!without.contains(key(x, i))) {
                    left.add(i);
                }
            }
            NdArray out = k.output(0, left.size());
            NdArray idx = k.output(1, left.size());
            for (int i = 0; i < left.size(); i++) {
                Blocks.copy(x, left.get(i), out, i, 1);
                idx.setLong(i, left.get(i));
            }
        }
    }

    /** Row-wise order: larger first, then the smaller index. */
    private static Integer[] descending(NdArray in, int from, int n) {
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        boolean whole = in.dtype().isInteger();
        int[] left = {StopCheck.INTERVAL};
        java.util.Arrays.sort(order, (a, b) -> {
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
            NdArray out = k.output(0, java.util.Arrays.copyOf(in.shape(), in.rank() - 1));
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
