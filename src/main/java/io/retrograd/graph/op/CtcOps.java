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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Connectionist temporal classification (Graves et al., 2006): the likelihood of a labelling summed over all alignments,
 * and its decoding. Inputs are logits of shape (time, batch, classes); the last class is the blank.
 */
final class CtcOps {
    private static final double NEVER = Double.NEGATIVE_INFINITY;

    private CtcOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "CTCLoss" -> new Loss();
            case "CTCGreedyDecoder" -> new Greedy();
            case "CTCBeamSearchDecoder" -> new BeamSearch();
            default -> null;
        };
    }

    /** log(exp(a) + exp(b)). */
    private static double either(double a, double b) {
        if (a == NEVER || b == NEVER) {
            return a == NEVER ? b : a;
        }
        return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    }

    /** The logarithms of the softmax of one time and entry. */
    private static double[] logSoftmax(NdArray in, int from, int classes) {
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

    private static void checkLengths(NdArray lengths, int batch, int time) {
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

    /** The decoded sequences as the parts of a sparse tensor, from output {@code first} on, {@code apart} outputs from part to part. */
    private static void write(KernelContext k, int first, int apart, List<List<Integer>> sequences) {
        int total = 0;
        int longest = 0;
        for (List<Integer> s : sequences) {
            total += s.size();
            longest = Math.max(longest, s.size());
        }
        NdArray indices = k.output(first, total, 2);
        NdArray values = k.output(first + apart, total);
        NdArray shape = k.output(first + 2 * apart, 2);
        int at = 0;
        for (int b = 0; b < sequences.size(); b++) {
            for (int i = 0; i < sequences.get(b).size(); i++) {
                indices.setLong(2 * at, b);
                indices.setLong(2 * at + 1, i);
                values.setLong(at++, sequences.get(b).get(i));
            }
        }
        shape.setLong(0, sequences.size());
        shape.setLong(1, longest);
    }

    static final class Greedy extends OpDef {
        Greedy() {
            super("CTCGreedyDecoder", "inputs: T, sequence_length: int32",
                    "decoded_indices: int64, decoded_values: int64, decoded_shape: int64, log_probability: T", "merge_repeated: bool = false",
                    "T: float|double = float");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRank(0, 3);
            c.output(0, Shape.of(Shape.UNKNOWN, 2));
            c.output(1, Shape.unknownOfRank(1));
            c.output(2, Shape.of(2));
            c.output(3, Shape.of(c.mergeDims(in.dim(1), c.withRank(1, 1).dim(0)), 1));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int time = in.dim(0);
            int batch = in.dim(1);
            int classes = in.dim(2);
            checkLengths(k.input(1), batch, time);
            boolean merges = k.operation().flag("merge_repeated");
            NdArray probability = k.output(3, batch, 1);
            List<List<Integer>> found = new ArrayList<>();
            for (int b = 0; b < batch; b++) {
                List<Integer> sequence = new ArrayList<>();
                double sum = 0;
                int before = -1;
                for (int t = 0; t < k.input(1).getInt(b); t++) {
                    int from = (t * batch + b) * classes;
                    int best = 0;
                    for (int c = 1; c < classes; c++) {
                        if (in.getDouble(from + c) > in.getDouble(from + best)) {
                            best = c;
                        }
                    }
                    sum = in.dtype() == io.retrograd.tensor.DType.FLOAT32 ? (float) sum - in.getFloat(from + best) : sum - in.getDouble(from + best);
                    if (best != classes - 1 && !(merges && best == before)) {
                        sequence.add(best);
                    }
                    before = best;
                }
                probability.setDouble(b, sum);
                found.add(sequence);
            }
            write(k, 0, 1, found);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class BeamSearch extends OpDef {
        BeamSearch() {
            super("CTCBeamSearchDecoder", "inputs: T, sequence_length: int32",
                    "decoded_indices: top_paths * int64, decoded_values: top_paths * int64, decoded_shape: top_paths * int64, log_probability: T",
                    "beam_width: int", "top_paths: int", "merge_repeated: bool = true", "T: float|double = float");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRank(0, 3);
            int paths = Math.toIntExact(c.operation().intAttribute("top_paths"));
            for (int i = 0; i < paths; i++) {
                c.output(i, Shape.of(Shape.UNKNOWN, 2));
                c.output(paths + i, Shape.unknownOfRank(1));
                c.output(2 * paths + i, Shape.of(2));
            }
            c.output(3 * paths, Shape.of(c.mergeDims(in.dim(1), c.withRank(1, 1).dim(0)), paths));
        }

        /** A prefix: its last label, and the logarithms of its probabilities with and without a blank at its end. */
        private static final class Prefix {
            final Prefix parent;
            final int label;
            final Map<Integer, Prefix> children = new HashMap<>();
            double oldTotal = NEVER;
            double oldBlank = NEVER;
            double oldLabel = NEVER;
            double total = NEVER;
            double blank = NEVER;
            double labelled = NEVER;

            Prefix(Prefix parent, int label) {
                this.parent = parent;
                this.label = label;
            }

            boolean isActive() {
                return total != NEVER;
            }

            void reset() {
                total = NEVER;
                blank = NEVER;
                labelled = NEVER;
            }

            List<Integer> labels(boolean merges) {
                List<Integer> labels = new ArrayList<>();
                int before = -1;
                for (Prefix p = this; p.parent != null; p = p.parent) {
                    if (!merges || p.label != before) {
                        labels.add(0, p.label);
                    }
                    before = p.label;
                }
                return labels;
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int time = in.dim(0);
            int batch = in.dim(1);
            int classes = in.dim(2);
            checkLengths(k.input(1), batch, time);
            int width = Math.toIntExact(k.operation().intAttribute("beam_width"));
            int paths = Math.toIntExact(k.operation().intAttribute("top_paths"));
            if (paths > width) {
                throw NnError.invalidArgument("requested more paths than the beam width.");
            }
            boolean merges = k.operation().flag("merge_repeated");
            NdArray probability = k.output(3 * paths, batch, paths);
            List<List<List<Integer>>> found = new ArrayList<>();
            for (int p = 0; p < paths; p++) {
                found.add(new ArrayList<>());
            }
            for (int b = 0; b < batch; b++) {
                List<Prefix> leaves = search(k, b, width);
                if (leaves.size() < paths) {
                    throw NnError.invalidArgument("Less leaves in the beam search than requested.");
                }
                for (int p = 0; p < paths; p++) {
                    found.get(p).add(leaves.get(p).labels(merges));
                    probability.setDouble(b * paths + p, leaves.get(p).total);
                }
            }
            for (int p = 0; p < paths; p++) {
                write(k, p, paths, found.get(p));
            }
        }

        private static final Comparator<Prefix> BEST_FIRST = (a, b) -> Double.compare(b.total, a.total);

        /** The most probable prefixes after the last step, the best first. */
        private static List<Prefix> search(KernelContext k, int b, int width) {
            NdArray in = k.input(0);
            int batch = in.dim(1);
            int classes = in.dim(2);
            int blank = classes - 1;
            Prefix root = new Prefix(null, -1);
            root.total = 0;
            root.blank = 0;
            List<Prefix> leaves = new ArrayList<>(List.of(root));
            for (int t = 0; t < k.input(1).getInt(b); t++) {
                k.checkInterrupt();
                double[] y = logSoftmax(in, (t * batch + b) * classes, classes);
                List<Prefix> branches = leaves;
                branches.sort(BEST_FIRST);
                for (Prefix p : branches) {
                    p.oldTotal = p.total;
                    p.oldBlank = p.blank;
                    p.oldLabel = p.labelled;
                }
                leaves = new ArrayList<>();
                for (Prefix p : branches) {
                    if (p.parent != null) {
                        if (p.parent.isActive()) {
                            p.labelled = either(p.labelled, p.label == p.parent.label ? p.parent.oldBlank : p.parent.oldTotal);
                        }
                        p.labelled += y[p.label];
                    }
                    p.blank = p.oldTotal + y[blank];
                    p.total = either(p.blank, p.labelled);
                    leaves.add(p);
                }
                leaves.sort(BEST_FIRST);
                for (Prefix p : branches) {
                    if (p.oldTotal == NEVER || leaves.size() >= width && p.oldTotal <= leaves.get(leaves.size() - 1).total) {
                        continue;
                    }
                    for (int c = 0; c < blank; c++) {
                        Prefix child = p.children.computeIfAbsent(c, label -> new Prefix(p, label));
                        if (child.isActive()) {
                            continue;
                        }
                        child.blank = NEVER;
                        child.labelled = y[c] + (c == p.label ? p.oldBlank : p.oldTotal);
                        child.total = child.labelled;
                        if (child.total > NEVER && (leaves.size() < width || child.total > leaves.get(leaves.size() - 1).total)) {
                            if (leaves.size() == width) {
                                leaves.remove(leaves.size() - 1).reset();
                            }
                            int at = 0;
                            while (at < leaves.size() && leaves.get(at).total >= child.total) {
                                at++;
                            }
                            leaves.add(at, child);
                        } else {
                            child.reset();
                            child.oldTotal = NEVER;
                            child.oldBlank = NEVER;
                            child.oldLabel = NEVER;
                        }
                    }
                }
            }
            leaves.sort(BEST_FIRST);
            return leaves;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
