package io.retrograd.kernel;

import io.retrograd.tensor.NdArray;

/** Images of another size, as TensorFlow 1 resizes them: pixel corners, or centres on demand, lie on each other. */
public final class Resize {
    private Resize() {}

    static float scale(int in, int out, boolean alignCorners) {
        return alignCorners && out > 1 ? (in - 1) / (float) (out - 1) : in / (float) out;
    }

    private static float place(int i, float scale, boolean centers) {
        return centers ? (i + 0.5f) * scale - 0.5f : i * scale;
    }

    /** Bilinear interpolation of images (batch, height, width, channels) into {@code out}, a float32 array. */
    public static void bilinear(NdArray in, NdArray out, boolean alignCorners, boolean centers) {
        int height = in.dim(1);
        int width = in.dim(2);
        int channels = in.dim(3);
        float sy = scale(height, out.dim(1), alignCorners);
        float sx = scale(width, out.dim(2), alignCorners);
        float[] to = out.floats();
        int at = 0;
        for (int b = 0; b < out.dim(0); b++) {
            for (int y = 0; y < out.dim(1); y++) {
                float fy = place(y, sy, centers);
                int top = Math.max((int) Math.floor(fy), 0);
                int bottom = Math.min((int) Math.floor(fy) + 1, height - 1);
                float wy = fy - (float) Math.floor(fy);
                for (int x = 0; x < out.dim(2); x++) {
                    float fx = place(x, sx, centers);
                    int left = Math.max((int) Math.floor(fx), 0);
                    int right = Math.min((int) Math.floor(fx) + 1, width - 1);
                    float wx = fx - (float) Math.floor(fx);
                    for (int c = 0; c < channels; c++) {
                        float tl = in.getFloat(((b * height + top) * width + left) * channels + c);
                        float tr = in.getFloat(((b * height + top) * width + right) * channels + c);
                        float bl = in.getFloat(((b * height + bottom) * width + left) * channels + c);
                        float br = in.getFloat(((b * height + bottom) * width + right) * channels + c);
                        float upper = tl + (tr - tl) * wx;
                        float lower = bl + (br - bl) * wx;
                        to[at++] = upper + (lower - upper) * wy;
                    }
                }
            }
        }
    }

    /** The gradient of {@link #bilinear} with respect to its input, added up in {@code out}. */
    public static void bilinearGradient(NdArray upstream, NdArray out, boolean alignCorners, boolean centers) {
        int height = out.dim(1);
        int width = out.dim(2);
        int channels = out.dim(3);
        float sy = scale(height, upstream.dim(1), alignCorners);
        float sx = scale(width, upstream.dim(2), alignCorners);
        int at = 0;
        for (int b = 0; b < upstream.dim(0); b++) {
            for (int y = 0; y < upstream.dim(1); y++) {
                float fy = place(y, sy, centers);
                int top = Math.max((int) Math.floor(fy), 0);
                int bottom = Math.min((int) Math.floor(fy) + 1, height - 1);
                float wy = fy - (float) Math.floor(fy);
                for (int x = 0; x < upstream.dim(2); x++) {
                    float fx = place(x, sx, centers);
                    int left = Math.max((int) Math.floor(fx), 0);
                    int right = Math.min((int) Math.floor(fx) + 1, width - 1);
                    float wx = fx - (float) Math.floor(fx);
                    for (int c = 0; c < channels; c++, at++) {
                        double g = upstream.getDouble(at);
                        add(out, ((b * height + top) * width + left) * channels + c, g * (1 - wy) * (1 - wx));
                        add(out, ((b * height + top) * width + right) * channels + c, g * (1 - wy) * wx);
                        add(out, ((b * height + bottom) * width + left) * channels + c, g * wy * (1 - wx));
                        add(out, ((b * height + bottom) * width + right) * channels + c, g * wy * wx);
                    }
                }
            }
        }
    }

    private static void add(NdArray out, int i, double v) {
        out.setDouble(i, out.getDouble(i) + v);
    }

    /** The row or column of the input that is nearest to place i of the output. */
    private static int nearest(int i, float scale, int size, boolean alignCorners, boolean centers) {
        float at = centers ? (i + 0.5f) * scale : i * scale;
        return Math.min(alignCorners ? Math.round(at) : (int) Math.floor(at), size - 1);
    }

    /** Nearest neighbours of images (batch, height, width, channels). */
    public static void nearest(NdArray in, NdArray out, boolean alignCorners, boolean centers) {
        int channels = in.dim(3);
        float sy = scale(in.dim(1), out.dim(1), alignCorners);
        float sx = scale(in.dim(2), out.dim(2), alignCorners);
        int at = 0;
        for (int b = 0; b < out.dim(0); b++) {
            for (int y = 0; y < out.dim(1); y++) {
                int row = b * in.dim(1) + nearest(y, sy, in.dim(1), alignCorners, centers);
                for (int x = 0; x < out.dim(2); x++, at += channels) {
                    int from = (row * in.dim(2) + nearest(x, sx, in.dim(2), alignCorners, centers)) * channels;
                    Blocks.copy(in, from, out, at, channels);
                }
            }
        }
    }

    /** The gradient of {@link #nearest}, added up in {@code out}. */
    public static void nearestGradient(NdArray upstream, NdArray out, boolean alignCorners, boolean centers) {
        int channels = out.dim(3);
        float sy = scale(out.dim(1), upstream.dim(1), alignCorners);
        float sx = scale(out.dim(2), upstream.dim(2), alignCorners);
        int at = 0;
        for (int b = 0; b < upstream.dim(0); b++) {
            for (int y = 0; y < upstream.dim(1); y++) {
                int row = b * out.dim(1) + nearest(y, sy, out.dim(1), alignCorners, centers);
                for (int x = 0; x < upstream.dim(2); x++, at += channels) {
                    int to = (row * out.dim(2) + nearest(x, sx, out.dim(2), alignCorners, centers)) * channels;
                    Blocks.add(upstream, at, out, to, channels);
                }
            }
        }
    }
}
