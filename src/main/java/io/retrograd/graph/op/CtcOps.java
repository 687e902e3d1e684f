package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Connectionist temporal classification (Graves et al., 2006): the likelihood of a labelling summed over all alignments.
 * Inputs are logits of shape (time, batch, classes); the last class is the blank.
 */
final class CtcOps {
    static final double NEVER = Double.NEGATIVE_INFINITY;

    private CtcOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "CTCLoss" -> new Loss();
            default -> null;
        };
    }

    /** log(exp(a) + exp(b)). */
    static double either(double a, double b) {
        if (a == NEVER || b == NEVER) {
            return a == NEVER ? b : a;
        }
        return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    }

    /** The logarithms of the softmax of one time and entry. */
    static double[] logSoftmax(NdArray in, int from, int classes) {
        double[] y = new double[classes];
        double most = NEVER;
        for (int c = 0; c < classes; c++) {
            y[c] = in.getDouble(from + c);
            most = Math.max(most, y[c]);
        }
        double sum = 0;
        for (double v : y) {
            sum += Math.exp(v - most);
        }
        double norm = most + Math.log(sum);
        for (int c = 0; c < classes; c++) {
            y[c] -= norm;
        }
        return y;
    }

    static void checkLengths(NdArray lengths, int batch, int time) {
        if (lengths.size() != batch) {
            throw NnError.invalidArgument("len(sequence_length) != batch_size.  len(sequence_length):  " + lengths.size() + " batch_size: " + batch);
        }
        for (int b = 0; b < batch; b++) {
            if (lengths.getInt(b) > time) {
                throw NnError.invalidArgument("sequence_length(" + b + ") <= " + time);
            }
        }
    }

    static final class Loss extends OpDef {
        Loss() {
            super("CTCLoss", "inputs: T, labels_indices: int64, labels_values: int32, sequence_length: int32", "loss: T, gradient: T",
                    "preprocess_collapse_repeated: bool = false", "ctc_merge_repeated: bool = true",
                    "ignore_longer_outputs_than_inputs: bool = false", "T: float|double = float");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRank(0, 3);
            int batch = c.mergeDims(in.dim(1), c.withRank(3, 1).dim(0));
            c.output(0, Shape.of(batch));
            c.output(1, Shape.of(in.dim(0), batch, in.dim(2)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int time = in.dim(0);
            int batch = in.dim(1);
            int classes = in.dim(2);
            checkLengths(k.input(3), batch, time);
            List<List<Integer>> labels = labels(k, batch, classes);
            NdArray loss = k.output(0, batch);
            NdArray gradient = k.output(1, time, batch, classes);
            for (int i = 0; i < gradient.size(); i++) {
                gradient.setDouble(i, 0);
            }
            for (int b = 0; b < batch; b++) {
                k.checkInterrupt();
                entry(k, b, labels.get(b), loss, gradient);
            }
        }

        private static List<List<Integer>> labels(KernelContext k, int batch, int classes) {
            NdArray indices = k.input(1);
            NdArray values = k.input(2);
            List<List<Integer>> labels = new ArrayList<>();
            for (int b = 0; b < batch; b++) {
                labels.add(new ArrayList<>());
            }
            for (int i = 0; i < values.size(); i++) {
                int b = indices.getInt(2 * i);
                if (b < 0 || b >= batch) {
                    throw NnError.invalidArgument("labels batch index must be between 0 and " + batch + " but saw: " + b);
                }
                int label = values.getInt(i);
                if (label < 0) {
                    throw NnError.invalidArgument("All labels must be nonnegative integers, batch: " + b + " labels: " + label);
                }
                if (label >= classes - 1) {
                    throw NnError.invalidArgument("Saw a non-null label (index >= num_classes - 1) following a null label, batch: " + b
                            + " num_classes: " + classes + " labels: " + label);
                }
                labels.get(b).add(label);
            }
            return labels;
        }

        private void entry(KernelContext k, int b, List<Integer> given, NdArray loss, NdArray gradient) {
            NdArray in = k.input(0);
            int batch = in.dim(1);
            int classes = in.dim(2);
            int blank = classes - 1;
            int steps = k.input(3).getInt(b);
            boolean merges = k.operation().flag("ctc_merge_repeated");
            List<Integer> labels = given;
            if (k.operation().flag("preprocess_collapse_repeated")) {
                labels = new ArrayList<>();
                for (int i = 0; i < given.size(); i++) {
                    if (i == 0 || !given.get(i).equals(given.get(i - 1))) {
                        labels.add(given.get(i));
                    }
                }
            }
            int needed = labels.size();
            for (int i = 1; i < labels.size() && merges; i++) {
                needed += labels.get(i).equals(labels.get(i - 1)) ? 1 : 0;
            }
            if (steps < needed) {
                if (k.operation().flag("ignore_longer_outputs_than_inputs")) {
                    loss.setDouble(b, 0);
                    return;
                }
                throw NnError.invalidArgument("Not enough time for target transition sequence (required: " + needed + ", available: " + steps
                        + ")" + b + "You can turn this error into a warning by using the flag ignore_longer_outputs_than_inputs");
            }
            if (steps == 0) {
                loss.setDouble(b, 0);
                return;
            }
            int[] path = new int[2 * labels.size() + 1];
            Arrays.fill(path, blank);
            for (int i = 0; i < labels.size(); i++) {
                path[2 * i + 1] = labels.get(i);
            }
            double[][] y = new double[steps][];
            for (int t = 0; t < steps; t++) {
                y[t] = logSoftmax(in, (t * batch + b) * classes, classes);
            }
            double[][] forward = forward(y, path, blank, merges);
            double[][] backward = backward(y, path, blank, merges);
            double total = either(forward[steps - 1][path.length - 1], path.length > 1 ? forward[steps - 1][path.length - 2] : NEVER);
            loss.setDouble(b, -total);
            double[] sums = new double[classes];
            for (int t = 0; t < steps; t++) {
                Arrays.fill(sums, NEVER);
                for (int u = 0; u < path.length; u++) {
                    sums[path[u]] = either(sums[path[u]], forward[t][u] + backward[t][u]);
                }
                for (int c = 0; c < classes; c++) {
                    double expected = total == NEVER ? 0 : Math.exp(sums[c] - total);
                    gradient.setDouble((t * batch + b) * classes + c, Math.exp(y[t][c]) - expected);
                }
            }
        }

        /** The logarithm of the probability to have come to each place of the path, that step's symbol included. */
        private static double[][] forward(double[][] y, int[] path, int blank, boolean merges) {
            double[][] a = new double[y.length][path.length];
            for (double[] row : a) {
                Arrays.fill(row, NEVER);
            }
            a[0][0] = y[0][blank];
            if (path.length > 1) {
                a[0][1] = y[0][path[1]];
            }
            for (int t = 1; t < y.length; t++) {
                for (int u = 0; u < path.length; u++) {
                    double sum = merges || path[u] == blank ? a[t - 1][u] : NEVER;
                    if (u > 0) {
                        sum = either(sum, a[t - 1][u - 1]);
                    }
                    if (u > 1 && path[u] != blank && !(merges && path[u] == path[u - 2])) {
                        sum = either(sum, a[t - 1][u - 2]);
                    }
                    a[t][u] = sum + y[t][path[u]];
                }
            }
            return a;
        }

        /** The logarithm of the probability to come from each place to the end, that step's symbol left out. */
        private static double[][] backward(double[][] y, int[] path, int blank, boolean merges) {
            int last = y.length - 1;
            double[][] b = new double[y.length][path.length];
            for (double[] row : b) {
                Arrays.fill(row, NEVER);
            }
            b[last][path.length - 1] = 0;
            if (path.length > 1) {
                b[last][path.length - 2] = 0;
            }
            for (int t = last - 1; t >= 0; t--) {
                for (int u = 0; u < path.length; u++) {
                    double sum = merges || path[u] == blank ? b[t + 1][u] + y[t + 1][path[u]] : NEVER;
                    if (u + 1 < path.length) {
                        sum = either(sum, b[t + 1][u + 1] + y[t + 1][path[u + 1]]);
                    }
                    if (u + 2 < path.length && path[u] != blank && !(merges && path[u] == path[u + 2])) {
                        sum = either(sum, b[t + 1][u + 2] + y[t + 1][path[u + 2]]);
                    }
                    b[t][u] = sum;
                }
            }
            return b;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output once = g.op("PreventGradient").input(c.output(1))
                    .attr("message", "Currently there is no way to take the second  derivative of ctc_loss due to the fused implementation's "
                            + "interaction  with tf.gradients()").output();
            return new Gradient[] {MathOps.times(g, ArrayOps.expandDims(g, c.dense(), -1), once), null, null, null};
        }
    }
}
