package io.retrograd.graph.build;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/** What {@code tf.nn}'s cross entropies create. */
public final class CrossEntropy {
    private CrossEntropy() {}

    /** {@code tf.nn.softmax_cross_entropy_with_logits}: nothing flows back into the labels. */
    public static Output softmaxFixedLabels(Graph g, Operand labels, Operand logits, int axis, String name) {
        Output fixed;
        String again;
        try (NameScope scope = g.nameScope(name == null ? "softmax_cross_entropy_with_logits_sg" : name)) {
            again = scope.operationName();
            fixed = g.op("StopGradient").name("labels_stop_gradient").input(labels).output();
        }
        return softmax(g, fixed, logits, axis, again);
    }

    /** {@code tf.nn.softmax_cross_entropy_with_logits_v2}: one loss for each row along the axis. */
    public static Output softmax(Graph g, Operand labels, Operand logits, int axis, String name) {
        try (NameScope scope = g.nameScope(name == null ? "softmax_cross_entropy_with_logits" : name)) {
            Output x = logits.toOutput(g, null, null, "logits");
            Output p = labels.toOutput(g, null, null, "labels");
            DType own = x.dtype();
            Output precise = own == DType.FLOAT16 ? MathOps.cast(g, x, DType.FLOAT32, null) : x;
            p = MathOps.cast(g, p, precise.dtype(), null);
            Output rank = Shapes.rank(g, precise, null);
            if (axis != -1) {
                precise = moveToEnd(g, precise, axis, rank);
                p = moveToEnd(g, p, axis, rank);
            }
            Output shape = Shapes.shape(g, precise, null);
            precise = flattenOuter(g, precise);
            p = flattenOuter(g, p);
            Output cost = g.op("SoftmaxCrossEntropyWithLogits").name(scope.operationName()).input(precise).input(p).output();
            Output size = binary(g, "Sub", rank, Literal.of(1), null);
            Output outer = ArrayOps.slice(g, shape, Literal.ofInts(0), ArrayOps.vector(size));
            cost = ArrayOps.reshape(g, cost, outer, null);
            if (x.shape().hasRank() && x.shape().rank() > 0) {
                int at = axis < 0 ? axis + x.shape().rank() : axis;
                cost.refineShape(x.shape().slice(0, at).concatenate(x.shape().slice(at + 1, x.shape().rank())));
            }
            return MathOps.cast(g, cost, own, null);
        }
    }

    private static Output moveToEnd(Graph g, Output x, int axis, Output rank) {
        Output before = MathOps.range(g, Literal.of(axis));
        Output after = MathOps.range(g, Literal.of(axis + 1), rank, Literal.of(1), null, null);
        return ArrayOps.transpose(g, x, ArrayOps.concat(g, 0, before, after, Literal.ofInts(axis)));
    }

    /** Rows of the last dimension. */
    private static Output flattenOuter(Graph g, Output x) {
        Output rank = Shapes.rank(g, x, null);
        Output shape = Shapes.shape(g, x, null);
        Output begin = binary(g, "Sub", rank, Literal.of(1), null);
        Output last = ArrayOps.slice(g, shape, ArrayOps.vector(begin), Literal.ofInts(1));
        Output rows = ArrayOps.reshape(g, x, ArrayOps.concat(g, 0, Literal.ofInts(-1), last), null);
        if (x.shape().hasRank() && x.shape().rank() > 0) {
            Shape outer = x.shape().slice(0, x.shape().rank() - 1);
            if (outer.isFullyDefined()) {
                rows.refineShape(Shape.of((int) outer.numElements(), x.shape().dim(-1)));
            }
        }
        return rows;
    }

    /** {@code tf.nn.sparse_softmax_cross_entropy_with_logits}: labels are numbers of classes. */
    public static Output sparseSoftmax(Graph g, Operand labels, Operand logits, String name) {
        try (NameScope scope = g.nameScope(name == null ? "SparseSoftmaxCrossEntropyWithLogits" : name)) {
            Output k = labels.toOutput(g, null, null, "Const");
            Output x = logits.toOutput(g, null, null, "Const");
            DType own = x.dtype();
            Output precise = own == DType.FLOAT16 ? MathOps.cast(g, x, DType.FLOAT32, null) : x;
            Output shape = Shapes.shape(g, k, null);
            int rank = x.shape().rank();
            if (rank == 0) {
                throw NnError.value("Logits cannot be scalars - received shape " + x.shape() + ".");
            }
            if (rank > 0 && k.shape().hasRank() && k.shape().rank() != rank - 1) {
                throw NnError.value("Rank mismatch: Rank of labels (received " + k.shape().rank()
                        + ") should equal rank of logits minus 1 (received " + rank + ").");
            }
            boolean known = rank > 0 && k.shape().isFullyDefined() && x.shape().slice(0, rank - 1).isFullyDefined();
            if (known && !k.shape().equals(x.shape().slice(0, rank - 1))) {
                throw NnError.value("Shape mismatch: The shape of labels (received " + k.shape()
                        + ") should equal the shape of logits except for the last dimension (received " + x.shape() + ").");
            }
            if (rank == 2) {
                Output cost = g.op("SparseSoftmaxCrossEntropyWithLogits").name(name).input(precise).input(k).output();
                return MathOps.cast(g, cost, own, null);
            }
            Output whole = Shapes.shape(g, x, null);
            Output classes = ArrayOps.range(g, whole, -1L, null);
            Output rows = ArrayOps.reshape(g, precise, ArrayOps.concat(g, 0, Literal.ofInts(-1), classes), null);
            Output flat = ArrayOps.reshape(g, k, Literal.ofInts(-1), null);
            Output cost = g.op("SparseSoftmaxCrossEntropyWithLogits").name(name).input(rows).input(flat).output();
            cost = ArrayOps.reshape(g, cost, shape, null);
            cost.refineShape(k.shape());
            return MathOps.cast(g, cost, own, null);
        }
    }

    private static void sameShape(Output labels, Output logits, String first, String second) {
        if (!labels.shape().isCompatibleWith(logits.shape())) {
            throw NnError.value(first + " and " + second + " must have the same shape (" + logits.shape() + " vs "
                    + labels.shape() + ")");
        }
    }

    /** {@code tf.nn.sigmoid_cross_entropy_with_logits}: each class by itself. */
    public static Output sigmoid(Graph g, Operand labels, Operand logits, String name) {
        try (NameScope scope = g.nameScope(name == null ? "logistic_loss" : name)) {
            Output x = logits.toOutput(g, null, null, "logits");
            Output z = labels.toOutput(g, null, null, "labels");
            sameShape(z, x, "logits", "labels");
            Output zeros = Shapes.zerosLike(g, x, null);
            Output positive = binary(g, "GreaterEqual", x, zeros, null);
            Output relu = ArrayOps.select(g, positive, x, zeros, null);
            Output negative = ArrayOps.select(g, positive, negate(g, x), x, null);
            Output linear = minus(g, relu, times(g, x, z));
            Output log = unary(g, "Log1p", unary(g, "Exp", negative, null), null);
            return binary(g, "Add", linear, log, scope.operationName());
        }
    }

    /** {@code tf.nn.weighted_cross_entropy_with_logits}: positive labels weigh more. */
    public static Output weighted(Graph g, Operand labels, Operand logits, Operand weight, Double number, String name) {
        try (NameScope scope = g.nameScope(name == null ? "logistic_loss" : name)) {
            Output x = logits.toOutput(g, null, null, "logits");
            Output z = labels.toOutput(g, null, null, "labels");
            sameShape(z, x, "logits", "labels");
            Operand less = number != null ? Literal.of(number - 1) : minus(g, weight, Literal.of(1));
            Output logWeight = plus(g, Literal.of(1), times(g, less, z));
            Output rest = minus(g, Literal.of(1), z);
            Output linear = times(g, rest, x);
            Output log = unary(g, "Log1p", unary(g, "Exp", negate(g, MathOps.abs(g, x, null)), null), null);
            Output relu = unary(g, "Relu", negate(g, x), null);
            return binary(g, "Add", linear, times(g, logWeight, plus(g, log, relu)), scope.operationName());
        }
    }

    /** {@code tf.nn.log_poisson_loss}. */
    public static Output logPoisson(Graph g, Operand targets, Operand logInput, boolean full, String name) {
        try (NameScope scope = g.nameScope(name == null ? "log_poisson_loss" : name)) {
            Output x = logInput.toOutput(g, null, null, "log_input");
            Output z = targets.toOutput(g, null, null, "targets");
            sameShape(z, x, "log_input", "targets");
            Output loss = minus(g, unary(g, "Exp", x, null), times(g, x, z));
            if (!full) {
                return loss;
            }
            Output half = g.constant(NdArray.scalar(0.5).astype(z.dtype()), "Const");
            Output twoPi = g.constant(NdArray.scalar(2 * Math.PI).astype(z.dtype()), "Const");
            Output stirling = minus(g, times(g, z, unary(g, "Log", z, null)), z);
            stirling = plus(g, stirling, times(g, half, unary(g, "Log", times(g, twoPi, z), null)));
            Output zeros = Shapes.zerosLike(g, z, null);
            Output ones = Shapes.onesLike(g, z, null, true, null);
            Output small = binary(g, "LogicalAnd", binary(g, "GreaterEqual", z, zeros, null),
                    binary(g, "LessEqual", z, ones, null), null);
            return plus(g, loss, ArrayOps.select(g, small, zeros, stirling, null));
        }
    }
}
