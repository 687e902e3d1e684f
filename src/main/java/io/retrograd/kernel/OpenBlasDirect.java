package io.retrograd.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.Optional;

/**
 * OpenBLAS by the foreign-function API of Java 22 and newer, which lends it heap arrays without copying them. The API
 * is reached by method handles, since this is compiled for Java 17.
 */
final class OpenBlasDirect implements BlockProduct {
    private static final int FIRST_VERSION = 22;
    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;

    private final MethodHandle single;
    private final MethodHandle twice;

    private OpenBlasDirect(MethodHandle single, MethodHandle twice) {
        this.single = single;
        this.twice = twice;
    }

    /** Looks the loaded library's functions up, where this Java can call them. */
    static Optional<BlockProduct> find() {
        if (Runtime.version().feature() < FIRST_VERSION) {
            return Optional.empty();
        }
        try {
            Foreign foreign = new Foreign();
            return Optional.of(new OpenBlasDirect(
                    foreign.product("cblas_sgemm", float.class), foreign.product("cblas_dgemm", double.class)));
        } catch (Throwable refused) {
            // Native access may be forbidden to us; bytedeco's binding is there already.
            return Optional.empty();
        }
    }

    /** java.lang.foreign, as far as it is needed. */
    private static final class Foreign {
        private final MethodHandles.Lookup lookup = MethodHandles.lookup();
        private final Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        private final Class<?> layout = Class.forName("java.lang.foreign.MemoryLayout");
        private final Class<?> values = Class.forName("java.lang.foreign.ValueLayout");
        private final Class<?> descriptor = Class.forName("java.lang.foreign.FunctionDescriptor");
        private final Class<?> linker = Class.forName("java.lang.foreign.Linker");
        private final Class<?> option = Class.forName("java.lang.foreign.Linker$Option");
        private final Class<?> symbols = Class.forName("java.lang.foreign.SymbolLookup");

        Foreign() throws ClassNotFoundException {}

        /** C = alpha A B + beta C as a handle on arrays and positions in them. */
        MethodHandle product(String name, Class<?> type) throws Throwable {
            Object integer = values.getField("JAVA_INT").get(null);
            Object number = values.getField(type == float.class ? "JAVA_FLOAT" : "JAVA_DOUBLE").get(null);
            Object address = values.getField("ADDRESS").get(null);
            Object[] arguments = {
                integer, integer, integer, integer, integer, integer, number, address, integer, address, integer, number, address,
                integer
            };
            Object layouts = Array.newInstance(layout, arguments.length);
            for (int i = 0; i < arguments.length; i++) {
                Array.set(layouts, i, arguments[i]);
            }
            Object signature = descriptor.getMethod("ofVoid", layouts.getClass()).invoke(null, layouts);
            Object options = Array.newInstance(option, 1);
            Array.set(options, 0, option.getMethod("critical", boolean.class).invoke(null, true));
            // By a handle, since the look-up asks for its caller's class loader.
            Object loaded = lookup.findStatic(symbols, "loaderLookup", MethodType.methodType(symbols)).invoke();
            Object symbol = ((Optional<?>) symbols.getMethod("find", String.class).invoke(loaded, name)).orElseThrow();
            Object here = linker.getMethod("nativeLinker").invoke(null);
            MethodHandle link = lookup.findVirtual(
                    linker, "downcallHandle", MethodType.methodType(MethodHandle.class, segment, descriptor, options.getClass()));
            MethodHandle call = (MethodHandle) link.asFixedArity().invoke(here, symbol, signature, options);
            MethodHandle part = part(type);
            for (int at : new int[] {12, 9, 7}) {
                call = MethodHandles.collectArguments(call, at, part);
            }
            return call;
        }

        /** (array, position) to the segment of the array that begins there. */
        private MethodHandle part(Class<?> type) throws ReflectiveOperationException {
            MethodHandle whole = lookup.findStatic(segment, "ofArray", MethodType.methodType(segment, type.arrayType()));
            MethodHandle slice = lookup.findVirtual(segment, "asSlice", MethodType.methodType(segment, long.class));
            MethodHandle offset = lookup.findStatic(
                    OpenBlasDirect.class, type == float.class ? "floatOffset" : "doubleOffset",
                    MethodType.methodType(long.class, int.class));
            return MethodHandles.filterArguments(slice, 0, whole, offset);
        }
    }

    private static long floatOffset(int at) {
        return (long) at * Float.BYTES;
    }

    private static long doubleOffset(int at) {
        return (long) at * Double.BYTES;
    }

    @Override
    public void floats(
            boolean ta, boolean tb, int m, int n, int k, float[] a, int aAt, int aStride, float[] b, int bAt, int bStride,
            boolean add, float[] c, int cAt, int cStride, ProductCall call) {
        try {
            single.invokeExact(
                    ROW_MAJOR, ta ? TRANSPOSED : AS_IS, tb ? TRANSPOSED : AS_IS, m, n, k, 1f, a, aAt, aStride, b, bAt, bStride,
                    add ? 1f : 0f, c, cAt, cStride);
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    @Override
    public void doubles(
            boolean ta, boolean tb, int m, int n, int k, double[] a, int aAt, int aStride, double[] b, int bAt, int bStride,
            boolean add, double[] c, int cAt, int cStride) {
        try {
            twice.invokeExact(
                    ROW_MAJOR, ta ? TRANSPOSED : AS_IS, tb ? TRANSPOSED : AS_IS, m, n, k, 1d, a, aAt, aStride, b, bAt, bStride,
                    add ? 1d : 0d, c, cAt, cStride);
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
}
