package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Optional;

/** Values put where index tuples say: among zeros, or into a copy of a tensor; and class numbers spread out. */
final class SpreadOps {
    private SpreadOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "ScatterNd" -> new ScatterNd();
            case "TensorScatterUpdate", "TensorScatterAdd", "TensorScatterSub" -> new TensorScatter(type);
            case "OneHot" -> new OneHot();
            default -> null;
        };
    }

    static final class ScatterNd extends OpDef {
        ScatterNd() {
            super(
                    "ScatterNd",
                    "indices: Tindices, updates: T, shape: Tindices",
                    "output: T",
                    "T: type",
                    "Tindices: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.constantAsShape(2));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray indices = k.input(0);
            NdArray updates = k.input(1);
            int[] shape = k.input(2).toInts();
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            Change.ADD.scatter(indices, updates, out);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                null, g.op("GatherNd").input(g.dense()).input(g.input(0)).output(), null
            };
        }
    }

    static final class TensorScatter extends OpDef {
        TensorScatter(String type) {
            super(type, "tensor: T, indices: Tindices, updates: T", "output: T", "T: type", "Tindices: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(0));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(0).shape());
            out.assign(k.input(0));
            Change change = type().endsWith("Add") ? Change.ADD : type().endsWith("Sub") ? Change.SUBTRACT : Change.SET;
            change.scatter(k.input(1), k.input(2), out);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output updates = graph.op("GatherNd").input(g.dense()).input(g.input(1)).output();
            if (type().endsWith("Update")) {
                Output zeros = Shapes.zerosLike(graph, g.input(2), null);
                Output kept = graph.op("TensorScatterUpdate").input(g.dense()).input(g.input(1)).input(zeros).output();
                return new Gradient[] {kept, null, updates};
            }
            return new Gradient[] {
                g.upstream(0), null, type().endsWith("Sub") ? MathOps.negate(graph, updates) : updates
            };
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
}
