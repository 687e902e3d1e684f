package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ComplexValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.DType;

/**
 * A {@code numpy.dtype}.
 *
 * @param dtype the element type
 * @param bigEndian in files; arrays in memory have no byte order
 * @param width of a string type, in characters; 0 if not known
 */
record ElementType(DType dtype, boolean bigEndian, int width) implements Value {
    static final TypeValue TYPE = new TypeValue("numpy", "dtype", CoreTypes.OBJECT, ElementTypeTable.TABLE, null);

    ElementType(DType dtype) {
        this(dtype, false, 0);
    }

    /** The type that a script gives: a dtype, a class, a name. */
    static DType convert(Machine m, Object value) {
        return of(m, value).dtype;
    }

    /** As {@link #convert}; null for None. */
    static DType orNull(Machine m, Object value) {
        return value == None.NONE ? null : convert(m, value);
    }

    static ElementType of(Machine m, Object value) {
        if (value instanceof ElementType t) {
            return t;
        }
        if (value == None.NONE) {
            return new ElementType(DType.FLOAT64);
        }
        if (value instanceof ScalarType t && t.dtype() != null) {
            return new ElementType(t.dtype());
        }
        if (value instanceof TypeValue t) {
            DType found = t == CoreTypes.INT ? DType.INT64 : t == CoreTypes.FLOAT ? DType.FLOAT64
                    : t == CoreTypes.BOOL ? DType.BOOL : t == CoreTypes.STR ? DType.UNICODE
                    : t == BytesValue.TYPE ? DType.STRING : t == ComplexValue.TYPE ? DType.COMPLEX128
                    : t == ScalarTypes.FLOATING || t == ScalarTypes.INEXACT ? DType.FLOAT64
                    : t == ScalarTypes.INTEGER || t == ScalarTypes.SIGNED ? DType.INT64 : DType.OBJECT;
            return new ElementType(found);
        }
        if (value instanceof String s) {
            return named(s);
        }
        if (value instanceof Value v && v.attribute(m, "as_numpy_dtype") instanceof ScalarType t) {
            return new ElementType(t.dtype());
        }
        throw NnError.type("Cannot interpret '" + Semantics.repr(m, value) + "' as a data type");
    }

    private static ElementType named(String name) {
        boolean big = name.startsWith(">");
        String s = name.isEmpty() || "<>=|".indexOf(name.charAt(0)) < 0 ? name : name.substring(1);
        for (DType t : DType.values()) {
            if ((t.kind() != 'O' || t == DType.OBJECT) && (t.numpyName().equals(s) || t.code().equals(s))) {
                return new ElementType(t, big && t.byteSize() > 1, 0);
            }
        }
        DType t = switch (s) {
            case "float", "d", "double", "float_" -> DType.FLOAT64;
            case "f", "single" -> DType.FLOAT32;
            case "e", "half" -> DType.FLOAT16;
            case "int", "l", "q", "int_", "intp", "p", "long" -> DType.INT64;
            case "i", "intc" -> DType.INT32;
            case "h", "short" -> DType.INT16;
            case "b", "byte", "i1" -> DType.INT8;
            case "B", "ubyte" -> DType.UINT8;
            case "H" -> DType.UINT16;
            case "I" -> DType.UINT32;
            case "L", "Q", "uint" -> DType.UINT64;
            case "?", "bool", "bool_" -> DType.BOOL;
            case "complex", "D" -> DType.COMPLEX128;
            case "F" -> DType.COMPLEX64;
            case "O", "object" -> DType.OBJECT;
            case "str", "str_", "unicode" -> DType.UNICODE;
            case "bytes", "bytes_" -> DType.STRING;
            default -> null;
        };
        if (t != null) {
            return new ElementType(t, big && t.byteSize() > 1, 0);
        }
        if (s.matches("[SUa]\\d+")) {
            return new ElementType(s.charAt(0) == 'U' ? DType.UNICODE : DType.STRING, false, Integer.parseInt(s.substring(1)));
        }
        throw NnError.type("data type '" + name + "' not understood");
    }

    /** As str() shows it: {@code float32}, {@code <U5}, {@code >u4}. */
    String text() {
        return switch (dtype) {
            case UNICODE -> "<U" + width;
            case STRING -> "|S" + width;
            default -> bigEndian ? ">" + dtype.code() : dtype.numpyName();
        };
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public String str(Machine m) {
        return text();
    }

    @Override
    public String repr(Machine m) {
        String s = dtype == DType.OBJECT ? "O" : dtype == DType.STRING ? "S" + width : text();
        return "dtype('" + s + "')";
    }

    @Override
    public boolean sameAs(Object other) {
        return equals(other);
    }

    @Override
    public long hash(Machine m) {
        return dtype.ordinal();
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (op != CompareOperator.EQUAL && op != CompareOperator.NOT_EQUAL) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        boolean equal;
        try {
            ElementType t = of(m, other);
            equal = t.dtype == dtype && t.bigEndian == bigEndian && (width == 0 || t.width == 0 || width == t.width);
        } catch (NnError notAType) {
            equal = false;
        }
        return equal == (op == CompareOperator.EQUAL);
    }

    /** Called, a dtype class makes a dtype: {@code np.dtype('float32')}. */
    @Builtin(value = "__new__", signature = "dtype, align=False, copy=False", doc = "The element type that a class or a name stands for.")
    static Object make(Machine m, Object dtype, Object align, Object copy) {
        return of(m, dtype);
    }

    @Builtin(value = "name", property = true, doc = "Its name, such as 'float32'.")
    static String name(Machine m, ElementType self) {
        return self.width == 0 ? self.dtype.numpyName()
                : self.dtype.numpyName() + self.width * (self.dtype == DType.UNICODE ? 32 : 8);
    }

    @Builtin(value = "kind", property = true, doc = "A letter for its kind: f, i, u, b, c, S, U, O.")
    static String kind(Machine m, ElementType self) {
        return String.valueOf(self.dtype.kind());
    }

    @Builtin(value = "char", property = true, doc = "A letter for the type.")
    static String code(Machine m, ElementType self) {
        return switch (self.dtype) {
            case FLOAT16 -> "e";
            case FLOAT32 -> "f";
            case FLOAT64 -> "d";
            case INT8 -> "b";
            case UINT8 -> "B";
            case INT16 -> "h";
            case UINT16 -> "H";
            case INT32 -> "i";
            case UINT32 -> "I";
            case INT64 -> "l";
            case UINT64 -> "L";
            case BOOL -> "?";
            case COMPLEX64 -> "F";
            case COMPLEX128 -> "D";
            case STRING -> "S";
            case UNICODE -> "U";
            default -> "O";
        };
    }

    @Builtin(value = "str", property = true, doc = "Byte order, kind and size: '<f4'.")
    static String order(Machine m, ElementType self) {
        String mark = self.dtype.byteSize() == 1 || self.dtype == DType.OBJECT ? "|" : self.bigEndian ? ">" : "<";
        return self.width > 0 || self.dtype.isReference() && self.dtype != DType.OBJECT ? self.text() : mark + self.dtype.code();
    }

    @Builtin(value = "itemsize", property = true, doc = "Bytes that one element takes.")
    static long itemsize(Machine m, ElementType self) {
        return self.dtype == DType.UNICODE ? 4L * self.width : self.dtype == DType.STRING ? self.width : self.dtype.byteSize();
    }

    @Builtin(value = "type", property = true, doc = "The class of its scalars.")
    static Object scalarType(Machine m, ElementType self) {
        return ScalarTypes.of(self.dtype);
    }

    @Builtin(value = "names", property = true, doc = "None: there are no record types.")
    static Object names(Machine m, ElementType self) {
        return None.NONE;
    }

    @Builtin(value = "shape", property = true, doc = "The empty tuple: there are no subarray types.")
    static Object shape(Machine m, ElementType self) {
        return TupleValue.EMPTY;
    }

    @Builtin(value = "newbyteorder", signature = "new_order='S'", method = true, doc = "The same type with another byte order in files.")
    static Object newbyteorder(Machine m, ElementType self, String order) {
        boolean big = switch (order == null ? "S" : order) {
            case ">", "big", "B", "b" -> true;
            case "<", "little", "L", "l", "=", "native", "N", "n" -> false;
            default -> !self.bigEndian;
        };
        return new ElementType(self.dtype, big && self.dtype.byteSize() > 1, self.width);
    }
}
