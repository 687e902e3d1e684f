package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.DType;
import java.util.Locale;

/** {@code tf.float32} and its kin, as types of values or of variables' references. */
public record DTypeValue(DType dtype, boolean reference) implements Value {
    static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.framework.dtypes", "DType", DTypeValueTable.TABLE);

    public static DTypeValue of(DType dtype) {
        return new DTypeValue(dtype, false);
    }

    static DTypeValue of(DType dtype, boolean reference) {
        return new DTypeValue(dtype, reference);
    }

    /** The type of that name ({@code float32}, {@code string}), letter case aside; null if there is none. */
    static DTypeValue named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (DType t : DType.values()) {
            if (t.tfName().equals(lower) && t.tfNumber() > 0) {
                return of(t);
            }
        }
        return switch (lower) {
            case "half" -> of(DType.FLOAT16);
            case "double" -> of(DType.FLOAT64);
            case "float" -> of(DType.FLOAT32);
            default -> null;
        };
    }

    /**
     * What a script gives as a type: a tf type, a numpy type or array type, a Python class or a name.
     *
     * @throws NnError TypeError for anything else
     */
    public static DType convert(Machine m, Object value) {
        if (value instanceof DTypeValue t) {
            return t.dtype;
        }
        if (value instanceof Long number && DType.ofTfNumber(number.intValue()).isPresent()) {
            return DType.ofTfNumber(number.intValue()).get();
        }
        String name = null;
        if (value instanceof String s) {
            name = s;
        } else if (value instanceof TypeValue t) {
            name = switch (t.name()) {
                case "int" -> "int64";
                case "float" -> "float32";
                case "bool" -> "bool";
                case "str", "bytes" -> "string";
                default -> t.name();
            };
        } else if (value instanceof Value v && v.attribute(m, "name") instanceof String s) {
            name = s;
        }
        DTypeValue found = name == null ? null : named(name);
        if (found == null) {
            throw NnError.type("Cannot convert value " + Semantics.repr(m, value)
                    + " to a TensorFlow DType.");
        }
        return found.dtype;
    }

    private String text() {
        return reference ? dtype.tfName() + "_ref" : dtype.tfName();
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean sameAs(Object other) {
        return equals(other);
    }

    @Override
    public long hash(Machine m) {
        return dtype.hashCode();
    }

    @Override
    public Object compare(Machine m, CompareOperator operator, Object other) {
        if (operator != CompareOperator.EQUAL && operator != CompareOperator.NOT_EQUAL) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        boolean equal;
        try {
            equal = other instanceof DTypeValue t ? equals(t) : convert(m, other) == dtype;
        } catch (NnError notAType) {
            equal = false;
        }
        return equal == (operator == CompareOperator.EQUAL);
    }

    @Override
    public String str(Machine m) {
        return "<dtype: '" + text() + "'>";
    }

    @Override
    public String repr(Machine m) {
        return "tf." + text();
    }

    @Builtin(value = "name", property = true, doc = "Its name, such as 'float32'.")
    static String name(Machine m, DTypeValue self) {
        return self.text();
    }

    @Builtin(value = "base_dtype", property = true, doc = "The type of the values, for a reference's type too.")
    static Object baseType(Machine m, DTypeValue self) {
        return of(self.dtype);
    }

    @Builtin(value = "min", property = true, doc = "The least number that the type holds.")
    static Object min(Machine m, DTypeValue self) {
        return limit(m, self, "min");
    }

    @Builtin(value = "max", property = true, doc = "The largest number that the type holds.")
    static Object max(Machine m, DTypeValue self) {
        return limit(m, self, "max");
    }

    private static Object limit(Machine m, DTypeValue self, String which) {
        DType t = self.dtype;
        if (!t.isFloating() && !t.isInteger()) {
            throw NnError.type("Cannot find " + (which.equals("min") ? "minimum" : "maximum") + " value of " + self.repr(m) + ".");
        }
        Object numpy = m.library().module(m, "numpy");
        Object info = Semantics.callMethod(m, numpy, t.isFloating() ? "finfo" : "iinfo", t.numpyName());
        return Semantics.attribute(m, info, which);
    }

    @Builtin(value = "is_floating", property = true, doc = "Whether it is a type of real numbers.")
    static boolean isFloating(Machine m, DTypeValue self) {
        return self.dtype.isFloating();
    }

    @Builtin(value = "is_integer", property = true, doc = "Whether it is a type of whole numbers.")
    static boolean isInteger(Machine m, DTypeValue self) {
        return self.dtype.isInteger();
    }

    @Builtin(value = "is_bool", property = true, doc = "Whether it is the type of truth values.")
    static boolean isBool(Machine m, DTypeValue self) {
        return self.dtype == DType.BOOL;
    }

    @Builtin(value = "is_complex", property = true, doc = "Whether it is a type of complex numbers.")
    static boolean isComplex(Machine m, DTypeValue self) {
        return self.dtype.isComplex();
    }

    @Builtin(value = "is_unsigned", property = true, doc = "Whether it is a type of whole numbers without sign.")
    static boolean isUnsigned(Machine m, DTypeValue self) {
        return self.dtype.tfName().startsWith("uint");
    }

    @Builtin(value = "is_quantized", property = true, doc = "Whether it is a type of numbers that stand for others; never here.")
    static boolean isQuantized(Machine m, DTypeValue self) {
        return false;
    }

    @Builtin(value = "is_numpy_compatible", property = true, doc = "Whether numpy has a type of the same elements.")
    static boolean isNumpyCompatible(Machine m, DTypeValue self) {
        return self.dtype != DType.RESOURCE && self.dtype != DType.VARIANT;
    }

    @Builtin(value = "is_compatible_with", signature = "other", method = true, doc = "Whether values of that type can be taken for it.")
    static boolean isCompatibleWith(Machine m, DTypeValue self, Object other) {
        return self.dtype == convert(m, other);
    }

    @Builtin(value = "real_dtype", property = true, doc = "The type of the parts of its numbers; of complex ones the real one.")
    static Object realType(Machine m, DTypeValue self) {
        return switch (self.dtype) {
            case COMPLEX64 -> of(DType.FLOAT32);
            case COMPLEX128 -> of(DType.FLOAT64);
            default -> self;
        };
    }

    @Builtin(value = "size", property = true, doc = "Bytes that one element takes.")
    static long size(Machine m, DTypeValue self) {
        return self.dtype.byteSize();
    }

    @Builtin(value = "as_datatype_enum", property = true, doc = "Its number in TensorFlow's files.")
    public static long number(Machine m, DTypeValue self) {
        return self.reference ? self.dtype.tfNumber() + 100 : self.dtype.tfNumber();
    }

    @Builtin(value = "as_numpy_dtype", property = true, doc = "numpy's type of the same elements.")
    static Object numpy(Machine m, DTypeValue self) {
        String name = switch (self.dtype) {
            case STRING -> "object_";
            case BOOL -> "bool_";
            default -> self.dtype.numpyName();
        };
        return m.library().module(m, "numpy").attribute(m, name);
    }
}
