package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.ConvBuilds.Motion;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** {@code tf.layers.conv1d}, {@code conv2d}, {@code conv2d_transpose} and {@code separable_conv2d}. */
public final class ConvLayer extends Layer {
    /** Which of them. */
    public enum Kind {
        CONV1D("conv1d", 1),
        CONV2D("conv2d", 2),
        TRANSPOSED("conv2d_transpose", 2),
        SEPARABLE("separable_conv2d", 2);

        private final String snake;
        private final int dimensions;

        Kind(String snake, int dimensions) {
            this.snake = snake;
            this.dimensions = dimensions;
        }

        /** Spatial dimensions. */
        public int dimensions() {
            return dimensions;
        }
    }

    /**
     * How the filters slide; one entry a spatial dimension.
     *
     * @param padding SAME or VALID
     */
    public record Slide(int[] size, int[] strides, String padding, boolean channelsFirst, int[] dilations) {
        String format() {
            return channelsFirst ? "NCHW" : "NHWC";
        }

        Motion motion() {
            boolean line = size.length == 1;
            List<Long> steps = line ? Motion.pair(format(), 1, strides[0]) : Motion.pair(format(), strides[0], strides[1]);
            return Motion.of(steps, padding, format());
        }
    }

    /** The second kernel of a separable convolution. */
    public record Pointwise(int multiplier, Initializer initializer, Regularizer penalty) {
        public static final Pointwise NONE = new Pointwise(1, null, null);
    }

    private final Kind kind;
    private final int filters;
    private final Slide slide;
    private final UnaryOperator<Output> activation;
    private final DenseLayer.Weights weights;
    private final Pointwise pointwise;
    private Variable kernel;
    private Variable across;
    private Variable bias;
    private int channels = Shape.UNKNOWN;

    public ConvLayer(
            Graph g, Kind kind, int filters, Slide slide, UnaryOperator<Output> activation, DenseLayer.Weights weights,
            Pointwise pointwise, Options options) {
        super(g, kind.snake, options);
        this.kind = kind;
        this.filters = filters;
        this.slide = slide;
        this.activation = activation;
        this.weights = weights;
        this.pointwise = pointwise;
    }

    private int channelAxis() {
        return slide.channelsFirst() ? 1 : -1;
    }

    @Override
    protected void check(Output input) {
        requireRank(input, kind.dimensions + 2, false);
        requireSize(input, channelAxis(), channels);
    }

    @Override
    protected void build(Graph g, Shape input) {
        channels = input.dim(channelAxis());
        if (channels < 0) {
            throw NnError.value("The channel dimension of the inputs should be defined. Found `None`.");
        }
        switch (kind) {
            case TRANSPOSED ->
                kernel = weight(g, "kernel", shape(filters, channels), weights.kernel(), weights.kernelPenalty(), true);
            case SEPARABLE -> {
                kernel = weight(g, "depthwise_kernel", shape(channels, pointwise.multiplier()), weights.kernel(),
                        weights.kernelPenalty(), true);
                across = weight(g, "pointwise_kernel", Shape.of(1, 1, channels * pointwise.multiplier(), filters),
                        pointwise.initializer(), pointwise.penalty(), true);
            }
            default ->
                kernel = weight(g, "kernel", shape(channels, filters), weights.kernel(), weights.kernelPenalty(), true);
        }
        if (weights.hasBias()) {
            bias = weight(g, "bias", Shape.of(filters), weights.bias(), weights.biasPenalty(), true);
        }
        if (kind == Kind.CONV1D || isPlain() && kind == Kind.CONV2D) {
            // Made once, when the layer is built; dilated convolutions make it again.
            g.constant(NdArray.of(slide.dilations(), slide.dilations().length), "dilation_rate");
        }
    }

    private boolean isPlain() {
        for (int d : slide.dilations()) {
            if (d != 1) {
                return false;
            }
        }
        return true;
    }

    private Shape shape(int last, int lastButOne) {
        int n = slide.size().length;
        int[] dims = new int[n + 2];
        System.arraycopy(slide.size(), 0, dims, 0, n);
        dims[n] = last;
        dims[n + 1] = lastButOne;
        return Shape.of(dims);
    }

    @Override
    protected Output call(Graph g, Output x) {
        Motion m = slide.motion();
        Output y = switch (kind) {
            case CONV1D -> conv1d(g, x, m);
            case CONV2D -> isPlain()
                    ? ConvBuilds.conv2d(g, x, kernel, m, null)
                    : ConvBuilds.dilated(g, x, Literal.of(Shapes.vector(kernel.shape())), slide.dilations(), m,
                            (in, padding) -> ConvBuilds.conv2d(g, in, kernel, Motion.of(m.strides(), padding, m.format()), null));
            case TRANSPOSED -> transposed(g, x, m);
            case SEPARABLE -> ConvBuilds.separable(g, x, kernel, across, m, slide.dilations(), null);
        };
        if (bias != null && kind == Kind.CONV1D && slide.channelsFirst()) {
            y = MathOps.plus(g, y, ArrayOps.reshape(g, bias, Literal.ofInts(1, filters, 1), null));
        } else if (bias != null) {
            y = NnOps.biasAdd(g, y, bias, slide.format(), null);
        }
        return activate(activation, y);
    }

    private Output conv1d(Graph g, Output x, Motion m) {
        Motion how = new Motion(m.strides(), m.padding(), List.of(), m.format(),
                Motion.pair(m.format(), 1, slide.dilations()[0]));
        return ConvBuilds.conv1d(g, x, kernel, how, null);
    }

    private Output transposed(Graph g, Output x, Motion m) {
        Output shape = Shapes.shape(g, x, null);
        int h = slide.channelsFirst() ? 2 : 1;
        Output batch = ArrayOps.at(g, shape, 0);
        Output height = ArrayOps.at(g, shape, h);
        Output width = ArrayOps.at(g, shape, h + 1);
        Output outHeight = grown(g, height, 0);
        Output outWidth = grown(g, width, 1);
        List<Operand> dims = new ArrayList<>(List.of(batch, outHeight, outWidth));
        dims.add(slide.channelsFirst() ? 1 : 3, Literal.of(filters));
        Output outShape = ArrayOps.stack(g, dims.toArray(new Operand[0]));
        Output y = ConvBuilds.conv2dTranspose(g, x, kernel, outShape, m, null);
        int[] known = new int[4];
        known[0] = x.shape().dim(0);
        known[slide.channelsFirst() ? 1 : 3] = filters;
        for (int i = 0; i < 2; i++) {
            int in = x.shape().dim(h + i);
            int extra = slide.padding().equals("VALID") ? Math.max(slide.size()[i] - slide.strides()[i], 0) : 0;
            known[h + i] = in < 0 ? Shape.UNKNOWN : in * slide.strides()[i] + extra;
        }
        y.refineShape(Shape.of(known));
        return y;
    }

    private Output grown(Graph g, Output size, int i) {
        Output y = MathOps.times(g, size, Literal.of(slide.strides()[i]));
        return slide.padding().equals("VALID")
                ? MathOps.plus(g, y, Literal.of(Math.max(slide.size()[i] - slide.strides()[i], 0)))
                : y;
    }

    public Variable kernel() {
        return kernel;
    }

    /** Null where the layer has none. */
    public Variable bias() {
        return bias;
    }
}
