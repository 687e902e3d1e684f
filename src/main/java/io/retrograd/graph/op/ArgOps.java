package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Optional;

/** The positions of largest and smallest elements along a dimension. */
final class ArgOps {
    private ArgOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "ArgMax" -> new Arg("ArgMax", false);
            case "ArgMin" -> new Arg("ArgMin", true);
            default -> null;
        };
    }

    /** The position of the largest or smallest element along one dimension; the first of equals. */
    static final class Arg extends OpDef {
        private final boolean smallest;

        Arg(String type, boolean smallest) {
            super(
                    type,
                    "input: T, dimension: Tidx",
                    "output: output_type",
                    "T: " + Types.NUMBER,
                    "Tidx: int32|int64 = int32",
                    "output_type: int32|int64 = int64");
            this.smallest = smallest;
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(1, 0);
            Shape x = c.input(0);
            if (!x.hasRank()) {
                c.output(0, Shape.unknown());
                return;
            }
            if (x.rank() <= 1) {
                c.output(0, Shape.scalar());
                return;
            }
            Optional<NdArray> dimension = c.constant(1);
            if (dimension.isEmpty()) {
                c.output(0, Shape.unknownOfRank(x.rank() - 1));
                return;
            }
            int axis = dimension.get().getInt(0);
            if (axis < -x.rank() || axis >= x.rank()) {
                throw c.invalid("Dimension (" + axis + ") must be in the range [" + -x.rank() + ", " + x.rank()
                        + "), where " + x.rank() + " is the number of dimensions in the input.");
            }
            boolean[] reduced = new boolean[x.rank()];
            reduced[axis < 0 ? axis + x.rank() : axis] = true;
            c.output(0, Shape.of(Reduction.outputShape(x.toInts(), reduced, false)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            int rank = x.rank();
            int axis = k.input(1).getInt(0);
            if (axis < -rank || axis >= rank) {
                throw NnError.invalidArgument(
                        "Expected dimension in the range [" + -rank + ", " + rank + "), but got " + axis);
            }
            axis = axis < 0 ? axis + rank : axis;
            if (x.dim(axis) == 0) {
                throw NnError.invalidArgument("Reduction axis " + axis + " is empty in shape "
                        + Broadcast.brackets(x.shape()));
            }
            boolean[] reduced = new boolean[rank];
            reduced[axis] = true;
            NdArray out = k.output(0, Reduction.outputShape(x.shape(), reduced, false));
            int n = x.dim(axis);
            int inner = 1;
            for (int i = axis + 1; i < rank; i++) {
                inner *= x.dim(i);
            }
            for (int i = 0; i < out.size(); i++) {
                int at = i / inner * n * inner + i % inner;
                out.setLong(i, x.dtype() == DType.FLOAT32 ? best(x.floats(), at, n, inner) : best(x, at, n, inner));
            }
        }

        private long best(float[] x, int at, int n, int step) {
            int best = 0;
            float value = x[at];
            for (int j = 1, p = at + step; j < n; j++, p += step) {
                if (smallest ? x[p] < value : x[p] > value) {
                    value = x[p];
                    best = j;
                }
            }
            return best;
        }

        private long best(NdArray x, int at, int n, int step) {
            int best = 0;
            for (int j = 1; j < n; j++) {
                int p = at + j * step;
                int q = at + best * step;
                int order = x.dtype().isFloating()
                        ? (x.getDouble(p) > x.getDouble(q) ? 1 : x.getDouble(p) < x.getDouble(q) ? -1 : 0)
                        : Long.compare(x.getLong(p), x.getLong(q));
                if (smallest ? order < 0 : order > 0) {
                    best = j;
                }
            }
            return best;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            return new Gradient[2];
        }
    }
}
