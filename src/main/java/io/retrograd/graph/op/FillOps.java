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
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Optional;

/** Tensors filled from a shape, or repeated to one. */
final class FillOps {
    private FillOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Fill" -> new Fill();
            case "ZerosLike", "OnesLike" -> new Like(type);
            case "BroadcastTo" -> new BroadcastTo();
            case "BroadcastArgs" -> new BroadcastArgs();
            default -> null;
        };
    }

    static final class Fill extends OpDef {
        Fill() {
            super("Fill", "dims: index_type, value: T", "output: T", "T: type", "index_type: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            if (c.input(0).hasRank() && c.input(0).rank() != 1) {
                throw c.invalid("Shape must be rank 1 but is rank " + c.input(0).rank());
            }
            c.withRank(1, 0);
            c.constant(0).ifPresent(dims -> {
                for (int i = 0; i < dims.size(); i++) {
                    if (dims.getLong(i) < 0) {
                        throw c.invalid("Fill dimensions must be >= 0");
                    }
                }
            });
            c.output(0, c.constantAsShape(0));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray dims = k.input(0);
            NdArray value = k.input(1);
            if (value.rank() != 0) {
                throw NnError.invalidArgument("value must be a scalar, got shape " + Broadcast.brackets(value.shape()));
            }
            for (int i = 0; i < dims.size(); i++) {
                if (dims.getLong(i) < 0) {
                    throw NnError.invalidArgument("Dimension " + dims.getLong(i) + " must be >= 0");
                }
            }
            Blocks.fill(k.output(0, dims.toInts()), value);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {null, MathOps.reduce(g.graph(), "Sum", g.dense(), null, false, null)};
        }
    }

    static final class Like extends OpDef {
        Like(String type) {
            super(type, "x: T", "y: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(0).shape());
            if (type().equals("OnesLike")) {
                out.fill(1);
            } else {
                Blocks.clear(out);
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class BroadcastTo extends OpDef {
        BroadcastTo() {
            super("BroadcastTo", "input: T, shape: Tidx", "output: T", "T: type", "Tidx: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape to = c.constantAsShape(1);
            Shape in = c.input(0);
            if (to.hasRank() && in.hasRank()) {
                int extra = to.rank() - in.rank();
                if (extra < 0) {
                    throw c.invalid("Shape must be at most rank " + to.rank() + " but is rank " + in.rank());
                }
                for (int i = 0; i < in.rank(); i++) {
                    int d = in.dim(i);
                    int e = to.dim(i + extra);
                    if (d > 1 && e != Shape.UNKNOWN && d != e) {
                        throw c.invalid("Dimensions must be equal, but are " + d + " and " + e);
                    }
                }
            }
            c.output(0, to);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int[] to = k.input(1).toInts();
            NdArray wide;
            try {
                wide = in.broadcastTo(to);
            } catch (NnError doesNotFit) {
                throw NnError.invalidArgument("Incompatible shapes: " + Broadcast.brackets(in.shape()) + " vs. "
                        + Broadcast.brackets(to));
            }
            k.output(0, to).assign(wide);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output shape = Shapes.shape(graph, g.input(0), null);
            Output args = graph.op("BroadcastGradientArgs").input(g.input(1)).input(shape).operation().output(1);
            Output sum = MathOps.reduce(graph, "Sum", g.dense(), args, true, null);
            return new Gradient[] {MathOps.binary(graph, "Reshape", sum, shape, null), null};
        }
    }

    static final class BroadcastArgs extends OpDef {
        BroadcastArgs() {
            super("BroadcastArgs", "s0: T, s1: T", "r0: T", "T: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape a = c.withRank(0, 1);
            Shape b = c.withRank(1, 1);
            boolean known = a.dim(0) != Shape.UNKNOWN && b.dim(0) != Shape.UNKNOWN;
            c.output(0, Shape.of(known ? Math.max(a.dim(0), b.dim(0)) : Shape.UNKNOWN));
        }

        @Override
        public void compute(KernelContext k) {
            int[] a = k.input(0).toInts();
            int[] b = k.input(1).toInts();
            Optional<Shape> both = Shape.of(a).broadcast(Shape.of(b));
            if (both.isEmpty()) {
                throw NnError.invalidArgument("Incompatible shapes: " + Broadcast.brackets(a) + " vs. "
                        + Broadcast.brackets(b));
            }
            int[] dims = both.get().toInts();
            ShapeOps.put(k.output(0, dims.length), dims);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
