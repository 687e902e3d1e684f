package io.retrograd.tensor;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.limit.Budget;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Makes the Java arrays behind NdArrays. Sizes are decided with long arithmetic before anything is allocated, and a
 * shortage is told in the words of the library whose call asked for the memory.
 */
public enum Allocation {
    /** Failures are TensorFlow's ResourceExhaustedError. */
    TENSORFLOW {
        @Override
        NnError shortage(DType dtype, long[] shape) {
            String dims = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
            return new NnError(ErrorKind.RESOURCE_EXHAUSTED_ERROR,
                    "OOM when allocating tensor with shape" + dims + " and type " + dtype.typeName()
                            + " on /job:localhost/replica:0/task:0/device:CPU:0 by allocator cpu");
        }
    },
    /** Failures are numpy's MemoryError. */
    NUMPY {
        @Override
        NnError shortage(DType dtype, long[] shape) {
            String dims = shape.length == 1 ? "(" + shape[0] + ",)"
                    : Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
            double bytes = dtype.byteSize();
            for (long d : shape) {
                bytes *= d;
            }
            return new NnError(ErrorKind.MEMORY_ERROR, "Unable to allocate " + humanBytes(bytes)
                    + " for an array with shape " + dims + " and data type " + dtype.numpyName());
        }
    };

    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    abstract NnError shortage(DType dtype, long[] shape);

    /** numpy's way to write a size: three digits, a binary unit. */
    private static String humanBytes(double bytes) {
        int unit = 0;
        while (bytes >= 1024 && unit < UNITS.length - 1) {
            bytes /= 1024;
            unit++;
        }
        if (unit == 0) {
            return String.format(Locale.ROOT, "%.0f %s", bytes, UNITS[0]);
        }
        int decimals = bytes < 10 ? 2 : bytes < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", bytes, UNITS[unit]);
    }

    /** The element count of {@code shape}; fails if it or its memory is more than this JVM can hold. */
    int checkedSize(DType dtype, long[] shape) {
        long n = 1;
        boolean empty = false;
        boolean tooMany = false;
        for (long d : shape) {
            empty |= d == 0;
            tooMany |= d != 0 && n > Long.MAX_VALUE / d;
            n = tooMany ? Long.MAX_VALUE : n * d;
        }
        if (empty) {
            return 0;
        }
        long width = dtype == DType.FLOAT16 ? 4 : dtype.byteSize();
        long bytes = tooMany || n > Long.MAX_VALUE / width ? Long.MAX_VALUE : n * width;
        Budget.require(bytes, () -> shortage(dtype, shape));
        if (tooMany || n * dtype.slots() > Integer.MAX_VALUE - 8 || bytes > Runtime.getRuntime().maxMemory()) {
            throw shortage(dtype, shape);
        }
        return (int) n;
    }

    /** Up to so many elements there is no doubt about memory. */
    private static final long SMALL = 1 << 12;

    /** As {@link #storage(DType, long[])}, without ado for small arrays. */
    Object storage(DType dtype, int[] shape) {
        long n = 1;
        for (int d : shape) {
            n *= d;
            if (n > SMALL) {
                return storage(dtype, Arrays.stream(shape).asLongStream().toArray());
            }
        }
        return array(dtype, (int) n);
    }

    /** A zeroed Java array for {@code shape}: the storage that {@link DType} describes. */
    Object storage(DType dtype, long[] shape) {
        int n = checkedSize(dtype, shape);
        try {
            Object made = array(dtype, n);
            Budget.hold(made, (long) n * dtype.byteSize());
            return made;
        } catch (OutOfMemoryError e) {
            throw shortage(dtype, shape);
        }
    }

    /** A zeroed Java array of {@code n} elements of {@code dtype}. */
    static Object array(DType dtype, int n) {
        return switch (dtype) {
            case FLOAT16, FLOAT32 -> new float[n];
            case FLOAT64 -> new double[n];
            case INT8, UINT8 -> new byte[n];
            case INT16, UINT16 -> new short[n];
            case INT32, UINT32 -> new int[n];
            case INT64, UINT64 -> new long[n];
            case BOOL -> new boolean[n];
            case COMPLEX64 -> new float[2 * n];
            case COMPLEX128 -> new double[2 * n];
            case STRING -> filled(n, new byte[0]);
            case UNICODE -> filled(n, "");
            case OBJECT, RESOURCE, VARIANT -> new Object[n];
        };
    }

    private static Object[] filled(int n, Object value) {
        Object[] a = new Object[n];
        Arrays.fill(a, value);
        return a;
    }
}
