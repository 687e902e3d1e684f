package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.GraphKeys;
import io.retrograd.graph.build.Losses;
import io.retrograd.graph.build.MathOps;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;

/** {@code tf.losses}: losses over a batch as one number, noted in a collection. Labels come first. */
final class LossesFunctions {
    private static final String TAIL = "scope=None, loss_collection='losses', reduction='weighted_sum_by_nonzero_weights'";

    private LossesFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Losses.Summing summing(Machine m, Object weights, String scope, String collection, String reduction) {
        return new Losses.Summing(Operands.of(m, weights), scope, collection, reduction);
    }

    private static void notNone(Object value, String name) {
        if (value == None.NONE) {
            throw NnError.value(name + " must not be None.");
        }
    }

    @Builtin(
            value = "losses.mean_squared_error",
            signature = "labels, predictions, weights=1.0, " + TAIL,
            doc = "The mean of (predictions - labels)**2.",
            shapes = "labels and predictions alike -> ()",
            gradient = "dpredictions = 2 * weights * (predictions - labels) * dy / n",
            example = "loss = tf.losses.mean_squared_error(y_, y)")
    static Object meanSquaredError(
            Machine m, Object labels, Object predictions, Object weights, String scope, String collection, String reduction) {
        notNone(labels, "labels");
        notNone(predictions, "predictions");
        return Tensors.wrap(Losses.meanSquaredError(graph(m), Operands.of(m, labels), Operands.of(m, predictions),
                summing(m, weights, scope, collection, reduction)));
    }

    @Builtin(
            value = "losses.absolute_difference",
            signature = "labels, predictions, weights=1.0, " + TAIL,
            doc = "The mean of |predictions - labels|.",
            shapes = "labels and predictions alike -> ()",
            gradient = "dpredictions = weights * sign(predictions - labels) * dy / n")
    static Object absoluteDifference(
            Machine m, Object labels, Object predictions, Object weights, String scope, String collection, String reduction) {
        notNone(labels, "labels");
        notNone(predictions, "predictions");
        return Tensors.wrap(Losses.absoluteDifference(graph(m), Operands.of(m, labels), Operands.of(m, predictions),
                summing(m, weights, scope, collection, reduction)));
    }

    @Builtin(
            value = "losses.hinge_loss",
            signature = "labels, logits, weights=1.0, " + TAIL,
            doc = "The mean of max(0, 1 - s * logits), s being -1 or 1 for labels 0 or 1.",
            shapes = "labels and predictions alike -> ()",
            gradient = "dlogits = -weights * (2 * labels - 1) * dy / n where the margin is broken")
    static Object hinge(
            Machine m, Object labels, Object logits, Object weights, String scope, String collection, String reduction) {
        notNone(labels, "labels");
        notNone(logits, "logits");
        return Tensors.wrap(Losses.hinge(graph(m), Operands.of(m, labels), Operands.of(m, logits),
                summing(m, weights, scope, collection, reduction)));
    }

    @Builtin(
            value = "losses.huber_loss",
            signature = "labels, predictions, weights=1.0, delta=1.0, " + TAIL,
            doc = "The mean of the error, squared and halved up to delta, linear beyond.",
            shapes = "labels and predictions alike -> ()",
            gradient = "dpredictions = weights * (predictions - labels, cut to +-delta) * dy / n")
    static Object huber(
            Machine m, Object labels, Object predictions, Object weights, Object delta, String scope, String collection,
            String reduction) {
        notNone(labels, "labels");
        notNone(predictions, "predictions");
        return Tensors.wrap(Losses.huber(graph(m), Operands.of(m, labels), Operands.of(m, predictions), Operands.of(m, delta),
                summing(m, weights, scope, collection, reduction)));
    }

    @Builtin(
            value = "losses.log_loss",
            signature = "labels, predictions, weights=1.0, epsilon=1e-07, " + TAIL,
            doc = "The mean of -z * log(p) - (1 - z) * log(1 - p).",
            shapes = "labels and predictions alike -> ()",
            gradient = "dp = weights * (-labels / (p + eps) + (1 - labels) / (1 - p + eps)) * dy / n")
    static Object log(
            Machine m, Object labels, Object predictions, Object weights, Object epsilon, String scope, String collection,
            String reduction) {
        notNone(labels, "labels");
        notNone(predictions, "predictions");
        return Tensors.wrap(Losses.log(graph(m), Operands.of(m, labels), Operands.of(m, predictions), Operands.of(m, epsilon),
                summing(m, weights, scope, collection, reduction)));
    }

    @Builtin(
            value = "losses.cosine_distance",
            signature = "labels, predictions, axis=None, weights=1.0, " + TAIL + ", dim=None",
            doc = "The mean of 1 - sum(predictions * labels) along the axis, both being of length 1.",
            shapes = "labels and predictions alike -> ()",
            gradient = "dpredictions = -weights * labels * dy / n")
    static Object cosineDistance(
            Machine m, Object labels, Object predictions, Object axis, Object weights, String scope, String collection,
            String reduction, Object dim) {
        Object at = Given.either("axis", axis, "dim", dim);
        if (at == None.NONE) {
            throw NnError.value("You must specify 'axis'.");
        }
        notNone(labels, "labels");
        notNone(predictions, "predictions");
        return Tensors.wrap(Losses.cosineDistance(graph(m), Operands.of(m, labels), Operands.of(m, predictions),
                Given.ints(m, at)[0], summing(m, weights, scope, collection, reduction)));
    }

    @Builtin(
            value = "losses.sigmoid_cross_entropy",
            signature = "multi_class_labels, logits, weights=1.0, label_smoothing=0, " + TAIL,
            doc = "The mean of the sigmoid cross entropy.",
            shapes = "labels and predictions alike -> ()",
            gradient = "dlogits = weights * (sigmoid(logits) - labels) * dy / n")
    static Object sigmoidCrossEntropy(
            Machine m, Object labels, Object logits, Object weights, double smoothing, String scope, String collection,
            String reduction) {
        notNone(labels, "multi_class_labels");
        notNone(logits, "logits");
        return Tensors.wrap(Losses.sigmoidCrossEntropy(graph(m), Operands.of(m, labels), Operands.of(m, logits), smoothing,
                summing(m, weights, scope, collection, reduction)));
    }

    @Builtin(
            value = "losses.softmax_cross_entropy",
            signature = "onehot_labels, logits, weights=1.0, label_smoothing=0, " + TAIL,
            doc = "The mean of the softmax cross entropy.",
            shapes = "(batch, classes), (batch, classes) -> ()",
            gradient = "dlogits = weights * (softmax(logits) - labels) * dy / n")
    static Object softmaxCrossEntropy(
            Machine m, Object labels, Object logits, Object weights, double smoothing, String scope, String collection,
            String reduction) {
        notNone(labels, "onehot_labels");
        notNone(logits, "logits");
        return Tensors.wrap(Losses.softmaxCrossEntropy(graph(m), Operands.of(m, labels), Operands.of(m, logits), smoothing,
                summing(m, weights, scope, collection, reduction)));
    }

    @Builtin(
            value = "losses.sparse_softmax_cross_entropy",
            signature = "labels, logits, weights=1.0, " + TAIL,
            doc = "The mean of the softmax cross entropy; labels are numbers of classes.",
            shapes = "labels (batch), logits (batch, classes) -> ()",
            gradient = "dlogits = weights * (softmax(logits) - onehot(labels)) * dy / n")
    static Object sparseSoftmaxCrossEntropy(
            Machine m, Object labels, Object logits, Object weights, String scope, String collection, String reduction) {
        notNone(labels, "labels");
        notNone(logits, "logits");
        return Tensors.wrap(Losses.sparseSoftmaxCrossEntropy(graph(m), Operands.of(m, labels), Operands.of(m, logits),
                summing(m, weights, scope, collection, reduction)));
    }

    @Builtin(
            value = "losses.compute_weighted_loss",
            signature = "losses, weights=1.0, " + TAIL,
            doc = "Losses of elements, weighted, as one number.",
            shapes = "any, weights that can be broadcast to it -> ()",
            gradient = "dlosses = weights * dy / n")
    static Object weighted(
            Machine m, Object losses, Object weights, String scope, String collection, String reduction) {
        return Tensors.wrap(Losses.weighted(graph(m), Operands.of(m, losses), summing(m, weights, scope, collection, reduction)));
    }

    // Collections of losses

    @Builtin(value = "losses.add_loss", signature = "loss, loss_collection='losses'", doc = "Notes a loss in a collection.")
    static void addLoss(Machine m, TensorValue loss, String collection) {
        if (collection != null) {
            graph(m).addToCollection(collection, loss.output());
        }
    }

    @Builtin(value = "losses.get_losses", signature = "scope=None, loss_collection='losses'", doc = "The losses noted so far.")
    static Object getLosses(Machine m, Object scope, String collection) {
        return GraphFunctions.collection(m, graph(m), collection, scope);
    }

    @Builtin(value = "losses.get_regularization_losses", signature = "scope=None", doc = "The penalties of regularizers.")
    static Object getRegularizationLosses(Machine m, Object scope) {
        return GraphFunctions.collection(m, graph(m), GraphKeys.REGULARIZATION_LOSSES, scope);
    }

    private static List<Output> outputs(Machine m, Object... lists) {
        List<Output> all = new ArrayList<>();
        for (Object list : lists) {
            for (Object x : Semantics.elements(m, list)) {
                all.add(((TensorValue) x).output());
            }
        }
        return all;
    }

    @Builtin(
            value = "losses.get_regularization_loss",
            signature = "scope=None, name='total_regularization_loss'",
            doc = "The sum of the penalties of regularizers.",
            shapes = "-> ()",
            gradient = "dw = that of each regularizer, added")
    static Object getRegularizationLoss(Machine m, Object scope, String name) {
        List<Output> all = outputs(m, getRegularizationLosses(m, scope));
        return Tensors.wrap(all.isEmpty()
                ? graph(m).constant(NdArray.scalar(0f), "Const")
                : MathOps.addN(graph(m), all, name));
    }

    @Builtin(
            value = "losses.get_total_loss",
            signature = "add_regularization_losses=True, name='total_loss', scope=None",
            doc = "The sum of all losses noted, penalties included.",
            shapes = "-> ()",
            gradient = "that of each loss, added")
    static Object getTotalLoss(Machine m, boolean penalties, String name, Object scope) {
        Object losses = getLosses(m, scope, GraphKeys.LOSSES);
        List<Output> all = outputs(m, losses, penalties ? getRegularizationLosses(m, scope) : new ListValue());
        return Tensors.wrap(MathOps.addN(graph(m), all, name));
    }
}
