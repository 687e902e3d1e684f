package io.retrograd.lib.tf;

import io.retrograd.graph.build.GraphKeys;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;

/** {@code tf.contrib.losses}, also slim's: the losses of tf.losses with what the network computes first, labels second. */
final class ContribLosses {
    private static final String REDUCTION = "weighted_sum_by_nonzero_weights";
    private static final String ALIKE = "predictions and labels alike -> ()";

    private ContribLosses() {}

    @Builtin(
            value = "contrib.losses.mean_squared_error",
            signature = "predictions, labels=None, weights=1.0, scope=None",
            doc = "The mean of (predictions - labels)**2.",
            shapes = ALIKE,
            gradient = "dpredictions = 2 * weights * (predictions - labels) * dy / n")
    static Object meanSquaredError(Machine m, Object predictions, Object labels, Object weights, String scope) {
        return LossesFunctions.meanSquaredError(m, labels, predictions, weights, scope, GraphKeys.LOSSES, REDUCTION);
    }

    @Builtin(
            value = "contrib.losses.absolute_difference",
            signature = "predictions, labels=None, weights=1.0, scope=None",
            doc = "The mean of |predictions - labels|.",
            shapes = ALIKE,
            gradient = "dpredictions = weights * sign(predictions - labels) * dy / n")
    static Object absoluteDifference(Machine m, Object predictions, Object labels, Object weights, String scope) {
        return LossesFunctions.absoluteDifference(m, labels, predictions, weights, scope, GraphKeys.LOSSES, REDUCTION);
    }

    @Builtin(
            value = "contrib.losses.log_loss",
            signature = "predictions, labels=None, weights=1.0, epsilon=1e-07, scope=None",
            doc = "The mean of -z * log(p) - (1 - z) * log(1 - p).",
            shapes = ALIKE,
            gradient = "dp = weights * (-labels / (p + eps) + (1 - labels) / (1 - p + eps)) * dy / n")
    static Object log(Machine m, Object predictions, Object labels, Object weights, Object epsilon, String scope) {
        return LossesFunctions.log(m, labels, predictions, weights, epsilon, scope, GraphKeys.LOSSES, REDUCTION);
    }

    @Builtin(
            value = "contrib.losses.hinge_loss",
            signature = "logits, labels=None, scope=None",
            doc = "max(0, 1 - s * logits) for each element, s being -1 or 1 for labels 0 or 1.",
            shapes = "the shape of its operand stays",
            gradient = "dlogits = -(2 * labels - 1) * dy where the margin is broken")
    static Object hinge(Machine m, Object logits, Object labels, String scope) {
        return LossesFunctions.hinge(m, labels, logits, 1.0, scope, null, "none");
    }

    @Builtin(
            value = "contrib.losses.cosine_distance",
            signature = "predictions, labels=None, axis=None, weights=1.0, scope=None, dim=None",
            doc = "The mean of 1 - sum(predictions * labels) along the axis, both being of length 1.",
            shapes = ALIKE,
            gradient = "dpredictions = -weights * labels * dy / n")
    static Object cosineDistance(
            Machine m, Object predictions, Object labels, Object axis, Object weights, String scope, Object dim) {
        return LossesFunctions.cosineDistance(m, labels, predictions, axis, weights, scope, GraphKeys.LOSSES, REDUCTION, dim);
    }

    @Builtin(
            value = "contrib.losses.sigmoid_cross_entropy",
            signature = "logits, multi_class_labels, weights=1.0, label_smoothing=0, scope=None",
            doc = "The mean sigmoid cross entropy.",
            shapes = "logits and labels alike -> ()",
            gradient = "dlogits = weights * (sigmoid(logits) - labels) * dy / n")
    static Object sigmoidCrossEntropy(Machine m, Object logits, Object labels, Object weights, double smoothing, String scope) {
        return LossesFunctions.sigmoidCrossEntropy(m, labels, logits, weights, smoothing, scope, GraphKeys.LOSSES, REDUCTION);
    }

    @Builtin(
            value = "contrib.losses.softmax_cross_entropy",
            signature = "logits, onehot_labels, weights=1.0, label_smoothing=0, scope=None",
            doc = "The mean softmax cross entropy.",
            shapes = "logits and labels alike -> ()",
            gradient = "dlogits = weights * (softmax(logits) - labels) * dy / n",
            example = "loss = slim.losses.softmax_cross_entropy(logits, onehot_labels)")
    static Object softmaxCrossEntropy(Machine m, Object logits, Object labels, Object weights, double smoothing, String scope) {
        return LossesFunctions.softmaxCrossEntropy(m, labels, logits, weights, smoothing, scope, GraphKeys.LOSSES, REDUCTION);
    }

    @Builtin(
            value = "contrib.losses.sparse_softmax_cross_entropy",
            signature = "logits, labels, weights=1.0, scope=None",
            doc = "The mean softmax cross entropy, labels being numbers of classes.",
            shapes = "(n, k) and (n,) -> ()",
            gradient = "dlogits = weights * (softmax(logits) - onehot(labels)) * dy / n")
    static Object sparseSoftmaxCrossEntropy(Machine m, Object logits, Object labels, Object weights, String scope) {
        return LossesFunctions.sparseSoftmaxCrossEntropy(m, labels, logits, weights, scope, GraphKeys.LOSSES, REDUCTION);
    }

    @Builtin(
            value = "contrib.losses.compute_weighted_loss",
            signature = "losses, weights=1.0, scope=None",
            doc = "The mean of the losses, each with its weight, over those whose weight is not 0.",
            gradient = "dlosses = weights * dy / n")
    static Object weighted(Machine m, Object losses, Object weights, String scope) {
        return LossesFunctions.weighted(m, losses, weights, scope, GraphKeys.LOSSES, REDUCTION);
    }

    @Builtin(value = "contrib.losses.add_loss", signature = "loss, loss_collection='losses'", doc = "Notes a loss in the collection.")
    static void addLoss(Machine m, TensorValue loss, String collection) {
        LossesFunctions.addLoss(m, loss, collection);
    }

    @Builtin(value = "contrib.losses.get_losses", signature = "scope=None, loss_collection='losses'", doc = "The losses noted.")
    static Object getLosses(Machine m, Object scope, String collection) {
        return LossesFunctions.getLosses(m, scope, collection);
    }

    @Builtin(value = "contrib.losses.get_regularization_losses", signature = "scope=None", doc = "The penalties noted.")
    static Object getRegularizationLosses(Machine m, Object scope) {
        return LossesFunctions.getRegularizationLosses(m, scope);
    }

    @Builtin(
            value = "contrib.losses.get_total_loss",
            signature = "add_regularization_losses=True, name='total_loss'",
            doc = "The sum of the losses noted, with the penalties.")
    static Object getTotalLoss(Machine m, boolean penalties, String name) {
        return LossesFunctions.getTotalLoss(m, penalties, name, None.NONE);
    }
}
