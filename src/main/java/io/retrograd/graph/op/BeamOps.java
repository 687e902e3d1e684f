package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.NdArray;

/** What a beam search needs besides: the way back from the last step to the first. */
final class BeamOps {
    private BeamOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "GatherTree" -> new GatherTree();
            default -> null;
        };
    }

    static final class GatherTree extends OpDef {
        GatherTree() {
            super("GatherTree", "step_ids: T, parent_ids: T, max_sequence_lengths: int32, end_token: T", "beams: T", "T: int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(2, 1);
            c.output(0, c.mergeShapes(c.withRank(0, 3), c.withRank(1, 3)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray ids = k.input(0);
            int time = ids.dim(0);
            int batch = ids.dim(1);
            int width = ids.dim(2);
            int end = k.input(3).getInt(0);
            NdArray out = k.output(0, time, batch, width);
            for (int i = 0; i < out.size(); i++) {
                out.setLong(i, end);
            }
            for (int b = 0; b < batch; b++) {
                int length = Math.min(time, k.input(2).getInt(b));
                for (int w = 0; w < width; w++) {
                    int at = w;
                    for (int t = length - 1; t >= 0; t--) {
                        if (at < 0 || at >= width) {
                            throw NnError.invalidArgument("Saw invalid parent id " + at + " at (batch, time, beam) == (" + b + ", " + t + ", " + w
                                    + ")");
                        }
                        int from = (t * batch + b) * width;
                        out.setLong(from + w, ids.getLong(from + at));
                        at = k.input(1).getInt(from + at);
                    }
                    boolean ended = false;
                    for (int t = 0; t < length; t++) {
                        int to = (t * batch + b) * width + w;
                        if (ended) {
                            out.setLong(to, end);
                        }
                        ended |= out.getInt(to) == end;
                    }
                }
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
