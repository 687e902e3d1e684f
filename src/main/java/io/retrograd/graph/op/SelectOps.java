package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
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

/** Elements chosen by truth values, and kept between two bounds. */
final class SelectOps {
    private SelectOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Select" -> new Select();
            case "SelectV2" -> new SelectV2();
            case "Where" -> new Where();
            case "ClipByValue" -> new ClipByValue();
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
            if (!t.hasShapeOf(e)) {
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
}
