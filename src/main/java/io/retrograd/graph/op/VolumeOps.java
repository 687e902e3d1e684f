package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Volumes;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;

/** Convolution and pooling over volumes (batch, depth, height, width, channels). */
final class VolumeOps {
    private static final String FLOATS = "T: half|float|double";

    /** The attributes that a convolution and a pooling hand to their gradients. */
    private static final String[] CONV = {"strides", "padding", "data_format", "dilations"};
    private static final String[] POOL = {"ksize", "strides", "padding", "data_format"};

    private VolumeOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Conv3D" -> new Conv();
            case "Conv3DBackpropInputV2" -> new ConvInput();
            case "Conv3DBackpropFilterV2" -> new ConvFilter();
            case "MaxPool3D", "AvgPool3D" -> new Pool(type);
            case "MaxPool3DGrad" -> new MaxGrad();
            case "AvgPool3DGrad" -> new AvgGrad();
            default -> null;
        };
    }

    /** A shape that an operation was given, or that it is some volume's. */
    private static Shape volume(Shape given) {
        return given.hasRank() ? given : Shape.unknownOfRank(5);
    }

    private static long item(Operation op, String name, int i) {
        return op.<List<Long>>attribute(name).get(i);
    }

    /** The operation that is being made, with these attributes of another. */
    private static Output alike(OpCall call, String[] attributes, Operation op) {
        for (String each : attributes) {
            call.attr(each, op.attribute(each));
        }
        return call.output();
    }

    private static void requireChannelsLast(Operation op) {
        if (!op.attribute("data_format").equals("NDHWC")) {
            throw new NnError(ErrorKind.UNIMPLEMENTED_ERROR, op.type() + " is computed for data_format NDHWC only, not " + op.attribute("data_format"));
        }
    }

    /** How the window moves along the three axes of an input of that shape. */
    private static Volumes.Window window(Operation op, int[] in, int[] size) {
        requireChannelsLast(op);
        boolean same = op.attribute("padding").equals("SAME");
        int[] stride = new int[3];
        int[] dilation = new int[3];
        for (int d = 0; d < 3; d++) {
            stride[d] = (int) item(op, "strides", d + 1);
            dilation[d] = op.definition().attributes().containsKey("dilations") ? (int) item(op, "dilations", d + 1) : 1;
        }
        return Volumes.Window.of(in, size, stride, dilation, same);
    }

    private static int[] sizes(Operation op) {
        return new int[] {(int) item(op, "ksize", 1), (int) item(op, "ksize", 2), (int) item(op, "ksize", 3)};
    }

    /** The length of an axis after the window went over it. */
    private static int along(Operation op, int in, int size, int d) {
        if (in == Shape.UNKNOWN || size == Shape.UNKNOWN) {
            return Shape.UNKNOWN;
        }
        int stride = (int) item(op, "strides", d + 1);
        int dilation = op.definition().attributes().containsKey("dilations") ? (int) item(op, "dilations", d + 1) : 1;
        int reach = (size - 1) * dilation + 1;
        return op.attribute("padding").equals("SAME") ? (in + stride - 1) / stride : (in - reach + stride) / stride;
    }

    static final class Conv extends OpDef {
        Conv() {
            super("Conv3D", "input: T, filter: T", "output: T", FLOATS, "strides: list(int)", "padding: string", "data_format: string = NDHWC",
                    "dilations: list(int) = [1;1;1;1;1]");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRank(0, 5);
            Shape filter = c.withRank(1, 5);
            if (!c.operation().attribute("data_format").equals("NDHWC")) {
                c.output(0, Shape.unknownOfRank(5));
                return;
            }
            if (in.dim(4) != Shape.UNKNOWN && filter.dim(3) != Shape.UNKNOWN && in.dim(4) != filter.dim(3)) {
                throw c.invalid("Dimensions must be equal, but are " + in.dim(4) + " and " + filter.dim(3));
            }
            int[] out = {in.dim(0), 0, 0, 0, filter.dim(4)};
            for (int d = 0; d < 3; d++) {
                out[d + 1] = along(c.operation(), in.dim(d + 1), filter.dim(d), d);
                if (out[d + 1] < 0 && out[d + 1] != Shape.UNKNOWN) {
                    throw c.invalid("Negative dimension size caused by subtracting " + filter.dim(d) + " from " + in.dim(d + 1));
                }
            }
            c.output(0, Shape.of(out));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray filter = k.input(1);
            Volumes.Window w = window(k.operation(), in.shape(), filter.shape());
            NdArray out = k.output(0, in.dim(0), w.places()[0], w.places()[1], w.places()[2], filter.dim(4));
            Blocks.clear(out);
            Volumes.convolve(in, filter, w, out, k::checkInterrupt);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Operation op = g.operation();
            Output[] shapes = {Shapes.shape(g.graph(), g.input(0), null), Shapes.shape(g.graph(), g.input(1), null)};
            return new Gradient[] {
                alike(g.op("Conv3DBackpropInputV2").input(shapes[0]).input(g.input(1)).input(g.dense()), CONV, op),
                alike(g.op("Conv3DBackpropFilterV2").input(g.input(0)).input(shapes[1]).input(g.dense()), CONV, op)
            };
        }
    }

    static final class ConvInput extends OpDef {
        ConvInput() {
            super("Conv3DBackpropInputV2", "input_sizes: Tshape, filter: T, out_backprop: T", "output: T", FLOATS, "strides: list(int)",
                    "padding: string", "data_format: string = NDHWC", "dilations: list(int) = [1;1;1;1;1]", "Tshape: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, volume(c.constantAsShape(0)));
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = k.input(0).toInts();
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            Volumes.backToInput(k.input(2), k.input(1), window(k.operation(), shape, k.input(1).shape()), out, k::checkInterrupt);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Operation op = g.operation();
            return new Gradient[] {
                null,
                alike(g.op("Conv3DBackpropFilterV2").input(g.dense()).input(Shapes.shape(g.graph(), g.input(1), null)).input(g.input(2)), CONV, op),
                alike(g.op("Conv3D").input(g.dense()).input(g.input(1)), CONV, op)
            };
        }
    }

    static final class ConvFilter extends OpDef {
        ConvFilter() {
            super("Conv3DBackpropFilterV2", "input: T, filter_sizes: int32, out_backprop: T", "output: T", FLOATS, "strides: list(int)",
                    "padding: string", "data_format: string = NDHWC", "dilations: list(int) = [1;1;1;1;1]");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, volume(c.constantAsShape(1)));
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = k.input(1).toInts();
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            Volumes.backToFilter(k.input(0), k.input(2), window(k.operation(), k.input(0).shape(), shape), out, k::checkInterrupt);
        }
    }

    /** The largest or the mean of each block. */
    static final class Pool extends OpDef {
        Pool(String type) {
            super(type, "input: T", "output: T", "ksize: list(int)", "strides: list(int)", "padding: string", "data_format: string = NDHWC", FLOATS);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRank(0, 5);
            int[] out = in.toInts();
            for (int d = 0; d < 3; d++) {
                out[d + 1] = along(c.operation(), in.dim(d + 1), (int) item(c.operation(), "ksize", d + 1), d);
            }
            c.output(0, Shape.of(out));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            Volumes.Window w = window(k.operation(), in.shape(), sizes(k.operation()));
            NdArray out = k.output(0, in.dim(0), w.places()[0], w.places()[1], w.places()[2], in.dim(4));
            if (type().equals("MaxPool3D")) {
                Volumes.largest(in, w, out);
            } else {
                Volumes.mean(in, w, out);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Operation op = g.operation();
            boolean largest = type().equals("MaxPool3D");
            OpCall call = largest
                    ? g.op("MaxPool3DGrad").input(g.input(0)).input(g.output(0)).input(g.dense())
                    : g.op("AvgPool3DGrad").input(Shapes.shape(g.graph(), g.input(0), null)).input(g.dense());
            return new Gradient[] {
                alike(call, POOL, op)
            };
        }
    }

    static final class MaxGrad extends OpDef {
        MaxGrad() {
            super("MaxPool3DGrad", "orig_input: TInput, orig_output: TInput, grad: T", "output: T", "ksize: list(int)", "strides: list(int)",
                    "padding: string", "data_format: string = NDHWC", "T: half|float|double = float", "TInput: half|float|double = float");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.withRank(0, 5));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray out = k.output(0, in.shape());
            Blocks.clear(out);
            Volumes.backToLargest(in, k.input(2), window(k.operation(), in.shape(), sizes(k.operation())), out);
        }
    }

    static final class AvgGrad extends OpDef {
        AvgGrad() {
            super("AvgPool3DGrad", "orig_input_shape: int32, grad: T", "output: T", "ksize: list(int)", "strides: list(int)", "padding: string",
                    "data_format: string = NDHWC", FLOATS);
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, volume(c.constantAsShape(0)));
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = k.input(0).toInts();
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            Volumes.backToMean(k.input(1), window(k.operation(), shape, sizes(k.operation())), out);
        }
    }
}
