package io.retrograd.lib.numpy;

import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ComplexValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.tensor.DType;

/** numpy's tree of scalar classes and the names under which the module holds them. */
final class ScalarTypes {
    static final ScalarType GENERIC = abstractType("generic", CoreTypes.OBJECT);
    static final ScalarType NUMBER = abstractType("number", GENERIC);
    static final ScalarType INTEGER = abstractType("integer", NUMBER);
    static final ScalarType SIGNED = abstractType("signedinteger", INTEGER);
    static final ScalarType UNSIGNED = abstractType("unsignedinteger", INTEGER);
    static final ScalarType INEXACT = abstractType("inexact", NUMBER);
    static final ScalarType FLOATING = abstractType("floating", INEXACT);
    static final ScalarType COMPLEX = abstractType("complexfloating", INEXACT);
    static final ScalarType FLEXIBLE = abstractType("flexible", GENERIC);
    static final ScalarType CHARACTER = abstractType("character", FLEXIBLE);

    private static final ScalarType[] CONCRETE = new ScalarType[DType.values().length];

    static {
        for (DType t : DType.values()) {
            TypeValue python = switch (t) {
                case FLOAT64 -> CoreTypes.FLOAT;
                case COMPLEX128 -> ComplexValue.TYPE;
                case UNICODE -> CoreTypes.STR;
                case STRING -> BytesValue.TYPE;
                default -> null;
            };
            TypeValue base = switch (t.kind()) {
                case 'f' -> FLOATING;
                case 'i' -> SIGNED;
                case 'u' -> UNSIGNED;
                case 'c' -> COMPLEX;
                case 'S', 'U' -> CHARACTER;
                default -> GENERIC;
            };
            String name = switch (t) {
                case BOOL -> "bool_";
                case UNICODE -> "str_";
                case STRING -> "bytes_";
                case OBJECT -> "object_";
                default -> t.numpyName();
            };
            CONCRETE[t.ordinal()] = new ScalarType(name, base, t, python, ScalarMethodsTable.TABLE);
        }
    }

    private ScalarTypes() {}

    private static ScalarType abstractType(String name, TypeValue base) {
        return new ScalarType(name, base, null, null, null);
    }

    static ScalarType of(DType t) {
        return CONCRETE[t.ordinal()];
    }

    /** Puts all classes into the module, with numpy's aliases and those that later versions removed. */
    static void addTo(ModuleValue numpy) {
        for (ScalarType t : new ScalarType[] {GENERIC, NUMBER, INTEGER, SIGNED, UNSIGNED, INEXACT, FLOATING, COMPLEX,
            FLEXIBLE, CHARACTER}) {
            numpy.with(t.name(), t);
        }
        for (ScalarType t : CONCRETE) {
            if (t.dtype() == DType.RESOURCE || t.dtype() == DType.VARIANT) {
                continue;
            }
            numpy.with(t.name(), t);
        }
        Object[][] aliases = {{"half", DType.FLOAT16}, {"single", DType.FLOAT32}, {"double", DType.FLOAT64},
            {"float_", DType.FLOAT64}, {"longdouble", DType.FLOAT64}, {"byte", DType.INT8}, {"ubyte", DType.UINT8},
            {"short", DType.INT16}, {"ushort", DType.UINT16}, {"intc", DType.INT32}, {"uintc", DType.UINT32},
            {"int_", DType.INT64}, {"intp", DType.INT64}, {"uint", DType.UINT64}, {"uintp", DType.UINT64},
            {"longlong", DType.INT64}, {"bool8", DType.BOOL}, {"csingle", DType.COMPLEX64},
            {"cdouble", DType.COMPLEX128}, {"complex_", DType.COMPLEX128}, {"unicode_", DType.UNICODE},
            {"string_", DType.STRING}};
        for (Object[] alias : aliases) {
            numpy.with((String) alias[0], of((DType) alias[1]));
        }
        numpy.with("int", CoreTypes.INT).with("float", CoreTypes.FLOAT).with("bool", CoreTypes.BOOL)
                .with("str", CoreTypes.STR).with("object", CoreTypes.OBJECT).with("complex", ComplexValue.TYPE)
                .with("long", CoreTypes.INT).with("unicode", CoreTypes.STR);
    }
}
