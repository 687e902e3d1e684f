package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** What {@code tf.nn}'s convolutions and pools create. Lists of strides and sizes have one entry a dimension of the image. */
public final class ConvBuilds {
    private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);

    private ConvBuilds() {}

    /** How a window moves: strides, padding (explicit amounts or none), format and dilations. */
    public record Motion(List<Long> strides, String padding, List<Long> explicit, String format, List<Long> dilations) {
        public static Motion of(List<Long> strides, String padding, String format) {
            return new Motion(strides, padding, List.of(), format, ONES);
        }

        /** The index of the first spatial dimension. */
        int spatial() {
            return format.startsWith("NC") ? 2 : 1;
        }

        /** Strides or sizes for one image dimension and the other, 1 for batch and channels. */
        public static List<Long> pair(String format, long rows, long columns) {
            return format.startsWith("NC") ? List.of(1L, 1L, rows, columns) : List.of(1L, rows, columns, 1L);
        }
    }

    private static OpCall with(OpCall call, Motion m) {
        return call.attr("strides", m.strides()).attr("padding", m.padding()).attr("data_format", m.format())
                .attr("dilations", m.dilations());
    }

    /** {@code tf.nn.conv2d}. */
    public static Output conv2d(Graph g, Operand input, Operand filter, Motion m, String name) {
        return with(g.op("Conv2D").name(name).input(input).input(filter), m)
                .attr("explicit_paddings", m.explicit()).output();
    }

    /** {@code tf.nn.conv2d_transpose}: the gradient of a convolution by its input. */
    public static Output conv2dTranspose(
            Graph g, Operand value, Operand filter, Operand outputShape, Motion m, String name) {
        try (NameScope scope = g.nameScope(name == null ? "conv2d_transpose" : name)) {
            return with(g.op("Conv2DBackpropInput").name(scope.operationName())
                    .input(outputShape).input(filter).input(value), m).attr("explicit_paddings", m.explicit()).output();
        }
    }

    /** {@code tf.nn.conv1d}; the motion is that of the image of one row. */
    public static Output conv1d(Graph g, Operand value, Operand filters, Motion m, String name) {
        try (NameScope scope = g.nameScope(name == null ? "conv1d" : name)) {
            Output image = ArrayOps.expandDims(g, value, m.spatial());
            Output wide = ArrayOps.expandDims(g, filters, 0);
            Output y = conv2d(g, image, wide, m, scope.operationName());
            return ArrayOps.squeeze(g, y, m.spatial());
        }
    }

    /** {@code tf.nn.depthwise_conv2d}; rates null for none. */
    public static Output depthwise(Graph g, Operand input, Operand filter, Motion m, int[] rates, String name) {
        try (NameScope scope = g.nameScope(name == null ? "depthwise" : name)) {
            Output x = input.toOutput(g, null, null, "tensor_in");
            Output w = filter.toOutput(g, null, null, "filter_in");
            String path = scope.operationName();
            Output shape = Shapes.shape(g, w, null);
            return dilated(g, x, shape, rates, m, (in, padding) -> native2d(g, in, w, m, padding, path));
        }
    }

    private static Output native2d(Graph g, Output x, Output w, Motion m, String padding, String name) {
        return g.op("DepthwiseConv2dNative").name(name).input(x).input(w).attr("strides", m.strides())
                .attr("padding", padding).attr("data_format", m.format()).output();
    }

    /** {@code tf.nn.separable_conv2d}: each channel apart, then across the channels. */
    public static Output separable(
            Graph g, Operand input, Operand depthwise, Operand pointwise, Motion m, int[] rates, String name) {
        try (NameScope scope = g.nameScope(name == null ? "separable_conv2d" : name)) {
            Output x = input.toOutput(g, null, null, "tensor_in");
            Output w = depthwise.toOutput(g, null, null, "depthwise_filter");
            Output p = pointwise.toOutput(g, null, null, "pointwise_filter");
            Output shape = Shapes.shape(g, w, null);
            Output y = dilated(g, x, shape, rates, m, (in, padding) -> native2d(g, in, w, m, padding, "depthwise"));
            return conv2d(g, y, p, Motion.of(ONES, "VALID", m.format()), scope.operationName());
        }
    }

    /**
     * {@code tf.nn.convolution} over two dimensions, {@code tf.nn.atrous_conv2d}: dilation by moving pixels into the batch.
     */
    public static Output convolution(Graph g, Operand input, Operand filter, Motion m, int[] rates, String name) {
        try (NameScope scope = g.nameScope(name == null ? "convolution" : name)) {
            String path = scope.operationName();
            if (isOne(rates)) {
                return conv2d(g, input, filter, m, path);
            }
            Output x = input.toOutput(g, null, null, "input");
            Output w = filter.toOutput(g, null, null, "filter");
            if (w.shape().hasRank() && w.shape().rank() != 4) {
                throw NnError.value("filter tensor must have rank 4");
            }
            Operand shape = Literal.of(Shapes.vector(w.shape()));
            return dilated(g, x, shape, rates, m, (in, padding) -> conv2d(g, in, w,
                    new Motion(m.strides(), padding, List.of(), m.format(), ONES), path));
        }
    }

    private static boolean isOne(int[] rates) {
        for (int r : rates == null ? new int[0] : rates) {
            if (r != 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * What layers do: {@code dilation_rate} is a constant of the graph; at more than 1 the pixels that one dilated window
     * sees are moved into one image of a larger batch, and back afterwards.
     */
    public static Output dilated(
            Graph g, Output x, Operand filterShape, int[] rates, Motion m, BiFunction<Output, String, Output> op) {
        int[] rate = rates == null ? new int[] {1, 1} : rates;
        Output rateTensor = g.constant(NdArray.of(rate, rate.length), "dilation_rate");
        for (int r : rate) {
            if (r < 1) {
                throw NnError.value("dilation_rate must be positive");
            }
        }
        if (isOne(rate)) {
            return op.apply(x, m.padding());
        }
        for (long s : m.strides()) {
            if (s > 1) {
                throw NnError.value("strides > 1 not supported in conjunction with dilation_rate > 1");
            }
        }
        int n = rate.length;
        int first = m.spatial();
        int[] before = new int[n];
        int[] after = new int[n];
        if (m.padding().equals("SAME")) {
            Output shape = filterShape.toOutput(g, null, null, "filter_shape");
            NdArray size = ConstantValue.of(shape).orElseThrow(
                    () -> NnError.value("filter_shape must be specified for SAME padding"));
            for (int i = 0; i < n; i++) {
                int extra = size.getInt(i) + (size.getInt(i) - 1) * (rate[i] - 1) - 1;
                before[i] = extra / 2;
                after[i] = extra - extra / 2;
            }
        } else if (!m.padding().equals("VALID")) {
            throw NnError.value("Invalid padding method '" + m.padding() + "'");
        }
        int[] dims = new int[n];
        boolean known = x.shape().hasRank();
        for (int i = 0; i < n; i++) {
            dims[i] = known ? x.shape().dim(first + i) : Shape.UNKNOWN;
            known &= dims[i] >= 0;
        }
        int lead = first - 1;
        Operand block = Literal.ofInts(padded(rate, lead, 1));
        Operand paddings;
        Operand crops;
        if (known) {
            int[][] pads = new int[n + lead][2];
            int[][] cuts = new int[n + lead][2];
            for (int i = 0; i < n; i++) {
                int full = dims[i] + before[i] + after[i];
                int extra = Math.floorMod(-full, rate[i]);
                pads[i + lead] = new int[] {before[i], after[i] + extra};
                cuts[i + lead] = new int[] {0, extra};
            }
            paddings = matrix(pads);
            crops = matrix(cuts);
        } else {
            if (lead > 0) {
                throw NnError.value("dilation_rate > 1 with channels first needs a known image size");
            }
            List<Operand> pads = new ArrayList<>();
            List<Operand> cuts = new ArrayList<>();
            Output shape = Shapes.shape(g, x, null);
            for (int i = 0; i < n; i++) {
                Output full = MathOps.plus(g, ArrayOps.at(g, shape, first + i), Literal.of(before[i] + after[i]));
                Output rest = MathOps.operator(g, "mod", full, Literal.of(rate[i]));
                Output extra = MathOps.operator(
                        g, "mod", MathOps.minus(g, Literal.of(rate[i]), rest), Literal.of(rate[i]));
                pads.add(ArrayOps.stack(g, Literal.of(before[i]), MathOps.plus(g, extra, Literal.of(after[i]))));
                cuts.add(ArrayOps.stack(g, Literal.of(0), extra));
            }
            paddings = ArrayOps.pack(g, pads, 0, "paddings");
            crops = ArrayOps.pack(g, cuts, 0, "crops");
        }
        Output moved = g.op("SpaceToBatchND").input(x).input(block).input(paddings).output();
        Output y = op.apply(moved, "VALID");
        return g.op("BatchToSpaceND").input(y).input(block).input(crops).output();
    }

    private static int[] padded(int[] values, int lead, int with) {
        int[] all = new int[values.length + lead];
        for (int i = 0; i < all.length; i++) {
            all[i] = i < lead ? with : values[i - lead];
        }
        return all;
    }

    private static Literal matrix(int[][] rows) {
        int[] flat = new int[rows.length * 2];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = rows[i / 2][i % 2];
        }
        return Literal.of(NdArray.of(flat, rows.length, 2));
    }

    /** MaxPool or AvgPool inside a scope of the name given, or of the type. */
    public static Output pool(
            Graph g, String type, Operand value, List<Long> size, List<Long> strides, String padding, String format,
            String name) {
        try (NameScope scope = g.nameScope(name == null ? type : name)) {
            if (type.equals("MaxPool") && size.contains(0L)) {
                throw NnError.value("ksize cannot be zero.");
            }
            return poolHere(g, type, value, size, strides, padding, format, scope.operationName());
        }
    }

    static Output poolHere(
            Graph g, String type, Operand value, List<Long> size, List<Long> strides, String padding, String format,
            String name) {
        return g.op(type).name(name).input(value).attr("ksize", size).attr("strides", strides).attr("padding", padding)
                .attr("data_format", format).output();
    }

    /** {@code tf.nn.max_pool1d}, {@code tf.nn.avg_pool1d}. */
    public static Output pool1d(
            Graph g, String type, Operand value, long size, long stride, String padding, boolean channelsLast, String name) {
        String scopeName = type.equals("MaxPool") ? "MaxPool1d" : "AvgPool1D";
        String format = channelsLast ? "NHWC" : "NCHW";
        int at = channelsLast ? 1 : 2;
        try (NameScope scope = g.nameScope(name == null ? scopeName : name)) {
            Output image = ArrayOps.expandDims(g, value, at);
            Output y = poolHere(g, type, image, Motion.pair(format, 1, size), Motion.pair(format, 1, stride), padding, format,
                    scope.operationName());
            return ArrayOps.squeeze(g, y, at);
        }
    }
}
