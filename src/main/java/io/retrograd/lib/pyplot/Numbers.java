package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Axis;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values of a script as the numbers of a plot. */
final class Numbers {
    private Numbers() {}

    static boolean isNumber(Object v) {
        return v instanceof Number || v instanceof Boolean || v instanceof ArrayLike a && a.array().rank() == 0;
    }

    /** All numbers of an array, a list or a single number, in row-major order. */
    static double[] flat(Machine m, Object value) {
        if (value instanceof ArrayLike a) {
            NdArray array = a.array();
            double[] out = new double[array.size()];
            for (int i = 0; i < out.length; i++) {
                out[i] = array.getDouble(i);
            }
            return out;
        }
        List<Double> all = new ArrayList<>();
        collect(m, value, all);
        double[] out = new double[all.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = all.get(i);
        }
        return out;
    }

    private static void collect(Machine m, Object value, List<Double> all) {
        if (isNumber(value)) {
            all.add(Semantics.real(m, value));
        } else if (value instanceof ArrayLike a) {
            for (double d : flat(m, a)) {
                all.add(d);
            }
        } else if (value instanceof Value v && !(value instanceof None)) {
            Iteration each = v.iterate(m);
            for (Object x = each.next(m); x != null; x = each.next(m)) {
                m.step();
                collect(m, x, all);
            }
        } else {
            throw NnError.value("could not convert to numbers for a plot: " + Semantics.repr(m, value));
        }
    }

    /** The shape of an array or of nested lists. */
    static int[] shape(Machine m, Object value) {
        if (value instanceof ArrayLike a) {
            return a.array().shape();
        }
        List<Integer> dims = new ArrayList<>();
        Object v = value;
        while (!isNumber(v) && v instanceof Value && !(v instanceof None)) {
            if (v instanceof ArrayLike a) {
                for (int d : a.array().shape()) {
                    dims.add(d);
                }
                break;
            }
            int n = Semantics.length(m, v);
            dims.add(n);
            if (n == 0) {
                break;
            }
            v = Semantics.iterate(m, v).next(m);
        }
        return dims.stream().mapToInt(Integer::intValue).toArray();
    }

    /** A table of numbers. @throws NnError TypeError where the value has not two dimensions */
    static double[][] table(Machine m, Object value) {
        int[] shape = shape(m, value);
        if (shape.length != 2) {
            throw NnError.type("Input must be 2D, not " + shape.length + "D.");
        }
        double[] all = flat(m, value);
        double[][] rows = new double[shape[0]][shape[1]];
        for (int r = 0; r < shape[0]; r++) {
            System.arraycopy(all, r * shape[1], rows[r], 0, shape[1]);
        }
        return rows;
    }

    /** Values along an axis: numbers, or strings, which become its categories 0, 1, 2 … in the order of their first use. */
    static double[] along(Machine m, Axis axis, Object value) {
        if (value instanceof String s) {
            return new double[] {category(axis, s)};
        }
        if (value instanceof Value && !isNumber(value) && !(value instanceof None)) {
            Object[] all = value instanceof ArrayLike a && !a.array().dtype().isReference() ? null : Semantics.elements(m, value);
            if (all != null && all.length > 0 && Semantics.typeOf(all[0]).name().startsWith("str")) {
                double[] places = new double[all.length];
                for (int i = 0; i < places.length; i++) {
                    places[i] = category(axis, Semantics.str(m, all[i]));
                }
                return places;
            }
        }
        return flat(m, value);
    }

    private static double category(Axis axis, String name) {
        int at = axis.categories.indexOf(name);
        if (at < 0) {
            axis.categories.add(name);
            return axis.categories.size() - 1;
        }
        return at;
    }

    static double least(double[] values) {
        double v = Double.POSITIVE_INFINITY;
        for (double each : values) {
            v = each < v ? each : v;
        }
        return v == Double.POSITIVE_INFINITY ? 0 : v;
    }

    static double most(double[] values) {
        double v = Double.NEGATIVE_INFINITY;
        for (double each : values) {
            v = each > v ? each : v;
        }
        return v == Double.NEGATIVE_INFINITY ? 1 : v;
    }

    /** As many values as there are points: one for all or one each. */
    static double[] spread(double[] values, int n) {
        if (values.length == n) {
            return values;
        }
        if (values.length != 1) {
            throw NnError.value("shape mismatch: objects cannot be broadcast to a single shape");
        }
        double[] all = new double[n];
        Arrays.fill(all, values[0]);
        return all;
    }
}
