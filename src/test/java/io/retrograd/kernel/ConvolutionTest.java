package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The fast convolutions give what the definition gives, whatever the number of threads. */
final class ConvolutionTest {
    private static final double TOLERANCE = 2e-4;

    private record Problem(int batch, Window rows, Window columns, int channels, int filters) {
        static Problem random(Random r) {
            return new Problem(1 + r.nextInt(4), window(r), window(r), 1 + r.nextInt(5), 1 + r.nextInt(7));
        }

        /** Windows that move by single lines over images large enough, with a long line or with one channel. */
        static Problem forLines(Random r) {
            int size = 2 + r.nextInt(4);
            int dilation = 1 + r.nextInt(2);
            int in = (size - 1) * dilation + 12 + r.nextInt(12);
            Window rows = Window.of(in, size, 1, dilation, r.nextBoolean());
            int wide = 1 + r.nextInt(5);
            int columnDilation = 1 + r.nextInt(2);
            int across = (wide - 1) * columnDilation + 12 + r.nextInt(12);
            int channels = r.nextInt(3) == 0 ? 1 : 10 + r.nextInt(30);
            int stride = r.nextInt(4) == 0 ? 2 : 1;
            Window columns = Window.of(across, wide, stride, columnDilation, r.nextBoolean());
            return new Problem(1 + r.nextInt(3), rows, columns, channels, 1 + r.nextInt(20));
        }

        /** Windows as wide as the image, as in networks for text. */
        static Problem wide(Random r) {
            int size = 1 + r.nextInt(5);
            Window rows = Window.of(size + r.nextInt(30), size, 1 + r.nextInt(2), 1, r.nextBoolean());
            int wide = 1 + r.nextInt(40);
            return new Problem(1 + r.nextInt(4), rows, Window.of(wide, wide, 1, 1, false), 1 + r.nextInt(3), 1 + r.nextInt(20));
        }

        private static Window window(Random r) {
            int size = 1 + r.nextInt(4);
            int dilation = 1 + r.nextInt(2);
            int in = (size - 1) * dilation + 1 + r.nextInt(20);
            return Window.of(in, size, 1 + r.nextInt(3), dilation, r.nextBoolean());
        }

        int images() {
            return batch * rows.in() * columns.in() * channels;
        }

        int outputs() {
            return batch * rows.out() * columns.out() * filters;
        }

        int weights() {
            return rows.window() * columns.window() * channels * filters;
        }

        Convolution fast(Kernels.Path path, int threads) {
            Kernels kernels = new Kernels(path, line -> { });
            return new Convolution(batch, rows, columns, channels, filters, kernels, threads, () -> { });
        }

        PlainConvolution plain() {
            return new PlainConvolution(batch, rows, columns, channels, filters, false, () -> { });
        }
    }

    private static float[] numbers(Random r, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = r.nextFloat() * 2 - 1;
        }
        return x;
    }

    private static double[] wide(float[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i];
        }
        return y;
    }

    private static void same(double[] expected, float[] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], TOLERANCE, "element " + i);
        }
    }

    @Property(tries = 300)
    void fastIsPlain(@ForAll long seed, @ForAll Kernels.Path path) {
        Random r = new Random(seed);
        agree(Problem.random(r), r, path);
    }

    @Property(tries = 60)
    void linesArePlain(@ForAll long seed, @ForAll Kernels.Path path) {
        Random r = new Random(seed);
        agree(Problem.forLines(r), r, path);
    }

    @Property(tries = 60)
    void wideWindowsArePlain(@ForAll long seed, @ForAll Kernels.Path path) {
        Random r = new Random(seed);
        agree(Problem.wide(r), r, path);
    }

    private static void agree(Problem p, Random r, Kernels.Path path) {
        float[] x = numbers(r, p.images());
        float[] w = numbers(r, p.weights());
        float[] dy = numbers(r, p.outputs());
        double[] expected = new double[p.outputs()];
        p.plain().forward(wide(x), wide(w), expected);
        float[] y = new float[p.outputs()];
        p.fast(path, 1).forward(x, w, y);
        same(expected, y);
        double[] expectedX = new double[p.images()];
        p.plain().backwardInput(wide(w), wide(dy), expectedX);
        float[] dx = new float[p.images()];
        p.fast(path, 1).backwardInput(w, dy, dx);
        same(expectedX, dx);
        double[] expectedW = new double[p.weights()];
        p.plain().backwardFilter(wide(x), wide(dy), expectedW);
        float[] dw = new float[p.weights()];
        p.fast(path, 1).backwardFilter(x, dy, dw);
        same(expectedW, dw);
    }

    @Property(tries = 40)
    void threadsChangeNothing(@ForAll long seed, @ForAll Kernels.Path path) {
        Random r = new Random(seed);
        Problem p = Problem.random(r);
        float[] x = numbers(r, p.images());
        float[] w = numbers(r, p.weights());
        float[] dy = numbers(r, p.outputs());
        float[][] one = {new float[p.outputs()], new float[p.images()], new float[p.weights()]};
        float[][] three = {new float[p.outputs()], new float[p.images()], new float[p.weights()]};
        for (int i = 0; i < 2; i++) {
            Convolution c = p.fast(path, i == 0 ? 1 : 3);
            float[][] to = i == 0 ? one : three;
            c.forward(x, w, to[0]);
            c.backwardInput(w, dy, to[1]);
            c.backwardFilter(x, dy, to[2]);
        }
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(one[i], three[i]);
        }
    }
}
