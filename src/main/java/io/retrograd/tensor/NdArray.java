package io.retrograd.tensor;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * A dense n-dimensional array over one Java array: an element type, a shape, and strides (counted in elements, 0 for
 * broadcast dimensions, negative for reversed ones) from an offset. Slices, transposes and broadcasts are views that
 * share the storage. Arrays of two dimensions up are row-major unless a view says otherwise.
 *
 * <p>Two kinds of positions occur: a <em>flat index</em> counts elements in row-major order of the shape; a
 * <em>position</em> is where an element lies in the storage (complex elements take two slots, at twice the position).
 */
public final class NdArray {
    private final DType dtype;
    private final int[] shape;
    private final int[] strides;
    private final int offset;
    private final Object data;
    private final int size;
    private final boolean contiguous;

    private NdArray(DType dtype, int[] shape, int[] strides, int offset, Object data) {
        this.dtype = dtype;
        this.shape = shape;
        this.strides = strides;
        this.offset = offset;
        this.data = data;
        this.size = product(shape);
        this.contiguous = rowMajor(shape, strides, size);
    }

    // ---- factories

    /**
     * An array of zeros (false, empty strings, null objects).
     *
     * @throws NnError RESOURCE_EXHAUSTED_ERROR if it is more than the memory holds
     */
    public static NdArray zeros(DType dtype, int... shape) {
        return zeros(Allocation.TENSORFLOW, dtype, shape);
    }

    /** As {@link #zeros(DType, int...)}; {@code allocation} says whose error a shortage is. */
    public static NdArray zeros(Allocation allocation, DType dtype, int[] shape) {
        return new NdArray(dtype, shape.clone(), rowMajorStrides(shape), 0, allocation.storage(dtype, shape));
    }

    /** As {@link #zeros(DType, int...)}; {@code allocation} says whose error a shortage is. */
    public static NdArray zeros(Allocation allocation, DType dtype, long... shape) {
        Object data = allocation.storage(dtype, shape);
        int[] dims = new int[shape.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = (int) shape[i];
        }
        return new NdArray(dtype, dims, rowMajorStrides(dims), 0, data);
    }

    /**
     * An array around existing storage, not copied.
     *
     * @param data the Java array that {@link DType} names for {@code dtype}, with exactly the elements of {@code shape}
     */
    public static NdArray wrap(DType dtype, Object data, int... shape) {
        return new NdArray(dtype, shape.clone(), rowMajorStrides(shape), 0, data);
    }

    /** A view with any strides over existing storage; the caller answers for the bounds. */
    public static NdArray strided(DType dtype, Object data, int[] shape, int[] strides, int offset) {
        return new NdArray(dtype, shape.clone(), strides.clone(), offset, data);
    }

    /** A float32 array around {@code data}, not copied; without a shape, one-dimensional. */
    public static NdArray of(float[] data, int... shape) {
        return wrap(DType.FLOAT32, data, shape.length == 0 ? new int[] {data.length} : shape);
    }

    /** A float64 array around {@code data}, not copied; without a shape, one-dimensional. */
    public static NdArray of(double[] data, int... shape) {
        return wrap(DType.FLOAT64, data, shape.length == 0 ? new int[] {data.length} : shape);
    }

    /** An int32 array around {@code data}, not copied; without a shape, one-dimensional. */
    public static NdArray of(int[] data, int... shape) {
        return wrap(DType.INT32, data, shape.length == 0 ? new int[] {data.length} : shape);
    }

    /** An int64 array around {@code data}, not copied; without a shape, one-dimensional. */
    public static NdArray of(long[] data, int... shape) {
        return wrap(DType.INT64, data, shape.length == 0 ? new int[] {data.length} : shape);
    }

    /** A bool array around {@code data}, not copied; without a shape, one-dimensional. */
    public static NdArray of(boolean[] data, int... shape) {
        return wrap(DType.BOOL, data, shape.length == 0 ? new int[] {data.length} : shape);
    }

    /** A float32 array of shape (). */
    public static NdArray scalar(float value) {
        return wrap(DType.FLOAT32, new float[] {value});
    }

    /** A float64 array of shape (). */
    public static NdArray scalar(double value) {
        return wrap(DType.FLOAT64, new double[] {value});
    }

    /** An int32 array of shape (). */
    public static NdArray scalar(int value) {
        return wrap(DType.INT32, new int[] {value});
    }

    /** An int64 array of shape (). */
    public static NdArray scalar(long value) {
        return wrap(DType.INT64, new long[] {value});
    }

    /** A bool array of shape (). */
    public static NdArray scalar(boolean value) {
        return wrap(DType.BOOL, new boolean[] {value});
    }

    /** A string array (TensorFlow's bytes) of shape (). */
    public static NdArray scalar(byte[] value) {
        return wrap(DType.STRING, new Object[] {value});
    }

    /** An array whose elements are all {@code value}, converted to {@code dtype} (a numeric type or BOOL). */
    public static NdArray full(DType dtype, double value, int... shape) {
        NdArray a = zeros(dtype, shape);
        a.fill(value);
        return a;
    }

    // ---- what it is

    public DType dtype() {
        return dtype;
    }

    /** A copy of the dimensions. */
    public int[] shape() {
        return shape.clone();
    }

    /** The dimensions as a static shape. */
    public Shape staticShape() {
        return Shape.of(shape);
    }

    public int rank() {
        return shape.length;
    }

    /** The size of dimension {@code axis}; negative counts from the end. */
    public int dim(int axis) {
        return shape[axis < 0 ? axis + shape.length : axis];
    }

    /** Whether these are its dimensions. */
    public boolean hasShape(int... dims) {
        return Arrays.equals(shape, dims);
    }

    /** Both have the same dimensions. */
    public boolean hasShapeOf(NdArray other) {
        return Arrays.equals(shape, other.shape);
    }

    /** A copy of the strides, in elements. */
    public int[] strides() {
        return strides.clone();
    }

    /** The stride of dimension {@code axis}, in elements. */
    public int stride(int axis) {
        return strides[axis < 0 ? axis + strides.length : axis];
    }

    /** The position of the first element. */
    public int offset() {
        return offset;
    }

    /** The number of elements. */
    public int size() {
        return size;
    }

    /** The elements lie one after the other in row-major order: flat index i is at position offset() + i. */
    public boolean isContiguous() {
        return contiguous;
    }

    /** The storage, shared with every view of it. */
    public Object data() {
        return data;
    }

    /** The storage of a FLOAT32 or FLOAT16 array (COMPLEX64: interleaved); elements start at {@link #offset()}. */
    public float[] floats() {
        return (float[]) data;
    }

    /** The storage of a FLOAT64 array (COMPLEX128: interleaved); elements start at {@link #offset()}. */
    public double[] doubles() {
        return (double[]) data;
    }

    /** The storage of an INT32 or UINT32 array; elements start at {@link #offset()}. */
    public int[] ints() {
        return (int[]) data;
    }

    /** The storage of an INT64 or UINT64 array; elements start at {@link #offset()}. */
    public long[] longs() {
        return (long[]) data;
    }

    /** The storage of an INT16 or UINT16 array; elements start at {@link #offset()}. */
    public short[] shorts() {
        return (short[]) data;
    }

    /** The storage of an INT8 or UINT8 array; elements start at {@link #offset()}. */
    public byte[] bytes() {
        return (byte[]) data;
    }

    /** The storage of a BOOL array; elements start at {@link #offset()}. */
    public boolean[] booleans() {
        return (boolean[]) data;
    }

    /** The storage of a STRING, UNICODE or OBJECT array; elements start at {@link #offset()}. */
    public Object[] objects() {
        return (Object[]) data;
    }

    // ---- elements

    /** The position of the element with flat index {@code flat}. */
    public int position(int flat) {
        if (contiguous) {
            return offset + flat;
        }
        int p = offset;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            int d = shape[axis];
            int q = flat / d;
            p += (flat - q * d) * strides[axis];
            flat = q;
        }
        return p;
    }

    /** The element with flat index {@code flat} as a double (BOOL: 0 or 1; complex: the real part). */
    public double getDouble(int flat) {
        return Elements.doubleAt(dtype, data, position(flat));
    }

    /** The element with flat index {@code flat} as a float. */
    public float getFloat(int flat) {
        return dtype == DType.FLOAT32 ? ((float[]) data)[position(flat)]
                : dtype == DType.INT64 ? (float) ((long[]) data)[position(flat)] : (float) getDouble(flat);
    }

    /** The element with flat index {@code flat} as a long; floating values are cut towards 0. */
    public long getLong(int flat) {
        return Elements.longAt(dtype, data, position(flat));
    }

    /** The element with flat index {@code flat} as an int; what an int64 has beyond becomes the largest or smallest int. */
    public int getInt(int flat) {
        long v = getLong(flat);
        return dtype != DType.INT64 || v == (int) v ? (int) v : v < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    /** The element with flat index {@code flat} as a truth value: not zero, not empty. */
    public boolean getBoolean(int flat) {
        return Elements.booleanAt(dtype, data, position(flat));
    }

    /** The element with flat index {@code flat} of a STRING ({@code byte[]}), UNICODE ({@code String}) or OBJECT array. */
    public Object getObject(int flat) {
        return ((Object[]) data)[position(flat)];
    }

    /** The imaginary part of the element with flat index {@code flat}; 0 for real types. */
    public double getImaginary(int flat) {
        int p = position(flat);
        return switch (dtype) {
            case COMPLEX64 -> ((float[]) data)[2 * p + 1];
            case COMPLEX128 -> ((double[]) data)[2 * p + 1];
            default -> 0;
        };
    }

    /** Sets the element with flat index {@code flat} of a numeric or BOOL array. */
    public void setDouble(int flat, double value) {
        Elements.setDouble(dtype, data, position(flat), value);
    }

    /** Sets the element with flat index {@code flat} of a numeric or BOOL array. */
    public void setLong(int flat, long value) {
        Elements.setLong(dtype, data, position(flat), value);
    }

    /** Sets the element with flat index {@code flat} of a STRING, UNICODE or OBJECT array. */
    public void setObject(int flat, Object value) {
        ((Object[]) data)[position(flat)] = value;
    }

    /** Sets both parts of the element with flat index {@code flat} of a complex array. */
    public void setComplex(int flat, double real, double imaginary) {
        int p = 2 * position(flat);
        if (dtype == DType.COMPLEX64) {
            ((float[]) data)[p] = (float) real;
            ((float[]) data)[p + 1] = (float) imaginary;
        } else {
            ((double[]) data)[p] = real;
            ((double[]) data)[p + 1] = imaginary;
        }
    }

    /** Sets every element of a numeric or BOOL array. */
    public void fill(double value) {
        NdArray one = zeros(dtype);
        one.setDouble(0, value);
        assign(one);
    }

    // ---- views

    /** The part at {@code index} (0 ≤ index &lt; size) of dimension {@code axis}, without that dimension; a view. */
    public NdArray at(int axis, int index) {
        int rank = shape.length;
        int[] s = new int[rank - 1];
        int[] t = new int[rank - 1];
        for (int i = 0, j = 0; i < rank; i++) {
            if (i != axis) {
                s[j] = shape[i];
                t[j++] = strides[i];
            }
        }
        return new NdArray(dtype, s, t, offset + index * strides[axis], data);
    }

    /**
     * Every {@code step}-th element along {@code axis}; a view.
     *
     * @param start index of the first element
     * @param count how many elements
     * @param step distance between them, possibly negative
     */
    public NdArray slice(int axis, int start, int count, int step) {
        int[] s = shape.clone();
        int[] t = strides.clone();
        s[axis] = count;
        t[axis] *= step;
        return new NdArray(dtype, s, t, count == 0 ? offset : offset + start * strides[axis], data);
    }

    /** Rows {@code from} to {@code to} (exclusive) of the first dimension; a view. */
    public NdArray rows(int from, int to) {
        return slice(0, from, to - from, 1);
    }

    /** The dimensions in reverse order; a view. */
    public NdArray transpose() {
        int[] order = new int[shape.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = order.length - 1 - i;
        }
        return transpose(order);
    }

    /** Dimension i of the result is dimension {@code order[i]} of this; a view. */
    public NdArray transpose(int... order) {
        int[] s = new int[order.length];
        int[] t = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            s[i] = shape[order[i]];
            t[i] = strides[order[i]];
        }
        return new NdArray(dtype, s, t, offset, data);
    }

    /** This with a dimension of size 1 before dimension {@code axis}; a view. */
    public NdArray newAxis(int axis) {
        int[] s = new int[shape.length + 1];
        int[] t = new int[shape.length + 1];
        for (int i = 0, j = 0; i < s.length; i++) {
            if (i == axis) {
                s[i] = 1;
            } else {
                s[i] = shape[j];
                t[i] = strides[j++];
            }
        }
        return new NdArray(dtype, s, t, offset, data);
    }

    /**
     * The same elements in row-major order under another shape of as many elements: a view where the strides allow,
     * else a copy.
     *
     * @throws NnError VALUE_ERROR, in numpy's words, if the sizes differ
     */
    public NdArray reshape(int... to) {
        if (product(to) != size) {
            throw new NnError(ErrorKind.VALUE_ERROR,
                    "cannot reshape array of size " + size + " into shape " + tuple(to));
        }
        if (contiguous) {
            return new NdArray(dtype, to.clone(), rowMajorStrides(to), offset, data);
        }
        int[] t = reshapedStrides(to);
        return t != null ? new NdArray(dtype, to.clone(), t, offset, data) : copy().reshape(to);
    }

    /**
     * This array repeated along dimensions of size 1 and new leading ones, without copying (stride 0).
     *
     * @throws NnError VALUE_ERROR, in numpy's words, if the shapes do not fit
     */
    public NdArray broadcastTo(int... to) {
        if (Arrays.equals(shape, to)) {
            return this;
        }
        int lead = to.length - shape.length;
        int[] t = new int[to.length];
        boolean fits = lead >= 0;
        for (int i = 0; fits && i < shape.length; i++) {
            if (shape[i] == to[i + lead]) {
                t[i + lead] = strides[i];
            } else {
                fits = shape[i] == 1;
            }
        }
        if (!fits) {
            throw new NnError(ErrorKind.VALUE_ERROR, "could not broadcast input array from shape " + tuple(shape)
                    + " into shape " + tuple(to));
        }
        long n = 1;
        for (int d : to) {
            n = d == 0 ? 0 : Math.min(n * d, Integer.MAX_VALUE + 1L);
        }
        if (n > Integer.MAX_VALUE) {
            Allocation.NUMPY.checkedSize(dtype, Arrays.stream(to).asLongStream().toArray());
        }
        return new NdArray(dtype, to.clone(), t, offset, data);
    }

    // ---- copies

    /** This if it is contiguous, else a contiguous copy. */
    public NdArray contiguous() {
        return contiguous ? this : copy();
    }

    /** A contiguous array whose storage holds its elements and nothing else, from position 0: this if it is one, else a copy. */
    public NdArray compact() {
        return contiguous && offset == 0 && Array.getLength(data) == size * dtype.slots()
                ? this : copy();
    }

    /** A contiguous copy. */
    public NdArray copy() {
        Object to = Allocation.TENSORFLOW.storage(dtype, shape);
        Elements.copy(this, to, 0);
        return new NdArray(dtype, shape, rowMajorStrides(shape), 0, to);
    }

    /** Copies the elements in row-major order to {@code to}, an array of this array's storage type, from position {@code at}. */
    public void copyTo(Object to, int at) {
        Elements.copy(this, to, at);
    }

    /** This if its type is {@code to}, else a converted contiguous copy (numpy's casts: floating values are cut towards 0, wide ones wrap). */
    public NdArray astype(DType to) {
        return dtype == to ? this : Casts.cast(this, to);
    }

    /**
     * Sets this array's elements to those of {@code source}, converted and broadcast to this shape. The two may share
     * storage.
     *
     * @throws NnError VALUE_ERROR, in numpy's words, if the shapes do not fit
     */
    public void assign(NdArray source) {
        NdArray from = source.astype(dtype);
        int extra = from.shape.length - shape.length;
        if (extra > 0 && product(Arrays.copyOf(from.shape, extra)) == 1) {
            // As numpy, which drops leading dimensions of size 1 of an assigned array.
            from = from.reshape(Arrays.copyOfRange(from.shape, extra, from.shape.length));
        }
        if (!Arrays.equals(from.shape, shape)) {
            if (size == 0 && from.size == 0) {
                return;
            }
            try {
                from = from.broadcastTo(shape);
            } catch (NnError e) {
                throw new NnError(ErrorKind.VALUE_ERROR, "could not broadcast input array from shape "
                        + tuple(source.shape) + " into shape " + tuple(shape));
            }
        }
        if (size == 0) {
            return;
        }
        if (from.data == data && !(contiguous && from.contiguous && from.offset == offset)) {
            from = from.copy();
        }
        Elements.assign(from, this);
    }

    /** The elements in row-major order as floats; always a fresh array. */
    public float[] toFloats() {
        NdArray a = dtype == DType.FLOAT32 ? copy() : Casts.cast(this, DType.FLOAT32);
        return a.floats();
    }

    /** The elements in row-major order as doubles; always a fresh array. */
    public double[] toDoubles() {
        NdArray a = dtype == DType.FLOAT64 ? copy() : Casts.cast(this, DType.FLOAT64);
        return a.doubles();
    }

    /**
     * The elements in row-major order as ints; always a fresh array. Numbers beyond an int become the largest or
     * smallest one: as a size or an index they are too large all the same.
     */
    public int[] toInts() {
        if (dtype == DType.INT64 || dtype == DType.UINT32 || dtype == DType.UINT64) {
            int[] ints = new int[size()];
            for (int i = 0; i < ints.length; i++) {
                long v = getLong(i);
                boolean beyond = dtype == DType.UINT64 && v < 0;
                ints[i] = beyond ? Integer.MAX_VALUE : (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, v));
            }
            return ints;
        }
        NdArray a = dtype == DType.INT32 ? copy() : Casts.cast(this, DType.INT32);
        return a.ints();
    }

    /** The elements in row-major order as longs; always a fresh array. */
    public long[] toLongs() {
        NdArray a = dtype == DType.INT64 ? copy() : Casts.cast(this, DType.INT64);
        return a.longs();
    }

    // ---- shapes as numbers

    /** A shape as Python writes a tuple: {@code (2, 3)}, {@code (4,)}, {@code ()}. As numpy's messages do, without blanks after commas. */
    public static String tuple(int... dims) {
        StringBuilder s = new StringBuilder("(");
        for (int i = 0; i < dims.length; i++) {
            s.append(i > 0 ? "," : "").append(dims[i]);
        }
        return s.append(dims.length == 1 ? ",)" : ")").toString();
    }

    /** The strides of a row-major array. */
    public static int[] rowMajorStrides(int... shape) {
        int[] t = new int[shape.length];
        int step = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            t[i] = step;
            step *= Math.max(shape[i], 1);
        }
        return t;
    }

    private static int product(int[] dims) {
        int n = 1;
        for (int d : dims) {
            n *= d;
        }
        return n;
    }

    private static boolean rowMajor(int[] shape, int[] strides, int size) {
        if (size <= 1) {
            return true;
        }
        int step = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] != 1) {
                if (strides[i] != step) {
                    return false;
                }
                step *= shape[i];
            }
        }
        return true;
    }

    /** Strides of a view with shape {@code to}, or null where only a copy will do. */
    private int[] reshapedStrides(int[] to) {
        if (size == 0) {
            return rowMajorStrides(to);
        }
        int[] t = new int[to.length];
        int i = 0;
        int j = 0;
        while (i < shape.length && j < to.length) {
            // A run of old dimensions that equals a run of new ones can be a view if the old run is evenly spaced.
            int iFrom = i;
            int jFrom = j;
            long a = shape[i++];
            long b = to[j++];
            while (a != b) {
                if (a < b) {
                    a *= shape[i++];
                } else {
                    b *= to[j++];
                }
            }
            int last = -1;
            for (int k = iFrom; k < i; k++) {
                if (shape[k] == 1) {
                    continue;
                }
                if (last >= 0 && strides[last] != shape[k] * strides[k]) {
                    return null;
                }
                last = k;
            }
            int step = last >= 0 ? strides[last] : 1;
            for (int k = j - 1; k >= jFrom; k--) {
                t[k] = step;
                step *= to[k];
            }
        }
        for (; j < to.length; j++) {
            t[j] = 1;
        }
        return t;
    }

    /** A short description for debugging: type and shape. */
    @Override
    public String toString() {
        return "NdArray(" + dtype.tfName() + ", " + tuple(shape) + ")";
    }
}
