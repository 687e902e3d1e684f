package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The fast poolings find the elements that the definition names: of equals the first in row-major order. */
final class PoolingTest {
    @Property(tries = 200)
    void fastIsPlain(@ForAll long seed) {
        Random r = new Random(seed);
        Window rows = window(r);
        Window columns = window(r);
        int batch = 1 + r.nextInt(3);
        int channels = 1 + r.nextInt(9);
        float[] x = new float[batch * rows.in() * columns.in() * channels];
        double[] wide = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            // Few different numbers, so that many are equal.
            x[i] = r.nextInt(6) - 3;
            wide[i] = x[i];
        }
        int size = batch * rows.out() * columns.out() * channels;
        int[] plain = plain(batch, rows, columns, channels, wide);
        int[] doubles = new int[size];
        new Pooling(batch, rows, columns, channels, 1, () -> { }).argMax(wide, doubles);
        assertArrayEquals(plain, doubles);
        for (int threads = 1; threads <= 3; threads += 2) {
            Pooling pooling = new Pooling(batch, rows, columns, channels, threads, () -> { });
            int[] where = new int[size];
            float[] most = new float[size];
            pooling.argMax(x, where);
            pooling.max(x, most);
            assertArrayEquals(plain, where);
            float[] dy = new float[size];
            float[] dx = new float[x.length];
            float[] expected = new float[x.length];
            for (int i = 0; i < size; i++) {
                assertEquals(x[plain[i]], most[i]);
                dy[i] = r.nextInt(9) - 4;
                expected[plain[i]] += dy[i];
            }
            Arrays.fill(dx, 7);
            pooling.maxBackward(x, dy, dx);
            assertArrayEquals(expected, dx);
        }
    }

    @Property(tries = 100)
    void meansOfFloatsAreThoseOfDoubles(@ForAll long seed, @ForAll boolean back) {
        Random r = new Random(seed);
        Window rows = window(r);
        Window columns = window(r);
        int batch = 1 + r.nextInt(3);
        int channels = 1 + r.nextInt(9);
        int inputs = batch * rows.in() * columns.in() * channels;
        int outputs = batch * rows.out() * columns.out() * channels;
        float[] from = new float[back ? outputs : inputs];
        double[] wide = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            from[i] = r.nextFloat();
            wide[i] = from[i];
        }
        float[] to = new float[back ? inputs : outputs];
        double[] plain = new double[to.length];
        for (int threads = 1; threads <= 3; threads += 2) {
            Arrays.fill(plain, 0);
            Pooling pooling = new Pooling(batch, rows, columns, channels, threads, () -> { });
            if (back) {
                pooling.meanBackward(from, to);
                pooling.meanBackward(wide, plain);
            } else {
                pooling.mean(from, to);
                pooling.mean(wide, plain);
            }
            for (int i = 0; i < to.length; i++) {
                assertEquals(plain[i], to[i], 1e-6 * Math.abs(plain[i]));
            }
        }
    }

    private static Window window(Random r) {
        int size = 1 + r.nextInt(6);
        return Window.of(size + r.nextInt(12), size, 1 + r.nextInt(3), 1, r.nextBoolean());
    }

    private static int[] plain(int batch, Window rows, Window columns, int channels, double[] x) {
        int[] where = new int[batch * rows.out() * columns.out() * channels];
        for (int i = 0; i < where.length; i++) {
            int k = i % channels;
            int ox = i / channels % columns.out();
            int oy = i / channels / columns.out() % rows.out();
            int b = i / channels / columns.out() / rows.out();
            int best = -1;
            for (int ky = 0; ky < rows.window(); ky++) {
                for (int kx = 0; kx < columns.window(); kx++) {
                    int iy = rows.at(oy, ky);
                    int ix = columns.at(ox, kx);
                    if (iy >= 0 && iy < rows.in() && ix >= 0 && ix < columns.in()) {
                        int in = ((b * rows.in() + iy) * columns.in() + ix) * channels + k;
                        best = best < 0 || x[in] > x[best] ? in : best;
                    }
                }
            }
            where[i] = best;
        }
        return where;
    }
}
