package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Functions that rearrange arrays. */
final class Shaping {
    private Shaping() {}

    static Object like(Object a, NdArray result) {
        return a instanceof ArrayValue v ? v.like(result) : new ArrayValue(result);
    }

    @Builtin(value = "reshape", signature = "a, newshape, order='C'", doc = "The same elements in another shape; -1 stands for what is left.")
    static Object reshape(Machine m, Object a, Object shape, Object order) {
        return like(a, ArrayMethods.reshape(m, ArrayMaker.from(m, a), shape, order));
    }

    @Builtin(value = "ravel", signature = "a, order='C'", doc = "The array with one dimension, a view where possible.")
    static Object ravel(Machine m, Object a, Object order) {
        NdArray x = ArrayMaker.from(m, a);
        return like(a, ("F".equals(order) ? x.transpose() : x).reshape(x.size()));
    }

    static NdArray permute(Machine m, NdArray a, Object axes) {
        Object[] each = Semantics.elements(m, axes);
        if (each.length != a.rank()) {
            throw NnError.value("axes don't match array");
        }
        int[] order = new int[each.length];
        boolean[] seen = new boolean[each.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = Axes.normal(Semantics.index(m, each[i]), a.rank());
            if (seen[order[i]]) {
                throw NnError.value("repeated axis in transpose");
            }
            seen[order[i]] = true;
        }
        return a.transpose(order);
    }

    @Builtin(value = "transpose", signature = "a, axes=None", doc = "The dimensions in another order, reversed if none is given.")
    static Object transpose(Machine m, Object a, Object axes) {
        NdArray x = ArrayMaker.from(m, a);
        return like(a, axes == None.NONE ? x.transpose() : permute(m, x, axes));
    }

    @Builtin(value = "swapaxes", signature = "a, axis1, axis2", doc = "Two dimensions exchanged, a view.")
    static Object swapaxes(Machine m, Object a, int axis1, int axis2) {
        NdArray x = ArrayMaker.from(m, a);
        int[] order = identityOrder(x.rank());
        int i = Axes.normal(axis1, x.rank());
        int j = Axes.normal(axis2, x.rank());
        order[i] = j;
        order[j] = i;
        return like(a, x.transpose(order));
    }

    static int[] identityOrder(int rank) {
        int[] order = new int[rank];
        Arrays.setAll(order, i -> i);
        return order;
    }

    @Builtin(value = "moveaxis", signature = "a, source, destination", doc = "Dimensions moved to other places.")
    static Object moveaxis(Machine m, Object a, Object source, Object destination) {
        NdArray x = ArrayMaker.from(m, a);
        int[] from = Axes.of(m, source, x.rank());
        int[] to = Axes.of(m, destination, x.rank());
        List<Integer> order = new ArrayList<>();
        for (int i : identityOrder(x.rank())) {
            if (Arrays.stream(from).noneMatch(f -> f == i)) {
                order.add(i);
            }
        }
        Integer[] byPlace = new Integer[to.length];
        Arrays.setAll(byPlace, i -> i);
        Arrays.sort(byPlace, Comparator.comparingInt(i -> to[i]));
        for (int i : byPlace) {
            order.add(to[i], from[i]);
        }
        return like(a, x.transpose(order.stream().mapToInt(Integer::intValue).toArray()));
    }

    @Builtin(value = "rollaxis", signature = "a, axis, start=0", doc = "A dimension moved before another.")
    static Object rollaxis(Machine m, Object a, int axis, int start) {
        int rank = ArrayMaker.from(m, a).rank();
        int from = Axes.normal(axis, rank);
        int to = start < 0 ? start + rank : start;
        return moveaxis(m, a, (long) from, (long) (from < to ? to - 1 : to));
    }

    @Builtin(value = "squeeze", signature = "a, axis=None", doc = "The array without its dimensions of size 1.")
    static Object squeeze(Machine m, Object a, Object axis) {
        NdArray x = ArrayMaker.from(m, a);
        boolean[] drop = new boolean[x.rank()];
        if (axis == None.NONE) {
            for (int i = 0; i < drop.length; i++) {
                drop[i] = x.dim(i) == 1;
            }
        } else {
            for (int i : Axes.of(m, axis, x.rank())) {
                if (x.dim(i) != 1) {
                    throw NnError.value("cannot select an axis to squeeze out which has size not equal to one");
                }
                drop[i] = true;
            }
        }
        for (int i = drop.length - 1; i >= 0; i--) {
            if (drop[i]) {
                x = x.at(i, 0);
            }
        }
        return a instanceof ScalarValue ? a : like(a, x);
    }

    @Builtin(value = "expand_dims", signature = "a, axis", doc = "The array with a dimension of size 1 more.")
    static Object expandDims(Machine m, Object a, Object axis) {
        NdArray x = ArrayMaker.from(m, a);
        int count = axis instanceof TupleValue || axis instanceof ListValue ? Semantics.length(m, axis) : 1;
        int[] axes = Axes.of(m, axis, x.rank() + count);
        Arrays.sort(axes);
        for (int i : axes) {
            x = x.newAxis(i);
        }
        return like(a, x);
    }

    private static Object each(Object[] arrays, UnaryOperator<NdArray> f, Machine m) {
        Object[] out = new Object[arrays.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = new ArrayValue(f.apply(ArrayMaker.from(m, arrays[i])));
        }
        return out.length == 1 ? out[0] : ListValue.of(out);
    }

    static NdArray atLeast(NdArray a, int rank) {
        NdArray x = a;
        if (rank == 3) {
            return x.rank() == 0 ? x.reshape(1, 1, 1) : x.rank() == 1 ? x.reshape(1, x.size(), 1) : x.rank() == 2 ? x.newAxis(2) : x;
        }
        while (x.rank() < rank) {
            x = x.newAxis(0);
        }
        return x;
    }

    @Builtin(value = "atleast_1d", signature = "*arys", doc = "Arrays of one dimension or more.")
    static Object atleast1d(Machine m, Object[] arrays) {
        return each(arrays, a -> atLeast(a, 1), m);
    }

    @Builtin(value = "atleast_2d", signature = "*arys", doc = "Arrays of two dimensions or more.")
    static Object atleast2d(Machine m, Object[] arrays) {
        return each(arrays, a -> atLeast(a, 2), m);
    }

    @Builtin(value = "atleast_3d", signature = "*arys", doc = "Arrays of three dimensions or more.")
    static Object atleast3d(Machine m, Object[] arrays) {
        return each(arrays, a -> atLeast(a, 3), m);
    }

    @Builtin(value = "flip", signature = "m, axis=None", doc = "The elements in reverse order, a view.")
    static Object flip(Machine m, Object a, Object axis) {
        NdArray x = ArrayMaker.from(m, a);
        for (int i : Axes.of(m, axis, x.rank())) {
            x = x.slice(i, x.dim(i) - 1, x.dim(i), -1);
        }
        return like(a, x);
    }

    @Builtin(value = "fliplr", signature = "m", doc = "The columns in reverse order.")
    static Object fliplr(Machine m, Object a) {
        return flip(m, a, 1L);
    }

    @Builtin(value = "flipud", signature = "m", doc = "The rows in reverse order.")
    static Object flipud(Machine m, Object a) {
        return flip(m, a, 0L);
    }

    @Builtin(value = "rot90", signature = "m, k=1, axes=None", doc = "The array turned by right angles.")
    static Object rot90(Machine m, Object a, int k, Object axes) {
        NdArray x = ArrayMaker.from(m, a);
        int[] at = axes == None.NONE ? new int[] {0, 1} : Axes.of(m, axes, x.rank());
        if (x.rank() < 2 || at.length != 2) {
            throw NnError.value(at.length != 2 ? "len(axes) must be 2." : "Axes=(0, 1) out of range for array of ndim=" + x.rank() + ".");
        }
        for (int i = 0; i < Math.floorMod(k, 4); i++) {
            int[] order = identityOrder(x.rank());
            order[at[0]] = at[1];
            order[at[1]] = at[0];
            x = x.transpose(order);
            x = x.slice(at[0], x.dim(at[0]) - 1, x.dim(at[0]), -1);
        }
        return like(a, x);
    }

    @Builtin(value = "roll", signature = "a, shift, axis=None", doc = "The elements moved on, those pushed out coming in at the other end.")
    static Object roll(Machine m, Object a, Object shift, Object axis) {
        NdArray x = ArrayMaker.from(m, a);
        if (axis == None.NONE) {
            NdArray flat = x.reshape(x.size());
            return like(a, rolled(flat, (int) Semantics.index(m, shift), 0).reshape(x.shape()));
        }
        int[] axes = Axes.of(m, axis, x.rank());
        long[] shifts = Axes.tupleOrInt(m, shift);
        for (int i = 0; i < axes.length; i++) {
            x = rolled(x, (int) shifts[shifts.length == 1 ? 0 : i], axes[i]);
        }
        return like(a, x);
    }

    private static NdArray rolled(NdArray x, int shift, int axis) {
        int n = x.dim(axis);
        NdArray out = NdArray.zeros(x.dtype(), x.shape());
        if (n == 0) {
            return out;
        }
        int s = Math.floorMod(shift, n);
        out.slice(axis, s, n - s, 1).assign(x.slice(axis, 0, n - s, 1));
        if (s > 0) {
            out.slice(axis, 0, s, 1).assign(x.slice(axis, n - s, s, 1));
        }
        return out;
    }

    @Builtin(value = "broadcast_to", signature = "array, shape, subok=False", doc = "The array repeated to another shape, without copying.")
    static Object broadcastTo(Machine m, Object a, Object shape, Object subok) {
        NdArray x = ArrayMaker.from(m, a);
        int[] to = Axes.ints(Axes.shape(m, shape));
        try {
            return new ArrayValue(x.broadcastTo(to));
        } catch (NnError e) {
            throw NnError.value("operands could not be broadcast together with remapped shapes [original->remapped]: "
                    + NdArray.tuple(x.shape()) + "  and requested shape " + NdArray.tuple(to));
        }
    }

    @Builtin(value = "broadcast_arrays", signature = "*args", doc = "Arrays repeated to a common shape.")
    static Object broadcastArrays(Machine m, Object[] args) {
        NdArray[] all = Joining.all(m, TupleValue.of(args));
        int[] shape = Casting.broadcast(all);
        Object[] out = new Object[all.length];
        Arrays.setAll(out, i -> new ArrayValue(all[i].broadcastTo(shape)));
        return ListValue.of(out);
    }

    @Builtin(value = "shape", signature = "a", doc = "The sizes of the array's dimensions.")
    static Object shape(Machine m, Object a) {
        return Axes.tuple(ArrayMaker.from(m, a).shape());
    }

    @Builtin(value = "ndim", signature = "a", doc = "The number of the array's dimensions.")
    static long ndim(Machine m, Object a) {
        return ArrayMaker.from(m, a).rank();
    }

    @Builtin(value = {"size", "alen"}, signature = "a, axis=None", doc = "The number of the array's elements.")
    static long size(Machine m, Object a, Object axis) {
        NdArray x = ArrayMaker.from(m, a);
        return axis == None.NONE ? x.size() : x.dim(Axes.normal(Semantics.index(m, axis), x.rank()));
    }
}
