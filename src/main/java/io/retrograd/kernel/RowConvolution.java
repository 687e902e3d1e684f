package io.retrograd.kernel;

import java.util.Arrays;

/**
 * Convolution on plain loops: patches of the images are laid out as rows of a matrix ("im2col"), one array for each
 * element of the filter, a block of pixels at a time so that it stays in cache, and multiplied by the filters with
 * {@link RowProduct}.
 */
final class RowConvolution {
    /** Output pixels worked on at a time: rows long enough for vectors, short enough for the first-level cache. */
    private static final int PIXELS = 256;

    /** Rows of the patch matrix at a time: 64 KB of floats with {@link #PIXELS}. */
    private static final int BLOCK = 64;

    /** Patches at a time in the gradient of the filters. */
    private static final int PATCHES = 32;

    /** Parts whose gradients of the filters are summed apart, then together in order. */
    private static final int PARTS = 8;

    private final int batch;
    private final Window rows;
    private final Window columns;
    private final int channels;
    private final int filters;
    private final int threads;
    private final Runnable poll;

    RowConvolution(int batch, Window rows, Window columns, int channels, int filters, int threads, Runnable poll) {
        this.batch = batch;
        this.rows = rows;
        this.columns = columns;
        this.channels = channels;
        this.filters = filters;
        this.threads = threads;
        this.poll = poll;
    }

    private int depth() {
        return rows.window() * columns.window() * channels;
    }

    private int inPixels() {
        return rows.in() * columns.in();
    }

    private int outPixels() {
        return rows.out() * columns.out();
    }

    /** Images that are taken together, so that small ones fill a row too. */
    private int group() {
        return Math.max(1, Math.min(batch, PIXELS / Math.max(1, outPixels())));
    }

    /** y = x convolved with w. */
    void forward(float[] x, float[] w, float[] y) {
        int group = group();
        Parallel.run((batch + group - 1) / group, threads, g -> {
            int first = g * group;
            forward(x, w, y, first, Math.min(group, batch - first));
        });
    }

    private void forward(float[] x, float[] w, float[] y, int first, int count) {
        float[][] planes = planes(x, first, count);
        int depth = depth();
        int pixels = count * outPixels();
        int width = Math.min(PIXELS, pixels);
        float[][] patches = new float[Math.min(BLOCK, depth)][width];
        float[][] sums = new float[filters][width];
        for (int from = 0; from < pixels; from += width) {
            poll.run();
            int n = Math.min(width, pixels - from);
            for (float[] row : sums) {
                Arrays.fill(row, 0, n, 0);
            }
            for (int k = 0; k < depth; k += BLOCK) {
                int size = Math.min(BLOCK, depth - k);
                gather(planes, patches, k, size, from, n);
                RowProduct.accumulate(sums, filters, w, k * filters, 1, filters, patches, size, n);
            }
            int at = (first * outPixels() + from) * filters;
            for (int f = 0; f < filters; f++) {
                float[] row = sums[f];
                for (int j = 0, p = at + f; j < n; j++, p += filters) {
                    y[p] = row[j];
                }
            }
        }
    }

    /** One array for each channel of each image. */
    private float[][] planes(float[] x, int first, int count) {
        int size = inPixels();
        float[][] planes = new float[count * channels][size];
        for (int i = 0; i < count; i++) {
            int at = (first + i) * size * channels;
            for (int c = 0; c < channels; c++) {
                float[] plane = planes[i * channels + c];
                for (int j = 0, p = at + c; j < size; j++, p += channels) {
                    plane[j] = x[p];
                }
            }
        }
        return planes;
    }

    /** What is done with a run of neighbours: {@code length} output pixels from {@code column} on, in one row of an image. */
    private interface Run {
        void visit(float[] plane, int inAt, float[] row, int column, int length);
    }

    /** Rows k to k + size of the patch matrix for n output pixels of the group. */
    private void gather(float[][] planes, float[][] patches, int k, int size, int from, int n) {
        int step = columns.stride();
        for (int q = 0; q < size; q++) {
            Arrays.fill(patches[q], 0, n, 0);
        }
        walk(planes, patches, k, size, from, n, (plane, inAt, row, column, length) -> {
            if (step == 1) {
                System.arraycopy(plane, inAt, row, column, length);
            } else {
                for (int j = 0, p = inAt; j < length; j++, p += step) {
                    row[column + j] = plane[p];
                }
            }
        });
    }

    /** Adds rows of the patch matrix to the pixels that they came from. */
    private void scatter(float[][] planes, float[][] patches, int k, int size, int from, int n) {
        int step = columns.stride();
        walk(planes, patches, k, size, from, n, (plane, inAt, row, column, length) -> {
            for (int j = 0, p = inAt; j < length; j++, p += step) {
                plane[p] += row[column + j];
            }
        });
    }

    private void walk(float[][] planes, float[][] patches, int k, int size, int from, int n, Run run) {
        int outWidth = columns.out();
        int perImage = outPixels();
        for (int done = 0; done < n; ) {
            int pixel = from + done;
            int image = pixel / perImage;
            int oy = pixel % perImage / outWidth;
            int ox = pixel % outWidth;
            int length = Math.min(outWidth - ox, n - done);
            for (int q = 0; q < size; q++) {
                int tap = (k + q) / channels;
                int ky = tap / columns.window();
                int kx = tap % columns.window();
                int iy = rows.at(oy, ky);
                if (iy < 0 || iy >= rows.in()) {
                    continue;
                }
                int begin = Math.max(ox, columns.firstInside(kx));
                int end = Math.min(ox + length, columns.endInside(kx));
                if (begin < end) {
                    float[] plane = planes[image * channels + (k + q) % channels];
                    run.visit(plane, iy * columns.in() + columns.at(begin, kx), patches[q], done + begin - ox, end - begin);
                }
            }
            done += length;
        }
    }

    /** The gradient by the images: dx from dy and the filters. */
    void backwardInput(float[] w, float[] dy, float[] dx) {
        int group = group();
        Parallel.run((batch + group - 1) / group, threads, g -> {
            int first = g * group;
            backwardInput(w, dy, dx, first, Math.min(group, batch - first));
        });
    }

    private void backwardInput(float[] w, float[] dy, float[] dx, int first, int count) {
        int size = inPixels();
        float[][] planes = new float[count * channels][size];
        int depth = depth();
        int pixels = count * outPixels();
        int width = Math.max(1, Math.min(PIXELS, pixels));
        float[][] patches = new float[Math.min(BLOCK, depth)][width];
        float[][] back = new float[filters][width];
        for (int from = 0; from < pixels; from += width) {
            poll.run();
            int n = Math.min(width, pixels - from);
            int at = (first * outPixels() + from) * filters;
            for (int f = 0; f < filters; f++) {
                float[] row = back[f];
                for (int j = 0, p = at + f; j < n; j++, p += filters) {
                    row[j] = dy[p];
                }
            }
            for (int k = 0; k < depth; k += BLOCK) {
                int rowsNow = Math.min(BLOCK, depth - k);
                for (int q = 0; q < rowsNow; q++) {
                    Arrays.fill(patches[q], 0, n, 0);
                }
                RowProduct.accumulate(patches, rowsNow, w, k * filters, filters, 1, back, filters, n);
                scatter(planes, patches, k, rowsNow, from, n);
            }
        }
        for (int i = 0; i < count; i++) {
            int at = (first + i) * size * channels;
            for (int c = 0; c < channels; c++) {
                float[] plane = planes[i * channels + c];
                for (int j = 0, p = at + c; j < size; j++, p += channels) {
                    dx[p] = plane[j];
                }
            }
        }
    }

    /** The gradient by the filters: dw from the images and dy. */
    void backwardFilter(float[] x, float[] dy, float[] dw) {
        int depth = depth();
        boolean deep = depth > filters;
        int parts = Math.max(1, Math.min(PARTS, batch));
        float[][][] sums = new float[parts][][];
        Parallel.run(parts, threads, part -> {
            float[][] sum = deep ? new float[filters][depth] : new float[depth][filters];
            int from = (int) ((long) batch * part / parts);
            int to = (int) ((long) batch * (part + 1) / parts);
            backwardFilter(x, dy, sum, deep, from, to);
            sums[part] = sum;
        });
        for (int k = 0; k < depth; k++) {
            for (int f = 0; f < filters; f++) {
                double s = 0;
                for (float[][] sum : sums) {
                    s += deep ? sum[f][k] : sum[k][f];
                }
                dw[k * filters + f] = (float) s;
            }
        }
    }

    private void backwardFilter(float[] x, float[] dy, float[][] sum, boolean deep, int firstImage, int endImage) {
        int depth = depth();
        int perImage = outPixels();
        int end = endImage * perImage;
        float[][] rowsNow = new float[PATCHES][deep ? depth : filters];
        float[] flat = deep ? null : new float[PATCHES * depth];
        for (int from = firstImage * perImage; from < end; from += PATCHES) {
            int n = Math.min(PATCHES, end - from);
            for (int j = 0; j < n; j++) {
                if (deep) {
                    patch(x, from + j, rowsNow[j], 0);
                } else {
                    patch(x, from + j, flat, j * depth);
                    System.arraycopy(dy, (from + j) * filters, rowsNow[j], 0, filters);
                }
            }
            if (deep) {
                RowProduct.accumulate(sum, filters, dy, from * filters, 1, filters, rowsNow, n, depth);
            } else {
                RowProduct.accumulate(sum, depth, flat, 0, 1, depth, rowsNow, n, filters);
            }
            poll.run();
        }
    }

    /** The patch under the filter at one output pixel of the batch, in the order of the filter's elements. */
    private void patch(float[] x, int pixel, float[] to, int at) {
        int perImage = outPixels();
        int image = pixel / perImage;
        int oy = pixel % perImage / columns.out();
        int ox = pixel % columns.out();
        int width = columns.window();
        for (int ky = 0; ky < rows.window(); ky++) {
            int iy = rows.at(oy, ky);
            int rowAt = at + ky * width * channels;
            if (iy < 0 || iy >= rows.in()) {
                Arrays.fill(to, rowAt, rowAt + width * channels, 0);
                continue;
            }
            int line = (image * rows.in() + iy) * columns.in();
            for (int kx = 0; kx < width; ) {
                int ix = columns.at(ox, kx);
                int put = rowAt + kx * channels;
                if (ix < 0 || ix >= columns.in()) {
                    Arrays.fill(to, put, put + channels, 0);
                    kx++;
                    continue;
                }
                int run = columns.dilation() == 1 ? Math.min(width - kx, columns.in() - ix) : 1;
                System.arraycopy(x, (line + ix) * channels, to, put, run * channels);
                kx += run;
            }
        }
    }
}
