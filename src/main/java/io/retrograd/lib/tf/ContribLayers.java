package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.BatchNormLayer;
import io.retrograd.graph.build.ConvLayer;
import io.retrograd.graph.build.DenseLayer;
import io.retrograd.graph.build.GraphKeys;
import io.retrograd.graph.build.Initializer;
import io.retrograd.graph.build.Initializers;
import io.retrograd.graph.build.Layer;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.NnOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.graph.build.SimpleLayers;
import io.retrograd.graph.build.VariableScope;
import io.retrograd.graph.build.VariableScopes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** {@code tf.contrib.layers}: layers with an activation by default, whose variables are called weights and biases. */
final class ContribLayers {
    private static final UnaryOperator<String> NAMES = n -> switch (n) {
        case "kernel" -> "weights";
        case "bias" -> "biases";
        default -> n;
    };

    private ContribLayers() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Output tensor(Machine m, Object inputs) {
        return Operands.of(m, inputs).toOutput(graph(m), null, null, "Const");
    }

    /** Notes a layer's variables as the model's. */
    private static void collect(Graph g, Layer layer) {
        List<Object> model = g.collectionReference(GraphKeys.MODEL_VARIABLES);
        for (Variable v : layer.variables()) {
            if (!model.contains(v)) {
                model.add(v);
            }
        }
    }

    /** What is the same for layers with weights. */
    private record Common(
            Object activation, Object normalizer, Object normalizerParams, Object weights,
            Object weightPenalty, Object biases, Object biasPenalty, boolean trainable, Object reuse, Object scope) {

        Object layer(Machine m, Object inputs, String standard, Builder builder) {
            Graph g = graph(m);
            Output x = tensor(m, inputs);
            VariableScope.Reuse again = ReuseValue.convert(m, reuse);
            try (VariableScopes.Open open = open(m, scope, standard, again)) {
                Initializer bias = LayersFunctions.initializer(m, biases);
                DenseLayer.Weights start = new DenseLayer.Weights(
                        normalizer == None.NONE && bias != null,
                        weights == None.NONE ? Initializers.glorotUniform(null) : LayersFunctions.initializer(m, weights),
                        bias, RegularizerFunctions.convert(m, weightPenalty), RegularizerFunctions.convert(m, biasPenalty));
                Layer layer = builder.make(g, start, Layer.Options.inScope(open.scope(), trainable, again, NAMES));
                Output y = layer.apply(g, x);
                collect(g, layer);
                Object result = Tensors.wrap(y);
                if (normalizer != None.NONE) {
                    result = normalized(m, result);
                }
                if (activation == None.NONE) {
                    return result;
                }
                return Semantics.call(m, activation, result);
            }
        }

        private Object normalized(Machine m, Object y) {
            if (!(normalizerParams instanceof DictValue dict)) {
                return Semantics.call(m, normalizer, y);
            }
            Object[] keys = dict.keyArray();
            Object[] arguments = new Object[keys.length + 1];
            String[] names = new String[keys.length];
            arguments[0] = y;
            for (int i = 0; i < keys.length; i++) {
                names[i] = (String) keys[i];
                arguments[i + 1] = dict.get(m, keys[i]);
            }
            return Semantics.call(m, normalizer, arguments, names);
        }
    }

    @FunctionalInterface
    private interface Builder {
        Layer make(Graph g, DenseLayer.Weights weights, Layer.Options options);
    }

    private static VariableScopes.Open open(Machine m, Object scope, String standard, VariableScope.Reuse reuse) {
        VariableScopes scopes = VariableScopes.of(graph(m));
        VariableScopes.Options options = VariableScopes.Options.reusing(reuse);
        if (scope instanceof String name) {
            return scopes.enter(name, options);
        }
        if (scope instanceof VariableScopeValue again) {
            return scopes.enter(again.scope(), options, true);
        }
        return scopes.enterUnique(standard, options, true);
    }

    private static final String TAIL = "normalizer_fn=None, normalizer_params=None, weights_initializer=None, "
            + "weights_regularizer=None, biases_initializer='zeros', biases_regularizer=None, reuse=None, "
            + "variables_collections=None, outputs_collections=None, trainable=True, scope=None";

    private static Object activationOr(Object given) {
        return "relu".equals(given) ? NnFunctionsTable.TABLE.find("nn.relu") : given;
    }

    private static Object dense(
            Machine m, Object inputs, int outputs, Object activation, Object normalizer, Object normalizerParams, Object weights,
            Object weightPenalty, Object biases, Object biasPenalty, Object reuse, boolean trainable, Object scope) {
        Common common = new Common(activationOr(activation), normalizer, normalizerParams, weights, weightPenalty, biases,
                biasPenalty, trainable, reuse, scope);
        return common.layer(m, inputs, "fully_connected", (g, w, o) -> new DenseLayer(g, outputs, null, w, o));
    }

    @Builtin(
            value = {"contrib.layers.fully_connected", "contrib.layers.relu"},
            signature = "inputs, num_outputs, activation_fn='relu', " + TAIL,
            doc = "relu(inputs * weights + biases).",
            gradient = "dinputs = dy @ weights.T, dweights = inputs.T @ dy, dbiases = sum(dy, 0), after that of the activation",
            shapes = "(n, k) -> (n, num_outputs)")
    static Object fullyConnected(
            Machine m, Object inputs, int outputs, Object activation, Object normalizer, Object normalizerParams, Object weights,
            Object weightPenalty, Object biases, Object biasPenalty, Object reuse, Object collections, Object outputCollections,
            boolean trainable, Object scope) {
        return dense(m, inputs, outputs, activation, normalizer, normalizerParams, weights, weightPenalty, biases, biasPenalty,
                reuse, trainable, scope);
    }

    @Builtin(
            value = "contrib.layers.linear",
            signature = "inputs, num_outputs, activation_fn=None, " + TAIL,
            doc = "inputs * weights + biases.",
            gradient = "dinputs = dy @ weights.T, dweights = inputs.T @ dy, dbiases = sum(dy, 0)",
            shapes = "(n, k) -> (n, num_outputs)")
    static Object linear(
            Machine m, Object inputs, int outputs, Object activation, Object normalizer, Object normalizerParams, Object weights,
            Object weightPenalty, Object biases, Object biasPenalty, Object reuse, Object collections, Object outputCollections,
            boolean trainable, Object scope) {
        return dense(m, inputs, outputs, activation, normalizer, normalizerParams, weights, weightPenalty, biases, biasPenalty,
                reuse, trainable, scope);
    }

    private static boolean channelsFirst(String format) {
        return format != null && format.startsWith("NC");
    }

    private static int[] two(Machine m, Object value) {
        int[] given = Given.ints(m, value);
        return given.length == 1 ? new int[] {given[0], given[0]} : given;
    }

    @Builtin(
            value = {"contrib.layers.conv2d", "contrib.layers.convolution2d", "contrib.layers.convolution"},
            signature = "inputs, num_outputs, kernel_size, stride=1, padding='SAME', data_format=None, rate=1, "
                    + "activation_fn='relu', " + TAIL,
            doc = "relu of a convolution of images with biases.",
            gradient = "as of tf.nn.conv2d; dbiases = the sum of dy over all but the channels",
            shapes = "(n, h, w, c) -> (n, h', w', num_outputs)")
    static Object conv2d(
            Machine m, Object inputs, int outputs, Object size, Object stride, String padding, String format, Object rate,
            Object activation, Object normalizer, Object normalizerParams, Object weights, Object weightPenalty, Object biases,
            Object biasPenalty, Object reuse, Object collections, Object outputCollections, boolean trainable, Object scope) {
        Common common = new Common(activationOr(activation), normalizer, normalizerParams, weights, weightPenalty, biases,
                biasPenalty, trainable, reuse, scope);
        ConvLayer.Slide slide = new ConvLayer.Slide(two(m, size), two(m, stride), padding.toUpperCase(Locale.ROOT),
                channelsFirst(format), two(m, rate));
        return common.layer(m, inputs, "Conv", (g, w, o) -> new ConvLayer(
                g, ConvLayer.Kind.CONV2D, outputs, slide, null, w, ConvLayer.Pointwise.NONE, o));
    }

    @Builtin(
            value = {"contrib.layers.conv2d_transpose", "contrib.layers.convolution2d_transpose"},
            signature = "inputs, num_outputs, kernel_size, stride=1, padding='SAME', data_format='NHWC', activation_fn='relu', "
                    + TAIL,
            doc = "relu of the gradient of a convolution: images grow by the stride.",
            gradient = "as of tf.nn.conv2d_transpose")
    static Object conv2dTranspose(
            Machine m, Object inputs, int outputs, Object size, Object stride, String padding, String format,
            Object activation, Object normalizer, Object normalizerParams, Object weights, Object weightPenalty, Object biases,
            Object biasPenalty, Object reuse, Object collections, Object outputCollections, boolean trainable, Object scope) {
        Common common = new Common(activationOr(activation), normalizer, normalizerParams, weights, weightPenalty, biases,
                biasPenalty, trainable, reuse, scope);
        ConvLayer.Slide slide = new ConvLayer.Slide(two(m, size), two(m, stride), padding.toUpperCase(Locale.ROOT),
                channelsFirst(format), new int[] {1, 1});
        return common.layer(m, inputs, "Conv2d_transpose", (g, w, o) -> new ConvLayer(
                g, ConvLayer.Kind.TRANSPOSED, outputs, slide, null, w, ConvLayer.Pointwise.NONE, o));
    }

    /** A layer without weights in a scope of its own. */
    private static Object plain(Machine m, Object inputs, Object scope, String standard, Function<Layer.Options, Layer> layer) {
        Graph g = graph(m);
        Output x = tensor(m, inputs);
        try (VariableScopes.Open open = open(m, scope, standard, null)) {
            return Tensors.wrap(layer.apply(Layer.Options.inScope(open.scope(), true, null, n -> n)).apply(g, x));
        }
    }

    private static Object pool(
            Machine m, String type, Object inputs, Object size, Object stride, String padding, String format, Object scope,
            String standard) {
        ConvLayer.Slide slide = new ConvLayer.Slide(two(m, size), two(m, stride), padding.toUpperCase(Locale.ROOT),
                channelsFirst(format), new int[] {1, 1});
        return plain(m, inputs, scope, standard, o -> SimpleLayers.pool(graph(m), type, slide, o));
    }

    private static final String POOL = "inputs, kernel_size, stride=2, padding='VALID', data_format='NHWC', "
            + "outputs_collections=None, scope=None";

    @Builtin(value = "contrib.layers.max_pool2d", signature = POOL, doc = "The largest of each window of images.",
            shapes = "(b, h, w, c) -> (b, h', w', c)",
            gradient = "dx = dy at the place of each window's maximum, 0 elsewhere")
    static Object maxPool2d(
            Machine m, Object inputs, Object size, Object stride, String padding, String format, Object collections,
            Object scope) {
        return pool(m, "MaxPool", inputs, size, stride, padding, format, scope, "MaxPool2D");
    }

    @Builtin(value = "contrib.layers.avg_pool2d", signature = POOL, doc = "The mean of each window of images.",
            shapes = "(b, h, w, c) -> (b, h', w', c)",
            gradient = "dx = dy / the size of the window, added up over the windows")
    static Object avgPool2d(
            Machine m, Object inputs, Object size, Object stride, String padding, String format, Object collections,
            Object scope) {
        return pool(m, "AvgPool", inputs, size, stride, padding, format, scope, "AvgPool2D");
    }

    @Builtin(
            value = "contrib.layers.flatten",
            signature = "inputs, outputs_collections=None, scope=None",
            doc = "Everything behind the batch in one dimension.",
            gradient = "dx = dy in the shape of x",
            shapes = "(n, ...) -> (n, k)")
    static Object flatten(Machine m, Object inputs, Object collections, String scope) {
        Graph g = graph(m);
        Output x = tensor(m, inputs);
        try (NameScope name = g.nameScope(scope == null ? "Flatten" : scope)) {
            return Tensors.wrap(SimpleLayers.flatten(g, false, Layer.Options.ofFunction(null, true, null)).apply(g, x));
        }
    }

    @Builtin(
            value = "contrib.layers.dropout",
            signature = "inputs, keep_prob=0.5, noise_shape=None, is_training=True, outputs_collections=None, scope=None, "
                    + "seed=None",
            doc = "In training, sets a share of the elements to 0 and scales the others up.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / keep_prob where x was kept, else 0")
    static Object dropout(
            Machine m, Object inputs, Object keep, Object noiseShape, Object training, Object collections, Object scope,
            Object seed) {
        boolean number = NnFunctions.isNumber(keep);
        return plain(m, inputs, scope, "Dropout", o -> new SimpleLayers.Dropout(graph(m),
                number ? null : MathOps.minus(graph(m), Literal.of(1), Operands.of(m, keep)),
                number ? 1 - Semantics.real(m, keep) : 0, Given.operand(m, noiseShape), Given.seed(m, seed), o)
                .training(LayersFunctions.training(m, training)));
    }

    @Builtin(
            value = "contrib.layers.batch_norm",
            signature = "inputs, decay=0.999, center=True, scale=False, epsilon=0.001, activation_fn=None, "
                    + "param_initializers=None, param_regularizers=None, updates_collections='update_ops', is_training=True, "
                    + "reuse=None, variables_collections=None, outputs_collections=None, trainable=True, "
                    + "batch_weights=None, fused=None, data_format='NHWC', zero_debias_moving_mean=False, scope=None, "
                    + "renorm=False, renorm_clipping=None, renorm_decay=0.99, adjustment=None",
            doc = "Mean 0 and variance 1 over the batch in training, over moving averages otherwise.",
            shapes = "the shape of its operand stays",
            gradient = "in training dx = gamma / sigma * (dy - mean(dy) - xhat * mean(dy * xhat)); dgamma = sum(dy * xhat), dbeta = sum(dy)")
    static Object batchNorm(
            Machine m, Object inputs, double decay, boolean center, boolean scale, double epsilon, Object activation,
            Object initializers, Object regularizers, Object updates, Object training, Object reuse, Object collections,
            Object outputCollections, boolean trainable, Object batchWeights, Object fused, String format, boolean debias,
            Object scope, boolean renorm, Object clipping, Object renormDecay, Object adjustment) {
        if (renorm || batchWeights != None.NONE || adjustment != None.NONE || debias) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR,
                    "renorm, batch_weights, adjustment and zero_debias_moving_mean are not offered.");
        }
        Graph g = graph(m);
        Output x = tensor(m, inputs);
        VariableScope.Reuse again = ReuseValue.convert(m, reuse);
        try (VariableScopes.Open open = open(m, scope, "BatchNorm", again)) {
            BatchNormLayer.Settings settings = new BatchNormLayer.Settings(channelsFirst(format) ? 1 : -1, decay, epsilon, center,
                    scale, Initializers.zeros(), Initializers.ones(), Initializers.zeros(), Initializers.ones(), null, null, true);
            BatchNormLayer layer =
                    new BatchNormLayer(g, settings, Layer.Options.inScope(open.scope(), trainable, again, n -> n));
            Output y = layer.training(LayersFunctions.training(m, training)).apply(g, x);
            collect(g, layer);
            if (updates == None.NONE && !layer.updates().isEmpty()) {
                // With no collection the averages move whenever the output is used.
                g.collectionReference(GraphKeys.UPDATE_OPS).removeAll(layer.updates());
                try (Graph.Block after = g.controlDependencies(layer.updates())) {
                    y = g.op("Identity").input(y).output();
                }
            }
            UnaryOperator<Output> function = LayersFunctions.activation(m, activation);
            return Tensors.wrap(function == null ? y : function.apply(y));
        }
    }

    @Builtin(value = "contrib.layers.softmax", signature = "logits, scope=None", doc = "softmax along the last dimension.",
            shapes = "the shape of its operand stays",
            gradient = "dx = (dy - sum(dy * y)) * y")
    static Object softmax(Machine m, Object logits, String scope) {
        Graph g = graph(m);
        try (NameScope name = g.nameScope(scope == null ? "softmax" : scope)) {
            Output x = tensor(m, logits);
            int classes = x.shape().dim(-1);
            Output rows = ArrayOps.reshape(g, x, Literal.ofInts(-1, classes), null);
            Output y = ArrayOps.reshape(g, NnOps.softmax(g, "Softmax", rows, -1, null),
                    Shapes.shape(g, x, null), null);
            y.refineShape(x.shape());
            return Tensors.wrap(y);
        }
    }

    @Builtin(
            value = "contrib.layers.one_hot_encoding",
            signature = "labels, num_classes, on_value=1.0, off_value=0.0, outputs_collections=None, scope=None",
            doc = "Numbers of classes as rows of zeros with a one.")
    static Object oneHot(Machine m, Object labels, int classes, Object on, Object off, Object collections, String scope) {
        Graph g = graph(m);
        try (NameScope name = g.nameScope(scope == null ? "OneHotEncoding" : scope)) {
            Output z = MathOps.cast(g, tensor(m, labels), DType.INT64, null);
            return Tensors.wrap(g.op("OneHot").name("one_hot").input(z).input(Literal.of(classes)).input(Operands.of(m, on))
                    .input(Operands.of(m, off)).attr("axis", -1L).output());
        }
    }
}
