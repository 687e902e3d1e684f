package io.retrograd.graph.build;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.cast;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.reduce;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;
import java.util.Set;

/** What {@code tf.losses} creates: a loss for each element, weighted, then summed up into one number. */
public final class Losses {
    private static final String TOO_DIFFERENT = "weights can not be broadcast to values.";

    /** The values of {@code tf.losses.Reduction}. */
    public static final Set<String> REDUCTIONS = Set.of("none", "weighted_sum", "weighted_mean",
            "weighted_sum_over_batch_size", "weighted_sum_by_nonzero_weights");

    private Losses() {}

    /**
     * How the losses of elements become one.
     *
     * @param weights one number or one an element
     * @param collection where the loss is noted; null for nowhere
     */
    public record Summing(Operand weights, String scope, String collection, String reduction) {}

    // Losses of elements

    private static Output number(Graph g, Operand x) {
        return cast(g, x, DType.FLOAT32, null);
    }

    private static void compatible(Output a, Output b) {
        if (!a.shape().isCompatibleWith(b.shape())) {
            throw NnError.value("Shapes " + a.shape() + " and " + b.shape() + " are incompatible");
        }
    }

    private static NameScope scope(Graph g, Summing s, String name) {
        return g.nameScope(s.scope() == null ? name : s.scope());
    }

    private static Summing in(Summing s, NameScope scope) {
        return new Summing(s.weights(), scope.path(), s.collection(), s.reduction());
    }

    /** A loss of two tensors of one shape, element by element. */
    @FunctionalInterface
    private interface Elementwise {
        Output of(Output predictions, Output labels);
    }

    private static Output elementwise(
            Graph g, Operand labels, Operand predictions, Summing s, String name, Elementwise loss) {
        try (NameScope scope = scope(g, s, name)) {
            Output p = number(g, predictions);
            Output z = number(g, labels);
            compatible(p, z);
            return weighted(g, loss.of(p, z), in(s, scope));
        }
    }

    /** {@code tf.losses.mean_squared_error}. */
    public static Output meanSquaredError(Graph g, Operand labels, Operand predictions, Summing s) {
        return elementwise(g, labels, predictions, s, "mean_squared_error",
                (p, z) -> binary(g, "SquaredDifference", p, z, null));
    }

    /** {@code tf.losses.absolute_difference}. */
    public static Output absoluteDifference(Graph g, Operand labels, Operand predictions, Summing s) {
        return elementwise(g, labels, predictions, s, "absolute_difference",
                (p, z) -> MathOps.abs(g, binary(g, "Sub", p, z, null), null));
    }

    /** {@code tf.losses.hinge_loss}; labels are 0 or 1. */
    public static Output hinge(Graph g, Operand labels, Operand logits, Summing s) {
        return elementwise(g, labels, logits, s, "hinge_loss", (x, z) -> {
            Output ones = Shapes.onesLike(g, z, null, true, null);
            Output signs = binary(g, "Sub", times(g, Literal.of(2), z), ones, null);
            return unary(g, "Relu", binary(g, "Sub", ones, binary(g, "Mul", signs, x, null), null), null);
        });
    }

    /** {@code tf.losses.huber_loss}: squared up to delta, linear beyond. */
    public static Output huber(Graph g, Operand labels, Operand predictions, Operand delta, Summing s) {
        return elementwise(g, labels, predictions, s, "huber_loss", (p, z) -> {
            Output error = MathOps.abs(g, binary(g, "Sub", p, z, null), null);
            Output quadratic = binary(g, "Minimum", error, delta, null);
            Output linear = binary(g, "Sub", error, quadratic, null);
            Output half = g.constant(NdArray.scalar(0.5f), "Const");
            Output square = binary(g, "Mul", half, binary(g, "Mul", quadratic, quadratic, null), null);
            return binary(g, "Add", square, binary(g, "Mul", delta, linear, null), null);
        });
    }

    /** {@code tf.losses.log_loss}. */
    public static Output log(Graph g, Operand labels, Operand predictions, Operand epsilon, Summing s) {
        return elementwise(g, labels, predictions, s, "log_loss", (p, z) -> {
            Output first = negate(g, binary(g, "Mul", z, unary(g, "Log", plus(g, p, epsilon), null), null));
            Output rest = minus(g, Literal.of(1), z);
            Output log = unary(g, "Log", plus(g, minus(g, Literal.of(1), p), epsilon), null);
            return minus(g, first, binary(g, "Mul", rest, log, null));
        });
    }

    /** {@code tf.losses.cosine_distance} along an axis. */
    public static Output cosineDistance(Graph g, Operand labels, Operand predictions, int axis, Summing s) {
        return elementwise(g, labels, predictions, s, "cosine_distance_loss", (p, z) -> {
            Output product = binary(g, "Mul", p, z, null);
            return minus(g, Literal.of(1), reduce(g, "Sum", product, Literal.ofInts(axis), true, null));
        });
    }

    /** {@code tf.losses.sigmoid_cross_entropy}. */
    public static Output sigmoidCrossEntropy(Graph g, Operand labels, Operand logits, double smoothing, Summing s) {
        try (NameScope scope = scope(g, s, "sigmoid_cross_entropy_loss")) {
            Output x = logits.toOutput(g, null, null, "Const");
            Output z = cast(g, labels, x.dtype(), null);
            compatible(x, z);
            if (smoothing > 0) {
                z = plus(g, times(g, z, Literal.of(1 - smoothing)), Literal.of(0.5 * smoothing));
            }
            return weighted(g, CrossEntropy.sigmoid(g, z, x, "xentropy"), in(s, scope));
        }
    }

    /** {@code tf.losses.softmax_cross_entropy}. */
    public static Output softmaxCrossEntropy(Graph g, Operand labels, Operand logits, double smoothing, Summing s) {
        try (NameScope scope = scope(g, s, "softmax_cross_entropy_loss")) {
            Output x = logits.toOutput(g, null, null, "Const");
            Output z = cast(g, labels, x.dtype(), null);
            compatible(x, z);
            if (smoothing > 0) {
                Output classes = cast(g, ArrayOps.at(g, Shapes.shape(g, z, null), -1), x.dtype(), null);
                Output negatives = over(g, Literal.of(smoothing), classes);
                z = plus(g, times(g, z, Literal.of(1 - smoothing)), negatives);
            }
            z = unary(g, "StopGradient", z, "labels_stop_gradient");
            return weighted(g, CrossEntropy.softmax(g, z, x, -1, "xentropy"), in(s, scope));
        }
    }

    /** {@code tf.losses.sparse_softmax_cross_entropy}. */
    public static Output sparseSoftmaxCrossEntropy(Graph g, Operand labels, Operand logits, Summing s) {
        try (NameScope scope = scope(g, s, "sparse_softmax_cross_entropy_loss")) {
            Output[] both = squeezed(g, labels, logits, 1);
            Output weights = s.weights().toOutput(g, null, null, "Const");
            if (weights.shape().hasRank() && both[0].shape().hasRank()
                    && weights.shape().rank() - both[0].shape().rank() == 1) {
                weights = ArrayOps.squeeze(g, weights, -1);
            }
            Output losses = CrossEntropy.sparseSoftmax(g, both[0], both[1], "xentropy");
            return weighted(g, losses, new Summing(weights, scope.path(), s.collection(), s.reduction()));
        }
    }

    /** {@code remove_squeezable_dimensions}: labels and predictions, a last dimension of 1 taken off the one that has more. */
    static Output[] squeezed(Graph g, Operand labels, Operand predictions, int expected) {
        try (NameScope scope = g.nameScope("remove_squeezable_dimensions")) {
            Output p = predictions.toOutput(g, null, null, "Const");
            Output z = labels.toOutput(g, null, null, "Const");
            if (p.shape().hasRank() && z.shape().hasRank()) {
                int difference = p.shape().rank() - z.shape().rank();
                if (difference == expected + 1) {
                    p = ArrayOps.squeeze(g, p, -1);
                } else if (difference == expected - 1) {
                    z = ArrayOps.squeeze(g, z, -1);
                }
            }
            return new Output[] {z, p};
        }
    }

    // Summing up

    /** {@code tf.losses.compute_weighted_loss}. */
    public static Output weighted(Graph g, Operand losses, Summing s) {
        if (!REDUCTIONS.contains(s.reduction())) {
            throw NnError.value("Invalid Reduction Key " + s.reduction() + ".");
        }
        try (NameScope scope = scope(g, s, "weighted_loss")) {
            Operation fits = assertBroadcastable(g, s.weights(), losses);
            try (Graph.Block after = g.controlDependencies(List.of(fits))) {
                Output x = losses.toOutput(g, null, null, "Const");
                DType own = x.dtype();
                x = number(g, x);
                Output w = number(g, s.weights());
                Output loss = binary(g, "Mul", x, w, null);
                if (!s.reduction().equals("none")) {
                    loss = reduce(g, "Sum", loss, null, false, null);
                    switch (s.reduction()) {
                        case "weighted_mean" -> {
                            Output all = times(g, Shapes.onesLike(g, x, null, true, null), w);
                            loss = safeMean(g, loss, reduce(g, "Sum", all, null, false, null));
                        }
                        case "weighted_sum_by_nonzero_weights" -> loss = safeMean(g, loss, present(g, x, w));
                        case "weighted_sum_over_batch_size" -> {
                            Output count;
                            try (NameScope inner = g.nameScope("num_elements")) {
                                Output size = Shapes.size(g, x, DType.INT32, inner.operationName());
                                count = cast(g, size, x.dtype(), null);
                            }
                            loss = safeMean(g, loss, count);
                        }
                        default -> { }
                    }
                }
                loss = cast(g, loss, own, null);
                if (s.collection() != null) {
                    g.addToCollection(s.collection(), loss);
                }
                return loss;
            }
        }
    }

    private static Output safeMean(Graph g, Output losses, Output count) {
        Output total = reduce(g, "Sum", losses, null, false, null);
        return MathOps.likeFirst(g, "DivNoNan", "div_no_nan", total, count, "value");
    }

    /** How many elements have a weight that is not 0. */
    private static Output present(Graph g, Output losses, Output weights) {
        try (NameScope scope = g.nameScope("num_present")) {
            Output zero = binary(g, "Equal", weights, Literal.of(0.0), null);
            Output zeros = Shapes.zerosLike(g, weights, null);
            Output ones = Shapes.onesLike(g, weights, null, true, null);
            Output counted = ArrayOps.select(g, zero, zeros, ones, null);
            return reduce(g, "Sum", broadcastWeights(g, counted, losses), null, false, scope.operationName());
        }
    }

    /** {@code broadcast_weights}: one weight for each value. */
    static Output broadcastWeights(Graph g, Operand weights, Output values) {
        try (NameScope scope = g.nameScope("broadcast_weights")) {
            Output w = weights.toOutput(g, values.dtype(), null, "weights");
            if (w.shape().isFullyDefined() && values.shape().isFullyDefined() && w.shape().isCompatibleWith(values.shape())) {
                return w;
            }
            try (Graph.Block after = g.controlDependencies(List.of(assertBroadcastable(g, w, values)))) {
                return binary(g, "Mul", w, Shapes.onesLike(g, values, null, true, null), scope.operationName());
            }
        }
    }

    /**
     * Checks that weights are one number or fit the values dimension by dimension. What is only known at a run is left to
     * the product that follows.
     */
    private static Operation assertBroadcastable(Graph g, Operand weights, Operand values) {
        try (NameScope scope = g.nameScope("assert_broadcastable")) {
            Output w;
            try (NameScope inner = g.nameScope("weights")) {
                w = weights.toOutput(g, null, null, inner.operationName());
                Shapes.shape(g, w, "shape");
                Shapes.rank(g, w, "rank");
            }
            Output v;
            try (NameScope inner = g.nameScope("values")) {
                v = values.toOutput(g, null, null, inner.operationName());
                Shapes.shape(g, v, "shape");
                Shapes.rank(g, v, "rank");
            }
            Shape ws = w.shape();
            Shape vs = v.shape();
            if (ws.hasRank() && ws.rank() == 0) {
                return ControlFlow.noOp(g, "static_scalar_check_success");
            }
            if (ws.hasRank() && vs.hasRank() && ws.rank() != vs.rank()) {
                throw NnError.value(TOO_DIFFERENT + " values.rank=" + vs.rank() + ". weights.rank=" + ws.rank()
                        + ". values.shape=" + vs + ". weights.shape=" + ws + ".");
            }
            for (int i = 0; ws.isFullyDefined() && vs.isFullyDefined() && i < ws.rank(); i++) {
                if (ws.dim(i) != 1 && ws.dim(i) != vs.dim(i)) {
                    throw NnError.value(TOO_DIFFERENT + " Mismatch at dim " + i + ". values.shape=" + numpy(vs)
                            + " weights.shape=" + numpy(ws) + ".");
                }
            }
            return ControlFlow.noOp(g, "static_dims_check_success");
        }
    }

    private static String numpy(Shape s) {
        return s.toBrackets().replace(",", " ");
    }
}
