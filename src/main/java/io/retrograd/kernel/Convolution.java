package io.retrograd.kernel;

import java.util.Optional;

/**
 * Two-dimensional convolution and its two gradients on float arrays: images [batch, height, width, channels], filters
 * [height, width, channels, filters]. Work is cut by the shapes alone, so that results do not depend on the number of
 * threads. Large ones are products by a library, others run on plain loops.
 */
public final class Convolution {
    private final int batch;
    private final Window rows;
    private final Window columns;
    private final int channels;
    private final int filters;
    private final Kernels kernels;
    private final int threads;
    private final Runnable poll;

    /**
     * @param rows how the filter slides over the height
     * @param columns how it slides over the width
     * @param poll throws when the work is no longer wanted
     */
    public Convolution(
            int batch, Window rows, Window columns, int channels, int filters, Kernels kernels, int threads, Runnable poll) {
        this.batch = batch;
        this.rows = rows;
        this.columns = columns;
        this.channels = channels;
        this.filters = filters;
        this.kernels = kernels;
        this.threads = threads;
        this.poll = poll;
    }

    /** y = x convolved with w. */
    public void forward(float[] x, float[] w, float[] y) {
        Optional<PatchConvolution> library = library();
        if (library.isPresent()) {
            library.get().forward(x, w, y);
        } else {
            plain().forward(x, w, y);
        }
    }

    /** The gradient by the images: dx from dy and the filters. */
    public void backwardInput(float[] w, float[] dy, float[] dx) {
        Optional<PatchConvolution> library = library();
        if (library.isPresent()) {
            library.get().backwardInput(w, dy, dx);
        } else {
            plain().backwardInput(w, dy, dx);
        }
    }

    /** The gradient by the filters: dw from the images and dy. */
    public void backwardFilter(float[] x, float[] dy, float[] dw) {
        Optional<PatchConvolution> library = library();
        if (library.isPresent()) {
            library.get().backwardFilter(x, dy, dw);
        } else {
            plain().backwardFilter(x, dy, dw);
        }
    }

    private Optional<PatchConvolution> library() {
        int pixels = rows.out() * columns.out();
        int depth = rows.window() * columns.window() * channels;
        if (pixels == 0 || depth == 0 || filters == 0 || batch == 0) {
            return Optional.empty();
        }
        int all = (int) Math.min(Integer.MAX_VALUE, (long) batch * pixels);
        return kernels.convolutionLibrary(all, filters, depth, (long) all * depth * filters)
                .map(this::patches);
    }

    /** A window as wide as the image has one place in a line: all elements of a line are channels then. */
    private PatchConvolution patches(BlockProduct product) {
        boolean wide = columns.window() == columns.in() && columns.out() == 1 && columns.before() == 0 && columns.dilation() == 1;
        Window across = wide ? new Window(1, 1, 1, 1, 1, 0) : columns;
        int deep = wide ? channels * columns.in() : channels;
        return new PatchConvolution(batch, rows, across, deep, filters, product, kernels, threads, poll);
    }

    private RowConvolution plain() {
        return new RowConvolution(batch, rows, columns, channels, filters, threads, poll);
    }
}
