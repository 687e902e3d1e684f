package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Convolution;
import io.retrograd.kernel.PlainConvolution;
import io.retrograd.kernel.Window;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;

/** Two-dimensional convolutions, over all channels or each channel apart, and their gradients, which are convolutions again. */
final class ConvOps {
    private static final String FLOATS = "T: half|bfloat16|float|double";
    private static final String STRIDES = "strides: list(int)";
    private static final String CUDNN = "use_cudnn_on_gpu: bool = true";
    private static final String PADDING = "padding: string";
    private static final String EXPLICIT = "explicit_paddings: list(int) = []";
    private static final String FORMAT = "data_format: string = NHWC";
    private static final String DILATIONS = "dilations: list(int) = [1; 1; 1; 1]";

    private ConvOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Conv2D" -> new Conv2D();
            case "Conv2DBackpropInput" -> new Conv2DBackpropInput();
            case "Conv2DBackpropFilter" -> new Conv2DBackpropFilter();
            case "DepthwiseConv2dNative" -> new DepthwiseConv2d();
            case "DepthwiseConv2dNativeBackpropInput" -> new DepthwiseBackpropInput();
            case "DepthwiseConv2dNativeBackpropFilter" -> new DepthwiseBackpropFilter();
            default -> null;
        };
    }

    /** An operation of the same family with the same strides, padding and so on. */
    private static OpCall like(GradientContext g, String type) {
        OpCall call = g.op(type);
        for (String key : new String[] {
            "strides", "use_cudnn_on_gpu", "padding", "explicit_paddings", "data_format", "dilations"
        }) {
            if (g.operation().attributes().containsKey(key)) {
                call.attr(key, g.operation().attribute(key));
            }
        }
        return call;
    }

    /** What all six have in common: an image, a filter and an output, of which two are given. */
    private abstract static class Family extends OpDef {
        private final boolean depthwise;

        Family(String type, boolean depthwise, String inputs) {
            super(type, inputs, "output: T", depthwise
                    ? new String[] {FLOATS, STRIDES, PADDING, FORMAT, DILATIONS}
                    : new String[] {FLOATS, STRIDES, CUDNN, PADDING, EXPLICIT, FORMAT, DILATIONS});
            this.depthwise = depthwise;
        }

        /** The shape that input i holds, of rank 4. */
        static void shapeFrom(ShapeContext c, int i) {
            Shape s = c.constantAsShape(i);
            if (s.hasRank() && s.rank() != 4) {
                throw c.invalid("Shape must be rank 4 but is rank " + s.rank());
            }
            c.output(0, s.hasRank() ? s : Shape.unknownOfRank(4));
        }

        final String label() {
            String type = type();
            return depthwise ? type : type.equals("Conv2D") ? "Conv2D" : type.replace("Conv2D", "Conv2DCustom") + "Op";
        }

        /** The shapes of image, filter and output, checked against each other. */
        final void check(KernelContext k, int[] image, int[] filter, int[] output) {
            Sliding s = new Sliding(k.operation());
            if (!s.isChannelsLast()) {
                if (type().equals("Conv2D")) {
                    throw Sliding.unimplemented("The Conv2D op currently only supports the NHWC tensor format on the CPU. "
                            + "The op was given the format: " + s.format());
                }
                throw Sliding.unimplemented(label() + " only supports NHWC.");
            }
            if (s.of("strides", 'N') != 1 || s.of("strides", 'C') != 1) {
                throw NnError.invalidArgument(
                        "Current implementation does not yet support strides in the batch and depth dimensions.");
            }
            if (s.of("strides", 'H') <= 0 || s.of("strides", 'W') <= 0) {
                throw NnError.invalidArgument("Row and column strides should be larger than 0.");
            }
            if (s.of("dilations", 'N') != 1 || s.of("dilations", 'C') != 1) {
                throw NnError.invalidArgument(
                        "Current implementation does not yet support dilations in the batch and depth dimensions.");
            }
            if (image.length != 4) {
                throw NnError.invalidArgument("input must be 4-dimensional" + Shape.of(image).toBrackets());
            }
            if (filter.length != 4) {
                throw NnError.invalidArgument("filter must be 4-dimensional: " + Shape.of(filter).toBrackets());
            }
            if (image[3] != filter[2]) {
                if (!depthwise && filter[2] > 0 && image[3] % filter[2] == 0) {
                    throw Sliding.unimplemented("The Conv2D op currently does not support grouped convolutions on the CPU. "
                            + "A grouped convolution was attempted to be run because the input depth of " + image[3]
                            + " does not match the filter input depth of " + filter[2]);
                }
                throw NnError.invalidArgument(depthwise
                        ? "input and filter must have the same depth: " + image[3] + " vs " + filter[2]
                        : "input depth must be evenly divisible by filter depth: " + image[3] + " vs " + filter[2]);
            }
            if (output == null) {
                return;
            }
            if (output.length != 4) {
                throw NnError.invalidArgument(label() + ": out_backprop must be 4-dimensional");
            }
            if (image[0] != output[0]) {
                throw NnError.invalidArgument(label() + ": input and out_backprop must have the same batch size"
                        + "input batch: " + image[0] + "outbackprop batch: " + output[0] + " batch_dim: 0");
            }
            if (output[3] != (depthwise ? filter[2] * filter[3] : filter[3])) {
                throw NnError.invalidArgument(label() + ": filter and out_backprop must have the same out_depth");
            }
            for (int i = 0; i < 2; i++) {
                Window w = s.window("HW".charAt(i), image[1 + i], filter[i]);
                if (w.out() != output[1 + i]) {
                    throw NnError.invalidArgument(label() + ": Size of out_backprop doesn't match computed: actual = "
                            + output[1 + i] + ", computed = " + w.out() + " spatial_dim: " + i + " input: " + w.in()
                            + " filter: " + w.window() + " output: " + output[1 + i] + " stride: " + w.stride()
                            + " dilation: " + w.dilation());
                }
            }
        }

        final Window[] windows(Operation op, int[] image, int[] filter) {
            Sliding s = new Sliding(op);
            Window[] windows = {s.window('H', image[1], filter[0]), s.window('W', image[2], filter[1])};
            for (Window w : windows) {
                if (w.out() < 0) {
                    throw NnError.invalidArgument("Computed output size would be negative: " + w.out() + " [input_size: "
                            + w.in() + ", effective_filter_size: " + ((w.window() - 1) * w.dilation() + 1) + ", stride: "
                            + w.stride() + "]");
                }
            }
            return windows;
        }

        final Convolution fast(KernelContext k, Window[] w, int[] image, int[] filter) {
            return new Convolution(image[0], w[0], w[1], image[3], filter[3], k.kernels(), k.threads(), k::checkInterrupt);
        }

        final PlainConvolution plain(KernelContext k, Window[] w, int[] image, int[] filter) {
            return new PlainConvolution(image[0], w[0], w[1], image[3], filter[3], depthwise, k::checkInterrupt);
        }

        final boolean isFast(NdArray x) {
            return !depthwise && x.dtype() == DType.FLOAT32;
        }

        static void store(double[] values, NdArray to) {
            for (int i = 0; i < values.length; i++) {
                to.setDouble(i, values[i]);
            }
        }
    }

    /** The forward direction. */
    private abstract static class Forward extends Family {
        Forward(String type, boolean depthwise) {
            super(type, depthwise, "input: T, filter: T");
        }

        @Override
        public final void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray w = k.input(1);
            int[] image = x.shape();
            int[] filter = w.shape();
            check(k, image, filter, null);
            Window[] windows = windows(k.operation(), image, filter);
            int out = isFast(x) || !type().startsWith("Depthwise") ? filter[3] : filter[2] * filter[3];
            NdArray y = k.output(0, image[0], windows[0].out(), windows[1].out(), out);
            if (y.size() == 0) {
                return;
            }
            if (isFast(x)) {
                fast(k, windows, image, filter).forward(x.floats(), w.floats(), y.floats());
            } else {
                double[] sum = new double[y.size()];
                plain(k, windows, image, filter).forward(x.toDoubles(), w.toDoubles(), sum);
                store(sum, y);
            }
        }
    }

    private abstract static class BackpropInput extends Family {
        BackpropInput(String type, boolean depthwise) {
            super(type, depthwise, "input_sizes: int32, filter: T, out_backprop: T");
        }

        @Override
        public final void infer(ShapeContext c) {
            shapeFrom(c, 0);
        }

        @Override
        public final void compute(KernelContext k) {
            if (k.input(0).rank() != 1) {
                throw NnError.invalidArgument(type() + ": input_sizes input must be 1-dim, not " + k.input(0).rank());
            }
            int[] image = k.input(0).toInts();
            NdArray w = k.input(1);
            NdArray dy = k.input(2);
            int[] filter = w.shape();
            check(k, image, filter, dy.shape());
            Window[] windows = windows(k.operation(), image, filter);
            NdArray dx = k.output(0, image);
            if (isFast(w)) {
                fast(k, windows, image, filter).backwardInput(w.floats(), dy.floats(), dx.floats());
            } else {
                double[] sum = new double[dx.size()];
                plain(k, windows, image, filter).backwardInput(w.toDoubles(), dy.toDoubles(), sum);
                store(sum, dx);
            }
        }
    }

    private abstract static class BackpropFilter extends Family {
        BackpropFilter(String type, boolean depthwise) {
            super(type, depthwise, "input: T, filter_sizes: int32, out_backprop: T");
        }

        @Override
        public final void infer(ShapeContext c) {
            shapeFrom(c, 1);
        }

        @Override
        public final void compute(KernelContext k) {
            if (k.input(1).rank() != 1) {
                throw NnError.invalidArgument(type() + ": filter_sizes input must be 1-dim, not " + k.input(1).rank());
            }
            NdArray x = k.input(0);
            NdArray dy = k.input(2);
            int[] image = x.shape();
            int[] filter = k.input(1).toInts();
            check(k, image, filter, dy.shape());
            Window[] windows = windows(k.operation(), image, filter);
            NdArray dw = k.output(0, filter);
            if (isFast(x)) {
                fast(k, windows, image, filter).backwardFilter(x.floats(), dy.floats(), dw.floats());
            } else {
                double[] sum = new double[dw.size()];
                plain(k, windows, image, filter).backwardFilter(x.toDoubles(), dy.toDoubles(), sum);
                store(sum, dw);
            }
        }
    }

    static final class Conv2D extends Forward {
        Conv2D() {
            super("Conv2D", false);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape image = c.withRank(0, 4);
            Shape filter = c.withRank(1, 4);
            Sliding s = new Sliding(c.operation());
            s.requireFour(c, "Conv2D", "dilations", "dilation");
            s.requireFour(c, "Conv2D on data format " + s.format(), "strides", "stride");
            int depth = image.dim(s.axis('C'));
            int wanted = filter.dim(2);
            if (depth != Shape.UNKNOWN && wanted != Shape.UNKNOWN && (wanted == 0 || depth % wanted != 0)) {
                throw c.invalid("Depth of input (" + depth + ") is not a multiple of input depth of filter (" + wanted + ")");
            }
            if (depth != Shape.UNKNOWN && wanted != Shape.UNKNOWN && depth != wanted
                    && filter.dim(3) != Shape.UNKNOWN && filter.dim(3) % (depth / wanted) != 0) {
                throw c.invalid("Depth of output (" + filter.dim(3) + ") is not a multiple of the number of groups ("
                        + depth / wanted + ")");
            }
            int[] out = new int[4];
            out[s.axis('N')] = image.dim(s.axis('N'));
            out[s.axis('H')] = s.outputSize(c, 'H', image.dim(s.axis('H')), filter.dim(0));
            out[s.axis('W')] = s.outputSize(c, 'W', image.dim(s.axis('W')), filter.dim(1));
            out[s.axis('C')] = filter.dim(3);
            c.output(0, Shape.of(out));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Operation shapes = g.op("ShapeN").inputs(List.of(g.input(0), g.input(1))).operation();
            Output up = g.dense();
            return new Gradient[] {
                like(g, "Conv2DBackpropInput").input(shapes.output(0)).input(g.input(1)).input(up).output(),
                like(g, "Conv2DBackpropFilter").input(g.input(0)).input(shapes.output(1)).input(up).output()
            };
        }
    }

    private static Output shape(GradientContext g, int i) {
        return Shapes.shape(g.graph(), g.input(i), null);
    }

    static final class Conv2DBackpropInput extends BackpropInput {
        Conv2DBackpropInput() {
            super("Conv2DBackpropInput", false);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output up = g.dense();
            Operand sizes = shape(g, 1);
            return new Gradient[] {
                null,
                like(g, "Conv2DBackpropFilter").input(up).input(sizes).input(g.input(2)).output(),
                like(g, "Conv2D").input(up).input(g.input(1)).output()
            };
        }
    }

    static final class Conv2DBackpropFilter extends BackpropFilter {
        Conv2DBackpropFilter() {
            super("Conv2DBackpropFilter", false);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output up = g.dense();
            Operand sizes = shape(g, 0);
            return new Gradient[] {
                like(g, "Conv2DBackpropInput").input(sizes).input(up).input(g.input(2)).output(),
                null,
                like(g, "Conv2D").input(g.input(0)).input(up).output()
            };
        }
    }

    static final class DepthwiseConv2d extends Forward {
        DepthwiseConv2d() {
            super("DepthwiseConv2dNative", true);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape image = c.withRank(0, 4);
            Shape filter = c.withRank(1, 4);
            Sliding s = new Sliding(c.operation());
            s.requireFour(c, "DepthwiseConv2D", "strides", "stride");
            int depth = c.mergeDims(image.dim(s.axis('C')), filter.dim(2));
            int[] out = new int[4];
            out[s.axis('N')] = image.dim(s.axis('N'));
            out[s.axis('H')] = s.outputSize(c, 'H', image.dim(s.axis('H')), filter.dim(0));
            out[s.axis('W')] = s.outputSize(c, 'W', image.dim(s.axis('W')), filter.dim(1));
            out[s.axis('C')] = depth < 0 || filter.dim(3) < 0 ? Shape.UNKNOWN : depth * filter.dim(3);
            c.output(0, Shape.of(out));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output up = g.dense();
            Output imageSizes = shape(g, 0);
            Output first = like(g, "DepthwiseConv2dNativeBackpropInput")
                    .input(imageSizes).input(g.input(1)).input(up).output();
            Output filterSizes = shape(g, 1);
            return new Gradient[] {first, like(g, "DepthwiseConv2dNativeBackpropFilter")
                    .input(g.input(0)).input(filterSizes).input(up).output()};
        }
    }

    static final class DepthwiseBackpropInput extends BackpropInput {
        DepthwiseBackpropInput() {
            super("DepthwiseConv2dNativeBackpropInput", true);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output up = g.dense();
            Output sizes = shape(g, 1);
            return new Gradient[] {
                null,
                like(g, "DepthwiseConv2dNativeBackpropFilter").input(up).input(sizes).input(g.input(2)).output(),
                like(g, "DepthwiseConv2dNative").input(up).input(g.input(1)).output()
            };
        }
    }

    static final class DepthwiseBackpropFilter extends BackpropFilter {
        DepthwiseBackpropFilter() {
            super("DepthwiseConv2dNativeBackpropFilter", true);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output up = g.dense();
            Output sizes = shape(g, 0);
            return new Gradient[] {
                like(g, "DepthwiseConv2dNativeBackpropInput").input(sizes).input(up).input(g.input(2)).output(),
                null,
                like(g, "DepthwiseConv2dNative").input(g.input(0)).input(up).output()
            };
        }
    }
}
