package io.retrograd.kernel;

import java.util.Arrays;

/**
 * The largest elements of windows along one line of an image. All rows under the windows become one, then all columns:
 * lines are copied into arrays of their own, shifted, so that each comparison is a loop with one index, which is
 * vectorised.
 */
final class MaxLine {
    private final Window rows;
    private final Window columns;
    private final int channels;
    /** A line with the padding that the windows reach into. */
    private final float[] line;
    private final float[] other;
    private final int count;

    MaxLine(Window rows, Window columns, int channels) {
        this.rows = rows;
        this.columns = columns;
        this.channels = channels;
        this.count = Math.max(0, (columns.out() - 1) * columns.stride() + columns.window()) * channels;
        this.line = new float[count];
        this.other = new float[count];
    }

    /**
     * Puts the maxima of output line {@code oy} into y from {@code to} on.
     *
     * @param top the image's first line, counted from the batch's first
     */
    void of(float[] x, int top, int oy, float[] y, int to) {
        if (count == 0 || columns.out() == 0) {
            return;
        }
        int from = columns.before() * channels;
        int width = Math.min(columns.in() * channels, count - from);
        int end = from + width;
        Arrays.fill(line, Float.NEGATIVE_INFINITY);
        Arrays.fill(other, 0, Math.min(from, count), Float.NEGATIVE_INFINITY);
        Arrays.fill(other, end, count, Float.NEGATIVE_INFINITY);
        int rowFrom = Math.max(0, rows.at(oy, 0));
        int rowTo = Math.min(rows.in(), rows.at(oy, 0) + rows.window());
        for (int r = rowFrom; r < rowTo; r++) {
            int at = (top + r) * columns.in() * channels;
            if (r == rowFrom) {
                System.arraycopy(x, at, line, from, width);
            } else {
                System.arraycopy(x, at, other, from, width);
                larger(line, other, end);
            }
        }
        int reach = count - (columns.window() - 1) * channels;
        if (columns.window() > 1) {
            System.arraycopy(line, 0, other, 0, count);
            for (int kx = 1; kx < columns.window(); kx++) {
                System.arraycopy(other, channels, other, 0, count - kx * channels);
                larger(line, other, reach);
            }
        }
        int step = columns.stride() * channels;
        for (int ox = 0; ox < columns.out(); ox++) {
            System.arraycopy(line, ox * step, y, to + ox * channels, channels);
        }
    }

    private static void larger(float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            a[i] = Math.max(a[i], b[i]);
        }
    }
}
