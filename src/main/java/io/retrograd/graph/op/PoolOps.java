package io.retrograd.graph.op;

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
import io.retrograd.kernel.Pooling;
import io.retrograd.kernel.Window;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;

/** The largest element or the mean of windows that slide over images, and their gradients. */
final class PoolOps {
    private static final String FLOATS = "T: half|bfloat16|float|double";
    private static final String SIZE = "ksize: list(int)";
    private static final String STRIDES = "strides: list(int)";
    private static final String PADDING = "padding: string";
    private static final String FORMAT = "data_format: string = NHWC";
    private static final String BATCH = "include_batch_in_index: bool = false";

    private PoolOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "MaxPool" -> new MaxPool();
            case "MaxPoolGrad" -> new MaxPoolGrad();
            case "MaxPoolGradGrad" -> new MaxPoolGradGrad();
            case "MaxPoolWithArgmax" -> new MaxPoolWithArgmax();
            case "MaxPoolGradWithArgmax" -> new MaxPoolGradWithArgmax();
            case "AvgPool" -> new AvgPool();
            case "AvgPoolGrad" -> new AvgPoolGrad();
            default -> null;
        };
    }

    private static OpCall like(GradientContext g, String type) {
        OpCall call = g.op(type);
        for (String key : new String[] {"ksize", "strides", "padding", "data_format"}) {
            if (g.operation().attributes().containsKey(key)) {
                call.attr(key, g.operation().attribute(key));
            }
        }
        return call;
    }

    /** Two zeros and the gradient by what flowed back: the gradient of a gradient of MaxPool. */
    private static Gradient[] third(GradientContext g, String type) {
        Gradient[] all = new Gradient[3];
        for (int i = 0; i < 2; i++) {
            Output shape = Shapes.shape(g.graph(), g.input(i), null);
            all[i] = Shapes.zeros(g.graph(), shape, g.input(i).dtype(), null);
        }
        all[2] = like(g, type).input(g.input(0)).input(g.input(1)).input(g.dense()).output();
        return all;
    }

    private abstract static class Pool extends OpDef {
        Pool(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        /** The shape rule of the forward direction. */
        final void inferPool(ShapeContext c, String called) {
            Shape in = c.withRank(0, 4);
            Sliding s = new Sliding(c.operation());
            s.requireFour(c, called, "strides", "stride");
            s.requireFour(c, called, "ksize", "ksize");
            int[] out = in.toInts();
            for (char d : new char[] {'H', 'W'}) {
                out[s.axis(d)] = s.outputSize(c, d, in.dim(s.axis(d)), s.of("ksize", d));
            }
            if (called.equals("MaxPool") && s.of("ksize", 'C') > 1) {
                out[s.axis('C')] = s.outputSize(c, 'C', in.dim(s.axis('C')), s.of("ksize", 'C'));
            }
            c.output(0, Shape.of(out));
        }

        /** Windows over height and width, after the checks that TensorFlow's kernels make. */
        final Window[] windows(Operation op, int[] image, String called) {
            Sliding s = new Sliding(op);
            if (!s.isChannelsLast()) {
                throw NnError.invalidArgument("Default " + called + " only supports NHWC on device type CPU");
            }
            if (image.length != 4) {
                throw NnError.invalidArgument("tensor_in must be 4-dimensional");
            }
            if (s.of("ksize", 'N') != 1 || s.of("strides", 'N') != 1) {
                throw Sliding.unimplemented("Pooling is not yet supported on the batch dimension.");
            }
            if (s.of("ksize", 'C') != 1 && (s.of("ksize", 'H') != 1 || s.of("ksize", 'W') != 1)) {
                throw Sliding.unimplemented(
                        "MaxPooling supports exactly one of pooling across depth or pooling across width/height.");
            }
            Window[] windows = {
                s.window('H', image[1], s.of("ksize", 'H')), s.window('W', image[2], s.of("ksize", 'W'))
            };
            for (Window w : windows) {
                if (w.out() < 0) {
                    throw NnError.invalidArgument("Computed output size would be negative: " + w.out() + " [input_size: "
                            + w.in() + ", effective_filter_size: " + w.window() + ", stride: " + w.stride() + "]");
                }
            }
            return windows;
        }

        final Pooling pooling(KernelContext k, Window[] w, int[] image) {
            return new Pooling(image[0], w[0], w[1], image[3], k.threads(), k::checkInterrupt);
        }

        final int[] argMax(KernelContext k, Window[] w, NdArray x) {
            int[] image = x.shape();
            int[] where = new int[image[0] * w[0].out() * w[1].out() * image[3]];
            if (x.dtype() == DType.FLOAT32) {
                pooling(k, w, image).argMax(x.floats(), where);
            } else {
                pooling(k, w, image).argMax(x.toDoubles(), where);
            }
            return where;
        }

        static void mustBe(int[] actual, int[] wanted, String name) {
            if (!Arrays.equals(actual, wanted)) {
                throw NnError.invalidArgument("Expected " + name + " shape to be " + Shape.of(wanted).toBrackets() + ", but got "
                        + Shape.of(actual).toBrackets());
            }
        }

        static int[] outShape(int[] image, Window[] w) {
            return new int[] {image[0], w[0].out(), w[1].out(), image[3]};
        }

        /** y[i] = x[where[i]], in any type. */
        static void pick(NdArray x, int[] where, NdArray y) {
            for (int i = 0; i < where.length; i++) {
                if (x.dtype().isInteger()) {
                    y.setLong(i, x.getLong(where[i]));
                } else {
                    y.setDouble(i, x.getDouble(where[i]));
                }
            }
        }

        /** dx[where[i]] += dy[i], in any type. */
        static void spread(NdArray dy, int[] where, NdArray dx) {
            if (dx.dtype() == DType.FLOAT32) {
                float[] to = dx.floats();
                float[] from = dy.floats();
                Arrays.fill(to, 0, dx.size(), 0);
                for (int i = 0; i < where.length; i++) {
                    to[where[i]] += from[i];
                }
                return;
            }
            double[] sum = new double[dx.size()];
            for (int i = 0; i < where.length; i++) {
                sum[where[i]] += dy.getDouble(i);
            }
            for (int i = 0; i < sum.length; i++) {
                dx.setDouble(i, sum[i]);
            }
        }
    }

    static final class MaxPool extends Pool {
        MaxPool() {
            super("MaxPool", "input: T", "output: T",
                    "T: half|bfloat16|float|double|int32|int64|uint8|int16|int8|uint16|qint8 = float", SIZE, STRIDES, PADDING,
                    FORMAT);
        }

        @Override
        public void infer(ShapeContext c) {
            inferPool(c, "MaxPool");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            int[] image = x.shape();
            Window[] w = windows(k.operation(), image, "MaxPoolingOp");
            int depth = new Sliding(k.operation()).of("ksize", 'C');
            if (depth > 1) {
                overDepth(k, x, depth);
                return;
            }
            NdArray y = k.output(0, outShape(image, w));
            if (x.dtype() == DType.FLOAT32) {
                pooling(k, w, image).max(x.floats(), y.floats());
            } else {
                pick(x, argMax(k, w, x), y);
            }
        }

        private static void overDepth(KernelContext k, NdArray x, int depth) {
            int[] out = x.shape();
            if (out[3] % depth != 0) {
                throw Sliding.unimplemented("Depthwise max pooling requires the depth window to evenly divide the input depth");
            }
            if (new Sliding(k.operation()).of("strides", 'C') != depth) {
                throw Sliding.unimplemented("Depthwise max pooling requires the depth window to equal the depth stride");
            }
            out[3] /= depth;
            NdArray y = k.output(0, out);
            for (int i = 0; i < y.size(); i++) {
                double best = x.getDouble(i * depth);
                for (int j = 1; j < depth; j++) {
                    best = Math.max(best, x.getDouble(i * depth + j));
                }
                y.setDouble(i, best);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                like(g, "MaxPoolGrad").input(g.input(0)).input(g.output(0)).input(g.dense()).output()
            };
        }
    }

    static final class MaxPoolGrad extends Pool {
        MaxPoolGrad() {
            super("MaxPoolGrad", "orig_input: T, orig_output: T, grad: T", "output: T", "T: " + Types.REAL, SIZE, STRIDES,
                    PADDING, FORMAT);
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.withRank(0, 4));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            Window[] w = windows(k.operation(), x.shape(), "MaxPoolingGradOp");
            if (new Sliding(k.operation()).of("ksize", 'C') != 1) {
                throw Sliding.unimplemented("MaxPoolingGrad is not yet supported on the depth dimension.");
            }
            mustBe(k.input(1).shape(), outShape(x.shape(), w), "orig_output");
            mustBe(k.input(2).shape(), outShape(x.shape(), w), "grad");
            NdArray dx = k.output(0, x.shape());
            if (x.dtype() == DType.FLOAT32) {
                pooling(k, w, x.shape()).maxBackward(x.floats(), k.input(2).floats(), dx.floats());
            } else {
                spread(k.input(2), argMax(k, w, x), dx);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return third(g, "MaxPoolGradGrad");
        }
    }

    static final class MaxPoolGradGrad extends Pool {
        MaxPoolGradGrad() {
            super("MaxPoolGradGrad", "orig_input: T, orig_output: T, grad: T", "output: T", "T: " + Types.REAL, SIZE, STRIDES,
                    PADDING, FORMAT);
        }

        @Override
        public void infer(ShapeContext c) {
            inferPool(c, "MaxPool");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            Window[] w = windows(k.operation(), x.shape(), "MaxPoolingGradGradOp");
            mustBe(k.input(2).shape(), x.shape(), "grad");
            pick(k.input(2), argMax(k, w, x), k.output(0, outShape(x.shape(), w)));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return third(g, "MaxPoolGrad");
        }
    }

    static final class MaxPoolWithArgmax extends Pool {
        MaxPoolWithArgmax() {
            super("MaxPoolWithArgmax", "input: T", "output: T, argmax: Targmax", SIZE, STRIDES, "Targmax: int32|int64 = int64",
                    PADDING, BATCH, "T: " + Types.REAL);
        }

        @Override
        public void infer(ShapeContext c) {
            inferPool(c, "MaxPool");
            c.output(1, c.operation().output(0).shape());
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            Window[] w = windows(k.operation(), x.shape(), "MaxPoolingOp");
            int[] where = argMax(k, w, x);
            int[] out = outShape(x.shape(), w);
            pick(x, where, k.output(0, out));
            NdArray index = k.output(1, out);
            int image = Math.max(1, x.dim(1) * x.dim(2) * x.dim(3));
            boolean whole = k.operation().flag("include_batch_in_index");
            for (int i = 0; i < where.length; i++) {
                index.setLong(i, whole ? where[i] : where[i] % image);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {like(g, "MaxPoolGradWithArgmax").input(g.input(0)).input(g.dense(0)).input(g.output(1))
                    .attr("include_batch_in_index", g.operation().attribute("include_batch_in_index")).output()};
        }
    }

    static final class MaxPoolGradWithArgmax extends Pool {
        MaxPoolGradWithArgmax() {
            super("MaxPoolGradWithArgmax", "input: T, grad: T, argmax: Targmax", "output: T", SIZE, STRIDES, PADDING, BATCH,
                    "Targmax: int32|int64", "T: " + Types.REAL);
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.withRank(0, 4));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray index = k.input(2);
            int image = x.dim(1) * x.dim(2) * x.dim(3);
            int perImage = Math.max(1, index.size() / Math.max(1, x.dim(0)));
            boolean whole = k.operation().flag("include_batch_in_index");
            int[] where = new int[index.size()];
            for (int i = 0; i < where.length; i++) {
                long at = index.getLong(i) + (whole ? 0 : (long) (i / perImage) * image);
                if (at < 0 || at >= x.size()) {
                    throw NnError.invalidArgument("Invalid MaxPoolGradWithArgmax index " + index.getLong(i));
                }
                where[i] = (int) at;
            }
            spread(k.input(1), where, k.output(0, x.shape()));
        }
    }

    static final class AvgPool extends Pool {
        AvgPool() {
            super("AvgPool", "value: T", "output: T", FLOATS, SIZE, STRIDES, PADDING, FORMAT);
        }

        @Override
        public void infer(ShapeContext c) {
            inferPool(c, "AvgPool");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            Window[] w = windows(k.operation(), x.shape(), "AvgPoolingOp");
            NdArray y = k.output(0, outShape(x.shape(), w));
            if (x.dtype() == DType.FLOAT32) {
                pooling(k, w, x.shape()).mean(x.floats(), y.floats());
                return;
            }
            double[] sum = new double[y.size()];
            pooling(k, w, x.shape()).mean(x.toDoubles(), sum);
            for (int i = 0; i < sum.length; i++) {
                y.setDouble(i, sum[i]);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output shape = Shapes.shape(g.graph(), g.input(0), null);
            return new Gradient[] {like(g, "AvgPoolGrad").input(shape).input(g.dense()).output()};
        }
    }

    static final class AvgPoolGrad extends Pool {
        AvgPoolGrad() {
            super("AvgPoolGrad", "orig_input_shape: int32, grad: T", "output: T", FLOATS, SIZE, STRIDES, PADDING, FORMAT);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape s = c.constantAsShape(0);
            if (s.hasRank() && s.rank() != 4) {
                throw c.invalid("Shape must be rank 4 but is rank " + s.rank());
            }
            c.output(0, s.hasRank() ? s : Shape.unknownOfRank(4));
        }

        @Override
        public void compute(KernelContext k) {
            int[] image = k.input(0).toInts();
            if (image.length != 4) {
                throw NnError.invalidArgument("out_backprop must be 4-dimensional");
            }
            Window[] w = windows(k.operation(), image, "AvgPoolingGradOp");
            mustBe(k.input(1).shape(), outShape(image, w), "grad");
            NdArray dx = k.output(0, image);
            if (dx.dtype() == DType.FLOAT32) {
                pooling(k, w, image).meanBackward(k.input(1).floats(), dx.floats());
                return;
            }
            double[] sum = new double[dx.size()];
            pooling(k, w, image).meanBackward(k.input(1).toDoubles(), sum);
            for (int i = 0; i < sum.length; i++) {
                dx.setDouble(i, sum[i]);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output none = g.op("StopGradient").input(g.input(0)).output();
            return new Gradient[] {none, like(g, "AvgPool").input(g.dense()).output()};
        }
    }
}
