package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.ConvBuilds;
import io.retrograd.graph.build.ConvBuilds.Motion;
import io.retrograd.graph.build.SampledLosses;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code tf.nn}: convolutions, pools, and losses over sampled classes. */
final class ConvFunctions {
    private ConvFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static boolean channelsFirst(String format) {
        return format != null && format.startsWith("NC");
    }

    private static String planar(String format) {
        return channelsFirst(format) ? "NCHW" : "NHWC";
    }

    private static Motion motion(Machine m, Object strides, Object padding, String format, Object dilations) {
        boolean first = channelsFirst(format);
        String name = "SAME";
        List<Long> explicit = new ArrayList<>();
        if (padding instanceof String s) {
            if (s.equals("EXPLICIT")) {
                throw NnError.value("\"EXPLICIT\" is not a valid value for the padding parameter. To use explicit padding, the "
                        + "padding parameter must be a list.");
            }
            name = padding(s);
        } else if (Given.isList(padding)) {
            Object[] all = Semantics.elements(m, padding);
            for (int i = 0; i < all.length; i++) {
                if (!(all[i] instanceof ListValue || all[i] instanceof TupleValue)) {
                    throw NnError.value("When padding is a list, each element of padding must be a list/tuple of size 2. Element "
                            + "with index " + i + " of padding is not a list/tuple");
                }
                List<Long> two = Given.longs(m, all[i]);
                if (two.size() != 2) {
                    throw NnError.value("When padding is a list, each element of padding must be a list/tuple of size 2. Element "
                            + "with index " + i + " of padding has size " + two.size());
                }
                explicit.addAll(two);
            }
            if (all.length != 4) {
                throw NnError.value("When padding is a list, it must be of size 4. Got padding of size: " + all.length);
            }
            name = "EXPLICIT";
        } else {
            throw NnError.type("Expected string for argument 'padding' not " + Semantics.repr(m, padding) + ".");
        }
        return new Motion(Given.sequence(m, strides, 2, first, "strides"), name, explicit, format == null ? "NHWC" : format,
                Given.sequence(m, dilations, 2, first, "dilations"));
    }

    /** SAME or VALID; what TensorFlow says of anything else. */
    static String padding(String given) {
        if (!given.equals("SAME") && !given.equals("VALID")) {
            throw NnError.value("Value for attr 'padding' of \"" + given + "\" is not in the list of allowed values: \"SAME\", "
                    + "\"VALID\"");
        }
        return given;
    }

    @Builtin(
            value = "nn.conv2d",
            signature = "input, filter=None, strides=None, padding=None, use_cudnn_on_gpu=True, data_format='NHWC', "
                    + "dilations=None, name=None, filters=None",
            doc = "Each filter slid over images: sums of products at every place.",
            shapes = "(n, h, w, c), (kh, kw, c, f) -> (n, h', w', f)",
            example = "y = tf.nn.conv2d(x, w, strides=[1, 1, 1, 1], padding='SAME')",
            gradient = "convolutions of dy with the filters and with the images")
    static Object conv2d(
            Machine m, Object input, Object filter, Object strides, Object padding, Object cudnn, String format,
            Object dilations, String name, Object filters) {
        Object w = Given.either("filters", filters, "filter", filter);
        return Tensors.wrap(ConvBuilds.conv2d(graph(m), Operands.of(m, input), Operands.of(m, w),
                motion(m, strides, padding, format, dilations), name));
    }

    @Builtin(
            value = "nn.conv2d_transpose",
            signature = "value=None, filter=None, output_shape=None, strides=None, padding='SAME', data_format='NHWC', "
                    + "name=None, input=None, filters=None, dilations=None",
            doc = "The gradient of conv2d by its input: images grow by the strides.",
            gradient = "dvalue = conv2d(dy, filter), dfilter = conv2d_backprop_filter(dy, value)",
            shapes = "(n, h, w, f), (kh, kw, c, f) -> output_shape")
    static Object conv2dTranspose(
            Machine m, Object value, Object filter, Object outputShape, Object strides, Object padding, String format,
            String name, Object input, Object filters, Object dilations) {
        Object x = Given.either("input", input, "value", value);
        Object w = Given.either("filters", filters, "filter", filter);
        return Tensors.wrap(ConvBuilds.conv2dTranspose(graph(m), Operands.of(m, x), Operands.of(m, w),
                Operands.of(m, outputShape), motion(m, strides, padding, format, dilations), name));
    }

    @Builtin(
            value = "nn.conv2d_backprop_input",
            signature = "input_sizes, filter=None, out_backprop=None, strides=None, padding=None, use_cudnn_on_gpu=True, "
                    + "data_format='NHWC', dilations=None, name=None, filters=None",
            doc = "The gradient of conv2d by its images.",
            shapes = "-> input_sizes",
            gradient = "dout_backprop = conv2d(dy, filter), dfilter = conv2d_backprop_filter(dy, out_backprop)")
    static Object backpropInput(
            Machine m, Object sizes, Object filter, Object out, Object strides, Object padding, Object cudnn, String format,
            Object dilations, String name, Object filters) {
        Motion how = motion(m, strides, padding, format, dilations);
        return Tensors.wrap(graph(m).op("Conv2DBackpropInput").name(name).input(Operands.of(m, sizes))
                .input(Operands.of(m, Given.either("filters", filters, "filter", filter))).input(Operands.of(m, out))
                .attr("strides", how.strides()).attr("padding", how.padding()).attr("explicit_paddings", how.explicit())
                .attr("data_format", how.format()).attr("dilations", how.dilations()).output());
    }

    @Builtin(
            value = "nn.conv2d_backprop_filter",
            signature = "input, filter_sizes, out_backprop, strides, padding, use_cudnn_on_gpu=True, data_format='NHWC', "
                    + "dilations=None, name=None",
            doc = "The gradient of conv2d by its filters.",
            shapes = "-> filter_sizes",
            gradient = "dinput = conv2d_transpose(out_backprop, dy), dout_backprop = conv2d(input, dy)")
    static Object backpropFilter(
            Machine m, Object input, Object sizes, Object out, Object strides, Object padding, Object cudnn, String format,
            Object dilations, String name) {
        Motion how = motion(m, strides, padding, format, dilations);
        return Tensors.wrap(graph(m).op("Conv2DBackpropFilter").name(name).input(Operands.of(m, input))
                .input(Operands.of(m, sizes)).input(Operands.of(m, out))
                .attr("strides", how.strides()).attr("padding", how.padding()).attr("explicit_paddings", how.explicit())
                .attr("data_format", how.format()).attr("dilations", how.dilations()).output());
    }

    @Builtin(
            value = "nn.conv1d",
            signature = "value=None, filters=None, stride=None, padding=None, use_cudnn_on_gpu=None, data_format=None, "
                    + "name=None, input=None, dilations=None",
            doc = "Each filter slid over sequences.",
            gradient = "dvalue = dy convolved with the turned filters, dfilters = value correlated with dy",
            shapes = "(n, t, c), (k, c, f) -> (n, t', f)")
    static Object conv1d(
            Machine m, Object value, Object filters, Object stride, String padding, Object cudnn, String format, String name,
            Object input, Object dilations) {
        if (format != null && !List.of("NHWC", "NWC", "NCHW", "NCW").contains(format)) {
            throw NnError.value("data_format must be \"NWC\" or \"NCW\".");
        }
        boolean first = channelsFirst(format);
        Motion how = new Motion(line(m, stride, first, "stride"), padding, List.of(), planar(format),
                line(m, dilations, first, "dilations"));
        return Tensors.wrap(ConvBuilds.conv1d(graph(m), Operands.of(m, Given.either("input", input, "value", value)),
                Operands.of(m, filters), how, name));
    }

    private static List<Long> line(Machine m, Object value, boolean first, String name) {
        List<Long> all = new ArrayList<>(List.of(1L));
        all.addAll(Given.sequence(m, value, 1, first, name));
        return all;
    }

    private static int[] rates(Machine m, Object dilations, Object rate) {
        Object given = Given.either("dilations", dilations, "rate", rate);
        return given == None.NONE ? null : Given.ints(m, given);
    }

    @Builtin(
            value = "nn.depthwise_conv2d",
            signature = "input, filter, strides, padding, rate=None, name=None, data_format=None, dilations=None",
            doc = "Filters slid over each channel apart.",
            gradient = "dinput = dy convolved with the turned filter of its channel, dfilter = input correlated with dy, channel by channel",
            shapes = "(n, h, w, c), (kh, kw, c, q) -> (n, h', w', c * q)")
    static Object depthwise(
            Machine m, Object input, Object filter, Object strides, Object padding, Object rate, String name, String format,
            Object dilations) {
        return Tensors.wrap(ConvBuilds.depthwise(graph(m), Operands.of(m, input), Operands.of(m, filter),
                motion(m, strides, padding, format, None.NONE), rates(m, dilations, rate), name));
    }

    @Builtin(
            value = "nn.depthwise_conv2d_native",
            signature = "input, filter, strides, padding, data_format='NHWC', dilations=None, name=None",
            doc = "Filters slid over each channel apart.",
            shapes = "(b, h, w, c), (kh, kw, c, m) -> (b, h', w', c m)",
            gradient = "dinput = dy convolved with the turned filter of its channel, dfilter = input correlated with dy, channel by channel")
    static Object depthwiseNative(
            Machine m, Object input, Object filter, Object strides, Object padding, String format, Object dilations,
            String name) {
        Motion how = motion(m, strides, padding, format, dilations);
        return Tensors.wrap(graph(m).op("DepthwiseConv2dNative").name(name).input(Operands.of(m, input))
                .input(Operands.of(m, filter)).attr("strides", how.strides()).attr("padding", how.padding())
                .attr("data_format", how.format()).attr("dilations", how.dilations()).output());
    }

    @Builtin(
            value = "nn.separable_conv2d",
            signature = "input, depthwise_filter, pointwise_filter, strides, padding, rate=None, name=None, data_format=None, "
                    + "dilations=None",
            doc = "A depthwise convolution, then one across the channels.",
            shapes = "(b, h, w, c), (kh, kw, c, m), (1, 1, c m, f) -> (b, h', w', f)",
            gradient = "through the pointwise, then through the depthwise convolution")
    static Object separable(
            Machine m, Object input, Object depthwise, Object pointwise, Object strides, Object padding, Object rate,
            String name, String format, Object dilations) {
        return Tensors.wrap(ConvBuilds.separable(graph(m), Operands.of(m, input), Operands.of(m, depthwise),
                Operands.of(m, pointwise), motion(m, strides, padding, format, None.NONE), rates(m, dilations, rate), name));
    }

    @Builtin(
            value = "nn.atrous_conv2d",
            signature = "value, filters, rate, padding, name=None",
            doc = "conv2d with holes between the filter's elements.",
            shapes = "(b, h, w, c), (kh, kw, c, f) -> (b, h', w', f)",
            gradient = "as of conv2d, with the same holes")
    static Object atrous(Machine m, Object value, Object filters, Object rate, String padding, String name) {
        int[] given = Given.ints(m, rate);
        int[] two = given.length == 1 ? new int[] {given[0], given[0]} : given;
        return Tensors.wrap(ConvBuilds.convolution(graph(m), Operands.of(m, value), Operands.of(m, filters),
                Motion.of(List.of(1L, 1L, 1L, 1L), padding, "NHWC"), two, name));
    }

    @Builtin(
            value = "nn.convolution",
            signature = "input, filter=None, padding=None, strides=None, dilation_rate=None, name=None, data_format=None, "
                    + "filters=None, dilations=None",
            doc = "A convolution over one or two dimensions.",
            shapes = "(b, h, w, c), (kh, kw, c, f) -> (b, h', w', f)",
            gradient = "dinput = dy convolved with the turned filter, dfilter = input correlated with dy")
    static Object convolution(
            Machine m, Object input, Object filter, String padding, Object strides, Object rate, String name, String format,
            Object filters, Object dilations) {
        Object w = Given.either("filters", filters, "filter", filter);
        Object holes = Given.either("dilations", dilations, "dilation_rate", rate);
        Output x = Given.tensor(m, input, "input");
        if (x.shape().rank() == 3) {
            try (NameScope scope = graph(m).nameScope(name == null ? "convolution" : name)) {
                return conv1d(m, Tensors.wrap(x), w, strides, padding, None.NONE, format, scope.operationName(), None.NONE, holes);
            }
        }
        if (x.shape().hasRank() && x.shape().rank() != 4) {
            throw NnError.value("Input tensor must be of rank 3, 4 or 5 but was " + x.shape().rank() + ".");
        }
        int[] two = holes == None.NONE ? null : Given.ints(m, holes);
        int[] both = two == null || two.length == 2 ? two : new int[] {two[0], two[0]};
        return Tensors.wrap(ConvBuilds.convolution(graph(m), x, Operands.of(m, w),
                motion(m, strides, padding, format, None.NONE), both, name));
    }

    // Pools

    private static Object pool(
            Machine m, String type, Object value, Object size, Object strides, String padding, String format, String name) {
        boolean first = channelsFirst(format);
        return Tensors.wrap(ConvBuilds.pool(graph(m), type, Operands.of(m, value), Given.sequence(m, size, 2, first, "ksize"),
                Given.sequence(m, strides, 2, first, "strides"), padding(padding), format == null ? "NHWC" : format, name));
    }

    @Builtin(
            value = "nn.max_pool",
            signature = "value, ksize, strides, padding, data_format='NHWC', name=None, input=None",
            doc = "The largest of each window.",
            shapes = "(n, h, w, c) -> (n, h', w', c)",
            example = "p = tf.nn.max_pool(x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')",
            gradient = "dy to the first largest of each window")
    static Object maxPool(
            Machine m, Object value, Object size, Object strides, String padding, String format, String name, Object input) {
        Object x = input == None.NONE ? value : input;
        return pool(m, "MaxPool", x, size, strides, padding, format, name);
    }

    @Builtin(
            value = "nn.avg_pool",
            signature = "value, ksize, strides, padding, data_format='NHWC', name=None, input=None",
            doc = "The mean of each window.",
            shapes = "(n, h, w, c) -> (n, h', w', c)",
            gradient = "dy spread evenly over each window")
    static Object avgPool(
            Machine m, Object value, Object size, Object strides, String padding, String format, String name, Object input) {
        Object x = input == None.NONE ? value : input;
        return pool(m, "AvgPool", x, size, strides, padding, format, name);
    }

    @Builtin(
            value = "nn.max_pool2d",
            signature = "input, ksize, strides, padding, data_format='NHWC', name=None",
            doc = "The largest of each window of images.",
            shapes = "(b, h, w, c) -> (b, h', w', c)",
            gradient = "dx = dy at the place of each window's maximum, 0 elsewhere")
    static Object maxPool2d(Machine m, Object input, Object size, Object strides, String padding, String format, String name) {
        return pool(m, "MaxPool", input, size, strides, padding, format, name == null ? "MaxPool2d" : name);
    }

    @Builtin(
            value = "nn.avg_pool2d",
            signature = "value|input, ksize, strides, padding, data_format='NHWC', name=None",
            doc = "The mean of each window of images.",
            shapes = "(b, h, w, c) -> (b, h', w', c)",
            gradient = "dx = dy / the size of the window, added up over the windows")
    static Object avgPool2d(Machine m, Object input, Object size, Object strides, String padding, String format, String name) {
        return pool(m, "AvgPool", input, size, strides, padding, format, name == null ? "AvgPool2D" : name);
    }

    private static Object pool1d(
            Machine m, String type, Object input, Object size, Object strides, String padding, String format, String name) {
        boolean last = !channelsFirst(format);
        return Tensors.wrap(ConvBuilds.pool1d(graph(m), type, Operands.of(m, input), Given.longs(m, size).get(0),
                Given.longs(m, strides).get(0), padding(padding), last, name));
    }

    @Builtin(
            value = "nn.max_pool1d",
            signature = "input, ksize, strides, padding, data_format='NWC', name=None",
            doc = "The largest of each window of sequences.",
            shapes = "(b, n, c) -> (b, n', c)",
            gradient = "dx = dy at the place of each window's maximum, 0 elsewhere")
    static Object maxPool1d(Machine m, Object input, Object size, Object strides, String padding, String format, String name) {
        return pool1d(m, "MaxPool", input, size, strides, padding, format, name);
    }

    @Builtin(
            value = "nn.avg_pool1d",
            signature = "input, ksize, strides, padding, data_format='NWC', name=None",
            doc = "The mean of each window of sequences.",
            shapes = "(b, n, c) -> (b, n', c)",
            gradient = "dx = dy / the size of the window, added up over the windows")
    static Object avgPool1d(Machine m, Object input, Object size, Object strides, String padding, String format, String name) {
        return pool1d(m, "AvgPool", input, size, strides, padding, format, name);
    }

    @Builtin(
            value = "nn.max_pool_with_argmax",
            signature = "input, ksize, strides, padding, data_format='NHWC', Targmax=None, name=None, output_dtype=None, "
                    + "include_batch_in_index=False",
            doc = "The largest of each window, and where it lies.",
            shapes = "(b, h, w, c) -> twice (b, h', w', c)",
            gradient = "dx = dy at argmax, 0 elsewhere")
    static Object maxPoolWithArgmax(
            Machine m, Object input, Object size, Object strides, String padding, String format, Object type, String name,
            Object outputType, boolean batch) {
        if (!"NHWC".equals(format)) {
            throw NnError.value("Data formats other than 'NHWC' are not yet supported");
        }
        Object given = Given.either("output_dtype", outputType, "Targmax", type);
        DType index = given == None.NONE ? DType.INT64 : DTypeValue.convert(m, given);
        Operation op = graph(m).op("MaxPoolWithArgmax").name(name).input(Operands.of(m, input))
                .attr("ksize", Given.sequence(m, size, 2, false, "ksize"))
                .attr("strides", Given.sequence(m, strides, 2, false, "strides")).attr("padding", padding(padding))
                .attr("Targmax", index).attr("include_batch_in_index", batch).operation();
        return TupleValue.of(Tensors.wrap(op.output(0)), Tensors.wrap(op.output(1)));
    }

    @Builtin(
            value = "nn.pool",
            signature = "input, window_shape, pooling_type, padding, dilation_rate=None, strides=None, name=None, "
                    + "data_format=None, dilations=None",
            doc = "The largest or the mean of each window: pooling_type is 'MAX' or 'AVG'.",
            shapes = "(b, h, w, c) -> (b, h', w', c)",
            gradient = "MAX: dx = dy at the maximum; AVG: dx = dy / the size of the window")
    static Object pool(
            Machine m, Object input, Object window, String type, String padding, Object rate, Object strides, String name,
            String format, Object dilations) {
        List<Long> size = Given.longs(m, window);
        String op = "AVG".equals(type) ? "AvgPool" : "MaxPool";
        String scopeName = name == null ? type.toLowerCase(Locale.ROOT) + "_pool" : name;
        return size.size() == 1
                ? pool1d(m, op, input, window, strides == None.NONE ? 1L : strides, padding, format, scopeName)
                : pool(m, op, input, window, strides == None.NONE ? 1L : strides, padding, format, scopeName);
    }

    // Losses over sampled classes

    private static SampledLosses.Lookup lookup(Machine m, Object table) {
        Object[] parts = table instanceof ListValue || table instanceof TupleValue ? Semantics.elements(m, table) : null;
        return (g, ids) -> {
            if (parts != null && parts.length != 1) {
                throw NnError.value("Tables in several parts are not offered here.");
            }
            Object one = parts == null ? table : parts[0];
            try (NameScope scope = g.nameScope("embedding_lookup")) {
                Output found = ArrayOps.gather(g, Operands.of(m, one), ids, Literal.of(0),
                        scope.operationName());
                return g.op("Identity").input(found).output();
            }
        };
    }

    private static SampledLosses.SampledLoss loss(
            Machine m, Object weights, Object biases, Object labels, Object inputs, long sampled, long classes, long trues,
            Object values, boolean hits, String name, Object seed) {
        SampledLosses.Candidates drawn = null;
        if (values != None.NONE) {
            Object[] three = Semantics.elements(m, values);
            drawn = new SampledLosses.Candidates(Given.tensor(m, three[0], "Const"), Given.tensor(m, three[1], "Const"),
                    Given.tensor(m, three[2], "Const"));
        }
        return new SampledLosses.SampledLoss(lookup(m, weights), lookup(m, biases),
                Operands.of(m, labels), Operands.of(m, inputs), sampled, classes, trues, drawn, hits, name, Given.seed(m, seed));
    }

    @Builtin(
            value = "nn.nce_loss",
            signature = "weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, sampled_values=None, "
                    + "remove_accidental_hits=False, partition_strategy='mod', name='nce_loss'",
            doc = "Tells the true class from sampled ones: noise-contrastive estimation.",
            shapes = "weights (classes, d), inputs (batch, d) -> (batch)",
            gradient = "that of sigmoid cross entropy, for the true class and the sampled ones alone")
    static Object nceLoss(
            Machine m, Object weights, Object biases, Object labels, Object inputs, long sampled, long classes, long trues,
            Object values, boolean hits, String strategy, String name) {
        return Tensors.wrap(loss(m, weights, biases, labels, inputs, sampled, classes, trues, values, hits, name, None.NONE).noiseContrastive(graph(m)));
    }

    @Builtin(
            value = "nn.sampled_softmax_loss",
            signature = "weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, sampled_values=None, "
                    + "remove_accidental_hits=True, partition_strategy='mod', name='sampled_softmax_loss', seed=None",
            doc = "Softmax cross entropy over the true class and sampled ones.",
            shapes = "weights (classes, d), inputs (batch, d) -> (batch)",
            gradient = "that of softmax cross entropy, for the true class and the sampled ones alone")
    static Object sampledSoftmax(
            Machine m, Object weights, Object biases, Object labels, Object inputs, long sampled, long classes, long trues,
            Object values, boolean hits, String strategy, String name, Object seed) {
        return Tensors.wrap(loss(m, weights, biases, labels, inputs, sampled, classes, trues, values, hits, name, seed).softmaxLoss(graph(m)));
    }

    private static Object sampler(
            Machine m, String type, Object classes, long trues, long sampled, boolean unique, long range, Object seed,
            String name) {
        SampledLosses.Candidates c = SampledLosses.sampler(
                graph(m), type, Operands.of(m, classes), trues, sampled, unique, range, Given.seed(m, seed), name);
        return TupleValue.of(Tensors.wrap(c.sampled()), Tensors.wrap(c.trueCount()), Tensors.wrap(c.sampledCount()));
    }

    private static final String SAMPLER = "true_classes, num_true, num_sampled, unique, range_max, seed=None, name=None";

    @Builtin(
            value = {"nn.log_uniform_candidate_sampler", "random.log_uniform_candidate_sampler"},
            signature = SAMPLER,
            doc = "Classes drawn by Zipf's law.")
    static Object logUniform(
            Machine m, Object classes, long trues, long sampled, boolean unique, long range, Object seed, String name) {
        return sampler(m, "LogUniformCandidateSampler", classes, trues, sampled, unique, range, seed, name);
    }

    @Builtin(
            value = {"nn.uniform_candidate_sampler", "random.uniform_candidate_sampler"},
            signature = SAMPLER,
            doc = "Classes drawn evenly.")
    static Object uniform(
            Machine m, Object classes, long trues, long sampled, boolean unique, long range, Object seed, String name) {
        return sampler(m, "UniformCandidateSampler", classes, trues, sampled, unique, range, seed, name);
    }

    @Builtin(
            value = {"nn.learned_unigram_candidate_sampler", "random.learned_unigram_candidate_sampler"},
            signature = SAMPLER,
            doc = "Classes drawn by how often they occurred so far.")
    static Object learnedUnigram(
            Machine m, Object classes, long trues, long sampled, boolean unique, long range, Object seed, String name) {
        return sampler(m, "LearnedUnigramCandidateSampler", classes, trues, sampled, unique, range, seed, name);
    }
}
