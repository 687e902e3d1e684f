package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.conj;
import static io.retrograd.graph.build.MathOps.times;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import java.util.Optional;

/** A function of one number, element by element. Floats are computed in double and rounded once, unless there is a loop of its own. */
abstract class UnaryFunction extends OpDef {
    UnaryFunction(String type, String types) {
        super(type, "x: T", "y: T", "T: " + types);
    }

    abstract double of(double x);

    /** The same on integers, modulo 2⁶⁴. */
    long of(long x) {
        return (long) of((double) x);
    }

    /** The same on a complex number: real and imaginary part are put into {@code to}. */
    boolean complex(double re, double im, double[] to) {
        return false;
    }

    /** y[i] = f(x[i]), its second array ignored; the arrays may be the same. */
    FloatLoop loop() {
        return (x, none, y, from, to) -> {
            for (int i = from; i < to; i++) {
                y[i] = (float) of(x[i]);
            }
        };
    }

    void doubles(double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = of(x[i]);
        }
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
        NdArray x = k.input(0);
        NdArray y = k.output(0, x.shape());
        int n = x.size();
        switch (x.dtype()) {
            case FLOAT32 -> {
                float[] a = x.floats();
                float[] b = y.floats();
                FloatLoop loop = loop();
                Tiles.run(n, k::checkInterrupt, (from, to) -> loop.run(a, a, b, from, to));
            }
            case FLOAT64 -> {
                double[] a = x.doubles();
                double[] b = y.doubles();
                Tiles.run(n, k::checkInterrupt, (from, to) -> doubles(a, b, from, to));
            }
            case FLOAT16 -> {
                float[] a = x.floats();
                float[] b = y.floats();
                for (int i = 0; i < n; i++) {
                    b[i] = Half.round(of(a[i]));
                }
            }
            case COMPLEX64, COMPLEX128 -> {
                double[] to = new double[2];
                for (int i = 0; i < n; i++) {
                    if (!complex(x.getDouble(i), x.getImaginary(i), to)) {
                        throw Types.noKernel(k, x.dtype());
                    }
                    y.setComplex(i, to[0], to[1]);
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    y.setLong(i, of(x.getLong(i)));
                }
            }
        }
    }

    @Override
    public Gradient[] gradient(GradientContext g) {
        Output dy = g.dense();
        try (Graph.Block after = g.afterUpstream()) {
            return new Gradient[] {chain(g.graph(), conj(g.graph(), g.input(0), null), g.output(0), dy)};
        }
    }

    /** The gradient at x, which is dy times the derivative; made after dy. */
    Output chain(Graph g, Output x, Output y, Output dy) {
        throw new UnsupportedOperationException(type());
    }
}
