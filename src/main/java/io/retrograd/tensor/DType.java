package io.retrograd.tensor;

import java.util.Optional;

/**
 * The element types of arrays and tensors, under TensorFlow's and numpy's names.
 *
 * <p>Each type says which Java array stores its elements: FLOAT16 values live in a {@code float[]} (already rounded
 * to half precision), unsigned types in the signed array of the same width, complex types interleaved
 * (real, imaginary), STRING as {@code byte[]} elements, UNICODE as {@link String} elements.
 */
public enum DType {
    FLOAT16("float16", "half", 19, 2, 'f', "f2"),
    FLOAT32("float32", "float", 1, 4, 'f', "f4"),
    FLOAT64("float64", "double", 2, 8, 'f', "f8"),
    INT8("int8", "int8", 6, 1, 'i', "i1"),
    UINT8("uint8", "uint8", 4, 1, 'u', "u1"),
    INT16("int16", "int16", 5, 2, 'i', "i2"),
    UINT16("uint16", "uint16", 17, 2, 'u', "u2"),
    INT32("int32", "int32", 3, 4, 'i', "i4"),
    UINT32("uint32", "uint32", 22, 4, 'u', "u4"),
    INT64("int64", "int64", 9, 8, 'i', "i8"),
    UINT64("uint64", "uint64", 23, 8, 'u', "u8"),
    BOOL("bool", "bool", 10, 1, 'b', "b1"),
    COMPLEX64("complex64", "complex64", 8, 8, 'c', "c8"),
    COMPLEX128("complex128", "complex128", 18, 16, 'c', "c16"),
    /** Handles of stacks, tensor arrays, iterators: elements are what they stand for. */
    RESOURCE("resource", "resource", 20, 8, 'O', "O"),
    /** Data sets: elements are what they stand for. */
    VARIANT("variant", "variant", 21, 8, 'O', "O"),
    /** TensorFlow's strings and numpy's bytes: elements are {@code byte[]}. */
    STRING("string", "string", 7, 8, 'S', "S"),
    /** numpy's {@code <U…}: elements are {@link String}. */
    UNICODE("str", "string", 7, 8, 'U', "U"),
    /** numpy's object arrays: elements are the language's values. */
    OBJECT("object", "object", 0, 8, 'O', "O");

    private final String tfName;
    private final String typeName;
    private final int tfNumber;
    private final int bytes;
    private final char kind;
    private final String code;

    DType(String tfName, String typeName, int tfNumber, int bytes, char kind, String code) {
        this.tfName = tfName;
        this.typeName = typeName;
        this.tfNumber = tfNumber;
        this.bytes = bytes;
        this.kind = kind;
        this.code = code;
    }

    /** TensorFlow's Python name: {@code float32}, {@code bool}, {@code string}. */
    public String tfName() {
        return tfName;
    }

    /** The name in TensorFlow's C++ messages: {@code float}, {@code double}, {@code half}, {@code int32}. */
    public String typeName() {
        return typeName;
    }

    /** numpy's name, as {@code dtype.name} gives it without a width: {@code float32}, {@code bool}, {@code str}, {@code bytes}, {@code object}. */
    public String numpyName() {
        return this == STRING ? "bytes" : tfName;
    }

    /** The number in TensorFlow's DataType enumeration (DT_FLOAT is 1); 0 for types that TensorFlow lacks. */
    public int tfNumber() {
        return tfNumber;
    }

    /** The type with TensorFlow's DataType number {@code number}; reference types (100 more) count as their base type. */
    public static Optional<DType> ofTfNumber(int number) {
        int base = number > 100 ? number - 100 : number;
        for (DType t : values()) {
            if (t.tfNumber == base && base != 0) {
                return Optional.of(t);
            }
        }
        return Optional.empty();
    }

    /** The type with TensorFlow's Python name {@code name}. */
    public static Optional<DType> ofTfName(String name) {
        for (DType t : values()) {
            if (t.tfName.equals(name) && t.tfNumber != 0 && t != UNICODE) {
                return Optional.of(t);
            }
        }
        return Optional.empty();
    }

    /** Bytes an element takes in memory and in files; 8 (a reference) for strings and objects. */
    public int byteSize() {
        return bytes;
    }

    /** numpy's kind letter: f, i, u, b, c, S, U or O. */
    public char kind() {
        return kind;
    }

    /** numpy's type code without byte order: {@code f4}, {@code i8}, {@code b1}. */
    public String code() {
        return code;
    }

    public boolean isFloating() {
        return kind == 'f';
    }

    /** Signed or unsigned integers; not BOOL. */
    public boolean isInteger() {
        return kind == 'i' || kind == 'u';
    }

    public boolean isUnsigned() {
        return kind == 'u';
    }

    public boolean isComplex() {
        return kind == 'c';
    }

    /** Integers, floating and complex numbers; not BOOL. */
    public boolean isNumeric() {
        return isFloating() || isInteger() || isComplex();
    }

    /** STRING, UNICODE and OBJECT: elements are Java objects. */
    public boolean isReference() {
        return kind == 'S' || kind == 'U' || kind == 'O';
    }

    /** Array slots that an element takes in its Java array: 2 for complex types, else 1. */
    int slots() {
        return isComplex() ? 2 : 1;
    }

    /**
     * numpy's promotion of two array types ({@code np.promote_types}): the smallest type that holds the values of both.
     *
     * @return the common type; OBJECT if either is OBJECT, UNICODE if a string meets a number
     */
    public static DType promote(DType a, DType b) {
        if (a == b) {
            return a;
        }
        if (a == OBJECT || b == OBJECT) {
            return OBJECT;
        }
        if (a.isReference() || b.isReference()) {
            return a == UNICODE || b == UNICODE ? UNICODE : STRING;
        }
        if (a == BOOL) {
            return b;
        }
        if (b == BOOL) {
            return a;
        }
        if (a.isComplex() || b.isComplex()) {
            return a == COMPLEX128 || b == COMPLEX128 || neededFloat(a) == FLOAT64 || neededFloat(b) == FLOAT64
                    ? COMPLEX128 : COMPLEX64;
        }
        if (a.isFloating() || b.isFloating()) {
            DType fa = neededFloat(a);
            DType fb = neededFloat(b);
            return fa.bytes >= fb.bytes ? fa : fb;
        }
        if (a.kind == b.kind) {
            return a.bytes >= b.bytes ? a : b;
        }
        DType signed = a.kind == 'i' ? a : b;
        DType unsigned = a.kind == 'i' ? b : a;
        if (signed.bytes > unsigned.bytes) {
            return signed;
        }
        return switch (unsigned) {
            case UINT8 -> INT16;
            case UINT16 -> INT32;
            case UINT32 -> INT64;
            default -> FLOAT64;
        };
    }

    /** The smallest floating type that holds the values (of the real part) of {@code t} as numpy sees it. */
    private static DType neededFloat(DType t) {
        return switch (t) {
            case FLOAT16, INT8, UINT8, BOOL -> FLOAT16;
            case FLOAT32, INT16, UINT16, COMPLEX64 -> FLOAT32;
            default -> FLOAT64;
        };
    }
}
