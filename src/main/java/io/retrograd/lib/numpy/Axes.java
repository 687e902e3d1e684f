package io.retrograd.lib.numpy;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.Arrays;

/** Axes and shapes as scripts give them. */
final class Axes {
    private Axes() {}

    /** An axis counted from the front; AxisError if there is none such. */
    static int normal(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new NnError(ErrorKind.AXIS_ERROR, "axis " + axis + " is out of bounds for array of dimension " + rank);
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** The axes that an axis argument names: all for None. */
    static int[] of(Machine m, Object axis, int rank) {
        if (axis == None.NONE) {
            int[] all = new int[rank];
            Arrays.setAll(all, i -> i);
            return all;
        }
        if (axis instanceof TupleValue || axis instanceof ListValue) {
            Object[] each = Semantics.elements(m, axis);
            int[] axes = new int[each.length];
            for (int i = 0; i < axes.length; i++) {
                axes[i] = normal(Semantics.index(m, each[i]), rank);
            }
            for (int i = 0; i < axes.length; i++) {
                for (int j = 0; j < i; j++) {
                    if (axes[i] == axes[j]) {
                        throw NnError.value("duplicate value in 'axis'");
                    }
                }
            }
            return axes;
        }
        return new int[] {normal(Semantics.index(m, axis), rank)};
    }

    /** A shape argument: an int or a sequence of them. */
    static long[] shape(Machine m, Object shape) {
        Object one = shape instanceof ArrayValue a && a.array().rank() > 0 ? null : Semantics.indexOrNull(m, shape);
        long[] dims;
        if (one != null) {
            dims = new long[] {Semantics.index(m, one)};
        } else if (shape == None.NONE) {
            dims = new long[0];
        } else {
            if (shape instanceof Double || shape instanceof ScalarValue || shape instanceof String) {
                throw NnError.type("expected a sequence of integers or a single integer, got '" + Semantics.repr(m, shape) + "'");
            }
            Object[] each = Semantics.elements(m, shape);
            dims = new long[each.length];
            for (int i = 0; i < dims.length; i++) {
                dims[i] = Semantics.index(m, each[i]);
            }
        }
        for (long d : dims) {
            if (d < 0) {
                throw NnError.value("negative dimensions are not allowed");
            }
        }
        return dims;
    }

    /** As {@link #shape}, but -1 may stand for one size to be found. */
    static long[] tupleOrInt(Machine m, Object shape) {
        Object one = Semantics.indexOrNull(m, shape);
        if (one != null) {
            return new long[] {Semantics.index(m, one)};
        }
        Object[] each = Semantics.elements(m, shape);
        long[] dims = new long[each.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = Semantics.index(m, each[i]);
        }
        return dims;
    }

    static int[] ints(long[] dims) {
        int[] out = new int[dims.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (int) Math.min(dims[i], Integer.MAX_VALUE);
        }
        return out;
    }

    /** A shape as a tuple of the language. */
    static TupleValue tuple(int[] shape) {
        Object[] dims = new Object[shape.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = (long) shape[i];
        }
        return TupleValue.of(dims);
    }
}
