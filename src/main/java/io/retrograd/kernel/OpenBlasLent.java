package io.retrograd.kernel;

import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * OpenBLAS through netlib's binding, which lends it the heap's arrays for the time of a call (JNI's critical regions)
 * and so copies nothing. It is there for Linux only.
 */
final class OpenBlasLent implements BlockProduct {
    /** Where netlib looks for the name of the library to load. */
    private static final String LIBRARY = "dev.ludovic.netlib.blas.nativeLibPath";

    private static final String BINDING = "libnetlibblasjni.so";
    private static final String AS_IS = "N";
    private static final String TRANSPOSED = "T";

    private final MethodHandle single;
    private final MethodHandle twice;

    private OpenBlasLent(MethodHandle single, MethodHandle twice) {
        this.single = single;
        this.twice = twice;
    }

    /**
     * The binding on the library of that file, if it is for this machine.
     *
     * @param library the one that is loaded already, so that it works on one thread as was told to it
     */
    static Optional<BlockProduct> find(Path library) {
        boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
        if (!linux || !Files.exists(library)) {
            return Optional.empty();
        }
        String before = System.setProperty(LIBRARY, library.toString());
        try {
            // By reflection: netlib's own ways in try other bindings and warn on stderr, and refuse blocks whose last row
            // ends with the array.
            Class<?> binding = Class.forName(NativeBLAS.class.getPackageName() + ".JNIBLAS");
            Method instance = binding.getDeclaredMethod("getInstance");
            instance.setAccessible(true);
            Object blas = instance.invoke(null);
            OpenBlasLent lent = new OpenBlasLent(product(blas, "sgemmK", float.class), product(blas, "dgemmK", double.class));
            return lent.works() ? Optional.of(lent) : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError | AssertionError refused) {
            // No library for this processor, or a folder that programs may not run from: blocks are copied then.
            return Optional.empty();
        } finally {
            if (before == null) {
                System.clearProperty(LIBRARY);
            } else {
                System.setProperty(LIBRARY, before);
            }
            removeCopy();
        }
    }

    private static MethodHandle product(Object blas, String name, Class<?> number) throws ReflectiveOperationException {
        Class<?> array = number.arrayType();
        Method method = blas.getClass().getDeclaredMethod(
                name, String.class, String.class, int.class, int.class, int.class, number, array, int.class, int.class, array,
                int.class, int.class, number, array, int.class, int.class);
        method.setAccessible(true);
        return MethodHandles.lookup().unreflect(method).bindTo(blas);
    }

    private boolean works() {
        float[] c = {0};
        floats(false, false, 1, 1, 2, new float[] {2, 3}, 0, 2, new float[] {5, 7}, 0, 1, false, c, 0, 1, null);
        return c[0] == 31;
    }

    /** netlib loads a copy of its binding from the folder for temporary files and leaves it there if Java is halted. */
    private static void removeCopy() {
        try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
            Optional<String> copy = mapped.filter(line -> line.contains(BINDING)).findFirst();
            if (copy.isPresent()) {
                Files.deleteIfExists(Path.of(copy.get().substring(copy.get().indexOf('/'))));
            }
        } catch (IOException | RuntimeException kept) {
            // It is removed when Java ends in the ordinary way.
        }
    }

    // Fortran's matrices lie in columns: what it takes for A B is our B A.

    @Override
    public void floats(
            boolean ta, boolean tb, int m, int n, int k, float[] a, int aAt, int aStride, float[] b, int bAt, int bStride,
            boolean add, float[] c, int cAt, int cStride, ProductCall call) {
        String right = tb ? TRANSPOSED : AS_IS;
        String left = ta ? TRANSPOSED : AS_IS;
        try {
            single.invokeExact(
                    right, left, n, m, k, 1f, b, bAt, bStride, a, aAt, aStride, add ? 1f : 0f, c,
                    cAt, cStride);
        } catch (Throwable failure) {
            throw OpenBlasDirect.rethrown(failure);
        }
    }

    @Override
    public void doubles(
            boolean ta, boolean tb, int m, int n, int k, double[] a, int aAt, int aStride, double[] b, int bAt, int bStride,
            boolean add, double[] c, int cAt, int cStride) {
        String right = tb ? TRANSPOSED : AS_IS;
        String left = ta ? TRANSPOSED : AS_IS;
        try {
            twice.invokeExact(
                    right, left, n, m, k, 1d, b, bAt, bStride, a, aAt, aStride, add ? 1d : 0d, c,
                    cAt, cStride);
        } catch (Throwable failure) {
            throw OpenBlasDirect.rethrown(failure);
        }
    }
}
