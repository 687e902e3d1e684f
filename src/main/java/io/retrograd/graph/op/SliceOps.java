package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;

/** Rectangular parts of tensors, and assignments to parts of variables. */
final class SliceOps {
    private static final String[] MASKS = {
        "begin_mask: int = 0",
        "end_mask: int = 0",
        "ellipsis_mask: int = 0",
        "new_axis_mask: int = 0",
        "shrink_axis_mask: int = 0"
    };

    private SliceOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Slice" -> new Slice();
            case "StridedSlice" -> new StridedSlice();
            case "StridedSliceGrad" -> new StridedSliceGrad();
            case "StridedSliceAssign" -> new StridedSliceAssign();
            default -> null;
        };
    }

    private static String[] withMasks(String... attributes) {
        String[] all = Arrays.copyOf(attributes, attributes.length + MASKS.length);
        System.arraycopy(MASKS, 0, all, attributes.length, MASKS.length);
        return all;
    }

    private static OpCall copyMasks(OpCall call, Operation from) {
        for (String mask : MASKS) {
            String name = mask.substring(0, mask.indexOf(':'));
            call.attr(name, from.attribute(name));
        }
        return call;
    }

    static final class Slice extends OpDef {
        Slice() {
            super("Slice", "input: T, begin: Index, size: Index", "output: T", "T: type", "Index: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            c.withRank(1, 1);
            c.withRank(2, 1);
            Optional<NdArray> begin = c.constant(1);
            Optional<NdArray> size = c.constant(2);
            int rank = in.hasRank() ? in.rank()
                    : c.input(1).hasRank() && c.input(1).dim(0) != Shape.UNKNOWN ? c.input(1).dim(0)
                    : c.input(2).hasRank() ? c.input(2).dim(0) : Shape.UNKNOWN;
            if (rank == Shape.UNKNOWN) {
                return;
            }
            for (int i = 1; i < 3; i++) {
                if (c.input(i).hasRank() && c.input(i).dim(0) != Shape.UNKNOWN && c.input(i).dim(0) != rank) {
                    throw c.invalid("Shape must be rank " + c.input(i).dim(0) + " but is rank " + rank);
                }
            }
            Shape sizes = c.constantAsShape(2);
            int[] dims = new int[rank];
            for (int i = 0; i < rank; i++) {
                if (size.isEmpty()) {
                    dims[i] = sizes.dim(i);
                    continue;
                }
                long n = size.get().getLong(i);
                int whole = in.dim(i);
                if (n == -1) {
                    dims[i] = begin.isPresent() && whole != Shape.UNKNOWN ? whole - begin.get().getInt(i) : Shape.UNKNOWN;
                } else {
                    dims[i] = (int) n;
                }
                if (begin.isPresent()) {
                    check(c, begin.get().getLong(i), n, whole);
                }
            }
            c.output(0, Shape.of(dims));
        }

        private static void check(ShapeContext c, long begin, long size, int whole) {
            if (begin < 0) {
                throw c.invalid("Negative index");
            }
            if (size < -1) {
                throw c.invalid("Slice size must be non-negative, or -1, but is " + size);
            }
            if (whole == Shape.UNKNOWN) {
                return;
            }
            if (size != -1 && begin + size > whole) {
                throw c.invalid("Dimension size must be at least " + (begin + size) + " but is " + whole);
            }
            if (begin > whole) {
                throw c.invalid("Subtracting " + begin + " from " + whole + " gives a negative dimension");
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int[] begin = k.input(1).toInts();
            int[] size = k.input(2).toInts();
            if (begin.length != in.rank() || size.length != in.rank()) {
                throw NnError.invalidArgument("Expected begin and size arguments to be 1-D tensors of size " + in.rank()
                        + ", but got shapes [" + begin.length + "] and [" + size.length + "] instead.");
            }
            NdArray view = in;
            for (int i = 0; i < begin.length; i++) {
                int n = size[i] == -1 ? in.dim(i) - begin[i] : size[i];
                if (begin[i] < 0 || begin[i] > in.dim(i)) {
                    throw NnError.invalidArgument("Expected begin[" + i + "] in [0, " + in.dim(i) + "], but got " + begin[i]);
                }
                if (n < 0 || begin[i] + n > in.dim(i)) {
                    throw NnError.invalidArgument("Expected size[" + i + "] in [0, " + (in.dim(i) - begin[i]) + "], but got "
                            + n);
                }
                size[i] = n;
                view = view.slice(i, begin[i], n, 1);
            }
            k.output(0, size).assign(view);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output rank = Shapes.rank(graph, g.input(0), null);
            Output size = Shapes.shape(graph, g.output(0), null);
            Output column = ArrayOps.stack(graph, rank, Literal.of(1));
            Output before = ArrayOps.reshape(graph, g.input(1), column, null);
            Output left = MathOps.minus(graph, Shapes.shape(graph, g.input(0), null), size);
            Output after = ArrayOps.reshape(graph, MathOps.minus(graph, left, g.input(1)), column, null);
            Operand paddings = ArrayOps.concat(graph, 1, before, after);
            return new Gradient[] {ArrayOps.pad(graph, g.dense(), paddings, "CONSTANT", null, null), null, null};
        }
    }

    static final class StridedSlice extends OpDef {
        StridedSlice() {
            super(
                    "StridedSlice",
                    "input: T, begin: Index, end: Index, strides: Index",
                    "output: T",
                    withMasks("T: type", "Index: int32|int64"));
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            c.withRank(1, 1);
            c.withRank(2, 1);
            c.withRank(3, 1);
            Optional<NdArray> begin = c.constant(1);
            Optional<NdArray> end = c.constant(2);
            Optional<NdArray> strides = c.constant(3);
            if (!in.hasRank() || strides.isEmpty()) {
                return;
            }
            SliceSpec spec = SliceSpec.of(
                    begin.orElse(null),
                    end.orElse(null),
                    strides.get(),
                    strides.get().size(),
                    in.toInts(),
                    SliceSpec.Masks.of(c.operation()),
                    c::invalid);
            c.output(0, Shape.of(spec.shape));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            SliceSpec spec = specification(k, 1, in.shape());
            NdArray part = spec.view(in);
            NdArray out = k.output(0, spec.shape);
            out.reshape(spec.count).assign(part);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output shape = Shapes.shape(g.graph(), g.input(0), g.input(1).dtype(), true, null);
            OpCall call = g.op("StridedSliceGrad")
                    .input(shape)
                    .input(g.input(1))
                    .input(g.input(2))
                    .input(g.input(3))
                    .input(g.dense());
            return new Gradient[] {copyMasks(call, g.operation()).output(), null, null, null};
        }
    }

    private static SliceSpec specification(KernelContext k, int first, int[] dims) {
        NdArray strides = k.input(first + 2);
        if (k.input(first).size() != strides.size() || k.input(first + 1).size() != strides.size()) {
            throw NnError.invalidArgument("Expected begin, end, and strides to be 1D equal size tensors, but got shapes "
                    + Broadcast.brackets(k.input(first).shape()) + ", " + Broadcast.brackets(k.input(first + 1).shape())
                    + ", and " + Broadcast.brackets(strides.shape()) + " instead.");
        }
        return SliceSpec.of(
                k.input(first),
                k.input(first + 1),
                strides,
                strides.size(),
                dims,
                SliceSpec.Masks.of(k.operation()),
                NnError::invalidArgument);
    }

    static final class StridedSliceGrad extends OpDef {
        StridedSliceGrad() {
            super(
                    "StridedSliceGrad",
                    "shape: Index, begin: Index, end: Index, strides: Index, dy: T",
                    "output: T",
                    withMasks("T: type", "Index: int32|int64"));
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.constantAsShape(0));
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = k.input(0).toInts();
            SliceSpec spec = specification(k, 1, shape);
            NdArray dy = k.input(4);
            if (!dy.hasShape(spec.shape)) {
                throw NnError.invalidArgument("shape of dy was " + Broadcast.brackets(dy.shape()) + " instead of "
                        + Broadcast.brackets(spec.shape));
            }
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            spec.view(out).assign(dy.reshape(spec.count));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            OpCall call = g.op("StridedSlice").input(g.dense()).input(g.input(1)).input(g.input(2)).input(g.input(3));
            return new Gradient[] {null, null, null, null, copyMasks(call, g.operation()).output()};
        }
    }

    static final class StridedSliceAssign extends OpDef {
        StridedSliceAssign() {
            super(
                    "StridedSliceAssign",
                    "ref: Ref(T), begin: Index, end: Index, strides: Index, value: T",
                    "output_ref: Ref(T)",
                    withMasks("T: type", "Index: int32|int64"));
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(0));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray whole = k.variable(0).value();
            SliceSpec spec = specification(k, 1, whole.shape());
            NdArray value = k.input(4);
            if (!value.hasShape(spec.shape)) {
                throw NnError.invalidArgument("shape of value was " + Broadcast.brackets(value.shape()) + " instead of "
                        + Broadcast.brackets(spec.shape));
            }
            spec.view(whole).assign(value.reshape(spec.count));
            k.forwardReference(0, k.variable(0));
        }

        @Override
        public boolean isStateful() {
            return true;
        }
    }
}
