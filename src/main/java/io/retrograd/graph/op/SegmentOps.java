package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.cast;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.times;

import io.retrograd.error.NnError;
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
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reductions of the rows that carry the same number: sorted segments and unsorted ones. */
final class SegmentOps {
    private SegmentOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "SegmentSum" -> new Segment(type, How.SUM);
            case "SegmentMean" -> new Segment(type, How.MEAN);
            case "SegmentProd" -> new Segment(type, How.PROD);
            case "SegmentMin" -> new Segment(type, How.MIN);
            case "SegmentMax" -> new Segment(type, How.MAX);
            case "UnsortedSegmentSum" -> new Unsorted(type, How.SUM);
            case "UnsortedSegmentProd" -> new Unsorted(type, How.PROD);
            case "UnsortedSegmentMin" -> new Unsorted(type, How.MIN);
            case "UnsortedSegmentMax" -> new Unsorted(type, How.MAX);
            default -> null;
        };
    }

    private enum How {
        SUM,
        MEAN,
        PROD,
        MIN,
        MAX;

        double join(double a, double b) {
            return switch (this) {
                case SUM, MEAN -> a + b;
                case PROD -> a * b;
                case MIN -> Math.min(a, b);
                case MAX -> Math.max(a, b);
            };
        }

        long join(long a, long b) {
            return switch (this) {
                case SUM, MEAN -> a + b;
                case PROD -> a * b;
                case MIN -> Math.min(a, b);
                case MAX -> Math.max(a, b);
            };
        }

        /** What an unsorted segment without rows holds. */
        double empty(DType type) {
            return switch (this) {
                case SUM, MEAN -> 0;
                case PROD -> 1;
                case MIN -> -limit(type);
                case MAX -> limit(type);
            };
        }

        private static double limit(DType type) {
            return switch (type) {
                case FLOAT16 -> -65504;
                case FLOAT32 -> -Float.MAX_VALUE;
                case FLOAT64 -> -Double.MAX_VALUE;
                case INT64 -> Long.MIN_VALUE;
                default -> Integer.MIN_VALUE;
            };
        }
    }

    /** Joins row {@code from} of data to row {@code to} of out, which has been {@code started} or not. */
    private static void join(How how, NdArray data, int from, NdArray out, int to, int width, boolean started) {
        int p = from * width;
        int q = to * width;
        if (data.dtype() == DType.FLOAT32 && (how == How.SUM || how == How.MEAN)) {
            float[] a = data.floats();
            float[] b = out.floats();
            for (int j = 0; j < width; j++) {
                b[q + j] = started ? b[q + j] + a[p + j] : a[p + j];
            }
            return;
        }
        for (int j = 0; j < width; j++) {
            if (data.dtype().isInteger()) {
                long v = data.getLong(p + j);
                out.setLong(q + j, started ? how.join(out.getLong(q + j), v) : v);
            } else {
                double v = data.getDouble(p + j);
                out.setDouble(q + j, started ? how.join(out.getDouble(q + j), v) : v);
            }
        }
    }

    private static void checkOrder(NdArray ids) {
        for (int i = 0; i < ids.size(); i++) {
            if (ids.getLong(i) < 0) {
                throw NnError.invalidArgument("segment ids must be >= 0");
            }
            if (i > 0 && ids.getLong(i) < ids.getLong(i - 1)) {
                throw NnError.invalidArgument("segment ids are not increasing");
            }
        }
    }

    /** Segments whose numbers do not decrease. */
    static final class Segment extends OpDef {
        private final How how;

        Segment(String type, How how) {
            super(
                    type,
                    "data: T, segment_ids: Tindices",
                    "output: T",
                    "T: " + (how == How.SUM || how == How.MEAN || how == How.PROD ? Types.NUMBER : Types.REAL),
                    "Tindices: int32|int64");
            this.how = how;
        }

        @Override
        public void infer(ShapeContext c) {
            Shape data = c.withRankAtLeast(0, 1);
            c.withRank(1, 1);
            Shape rest = data.hasRank() ? data.slice(1, data.rank()) : Shape.unknown();
            c.output(0, Shape.unknownOfRank(1).concatenate(rest));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray data = k.input(0);
            NdArray ids = k.input(1);
            int n = ids.size();
            if (data.rank() == 0 || n != data.dim(0)) {
                throw NnError.invalidArgument("segment_ids should be the same size as dimension 0 of input.");
            }
            checkOrder(ids);
            int[] shape = data.shape();
            shape[0] = n == 0 ? 0 : ids.getInt(n - 1) + 1;
            NdArray out = NdArray.zeros(data.dtype(), shape);
            int width = n == 0 ? 0 : data.size() / n;
            if (n > 0 && how == How.PROD) {
                out.fill(1);
            }
            for (int from = 0; from < n; ) {
                int id = ids.getInt(from);
                int to = from;
                while (to < n && ids.getInt(to) == id) {
                    join(how, data, to, out, id, width, to > from);
                    to++;
                }
                if (to < n && ids.getInt(to) < id) {
                    throw NnError.invalidArgument("segment ids are not increasing");
                }
                for (int j = 0; how == How.MEAN && j < width; j++) {
                    int p = id * width + j;
                    if (data.dtype().isInteger()) {
                        out.setLong(p, out.getLong(p) / (to - from));
                    } else {
                        out.setDouble(p, out.getDouble(p) / (to - from));
                    }
                }
                from = to;
            }
            k.forward(0, out);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output ids = c.input(1);
            return switch (how) {
                case SUM -> new Gradient[] {gather(g, c.dense(), ids), null};
                case MEAN -> new Gradient[] {mean(c, g, ids), null};
                case MIN, MAX -> new Gradient[] {extreme(c, g, ids), null};
                case PROD -> super.gradient(c);
            };
        }

        private static Output mean(GradientContext c, Graph g, Output ids) {
            Output dy = c.dense();
            Output rank = Shapes.rank(g, c.input(0), null);
            Output idsShape = Shapes.shape(g, ids, null);
            Output further = binary(g, "ExpandDims", minus(g, rank, Literal.of(1)), Literal.of(0), null);
            Output ones = Shapes.fill(g, further, Literal.of(1), null);
            Output shape =
                    g.op("ConcatV2").name("concat").inputs(List.of(idsShape, ones)).input(Literal.of(0)).output();
            Output one = g.constant(NdArray.full(dy.dtype(), 1), "Const");
            Output counts = binary(g, "SegmentSum", Shapes.fill(g, shape, one, null), ids, null);
            return gather(g, over(g, dy, counts), ids);
        }

        private static Output extreme(GradientContext c, Graph g, Output ids) {
            Output dy = c.dense();
            Output zeros = Shapes.zerosLike(g, c.input(0), null);
            Output chosen = binary(g, "Equal", c.input(0), gather(g, c.output(0), ids), null);
            Output count = binary(g, "SegmentSum", cast(g, chosen, dy.dtype(), null), ids, null);
            Output shared = gather(g, over(g, dy, count), ids);
            return g.op("Select").input(chosen).input(shared).input(zeros).output();
        }
    }

    private static Output gather(Graph g, Output from, Output indices) {
        return g.op("GatherV2").input(from).input(indices).input(Literal.of(0)).output();
    }

    /** Segments in any order; rows with a negative number are left out. */
    static final class Unsorted extends OpDef {
        private final How how;

        Unsorted(String type, How how) {
            super(
                    type,
                    "data: T, segment_ids: Tindices, num_segments: Tnumsegments",
                    "output: T",
                    "T: " + (how == How.SUM || how == How.PROD ? Types.NUMBER : Types.REAL),
                    "Tindices: int32|int64",
                    "Tnumsegments: int32|int64 = int32");
            this.how = how;
        }

        @Override
        public void infer(ShapeContext c) {
            Shape data = c.input(0);
            Shape ids = c.input(1);
            c.withRank(2, 0);
            if (!data.hasRank() || !ids.hasRank()) {
                c.output(0, Shape.unknown());
                return;
            }
            if (data.rank() < ids.rank()) {
                throw c.invalid("Shape must be at least rank " + ids.rank() + " but is rank " + data.rank());
            }
            c.mergeShapes(data.slice(0, ids.rank()), ids);
            Optional<NdArray> count = c.constant(2);
            int n = count.isPresent() ? count.get().getInt(0) : Shape.UNKNOWN;
            c.output(0, Shape.of(n).concatenate(data.slice(ids.rank(), data.rank())));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray data = k.input(0);
            NdArray ids = k.input(1);
            int count = k.input(2).getInt(0);
            int[] shape = data.shape();
            if (shape.length < ids.rank() || !Arrays.equals(Arrays.copyOf(shape, ids.rank()), ids.shape())) {
                throw NnError.invalidArgument("data.shape = " + Broadcast.brackets(shape)
                        + " does not start with segment_ids.shape = " + Broadcast.brackets(ids.shape()));
            }
            if (count < 0) {
                throw NnError.invalidArgument("Input num_segments == " + count + " must not be negative.");
            }
            int[] to = new int[1 + shape.length - ids.rank()];
            to[0] = count;
            System.arraycopy(shape, ids.rank(), to, 1, to.length - 1);
            NdArray out = NdArray.zeros(data.dtype(), to);
            int width = 1;
            for (int i = 1; i < to.length; i++) {
                width *= to[i];
            }
            boolean[] started = new boolean[count];
            for (int i = 0; i < ids.size(); i++) {
                int id = ids.getInt(i);
                if (id < 0) {
                    continue;
                }
                if (id >= count) {
                    throw NnError.invalidArgument("segment_ids" + Broadcast.brackets(index(i, ids.shape())) + " = " + id
                            + " is out of range [0, " + count + ")");
                }
                join(how, data, i, out, id, width, started[id]);
                started[id] = true;
            }
            for (int id = 0; id < count; id++) {
                for (int j = 0; !started[id] && j < width; j++) {
                    out.setDouble(id * width + j, how.empty(data.dtype()));
                }
            }
            k.forward(0, out);
        }

        private static int[] index(int flat, int[] shape) {
            int[] index = new int[shape.length];
            for (int i = shape.length - 1; i >= 0; i--) {
                index[i] = flat % shape[i];
                flat /= shape[i];
            }
            return index;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dy = c.dense();
            Output data = c.input(0);
            Output ids = c.input(1);
            return switch (how) {
                case SUM -> new Gradient[] {Rows.of(g, dy, ids).values(), null, null};
                case MIN, MAX -> {
                    Rows best = Rows.of(g, c.output(0), ids);
                    Output chosen = binary(g, "Equal", data, best.values(), null);
                    chosen = binary(g, "LogicalAnd", chosen, best.valid(), null);
                    Output count = g.op("UnsortedSegmentSum")
                            .input(cast(g, chosen, dy.dtype(), null))
                            .input(ids)
                            .input(c.input(2))
                            .output();
                    Output shared = best.another(g, over(g, dy, count));
                    Output zeros = Shapes.zerosLike(g, shared, null);
                    yield new Gradient[] {select(g, chosen, shared, zeros), null, null};
                }
                default -> new Gradient[] {product(c, g, dy, data, ids), null, null};
            };
        }

        /** The product of the others; a segment with one zero passes its gradient to that zero alone. */
        private static Output product(GradientContext c, Graph g, Output dy, Output data, Output ids) {
            Output isZero = binary(g, "Equal", data, Literal.of(0), null);
            Output zeros = g.op("UnsortedSegmentSum")
                    .input(cast(g, isZero, DType.INT32, null))
                    .input(ids)
                    .input(c.input(2))
                    .output();
            Output several = binary(g, "Greater", zeros, Literal.of(1), null);
            Output flowing = select(g, several, Shapes.zerosLike(g, dy, null), dy);
            Output notZero = select(g, isZero, Shapes.onesLike(g, data, null, true, null), data);
            Output products =
                    g.op("UnsortedSegmentProd").input(notZero).input(ids).input(c.input(2)).output();
            Output at = binary(g, "Maximum", ids, Shapes.zerosLike(g, ids, null), null);
            Output all = gather(g, c.output(0), at);
            Output allButZero = gather(g, products, at);
            Output divided = over(g, all, data);
            Output slope = select(g, isZero, allButZero, divided);
            return times(g, Rows.of(g, flowing, ids, at).values(), slope);
        }

        private static Output select(Graph g, Output condition, Output yes, Output no) {
            return g.op("Select").input(condition).input(yes).input(no).output();
        }

        /** Rows picked by segment number, zeros where the number is negative. */
        private record Rows(Output values, Output at, Output valid) {

            static Rows of(Graph g, Output from, Output ids) {
                return of(g, from, ids, binary(g, "Maximum", ids, Shapes.zerosLike(g, ids, null), null));
            }

            static Rows of(Graph g, Output from, Output ids, Output at) {
                Output gathered = gather(g, from, at);
                Output valid = binary(g, "GreaterEqual", ids, Literal.of(0), null);
                int missing = gathered.shape().rank() - valid.shape().rank();
                for (int i = 0; i < missing; i++) {
                    valid = binary(g, "ExpandDims", valid, Literal.of(-1), null);
                }
                valid = MathOps.operator(g, "and", valid, Shapes.onesLike(g, gathered, DType.BOOL, true, null));
                return new Rows(select(g, valid, gathered, Shapes.zerosLike(g, gathered, null)), at, valid);
            }

            Output another(Graph g, Output from) {
                Output gathered = gather(g, from, at);
                return select(g, valid, gathered, Shapes.zerosLike(g, gathered, null));
            }
        }
    }
}
