package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decoding of connectionist temporal classification: the best class of each step, or a beam of prefixes. */
final class CtcDecoderOps {
    private CtcDecoderOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "CTCGreedyDecoder" -> new Greedy();
            case "CTCBeamSearchDecoder" -> new BeamSearch();
            default -> null;
        };
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
            CtcOps.checkLengths(k.input(1), batch, time);
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
                    sum = in.dtype() == DType.FLOAT32 ? (float) sum - in.getFloat(from + best) : sum - in.getDouble(from + best);
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
            double oldTotal = CtcOps.NEVER;
            double oldBlank = CtcOps.NEVER;
            double oldLabel = CtcOps.NEVER;
            double total = CtcOps.NEVER;
            double blank = CtcOps.NEVER;
            double labelled = CtcOps.NEVER;

            Prefix(Prefix parent, int label) {
                this.parent = parent;
                this.label = label;
            }

            boolean isActive() {
                return total != CtcOps.NEVER;
            }

            void reset() {
                total = CtcOps.NEVER;
                blank = CtcOps.NEVER;
                labelled = CtcOps.NEVER;
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
            CtcOps.checkLengths(k.input(1), batch, time);
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
                double[] y = CtcOps.logSoftmax(in, (t * batch + b) * classes, classes);
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
                            p.labelled = CtcOps.either(p.labelled, p.label == p.parent.label ? p.parent.oldBlank : p.parent.oldTotal);
                        }
                        p.labelled += y[p.label];
                    }
                    p.blank = p.oldTotal + y[blank];
                    p.total = CtcOps.either(p.blank, p.labelled);
                    leaves.add(p);
                }
                leaves.sort(BEST_FIRST);
                for (Prefix p : branches) {
                    if (p.oldTotal == CtcOps.NEVER || leaves.size() >= width && p.oldTotal <= leaves.get(leaves.size() - 1).total) {
                        continue;
                    }
                    for (int c = 0; c < blank; c++) {
                        Prefix child = p.children.computeIfAbsent(c, label -> new Prefix(p, label));
                        if (child.isActive()) {
                            continue;
                        }
                        child.blank = CtcOps.NEVER;
                        child.labelled = y[c] + (c == p.label ? p.oldBlank : p.oldTotal);
                        child.total = child.labelled;
                        if (child.total > CtcOps.NEVER && (leaves.size() < width || child.total > leaves.get(leaves.size() - 1).total)) {
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
                            child.oldTotal = CtcOps.NEVER;
                            child.oldBlank = CtcOps.NEVER;
                            child.oldLabel = CtcOps.NEVER;
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
