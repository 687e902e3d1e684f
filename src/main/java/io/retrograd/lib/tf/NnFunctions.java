package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.CrossEntropy;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.NnOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;

/** {@code tf.nn}: activations, dropout, cross entropies, normalization, biases. */
final class NnFunctions {
    private NnFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Object activation(Machine m, String type, Object x, String name) {
        return Tensors.wrap(NnOps.activation(graph(m), type, Operands.of(m, x), name));
    }

    // Activations

    @Builtin(
            value = {"nn.relu", "keras.activations.relu"},
            signature = "features, name=None",
            doc = "max(x, 0).",
            shapes = "the shape of its operand stays",
            example = "h = tf.nn.relu(tf.matmul(x, w) + b)",
            gradient = "dx = dy where x > 0")
    static Object relu(Machine m, Object features, String name) {
        return activation(m, "Relu", features, name);
    }

    @Builtin(value = "nn.relu6", signature = "features, name=None", doc = "min(max(x, 0), 6).",
            shapes = "the shape of its operand stays", gradient = "dx = dy where 0 < x < 6")
    static Object relu6(Machine m, Object features, String name) {
        return Tensors.wrap(NnOps.relu6(graph(m), Operands.of(m, features), name));
    }

    @Builtin(
            value = "nn.leaky_relu",
            signature = "features, alpha=0.2, name=None",
            doc = "x, and alpha * x below 0.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy, and alpha * dy below 0")
    static Object leakyRelu(Machine m, Object features, double alpha, String name) {
        return Tensors.wrap(NnOps.leakyRelu(graph(m), Operands.of(m, features), alpha, name));
    }

    @Builtin(
            value = {"nn.elu", "keras.activations.elu"},
            signature = "features, name=None",
            doc = "x, and exp(x) - 1 below 0.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy, and dy * exp(x) below 0")
    static Object elu(Machine m, Object features, String name) {
        return activation(m, "Elu", features, name);
    }

    @Builtin(
            value = {"nn.selu", "keras.activations.selu"},
            signature = "features, name=None",
            doc = "A scaled elu that keeps mean 0 and variance 1.",
            shapes = "the shape of its operand stays",
            gradient = "dx = scale * dy where x > 0, else dy * (y + scale * alpha)")
    static Object selu(Machine m, Object features, String name) {
        return activation(m, "Selu", features, name);
    }

    @Builtin(
            value = {"nn.softplus", "math.softplus", "keras.activations.softplus"},
            signature = "features, name=None",
            doc = "log(exp(x) + 1).",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * sigmoid(x)")
    static Object softplus(Machine m, Object features, String name) {
        return activation(m, "Softplus", features, name);
    }

    @Builtin(
            value = {"nn.softsign", "math.softsign", "keras.activations.softsign"},
            signature = "features, name=None",
            doc = "x / (|x| + 1).",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / (|x| + 1)**2")
    static Object softsign(Machine m, Object features, String name) {
        return activation(m, "Softsign", features, name);
    }

    @Builtin(value = "nn.crelu", signature = "features, name=None, axis=-1", doc = "relu(x) and relu(-x) side by side.",
            shapes = "(..., c) -> (..., 2 c)",
            gradient = "dx = dy_1 where x > 0, -dy_2 where x < 0")
    static Object crelu(Machine m, Object features, String name, Object axis) {
        return Tensors.wrap(NnOps.crelu(graph(m), Operands.of(m, features), Operands.of(m, axis), name));
    }

    @Builtin(value = "nn.swish", signature = "features", doc = "x * sigmoid(x).",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * (sigmoid(x) + y * (1 - sigmoid(x)))")
    static Object swish(Machine m, Object features) {
        return Tensors.wrap(NnOps.swish(graph(m), Operands.of(m, features)));
    }

    private static Object softmax(Machine m, String type, Object logits, Object axis, String name, Object dim) {
        Object given = Given.either("axis", axis, "dim", dim);
        int at = given == None.NONE ? -1 : Given.ints(m, given)[0];
        return Tensors.wrap(NnOps.softmax(graph(m), type, Operands.of(m, logits), at, name));
    }

    @Builtin(
            value = {"nn.softmax", "math.softmax", "keras.activations.softmax"},
            signature = "logits, axis=None, name=None, dim=None",
            doc = "exp(x) / sum(exp(x)) along the last dimension, or the axis.",
            shapes = "the shape of its operand stays",
            example = "p = tf.nn.softmax(logits)",
            gradient = "dx = (dy - sum(dy * y)) * y")
    static Object softmax(Machine m, Object logits, Object axis, String name, Object dim) {
        return softmax(m, "Softmax", logits, axis, name, dim);
    }

    @Builtin(
            value = {"nn.log_softmax", "math.log_softmax"},
            signature = "logits, axis=None, name=None, dim=None",
            doc = "x - log(sum(exp(x))) along the last dimension, or the axis.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy - sum(dy) * exp(y)")
    static Object logSoftmax(Machine m, Object logits, Object axis, String name, Object dim) {
        return softmax(m, "LogSoftmax", logits, axis, name, dim);
    }

    // Cross entropies

    private static void named(String function, Object sentinel, Object labels, Object logits) {
        if (sentinel != None.NONE) {
            throw NnError.value("Only call `" + function + "` with named arguments (labels=..., logits=..., ...)");
        }
        if (labels == None.NONE || logits == None.NONE) {
            throw NnError.value("Both labels and logits must be provided.");
        }
    }

    @Builtin(
            value = "nn.softmax_cross_entropy_with_logits",
            signature = "_sentinel=None, labels=None, logits=None, dim=-1, name=None, axis=None",
            doc = "-sum(labels * log(softmax(logits))) of each row; nothing flows back into the labels.",
            shapes = "(n, k), (n, k) -> (n,)",
            example = "loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y_, logits=y))",
            gradient = "dlogits = (softmax(logits) - labels) * dy")
    static Object softmaxCrossEntropy(
            Machine m, Object sentinel, Object labels, Object logits, Object dim, String name, Object axis) {
        named("softmax_cross_entropy_with_logits", sentinel, labels, logits);
        int at = Given.ints(m, axis == None.NONE ? dim : axis)[0];
        return Tensors.wrap(CrossEntropy.softmaxFixedLabels(graph(m), Operands.of(m, labels), Operands.of(m, logits), at, name));
    }

    @Builtin(
            value = "nn.softmax_cross_entropy_with_logits_v2",
            signature = "labels, logits, axis=None, name=None, dim=None",
            doc = "-sum(labels * log(softmax(logits))) of each row.",
            shapes = "(n, k), (n, k) -> (n,)",
            gradient = "dlogits = (softmax(logits) - labels) * dy, dlabels = -log(softmax(logits)) * dy")
    static Object softmaxCrossEntropy2(Machine m, Object labels, Object logits, Object axis, String name, Object dim) {
        Object given = Given.either("axis", axis, "dim", dim);
        int at = given == None.NONE ? -1 : Given.ints(m, given)[0];
        return Tensors.wrap(CrossEntropy.softmax(graph(m), Operands.of(m, labels), Operands.of(m, logits), at, name));
    }

    @Builtin(
            value = "nn.sparse_softmax_cross_entropy_with_logits",
            signature = "_sentinel=None, labels=None, logits=None, name=None",
            doc = "-log(softmax(logits)[label]) of each row; labels are numbers of classes.",
            shapes = "(n,), (n, k) -> (n,)",
            gradient = "dlogits = (softmax(logits) - one_hot(labels)) * dy")
    static Object sparseSoftmaxCrossEntropy(Machine m, Object sentinel, Object labels, Object logits, String name) {
        named("sparse_softmax_cross_entropy_with_logits", sentinel, labels, logits);
        return Tensors.wrap(CrossEntropy.sparseSoftmax(graph(m), Operands.of(m, labels), Operands.of(m, logits), name));
    }

    @Builtin(
            value = "nn.sigmoid_cross_entropy_with_logits",
            signature = "_sentinel=None, labels=None, logits=None, name=None",
            doc = "-z * log(sigmoid(x)) - (1 - z) * log(1 - sigmoid(x)), element by element.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dlogits = (sigmoid(logits) - labels) * dy")
    static Object sigmoidCrossEntropy(Machine m, Object sentinel, Object labels, Object logits, String name) {
        named("sigmoid_cross_entropy_with_logits", sentinel, labels, logits);
        return Tensors.wrap(CrossEntropy.sigmoid(graph(m), Operands.of(m, labels), Operands.of(m, logits), name));
    }

    @Builtin(
            value = "nn.weighted_cross_entropy_with_logits",
            signature = "labels=None, logits=None, pos_weight=None, name=None, targets=None",
            doc = "As sigmoid_cross_entropy_with_logits, positive labels weighing pos_weight.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dlogits = dy * ((1 - targets) * sigmoid(logits) - pos_weight * targets * (1 - sigmoid(logits)))")
    static Object weightedCrossEntropy(
            Machine m, Object labels, Object logits, Object weight, String name, Object targets) {
        Object z = Given.either("labels", labels, "targets", targets);
        Double number = weight instanceof Long || weight instanceof Double ? Double.valueOf(Semantics.real(m, weight)) : null;
        return Tensors.wrap(CrossEntropy.weighted(
                graph(m), Operands.of(m, z), Operands.of(m, logits), Operands.of(m, weight), number, name));
    }

    @Builtin(
            value = "nn.log_poisson_loss",
            signature = "targets, log_input, compute_full_loss=False, name=None",
            doc = "exp(c) - z * c for counts z and their predicted logarithm c.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dlog_input = dy * (exp(log_input) - targets)")
    static Object logPoisson(Machine m, Object targets, Object input, boolean full, String name) {
        return Tensors.wrap(CrossEntropy.logPoisson(graph(m), Operands.of(m, targets), Operands.of(m, input), full, name));
    }

    // Biases, dropout

    @Builtin(
            value = "nn.bias_add",
            signature = "value, bias, data_format=None, name=None",
            doc = "value + bias, the bias being one number a channel.",
            shapes = "(..., c), (c,) -> (..., c)",
            gradient = "dbias = sum of dy over all but the channels")
    static Object biasAdd(Machine m, Object value, Object bias, String format, String name) {
        return Tensors.wrap(NnOps.biasAdd(graph(m), Operands.of(m, value), Operands.of(m, bias), format, name));
    }

    @Builtin(
            value = {"nn.xw_plus_b", "compat.v1.nn.xw_plus_b"},
            signature = "x, weights, biases, name=None",
            doc = "matmul(x, weights) + biases.",
            gradient = "dx = dy @ weights.T, dweights = x.T @ dy, dbiases = sum(dy, 0)",
            shapes = "(n, k), (k, m), (m,) -> (n, m)")
    static Object xwPlusB(Machine m, Object x, Object weights, Object biases, String name) {
        return Tensors.wrap(
                NnOps.xwPlusB(graph(m), Operands.of(m, x), Operands.of(m, weights), Operands.of(m, biases), name));
    }

    @Builtin(
            value = "nn.relu_layer",
            signature = "x, weights, biases, name=None",
            doc = "relu(matmul(x, weights) + biases).",
            gradient = "with dr = dy where y > 0: dx = dr @ weights.T, dweights = x.T @ dr, dbiases = sum(dr, 0)",
            shapes = "(n, k), (k, m), (m,) -> (n, m)")
    static Object reluLayer(Machine m, Object x, Object weights, Object biases, String name) {
        return Tensors.wrap(
                NnOps.reluLayer(graph(m), Operands.of(m, x), Operands.of(m, weights), Operands.of(m, biases), name));
    }

    @Builtin(
            value = "nn.dropout",
            signature = "x, keep_prob=None, noise_shape=None, seed=None, name=None, rate=None",
            doc = "Sets a share of the elements to 0 and divides the others by keep_prob.",
            shapes = "the shape of its operand stays",
            example = "h = tf.nn.dropout(h, keep_prob)",
            gradient = "dx = dy / keep_prob where kept")
    static Object dropout(
            Machine m, Object x, Object keepProb, Object noiseShape, Object seed, String name, Object rate) {
        Graph g = graph(m);
        Object given = rate;
        if (keepProb != None.NONE) {
            Object keep;
            if (isNumber(keepProb)) {
                keep = 1.0 - Semantics.real(m, keepProb);
            } else if (Operands.isTensor(keepProb)) {
                keep = Tensors.wrap(MathOps.minus(g, Literal.of(1.0), Operands.of(m, keepProb)));
            } else {
                throw NnError.value("keep_prob must be a floating point number or Tensor (got "
                        + Semantics.repr(m, keepProb) + ")");
            }
            given = Given.either("rate", rate, "keep_prob", keep);
        }
        if (given == None.NONE) {
            throw NnError.value("You must provide a rate to dropout.");
        }
        return Tensors.wrap(dropout(m, x, given, noiseShape, Given.seed(m, seed), name));
    }

    static boolean isNumber(Object value) {
        return value instanceof Double || value instanceof Long || value instanceof Boolean
                || !Operands.isTensor(value) && value instanceof ArrayLike a && a.array().rank() == 0;
    }

    /** {@code dropout_v2}. */
    static Output dropout(Machine m, Object x, Object rate, Object noiseShape, Long seed, String name) {
        Graph g = graph(m);
        boolean number = isNumber(rate);
        double share = number ? Semantics.real(m, rate) : 0;
        return NnOps.dropout(g, Operands.of(m, x), number ? null : Operands.of(m, rate), share,
                Given.operand(m, noiseShape), seed, name);
    }

    // Normalization

    @Builtin(
            value = {"nn.l2_normalize", "math.l2_normalize", "linalg.l2_normalize"},
            signature = "x, axis=None, epsilon=1e-12, name=None, dim=None",
            doc = "x / sqrt(max(sum(x**2), epsilon)) along the axis.",
            shapes = "the shape of its operand stays",
            gradient = "dx = (dy - y * sum(dy * y)) / norm(x)")
    static Object l2Normalize(Machine m, Object x, Object axis, Object epsilon, String name, Object dim) {
        Operand dims = Given.operand(m, Given.either("axis", axis, "dim", dim));
        return Tensors.wrap(NnOps.l2Normalize(graph(m), Operands.of(m, x), dims, Operands.of(m, epsilon), name));
    }

    @Builtin(
            value = "nn.l2_loss",
            signature = "t, name=None",
            doc = "sum(t**2) / 2.",
            shapes = "any -> ()",
            gradient = "dt = t * dy")
    static Object l2Loss(Machine m, Object t, String name) {
        return activation(m, "L2Loss", t, name);
    }

    private static boolean keep(Machine m, Object keepDims, Object old) {
        return Semantics.truth(m, Given.either("keepdims", keepDims, "keep_dims", old));
    }

    private static Object pair(NnOps.Moments moments) {
        return TupleValue.of(Tensors.wrap(moments.mean()), Tensors.wrap(moments.variance()));
    }

    private static Output asTensor(Machine m, Object x) {
        return Operands.of(m, x).toOutput(graph(m), null, null, "x");
    }

    @Builtin(
            value = "nn.moments",
            signature = "x, axes, shift=None, name=None, keep_dims=None, keepdims=None",
            doc = "Mean and variance of x over the axes.",
            shapes = "any -> the mean and the variance, without the axes",
            gradient = "dx = dmean / n + 2 * (x - mean) * dvariance / n",
            example = "mean, variance = tf.nn.moments(x, [0])")
    static Object moments(Machine m, Object x, Object axes, Object shift, String name, Object old, Object keepDims) {
        return pair(NnOps.moments(graph(m), asTensor(m, x), Given.ints(m, axes), keep(m, keepDims, old), name));
    }

    @Builtin(
            value = "nn.weighted_moments",
            signature = "x, axes, frequency_weights, name=None, keep_dims=None, keepdims=None",
            doc = "Mean and variance of x over the axes, elements counting by their weights.",
            gradient = "dx = w * (dmean + 2 * (x - mean) * dvariance) / sum(w)")
    static Object weightedMoments(
            Machine m, Object x, Object axes, Object weights, String name, Object old, Object keepDims) {
        return pair(NnOps.weightedMoments(graph(m), asTensor(m, x), Given.ints(m, axes), Operands.of(m, weights),
                keep(m, keepDims, old), name));
    }

    @Builtin(
            value = "nn.sufficient_statistics",
            signature = "x, axes, shift=None, keep_dims=None, name=None, keepdims=None",
            doc = "Count, sum and sum of squares over the axes, from which normalize_moments makes mean and variance.",
            gradient = "dx = dsum + 2 * x * dsquares")
    static Object sufficientStatistics(
            Machine m, Object x, Object axes, Object shift, Object old, String name, Object keepDims) {
        Output s = shift == None.NONE ? null : Given.tensor(m, shift, "shift");
        NnOps.Statistics all = NnOps.sufficientStatistics(
                graph(m), asTensor(m, x), Given.ints(m, axes), s, keep(m, keepDims, old), name);
        return TupleValue.of(Tensors.wrap(all.count()), Tensors.wrap(all.mean()), Tensors.wrap(all.variance()),
                all.shift() == null ? None.NONE : Tensors.wrap(all.shift()));
    }

    @Builtin(
            value = "nn.normalize_moments",
            signature = "counts, mean_ss, variance_ss, shift, name=None",
            doc = "Mean and variance from what sufficient_statistics gives.",
            gradient = "dmean_ss = dmean / counts, and through the variance")
    static Object normalizeMoments(Machine m, Object counts, Object mean, Object variance, Object shift, String name) {
        return pair(NnOps.normalizeMoments(graph(m), Operands.of(m, counts), Operands.of(m, mean), Operands.of(m, variance),
                Given.operand(m, shift), name));
    }

    @Builtin(
            value = "nn.batch_normalization",
            signature = "x, mean, variance, offset, scale, variance_epsilon, name=None",
            doc = "scale * (x - mean) / sqrt(variance + epsilon) + offset.",
            shapes = "the shape of its operand stays",
            gradient = "dx = scale / sigma * dy, dscale = sum(dy * xhat), doffset = sum(dy)")
    static Object batchNormalization(
            Machine m, Object x, Object mean, Object variance, Object offset, Object scale, Object epsilon, String name) {
        Operand in = Operands.of(m, x);
        return Tensors.wrap(NnOps.batchNormalization(graph(m), in instanceof Variable v ? v.snapshot() : in,
                Operands.of(m, mean), Operands.of(m, variance), Given.operand(m, offset), Given.operand(m, scale),
                Operands.of(m, epsilon), name));
    }

    @Builtin(
            value = "nn.batch_norm_with_global_normalization",
            signature = "t=None, m=None, v=None, beta=None, gamma=None, variance_epsilon=None, "
                    + "scale_after_normalization=None, name=None, input=None, mean=None, variance=None",
            doc = "batch_normalization with its arguments in an older order.",
            shapes = "the shape of its operand stays",
            gradient = "dt = gamma / sigma * dy, dgamma = sum(dy * xhat), dbeta = sum(dy)")
    static Object batchNormGlobal(
            Machine machine, Object t, Object m, Object v, Object beta, Object gamma, Object epsilon, boolean scales,
            String name, Object input, Object mean, Object variance) {
        return batchNormalization(machine, Given.either("input", input, "t", t), Given.either("mean", mean, "m", m),
                Given.either("variance", variance, "v", v), beta, scales ? gamma : None.NONE, epsilon, name);
    }

    @Builtin(
            value = "nn.fused_batch_norm",
            signature = "x, scale, offset, mean=None, variance=None, epsilon=0.001, data_format='NHWC', is_training=True, "
                    + "name=None",
            doc = "Batch normalization of images in one operation: y, mean, variance.",
            shapes = "(b, h, w, c) -> the same, and twice (c)",
            gradient = "dx = scale / sigma * (dy - mean(dy) - xhat * mean(dy * xhat)), dscale = sum(dy * xhat), doffset = sum(dy)")
    static Object fusedBatchNorm(
            Machine m, Object x, Object scale, Object offset, Object mean, Object variance, double epsilon, String format,
            boolean training, String name) {
        Operation op = NnOps.fusedBatchNorm(graph(m), Operands.of(m, x), Operands.of(m, scale), Operands.of(m, offset),
                Given.operand(m, mean), Given.operand(m, variance), epsilon, format, training, name);
        return TupleValue.of(Tensors.wrap(op.output(0)), Tensors.wrap(op.output(1)), Tensors.wrap(op.output(2)));
    }

    @Builtin(
            value = {"nn.local_response_normalization", "nn.lrn"},
            signature = "input, depth_radius=None, bias=None, alpha=None, beta=None, name=None",
            doc = "x / (bias + alpha * sum of x**2 over neighbouring channels)**beta.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / s**beta - 2 * alpha * beta * x * the sum over neighbours of dy * x / s**(beta + 1)")
    static Object lrn(Machine m, Object input, Object radius, Object bias, Object alpha, Object beta, String name) {
        return Tensors.wrap(NnOps.localResponseNormalization(graph(m), Operands.of(m, input),
                radius == None.NONE ? 5 : Semantics.index(m, radius), number(m, bias, 1), number(m, alpha, 1),
                number(m, beta, 0.5), name));
    }

    private static double number(Machine m, Object value, double fallback) {
        return value == None.NONE ? fallback : Semantics.real(m, value);
    }

    @Builtin(
            value = {"nn.zero_fraction", "math.zero_fraction"},
            signature = "value, name=None",
            doc = "The share of elements that are 0.")
    static Object zeroFraction(Machine m, Object value, String name) {
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "zero_fraction" : name)) {
            Output x = Given.tensor(m, value, "value");
            Output size = Shapes.size(g, x, DType.INT64, null);
            Output nonzero = MathOps.countNonzero(g, x, null, false, DType.INT64, null);
            Output zero = MathOps.minus(g, size, nonzero);
            Output share = MathOps.over(g, MathOps.cast(g, zero, DType.FLOAT32, null),
                    MathOps.cast(g, size, DType.FLOAT32, null));
            return Tensors.wrap(g.op("Identity").name("fraction").input(share).output());
        }
    }
}
