package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Many rows at a time, the columns at the edge have the bits that they have element by element. */
final class EdgeColumnsTest {
    @Property(tries = 150)
    void manyRowsAreOneByOne(@ForAll long seed) {
        Random r = new Random(seed);
        int m = 16 + r.nextInt(300);
        int n = 2 + r.nextInt(30);
        int k = 1 + r.nextInt(r.nextInt(4) == 0 ? 1200 : 120);
        boolean ta = r.nextBoolean();
        boolean tb = r.nextBoolean();
        float[] a = numbers(r, m * k);
        float[] b = numbers(r, n * k);
        for (int threads = 1; threads <= 3; threads += 2) {
            float[] c = new float[m * n];
            MatrixProduct.floats(
                    new Kernels(Kernels.Path.PLAIN, line -> { }), threads, new MatrixProduct.FloatFactor(a, 0, ta),
                    new MatrixProduct.FloatFactor(b, 0, tb), c, 0, m, n, k, () -> { });
            for (int t = 0; t < 400; t++) {
                int i = r.nextInt(m);
                int j = r.nextInt(n);
                float expected = SumOrder.element(a, ta ? i : i * k, ta ? m : 1, b, tb ? j * k : j, tb ? 1 : n, k, i, j, m, n);
                assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(c[i * n + j]), i + ", " + j);
            }
        }
    }

    private static float[] numbers(Random r, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = r.nextInt(20) == 0 ? -0f : (float) r.nextGaussian();
        }
        return x;
    }
}
