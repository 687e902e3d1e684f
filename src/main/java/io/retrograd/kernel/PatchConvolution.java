package io.retrograd.kernel;

import java.util.Arrays;

/**
 * Convolution as products by a library: blocks of patches, one a row, times the filters. The gradient by the images is
 * a convolution of dy with the filters turned around where the window moves by single steps and there are channels
 * enough, and else adds products back to where their patches came from.
 */
final class PatchConvolution {
    /** Floats of patches at a time: a second-level cache of 512 KB. */
    private static final int BLOCK = 1 << 17;

    /** Patches at a time at least, so that the library has something to tile, and at most. */
    private static final int LEAST = 128;
    private static final int MOST = 1024;

    /** Multiplications of a part: some 0.1 ms. */
    private static final long PART = 1L << 23;

    /** Channels below which a product with as many columns would be too thin. */
    private static final int FEW = 8;

    /** Parts whose gradients of the filters are summed apart, then together in order. */
    private static final int SUMS = 8;

    private final int batch;
    private final Window rows;
    private final Window columns;
    private final int channels;
    private final int filters;
    private final Patches patches;
    private final BlockProduct product;
    private final Kernels kernels;
    private final int threads;
    private final Runnable poll;

    PatchConvolution(
            int batch, Window rows, Window columns, int channels, int filters, BlockProduct product, Kernels kernels, int threads,
            Runnable poll) {
        this.batch = batch;
        this.rows = rows;
        this.columns = columns;
        this.channels = channels;
        this.filters = filters;
        this.patches = new Patches(rows, columns, channels);
        this.product = product;
        this.kernels = kernels;
        this.threads = threads;
        this.poll = poll;
    }

    /** Images that one thread takes at a time. */
    private int group() {
        long work = (long) patches.perImage() * patches.depth() * filters;
        return (int) Math.max(1, Math.min(batch, PART / Math.max(1, work)));
    }

    /** How many patches are laid out at a time where there are so many: blocks of equal size. */
    private static int block(int depth, int count) {
        int most = Math.max(LEAST, Math.min(MOST, BLOCK / depth));
        int blocks = (count + most - 1) / most;
        return (count + blocks - 1) / blocks;
    }

    void forward(float[] x, float[] w, float[] y) {
        if (LineConvolution.suits(rows, columns, channels)) {
            lines().forward(x, w, y);
            return;
        }
        int perImage = patches.perImage();
        int depth = patches.depth();
        int group = group();
        int block = block(depth, group * perImage);
        ProductCall call = new ProductCall(kernels, false, true);
        Parallel.run((batch + group - 1) / group, threads, g -> {
            Scratch scratch = kernels.scratch();
            int end = Math.min(batch, (g + 1) * group) * perImage;
            for (int from = g * group * perImage; from < end; from += block) {
                poll.run();
                int n = Math.min(block, end - from);
                float[] left = laidOut(x, from, n, scratch);
                int at = left == x ? from * depth : 0;
                product.floats(
                        false, false, n, filters, depth, left, at, depth, w, 0, filters, false, y, from * filters, filters, call);
            }
        });
    }

    /** Some patches of x, one a row: x itself where they are its pixels. */
    private float[] laidOut(float[] x, int from, int n, Scratch scratch) {
        if (patches.arePixels()) {
            return x;
        }
        float[] rows = scratch.floats(Scratch.Use.PATCHES, n * patches.depth());
        patches.gather(x, from, n, rows);
        return rows;
    }

    private LineConvolution lines() {
        return new LineConvolution(batch, rows, columns, channels, filters, product, kernels, threads, poll);
    }

    void backwardInput(float[] w, float[] dy, float[] dx) {
        boolean single = rows.stride() == 1 && columns.stride() == 1;
        if (single && channels >= FEW && rows.before() <= reach(rows) && columns.before() <= reach(columns)) {
            // The place at which window element k sees input i is i + before - k * dilation.
            Window up = turned(rows);
            Window across = turned(columns);
            new PatchConvolution(batch, up, across, filters, channels, product, kernels, threads, poll)
                    .forward(dy, turned(w), dx);
            return;
        }
        int perImage = patches.perImage();
        int depth = patches.depth();
        int group = group();
        int block = block(depth, group * perImage);
        int inputs = rows.in() * columns.in() * channels;
        ProductCall call = new ProductCall(kernels, false, true);
        Parallel.run((batch + group - 1) / group, threads, g -> {
            Scratch scratch = kernels.scratch();
            int images = Math.min(batch, (g + 1) * group);
            Arrays.fill(dx, g * group * inputs, images * inputs, 0);
            int end = images * perImage;
            for (int from = g * group * perImage; from < end; from += block) {
                poll.run();
                int n = Math.min(block, end - from);
                float[] back = scratch.floats(Scratch.Use.PATCHES, n * depth);
                product.floats(
                        false, true, n, depth, filters, dy, from * filters, filters, w, 0, filters, false, back, 0, depth, call);
                patches.scatter(back, from, n, dx);
            }
        });
    }

    private static int reach(Window w) {
        return (w.window() - 1) * w.dilation();
    }

    private static Window turned(Window w) {
        return new Window(w.out(), w.window(), w.in(), 1, w.dilation(), reach(w) - w.before());
    }

    /** The filters with height and width turned around, and channels and filters exchanged. */
    private float[] turned(float[] w) {
        int taps = rows.window() * columns.window();
        float[] to = new float[w.length];
        for (int t = 0; t < taps; t++) {
            int from = t * channels * filters;
            int put = (taps - 1 - t) * channels * filters;
            for (int c = 0; c < channels; c++) {
                for (int f = 0; f < filters; f++) {
                    to[put + f * channels + c] = w[from + c * filters + f];
                }
            }
        }
        return to;
    }

    void backwardFilter(float[] x, float[] dy, float[] dw) {
        boolean byLines = LineConvolution.suits(rows, columns, channels);
        int perImage = patches.perImage();
        int depth = patches.depth();
        int parts = Math.min(SUMS, batch);
        int block = block(depth, (batch + parts - 1) / parts * perImage);
        int size = depth * filters;
        float[] sums = kernels.scratch().floats(Scratch.Use.RESULT, parts * size);
        ProductCall call = new ProductCall(kernels, false, false);
        Parallel.run(parts, threads, part -> {
            int first = (int) ((long) batch * part / parts);
            int last = (int) ((long) batch * (part + 1) / parts);
            int sum = part * size;
            Arrays.fill(sums, sum, sum + size, 0);
            if (byLines) {
                lines().backwardFilter(x, dy, first, last, sums, sum);
                return;
            }
            Scratch scratch = kernels.scratch();
            int end = last * perImage;
            for (int from = first * perImage; from < end; from += block) {
                poll.run();
                int n = Math.min(block, end - from);
                float[] left = laidOut(x, from, n, scratch);
                int at = left == x ? from * depth : 0;
                product.floats(
                        true, false, depth, filters, n, left, at, depth, dy, from * filters, filters, true, sums, sum, filters, call);
            }
        });
        for (int i = 0; i < size; i++) {
            double s = 0;
            for (int part = 0; part < parts; part++) {
                s += sums[part * size + i];
            }
            dw[i] = (float) s;
        }
    }
}
