package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.conj;

import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import java.util.Optional;

/** A function of two numbers, element by element, after broadcasting. */
abstract class BinaryFunction extends OpDef {
    BinaryFunction(String type, String inputs, String types) {
        super(type, inputs, "z: T", "T: " + types);
    }

    BinaryFunction(String type, String types) {
        this(type, "x: T, y: T", types);
    }

    abstract double of(double x, double y);

    /** The same on integers, modulo 2⁶⁴. */
    long of(long x, long y) {
        return (long) of((double) x, (double) y);
    }

    /** The same on complex numbers: real and imaginary part are put into {@code to}. */
    boolean complex(double xr, double xi, double yr, double yi, double[] to) {
        return false;
    }

    /** z[i] = f(x[i], y[i]); the arrays may be the same. */
    FloatLoop loop() {
        return (x, y, z, from, to) -> {
            for (int i = from; i < to; i++) {
                z[i] = (float) of(x[i], y[i]);
            }
        };
    }

    @Override
    public void infer(ShapeContext c) {
        c.output(0, c.broadcast(c.input(0), c.input(1)));
    }

    @Override
    public void compute(KernelContext k) {
        NdArray x = k.input(0);
        NdArray y = k.input(1);
        int[] shape = Broadcast.shape(x.shape(), y.shape());
        NdArray z = k.output(0, shape);
        if (x.dtype() == DType.FLOAT32) {
            Broadcast.floats(x, y, z, k::checkInterrupt, loop());
            return;
        }
        NdArray a = Broadcast.expand(x, shape);
        NdArray b = Broadcast.expand(y, shape);
        int n = z.size();
        switch (x.dtype()) {
            case FLOAT64 -> {
                double[] u = a.doubles();
                double[] v = b.doubles();
                double[] w = z.doubles();
                for (int i = 0; i < n; i++) {
                    w[i] = of(u[i], v[i]);
                }
            }
            case INT32 -> {
                int[] u = a.ints();
                int[] v = b.ints();
                int[] w = z.ints();
                for (int i = 0; i < n; i++) {
                    w[i] = (int) of((long) u[i], (long) v[i]);
                }
            }
            case FLOAT16 -> {
                for (int i = 0; i < n; i++) {
                    z.floats()[i] = Half.round(of(a.floats()[i], b.floats()[i]));
                }
            }
            case COMPLEX64, COMPLEX128 -> {
                double[] to = new double[2];
                for (int i = 0; i < n; i++) {
                    if (!complex(a.getDouble(i), a.getImaginary(i), b.getDouble(i), b.getImaginary(i), to)) {
                        throw Types.noKernel(k, x.dtype());
                    }
                    z.setComplex(i, to[0], to[1]);
                }
            }
            case STRING -> strings(k, a, b, z);
            default -> {
                for (int i = 0; i < n; i++) {
                    z.setLong(i, of(a.getLong(i), b.getLong(i)));
                }
            }
        }
    }

    @Override
    public Optional<FloatLoop> elementwise(Operation operation) {
        return Optional.of(loop());
    }
    void strings(KernelContext k, NdArray a, NdArray b, NdArray z) {
        throw Types.noKernel(k, DType.STRING);
    }

    /** x and y are the inputs, conjugated if they are complex. */
    Output[] inputs(GradientContext c) {
        return new Output[] {conj(c.graph(), c.input(0), null), conj(c.graph(), c.input(1), null)};
    }
}
