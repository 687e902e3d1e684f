package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.BatchNormLayer;
import io.retrograd.graph.build.ConvLayer;
import io.retrograd.graph.build.ConvLayer.Kind;
import io.retrograd.graph.build.ConvLayer.Pointwise;
import io.retrograd.graph.build.ConvLayer.Slide;
import io.retrograd.graph.build.DenseLayer;
import io.retrograd.graph.build.DenseLayer.Weights;
import io.retrograd.graph.build.Initializer;
import io.retrograd.graph.build.Initializers;
import io.retrograd.graph.build.Layer;
import io.retrograd.graph.build.SimpleLayers;
import io.retrograd.graph.build.Training;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** {@code tf.layers}: functions that make a layer and call it, and the same layers as objects. */
final class LayersFunctions {
    private LayersFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    // Arguments

    /** A function of a tensor, or the name of one; null for None. */
    static UnaryOperator<Output> activation(Machine m, Object given) {
        if (given == None.NONE) {
            return null;
        }
        if (given instanceof String name) {
            if (name.equals("linear")) {
                return null;
            }
            Object function = NnFunctionsTable.TABLE.find("nn." + name);
            function = function != null ? function : ElementwiseFunctionsTable.TABLE.find("nn." + name);
            if (function == null) {
                throw NnError.value("Unknown activation function:" + name);
            }
            return activation(m, function);
        }
        if (!Semantics.isCallable(given)) {
            throw NnError.type("Could not interpret activation function identifier: " + Semantics.repr(m, given));
        }
        return x -> {
            Object y = Semantics.call(m, given, Tensors.wrap(x));
            return Operands.of(m, y).toOutput(x.graph(), null, null, "Const");
        };
    }

    static Training training(Machine m, Object given) {
        if (!Operands.isTensor(given)) {
            return Semantics.truth(m, given) ? Training.YES : Training.NO;
        }
        Output t = Given.tensor(m, given, "training");
        NdArray known = ConstantValue.of(t).orElse(null);
        return known == null ? Training.of(t) : known.getBoolean(0) ? Training.YES : Training.NO;
    }

    private static Initializer orZeros(Machine m, Object given) {
        return given == None.NONE ? Initializers.zeros() : initializer(m, given);
    }

    /** An initializer, or keras' name of one. */
    static Initializer initializer(Machine m, Object given) {
        if (given instanceof String name) {
            return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
                case "zeros", "zero" -> Initializers.zeros();
                case "ones", "one" -> Initializers.ones();
                case "glorotuniform" -> Initializers.glorotUniform(null);
                case "glorotnormal" -> Initializers.varianceScaling(1, "fan_avg", "truncated_normal", null);
                case "henormal" -> Initializers.varianceScaling(2, "fan_in", "truncated_normal", null);
                case "heuniform" -> Initializers.varianceScaling(2, "fan_in", "uniform", null);
                case "lecunnormal" -> Initializers.varianceScaling(1, "fan_in", "truncated_normal", null);
                case "lecununiform" -> Initializers.varianceScaling(1, "fan_in", "uniform", null);
                default -> throw NnError.value("Unknown initializer: " + name);
            };
        }
        return InitializerFunctions.convert(m, given);
    }

    private static Weights weights(
            Machine m, boolean hasBias, Object kernel, Object bias, Object kernelPenalty, Object biasPenalty) {
        return new Weights(hasBias, initializer(m, kernel), orZeros(m, bias), RegularizerFunctions.convert(m, kernelPenalty),
                RegularizerFunctions.convert(m, biasPenalty));
    }

    private static void refuse(Object given, String what) {
        if (given != None.NONE) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, what + " is not offered.");
        }
    }

    private static Layer.Options options(Machine m, String name, boolean trainable, Object reuse, boolean object) {
        return object
                ? Layer.Options.ofObject(name, trainable, ReuseValue.convert(m, reuse))
                : Layer.Options.ofFunction(name, trainable, ReuseValue.convert(m, reuse));
    }

    /** {@code normalize_tuple}: one int for all dimensions, or one for each. */
    private static int[] tuple(Machine m, Object value, int n, String name) {
        if (!Given.isList(value)) {
            if (!(value instanceof Long || value instanceof ArrayLike)) {
                throw wrongTuple(m, value, n, name);
            }
            int[] all = new int[n];
            Arrays.fill(all, Given.ints(m, value)[0]);
            return all;
        }
        if (Semantics.elements(m, value).length != n) {
            throw wrongTuple(m, value, n, name);
        }
        return Given.ints(m, value);
    }

    private static NnError wrongTuple(Machine m, Object value, int n, String name) {
        return NnError.value("The `" + name + "` argument must be a tuple of " + n + " integers. Received: "
                + Semantics.str(m, value));
    }

    private static String padding(String given) {
        String lower = given.toLowerCase(Locale.ROOT);
        if (!lower.equals("valid") && !lower.equals("same")) {
            throw NnError.value("The `padding` argument must be a list/tuple or one of \"valid\", \"same\" (or \"causal\", only for "
                    + "`Conv1D). Received: " + lower);
        }
        return lower.toUpperCase(Locale.ROOT);
    }

    private static boolean channelsFirst(String format) {
        String lower = format.toLowerCase(Locale.ROOT);
        if (!lower.equals("channels_first") && !lower.equals("channels_last")) {
            throw NnError.value("The `data_format` argument must be one of \"channels_first\", \"channels_last\". Received: "
                    + lower);
        }
        return lower.equals("channels_first");
    }

    private static Slide slide(
            Machine m, int n, Object size, Object strides, String padding, String format, Object dilations, String sizeName) {
        int[] holes = dilations == null ? tuple(m, 1L, n, "dilation_rate") : tuple(m, dilations, n, "dilation_rate");
        return new Slide(tuple(m, size, n, sizeName), tuple(m, strides, n, "strides"), padding(padding), channelsFirst(format),
                holes);
    }

    private static Object result(Machine m, Layer layer, Object inputs, Object training) {
        return inputs == null ? new LayerValue(layer) : Tensors.wrap(LayerValue.apply(m, layer, inputs, training));
    }

    // Dense

    private static final String DENSE = "units, activation=None, use_bias=True, kernel_initializer=None, "
            + "bias_initializer=None, kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
            + "kernel_constraint=None, bias_constraint=None, trainable=True, name=None";

    private static Object dense(
            Machine m, Object inputs, int units, Object activation, boolean useBias, Object kernel, Object bias,
            Object kernelPenalty, Object biasPenalty, Object activity, Object kernelConstraint, Object biasConstraint,
            boolean trainable, String name, Object reuse) {
        refuse(activity, "activity_regularizer");
        refuse(kernelConstraint, "kernel_constraint");
        refuse(biasConstraint, "bias_constraint");
        Layer layer = new DenseLayer(graph(m), units, activation(m, activation),
                weights(m, useBias, kernel, bias, kernelPenalty, biasPenalty), options(m, name, trainable, reuse, inputs == null));
        return result(m, layer, inputs, None.NONE);
    }

    @Builtin(
            value = "layers.dense",
            signature = "inputs, " + DENSE + ", reuse=None",
            doc = "activation(inputs * kernel + bias).",
            gradient = "dinputs = dy @ kernel.T, dkernel = inputs.T @ dy, dbias = sum(dy, 0), after that of the activation",
            shapes = "(n, k) -> (n, units)",
            example = "h = tf.layers.dense(x, 64, activation=tf.nn.relu)")
    static Object denseFunction(
            Machine m, Object inputs, int units, Object activation, boolean useBias, Object kernel, Object bias,
            Object kernelPenalty, Object biasPenalty, Object activity, Object kernelConstraint, Object biasConstraint,
            boolean trainable, String name, Object reuse) {
        return dense(m, inputs, units, activation, useBias, kernel, bias, kernelPenalty, biasPenalty, activity,
                kernelConstraint, biasConstraint, trainable, name, reuse);
    }

    @Builtin(value = {"layers.Dense", "keras.layers.Dense"}, signature = DENSE + ", _reuse=None", doc = "A dense layer as an object.")
    static Object denseObject(
            Machine m, int units, Object activation, boolean useBias, Object kernel, Object bias, Object kernelPenalty,
            Object biasPenalty, Object activity, Object kernelConstraint, Object biasConstraint, boolean trainable, String name,
            Object reuse) {
        return dense(m, null, units, activation, useBias, kernel, bias, kernelPenalty, biasPenalty, activity,
                kernelConstraint, biasConstraint, trainable, name, reuse);
    }

    // Convolutions

    private static final String TAIL = "activation=None, use_bias=True, kernel_initializer=None, bias_initializer=None, "
            + "kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, "
            + "bias_constraint=None, trainable=True, name=None";

    private static Object conv(
            Machine m, Kind kind, Object inputs, int filters, Object size, Object strides, String padding, String format,
            Object dilations, Object activation, boolean useBias, Object kernel, Object bias, Object kernelPenalty,
            Object biasPenalty, Object activity, Object kernelConstraint, Object biasConstraint, boolean trainable, String name,
            Object reuse) {
        refuse(activity, "activity_regularizer");
        refuse(kernelConstraint, "kernel_constraint");
        refuse(biasConstraint, "bias_constraint");
        Slide slide = slide(m, kind.dimensions(), size, strides, padding, format, dilations, "kernel_size");
        Layer layer = new ConvLayer(graph(m), kind, filters, slide, activation(m, activation),
                weights(m, useBias, kernel, bias, kernelPenalty, biasPenalty), Pointwise.NONE,
                options(m, name, trainable, reuse, inputs == null));
        return result(m, layer, inputs, None.NONE);
    }

    private static final String CONV2D = "filters, kernel_size, strides=1, padding='valid', data_format='channels_last', "
            + "dilation_rate=1, " + TAIL;

    @Builtin(
            value = "layers.conv2d",
            signature = "inputs, " + CONV2D + ", reuse=None",
            doc = "A convolution of images with a bias and an activation.",
            gradient = "as of tf.nn.conv2d; dbias = the sum of dy over all but the channels",
            shapes = "(n, h, w, c) -> (n, h', w', filters)",
            example = "h = tf.layers.conv2d(x, 32, 5, padding='same', activation=tf.nn.relu)")
    static Object conv2d(
            Machine m, Object inputs, int filters, Object size, Object strides, String padding, String format, Object dilations,
            Object activation, boolean useBias, Object kernel, Object bias, Object kernelPenalty, Object biasPenalty,
            Object activity, Object kernelConstraint, Object biasConstraint, boolean trainable, String name, Object reuse) {
        return conv(m, Kind.CONV2D, inputs, filters, size, strides, padding, format, dilations, activation, useBias, kernel,
                bias, kernelPenalty, biasPenalty, activity, kernelConstraint, biasConstraint, trainable, name, reuse);
    }

    @Builtin(
            value = {"layers.Conv2D", "keras.layers.Conv2D"},
            signature = CONV2D + ", _reuse=None",
            doc = "A convolution of images as an object.")
    static Object conv2dObject(
            Machine m, int filters, Object size, Object strides, String padding, String format, Object dilations,
            Object activation, boolean useBias, Object kernel, Object bias, Object kernelPenalty, Object biasPenalty,
            Object activity, Object kernelConstraint, Object biasConstraint, boolean trainable, String name, Object reuse) {
        return conv(m, Kind.CONV2D, null, filters, size, strides, padding, format, dilations, activation, useBias, kernel,
                bias, kernelPenalty, biasPenalty, activity, kernelConstraint, biasConstraint, trainable, name, reuse);
    }

    @Builtin(
            value = "layers.conv1d",
            signature = "inputs, " + CONV2D + ", reuse=None",
            doc = "A convolution of sequences with a bias and an activation.",
            gradient = "as of tf.nn.conv1d; dbias = the sum of dy over all but the channels",
            shapes = "(n, t, c) -> (n, t', filters)")
    static Object conv1d(
            Machine m, Object inputs, int filters, Object size, Object strides, String padding, String format, Object dilations,
            Object activation, boolean useBias, Object kernel, Object bias, Object kernelPenalty, Object biasPenalty,
            Object activity, Object kernelConstraint, Object biasConstraint, boolean trainable, String name, Object reuse) {
        return conv(m, Kind.CONV1D, inputs, filters, size, strides, padding, format, dilations, activation, useBias, kernel,
                bias, kernelPenalty, biasPenalty, activity, kernelConstraint, biasConstraint, trainable, name, reuse);
    }

    @Builtin(
            value = {"layers.Conv1D", "keras.layers.Conv1D"},
            signature = CONV2D + ", _reuse=None",
            doc = "A convolution of sequences as an object.")
    static Object conv1dObject(
            Machine m, int filters, Object size, Object strides, String padding, String format, Object dilations,
            Object activation, boolean useBias, Object kernel, Object bias, Object kernelPenalty, Object biasPenalty,
            Object activity, Object kernelConstraint, Object biasConstraint, boolean trainable, String name, Object reuse) {
        return conv(m, Kind.CONV1D, null, filters, size, strides, padding, format, dilations, activation, useBias, kernel,
                bias, kernelPenalty, biasPenalty, activity, kernelConstraint, biasConstraint, trainable, name, reuse);
    }

    private static final String TRANSPOSED = "filters, kernel_size, strides=1, padding='valid', "
            + "data_format='channels_last', " + TAIL;

    @Builtin(
            value = "layers.conv2d_transpose",
            signature = "inputs, " + TRANSPOSED + ", reuse=None",
            doc = "The gradient of a convolution, with a bias and an activation: images grow by the strides.",
            gradient = "as of tf.nn.conv2d_transpose; dbias = the sum of dy over all but the channels",
            shapes = "(n, h, w, c) -> (n, h', w', filters)")
    static Object conv2dTranspose(
            Machine m, Object inputs, int filters, Object size, Object strides, String padding, String format,
            Object activation, boolean useBias, Object kernel, Object bias, Object kernelPenalty, Object biasPenalty,
            Object activity, Object kernelConstraint, Object biasConstraint, boolean trainable, String name, Object reuse) {
        return conv(m, Kind.TRANSPOSED, inputs, filters, size, strides, padding, format, null, activation, useBias, kernel,
                bias, kernelPenalty, biasPenalty, activity, kernelConstraint, biasConstraint, trainable, name, reuse);
    }

    @Builtin(
            value = {"layers.Conv2DTranspose", "keras.layers.Conv2DTranspose"},
            signature = TRANSPOSED + ", _reuse=None",
            doc = "conv2d_transpose as an object.")
    static Object conv2dTransposeObject(
            Machine m, int filters, Object size, Object strides, String padding, String format,
            Object activation, boolean useBias, Object kernel, Object bias, Object kernelPenalty, Object biasPenalty,
            Object activity, Object kernelConstraint, Object biasConstraint, boolean trainable, String name, Object reuse) {
        return conv(m, Kind.TRANSPOSED, null, filters, size, strides, padding, format, null, activation, useBias, kernel,
                bias, kernelPenalty, biasPenalty, activity, kernelConstraint, biasConstraint, trainable, name, reuse);
    }

    @Builtin(
            value = "layers.separable_conv2d",
            signature = "inputs, filters, kernel_size, strides=1, padding='valid', data_format='channels_last', dilation_rate=1, "
                    + "depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer=None, "
                    + "pointwise_initializer=None, bias_initializer=None, depthwise_regularizer=None, "
                    + "pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, "
                    + "pointwise_constraint=None, bias_constraint=None, trainable=True, name=None, reuse=None",
            doc = "A convolution of each channel apart, then one across the channels.",
            gradient = "through the pointwise, then through the depthwise convolution")
    static Object separable(
            Machine m, Object inputs, int filters, Object size, Object strides, String padding, String format, Object dilations,
            int multiplier, Object activation, boolean useBias, Object depthwise, Object pointwise, Object bias,
            Object depthPenalty, Object pointPenalty, Object biasPenalty, Object activity, Object depthConstraint,
            Object pointConstraint, Object biasConstraint, boolean trainable, String name, Object reuse) {
        refuse(activity, "activity_regularizer");
        refuse(depthConstraint, "depthwise_constraint");
        refuse(pointConstraint, "pointwise_constraint");
        refuse(biasConstraint, "bias_constraint");
        Slide slide = slide(m, 2, size, strides, padding, format, dilations, "kernel_size");
        Layer layer = new ConvLayer(graph(m), Kind.SEPARABLE, filters, slide, activation(m, activation),
                weights(m, useBias, depthwise, bias, depthPenalty, biasPenalty),
                new Pointwise(multiplier, initializer(m, pointwise), RegularizerFunctions.convert(m, pointPenalty)),
                options(m, name, trainable, reuse, false));
        return result(m, layer, inputs, None.NONE);
    }

    // Pools, dropout, flatten

    private static Object pool(
            Machine m, String type, int n, Object inputs, Object size, Object strides, String padding, String format,
            String name) {
        Slide slide = slide(m, n, size, strides, padding, format, null, "pool_size");
        return result(m, SimpleLayers.pool(graph(m), type, slide, options(m, name, true, None.NONE, inputs == null)), inputs,
                None.NONE);
    }

    private static final String POOL = "pool_size, strides, padding='valid', data_format='channels_last', name=None";

    @Builtin(
            value = "layers.max_pooling2d",
            signature = "inputs, " + POOL,
            doc = "The largest of each window of images.",
            gradient = "dx = dy at the place of each window's maximum, 0 elsewhere",
            shapes = "(n, h, w, c) -> (n, h', w', c)")
    static Object maxPooling2d(
            Machine m, Object inputs, Object size, Object strides, String padding, String format, String name) {
        return pool(m, "MaxPool", 2, inputs, size, strides, padding, format, name);
    }

    @Builtin(
            value = "layers.average_pooling2d",
            signature = "inputs, " + POOL,
            doc = "The mean of each window of images.",
            gradient = "dx = dy / the size of the window, added up over the windows",
            shapes = "(n, h, w, c) -> (n, h', w', c)")
    static Object averagePooling2d(
            Machine m, Object inputs, Object size, Object strides, String padding, String format, String name) {
        return pool(m, "AvgPool", 2, inputs, size, strides, padding, format, name);
    }

    @Builtin(value = "layers.max_pooling1d", signature = "inputs, " + POOL, doc = "The largest of each window of sequences.",
            shapes = "(b, n, c) -> (b, n', c)",
            gradient = "dx = dy at the place of each window's maximum, 0 elsewhere")
    static Object maxPooling1d(
            Machine m, Object inputs, Object size, Object strides, String padding, String format, String name) {
        return pool(m, "MaxPool", 1, inputs, size, strides, padding, format, name);
    }

    @Builtin(value = "layers.average_pooling1d", signature = "inputs, " + POOL, doc = "The mean of each window of sequences.",
            shapes = "(b, n, c) -> (b, n', c)",
            gradient = "dx = dy / the size of the window, added up over the windows")
    static Object averagePooling1d(
            Machine m, Object inputs, Object size, Object strides, String padding, String format, String name) {
        return pool(m, "AvgPool", 1, inputs, size, strides, padding, format, name);
    }

    @Builtin(value = "layers.MaxPooling2D", signature = POOL, doc = "max_pooling2d as an object.")
    static Object maxPooling2dObject(Machine m, Object size, Object strides, String padding, String format, String name) {
        return pool(m, "MaxPool", 2, null, size, strides, padding, format, name);
    }

    @Builtin(value = "layers.AveragePooling2D", signature = POOL, doc = "average_pooling2d as an object.")
    static Object averagePooling2dObject(Machine m, Object size, Object strides, String padding, String format, String name) {
        return pool(m, "AvgPool", 2, null, size, strides, padding, format, name);
    }

    private static Object dropout(
            Machine m, Object inputs, Object rate, Object noiseShape, Object seed, Object training, String name) {
        boolean number = NnFunctions.isNumber(rate);
        Operand tensor = number ? null : Operands.of(m, rate);
        Layer layer = new SimpleLayers.Dropout(graph(m), tensor, number ? Semantics.real(m, rate) : 0,
                Given.operand(m, noiseShape), Given.seed(m, seed), options(m, name, true, None.NONE, inputs == null));
        return result(m, layer, inputs, training);
    }

    @Builtin(
            value = "layers.dropout",
            signature = "inputs, rate=0.5, noise_shape=None, seed=None, training=False, name=None",
            doc = "In training, sets a share of the elements to 0 and scales the others up.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / (1 - rate) where x was kept, else 0")
    static Object dropoutFunction(
            Machine m, Object inputs, Object rate, Object noiseShape, Object seed, Object training, String name) {
        return dropout(m, inputs, rate, noiseShape, seed, training, name);
    }

    @Builtin(
            value = "layers.Dropout",
            signature = "rate=0.5, noise_shape=None, seed=None, name=None",
            doc = "dropout as an object; called with training=True it drops.")
    static Object dropoutObject(Machine m, Object rate, Object noiseShape, Object seed, String name) {
        return dropout(m, null, rate, noiseShape, seed, None.NONE, name);
    }

    @Builtin(
            value = "layers.flatten",
            signature = "inputs, name=None, data_format='channels_last'",
            doc = "Everything behind the batch in one dimension.",
            gradient = "dx = dy in the shape of x",
            shapes = "(n, ...) -> (n, k)")
    static Object flatten(Machine m, Object inputs, String name, String format) {
        return result(m, SimpleLayers.flatten(graph(m), channelsFirst(format), options(m, name, true, None.NONE, false)), inputs,
                None.NONE);
    }

    @Builtin(value = "layers.Flatten", signature = "data_format='channels_last', name=None", doc = "flatten as an object.")
    static Object flattenObject(Machine m, String format, String name) {
        return new LayerValue(SimpleLayers.flatten(graph(m), channelsFirst(format), options(m, name, true, None.NONE, true)));
    }

    // Batch normalization

    private static final String NORMALIZATION = "axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, "
            + "beta_initializer=None, gamma_initializer=None, moving_mean_initializer=None, moving_variance_initializer=None, "
            + "beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, ";
    private static final String RENORM = "renorm=False, renorm_clipping=None, renorm_momentum=0.99, fused=None, "
            + "virtual_batch_size=None, adjustment=None";

    private static Object batchNormalization(
            Machine m, Object inputs, Object axis, double momentum, double epsilon, boolean center, boolean scale, Object beta,
            Object gamma, Object mean, Object variance, Object betaPenalty, Object gammaPenalty, Object betaConstraint,
            Object gammaConstraint, Object training, boolean trainable, String name, Object reuse, boolean renorm,
            Object fused, Object virtualBatch, Object adjustment) {
        refuse(betaConstraint, "beta_constraint");
        refuse(gammaConstraint, "gamma_constraint");
        refuse(renorm ? Boolean.TRUE : None.NONE, "renorm");
        refuse(virtualBatch, "virtual_batch_size");
        refuse(adjustment, "adjustment");
        BatchNormLayer.Settings settings = new BatchNormLayer.Settings(Given.ints(m, axis)[0], momentum, epsilon, center, scale,
                orZeros(m, beta), gamma == None.NONE ? Initializers.ones() : initializer(m, gamma), orZeros(m, mean),
                variance == None.NONE ? Initializers.ones() : initializer(m, variance),
                RegularizerFunctions.convert(m, betaPenalty), RegularizerFunctions.convert(m, gammaPenalty),
                fused == None.NONE || Semantics.truth(m, fused));
        Layer layer = new BatchNormLayer(graph(m), settings, options(m, name, trainable, reuse, inputs == null));
        return result(m, layer, inputs, training);
    }

    @Builtin(
            value = "layers.batch_normalization",
            signature = "inputs, " + NORMALIZATION + "training=False, trainable=True, name=None, reuse=None, " + RENORM,
            doc = "Mean 0 and variance 1 over the batch in training, over moving averages otherwise; run the operations in "
                    + "tf.GraphKeys.UPDATE_OPS in training.",
            shapes = "the shape of its operand stays",
            gradient = "in training dx = gamma / sigma * (dy - mean(dy) - xhat * mean(dy * xhat)); dgamma = sum(dy * xhat), dbeta = sum(dy)")
    static Object batchNormalizationFunction(
            Machine m, Object inputs, Object axis, double momentum, double epsilon, boolean center, boolean scale, Object beta,
            Object gamma, Object mean, Object variance, Object betaPenalty, Object gammaPenalty, Object betaConstraint,
            Object gammaConstraint, Object training, boolean trainable, String name, Object reuse, boolean renorm,
            Object clipping, Object renormMomentum, Object fused, Object virtualBatch, Object adjustment) {
        return batchNormalization(m, inputs, axis, momentum, epsilon, center, scale, beta, gamma, mean, variance, betaPenalty,
                gammaPenalty, betaConstraint, gammaConstraint, training, trainable, name, reuse, renorm, fused, virtualBatch,
                adjustment);
    }

    @Builtin(
            value = "layers.BatchNormalization",
            signature = NORMALIZATION + RENORM + ", trainable=True, name=None",
            doc = "batch_normalization as an object; called with training=True it uses the batch.")
    static Object batchNormalizationObject(
            Machine m, Object axis, double momentum, double epsilon, boolean center, boolean scale, Object beta,
            Object gamma, Object mean, Object variance, Object betaPenalty, Object gammaPenalty, Object betaConstraint,
            Object gammaConstraint, boolean renorm, Object clipping, Object renormMomentum, Object fused, Object virtualBatch,
            Object adjustment, boolean trainable, String name) {
        return batchNormalization(m, null, axis, momentum, epsilon, center, scale, beta, gamma, mean, variance, betaPenalty,
                gammaPenalty, betaConstraint, gammaConstraint, None.NONE, trainable, name, None.NONE, renorm, fused,
                virtualBatch, adjustment);
    }
}
