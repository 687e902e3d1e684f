package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.EllipsisValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SliceValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code a[key]}: numbers, slices, None and Ellipsis give views; arrays of numbers or truth values pick elements. A
 * selection knows where each picked element lies, so that reading and assigning are one mechanism.
 */
final class Indexing {
    /** The basic part applied; axes of {@code view} that index arrays pick from are listed in {@code picked}. */
    private NdArray view;
    private final List<Integer> picked = new ArrayList<>();
    private final List<NdArray> pickers = new ArrayList<>();
    /** Where the picked dimensions go in the result: the place of the first, or the front if they are apart. */
    private int front;
    /** The key is one array of truth values. */
    private boolean masked;

    private Indexing() {}

    /** The selected part: a view for basic keys, else a copy. */
    static NdArray get(Machine m, NdArray a, Object key) {
        if (key instanceof Long i && a.rank() > 0) {
            return a.at(0, place(i, a.dim(0), 0));
        }
        if (key instanceof SliceValue s && a.rank() > 0) {
            return slice(m, a, 0, s);
        }
        Indexing x = parse(m, a, key);
        return x.pickers.isEmpty() ? x.view : x.read();
    }

    /** Whether the key names one element and no Ellipsis: the answer is a scalar then. */
    static boolean answersScalar(Object key) {
        return !(key instanceof EllipsisValue)
                && !(key instanceof TupleValue t && t.asList().contains(EllipsisValue.ELLIPSIS));
    }

    /** Sets the selected part, converted and broadcast. */
    static void set(Machine m, NdArray a, Object key, NdArray value) {
        if (key instanceof Long i && a.rank() > 0) {
            a.at(0, place(i, a.dim(0), 0)).assign(value);
            return;
        }
        Indexing x = parse(m, a, key);
        if (x.pickers.isEmpty()) {
            x.view.assign(value);
        } else {
            x.write(value);
        }
    }

    static int place(long i, int size, int axis) {
        long at = i < 0 ? i + size : i;
        if (at < 0 || at >= size) {
            throw NnError.index("index " + i + " is out of bounds for axis " + axis + " with size " + size);
        }
        return (int) at;
    }

    private static NdArray slice(Machine m, NdArray a, int axis, SliceValue s) {
        SliceValue.Indices i = s.indices(m, a.dim(axis));
        return a.slice(axis, i.start(), i.count(), i.step());
    }

    private static Indexing parse(Machine m, NdArray a, Object key) {
        List<Object> items = new ArrayList<>();
        if (key instanceof TupleValue t) {
            items.addAll(t.asList());
        } else {
            items.add(key);
        }
        int used = 0;
        int ellipsis = -1;
        boolean arrays = false;
        for (int i = 0; i < items.size(); i++) {
            Object item = items.get(i);
            if (item instanceof EllipsisValue) {
                if (ellipsis >= 0) {
                    throw NnError.index("an index can only have a single ellipsis ('...')");
                }
                ellipsis = i;
            } else if (item != None.NONE) {
                Object converted = item instanceof SliceValue ? item : index(m, item);
                items.set(i, converted);
                if (converted instanceof NdArray n) {
                    arrays = true;
                    used += n.dtype() == DType.BOOL ? n.rank() : 1;
                } else {
                    used++;
                }
            }
        }
        if (used > a.rank()) {
            throw NnError.index("too many indices for array: array is " + a.rank() + "-dimensional, but " + used + " were indexed");
        }
        int fill = a.rank() - used;
        if (ellipsis >= 0) {
            items.remove(ellipsis);
        }
        for (int i = 0; i < fill; i++) {
            items.add(ellipsis >= 0 ? ellipsis : items.size(), new SliceValue(None.NONE, None.NONE, None.NONE));
        }
        Indexing x = new Indexing();
        x.masked = items.size() == 1 && items.get(0) instanceof NdArray n && n.dtype() == DType.BOOL;
        x.apply(m, a, items, arrays);
        return x;
    }

    /** An item as a Long, or an array of numbers or truth values. */
    private static Object index(Machine m, Object item) {
        if (item instanceof Long) {
            return item;
        }
        if (item instanceof Boolean b) {
            return NdArray.scalar(b.booleanValue());
        }
        if (item instanceof ScalarValue s && s.dtype().isInteger()) {
            return s.longValue();
        }
        if (item instanceof ArrayValue || item instanceof ListValue || item instanceof TupleValue || item instanceof RangeValue
                || item instanceof ScalarValue) {
            NdArray n = ArrayMaker.from(m, item);
            if (n.size() == 0 && !(item instanceof ArrayValue)) {
                n = n.astype(DType.INT64);
            }
            if (n.rank() == 0 && n.dtype().isInteger()) {
                return n.getLong(0);
            }
            if (n.dtype().isInteger() || n.dtype() == DType.BOOL) {
                return n;
            }
            if (item instanceof ArrayValue a && n.rank() > 0) {
                throw NnError.index("arrays used as indices must be of integer (or boolean) type");
            }
        } else {
            Object i = item instanceof String ? null : Semantics.indexOrNull(m, item);
            if (i != null) {
                return Semantics.index(m, i);
            }
        }
        throw NnError.index("only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean "
                + "arrays are valid indices");
    }

    private void apply(Machine m, NdArray a, List<Object> items, boolean arrays) {
        NdArray v = a;
        int axis = 0;
        int original = 0;
        boolean apart = false;
        int lastArray = -2;
        int place = 0;
        front = -1;
        for (Object item : items) {
            if (item == None.NONE) {
                v = v.newAxis(axis++);
            } else if (item instanceof SliceValue s) {
                v = slice(m, v, axis++, s);
                original++;
            } else if (item instanceof Long i && !arrays) {
                v = v.at(axis, place(i, v.dim(axis), original++));
            } else {
                if (front < 0) {
                    front = axis;
                } else if (lastArray != place - 1) {
                    apart = true;
                }
                lastArray = place;
                List<NdArray> each = item instanceof Long i ? List.of(NdArray.scalar((long) place(i, v.dim(axis), original)))
                        : ((NdArray) item).dtype() == DType.BOOL ? trueAt(v, (NdArray) item, axis, original)
                        : List.of((NdArray) item);
                if (item instanceof NdArray n && n.dtype() == DType.BOOL && n.rank() == 0) {
                    v = v.newAxis(axis);
                }
                for (NdArray n : each) {
                    check(n, v.dim(axis), original);
                    picked.add(axis++);
                    pickers.add(n);
                    original++;
                }
            }
            place++;
        }
        view = v;
        if (apart) {
            front = 0;
        }
    }

    private static void check(NdArray n, int size, int axis) {
        for (int i = 0; i < n.size(); i++) {
            place(n.getLong(i), size, axis);
        }
    }

    /** The places of the true elements: one array of numbers for each dimension of the mask. */
    private static List<NdArray> trueAt(NdArray v, NdArray mask, int axis, int original) {
        if (mask.rank() == 0) {
            return List.of(NdArray.of(new long[mask.getBoolean(0) ? 1 : 0]));
        }
        for (int i = 0; i < mask.rank(); i++) {
            if (mask.dim(i) != v.dim(axis + i)) {
                throw NnError.index("boolean index did not match indexed array along dimension " + (original + i)
                        + "; dimension is " + v.dim(axis + i) + " but corresponding boolean dimension is " + mask.dim(i));
            }
        }
        return Selection.nonzero(mask);
    }

    /** The shape that the index arrays broadcast to. */
    private int[] pickedShape() {
        try {
            return Casting.broadcast(pickers.toArray(new NdArray[0]));
        } catch (NnError e) {
            StringBuilder all = new StringBuilder();
            for (NdArray n : pickers) {
                all.append(NdArray.tuple(n.shape())).append(' ');
            }
            throw NnError.index("shape mismatch: indexing arrays could not be broadcast together with shapes " + all);
        }
    }

    /** For each combination of the index arrays, how far from the view's start it lies. */
    private int[] offsets(int[] shape) {
        int n = 1;
        for (int d : shape) {
            n *= d;
        }
        int[] at = new int[n];
        for (int k = 0; k < pickers.size(); k++) {
            NdArray index = pickers.get(k).astype(DType.INT64).broadcastTo(shape);
            int axis = picked.get(k);
            int size = view.dim(axis);
            int stride = view.stride(axis);
            for (int i = 0; i < n; i++) {
                long v = index.getLong(i);
                at[i] += (int) (v < 0 ? v + size : v) * stride;
            }
        }
        return at;
    }

    /** What is left of the view beside the picked axes, at the beginning of each. */
    private NdArray rest() {
        NdArray r = view;
        for (int k = picked.size() - 1; k >= 0; k--) {
            int axis = picked.get(k);
            r = r.at(axis, 0);
        }
        return r;
    }

    private NdArray read() {
        int[] shape = pickedShape();
        int[] at = offsets(shape);
        NdArray rest = rest();
        int[] restShape = rest.shape();
        int[] full = Arrays.copyOf(shape, shape.length + restShape.length);
        System.arraycopy(restShape, 0, full, shape.length, restShape.length);
        NdArray out = NdArray.zeros(view.dtype(), full);
        int block = rest.size();
        if (block == 1 && !view.dtype().isComplex()) {
            Object from = view.data();
            Object to = out.data();
            int start = rest.offset();
            gather(from, to, at, start);
        } else if (block > 0 && rest.isContiguous() && !view.dtype().isComplex()) {
            for (int i = 0; i < at.length; i++) {
                System.arraycopy(view.data(), rest.offset() + at[i], out.data(), i * block, block);
            }
        } else if (block > 0) {
            for (int i = 0; i < at.length; i++) {
                NdArray.strided(view.dtype(), view.data(), restShape, rest.strides(), rest.offset() + at[i]).copyTo(out.data(), i * block);
            }
        }
        return inPlace(out, shape.length, true);
    }

    private static void gather(Object from, Object to, int[] at, int start) {
        if (from instanceof double[] a) {
            double[] b = (double[]) to;
            for (int i = 0; i < at.length; i++) {
                b[i] = a[start + at[i]];
            }
        } else if (from instanceof float[] a) {
            float[] b = (float[]) to;
            for (int i = 0; i < at.length; i++) {
                b[i] = a[start + at[i]];
            }
        } else if (from instanceof long[] a) {
            long[] b = (long[]) to;
            for (int i = 0; i < at.length; i++) {
                b[i] = a[start + at[i]];
            }
        } else {
            for (int i = 0; i < at.length; i++) {
                System.arraycopy(from, start + at[i], to, i, 1);
            }
        }
    }

    /** Moves the picked dimensions from the front to where they belong, or back. */
    private NdArray inPlace(NdArray a, int count, boolean forth) {
        if (front <= 0 || count == 0) {
            return a;
        }
        int rank = a.rank();
        int[] order = new int[rank];
        for (int i = 0; i < rank; i++) {
            int from = i < front ? count + i : i < front + count ? i - front : i;
            if (forth) {
                order[i] = from;
            } else {
                order[from] = i;
            }
        }
        return a.transpose(order);
    }

    private void write(NdArray value) {
        int[] shape = pickedShape();
        int[] at = offsets(shape);
        NdArray rest = rest();
        int[] restShape = rest.shape();
        int[] full = Arrays.copyOf(shape, shape.length + restShape.length);
        System.arraycopy(restShape, 0, full, shape.length, restShape.length);
        NdArray target = inPlace(NdArray.strided(DType.BOOL, new boolean[0], full, new int[full.length], 0), shape.length, true);
        NdArray source = value.astype(view.dtype());
        while (source.rank() > target.rank() && source.dim(0) == 1) {
            source = source.at(0, 0);
        }
        try {
            source = source.broadcastTo(target.shape());
        } catch (NnError e) {
            if (masked && value.rank() == 1) {
                throw NnError.value("NumPy boolean array indexing assignment cannot assign " + value.size()
                        + " input values to the " + target.size() + " output values where the mask is true");
            }
            throw NnError.value("shape mismatch: value array of shape " + NdArray.tuple(value.shape())
                    + " could not be broadcast to indexing result of shape " + NdArray.tuple(target.shape()));
        }
        if (source.data() == view.data()) {
            source = source.copy();
        }
        source = inPlace(source, shape.length, false);
        int block = rest.size();
        NdArray flat = source.contiguous();
        for (int i = 0; i < at.length && block > 0; i++) {
            NdArray part = NdArray.strided(view.dtype(), flat.data(), restShape, NdArray.rowMajorStrides(restShape), flat.offset() + i * block);
            NdArray.strided(view.dtype(), view.data(), restShape, rest.strides(), rest.offset() + at[i]).assign(part);
        }
    }
}
