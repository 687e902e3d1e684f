package io.retrograd.lib.numpy;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.Allocation;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Functions that make arrays. */
final class Creation {
    private Creation() {}

    static NdArray zeros(DType t, long... shape) {
        return NdArray.zeros(Allocation.NUMPY, t, shape);
    }

    @Builtin(value = "array", signature = "object, dtype=None, copy=True, order='K', subok=False, ndmin=0",
            doc = "An array from numbers, nested lists, or another array, which is copied.", example = "np.array([[1, 2], [3, 4]])")
    static Object array(Machine m, Object object, Object dtype, boolean copy, Object order, Object subok, int ndmin) {
        NdArray a = ArrayMaker.make(m, object, ElementType.orNull(m, dtype));
        if (!copy && object instanceof ArrayValue v && v.array() == a && a.rank() >= ndmin) {
            return object;
        }
        if (copy && object instanceof ArrayLike like && like.array().data() == a.data()) {
            a = a.copy();
        }
        while (a.rank() < ndmin) {
            a = a.newAxis(0);
        }
        return new ArrayValue(a);
    }

    @Builtin(value = {"asarray", "asanyarray", "ascontiguousarray", "asfortranarray", "asarray_chkfinite", "require"}, signature = "a, dtype=None, order=None",
            doc = "The value as an array; an array as it is.")
    static Object asarray(Machine m, Object a, Object dtype, Object order) {
        DType t = ElementType.orNull(m, dtype);
        if (a instanceof ArrayValue v && (t == null || t == v.array().dtype()) && !(a instanceof MatrixValue)) {
            return a;
        }
        return new ArrayValue(ArrayMaker.make(m, a, t));
    }

    @Builtin(value = {"asmatrix", "mat"}, signature = "data, dtype=None", doc = "The value as a matrix.")
    static Object asmatrix(Machine m, Object data, Object dtype) {
        return data instanceof MatrixValue ? data : MatrixMethods.make(m, data, dtype, true);
    }

    @Builtin(value = "empty", signature = "shape, dtype=None, order='C'", doc = "An array whose elements shall be set; zeros, or None for objects.")
    static Object empty(Machine m, Object shape, Object dtype, Object order) {
        return new ArrayValue(zeros(ElementType.convert(m, dtype), Axes.shape(m, shape)));
    }

    @Builtin(value = "zeros", signature = "shape, dtype=None, order='C'", doc = "An array of zeros.", example = "np.zeros((2, 3))")
    static Object zeros(Machine m, Object shape, Object dtype, Object order) {
        return new ArrayValue(zeroed(ElementType.convert(m, dtype), Axes.shape(m, shape)));
    }

    /** Zeros; objects are the number 0. */
    private static NdArray zeroed(DType t, long[] shape) {
        NdArray a = zeros(t, shape);
        if (t == DType.OBJECT) {
            Arrays.fill(a.objects(), 0L);
        }
        return a;
    }

    @Builtin(value = "ones", signature = "shape, dtype=None, order='C'", doc = "An array of ones.")
    static Object ones(Machine m, Object shape, Object dtype, Object order) {
        return full(m, shape, 1L, ElementType.of(m, dtype), order);
    }

    @Builtin(value = "full", signature = "shape, fill_value, dtype=None, order='C'", doc = "An array whose elements are all the same.")
    static Object full(Machine m, Object shape, Object value, Object dtype, Object order) {
        NdArray v = ArrayMaker.make(m, value, ElementType.orNull(m, dtype));
        NdArray a = zeros(v.dtype(), Axes.shape(m, shape));
        a.assign(v);
        return new ArrayValue(a);
    }

    private static ArrayValue like(Machine m, Object a, Object dtype, Object shape, Object value) {
        NdArray x = ArrayMaker.from(m, a);
        DType t = dtype == None.NONE ? x.dtype() : ElementType.convert(m, dtype);
        NdArray out = zeroed(t, shape == None.NONE ? Arrays.stream(x.shape()).asLongStream().toArray() : Axes.shape(m, shape));
        if (value != null) {
            out.assign(ArrayMaker.make(m, value, t));
        }
        return a instanceof MatrixValue ? new MatrixValue(out) : new ArrayValue(out);
    }

    @Builtin(value = {"zeros_like", "empty_like"}, signature = "a, dtype=None, order='K', subok=True, shape=None", doc = "Zeros in the shape and type of another array.")
    static Object zerosLike(Machine m, Object a, Object dtype, Object order, Object subok, Object shape) {
        return like(m, a, dtype, shape, null);
    }

    @Builtin(value = "ones_like", signature = "a, dtype=None, order='K', subok=True, shape=None", doc = "Ones in the shape and type of another array.")
    static Object onesLike(Machine m, Object a, Object dtype, Object order, Object subok, Object shape) {
        return like(m, a, dtype, shape, 1L);
    }

    @Builtin(value = "full_like", signature = "a, fill_value, dtype=None, order='K', subok=True, shape=None", doc = "The same value in the shape and type of another array.")
    static Object fullLike(Machine m, Object a, Object value, Object dtype, Object order, Object subok, Object shape) {
        return like(m, a, dtype, shape, value);
    }

    @Builtin(value = "copy", signature = "a, order='K', subok=False", doc = "A copy of the array.")
    static Object copy(Machine m, Object a, Object order, Object subok) {
        return new ArrayValue(ArrayMaker.from(m, a).copy());
    }

    @Builtin(value = "arange", signature = "*args, start=None, stop=None, step=None, dtype=None, like=None",
            doc = "Numbers from start on, below stop, in steps.", example = "np.arange(0, 1, 0.1)")
    static Object arange(Machine m, Object[] args, Object start, Object stop, Object step, Object dtype, Object like) {
        Object from = args.length > 1 ? args[0] : start;
        Object to = args.length > 1 ? args[1] : args.length == 1 ? (start == None.NONE && stop != None.NONE ? stop : args[0]) : stop;
        Object by = args.length > 2 ? args[2] : step;
        if (args.length == 1 && stop != None.NONE && start == None.NONE) {
            from = args[0];
        }
        if (args.length > 3) {
            dtype = args[3];
        }
        if (to == None.NONE) {
            throw NnError.type("arange() requires stop to be specified.");
        }
        NdArray a = from == None.NONE ? NdArray.scalar(0L) : ArrayMaker.from(m, from);
        NdArray b = ArrayMaker.from(m, to);
        NdArray c = by == None.NONE ? NdArray.scalar(1L) : ArrayMaker.from(m, by);
        if (a.size() != 1 || b.size() != 1 || c.size() != 1) {
            throw NnError.type("only size-1 arrays can be converted to Python scalars");
        }
        DType t = ElementType.orNull(m, dtype);
        if (t == null) {
            t = DType.promote(DType.promote(a.dtype(), b.dtype()), c.dtype());
        }
        double x = a.getDouble(0);
        double d = c.getDouble(0);
        double n = Math.ceil((b.getDouble(0) - x) / d);
        if (d == 0) {
            throw new NnError(ErrorKind.ZERO_DIVISION_ERROR, "division by zero");
        }
        if (Double.isNaN(n)) {
            throw NnError.value("arange: cannot compute length");
        }
        long size = Math.max(0, (long) n);
        NdArray out = zeros(t, size);
        if (t.isInteger()) {
            long first = a.getLong(0);
            long next = t == DType.INT64 && a.dtype().isInteger() && c.dtype().isInteger() ? first + c.getLong(0) : (long) (x + d);
            for (int i = 0; i < out.size(); i++) {
                out.setLong(i, first + i * (next - first));
            }
        } else {
            // numpy fills from the first two values: their difference, not the step, is what it adds.
            double second = t == DType.FLOAT32 ? (float) (x + d) : x + d;
            double first = t == DType.FLOAT32 ? (float) x : x;
            double delta = t == DType.FLOAT32 ? (float) (second - first) : second - first;
            for (int i = 0; i < out.size(); i++) {
                out.setDouble(i, i == 1 ? second : t == DType.FLOAT32 ? (float) first + (float) i * (float) delta : first + i * delta);
            }
        }
        return new ArrayValue(out);
    }

    @Builtin(value = "linspace", signature = "start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0",
            doc = "Numbers evenly spaced from start to stop.", example = "np.linspace(-1, 1, 5)")
    static Object linspace(Machine m, Object start, Object stop, Object number, boolean endpoint, boolean retstep, Object dtype, Object axis) {
        Object count = Semantics.indexOrNull(m, number);
        if (count == null) {
            throw NnError.type("'" + Semantics.typeOf(number).name() + "' object cannot be interpreted as an integer");
        }
        long num = Semantics.index(m, count);
        if (num < 0) {
            throw NnError.value("Number of samples, " + num + ", must be non-negative.");
        }
        NdArray a = ArrayMaker.from(m, start).astype(DType.FLOAT64);
        NdArray b = ArrayMaker.from(m, stop).astype(DType.FLOAT64);
        int[] each = Casting.broadcast(a, b);
        NdArray first = a.broadcastTo(each);
        NdArray last = b.broadcastTo(each);
        long[] shape = new long[each.length + 1];
        shape[0] = num;
        for (int i = 0; i < each.length; i++) {
            shape[i + 1] = each[i];
        }
        NdArray out = zeros(DType.FLOAT64, shape);
        double div = endpoint ? num - 1 : num;
        double step = Double.NaN;
        for (int k = 0; k < first.size(); k++) {
            double x = first.getDouble(k);
            double delta = last.getDouble(k) - x;
            step = div > 0 ? delta / div : Double.NaN;
            for (int i = 0; i < num; i++) {
                double y = div > 0 ? step == 0 ? i / div * delta : i * step : i * delta;
                out.doubles()[i * first.size() + k] = endpoint && num > 1 && i == num - 1 ? last.getDouble(k) : y + x;
            }
        }
        DType t = ElementType.orNull(m, dtype);
        NdArray result = t == null ? out
                : t.isInteger() ? Elementwise.unary(m, new UnaryFunction("floor", Math::floor, null, false), out, null).astype(t) : out.astype(t);
        return retstep ? TupleValue.of(new ArrayValue(result), ScalarValue.of(step)) : new ArrayValue(result);
    }

    @Builtin(value = "logspace", signature = "start, stop, num=50, endpoint=True, base=10.0, dtype=None", doc = "Numbers evenly spaced on a logarithmic scale.")
    static Object logspace(Machine m, Object start, Object stop, Object num, boolean endpoint, double base, Object dtype) {
        NdArray y = ((ArrayValue) linspace(m, start, stop, num, endpoint, false, None.NONE, 0L)).array();
        NdArray out = Elementwise.binary(m, BinaryFunctions.POWER, NdArray.scalar(base), y, null);
        DType t = ElementType.orNull(m, dtype);
        return new ArrayValue(t == null ? out : out.astype(t));
    }

    @Builtin(value = "geomspace", signature = "start, stop, num=50, endpoint=True, dtype=None", doc = "Numbers in a geometric progression from start to stop.")
    static Object geomspace(Machine m, double start, double stop, long num, boolean endpoint, Object dtype) {
        double sign = start < 0 ? -1 : 1;
        NdArray y = ((ArrayValue) linspace(m, Math.log10(Math.abs(start)), Math.log10(Math.abs(stop)), num, endpoint, false, None.NONE, 0L)).array();
        for (int i = 0; i < y.size(); i++) {
            y.setDouble(i, i == 0 ? start : endpoint && i == y.size() - 1 ? stop : sign * Math.pow(10, y.getDouble(i)));
        }
        return new ArrayValue(y);
    }

    @Builtin(value = "eye", signature = "N, M=None, k=0, dtype=None, order='C'", doc = "Ones on a diagonal, zeros elsewhere.")
    static Object eye(Machine m, int n, Object columns, int k, Object dtype, Object order) {
        int c = columns == None.NONE ? n : (int) Semantics.index(m, columns);
        NdArray a = zeros(ElementType.convert(m, dtype), n, c);
        for (int i = 0; i < n; i++) {
            if (i + k >= 0 && i + k < c) {
                a.setDouble(i * c + i + k, 1);
            }
        }
        return new ArrayValue(a);
    }

    @Builtin(value = "identity", signature = "n, dtype=None", doc = "The square matrix with ones on its diagonal.")
    static Object identity(Machine m, int n, Object dtype) {
        return eye(m, n, None.NONE, 0, dtype, "C");
    }

    @Builtin(value = {"diag", "diagflat"}, signature = "v, k=0", doc = "A matrix with that diagonal, or the diagonal of a matrix.")
    static Object diag(Machine m, Object v, int k) {
        NdArray a = ArrayMaker.from(m, v);
        if (a.rank() == 2) {
            return new ArrayValue(Products.diagonal(a, k, 0, 1).copy());
        }
        if (a.rank() != 1) {
            throw NnError.value("Input must be 1- or 2-d.");
        }
        int n = a.size() + Math.abs(k);
        NdArray out = zeros(a.dtype(), n, n);
        Products.diagonal(out, k, 0, 1).assign(a);
        return new ArrayValue(out);
    }

    private static Object triangle(Machine m, Object v, int k, boolean lower) {
        NdArray x = ArrayMaker.from(m, v);
        if (x.rank() == 0) {
            throw NnError.type("tri() missing 1 required positional argument: 'N'");
        }
        // A vector stands for a square matrix whose rows it is.
        NdArray a = (x.rank() == 1 ? x.broadcastTo(x.size(), x.size()) : x).copy();
        NdArray zero = zeros(a.dtype());
        int rows = a.dim(-2);
        int columns = a.dim(-1);
        for (int i = 0; i < a.size(); i++) {
            int r = i / columns % rows;
            int c = i % columns;
            if (lower ? c - r > k : c - r < k) {
                ArrayMaker.put(m, a, i, ScalarValue.of(zero, 0));
            }
        }
        return new ArrayValue(a);
    }

    @Builtin(value = "tril", signature = "m, k=0", doc = "The lower triangle; zeros above it.")
    static Object tril(Machine m, Object v, int k) {
        return triangle(m, v, k, true);
    }

    @Builtin(value = "triu", signature = "m, k=0", doc = "The upper triangle; zeros below it.")
    static Object triu(Machine m, Object v, int k) {
        return triangle(m, v, k, false);
    }

    @Builtin(value = "tri", signature = "N, M=None, k=0, dtype=None", doc = "Ones at and below a diagonal.")
    static Object tri(Machine m, int n, Object columns, int k, Object dtype) {
        int c = columns == None.NONE ? n : (int) Semantics.index(m, columns);
        NdArray a = zeros(ElementType.convert(m, dtype), n, c);
        a.fill(1);
        return triangle(m, new ArrayValue(a), k, true);
    }

    @Builtin(value = "vander", signature = "x, N=None, increasing=False", doc = "The powers of numbers, as columns.")
    static Object vander(Machine m, Object x, Object count, boolean increasing) {
        NdArray a = ArrayMaker.from(m, x);
        int n = count == None.NONE ? a.size() : (int) Semantics.index(m, count);
        NdArray out = zeros(Reduction.accumulator(BinaryFunctions.MULTIPLY, a.dtype()), a.size(), n);
        for (int i = 0; i < a.size(); i++) {
            double power = 1;
            for (int j = 0; j < n; j++, power *= a.getDouble(i)) {
                out.setDouble(i * n + (increasing ? j : n - 1 - j), power);
            }
        }
        return new ArrayValue(out);
    }

    @Builtin(value = "meshgrid", signature = "*xi, copy=True, sparse=False, indexing='xy'", doc = "Coordinate matrices from coordinate vectors.")
    static Object meshgrid(Machine m, Object[] xi, Object copy, boolean sparse, String indexing) {
        int n = xi.length;
        NdArray[] out = new NdArray[n];
        int[] full = new int[n];
        for (int i = 0; i < n; i++) {
            NdArray x = ArrayMaker.from(m, xi[i]);
            int[] shape = new int[n];
            Arrays.fill(shape, 1);
            int axis = indexing.equals("xy") && n > 1 && i < 2 ? 1 - i : i;
            shape[axis] = x.size();
            full[axis] = x.size();
            out[i] = x.reshape(shape);
        }
        Object[] all = new Object[n];
        for (int i = 0; i < n; i++) {
            all[i] = new ArrayValue(sparse ? out[i] : out[i].broadcastTo(full).copy());
        }
        return ListValue.of(all);
    }

    @Builtin(value = "indices", signature = "dimensions, dtype=None", doc = "The index of every place of a grid, one array for each dimension.")
    static Object indices(Machine m, Object dimensions, Object dtype) {
        int[] dims = Axes.ints(Axes.shape(m, dimensions));
        long[] shape = new long[dims.length + 1];
        shape[0] = dims.length;
        for (int i = 0; i < dims.length; i++) {
            shape[i + 1] = dims[i];
        }
        NdArray out = zeros(dtype == None.NONE ? DType.INT64 : ElementType.convert(m, dtype), shape);
        for (int i = 0; i < dims.length; i++) {
            long[] line = new long[dims[i]];
            Arrays.setAll(line, k -> k);
            int[] one = new int[dims.length];
            Arrays.fill(one, 1);
            one[i] = dims[i];
            out.at(0, i).assign(NdArray.of(line, line.length).reshape(one));
        }
        return new ArrayValue(out);
    }

    @Builtin(value = "fromfunction", signature = "function, shape, dtype=None", doc = "What the function answers for the indices of a grid.")
    static Object fromfunction(Machine m, Object function, Object shape, Object dtype) {
        NdArray grid = ((ArrayValue) indices(m, shape, ElementType.of(m, dtype))).array();
        Object[] args = new Object[grid.dim(0)];
        Arrays.setAll(args, i -> new ArrayValue(grid.at(0, i)));
        return Semantics.call(m, function, args);
    }

    @Builtin(value = "fromiter", signature = "iter, dtype, count=-1", doc = "An array of what an iterable gives.")
    static Object fromiter(Machine m, Object iter, Object dtype, int count) {
        ListValue all = new ListValue();
        Iteration each = Semantics.iterate(m, iter);
        for (Object x = each.next(m); x != null && all.size() != count; x = each.next(m)) {
            m.step();
            all.add(x);
        }
        return new ArrayValue(ArrayMaker.make(m, all, ElementType.convert(m, dtype)));
    }

    @Builtin(value = "frombuffer", signature = "buffer, dtype=None, count=-1, offset=0", doc = "Bytes as an array of numbers.")
    static Object frombuffer(Machine m, Object buffer, Object dtype, int count, int offset) {
        if (!(buffer instanceof BytesValue b)) {
            throw NnError.type("a bytes-like object is required, not '" + Semantics.typeOf(buffer).name() + "'");
        }
        return new ArrayValue(raw(b.bytes(), ElementType.of(m, dtype), count, offset));
    }

    static NdArray raw(byte[] bytes, ElementType t, int count, int offset) {
        int size = t.dtype().byteSize();
        int available = bytes.length - offset;
        if (count < 0 && available % size != 0) {
            throw NnError.value("buffer size must be a multiple of element size");
        }
        int n = count < 0 ? available / size : count;
        if ((long) n * size > available) {
            throw NnError.value("buffer is smaller than requested size");
        }
        return RawBytes.read(bytes, offset, n, t.dtype(), t.bigEndian());
    }

    @Builtin(value = "fromstring", signature = "string, dtype=None, count=-1, sep=''", doc = "Numbers from text, or from bytes if there is no separator.")
    static Object fromstring(Machine m, Object string, Object dtype, int count, String sep) {
        if (sep.isEmpty()) {
            return frombuffer(m, string, dtype, count, 0);
        }
        DType t = ElementType.convert(m, dtype);
        String text = Semantics.str(m, string).strip();
        String[] cells = sep.isBlank() ? text.split("\\s+") : text.split(Pattern.quote(sep.strip()));
        NdArray out = zeros(t, text.isEmpty() ? 0 : count < 0 ? cells.length : Math.min(count, cells.length));
        for (int i = 0; i < out.size(); i++) {
            if (t.isInteger()) {
                out.setLong(i, Long.parseLong(cells[i].strip()));
            } else {
                out.setDouble(i, FloatText.parse(cells[i]));
            }
        }
        return new ArrayValue(out);
    }

    @Builtin(value = "fromfile", signature = "file, dtype=None, count=-1, sep='', offset=0", doc = "The bytes of a file as an array of numbers.")
    static Object fromfile(Machine m, Object file, Object dtype, int count, String sep, int offset) {
        byte[] bytes = file instanceof String path ? ArrayFiles.read(m, path) : ((BytesValue) Semantics.callMethod(m, file, "read")).bytes();
        ElementType t = ElementType.of(m, dtype);
        int n = (bytes.length - offset) / t.dtype().byteSize();
        return new ArrayValue(raw(bytes, t, count < 0 ? n : Math.min(n, count), offset));
    }
}
