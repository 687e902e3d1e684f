package io.retrograd.kernel;

import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** Windows that move over volumes (batch, depth, height, width, channels): convolution, pooling, and their gradients. */
public final class Volumes {
    private Volumes() {}

    /** The window's size, how it moves on the three axes, where it begins, and how many places it takes. */
    public record Window(int[] size, int[] stride, int[] dilation, int[] before, int[] places) {
        /** A window over an input of that shape; with {@code same} the margins are filled up. */
        public static Window of(int[] in, int[] size, int[] stride, int[] dilation, boolean same) {
            int[] before = new int[3];
            int[] places = new int[3];
            int[] three = {size[0], size[1], size[2]};
            for (int d = 0; d < 3; d++) {
                int reach = (three[d] - 1) * dilation[d] + 1;
                places[d] = same ? (in[d + 1] + stride[d] - 1) / stride[d] : Math.max(0, (in[d + 1] - reach + stride[d]) / stride[d]);
                before[d] = same ? Math.max(0, (places[d] - 1) * stride[d] + reach - in[d + 1]) / 2 : 0;
            }
            return new Window(three, stride, dilation, before, places);
        }
    }

    /** What is done with each pair of a place and a cell under the window there. */
    private interface Visit {
        /**
         * @param place row of the output, counted over batch, depth, height and width
         * @param tap the cell's number in the window
         * @param cell row of the input
         */
        void at(int place, int tap, int cell);
    }

    private static void each(Window w, int batch, int[] in, Runnable check, Visit visit) {
        int place = 0;
        for (int b = 0; b < batch; b++) {
            for (int z = 0; z < w.places[0]; z++) {
                check.run();
                for (int y = 0; y < w.places[1]; y++) {
                    for (int x = 0; x < w.places[2]; x++, place++) {
                        for (int tap = 0, i = 0; i < w.size[0]; i++) {
                            int cz = z * w.stride[0] - w.before[0] + i * w.dilation[0];
                            for (int j = 0; j < w.size[1]; j++) {
                                int cy = y * w.stride[1] - w.before[1] + j * w.dilation[1];
                                for (int k = 0; k < w.size[2]; k++, tap++) {
                                    int cx = x * w.stride[2] - w.before[2] + k * w.dilation[2];
                                    boolean inside = cz >= 0 && cz < in[1] && cy >= 0 && cy < in[2] && cx >= 0 && cx < in[3];
                                    if (inside) {
                                        visit.at(place, tap, ((b * in[1] + cz) * in[2] + cy) * in[3] + cx);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /** Adds the convolution with a filter (depth, height, width, in, out) to {@code out}. */
    public static void convolve(NdArray in, NdArray filter, Window w, NdArray out, Runnable check) {
        int from = filter.dim(3);
        int to = filter.dim(4);
        each(w, in.dim(0), in.shape(), check, (place, tap, cell) -> {
            for (int c = 0; c < from; c++) {
                double v = in.getDouble(cell * from + c);
                for (int o = 0; o < to; o++) {
                    add(out, place * to + o, v * filter.getDouble((tap * from + c) * to + o));
                }
            }
        });
    }

    /** Adds the convolution's gradient with respect to its input to {@code out}. */
    public static void backToInput(NdArray upstream, NdArray filter, Window w, NdArray out, Runnable check) {
        int from = filter.dim(3);
        int to = filter.dim(4);
        each(w, out.dim(0), out.shape(), check, (place, tap, cell) -> {
            for (int c = 0; c < from; c++) {
                double sum = 0;
                for (int o = 0; o < to; o++) {
                    sum += upstream.getDouble(place * to + o) * filter.getDouble((tap * from + c) * to + o);
                }
                add(out, cell * from + c, sum);
            }
        });
    }

    /** Adds the convolution's gradient with respect to its filter to {@code out}. */
    public static void backToFilter(NdArray in, NdArray upstream, Window w, NdArray out, Runnable check) {
        int from = out.dim(3);
        int to = out.dim(4);
        each(w, in.dim(0), in.shape(), check, (place, tap, cell) -> {
            for (int c = 0; c < from; c++) {
                double v = in.getDouble(cell * from + c);
                for (int o = 0; o < to; o++) {
                    add(out, (tap * from + c) * to + o, v * upstream.getDouble(place * to + o));
                }
            }
        });
    }

    private static void add(NdArray out, int i, double v) {
        out.setDouble(i, out.getDouble(i) + v);
    }

    private static final Runnable NO_CHECK = () -> {};

    /** The cell of each place and channel that holds the largest value, -1 for none. */
    private static int[] largestCells(NdArray in, Window w) {
        int channels = in.dim(4);
        int[] best = new int[in.dim(0) * w.places[0] * w.places[1] * w.places[2] * channels];
        Arrays.fill(best, -1);
        each(w, in.dim(0), in.shape(), NO_CHECK, (place, tap, cell) -> {
            for (int c = 0; c < channels; c++) {
                int now = best[place * channels + c];
                if (now < 0 || in.getDouble(cell * channels + c) > in.getDouble(now)) {
                    best[place * channels + c] = cell * channels + c;
                }
            }
        });
        return best;
    }

    /** The largest value under the window. */
    public static void largest(NdArray in, Window w, NdArray out) {
        int[] best = largestCells(in, w);
        for (int i = 0; i < best.length; i++) {
            out.setDouble(i, in.getDouble(best[i]));
        }
    }

    /** Adds to {@code out} the gradient of {@link #largest}. */
    public static void backToLargest(NdArray in, NdArray upstream, Window w, NdArray out) {
        int[] best = largestCells(in, w);
        for (int i = 0; i < best.length; i++) {
            add(out, best[i], upstream.getDouble(i));
        }
    }

    /** How many cells of the input are under the window at each place. */
    private static int[] counts(Window w, int batch, int[] in) {
        int[] counts = new int[batch * w.places[0] * w.places[1] * w.places[2]];
        each(w, batch, in, NO_CHECK, (place, tap, cell) -> counts[place]++);
        return counts;
    }

    /** The mean of what is under the window; margins do not count. */
    public static void mean(NdArray in, Window w, NdArray out) {
        int channels = in.dim(4);
        int[] counts = counts(w, in.dim(0), in.shape());
        double[] sums = new double[out.size()];
        each(w, in.dim(0), in.shape(), NO_CHECK, (place, tap, cell) -> {
            for (int c = 0; c < channels; c++) {
                sums[place * channels + c] += in.getDouble(cell * channels + c);
            }
        });
        for (int i = 0; i < sums.length; i++) {
            out.setDouble(i, sums[i] / counts[i / channels]);
        }
    }

    /** Adds to {@code out} the gradient of {@link #mean}. */
    public static void backToMean(NdArray upstream, Window w, NdArray out) {
        int channels = out.dim(4);
        int[] counts = counts(w, out.dim(0), out.shape());
        each(w, out.dim(0), out.shape(), NO_CHECK, (place, tap, cell) -> {
            for (int c = 0; c < channels; c++) {
                add(out, cell * channels + c, upstream.getDouble(place * channels + c) / counts[place]);
            }
        });
    }
}
