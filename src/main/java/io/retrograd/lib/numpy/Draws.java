package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Value;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Numbers drawn one by one into arrays: from plain parameters, or from arrays of them that are broadcast. */
final class Draws {
    private static final int CHECKED = 1 << 16;

    private Draws() {}

    /** A draw from a distribution with one, two or three parameters. */
    interface Draw {
        double from(double a, double b, double c);
    }

    static Object fill(Machine m, Object size, DoubleSupplier draw) {
        if (size == None.NONE) {
            return draw.getAsDouble();
        }
        NdArray out = Creation.zeros(DType.FLOAT64, Axes.shape(m, size));
        double[] d = out.doubles();
        for (int i = 0; i < d.length; i++) {
            d[i] = draw.getAsDouble();
        }
        return new ArrayValue(out);
    }

    static Object fillLongs(Machine m, Object size, LongSupplier draw) {
        if (size == None.NONE) {
            return draw.getAsLong();
        }
        NdArray out = Creation.zeros(DType.INT64, Axes.shape(m, size));
        long[] d = out.longs();
        for (int i = 0; i < d.length; i++) {
            d[i] = draw.getAsLong();
        }
        return new ArrayValue(out);
    }

    /** Draws with parameters that may be arrays; they are broadcast. */
    static Object draw(Machine m, Object size, boolean whole, Draw f, Object... parameters) {
        boolean scalars = true;
        for (Object p : parameters) {
            scalars &= !(p instanceof Value) || p instanceof ScalarValue;
        }
        double[] v = new double[3];
        if (scalars) {
            for (int i = 0; i < parameters.length; i++) {
                v[i] = Semantics.real(m, parameters[i]);
            }
            return whole ? fillLongs(m, size, () -> (long) f.from(v[0], v[1], v[2])) : fill(m, size, () -> f.from(v[0], v[1], v[2]));
        }
        NdArray[] all = new NdArray[parameters.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = ArrayMaker.from(m, parameters[i]).astype(DType.FLOAT64);
        }
        int[] shape = Casting.broadcast(all);
        if (size != None.NONE) {
            int[] wanted = Axes.ints(Axes.shape(m, size));
            for (NdArray a : all) {
                requireFit(a, wanted);
            }
            shape = wanted;
        }
        NdArray out = NdArray.zeros(whole ? DType.INT64 : DType.FLOAT64, shape);
        for (int i = 0; i < all.length; i++) {
            all[i] = all[i].broadcastTo(shape);
        }
        for (int i = 0; i < out.size(); i++) {
            for (int k = 0; k < all.length; k++) {
                v[k] = all[k].getDouble(i);
            }
            double x = f.from(v[0], v[1], v[2]);
            if (whole) {
                out.setLong(i, (long) x);
            } else {
                out.setDouble(i, x);
            }
        }
        return ArrayValue.orScalar(out);
    }

    private static void requireFit(NdArray a, int[] wanted) {
        try {
            a.broadcastTo(wanted);
        } catch (NnError e) {
            throw NnError.value("shape mismatch: objects cannot be broadcast to a single shape");
        }
    }

    /** Parameters may be more than fit any time, as those of a broadcast. */
    private static void stop(int i) {
        if (i % CHECKED == 0) {
            Budget.check();
        }
    }

    static void positive(Machine m, Object p, String name) {
        NdArray a = ArrayMaker.from(m, p);
        for (int i = 0; i < a.size(); i++) {
            stop(i);
            if (!(a.getDouble(i) >= 0)) {
                throw NnError.value(name + " < 0");
            }
        }
    }

    /** Above zero, and no NaN, on which rejection would loop forever. */
    static void above(Machine m, Object p, String name) {
        NdArray a = ArrayMaker.from(m, p);
        for (int i = 0; i < a.size(); i++) {
            stop(i);
            if (!(a.getDouble(i) > 0)) {
                throw NnError.value(name + " <= 0");
            }
        }
    }

    static void probability(Machine m, Object p) {
        NdArray q = ArrayMaker.from(m, p);
        for (int i = 0; i < q.size(); i++) {
            stop(i);
            double v = q.getDouble(i);
            if (!(v >= 0 && v <= 1)) {
                throw NnError.value(v < 0 ? "p < 0" : v > 1 ? "p > 1" : "p < 0, p > 1 or p contains NaNs");
            }
        }
    }
}
