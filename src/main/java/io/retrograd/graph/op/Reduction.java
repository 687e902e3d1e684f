package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.sum;
import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A reduction over some dimensions of a tensor: its input and axes, the result's shape. Subclasses reduce rows. */
abstract class Reduction extends OpDef {
    /** Elements between two questions whether to go on. */
    private static final int ASK = 1 << 18;

    Reduction(String type, String of, String... attributes) {
        super(type, "input: " + of + ", reduction_indices: Tidx", "output: " + of, attributes);
    }

    Reduction(String type) {
        this(type, "T", "keep_dims: bool = false", "T: " + Types.NUMBER, "Tidx: int32|int64 = int32");
    }

    @Override
    public void infer(ShapeContext c) {
        Shape x = c.input(0);
        if (c.input(1).hasRank() && c.input(1).rank() > 1) {
            throw c.invalid("Shape must be at most rank 1 but is rank " + c.input(1).rank());
        }
        boolean keep = c.operation().flag("keep_dims");
        Optional<NdArray> axes = c.constant(1);
        if (axes.isEmpty() || !x.hasRank()) {
            c.output(0, keep && x.hasRank() ? Shape.unknownOfRank(x.rank()) : Shape.unknown());
            return;
        }
        boolean[] reduced = new boolean[x.rank()];
        for (int axis : axes.get().toInts()) {
            if (axis < -x.rank() || axis >= x.rank()) {
                throw c.invalid("Invalid reduction dimension " + axis + " for input with " + x.rank()
                        + " dimensions.");
            }
            reduced[axis < 0 ? axis + x.rank() : axis] = true;
        }
        c.output(0, Shape.of(outputShape(x.toInts(), reduced, keep)));
    }

    static int[] outputShape(int[] shape, boolean[] reduced, boolean keep) {
        List<Integer> dims = new ArrayList<>();
        for (int i = 0; i < shape.length; i++) {
            if (!reduced[i]) {
                dims.add(shape[i]);
            } else if (keep) {
                dims.add(1);
            }
        }
        return dims.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public final void compute(KernelContext k) {
        NdArray x = k.input(0);
        int rank = x.rank();
        boolean[] reduced = new boolean[rank];
        for (int axis : k.input(1).toInts()) {
            if (axis < -rank || axis >= rank) {
                throw NnError.invalidArgument("Invalid reduction dimension (" + axis + " for input with " + rank
                        + " dimension(s)");
            }
            reduced[axis < 0 ? axis + rank : axis] = true;
        }
        int[] shape = x.shape();
        if (leavesOneAlone() && isNothingReduced(shape, reduced) && x.size() > 0) {
            // As TensorFlow, which hands its input on: a sum would lose the sign of a zero.
            k.forward(0, x.reshape(outputShape(shape, reduced, k.operation().flag("keep_dims"))));
            return;
        }
        NdArray out = k.output(0, outputShape(shape, reduced, k.operation().flag("keep_dims")));
        int rows = out.size();
        int count = 1;
        int kinds = 0;
        int last = -1;
        for (int i = 0; i < rank; i++) {
            if (reduced[i]) {
                count *= shape[i];
            }
            if (shape[i] != 1) {
                kinds += last == (reduced[i] ? 1 : 0) ? 0 : 1;
                last = reduced[i] ? 1 : 0;
            }
        }
        if (rows == 0) {
            return;
        }
        // Reduced dimensions first, kept ones last.
        boolean columns = kinds == 2 && last == 0;
        if (columns && columns(x, out, count, k.threads())) {
            return;
        }
        if (kinds == 3 && x.dtype() == DType.FLOAT32
                && between(x.floats(), out.floats(), runs(shape, reduced), last == 0, k.threads())) {
            return;
        }
        boolean asItIs = kinds <= 1 || kinds == 2 && last == 1;
        NdArray all = asItIs ? x : keptFirst(x, reduced);
        int ask = Math.max(1, ASK / Math.max(1, count));
        for (int from = 0; from < rows; from += ask) {
            if (from > 0) {
                k.checkInterrupt();
            }
            int to = Math.min(rows, from + ask);
            switch (x.dtype()) {
                case FLOAT32 -> floats(all.floats(), out.floats(), from, to, count);
                case FLOAT64 -> {
                    for (int i = from; i < to; i++) {
                        out.doubles()[i] = doubles(all.doubles(), i * count, count);
                    }
                }
                case FLOAT16 -> {
                    double[] row = new double[count];
                    for (int i = from; i < to; i++) {
                        for (int j = 0; j < count; j++) {
                            row[j] = all.floats()[i * count + j];
                        }
                        out.floats()[i] = Half.round(doubles(row, 0, count));
                    }
                }
                case COMPLEX64, COMPLEX128 -> {
                    for (int i = from; i < to; i++) {
                        complex(k, all, out, i, count);
                    }
                }
                case BOOL -> {
                    for (int i = from; i < to; i++) {
                        out.booleans()[i] = truths(all.booleans(), i * count, count);
                    }
                }
                default -> {
                    for (int i = from; i < to; i++) {
                        out.setLong(i, longs(all, i * count, count));
                    }
                }
            }
        }
    }

    /** The sizes of the runs of dimensions that are all kept or all reduced; dimensions of 1 belong to either. */
    private static int[] runs(int[] shape, boolean[] reduced) {
        int[] sizes = new int[shape.length];
        int n = 0;
        boolean now = false;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] == 1) {
                continue;
            }
            if (n == 0 || reduced[i] != now) {
                now = reduced[i];
                sizes[n++] = 1;
            }
            sizes[n - 1] *= shape[i];
        }
        return Arrays.copyOf(sizes, n);
    }

    private static boolean isNothingReduced(int[] shape, boolean[] reduced) {
        for (int i = 0; i < shape.length; i++) {
            if (reduced[i] && shape[i] != 1) {
                return false;
            }
        }
        return true;
    }

    /** Whether the reduction of one element is that element. */
    boolean leavesOneAlone() {
        return true;
    }

    /** The input with its kept dimensions first, so that what is reduced lies side by side. */
    private static NdArray keptFirst(NdArray x, boolean[] reduced) {
        int[] order = new int[x.rank()];
        int n = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < order.length; i++) {
                if (reduced[i] == (pass == 1)) {
                    order[n++] = i;
                }
            }
        }
        return x.transpose(order).copy();
    }

    /** Reduces the columns of x seen as {@code count} rows, if there is a quicker way than turning it; says whether. */
    boolean columns(NdArray x, NdArray out, int count, int threads) {
        return false;
    }

    /**
     * Reduces the middle one of three runs of dimensions, or else the two around it, if there is a way of its own; says
     * whether.
     */
    boolean between(float[] x, float[] out, int[] runs, boolean middle, int threads) {
        return false;
    }

    void floats(float[] x, float[] out, int from, int to, int count) {
        double[] row = new double[count];
        for (int i = from; i < to; i++) {
            for (int j = 0; j < count; j++) {
                row[j] = x[i * count + j];
            }
            out[i] = (float) doubles(row, 0, count);
        }
    }

    double doubles(double[] x, int at, int count) {
        throw new UnsupportedOperationException(type());
    }

    long longs(NdArray x, int at, int count) {
        throw new UnsupportedOperationException(type());
    }

    boolean truths(boolean[] x, int at, int count) {
        throw new UnsupportedOperationException(type());
    }

    void complex(KernelContext k, NdArray x, NdArray out, int row, int count) {
        throw Types.noKernel(k, x.dtype());
    }
}
