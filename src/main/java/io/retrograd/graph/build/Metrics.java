package io.retrograd.graph.build;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.cast;
import static io.retrograd.graph.build.MathOps.divide2;
import static io.retrograd.graph.build.MathOps.likeFirst;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.reduce;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** What {@code tf.metrics} creates: local variables that gather over many runs, the value so far, and the update. */
public final class Metrics {
    private static final double NEARLY_NOTHING = 1e-7;
    private static final double EPSILON = 1e-6;

    private Metrics() {}

    /** The metric over all updates so far, and an operation that updates it and gives the new value. */
    public record Metric(Output value, Output update) {}

    private static Variable variable(Graph g, Shape shape, String name) {
        return Variables.createFrom(g, () -> Shapes.zeros(g, shape, DType.FLOAT32, null), null, name,
                new Variables.Settings(false, List.of(GraphKeys.LOCAL_VARIABLES, GraphKeys.METRIC_VARIABLES), true, null));
    }

    private static VariableScopes.Open scope(Graph g, String name, String standard) {
        VariableScopes scopes = VariableScopes.of(g);
        return name != null
                ? scopes.enter(name, VariableScopes.Options.NONE)
                : scopes.enterUnique(standard, VariableScopes.Options.NONE, true);
    }

    /** Labels, predictions and weights (or null), brought to one rank. */
    private record Data(Output labels, Output predictions, Output weights) {
        static Data of(Graph g, Operand labels, Operand predictions, Operand weights) {
            Output p = predictions.toOutput(g, null, null, "Const");
            Output[] both = Losses.squeezed(g, labels, p, 0);
            if (!both[1].shape().isCompatibleWith(both[0].shape())) {
                throw NnError.value("Shapes " + both[1].shape() + " and " + both[0].shape() + " are incompatible");
            }
            return new Data(both[0], both[1], weightsFor(g, both[1], weights));
        }
    }

    private static Output weightsFor(Graph g, Output values, Operand weights) {
        if (weights == null) {
            return null;
        }
        Output w = weights.toOutput(g, null, null, "Const");
        if (w.shape().hasRank() && values.shape().hasRank() && w.shape().rank() > 0) {
            int difference = w.shape().rank() - values.shape().rank();
            if (difference == 1) {
                return ArrayOps.squeeze(g, w, -1);
            }
            if (difference == -1) {
                return ArrayOps.expandDims(g, w, Literal.ofInts(-1), null);
            }
        }
        return w;
    }

    /** {@code tf.metrics.mean}; name null is {@code mean}. */
    public static Metric mean(Graph g, Operand values, Operand weights, String name) {
        try (VariableScopes.Open open = scope(g, name, "mean")) {
            Output x = cast(g, values, DType.FLOAT32, null);
            Variable total = variable(g, Shape.scalar(), "total");
            Variable count = variable(g, Shape.scalar(), "count");
            Output number;
            if (weights == null) {
                number = cast(g, Shapes.size(g, x, DType.INT32, null), DType.FLOAT32, null);
            } else {
                Output w = cast(g, weightsFor(g, x, weights), DType.FLOAT32, null);
                w = Losses.broadcastWeights(g, w, x);
                x = binary(g, "Mul", x, w, null);
                number = reduce(g, "Sum", w, null, false, null);
            }
            Output newTotal = add(g, total, reduce(g, "Sum", x, null, false, null));
            Output newCount;
            try (Graph.Block after = g.controlDependencies(List.of(x.operation()))) {
                newCount = add(g, count, number);
            }
            Output value;
            try (Graph.Block free = g.clearControlDependencies()) {
                value = ratio(g, total, count, "value");
            }
            return new Metric(value, ratio(g, newTotal, newCount, "update_op"));
        }
    }

    private static Output add(Graph g, Variable v, Output x) {
        return Variables.assignBy(g, "AssignAdd", v, x, false, null);
    }

    private static Output ratio(Graph g, Operand total, Operand count, String name) {
        Output positive = binary(g, "Maximum", count, Literal.of(0), null);
        return likeFirst(g, "DivNoNan", "div_no_nan", total, positive, name);
    }

    /** {@code tf.metrics.accuracy}. */
    public static Metric accuracy(Graph g, Operand labels, Operand predictions, Operand weights, String name) {
        Data d = Data.of(g, labels, predictions, weights);
        Output p = cast(g, d.predictions(), d.labels().dtype(), null);
        Output correct = cast(g, binary(g, "Equal", p, d.labels(), null), DType.FLOAT32, null);
        return mean(g, correct, d.weights(), name == null ? "accuracy" : name);
    }

    /** {@code tf.metrics.mean_squared_error}. */
    public static Metric meanSquaredError(Graph g, Operand labels, Operand predictions, Operand weights, String name) {
        Data d = Data.of(g, labels, predictions, weights);
        Output error = binary(g, "SquaredDifference", d.labels(), d.predictions(), null);
        return mean(g, error, d.weights(), name == null ? "mean_squared_error" : name);
    }

    /** {@code tf.metrics.root_mean_squared_error}. */
    public static Metric rootMeanSquaredError(Graph g, Operand labels, Operand predictions, Operand weights, String name) {
        Data d = Data.of(g, labels, predictions, weights);
        Metric square = meanSquaredError(g, d.labels(), d.predictions(), d.weights(),
                name == null ? "root_mean_squared_error" : name);
        return new Metric(unary(g, "Sqrt", square.value(), null), unary(g, "Sqrt", square.update(), null));
    }

    /** {@code tf.metrics.mean_absolute_error}. */
    public static Metric meanAbsoluteError(Graph g, Operand labels, Operand predictions, Operand weights, String name) {
        Data d = Data.of(g, labels, predictions, weights);
        Output error = MathOps.abs(g, binary(g, "Sub", d.predictions(), d.labels(), null), null);
        return mean(g, error, d.weights(), name == null ? "mean_absolute_error" : name);
    }

    /** {@code tf.metrics.true_positives} and its three kin, by what labels and predictions must be. */
    public static Metric count(
            Graph g, Operand labels, Operand predictions, Operand weights, boolean label, boolean prediction, String name) {
        String standard = (label == prediction ? "true_" : "false_") + (prediction ? "positives" : "negatives");
        try (VariableScopes.Open open = scope(g, name, standard)) {
            Output p = cast(g, predictions, DType.BOOL, null);
            Output z = cast(g, labels, DType.BOOL, null);
            Data d = Data.of(g, z, p, weights);
            Output isLabel = binary(g, "Equal", d.labels(), Literal.of(NdArray.scalar(label)), null);
            Output isPrediction = binary(g, "Equal", d.predictions(), Literal.of(NdArray.scalar(prediction)), null);
            Output both = binary(g, "LogicalAnd", isLabel, isPrediction, null);
            Variable count = variable(g, Shape.scalar(), "count");
            Output x = cast(g, both, DType.FLOAT32, null);
            if (d.weights() != null) {
                x = binary(g, "Mul", x, cast(g, d.weights(), DType.FLOAT32, null), null);
            }
            return new Metric(count.snapshot(), add(g, count, reduce(g, "Sum", x, null, false, null)));
        }
    }

    /** {@code tf.metrics.precision} or, without {@code ofPredicted}, {@code tf.metrics.recall}. */
    public static Metric share(
            Graph g, Operand labels, Operand predictions, Operand weights, boolean ofPredicted, String name) {
        try (VariableScopes.Open open = scope(g, name, ofPredicted ? "precision" : "recall")) {
            Output p = cast(g, predictions, DType.BOOL, null);
            Output z = cast(g, labels, DType.BOOL, null);
            Data d = Data.of(g, z, p, weights);
            Metric hits = count(g, d.labels(), d.predictions(), d.weights(), true, true, null);
            Metric misses = ofPredicted
                    ? count(g, d.labels(), d.predictions(), d.weights(), false, true, null)
                    : count(g, d.labels(), d.predictions(), d.weights(), true, false, null);
            return new Metric(shareOf(g, hits.value(), misses.value(), "value"),
                    shareOf(g, hits.update(), misses.update(), "update_op"));
        }
    }

    private static Output shareOf(Graph g, Output hits, Output misses, String name) {
        Output any = binary(g, "Greater", plus(g, hits, misses), Literal.of(0), null);
        Output share = divide2(g, hits, plus(g, hits, misses), null);
        return ArrayOps.select(g, any, share, Literal.of(0), name);
    }

    /**
     * {@code tf.metrics.auc}: the area under a curve through many thresholds.
     *
     * @param curve ROC or PR
     * @param method trapezoidal, minoring or majoring
     */
    public static Metric areaUnderCurve(
            Graph g, Operand labels, Operand predictions, Operand weights, int thresholds, String curve, String method,
            String name) {
        if (!curve.equals("ROC") && !curve.equals("PR")) {
            throw NnError.value("curve must be either ROC or PR, " + curve + " unknown");
        }
        try (VariableScopes.Open open = scope(g, name, "auc")) {
            float[] cuts = new float[thresholds];
            for (int i = 0; i < thresholds; i++) {
                cuts[i] = (float) (i == 0 ? -NEARLY_NOTHING : i == thresholds - 1 ? 1 + NEARLY_NOTHING
                        : (double) i / (thresholds - 1));
            }
            Data d = Data.of(g, cast(g, labels, DType.BOOL, null), cast(g, predictions, DType.FLOAT32, null), weights);
            Output p = ArrayOps.reshape(g, d.predictions(), Literal.ofInts(1, -1), null);
            Output z = ArrayOps.reshape(g, d.labels(), Literal.ofInts(1, -1), null);
            Output column = g.constant(NdArray.of(cuts, thresholds, 1), "Const");
            Output positive = binary(g, "Greater", p, column, null);
            Output negative = unary(g, "LogicalNot", positive, null);
            Output label = ArrayOps.tile(g, z, Literal.ofInts(thresholds, 1), null);
            Output noLabel = unary(g, "LogicalNot", label, null);
            Output w = d.weights() == null ? null : ArrayOps.reshape(g,
                    Losses.broadcastWeights(g, cast(g, d.weights(), DType.FLOAT32, null), d.predictions()),
                    Literal.ofInts(1, -1), null);
            Output[][] cells = {{label, positive}, {label, negative}, {noLabel, negative}, {noLabel, positive}};
            String[] names = {"true_positives", "false_negatives", "true_negatives", "false_positives"};
            List<Output> values = new ArrayList<>();
            List<Output> updates = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Variable count = variable(g, Shape.of(thresholds), names[i]);
                Output x = cast(g, binary(g, "LogicalAnd", cells[i][0], cells[i][1], null), DType.FLOAT32, null);
                x = w == null ? x : MathOps.times(g, x, w);
                updates.add(add(g, count, reduce(g, "Sum", x, Literal.of(1), false, null)));
                values.add(count.snapshot());
            }
            return new Metric(area(g, values, curve, method, "value"), area(g, updates, curve, method, "update_op"));
        }
    }

    private static Output area(Graph g, List<Output> counts, String curve, String method, String name) {
        Output tp = counts.get(0);
        Output fn = counts.get(1);
        Output tn = counts.get(2);
        Output fp = counts.get(3);
        Output recall = divide2(g, plus(g, tp, Literal.of(EPSILON)), plus(g, plus(g, tp, fn), Literal.of(EPSILON)), null);
        boolean roc = curve.equals("ROC");
        Output x = roc ? divide2(g, fp, plus(g, plus(g, fp, tn), Literal.of(EPSILON)), null) : recall;
        Output y = roc ? recall
                : divide2(g, plus(g, tp, Literal.of(EPSILON)), plus(g, plus(g, tp, fp), Literal.of(EPSILON)), null);
        Output width = minus(g, ArrayOps.range(g, x, null, -1L), ArrayOps.range(g, x, 1L, null));
        Output left = ArrayOps.range(g, y, null, -1L);
        Output right = ArrayOps.range(g, y, 1L, null);
        Output height = switch (method) {
            case "trapezoidal", "careful_interpolation" -> over(g, plus(g, left, right), Literal.of(2.0));
            case "minoring" -> binary(g, "Minimum", left, right, null);
            case "majoring" -> binary(g, "Maximum", left, right, null);
            default -> throw NnError.value("Invalid summation_method: " + method);
        };
        return reduce(g, "Sum", binary(g, "Mul", width, height, null), null, false, name);
    }
}
