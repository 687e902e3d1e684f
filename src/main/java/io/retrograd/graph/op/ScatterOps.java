package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;

/** Changes to some rows or elements of a variable. */
final class ScatterOps {
    private ScatterOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "ScatterUpdate" -> new Rows(type, Change.SET);
            case "ScatterAdd" -> new Rows(type, Change.ADD);
            case "ScatterSub" -> new Rows(type, Change.SUBTRACT);
            case "ScatterMul" -> new Rows(type, Change.MULTIPLY);
            case "ScatterDiv" -> new Rows(type, Change.DIVIDE);
            case "ScatterMin" -> new Rows(type, Change.MIN);
            case "ScatterMax" -> new Rows(type, Change.MAX);
            case "ScatterNdUpdate" -> new Places(type, Change.SET);
            case "ScatterNdAdd" -> new Places(type, Change.ADD);
            case "ScatterNdSub" -> new Places(type, Change.SUBTRACT);
            default -> null;
        };
    }

    /** {@code ref[indices[i]] op= updates[i]}. */
    static final class Rows extends StateOps.Update {
        private final Change change;

        Rows(String type, Change change) {
            super(type, "indices: Tindices, updates: T", "T: type", "Tindices: int32|int64", "use_locking: bool = false");
            this.change = change;
        }

        @Override
        public void infer(ShapeContext c) {
            Shape ref = c.input(0);
            if (ref.hasRank() && c.input(1).hasRank() && (c.input(2).hasRank() && c.input(2).rank() > 0)) {
                c.mergeShapes(c.input(2), c.input(1).concatenate(ref.slice(Math.min(1, ref.rank()), ref.rank())));
            }
            c.output(0, ref);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray value = k.variable(0).value();
            NdArray indices = k.input(1);
            NdArray updates = k.input(2);
            int run = value.dim(0) == 0 ? 0 : value.size() / value.dim(0);
            boolean one = updates.rank() == 0;
            int[] wanted = Arrays.copyOf(indices.shape(), indices.rank() + value.rank() - 1);
            System.arraycopy(value.shape(), 1, wanted, indices.rank(), value.rank() - 1);
            if (!one && !Arrays.equals(wanted, updates.shape())) {
                throw NnError.invalidArgument("Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = "
                        + "[], got updates.shape " + Broadcast.brackets(updates.shape()) + ", indices.shape "
                        + Broadcast.brackets(indices.shape()) + ", params.shape " + Broadcast.brackets(value.shape()));
            }
            NdArray rows = one ? updates.broadcastTo(wanted).copy() : updates;
            for (int i = 0; i < indices.size(); i++) {
                long at = indices.getLong(i);
                if (at < 0 || at >= value.dim(0)) {
                    throw GatherOps.outOfRange(indices, i, at, value.dim(0));
                }
                k.variable(0).keep((int) at * run, run);
                change.apply(rows, i * run, value, (int) at * run, run);
            }
            k.forwardReference(0, k.variable(0));
        }

        @Override
        public boolean savesWhatItUpdates() {
            return true;
        }
    }

    /** {@code ref[tuple of indices] op= updates}. */
    static final class Places extends StateOps.Update {
        private final Change change;

        Places(String type, Change change) {
            super(type, "indices: Tindices, updates: T", "T: type", "Tindices: int32|int64", "use_locking: bool = true");
            this.change = change;
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(0));
        }

        @Override
        public void compute(KernelContext k) {
            change.scatter(k.input(1), k.input(2), k.variable(0).value());
            k.forwardReference(0, k.variable(0));
        }
    }
}
