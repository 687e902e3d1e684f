package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import java.util.function.BinaryOperator;

/** What {@code tf.contrib.seq2seq.sequence_loss} creates: a weighted cross entropy over a batch of sequences. */
public final class SequenceLoss {
    private SequenceLoss() {}

    /** What is done along one dimension: kept apart, divided by the sum of the weights, or by the number of weights not 0. */
    public enum Joining {
        APART,
        AVERAGE,
        SUM;

        /** @param dimension {@code timesteps} or {@code batch}, for the error where both are asked for */
        public static Joining of(boolean average, boolean sum, String dimension) {
            if (average && sum) {
                throw NnError.value("average_across_" + dimension + " and sum_over_" + dimension
                        + " cannot be set to True at same time.");
            }
            return average ? AVERAGE : sum ? SUM : APART;
        }
    }

    /**
     * The loss.
     *
     * @param logits (batch, steps, classes)
     * @param targets classes, (batch, steps)
     * @param weights (batch, steps)
     * @param entropy makes one loss for each row out of labels and logits
     */
    public static Output of(
            Graph g, Output logits, Output targets, Output weights, Joining steps, Joining batch,
            BinaryOperator<Output> entropy, String name) {
        needRank(logits, 3, "Logits must be a [batch_size x sequence_length x logits] tensor");
        needRank(targets, 2, "Targets must be a [batch_size x sequence_length] tensor");
        needRank(weights, 2, "Weights must be a [batch_size x sequence_length] tensor");
        try (NameScope scope = g.nameScope(name == null ? "sequence_loss" : name)) {
            Output classes = ArrayOps.at(g, Shapes.shape(g, logits, null), 2);
            Output rows = ArrayOps.reshape(g, logits, ArrayOps.vector(Literal.of(-1), classes), null);
            Output labels = ArrayOps.reshape(g, targets, Literal.ofInts(-1), null);
            Output loss = entropy.apply(labels, rows);
            loss = MathOps.times(g, loss, ArrayOps.reshape(g, weights, Literal.ofInts(-1), null));
            if (steps == batch && steps != Joining.APART) {
                loss = MathOps.sum(g, loss, null);
                return over(g, loss, size(g, steps, weights, null, loss.dtype()));
            }
            Output outer = ArrayOps.range(g, Shapes.shape(g, logits, null), 0L, 2L);
            loss = ArrayOps.reshape(g, loss, outer, null);
            boolean averages = steps == Joining.AVERAGE || batch == Joining.AVERAGE;
            if (!averages && steps == Joining.APART && batch == Joining.APART) {
                return loss;
            }
            Joining how = averages ? Joining.AVERAGE : Joining.SUM;
            Literal axis = Literal.ofInts(batch == how ? 0 : 1);
            loss = MathOps.sum(g, loss, axis);
            return over(g, loss, size(g, how, weights, axis, loss.dtype()));
        }
    }

    private static Output size(Graph g, Joining how, Output weights, Operand axis, DType type) {
        if (how == Joining.AVERAGE) {
            return MathOps.sum(g, weights, axis);
        }
        return MathOps.cast(g, MathOps.countNonzero(g, weights, axis, false, DType.INT64, null), type, null);
    }

    private static Output over(Graph g, Output total, Output size) {
        return MathOps.likeFirst(g, "DivNoNan", "div_no_nan", total, size, null);
    }

    private static void needRank(Output tensor, int rank, String message) {
        if (!tensor.shape().hasRank()) {
            throw NnError.value("Cannot take the length of shape with unknown rank.");
        }
        if (tensor.shape().rank() != rank) {
            throw NnError.value(message);
        }
    }
}
