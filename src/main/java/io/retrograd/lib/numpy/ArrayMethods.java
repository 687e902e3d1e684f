package io.retrograd.lib.numpy;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.ArrayFormat;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** Attributes of arrays, and the methods that are not functions of the module too. */
final class ArrayMethods {
    private ArrayMethods() {}

    @Builtin(
            value = "__new__",
            signature = "shape, dtype=None, buffer=None, offset=0, strides=None, order=None",
            doc = "An array of that shape: of zeros, or of the numbers in a buffer.")
    static Object make(Machine m, Object shape, Object dtype, Object buffer, int offset, Object strides, Object order) {
        if (strides != None.NONE) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "strides are not offered here; make the array and take a slice of it");
        }
        if (buffer == None.NONE) {
            return Creation.zeros(m, shape, dtype, order);
        }
        long[] wanted = Axes.shape(m, shape);
        int count = 1;
        for (long d : wanted) {
            count = Math.multiplyExact(count, Math.toIntExact(d));
        }
        Object flat = buffer instanceof ArrayValue a ? a : Creation.frombuffer(m, buffer, dtype, count, offset);
        return Semantics.call(m, Semantics.attribute(m, flat, "reshape"), shape);
    }

    @Builtin(value = "shape", property = true, doc = "The sizes of its dimensions.")
    static Object shape(Machine m, ArrayValue self) {
        return Axes.tuple(self.array().shape());
    }

    @Builtin(value = "ndim", property = true, doc = "The number of its dimensions.")
    static long ndim(Machine m, ArrayValue self) {
        return self.array().rank();
    }

    @Builtin(value = "size", property = true, doc = "The number of its elements.")
    static long size(Machine m, ArrayValue self) {
        return self.array().size();
    }

    @Builtin(value = "dtype", property = true, doc = "The type of its elements.")
    static Object dtype(Machine m, ArrayValue self) {
        return elementType(self.array());
    }

    static ElementType elementType(NdArray a) {
        boolean text = a.dtype() == DType.UNICODE || a.dtype() == DType.STRING;
        return new ElementType(a.dtype(), false, text ? ArrayFormat.textWidth(a) : 0);
    }

    @Builtin(value = "T", property = true, doc = "The transposed array, a view.")
    static Object transposed(Machine m, ArrayValue self) {
        return self.like(self.array().transpose());
    }

    @Builtin(value = "itemsize", property = true, doc = "Bytes that one element takes.")
    static long itemsize(Machine m, ArrayValue self) {
        return ElementType.itemsize(m, elementType(self.array()));
    }

    @Builtin(value = "nbytes", property = true, doc = "Bytes that all elements take.")
    static long nbytes(Machine m, ArrayValue self) {
        return itemsize(m, self) * self.array().size();
    }

    @Builtin(value = "strides", property = true, doc = "Bytes between neighbours in each dimension.")
    static Object strides(Machine m, ArrayValue self) {
        int[] s = self.array().strides();
        for (int i = 0; i < s.length; i++) {
            s[i] *= (int) itemsize(m, self);
        }
        return Axes.tuple(s);
    }

    @Builtin(value = "base", property = true, doc = "None: which array owns the storage is not told.")
    static Object base(Machine m, ArrayValue self) {
        return None.NONE;
    }

    @Builtin(value = "flags", property = true, doc = "Facts about its storage.")
    static Object flags(Machine m, ArrayValue self) {
        DictValue all = new DictValue();
        all.putText("C_CONTIGUOUS", self.array().isContiguous());
        all.putText("F_CONTIGUOUS", self.array().transpose().isContiguous());
        all.putText("WRITEABLE", true);
        return all;
    }

    @Builtin(value = "real", property = true, doc = "The real parts.")
    static Object real(Machine m, ArrayValue self) {
        return ArrayValue.orScalar(part(self.array(), false));
    }

    @Builtin(value = "imag", property = true, doc = "The imaginary parts.")
    static Object imag(Machine m, ArrayValue self) {
        return ArrayValue.orScalar(part(self.array(), true));
    }

    static NdArray part(NdArray a, boolean imaginary) {
        if (!a.dtype().isComplex()) {
            return imaginary ? NdArray.zeros(a.dtype(), a.shape()) : a;
        }
        NdArray out = NdArray.zeros(a.dtype() == DType.COMPLEX64 ? DType.FLOAT32 : DType.FLOAT64, a.shape());
        for (int i = 0; i < a.size(); i++) {
            out.setDouble(i, imaginary ? a.getImaginary(i) : a.getDouble(i));
        }
        return out;
    }

    @Builtin(value = "flat", property = true, doc = "Its elements in row-major order.")
    static Object flat(Machine m, ArrayValue self) {
        return new ArrayValue(self.array().reshape(self.array().size()));
    }

    /** The sizes of a new shape, of which one may be -1. */
    static int[] resolve(int size, long[] dims) {
        int unknown = -1;
        long known = 1;
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] < 0) {
                if (unknown >= 0) {
                    throw NnError.value("can only specify one unknown dimension");
                }
                unknown = i;
            } else {
                known *= dims[i];
            }
        }
        long[] full = dims.clone();
        if (unknown >= 0 && known > 0 && size % known == 0) {
            full[unknown] = size / known;
            known = size;
        }
        if (unknown >= 0 && full[unknown] < 0 || known != size) {
            throw NnError.value("cannot reshape array of size " + size + " into shape " + wanted(dims));
        }
        return Axes.ints(full);
    }

    /** A shape as numpy's message writes it: unknown sizes are left out in front and called newaxis elsewhere. */
    private static String wanted(long[] dims) {
        StringBuilder s = new StringBuilder();
        for (long d : dims) {
            if (d >= 0 || !s.isEmpty()) {
                s.append(s.isEmpty() ? "(" : ",").append(d < 0 ? "newaxis" : String.valueOf(d));
            }
        }
        return s.isEmpty() ? "()" : s.append(dims.length == 1 ? ",)" : ")").toString();
    }

    static NdArray reshape(Machine m, NdArray a, Object shape, Object order) {
        int[] to = resolve(a.size(), Axes.tupleOrInt(m, shape));
        if ("F".equals(order)) {
            int[] reversed = new int[to.length];
            for (int i = 0; i < to.length; i++) {
                reversed[i] = to[to.length - 1 - i];
            }
            return a.transpose().reshape(reversed).transpose();
        }
        return a.reshape(to);
    }

    /** One sequence, or the numbers one by one. */
    private static Object together(Object[] args) {
        return args.length == 1 ? args[0] : TupleValue.of(args);
    }

    @Builtin(value = "reshape", signature = "*shape, order='C'", method = true, doc = "The same elements in another shape; -1 stands for what is left.",
            example = "a.reshape(-1, 28, 28)")
    static Object reshape(Machine m, ArrayValue self, Object[] shape, Object order) {
        return self.like(reshape(m, self.array(), together(shape), order));
    }

    @Builtin(value = "transpose", signature = "*axes", method = true, doc = "The dimensions in another order, reversed if none is given.")
    static Object transpose(Machine m, ArrayValue self, Object[] axes) {
        if (axes.length == 0 || axes.length == 1 && axes[0] == None.NONE) {
            return self.like(self.array().transpose());
        }
        return self.like(Shaping.permute(m, self.array(), together(axes)));
    }

    @Builtin(value = "astype", signature = "dtype, order='K', casting='unsafe', subok=True, copy=True", method = true, doc = "A copy with elements of another type.")
    static Object astype(Machine m, ArrayValue self, Object dtype, Object order, Object casting, Object subok, Object copy) {
        ElementType t = ElementType.of(m, dtype);
        NdArray a = ArrayMaker.cast(m, self.array(), t.dtype());
        return self.like(a == self.array() ? a.copy() : a);
    }

    @Builtin(value = {"copy", "__copy__"}, signature = "order='C'", method = true, doc = "A copy.")
    static Object copy(Machine m, ArrayValue self, Object order) {
        return self.like(self.array().copy());
    }

    @Builtin(value = "__deepcopy__", signature = "memo=None", method = true, doc = "A copy.")
    static Object deepcopy(Machine m, ArrayValue self, Object memo) {
        return self.like(self.array().copy());
    }

    @Builtin(value = "tolist", method = true, doc = "Its elements as Python numbers in nested lists.")
    static Object tolist(Machine m, ArrayValue self) {
        return ArrayValue.toList(self.array());
    }

    @Builtin(value = "item", signature = "*args", method = true, doc = "One element as a Python number.")
    static Object item(Machine m, ArrayValue self, Object[] args) {
        NdArray a = self.array();
        int flat = 0;
        if (args.length == 0) {
            if (a.size() != 1) {
                throw NnError.value("can only convert an array of size 1 to a Python scalar");
            }
        } else if (args.length == 1 && !(args[0] instanceof TupleValue)) {
            long i = Semantics.index(m, args[0]);
            if (i < -a.size() || i >= a.size()) {
                throw NnError.index("index " + i + " is out of bounds for size " + a.size());
            }
            flat = (int) (i < 0 ? i + a.size() : i);
        } else {
            Object v = self.item(m, args.length == 1 ? args[0] : TupleValue.of(args));
            return v instanceof ScalarValue s ? s.toPython() : v;
        }
        Object v = ScalarValue.of(a, flat);
        return v instanceof ScalarValue s ? s.toPython() : v;
    }

    @Builtin(value = "itemset", signature = "*args", method = true, doc = "Sets one element.")
    static void itemset(Machine m, ArrayValue self, Object[] args) {
        if (args.length == 0) {
            throw NnError.value("itemset must have at least one argument");
        }
        Object value = args[args.length - 1];
        int size = self.array().size();
        if (args.length == 1) {
            if (size != 1) {
                throw NnError.value("can only convert an array of size 1 to a Python scalar");
            }
            ArrayMaker.put(m, self.array(), 0, value);
        } else if (args.length == 2 && !(args[0] instanceof TupleValue)) {
            ArrayMaker.put(m, self.array(), Indexing.place(Semantics.index(m, args[0]), size, 0), value);
        } else {
            self.setItem(m, args.length == 2 ? args[0] : TupleValue.of(Arrays.copyOf(args, args.length - 1)), value);
        }
    }

    @Builtin(value = "flatten", signature = "order='C'", method = true, doc = "A copy with one dimension.")
    static Object flatten(Machine m, ArrayValue self, Object order) {
        NdArray a = "F".equals(order) ? self.array().transpose() : self.array();
        return self.like(a.copy().reshape(a.size()));
    }

    @Builtin(value = "fill", signature = "value", method = true, doc = "Sets every element.")
    static void fill(Machine m, ArrayValue self, Object value) {
        NdArray one = NdArray.zeros(self.array().dtype());
        ArrayMaker.put(m, one, 0, value);
        self.array().assign(one);
    }

    @Builtin(value = "sort", signature = "axis=-1, kind=None, order=None", method = true, doc = "Sorts it in place.")
    static void sort(Machine m, ArrayValue self, int axis, Object kind, Object order) {
        self.array().assign(Sorted.sort(m, self.array(), Axes.normal(axis, self.array().rank())));
    }

    @Builtin(value = "view", signature = "dtype=None, type=None", method = true, doc = "The same storage as another array.")
    static Object view(Machine m, ArrayValue self, Object dtype, Object type) {
        if (dtype == None.NONE || dtype == ArrayValue.TYPE) {
            return new ArrayValue(self.array());
        }
        if (dtype == MatrixValue.TYPE) {
            return new MatrixValue(self.array());
        }
        DType t = ElementType.convert(m, dtype);
        byte[] bytes = RawBytes.write(self.array());
        int[] shape = self.array().shape();
        int last = shape.length - 1;
        if (t.byteSize() != self.array().dtype().byteSize() && last >= 0) {
            shape[last] = shape[last] * self.array().dtype().byteSize() / t.byteSize();
        }
        return self.like(RawBytes.read(bytes, 0, bytes.length / t.byteSize(), t, false).reshape(shape));
    }

    @Builtin(value = {"tobytes", "tostring"}, signature = "order='C'", method = true, doc = "Its elements as bytes.")
    static Object tobytes(Machine m, ArrayValue self, Object order) {
        return new BytesValue(RawBytes.write(self.array()));
    }

    @Builtin(value = "tofile", signature = "fid, sep='', format='%s'", method = true, doc = "Writes its elements to a file as bytes.")
    static void tofile(Machine m, ArrayValue self, String fid, String sep, Object format) {
        ArrayFiles.write(m, fid, RawBytes.write(self.array()));
    }

    @Builtin(value = "byteswap", signature = "inplace=False", method = true, doc = "The elements with their bytes in reverse order.")
    static Object byteswap(Machine m, ArrayValue self, boolean inplace) {
        if (self.array().dtype().isReference()) {
            return self;
        }
        byte[] bytes = RawBytes.write(self.array());
        NdArray swapped = RawBytes.read(bytes, 0, self.array().size(), self.array().dtype(), true).reshape(self.array().shape());
        if (inplace) {
            self.array().assign(swapped);
            return self;
        }
        return self.like(swapped);
    }

    @Builtin(value = "resize", signature = "*new_shape, refcheck=True", method = true, doc = "Changes its shape in place, cutting it or filling with zeros.")
    static void resize(Machine m, ArrayValue self, Object[] shape, Object refcheck) {
        NdArray a = self.array();
        NdArray to = NdArray.zeros(a.dtype(), Axes.ints(Axes.shape(m, together(shape))));
        int n = Math.min(a.size(), to.size());
        to.reshape(to.size()).slice(0, 0, n, 1).assign(a.reshape(a.size()).slice(0, 0, n, 1));
        self.replace(to);
    }

    @Builtin(value = "put", signature = "indices, values, mode='raise'", method = true, doc = "Sets elements by their places in row-major order.")
    static void put(Machine m, ArrayValue self, Object indices, Object values, Object mode) {
        NdArray at = ArrayMaker.from(m, indices);
        NdArray v = ArrayMaker.cast(m, ArrayMaker.from(m, values), self.array().dtype());
        for (int i = 0; i < at.size(); i++) {
            ArrayMaker.put(m, self.array(), Indexing.place(at.getLong(i), self.array().size(), 0), ScalarValue.of(v, i % v.size()));
        }
    }

    @Builtin(value = "newbyteorder", signature = "new_order='S'", method = true, doc = "The storage read in the other byte order.")
    static Object newbyteorder(Machine m, ArrayValue self, Object order) {
        return byteswap(m, self, false);
    }

    @Builtin(value = "partition", signature = "kth, axis=-1", method = true, doc = "Sorts it in place, which puts the kth element where it belongs.")
    static void partition(Machine m, ArrayValue self, Object kth, int axis) {
        sort(m, self, axis, None.NONE, None.NONE);
    }

    @Builtin(value = "setflags", signature = "write=None, align=None, uic=None", method = true, doc = "Does nothing: arrays can always be written.")
    static void setflags(Machine m, ArrayValue self, Object write, Object align, Object uic) {}

    @Builtin(value = "__abs__", method = true, doc = "The absolute values.")
    static Object abs(Machine m, ArrayValue self) {
        return ArrayValue.orScalar(Elementwise.unary(m, UnaryFunctions.ABSOLUTE, ArrayMaker.from(m, self), null));
    }

    @Builtin(value = "__array__", signature = "dtype=None", method = true, doc = "The array itself.")
    static Object array(Machine m, ArrayValue self, Object dtype) {
        return self;
    }

    @Builtin(value = "__divmod__", signature = "other", method = true, doc = "Quotients and remainders.")
    static Object divmod(Machine m, ArrayValue self, Object other) {
        return TupleValue.of(
                ArrayOperators.binary(m, BinaryOperator.FLOOR_DIVIDE, self, other),
                ArrayOperators.binary(m, BinaryOperator.REMAINDER, self, other));
    }
}
