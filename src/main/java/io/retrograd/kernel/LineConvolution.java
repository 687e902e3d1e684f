package io.retrograd.kernel;

import java.util.Arrays;

/**
 * Convolution as products by a library where the window moves down by single lines. What lies under one line of the
 * window is laid out once for each line of the image; patches that overlap share these lines, so that a window five
 * lines high needs a fifth of the copying that whole patches do. Each line of the filters is a product of its own.
 *
 * <p>With one channel the lines are too short to multiply; there whole patches are laid out, one a column, since each of
 * their elements runs along a line of the image.
 */
final class LineConvolution {
    /** Floats that are laid out at a time: a second-level cache of 1 MB has room for them and the factors. */
    private static final int BLOCK = 1 << 17;

    /** Elements of a window's line below which a product would be too thin. */
    private static final int SHORT = 48;

    /** Places in an image below which the products of single images would be too small. */
    private static final int FEW = 128;

    /** Multiplications of a part: some 0.1 ms. */
    private static final long PART = 1L << 23;

    private final int batch;
    private final Window rows;
    private final Window columns;
    private final int channels;
    private final int filters;
    private final BlockProduct product;
    private final Kernels kernels;
    private final int threads;
    private final Runnable poll;
    /** Elements of one line of a window. */
    private final int width;
    /** Output lines at a time. */
    private final int block;

    LineConvolution(
            int batch, Window rows, Window columns, int channels, int filters, BlockProduct product, Kernels kernels, int threads,
            Runnable poll) {
        this.batch = batch;
        this.rows = rows;
        this.columns = columns;
        this.channels = channels;
        this.filters = filters;
        this.product = product;
        this.kernels = kernels;
        this.threads = threads;
        this.poll = poll;
        this.width = columns.window() * channels;
        this.block = block(rows, columns, channels);
    }

    /** Whether it is worth it for such images. */
    static boolean suits(Window rows, Window columns, int channels) {
        if (rows.stride() != 1 || rows.window() < 2 || rows.out() * columns.out() < FEW) {
            return false;
        }
        return isPlane(rows, columns, channels)
                || columns.window() * channels >= SHORT && block(rows, columns, channels) >= Math.min(rows.out(), 2 * reach(rows));
    }

    private static boolean isPlane(Window rows, Window columns, int channels) {
        return channels == 1 && columns.stride() == 1;
    }

    private static int reach(Window w) {
        return (w.window() - 1) * w.dilation();
    }

    private static int block(Window rows, Window columns, int channels) {
        if (isPlane(rows, columns, channels)) {
            int line = columns.out() * rows.window() * columns.window();
            return Math.max(1, Math.min(rows.out(), BLOCK / line));
        }
        int line = columns.out() * columns.window() * channels;
        return Math.min(rows.out(), BLOCK / line - reach(rows));
    }

    void forward(float[] x, float[] w, float[] y) {
        long work = (long) rows.out() * columns.out() * rows.window() * width * filters;
        int group = (int) Math.max(1, Math.min(batch, PART / Math.max(1, work)));
        ProductCall call = new ProductCall(kernels, false, false);
        Parallel.run((batch + group - 1) / group, threads, g -> {
            int end = Math.min(batch, (g + 1) * group);
            for (int image = g * group; image < end; image++) {
                int start = image(image);
                visit(x, image, (left, tap, turned, from, count, at, stride) -> {
                    int to = (start + from) * filters;
                    if (turned) {
                        product.floats(true, false, count, filters, depth(), left, at, stride, w, 0, filters, false, y, to, filters,
                                call);
                    } else if (tap < 0) {
                        Arrays.fill(y, to, to + count * filters, 0);
                    } else {
                        product.floats(false, false, count, filters, width, left, at, stride, w, tap * width * filters, filters,
                                true, y, to, filters, call);
                    }
                });
            }
        });
    }

    /** Adds the gradient by the filters of some images to {@code dw} from {@code to} on. */
    void backwardFilter(float[] x, float[] dy, int first, int last, float[] dw, int to) {
        ProductCall call = new ProductCall(kernels, false, false);
        for (int image = first; image < last; image++) {
            int start = image(image);
            visit(x, image, (left, tap, turned, from, count, at, stride) -> {
                int right = (start + from) * filters;
                if (turned) {
                    product.floats(false, false, depth(), filters, count, left, at, stride, dy, right, filters, true, dw, to, filters,
                            call);
                } else if (tap >= 0) {
                    product.floats(true, false, width, filters, count, left, at, stride, dy, right, filters, true, dw,
                            to + tap * width * filters, filters, call);
                }
            });
        }
    }

    private int depth() {
        return rows.window() * width;
    }

    /** The first place of an image. */
    private int image(int image) {
        return image * rows.out() * columns.out();
    }

    /**
     * Takes what lies under the window at places {@code from} to {@code from + count - 1} of an image: one line of the
     * window, number {@code tap}, a row a place (or -1 before the first), or {@code turned} all of it, a column a place.
     */
    private interface Visitor {
        void take(float[] left, int tap, boolean turned, int from, int count, int at, int stride);
    }

    private void visit(float[] x, int image, Visitor visitor) {
        boolean plane = isPlane(rows, columns, channels);
        int across = columns.out();
        for (int oy = 0; oy < rows.out(); oy += block) {
            poll.run();
            int end = Math.min(rows.out(), oy + block);
            int from = oy * across;
            int count = (end - oy) * across;
            if (plane) {
                float[] columnwise = kernels.scratch().floats(Scratch.Use.PATCHES, depth() * count);
                layPlane(x, image, oy, end, columnwise);
                visitor.take(columnwise, 0, true, from, count, 0, count);
                continue;
            }
            visitor.take(x, -1, false, from, count, 0, 0);
            int top = Math.max(0, rows.at(oy, 0));
            int bottom = Math.min(rows.in(), rows.at(end - 1, rows.window() - 1) + 1);
            float[] lines = kernels.scratch().floats(Scratch.Use.PATCHES, Math.max(0, bottom - top) * across * width);
            for (int iy = top; iy < bottom; iy++) {
                layLine(x, (image * rows.in() + iy) * columns.in(), lines, (iy - top) * across * width);
            }
            for (int ky = 0; ky < rows.window(); ky++) {
                int a = Math.max(oy, rows.firstInside(ky));
                int b = Math.min(end, rows.endInside(ky));
                if (a < b) {
                    visitor.take(lines, ky, false, a * across, (b - a) * across, (rows.at(a, ky) - top) * across * width, width);
                }
            }
        }
    }

    /** For each place along an output line what lies under a line of the window; {@code line} is the input line's first pixel. */
    private void layLine(float[] x, int line, float[] to, int at) {
        for (int ox = 0; ox < columns.out(); ox++, at += width) {
            if (columns.dilation() == 1) {
                int left = columns.at(ox, 0);
                int begin = Math.min(columns.window(), Math.max(0, -left)) * channels;
                int end = Math.max(begin, Math.min(columns.window(), columns.in() - left) * channels);
                Arrays.fill(to, at, at + begin, 0);
                if (end > begin) {
                    System.arraycopy(x, (line + left) * channels + begin, to, at + begin, end - begin);
                }
                Arrays.fill(to, at + end, at + width, 0);
                continue;
            }
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
    }

    /** For each element of the window the pixels under it at the places of output lines {@code oy} to {@code end - 1}. */
    private void layPlane(float[] x, int image, int oy, int end, float[] to) {
        int across = columns.out();
        int at = 0;
        for (int ky = 0; ky < rows.window(); ky++) {
            for (int kx = 0; kx < columns.window(); kx++) {
                int begin = columns.firstInside(kx);
                int stop = Math.max(begin, columns.endInside(kx));
                for (int o = oy; o < end; o++, at += across) {
                    int iy = rows.at(o, ky);
                    if (iy < 0 || iy >= rows.in() || begin == stop) {
                        Arrays.fill(to, at, at + across, 0);
                        continue;
                    }
                    Arrays.fill(to, at, at + begin, 0);
                    System.arraycopy(x, (image * rows.in() + iy) * columns.in() + columns.at(begin, kx), to, at + begin, stop - begin);
                    Arrays.fill(to, at + stop, at + across, 0);
                }
            }
        }
    }
}
