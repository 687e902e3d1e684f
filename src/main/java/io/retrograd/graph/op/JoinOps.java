package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tensors put together along a dimension: concatenating, stacking. */
final class JoinOps {
    /** From so many inputs on, a concatenation's gradient is one split and not a slice for each (TensorFlow's number). */
    private static final int MANY = 16;

    private JoinOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Concat" -> new Concat(false);
            case "ConcatV2" -> new Concat(true);
            case "ConcatOffset" -> new ConcatOffset();
            case "Pack" -> new Pack();
            default -> null;
        };
    }

    /** Copies an input into its place along a dimension: {@code outer} runs of {@code run} elements each. */
    private static void place(NdArray from, NdArray to, int outer, int run, int stride, int at) {
        for (int i = 0; i < outer; i++) {
            Blocks.copy(from, i * run, to, i * stride + at, run);
        }
    }

    static final class Concat extends OpDef {
        private final boolean axisLast;

        Concat(boolean axisLast) {
            super(
                    axisLast ? "ConcatV2" : "Concat",
                    axisLast ? "values: N * T, axis: Tidx" : "concat_dim: int32, values: N * T",
                    "output: T",
                    axisLast ? new String[] {"N: int", "T: type", "Tidx: int32|int64 = int32"} : new String[] {"N: int", "T: type"});
            this.axisLast = axisLast;
        }

        private int axisInput(int inputs) {
            return axisLast ? inputs - 1 : 0;
        }

        private int first() {
            return axisLast ? 0 : 1;
        }

        @Override
        public void infer(ShapeContext c) {
            int n = c.inputCount() - 1;
            if (n < 2 && axisLast) {
                throw NnError.value("Expected at least 2 values, got " + n);
            }
            Optional<NdArray> axis = c.constant(axisInput(c.inputCount()));
            c.withRank(axisInput(c.inputCount()), 0);
            Shape all = c.input(first());
            if (axis.isEmpty()) {
                int rank = Shape.UNKNOWN;
                for (int i = 0; i < n; i++) {
                    rank = Math.max(rank, c.input(first() + i).rank());
                }
                c.output(0, rank == Shape.UNKNOWN ? Shape.unknown() : Shape.unknownOfRank(rank));
                return;
            }
            long at = axis.get().getLong(0);
            for (int i = 1; i < n; i++) {
                all = join(c, all, c.input(first() + i), at);
            }
            if (all.hasRank() && (at >= all.rank() || at < -all.rank())) {
                throw c.invalid("Shape must be at least rank " + (at < 0 ? -at : at + 1) + " but is rank " + all.rank());
            }
            c.output(0, all);
        }

        private static Shape join(ShapeContext c, Shape a, Shape b, long at) {
            if (!a.hasRank() || !b.hasRank()) {
                return a.hasRank() || b.hasRank()
                        ? Shape.unknownOfRank(Math.max(a.rank(), b.rank()))
                        : Shape.unknown();
            }
            if (a.rank() != b.rank()) {
                throw c.invalid("Shapes must be equal rank, but are " + a.rank() + " and " + b.rank());
            }
            int i = (int) (at < 0 ? at + a.rank() : at);
            if (i < 0 || i >= a.rank()) {
                return a;
            }
            Shape before = c.mergeShapes(a.slice(0, i), b.slice(0, i));
            Shape after = c.mergeShapes(a.slice(i + 1, a.rank()), b.slice(i + 1, b.rank()));
            int sum = a.dim(i) == Shape.UNKNOWN || b.dim(i) == Shape.UNKNOWN ? Shape.UNKNOWN : a.dim(i) + b.dim(i);
            return before.concatenate(Shape.of(sum)).concatenate(after);
        }

        @Override
        public void compute(KernelContext k) {
            int n = k.inputCount() - 1;
            NdArray head = k.input(first());
            long axis = k.input(axisInput(k.inputCount())).getLong(0);
            int at = (int) (axis < 0 ? axis + head.rank() : axis);
            if (at < 0 || at >= head.rank()) {
                throw NnError.invalidArgument("ConcatOp : Expected concatenating dimensions in the range [" + -head.rank()
                        + ", " + head.rank() + "), but got " + axis);
            }
            int[] shape = head.shape();
            for (int i = 1; i < n; i++) {
                NdArray in = k.input(first() + i);
                check(head, in, at, i);
                shape[at] += in.dim(at);
            }
            NdArray out = k.output(0, shape);
            int outer = Blocks.product(shape, 0, at);
            int stride = Blocks.product(shape, at, shape.length);
            int done = 0;
            for (int i = 0; i < n; i++) {
                NdArray in = k.input(first() + i);
                int run = outer == 0 ? 0 : in.size() / outer;
                place(in, out, outer, run, stride, done);
                done += run;
            }
        }

        private static void check(NdArray head, NdArray in, int at, int i) {
            boolean fits = in.rank() == head.rank();
            for (int d = 0; fits && d < head.rank(); d++) {
                fits = d == at || in.dim(d) == head.dim(d);
            }
            if (!fits) {
                throw NnError.invalidArgument("ConcatOp : Dimensions of inputs should match: shape[0] = "
                        + Broadcast.brackets(head.shape()) + " vs. shape[" + i + "] = " + Broadcast.brackets(in.shape()));
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            int count = g.operation().inputCount();
            int n = count - 1;
            Gradient[] all = new Gradient[count];
            if (n == 1) {
                all[first()] = g.upstream(0);
                return all;
            }
            Graph graph = g.graph();
            List<Output> values = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                values.add(g.input(first() + i));
            }
            Output axis = g.input(axisInput(count));
            Output at = MathOps.operator(graph, "mod", axis, Shapes.rank(graph, values.get(0), null));
            if (g.upstream(0) instanceof IndexedSlices rows) {
                sparse(graph, rows, values, at, all);
                return all;
            }
            List<Output> sizes = sizes(graph, values);
            if (n > MANY) {
                Output table = ArrayOps.pack(graph, sizes, 1, null);
                Output lengths = ArrayOps.squeeze(
                        graph,
                        ArrayOps.slice(graph, table, ArrayOps.vector(at, Literal.of(0)), Literal.ofInts(1, -1)));
                List<Output> parts = ArrayOps.splitSizes(graph, g.dense(), lengths, at, n);
                for (int i = 0; i < n; i++) {
                    all[first() + i] = parts.get(i);
                }
                return all;
            }
            var offsets = graph.op("ConcatOffset").input(at).inputs(sizes).operation();
            for (int i = 0; i < n; i++) {
                all[first() + i] = ArrayOps.slice(graph, g.dense(), offsets.output(i), sizes.get(i));
            }
            return all;
        }

        private static List<Output> sizes(Graph g, List<Output> values) {
            List<Output> sizes = new ArrayList<>();
            for (Output x : values) {
                Output shape = Shapes.shape(g, x, null);
                if (!shape.operation().type().equals("Const")) {
                    return ArrayOps.shapeN(g, values);
                }
                sizes.add(shape);
            }
            return sizes;
        }

        /** Rows are spread out before they are cut. */
        private void sparse(Graph g, IndexedSlices rows, List<Output> values, Output at, Gradient[] all) {
            Output dense = GradientContext.dense(g, rows);
            var offsets = g.op("ConcatOffset").input(at).inputs(ArrayOps.shapeN(g, values)).operation();
            for (int i = 0; i < values.size(); i++) {
                all[first() + i] =
                        ArrayOps.slice(g, dense, offsets.output(i), Shapes.shape(g, values.get(i), null));
            }
        }
    }

    static final class ConcatOffset extends OpDef {
        ConcatOffset() {
            super("ConcatOffset", "concat_dim: int32, shape: N * int32", "offset: N * int32", "N: int");
        }

        @Override
        public void infer(ShapeContext c) {
            for (int i = 1; i < c.inputCount(); i++) {
                c.output(i - 1, c.input(i));
            }
        }

        @Override
        public void compute(KernelContext k) {
            int rank = k.input(1).size();
            int axis = k.input(0).getInt(0);
            int at = axis < 0 ? axis + rank : axis;
            int sum = 0;
            for (int i = 1; i < k.inputCount(); i++) {
                NdArray out = k.output(i - 1, rank);
                Blocks.clear(out);
                out.setLong(at, sum);
                sum += k.input(i).getInt(at);
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Pack extends OpDef {
        Pack() {
            super("Pack", "values: N * T", "output: T", "N: int", "T: type", "axis: int = 0");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape one = c.input(c.inputCount() - 1);
            for (int i = c.inputCount() - 2; i >= 0; i--) {
                one = merge(c, c.input(i), one, i);
            }
            if (!one.hasRank()) {
                return;
            }
            long axis = c.operation().intAttribute("axis");
            int rank = one.rank() + 1;
            if (axis < -rank || axis >= rank) {
                throw c.invalid("Invalid axis: " + axis + "; must be in [" + -rank + "," + rank + ")");
            }
            int at = (int) (axis < 0 ? axis + rank : axis);
            c.output(0, one.slice(0, at).concatenate(Shape.of(c.inputCount())).concatenate(one.slice(at, one.rank())));
        }

        private static Shape merge(ShapeContext c, Shape a, Shape b, int i) {
            try {
                return c.mergeShapes(a, b);
            } catch (NnError mistake) {
                throw c.invalid(mistake.getMessage() + "\n\tFrom merging shape " + i + " with other shapes.");
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray head = k.input(0);
            int n = k.inputCount();
            int rank = head.rank() + 1;
            int axis = (int) k.operation().intAttribute("axis");
            int at = axis < 0 ? axis + rank : axis;
            int[] shape = new int[rank];
            for (int i = 0; i < rank; i++) {
                shape[i] = i == at ? n : head.dim(i < at ? i : i - 1);
            }
            NdArray out = k.output(0, shape);
            int outer = Blocks.product(shape, 0, at);
            int run = Blocks.product(shape, at + 1, rank);
            for (int i = 0; i < n; i++) {
                NdArray in = k.input(i);
                if (!in.hasShapeOf(head)) {
                    throw NnError.invalidArgument("Shapes of all inputs must match: values[0].shape = "
                            + Broadcast.brackets(head.shape()) + " != values[" + i + "].shape = "
                            + Broadcast.brackets(in.shape()));
                }
                place(in, out, outer, run, run * n, run * i);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            int n = g.operation().inputCount();
            long axis = g.operation().intAttribute("axis");
            return ArrayOps.unstack(g.graph(), g.dense(), n, (int) axis, null).toArray(new Gradient[0]);
        }
    }
}
