package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.conj;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.FloatFormula;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Optional;

/** Gradients of functions from the results: what sqrt, tanh and their like make of the gradient that comes in. */
final class SlopeOps {
    private static final String COMPLEX = "bfloat16|half|float|double|complex64|complex128";

    /** TensorFlow multiplies in another order in whole vectors of floats than in what is left over. */
    private static final int VECTOR = 8;

    private SlopeOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "SqrtGrad" -> new SqrtGrad();
            case "RsqrtGrad" -> new RsqrtGrad();
            case "ReciprocalGrad", "InvGrad" -> new ReciprocalGrad(type);
            case "TanhGrad" -> new TanhGrad();
            case "SigmoidGrad" -> new SigmoidGrad();
            default -> null;
        };
    }

    /** The gradient of a function from its result y and the gradient dy of that: one operation of two inputs. */
    abstract static class FromResult extends OpDef {
        FromResult(String type) {
            super(type, "y: T, dy: T", "z: T", "T: " + COMPLEX);
        }

        abstract double of(double y, double dy);

        FloatLoop loop() {
            return (y, dy, z, from, to) -> {
                for (int i = from; i < to; i++) {
                    z[i] = (float) of(y[i], dy[i]);
                }
            };
        }

        @Override
        public Optional<FloatLoop> elementwise(Operation operation) {
            return Optional.of(loop());
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray y = k.input(0);
            NdArray dy = k.input(1);
            NdArray z = k.output(0, y.shape());
            if (y.dtype() == DType.FLOAT32) {
                float[] a = y.floats();
                float[] b = dy.floats();
                float[] c = z.floats();
                FloatLoop loop = loop();
                Tiles.run(y.size(), k::checkInterrupt, (from, to) -> loop.run(a, b, c, from, to));
            } else if (y.dtype().isComplex()) {
                throw Types.noKernel(k, y.dtype());
            } else {
                for (int i = 0; i < y.size(); i++) {
                    z.setDouble(i, of(y.getDouble(i), dy.getDouble(i)));
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output upstream = c.dense();
            try (Graph.Block after = c.afterUpstream()) {
                return chain(g, conj(g, c.input(0), null), conj(g, c.input(1), null), c.output(0), upstream);
            }
        }

        /** The gradients at y and dy. */
        abstract Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream);
    }

    /** dy / (2 y). */
    static final class SqrtGrad extends FromResult {
        SqrtGrad() {
            super("SqrtGrad");
        }

        @Override
        double of(double y, double dy) {
            return dy * 0.5 / y;
        }

        @Override
        FloatLoop loop() {
            return (y, dy, z, from, to) -> {
                int end = from + (to - from & -VECTOR);
                for (int i = from; i < end; i++) {
                    z[i] = dy[i] == 0 ? 0 : 0.5f / y[i] * dy[i];
                }
                for (int i = end; i < to; i++) {
                    z[i] = dy[i] == 0 ? 0 : 0.5f * dy[i] / y[i];
                }
            };
        }

        @Override
        Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream) {
            Output ga = over(g, upstream, y);
            return new Gradient[] {times(g, negate(g, conj(g, ga, null)), z), times(g, Literal.of(0.5), ga)};
        }
    }

    /** -dy y³ / 2. */
    static final class RsqrtGrad extends FromResult {
        RsqrtGrad() {
            super("RsqrtGrad");
        }

        @Override
        double of(double y, double dy) {
            return -0.5 * dy * y * y * y;
        }

        @Override
        FloatLoop loop() {
            return (y, dy, z, from, to) -> {
                int end = from + (to - from & -VECTOR);
                for (int i = from; i < end; i++) {
                    float slope = y[i] * dy[i];
                    z[i] = dy[i] == 0 || slope == 0 ? 0 : -0.5f * (y[i] * y[i]) * slope;
                }
                for (int i = end; i < to; i++) {
                    z[i] = dy[i] == 0 ? 0 : -0.5f * (dy[i] * y[i]) * (y[i] * y[i]);
                }
            };
        }

        @Override
        Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream) {
            Output scaled = times(g, times(g, Literal.of(-1.5), upstream), dy);
            return new Gradient[] {
                times(g, scaled, unary(g, "Square", y, null)), binary(g, "RsqrtGrad", y, upstream, null)
            };
        }
    }

    /** -dy y². */
    static final class ReciprocalGrad extends FromResult {
        ReciprocalGrad(String type) {
            super(type);
        }

        @Override
        double of(double y, double dy) {
            return -dy * y * y;
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.RECIPROCAL_SLOPE;
        }

        @Override
        Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream) {
            return new Gradient[] {
                times(g, times(g, times(g, upstream, Literal.of(-2.0)), dy), y),
                binary(g, "ReciprocalGrad", y, upstream, null)
            };
        }
    }

    /** dy (1 - y²). */
    static final class TanhGrad extends FromResult {
        TanhGrad() {
            super("TanhGrad");
        }

        @Override
        double of(double y, double dy) {
            return dy * (1 - y * y);
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.TANH_SLOPE;
        }

        @Override
        Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream) {
            return new Gradient[] {
                times(g, times(g, times(g, upstream, Literal.of(-2.0)), dy), y), binary(g, "TanhGrad", y, upstream, null)
            };
        }
    }

    /** dy y (1 - y). */
    static final class SigmoidGrad extends FromResult {
        SigmoidGrad() {
            super("SigmoidGrad");
        }

        @Override
        double of(double y, double dy) {
            return dy * y * (1 - y);
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.LOGISTIC_SLOPE;
        }

        @Override
        Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream) {
            Output gb = times(g, upstream, dy);
            Output twice = times(g, times(g, Literal.of(2.0), gb), y);
            return new Gradient[] {minus(g, gb, twice), binary(g, "SigmoidGrad", y, upstream, null)};
        }
    }
}
