package io.retrograd.kernel;

import java.util.Arrays;

/** Lays the parts of images under a sliding window out as rows of a matrix ("im2col"), and adds them back. */
final class Patches {
    /** Runs shorter than this are copied by a loop: a call of arraycopy costs as much. */
    private static final int SHORT = 12;

    private final Window rows;
    private final Window columns;
    private final int channels;

    Patches(Window rows, Window columns, int channels) {
        this.rows = rows;
        this.columns = columns;
        this.channels = channels;
    }

    /** Elements of one patch, in the order of the filter's elements. */
    int depth() {
        return rows.window() * columns.window() * channels;
    }

    /** Places of the window in one image. */
    int perImage() {
        return rows.out() * columns.out();
    }

    /** Whether patches are the pixels themselves, so that nothing need be laid out. */
    boolean arePixels() {
        return rows.window() == 1 && columns.window() == 1 && rows.stride() == 1 && columns.stride() == 1
                && rows.before() == 0 && columns.before() == 0 && rows.out() == rows.in() && columns.out() == columns.in();
    }

    /** Puts {@code count} patches from place {@code from} of the batch into {@code to}, one after the other. */
    void gather(float[] x, int from, int count, float[] to) {
        int perImage = perImage();
        int depth = depth();
        int width = columns.window() * channels;
        for (int j = 0; j < count; j++) {
            int pixel = from + j;
            int image = pixel / perImage;
            int inside = pixel - image * perImage;
            int oy = inside / columns.out();
            int ox = inside - oy * columns.out();
            int left = columns.at(ox, 0);
            int clear = columns.dilation() == 1 ? Math.min(columns.window(), Math.max(0, -left)) : -1;
            int keep = Math.min(columns.window(), columns.in() - left);
            int at = j * depth;
            for (int ky = 0; ky < rows.window(); ky++, at += width) {
                int iy = rows.at(oy, ky);
                if (iy < 0 || iy >= rows.in()) {
                    Arrays.fill(to, at, at + width, 0);
                } else if (clear >= 0) {
                    line(x, ((image * rows.in() + iy) * columns.in() + left) * channels, to, at, clear, keep, width);
                } else {
                    dilated(x, (image * rows.in() + iy) * columns.in(), ox, to, at);
                }
            }
        }
    }

    /** One line of a patch: zeros before element {@code clear} and from element {@code keep} on. */
    private void line(float[] x, int p, float[] to, int at, int clear, int keep, int width) {
        int begin = clear * channels;
        int end = Math.max(begin, keep * channels);
        for (int i = 0; i < begin; i++) {
            to[at + i] = 0;
        }
        if (end - begin < SHORT) {
            for (int i = begin; i < end; i++) {
                to[at + i] = x[p + i];
            }
        } else {
            System.arraycopy(x, p + begin, to, at + begin, end - begin);
        }
        for (int i = end; i < width; i++) {
            to[at + i] = 0;
        }
    }

    private void dilated(float[] x, int line, int ox, float[] to, int at) {
        for (int kx = 0; kx < columns.window(); kx++) {
            int ix = columns.at(ox, kx);
            int put = at + kx * channels;
            if (ix < 0 || ix >= columns.in()) {
                Arrays.fill(to, put, put + channels, 0);
            } else {
                System.arraycopy(x, (line + ix) * channels, to, put, channels);
            }
        }
    }

    /** Adds {@code count} patches that belong to the places from {@code from} on to the images they came from. */
    void scatter(float[] patches, int from, int count, float[] dx) {
        int perImage = perImage();
        int at = 0;
        for (int j = 0; j < count; j++) {
            int pixel = from + j;
            int image = pixel / perImage;
            int inside = pixel - image * perImage;
            int oy = inside / columns.out();
            int ox = inside - oy * columns.out();
            for (int ky = 0; ky < rows.window(); ky++) {
                int iy = rows.at(oy, ky);
                int line = (image * rows.in() + iy) * columns.in();
                for (int kx = 0; kx < columns.window(); kx++, at += channels) {
                    int ix = columns.at(ox, kx);
                    if (iy < 0 || iy >= rows.in() || ix < 0 || ix >= columns.in()) {
                        continue;
                    }
                    int p = (line + ix) * channels;
                    for (int c = 0; c < channels; c++) {
                        dx[p + c] += patches[at + c];
                    }
                }
            }
        }
    }
}
