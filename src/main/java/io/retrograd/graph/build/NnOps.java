package io.retrograd.graph.build;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.reduce;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.error.NnError;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.List;
import java.util.Locale;

/** What {@code tf.nn} creates for activations, dropout, normalization and matrices with biases. */
public final class NnOps {
    private NnOps() {}

    // Activations

    /** {@code tf.nn.relu}, {@code elu}, {@code selu}, {@code softplus}, {@code softsign}: the type says which. */
    public static Output activation(Graph g, String type, Operand x, String name) {
        return g.op(type).name(name).input(x).output();
    }

    /** {@code tf.nn.relu6}. */
    public static Output relu6(Graph g, Operand features, String name) {
        try (NameScope scope = g.nameScope(name == null ? "Relu6" : name)) {
            return unary(g, "Relu6", features.toOutput(g, null, null, "features"), scope.operationName());
        }
    }

    /** {@code tf.nn.leaky_relu}. */
    public static Output leakyRelu(Graph g, Operand features, double alpha, String name) {
        try (NameScope scope = g.nameScope(name == null ? "LeakyRelu" : name)) {
            Output x = features.toOutput(g, null, null, "features");
            if (x.dtype().isInteger()) {
                x = MathOps.cast(g, x, DType.FLOAT32, null);
            }
            return g.op("LeakyRelu").name(scope.operationName()).input(x).attr("alpha", (float) alpha).output();
        }
    }

    /** {@code tf.nn.crelu}: relu of x and of -x side by side. */
    public static Output crelu(Graph g, Operand features, Operand axis, String name) {
        try (NameScope scope = g.nameScope(name == null ? "CRelu" : name)) {
            Output x = features.toOutput(g, null, null, "features");
            Output both = ArrayOps.concat(g, List.of(x, negate(g, x)), axis, scope.operationName());
            return unary(g, "Relu", both, null);
        }
    }

    /** {@code tf.nn.swish}: x sigmoid(x). */
    public static Output swish(Graph g, Operand features) {
        Output x = features.toOutput(g, null, null, "features");
        Output y = unary(g, "Identity", times(g, x, unary(g, "Sigmoid", x, null)), null);
        return g.op("IdentityN").inputs(List.of(y, x)).output();
    }

    /** {@code tf.nn.softmax} or, as {@code LogSoftmax}, {@code log_softmax}, along any axis. */
    public static Output softmax(Graph g, String type, Operand logits, int axis, String name) {
        Output x = logits.toOutput(g, null, null, "Const");
        int rank = x.shape().rank();
        if (axis == -1 || rank >= 0 && axis == rank - 1) {
            return unary(g, type, x, name);
        }
        if (rank < 0) {
            throw NnError.type("bad operand type for unary -: 'NoneType'");
        }
        if (axis < -rank || axis >= rank) {
            throw NnError.invalidArgument("Dimension (" + axis + ") must be in the range [" + -rank + ", " + rank
                    + ") where " + rank + " is the number of dimensions in the input.");
        }
        Output dimensions = Shapes.rank(g, x, null);
        Output tensor = axis >= 0 ? null : plus(g, Literal.of(axis), dimensions);
        Output inputRank = Shapes.rank(g, x, null);
        Axis at = new Axis(axis, tensor == null ? null : MathOps.operator(g, "mod", tensor, Literal.of(rank)));
        Output swapped = at.swap(g, x, binary(g, "Sub", inputRank, Literal.of(1), null), null);
        Output y = unary(g, type, swapped, null);
        Output back = at.swap(g, y, binary(g, "Sub", inputRank, Literal.of(1), null), name);
        back.refineShape(x.shape());
        return back;
    }

    /** A dimension by its number, or by a tensor that holds it. */
    private record Axis(int number, Output tensor) {
        Output swap(Graph g, Output x, Output last, String name) {
            Output before = MathOps.range(g, tensor == null ? Literal.of(number) : tensor);
            Operand next = tensor == null ? Literal.of(number + 1) : plus(g, tensor, Literal.of(1));
            Output between = MathOps.range(g, next, last, Literal.of(1), null, null);
            Operand here = tensor == null ? Literal.ofInts(number) : ArrayOps.vector(tensor);
            Output order = ArrayOps.concat(g, 0, before, ArrayOps.vector(last), between, here);
            return ArrayOps.transpose(g, x, order, false, name);
        }
    }

    // Biases and dropout

    /** {@code tf.nn.bias_add}; format null is channels last. */
    public static Output biasAdd(Graph g, Operand value, Operand bias, String format, String name) {
        try (NameScope scope = g.nameScope(name == null ? "BiasAdd" : name)) {
            String known = "NHWC";
            if (format != null) {
                if (format.startsWith("NC")) {
                    known = "NCHW";
                } else if (!format.startsWith("N") || !format.endsWith("C")) {
                    throw NnError.value("data_format must be of the form `N...C` or `NC...`");
                }
            }
            Output x = value.toOutput(g, null, null, "input");
            Output b = bias.toOutput(g, x.dtype(), null, "bias");
            return g.op("BiasAdd").name(scope.operationName()).input(x).input(b).attr("data_format", known).output();
        }
    }

    /** {@code tf.nn.xw_plus_b}: x w + b. */
    public static Output xwPlusB(Graph g, Operand x, Operand weights, Operand biases, String name) {
        try (NameScope scope = g.nameScope(name == null ? "xw_plus_b" : name)) {
            Output in = x.toOutput(g, null, null, "x");
            Output w = weights.toOutput(g, null, null, "weights");
            Output b = biases.toOutput(g, null, null, "biases");
            Output product = MathOps.matmul(g, in, w, false, false, false, false, null);
            return biasAdd(g, product, b, null, scope.operationName());
        }
    }

    /** {@code tf.nn.relu_layer}: relu(x w + b). */
    public static Output reluLayer(Graph g, Operand x, Operand weights, Operand biases, String name) {
        try (NameScope scope = g.nameScope(name == null ? "relu_layer" : name)) {
            Output in = x.toOutput(g, null, null, "x");
            Output w = weights.toOutput(g, null, null, "weights");
            Output b = biases.toOutput(g, null, null, "biases");
            Output product = MathOps.matmul(g, in, w, false, false, false, false, null);
            return unary(g, "Relu", biasAdd(g, product, b, null, null), scope.operationName());
        }
    }

    /**
     * {@code tf.nn.dropout}: sets a share of the elements to 0 and scales the others up.
     *
     * @param rate the share; a tensor, or null where {@code number} is the share
     * @param noiseShape shape of the mask, null for the shape of x
     */
    public static Output dropout(
            Graph g, Operand x, Operand rate, double number, Operand noiseShape, Long seed, String name) {
        try (NameScope scope = g.nameScope(name == null ? "dropout" : name)) {
            Output in = x.toOutput(g, null, null, "x");
            if (!in.dtype().isFloating()) {
                throw NnError.value("x has to be a floating point tensor since it's going to be scaled. Got a <dtype: '"
                        + in.dtype().tfName() + "'> tensor instead.");
            }
            if (rate == null && !(number >= 0 && number < 1)) {
                throw NnError.value("rate must be a scalar tensor or a float in the range [0, 1), got " + shortest(number));
            }
            if (rate == null && number == 0) {
                return in;
            }
            Output share = (rate == null ? Literal.of(number) : rate).toOutput(g, in.dtype(), null, "rate");
            if (share.shape().hasRank() && share.shape().rank() != 0) {
                throw NnError.value("Shape " + share.shape() + " must have rank 0");
            }
            NdArray known = ConstantValue.of(share).orElse(null);
            if (known != null && known.getDouble(0) == 0) {
                return in;
            }
            Operand shape = noiseShape == null ? Shapes.shape(g, in, null) : noiseShape;
            Output random = RandomOps.uniform(g, shape, Literal.of(0), null, in.dtype(), seed, null);
            Output keep = minus(g, Literal.of(1), share);
            Output scale = over(g, Literal.of(1), keep);
            Output mask = binary(g, "GreaterEqual", random, share, null);
            Output scaled = times(g, in, scale);
            Output y = times(g, scaled, MathOps.cast(g, mask, in.dtype(), null));
            y.refineShape(in.shape());
            return y;
        }
    }

    /** A number as C's %g prints it. */
    private static String shortest(double x) {
        String s = String.format(Locale.ROOT, "%.6f", x);
        return s.indexOf('.') < 0 ? s : s.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    // Normalization

    /** {@code tf.nn.l2_normalize}; axis null for all dimensions. */
    public static Output l2Normalize(Graph g, Operand x, Operand axis, Operand epsilon, String name) {
        try (NameScope scope = g.nameScope(name == null ? "l2_normalize" : name)) {
            Output in = x.toOutput(g, null, null, "x");
            Output sum = reduce(g, "Sum", unary(g, "Square", in, null), axis, true, null);
            Output inverse = unary(g, "Rsqrt", binary(g, "Maximum", sum, epsilon, null), null);
            return binary(g, "Mul", in, inverse, scope.operationName());
        }
    }

    /** Mean and variance. */
    public record Moments(Output mean, Output variance) {}

    /** {@code tf.nn.moments} over the axes. */
    public static Moments moments(Graph g, Output x, int[] axes, boolean keepDims, String name) {
        try (NameScope scope = g.nameScope(name == null ? "moments" : name)) {
            Output y = x.dtype() == DType.FLOAT16 ? MathOps.cast(g, x, DType.FLOAT32, null) : x;
            Output mean = reduce(g, "Mean", y, Literal.ofInts(axes), true, "mean");
            Output squares = binary(g, "SquaredDifference", y, unary(g, "StopGradient", mean, null), null);
            Output variance = reduce(g, "Mean", squares, Literal.ofInts(axes), true, "variance");
            if (!keepDims) {
                mean = ArrayOps.squeeze(g, mean, axes);
                variance = ArrayOps.squeeze(g, variance, axes);
            }
            return new Moments(MathOps.cast(g, mean, x.dtype(), null), MathOps.cast(g, variance, x.dtype(), null));
        }
    }

    /** {@code tf.nn.weighted_moments}. */
    public static Moments weightedMoments(
            Graph g, Operand x, int[] axes, Operand weights, boolean keepDims, String name) {
        try (NameScope scope = g.nameScope(name == null ? "weighted_moments" : name)) {
            Output in = x.toOutput(g, null, null, "x");
            Output w = MathOps.cast(g, weights.toOutput(g, null, null, "frequency_weights"), in.dtype(), null);
            Operand dims = Literal.ofInts(axes);
            Output sum = reduce(g, "Sum", times(g, w, in), dims, true, "weighted_input_sum");
            Output spread = plus(g, w, Shapes.zerosLike(g, in, null));
            Output total = reduce(g, "Sum", spread, dims, true, "sum_of_weights");
            Output divisor = unary(g, "Reciprocal", total, "inv_weight_sum");
            Output mean = binary(g, "Mul", sum, divisor, null);
            Output distance = times(g, w, binary(g, "SquaredDifference", in, mean, null));
            Output squares = reduce(g, "Sum", distance, dims, true, "weighted_distsq");
            Output variance = binary(g, "Mul", squares, divisor, null);
            if (!keepDims) {
                mean = ArrayOps.squeeze(g, mean, axes);
                variance = ArrayOps.squeeze(g, variance, axes);
            }
            return new Moments(mean, variance);
        }
    }

    /** Sums that moments can be made of; shift is null where none was given. */
    public record Statistics(Output count, Output mean, Output variance, Output shift) {}

    /** {@code tf.nn.sufficient_statistics}. */
    public static Statistics sufficientStatistics(
            Graph g, Operand x, int[] axes, Operand shift, boolean keepDims, String name) {
        try (NameScope scope = g.nameScope(name == null ? "sufficient_statistics" : name)) {
            Output in = x.toOutput(g, null, null, "x");
            long count = 1;
            for (int a : axes) {
                int d = in.shape().dim(a);
                count = d < 0 || count < 0 ? -1 : count * d;
            }
            Output counts;
            if (in.shape().hasRank() && count >= 0) {
                counts = g.constant(NdArray.scalar(count).astype(in.dtype()), "Const");
            } else {
                Output dims = MathOps.cast(g, Shapes.shape(g, in, null), in.dtype(), null);
                counts = reduce(g, "Prod", ArrayOps.gather(g, dims, Literal.ofInts(axes)), null, false, "count");
            }
            Output s = shift == null ? null : shift.toOutput(g, null, null, "shift");
            Output m = s == null ? in : binary(g, "Sub", in, s, null);
            Output v = s == null ? unary(g, "Square", in, null) : binary(g, "SquaredDifference", in, s, null);
            m = reduce(g, "Sum", m, Literal.ofInts(axes), keepDims, "mean_ss");
            v = reduce(g, "Sum", v, Literal.ofInts(axes), keepDims, "var_ss");
            return new Statistics(counts, m, v, s);
        }
    }

    /** {@code tf.nn.normalize_moments}; shift may be null. */
    public static Moments normalizeMoments(
            Graph g, Operand counts, Operand mean, Operand variance, Operand shift, String name) {
        try (NameScope scope = g.nameScope(name == null ? "normalize" : name)) {
            Output divisor = unary(g, "Reciprocal", counts, "divisor");
            Output shifted = binary(g, "Mul", mean, divisor, shift == null ? "mean" : "shifted_mean");
            Output m = shift == null ? shifted : binary(g, "Add", shifted, shift, "mean");
            Output product = binary(g, "Mul", variance, divisor, null);
            return new Moments(m, binary(g, "Sub", product, unary(g, "Square", shifted, null), "variance"));
        }
    }

    /** {@code tf.nn.batch_normalization}; offset and scale may be null. */
    public static Output batchNormalization(
            Graph g, Operand x, Operand mean, Operand variance, Operand offset, Operand scale, Operand epsilon, String name) {
        try (NameScope scope = g.nameScope(name == null ? "batchnorm" : name)) {
            Output inverse = unary(g, "Rsqrt", plus(g, variance, epsilon), null);
            if (scale != null) {
                inverse = times(g, inverse, scale);
            }
            DType type = x instanceof Output o ? o.dtype() : inverse.dtype();
            Output first = times(g, x, MathOps.cast(g, inverse, type, null));
            Output rest = offset != null
                    ? minus(g, offset, times(g, mean, inverse))
                    : times(g, negate(g, mean), inverse);
            return plus(g, first, MathOps.cast(g, rest, type, null));
        }
    }

    /** The least epsilon that cuDNN, and so TensorFlow, takes. */
    private static final double LEAST_EPSILON = 1.001e-5;

    /** {@code tf.nn.fused_batch_norm}: outputs 0 to 2 are y, mean and variance. Mean and variance null in training. */
    public static Operation fusedBatchNorm(
            Graph g, Operand x, Operand scale, Operand offset, Operand mean, Operand variance, double epsilon, String format,
            boolean training, String name) {
        Output in = x.toOutput(g, null, null, "input");
        Output s = scale.toOutput(g, null, null, "scale");
        Output o = offset.toOutput(g, null, null, "offset");
        if (training && (mean != null || variance != null)) {
            throw NnError.value("Both 'mean' and 'variance' must be None if is_training is True.");
        }
        Operand m = mean == null ? g.constant(NdArray.zeros(DType.FLOAT32, 0), "Const") : mean;
        Operand v = variance == null ? g.constant(NdArray.zeros(DType.FLOAT32, 0), "Const") : variance;
        return g.op("FusedBatchNormV3").name(name).input(in).input(s).input(o).input(m).input(v)
                .attr("epsilon", (float) Math.max(epsilon, LEAST_EPSILON))
                .attr("data_format", format).attr("is_training", training).operation();
    }

    /** {@code tf.nn.local_response_normalization}. */
    public static Output localResponseNormalization(
            Graph g, Operand x, long radius, double bias, double alpha, double beta, String name) {
        return g.op("LRN").name(name).input(x).attr("depth_radius", radius).attr("bias", (float) bias)
                .attr("alpha", (float) alpha).attr("beta", (float) beta).output();
    }
}
