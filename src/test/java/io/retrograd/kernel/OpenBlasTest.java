package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assumptions;

/** However OpenBLAS is called, a product of blocks has the same bits, and nothing around the result is touched. */
final class OpenBlasTest {
    @Property(tries = 200)
    void allWaysToCallItAgree(@ForAll long seed) {
        Optional<BlockProduct> used = OpenBlas.product();
        Assumptions.assumeTrue(used.isPresent());
        OpenBlasCopying copying = OpenBlasCopying.load();
        Random r = new Random(seed);
        int m = 1 + r.nextInt(60);
        int n = 1 + r.nextInt(60);
        int k = 1 + r.nextInt(60);
        boolean ta = r.nextBoolean();
        boolean tb = r.nextBoolean();
        boolean add = r.nextBoolean();
        int aStride = (ta ? m : k) + r.nextInt(3);
        int bStride = (tb ? k : n) + r.nextInt(3);
        int cStride = n + r.nextInt(3);
        // No array is longer than its block needs: a block's last row may end with the array.
        float[] a = numbers(r, 5 + ((ta ? k : m) - 1) * aStride + (ta ? m : k));
        float[] b = numbers(r, 3 + ((tb ? n : k) - 1) * bStride + (tb ? k : n));
        float[] before = numbers(r, 2 + (m - 1) * cStride + n);
        ProductCall call = new ProductCall(Kernels.bySize(), false, false);
        float[] c = before.clone();
        float[] d = before.clone();
        used.get().floats(ta, tb, m, n, k, a, 5, aStride, b, 3, bStride, add, c, 2, cStride, call);
        copying.floats(ta, tb, m, n, k, a, 5, aStride, b, 3, bStride, add, d, 2, cStride, call);
        assertArrayEquals(d, c);
        double[] e = doubles(before);
        double[] f = doubles(before);
        used.get().doubles(ta, tb, m, n, k, doubles(a), 5, aStride, doubles(b), 3, bStride, add, e, 2, cStride);
        copying.doubles(ta, tb, m, n, k, doubles(a), 5, aStride, doubles(b), 3, bStride, add, f, 2, cStride);
        assertArrayEquals(f, e);
    }

    private static float[] numbers(Random r, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) r.nextGaussian();
        }
        return x;
    }

    private static double[] doubles(float[] from) {
        double[] to = new double[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i];
        }
        return to;
    }
}
