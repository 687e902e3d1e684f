package io.retrograd.kernel;

import io.retrograd.error.StopCheck;

/**
 * Pictures of another size, digit for digit as Pillow makes them: each new pixel is a weighted mean of those below the
 * filter's curve, first along the rows, then along the columns, in fixed point and rounded in between.
 */
public final class Resample {
    /** The curve that weighs the pixels around a new one, and how far it reaches in pixels of the larger raster. */
    public enum Filter {
        BOX(0.5) {
            @Override
            double weight(double x) {
                return x > -0.5 && x <= 0.5 ? 1 : 0;
            }
        },
        BILINEAR(1) {
            @Override
            double weight(double x) {
                double d = Math.abs(x);
                return d < 1 ? 1 - d : 0;
            }
        },
        HAMMING(1) {
            @Override
            double weight(double x) {
                double d = Math.abs(x);
                if (d == 0) {
                    return 1;
                }
                if (d >= 1) {
                    return 0;
                }
                d *= Math.PI;
                return Math.sin(d) / d * (0.54 + 0.46 * Math.cos(d));
            }
        },
        BICUBIC(2) {
            @Override
            double weight(double x) {
                double d = Math.abs(x);
                double a = -0.5;
                if (d < 1) {
                    return ((a + 2) * d - (a + 3)) * d * d + 1;
                }
                return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
            }
        },
        LANCZOS(3) {
            @Override
            double weight(double x) {
                return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
            }
        };

        private final double support;

        Filter(double support) {
            this.support = support;
        }

        abstract double weight(double x);

        private static double sinc(double x) {
            double d = x * Math.PI;
            return x == 0 ? 1 : Math.sin(d) / d;
        }
    }

    private static final int PRECISION_BITS = 32 - 8 - 2;

    /** For each new place the first old one and the weights from there on. */
    private record Weights(int[] first, double[][] of) {}

    private Resample() {}

    private static Weights weights(int in, double from, double to, int out, Filter filter) {
        double scale = (to - from) / out;
        double wide = Math.max(1, scale);
        double support = filter.support * wide;
        int[] first = new int[out];
        double[][] of = new double[out][];
        for (int i = 0; i < out; i++) {
            double center = from + (i + 0.5) * scale;
            int low = Math.max(0, (int) (center - support + 0.5));
            int high = Math.min(in, (int) (center + support + 0.5));
            double[] w = new double[Math.max(0, high - low)];
            double sum = 0;
            for (int x = 0; x < w.length; x++) {
                w[x] = filter.weight((x + low - center + 0.5) / wide);
                sum += w[x];
            }
            for (int x = 0; x < w.length && sum != 0; x++) {
                w[x] /= sum;
            }
            first[i] = low;
            of[i] = w;
        }
        return new Weights(first, of);
    }

    /**
     * Bytes, channels together.
     *
     * @param box left, top, right and bottom of the part to take, in pixels
     * @return {@code toHeight * toWidth * channels} bytes
     */
    public static byte[] bytes(
            byte[] in, int height, int width, int channels, double[] box, int toHeight, int toWidth, Filter filter) {
        byte[] rows = in;
        int rowWidth = width;
        if (toWidth != width || box[0] != 0 || box[2] != toWidth) {
            Weights w = weights(width, box[0], box[2], toWidth, filter);
            rows = new byte[height * toWidth * channels];
            rowWidth = toWidth;
            for (int x = 0; x < toWidth; x++) {
                StopCheck.ask();
                int[] k = fixed(w.of[x]);
                for (int y = 0; y < height; y++) {
                    for (int c = 0; c < channels; c++) {
                        rows[(y * toWidth + x) * channels + c] =
                                sum(in, (y * width + w.first[x]) * channels + c, channels, k);
                    }
                }
            }
        }
        if (toHeight == height && box[1] == 0 && box[3] == toHeight) {
            return rows == in ? in.clone() : rows;
        }
        Weights w = weights(height, box[1], box[3], toHeight, filter);
        byte[] out = new byte[toHeight * rowWidth * channels];
        int stride = rowWidth * channels;
        for (int y = 0; y < toHeight; y++) {
            StopCheck.ask();
            int[] k = fixed(w.of[y]);
            for (int i = 0; i < stride; i++) {
                out[y * stride + i] = sum(rows, w.first[y] * stride + i, stride, k);
            }
        }
        return out;
    }

    private static int[] fixed(double[] weights) {
        int[] k = new int[weights.length];
        for (int i = 0; i < k.length; i++) {
            k[i] = (int) (weights[i] * (1 << PRECISION_BITS) + (weights[i] < 0 ? -0.5 : 0.5));
        }
        return k;
    }

    private static byte sum(byte[] in, int at, int stride, int[] k) {
        int sum = 1 << PRECISION_BITS - 1;
        for (int i = 0; i < k.length; i++) {
            sum += (in[at + i * stride] & 0xff) * k[i];
        }
        return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
    }

    /** As {@link #bytes}, of numbers of one channel: whole ones, rounded after each step, or floats. */
    public static double[] numbers(
            double[] in, int height, int width, double[] box, int toHeight, int toWidth, Filter filter, boolean whole) {
        Weights across = weights(width, box[0], box[2], toWidth, filter);
        Weights down = weights(height, box[1], box[3], toHeight, filter);
        double[] rows = new double[height * toWidth];
        for (int y = 0; y < height; y++) {
            StopCheck.ask();
            for (int x = 0; x < toWidth; x++) {
                double sum = 0;
                for (int i = 0; i < across.of[x].length; i++) {
                    sum += in[y * width + across.first[x] + i] * across.of[x][i];
                }
                rows[y * toWidth + x] = whole ? rounded(sum) : (float) sum;
            }
        }
        double[] out = new double[toHeight * toWidth];
        for (int y = 0; y < toHeight; y++) {
            StopCheck.ask();
            for (int x = 0; x < toWidth; x++) {
                double sum = 0;
                for (int i = 0; i < down.of[y].length; i++) {
                    sum += rows[(down.first[y] + i) * toWidth + x] * down.of[y][i];
                }
                out[y * toWidth + x] = whole ? rounded(sum) : sum;
            }
        }
        return out;
    }

    private static double rounded(double v) {
        return v >= 0 ? Math.floor(v + 0.5) : -Math.floor(-v + 0.5);
    }

    /** Which old place a new one takes its value from, where no neighbours are mixed. */
    public static int[] nearest(int size, double from, double to, int toSize) {
        double scale = (to - from) / toSize;
        int[] places = new int[toSize];
        double at = from + scale * 0.5;
        for (int i = 0; i < toSize; i++) {
            places[i] = Math.max(0, Math.min(size - 1, (int) Math.floor(at)));
            at += scale;
        }
        return places;
    }
}
