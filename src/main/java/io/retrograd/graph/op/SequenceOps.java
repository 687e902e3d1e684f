package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.Allocation;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Optional;

/** Evenly spaced numbers. */
final class SequenceOps {
    private SequenceOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Range" -> new Range();
            case "LinSpace" -> new LinSpace();
            default -> null;
        };
    }

    /** start, start + delta … below limit. */
    static final class Range extends OpDef {
        Range() {
            super(
                    "Range",
                    "start: Tidx, limit: Tidx, delta: Tidx",
                    "output: Tidx",
                    "Tidx: bfloat16|float|double|int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            String[] names = {"start", "limit", "delta"};
            boolean known = true;
            for (int i = 0; i < 3; i++) {
                if (c.input(i).hasRank() && c.input(i).rank() != 0) {
                    throw c.invalid("Shape must be rank 0 but is rank " + c.input(i).rank() + "\n\t for '" + names[i] + "'");
                }
                known &= c.constant(i).isPresent();
            }
            if (!known) {
                c.output(0, Shape.unknownOfRank(1));
                return;
            }
            try {
                long n = size(c.constant(0).get(), c.constant(1).get(), c.constant(2).get());
                c.output(0, Shape.ofLongs(n));
            } catch (NnError mistake) {
                throw c.invalid(mistake.getMessage());
            }
        }

        private static long size(NdArray start, NdArray limit, NdArray delta) {
            if (start.dtype().isFloating()) {
                double a = start.getDouble(0);
                double b = limit.getDouble(0);
                double d = delta.getDouble(0);
                check(a <= b, a >= b, d > 0, d < 0, a, b);
                return (long) Math.ceil(Math.abs((b - a) / d));
            }
            long a = start.getLong(0);
            long b = limit.getLong(0);
            long d = delta.getLong(0);
            check(a <= b, a >= b, d > 0, d < 0, a, b);
            return (Math.abs(b - a) + Math.abs(d) - 1) / Math.abs(d);
        }

        private static void check(boolean up, boolean down, boolean positive, boolean negative, Object a, Object b) {
            if (!positive && !negative) {
                throw NnError.invalidArgument("Requires delta != 0");
            }
            if (positive && !up) {
                throw NnError.invalidArgument("Requires start <= limit when delta > 0: " + text(a) + "/" + text(b));
            }
            if (negative && !down) {
                throw NnError.invalidArgument("Requires start >= limit when delta < 0: " + text(a) + "/" + text(b));
            }
        }

        private static String text(Object number) {
            return number instanceof Double d && d == Math.rint(d) ? Long.toString(d.longValue()) : number.toString();
        }

        @Override
        public void compute(KernelContext k) {
            for (int i = 0; i < 3; i++) {
                if (k.input(i).rank() != 0) {
                    String[] names = {"start", "limit", "delta"};
                    throw NnError.invalidArgument(
                            names[i] + " must be a scalar, not shape " + Broadcast.brackets(k.input(i).shape()));
                }
            }
            NdArray start = k.input(0);
            NdArray delta = k.input(2);
            long n = size(start, k.input(1), delta);
            NdArray out = NdArray.zeros(Allocation.TENSORFLOW, start.dtype(), n);
            switch (start.dtype()) {
                case FLOAT32 -> {
                    // TensorFlow adds delta again and again, in float.
                    float v = start.getFloat(0);
                    for (int i = 0; i < n; i++, v += delta.getFloat(0)) {
                        out.floats()[i] = v;
                    }
                }
                case FLOAT64 -> {
                    double v = start.getDouble(0);
                    for (int i = 0; i < n; i++, v += delta.getDouble(0)) {
                        out.doubles()[i] = v;
                    }
                }
                default -> {
                    long v = start.getLong(0);
                    for (int i = 0; i < n; i++, v += delta.getLong(0)) {
                        out.setLong(i, v);
                    }
                }
            }
            k.forward(0, out);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** num numbers from start to stop, both included. */
    static final class LinSpace extends OpDef {
        LinSpace() {
            super(
                    "LinSpace",
                    "start: T, stop: T, num: Tidx",
                    "output: T",
                    "T: bfloat16|float|double",
                    "Tidx: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            for (int i = 0; i < 3; i++) {
                c.withRank(i, 0);
            }
            Optional<NdArray> num = c.constant(2);
            if (num.isEmpty()) {
                c.output(0, Shape.unknownOfRank(1));
                return;
            }
            if (num.get().getLong(0) <= 0) {
                throw c.invalid("Requires num > 0: " + num.get().getLong(0));
            }
            c.output(0, Shape.ofLongs(num.get().getLong(0)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray start = k.input(0);
            int n = k.input(2).getInt(0);
            if (n <= 0) {
                throw NnError.invalidArgument("Requires num > 0: " + n);
            }
            NdArray out = k.output(0, n);
            if (start.dtype() == DType.FLOAT32) {
                float a = start.getFloat(0);
                float b = k.input(1).getFloat(0);
                float step = n > 1 ? (b - a) / (n - 1) : 0;
                for (int i = 0; i < n; i++) {
                    out.floats()[i] = i == n - 1 && n > 1 ? b : a + step * i;
                }
            } else {
                double a = start.getDouble(0);
                double b = k.input(1).getDouble(0);
                double step = n > 1 ? (b - a) / (n - 1) : 0;
                for (int i = 0; i < n; i++) {
                    out.setDouble(i, i == n - 1 && n > 1 ? b : a + step * i);
                }
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
