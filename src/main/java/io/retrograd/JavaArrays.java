package io.retrograd;

import io.retrograd.lang.value.IntMath;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Arrays of numbers between Java's nested arrays and numpy's. */
final class JavaArrays {
    private JavaArrays() {}

    /** A nested array of numbers or booleans, copied; null if it holds anything else or its rows differ in length. */
    static NdArray read(Object array) {
        List<Integer> shape = new ArrayList<>();
        Class<?> leaf = array.getClass();
        Object first = array;
        while (leaf.isArray()) {
            int n = first == null ? 0 : Array.getLength(first);
            shape.add(n);
            first = n == 0 || leaf.getComponentType().isPrimitive() ? null : Array.get(first, 0);
            leaf = leaf.getComponentType();
        }
        if (!leaf.isPrimitive() || leaf == char.class) {
            return null;
        }
        int[] dims = shape.stream().mapToInt(Integer::intValue).toArray();
        NdArray made = NdArray.zeros(dtype(leaf), dims);
        return fill(array, dims, 0, made.data(), 0) < 0 ? null : made;
    }

    private static int fill(Object from, int[] dims, int depth, Object to, int at) {
        if (from == null || Array.getLength(from) != dims[depth]) {
            return -1;
        }
        if (depth == dims.length - 1) {
            System.arraycopy(from, 0, to, at, dims[depth]);
            return at + dims[depth];
        }
        int next = at;
        for (int i = 0; i < dims[depth] && next >= 0; i++) {
            next = fill(Array.get(from, i), dims, depth + 1, to, next);
        }
        return next;
    }

    static DType dtype(Class<?> primitive) {
        if (primitive == float.class) {
            return DType.FLOAT32;
        }
        if (primitive == double.class) {
            return DType.FLOAT64;
        }
        if (primitive == int.class) {
            return DType.INT32;
        }
        if (primitive == long.class) {
            return DType.INT64;
        }
        if (primitive == short.class) {
            return DType.INT16;
        }
        return primitive == byte.class ? DType.INT8 : DType.BOOL;
    }

    /** Nested arrays with the elements of a numpy array, or the one element of one without dimensions. */
    static Object write(NdArray a, UnaryOperator<Object> objects) {
        if (a.rank() == 0) {
            return element(a, 0, objects);
        }
        return rows(a.compact(), 0, new int[1], component(a.dtype()), objects);
    }

    private static Class<?> component(DType t) {
        return switch (t) {
            case FLOAT16, FLOAT32 -> float.class;
            case FLOAT64 -> double.class;
            case INT8 -> byte.class;
            case INT16, UINT8 -> short.class;
            case INT32, UINT16 -> int.class;
            case INT64, UINT32 -> long.class;
            case BOOL -> boolean.class;
            case UINT64 -> Object.class;
            case COMPLEX64, COMPLEX128 -> double[].class;
            case STRING -> byte[].class;
            case UNICODE -> String.class;
            case OBJECT, RESOURCE, VARIANT -> Object.class;
        };
    }

    private static Object rows(NdArray a, int depth, int[] at, Class<?> leaf, UnaryOperator<Object> objects) {
        int n = a.dim(depth);
        if (depth < a.rank() - 1) {
            Class<?> row = leaf;
            for (int i = depth + 1; i < a.rank(); i++) {
                row = row.arrayType();
            }
            Object all = Array.newInstance(row, n);
            for (int i = 0; i < n; i++) {
                Array.set(all, i, rows(a, depth + 1, at, leaf, objects));
            }
            return all;
        }
        Object row = Array.newInstance(leaf, n);
        if (leaf.isPrimitive() && a.data().getClass().getComponentType() == leaf && a.dtype() != DType.UINT8) {
            System.arraycopy(a.data(), a.offset() + at[0], row, 0, n);
        } else {
            for (int i = 0; i < n; i++) {
                Array.set(row, i, element(a, at[0] + i, objects));
            }
        }
        at[0] += n;
        return row;
    }

    private static Object element(NdArray a, int i, UnaryOperator<Object> objects) {
        return switch (a.dtype()) {
            case FLOAT16, FLOAT32 -> (Object) (float) a.getDouble(i);
            case FLOAT64 -> (Object) a.getDouble(i);
            case INT8 -> (Object) (byte) a.getLong(i);
            case INT16, UINT8 -> (Object) (short) a.getLong(i);
            case INT32, UINT16 -> (Object) (int) a.getLong(i);
            case INT64, UINT32 -> (Object) a.getLong(i);
            case UINT64 -> IntMath.normal(new BigInteger(Long.toUnsignedString(a.getLong(i))));
            case BOOL -> (Object) (a.getLong(i) != 0);
            case COMPLEX64, COMPLEX128 -> new double[] {a.getDouble(i), a.getImaginary(i)};
            case STRING -> ((byte[]) a.getObject(i)).clone();
            case UNICODE -> (String) a.getObject(i);
            case OBJECT, RESOURCE, VARIANT -> objects.apply(a.getObject(i));
        };
    }

}
