package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.Metrics;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;

/** {@code tf.metrics}: values gathered over many runs. Run tf.local_variables_initializer() first. */
final class MetricsFunctions {
    private static final String SIGNATURE =
            "labels, predictions, weights=None, metrics_collections=None, updates_collections=None, name=None";

    private MetricsFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Object result(Machine m, Metrics.Metric metric, Object metrics, Object updates) {
        note(m, metrics, metric.value());
        note(m, updates, metric.update());
        return TupleValue.of(Tensors.wrap(metric.value()), Tensors.wrap(metric.update()));
    }

    private static void note(Machine m, Object keys, Output value) {
        if (keys != None.NONE) {
            for (Object key : keys instanceof String ? new Object[] {keys} : Semantics.elements(m, keys)) {
                graph(m).addToCollection(GraphFunctions.key(m, key), value);
            }
        }
    }

    /** A metric of labels, predictions and weights (or null). */
    @FunctionalInterface
    private interface Build {
        Metrics.Metric of(Graph g, Operand labels, Operand predictions, Operand weights);
    }

    private static Object metric(
            Machine m, Object labels, Object predictions, Object weights, Object metrics, Object updates, Build build) {
        return result(m, build.of(graph(m), Operands.of(m, labels), Operands.of(m, predictions), Given.operand(m, weights)),
                metrics, updates);
    }

    @Builtin(
            value = "metrics.mean",
            signature = "values, weights=None, metrics_collections=None, updates_collections=None, name=None",
            doc = "The mean of all values seen: (value, update_op).")
    static Object mean(Machine m, Object values, Object weights, Object metrics, Object updates, String name) {
        return result(m, Metrics.mean(graph(m), Operands.of(m, values), Given.operand(m, weights), name), metrics, updates);
    }

    @Builtin(
            value = "metrics.accuracy",
            signature = SIGNATURE,
            doc = "How often predictions equal labels: (value, update_op).",
            example = "acc, update = tf.metrics.accuracy(labels, predictions)")
    static Object accuracy(
            Machine m, Object labels, Object predictions, Object weights, Object metrics, Object updates, String name) {
        return metric(m, labels, predictions, weights, metrics, updates, (g, z, p, w) -> Metrics.accuracy(g, z, p, w, name));
    }

    @Builtin(value = "metrics.mean_squared_error", signature = SIGNATURE, doc = "The mean squared error: (value, update_op).")
    static Object meanSquaredError(
            Machine m, Object labels, Object predictions, Object weights, Object metrics, Object updates, String name) {
        return metric(m, labels, predictions, weights, metrics, updates,
                (g, z, p, w) -> Metrics.meanSquaredError(g, z, p, w, name));
    }

    @Builtin(
            value = "metrics.root_mean_squared_error",
            signature = SIGNATURE,
            doc = "The root of the mean squared error: (value, update_op).")
    static Object rootMeanSquaredError(
            Machine m, Object labels, Object predictions, Object weights, Object metrics, Object updates, String name) {
        return metric(m, labels, predictions, weights, metrics, updates,
                (g, z, p, w) -> Metrics.rootMeanSquaredError(g, z, p, w, name));
    }

    @Builtin(value = "metrics.mean_absolute_error", signature = SIGNATURE, doc = "The mean absolute error: (value, update_op).")
    static Object meanAbsoluteError(
            Machine m, Object labels, Object predictions, Object weights, Object metrics, Object updates, String name) {
        return metric(m, labels, predictions, weights, metrics, updates,
                (g, z, p, w) -> Metrics.meanAbsoluteError(g, z, p, w, name));
    }

    @Builtin(value = "metrics.true_positives", signature = SIGNATURE, doc = "Positives predicted so: (value, update_op).")
    static Object truePositives(
            Machine m, Object labels, Object predictions, Object weights, Object metrics, Object updates, String name) {
        return metric(m, labels, predictions, weights, metrics, updates,
                (g, z, p, w) -> Metrics.count(g, z, p, w, true, true, name));
    }

    @Builtin(value = "metrics.false_positives", signature = SIGNATURE, doc = "Negatives predicted positive: (value, update_op).")
    static Object falsePositives(
            Machine m, Object labels, Object predictions, Object weights, Object metrics, Object updates, String name) {
        return metric(m, labels, predictions, weights, metrics, updates,
                (g, z, p, w) -> Metrics.count(g, z, p, w, false, true, name));
    }

    @Builtin(value = "metrics.true_negatives", signature = SIGNATURE, doc = "Negatives predicted so: (value, update_op).")
    static Object trueNegatives(
            Machine m, Object labels, Object predictions, Object weights, Object metrics, Object updates, String name) {
        return metric(m, labels, predictions, weights, metrics, updates,
                (g, z, p, w) -> Metrics.count(g, z, p, w, false, false, name));
    }

    @Builtin(value = "metrics.false_negatives", signature = SIGNATURE, doc = "Positives predicted negative: (value, update_op).")
    static Object falseNegatives(
            Machine m, Object labels, Object predictions, Object weights, Object metrics, Object updates, String name) {
        return metric(m, labels, predictions, weights, metrics, updates,
                (g, z, p, w) -> Metrics.count(g, z, p, w, true, false, name));
    }

    @Builtin(
            value = "metrics.precision",
            signature = SIGNATURE,
            doc = "The share of predicted positives that are: (value, update_op).")
    static Object precision(
            Machine m, Object labels, Object predictions, Object weights, Object metrics, Object updates, String name) {
        return metric(m, labels, predictions, weights, metrics, updates, (g, z, p, w) -> Metrics.share(g, z, p, w, true, name));
    }

    @Builtin(
            value = "metrics.recall",
            signature = SIGNATURE,
            doc = "The share of positives that are predicted so: (value, update_op).")
    static Object recall(
            Machine m, Object labels, Object predictions, Object weights, Object metrics, Object updates, String name) {
        return metric(m, labels, predictions, weights, metrics, updates, (g, z, p, w) -> Metrics.share(g, z, p, w, false, name));
    }

    @Builtin(
            value = "metrics.auc",
            signature = "labels, predictions, weights=None, num_thresholds=200, metrics_collections=None, "
                    + "updates_collections=None, curve='ROC', name=None, summation_method='trapezoidal', thresholds=None",
            doc = "The area under the curve: (value, update_op).")
    static Object auc(
            Machine m, Object labels, Object predictions, Object weights, int count, Object metrics, Object updates,
            String curve, String name, String method, Object thresholds) {
        return metric(m, labels, predictions, weights, metrics, updates,
                (g, z, p, w) -> Metrics.areaUnderCurve(g, z, p, w, count, curve, method, name));
    }
}
