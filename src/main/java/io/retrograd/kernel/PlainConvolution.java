package io.retrograd.kernel;

/**
 * Convolutions as their definition says, in double: for element types without a fast kernel, for depthwise filters,
 * and as what the fast kernels are tested against. Images [batch, height, width, channels]; filters [height, width,
 * channels, filters], where a depthwise filter keeps the channels apart: output channel c * filters + f.
 */
public final class PlainConvolution {
    private final int batch;
    private final Window rows;
    private final Window columns;
    private final int channels;
    private final int filters;
    private final boolean depthwise;
    private final Runnable poll;

    public PlainConvolution(
            int batch, Window rows, Window columns, int channels, int filters, boolean depthwise, Runnable poll) {
        this.batch = batch;
        this.rows = rows;
        this.columns = columns;
        this.channels = channels;
        this.filters = filters;
        this.depthwise = depthwise;
        this.poll = poll;
    }

    private int outChannels() {
        return depthwise ? channels * filters : filters;
    }

    /** One tap of the filter: positions in the image (its channels), in the output (its channels) and in the filter. */
    private interface Tap {
        void visit(int xAt, int yAt, int wAt);
    }

    private void taps(Tap tap) {
        for (int b = 0; b < batch; b++) {
            for (int oy = 0; oy < rows.out(); oy++) {
                poll.run();
                for (int ox = 0; ox < columns.out(); ox++) {
                    int yAt = ((b * rows.out() + oy) * columns.out() + ox) * outChannels();
                    for (int ky = 0; ky < rows.window(); ky++) {
                        int iy = rows.at(oy, ky);
                        for (int kx = 0; kx < columns.window(); kx++) {
                            int ix = columns.at(ox, kx);
                            if (iy >= 0 && iy < rows.in() && ix >= 0 && ix < columns.in()) {
                                tap.visit(((b * rows.in() + iy) * columns.in() + ix) * channels, yAt,
                                        (ky * columns.window() + kx) * channels * filters);
                            }
                        }
                    }
                }
            }
        }
    }

    /** y += x convolved with w. */
    public void forward(double[] x, double[] w, double[] y) {
        taps((xAt, yAt, wAt) -> {
            for (int c = 0; c < channels; c++) {
                int to = depthwise ? yAt + c * filters : yAt;
                for (int f = 0; f < filters; f++) {
                    y[to + f] += x[xAt + c] * w[wAt + c * filters + f];
                }
            }
        });
    }

    /** dx += the gradient by the images. */
    public void backwardInput(double[] w, double[] dy, double[] dx) {
        taps((xAt, yAt, wAt) -> {
            for (int c = 0; c < channels; c++) {
                int from = depthwise ? yAt + c * filters : yAt;
                double s = 0;
                for (int f = 0; f < filters; f++) {
                    s += dy[from + f] * w[wAt + c * filters + f];
                }
                dx[xAt + c] += s;
            }
        });
    }

    /** dw += the gradient by the filters. */
    public void backwardFilter(double[] x, double[] dy, double[] dw) {
        taps((xAt, yAt, wAt) -> {
            for (int c = 0; c < channels; c++) {
                int from = depthwise ? yAt + c * filters : yAt;
                for (int f = 0; f < filters; f++) {
                    dw[wAt + c * filters + f] += x[xAt + c] * dy[from + f];
                }
            }
        });
    }
}
