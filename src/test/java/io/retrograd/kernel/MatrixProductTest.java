package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Each way to multiply matrices gives the sums of the definition, for factors as they are and transposed. */
final class MatrixProductTest {
    private static final double TOLERANCE = 2e-5;

    /** Factors that begin somewhere in their arrays, as the matrices of a batch do. */
    private static final class Problem {
        final int m;
        final int n;
        final int k;
        final boolean ta;
        final boolean tb;
        final int aAt;
        final int bAt;
        final int cAt;
        final float[] a;
        final float[] b;

        Problem(Random r, int most) {
            m = size(r, most);
            n = size(r, most);
            k = size(r, most);
            ta = r.nextBoolean();
            tb = r.nextBoolean();
            aAt = r.nextInt(3);
            bAt = r.nextInt(3);
            cAt = r.nextInt(3);
            a = numbers(r, aAt + m * k + r.nextInt(3));
            b = numbers(r, bAt + n * k + r.nextInt(3));
        }

        private static int size(Random r, int most) {
            return r.nextInt(4) == 0 ? 1 + r.nextInt(9) : 1 + r.nextInt(most);
        }

        private static float[] numbers(Random r, int n) {
            float[] x = new float[n];
            for (int i = 0; i < n; i++) {
                x[i] = (r.nextInt(2001) - 1000) / 1000f;
            }
            return x;
        }

        double entry(int i, int j) {
            double s = 0;
            for (int l = 0; l < k; l++) {
                s += (double) a[aAt + (ta ? l * m + i : i * k + l)] * b[bAt + (tb ? j * k + l : l * n + j)];
            }
            return s;
        }

        float[] product(Kernels.Path path, int threads) {
            float[] c = new float[cAt + m * n + 1];
            MatrixProduct.floats(
                    new Kernels(path, line -> { }), threads, new MatrixProduct.FloatFactor(a, aAt, ta),
                    new MatrixProduct.FloatFactor(b, bAt, tb), c, cAt, m, n, k, () -> { });
            assertEquals(0, c[cAt + m * n], "behind the product");
            return c;
        }
    }

    @Property(tries = 400)
    void everyPathMultiplies(@ForAll long seed, @ForAll Kernels.Path path) {
        Problem p = new Problem(new Random(seed), 70);
        float[] c = p.product(path, 1);
        for (int i = 0; i < p.m; i++) {
            for (int j = 0; j < p.n; j++) {
                assertEquals(p.entry(i, j), c[p.cAt + i * p.n + j], TOLERANCE, i + ", " + j);
            }
        }
    }

    @Property(tries = 200)
    void everyPathMultipliesDoubles(@ForAll long seed, @ForAll Kernels.Path path) {
        Problem p = new Problem(new Random(seed), 40);
        double[] a = new double[p.a.length];
        double[] b = new double[p.b.length];
        for (int i = 0; i < a.length; i++) {
            a[i] = p.a[i];
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = p.b[i];
        }
        double[] c = new double[p.cAt + p.m * p.n + 1];
        MatrixProduct.doubles(
                new Kernels(path, line -> { }), 2, new MatrixProduct.DoubleFactor(a, p.aAt, p.ta),
                new MatrixProduct.DoubleFactor(b, p.bAt, p.tb), c, p.cAt, p.m, p.n, p.k, () -> { });
        for (int i = 0; i < p.m; i++) {
            for (int j = 0; j < p.n; j++) {
                assertEquals(p.entry(i, j), c[p.cAt + i * p.n + j], 1e-12, i + ", " + j);
            }
        }
    }

    /** Large enough to be cut into tiles, and for OpenBLAS by size. */
    @Property(tries = 24)
    void tilesAndThreadsChangeNothing(@ForAll long seed, @ForAll Kernels.Path path) {
        Random r = new Random(seed);
        Problem p = new Problem(r, 400);
        float[] c = p.product(path, 1);
        assertArrayEquals(c, p.product(path, 3));
        for (int t = 0; t < 200; t++) {
            int i = r.nextInt(p.m);
            int j = r.nextInt(p.n);
            assertEquals(p.entry(i, j), c[p.cAt + i * p.n + j], 1e-4, i + ", " + j);
        }
    }
}
