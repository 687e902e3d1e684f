package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.times;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.SpecialFunctions;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** Running sums, products and log-sums of exponentials along a dimension. */
final class ScanOps {
    private ScanOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Cumsum" -> new Cumsum();
            case "Cumprod" -> new Cumprod();
            case "CumulativeLogsumexp" -> new CumulativeLogsumexp();
            default -> null;
        };
    }

    /** A running sum, product … along one dimension. */
    abstract static class Scan extends OpDef {
        Scan(String type, String types) {
            super(
                    type,
                    "x: T, axis: Tidx",
                    "out: T",
                    "exclusive: bool = false",
                    "reverse: bool = false",
                    "T: " + types,
                    "Tidx: int32|int64 = int32");
        }

        abstract double start();

        abstract double step(double all, double next);

        abstract long step(long all, long next);

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            if (k.input(1).rank() != 0) {
                throw NnError.invalidArgument(
                        "ScanOp: axis must be a scalar, not " + Broadcast.brackets(k.input(1).shape()));
            }
            int axis = k.input(1).getInt(0);
            int rank = x.rank();
            if (axis < -rank || axis >= rank) {
                throw NnError.invalidArgument("ScanOp: Expected scan axis in the range [" + -rank + ", " + rank
                        + "), but got " + axis);
            }
            axis = axis < 0 ? axis + rank : axis;
            boolean exclusive = k.operation().flag("exclusive");
            boolean reverse = k.operation().flag("reverse");
            NdArray out = k.output(0, x.shape());
            int n = x.dim(axis);
            int inner = 1;
            for (int i = axis + 1; i < rank; i++) {
                inner *= x.dim(i);
            }
            boolean whole = x.dtype().isInteger();
            for (int line = 0; n > 0 && line < x.size() / n; line++) {
                int first = line / inner * n * inner + line % inner;
                double all = start();
                long sum = (long) all;
                for (int j = 0; j < n; j++) {
                    int p = first + (reverse ? n - 1 - j : j) * inner;
                    if (whole) {
                        long next = step(sum, x.getLong(p));
                        out.setLong(p, exclusive ? sum : next);
                        sum = next;
                    } else {
                        double next = rounded(x.dtype(), step(all, x.getDouble(p)));
                        out.setDouble(p, exclusive ? all : next);
                        all = next;
                    }
                }
            }
        }

        /** Floats are rounded at each step, as TensorFlow does. */
        private static double rounded(DType type, double x) {
            return type == DType.FLOAT32 ? (float) x : x;
        }

        Output again(Graph g, Output x, Output axis, GradientContext c, boolean turned) {
            boolean reverse = c.operation().flag("reverse") != turned;
            return MathOps.scan(g, type(), x, axis, c.operation().flag("exclusive"), reverse, null);
        }
    }

    static final class Cumsum extends Scan {
        Cumsum() {
            super("Cumsum", Types.NUMBER);
        }

        @Override
        double start() {
            return 0;
        }

        @Override
        double step(double all, double next) {
            return all + next;
        }

        @Override
        long step(long all, long next) {
            return all + next;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            return new Gradient[] {again(c.graph(), c.dense(), c.input(1), c, true), null};
        }
    }

    static final class Cumprod extends Scan {
        Cumprod() {
            super("Cumprod", Types.NUMBER);
        }

        @Override
        double start() {
            return 1;
        }

        @Override
        double step(double all, double next) {
            return all * next;
        }

        @Override
        long step(long all, long next) {
            return all * next;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output axis = c.input(1);
            Output dy = c.dense();
            Output product = again(g, x, axis, c, false);
            boolean reverse = !c.operation().flag("reverse");
            boolean exclusive = c.operation().flag("exclusive");
            Output sum = MathOps.scan(g, "Cumsum", times(g, product, dy), axis, exclusive, reverse, null);
            return new Gradient[] {over(g, sum, x), null};
        }
    }

    static final class CumulativeLogsumexp extends Scan {
        CumulativeLogsumexp() {
            super("CumulativeLogsumexp", "half|float|double");
        }

        @Override
        double start() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        double step(double all, double next) {
            return SpecialFunctions.logAddExp(all, next);
        }

        @Override
        long step(long all, long next) {
            throw new UnsupportedOperationException();
        }
    }
}
