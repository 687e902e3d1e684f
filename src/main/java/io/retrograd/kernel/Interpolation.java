package io.retrograd.kernel;

import io.retrograd.tensor.NdArray;

/** Images of another size by cubic convolution (Keys 1981) and by areas, as TensorFlow 1 computes them. */
public final class Interpolation {
    /** Steps between two pixels for which TensorFlow keeps weights. */
    private static final int STEPS = 1 << 10;

    private Interpolation() {}

    /** Four neighbours on an axis and their weights. */
    private record Taps(int[] index, float[] weight) {}

    private static float near(double x, double a) {
        return (float) (((a + 2) * x - (a + 3)) * x * x + 1);
    }

    private static float far(double x, double a) {
        float next = (float) (x + 1);
        return (float) (((a * next - 5 * a) * next + 8 * a) * next - 4 * a);
    }

    private static Taps taps(int place, float scale, int size, boolean centers) {
        float at = centers ? (place + 0.5f) * scale - 0.5f : place * scale;
        int first = (int) Math.floor(at);
        int step = (int) Math.rint((at - first) * STEPS);
        double a = centers ? -0.5 : -0.75;
        double x = (double) step / STEPS;
        double rest = (double) (STEPS - step) / STEPS;
        float[] weight = {far(x, a), near(x, a), near(rest, a), far(rest, a)};
        int[] index = new int[4];
        float sum = 0;
        for (int i = 0; i < 4; i++) {
            index[i] = Math.min(size - 1, Math.max(0, first - 1 + i));
            if (centers && index[i] != first - 1 + i) {
                weight[i] = 0;
            }
            sum += weight[i];
        }
        if (centers && Math.abs(sum) >= 1000 * Float.MIN_NORMAL) {
            float inverse = 1 / sum;
            for (int i = 0; i < 4; i++) {
                weight[i] *= inverse;
            }
        }
        return new Taps(index, weight);
    }

    private static Taps[] axis(int places, int size, boolean align, boolean centers) {
        float scale = Resize.scale(size, places, align);
        Taps[] all = new Taps[places];
        for (int i = 0; i < places; i++) {
            all[i] = taps(i, scale, size, centers);
        }
        return all;
    }

    /** Cubic interpolation of images (batch, height, width, channels) into {@code out}. */
    public static void cubic(NdArray in, NdArray out, boolean align, boolean centers) {
        Taps[] rows = axis(out.dim(1), in.dim(1), align, centers);
        Taps[] columns = axis(out.dim(2), in.dim(2), align, centers);
        int channels = in.dim(3);
        int at = 0;
        for (int b = 0; b < out.dim(0); b++) {
            for (Taps row : rows) {
                for (Taps column : columns) {
                    for (int c = 0; c < channels; c++) {
                        float sum = 0;
                        for (int j = 0; j < 4; j++) {
                            float vertical = 0;
                            for (int i = 0; i < 4; i++) {
                                vertical += in.getFloat(((b * in.dim(1) + row.index[i]) * in.dim(2) + column.index[j]) * channels + c) * row.weight[i];
                            }
                            sum += vertical * column.weight[j];
                        }
                        out.setDouble(at++, sum);
                    }
                }
            }
        }
    }

    /** The gradient of {@link #cubic} with respect to its input, added up in {@code out}. */
    public static void cubicGradient(NdArray upstream, NdArray out, boolean align, boolean centers) {
        Taps[] rows = axis(upstream.dim(1), out.dim(1), align, centers);
        Taps[] columns = axis(upstream.dim(2), out.dim(2), align, centers);
        int channels = out.dim(3);
        int at = 0;
        for (int b = 0; b < upstream.dim(0); b++) {
            for (Taps row : rows) {
                for (Taps column : columns) {
                    for (int c = 0; c < channels; c++) {
                        double g = upstream.getDouble(at++);
                        for (int i = 0; i < 4; i++) {
                            for (int j = 0; j < 4; j++) {
                                int to = ((b * out.dim(1) + row.index[i]) * out.dim(2) + column.index[j]) * channels + c;
                                out.setDouble(to, out.getDouble(to) + g * row.weight[i] * column.weight[j]);
                            }
                        }
                    }
                }
            }
        }
    }

    /** The mean over the area that a pixel of {@code out} covers in {@code in}. */
    public static void area(NdArray in, NdArray out, boolean align) {
        float sy = Resize.scale(in.dim(1), out.dim(1), align);
        float sx = Resize.scale(in.dim(2), out.dim(2), align);
        float scale = 1f / (sy * sx);
        int channels = in.dim(3);
        int at = 0;
        for (int b = 0; b < out.dim(0); b++) {
            for (int y = 0; y < out.dim(1); y++) {
                for (int x = 0; x < out.dim(2); x++) {
                    for (int c = 0; c < channels; c++) {
                        float sum = 0;
                        for (int i = (int) Math.floor(y * sy); i < (int) Math.ceil((y + 1) * sy); i++) {
                            float row = 0;
                            for (int j = (int) Math.floor(x * sx); j < (int) Math.ceil((x + 1) * sx); j++) {
                                int r = Math.min(in.dim(1) - 1, i);
                                int q = Math.min(in.dim(2) - 1, j);
                                row += in.getFloat(((b * in.dim(1) + r) * in.dim(2) + q) * channels + c) * share(j, x * sx, (x + 1) * sx, sx);
                            }
                            sum += row * share(i, y * sy, (y + 1) * sy, sy);
                        }
                        out.setDouble(at++, sum * scale);
                    }
                }
            }
        }
    }

    /** How much of pixel i lies between two places. */
    private static float share(int i, float from, float to, float scale) {
        return i < from ? (i + 1 > to ? scale : i + 1 - from) : (i + 1 > to ? to - i : 1);
    }
}
