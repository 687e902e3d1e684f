package io.retrograd.kernel;

import java.util.Arrays;

/**
 * Maximum and mean over windows of images [batch, height, width, channels]. Where several elements of a window are
 * largest, the first in row-major order counts, as in TensorFlow.
 */
public final class Pooling {
    private final int batch;
    private final Window rows;
    private final Window columns;
    private final int channels;
    private final int threads;
    private final Runnable poll;

    public Pooling(int batch, Window rows, Window columns, int channels, int threads, Runnable poll) {
        this.batch = batch;
        this.rows = rows;
        this.columns = columns;
        this.channels = channels;
        this.threads = threads;
        this.poll = poll;
    }

    /** A window at one place: where its outputs lie, and the rows and columns of the image that it covers. */
    private interface Place {
        void visit(int image, int outAt, int rowFrom, int rowTo, int columnFrom, int columnTo);
    }

    private void places(int image, Place place) {
        for (int oy = 0; oy < rows.out(); oy++) {
            poll.run();
            int rowFrom = Math.max(0, rows.at(oy, 0));
            int rowTo = Math.min(rows.in(), rows.at(oy, 0) + rows.window());
            for (int ox = 0; ox < columns.out(); ox++) {
                int columnFrom = Math.max(0, columns.at(ox, 0));
                int columnTo = Math.min(columns.in(), columns.at(ox, 0) + columns.window());
                int outAt = ((image * rows.out() + oy) * columns.out() + ox) * channels;
                place.visit(image, outAt, rowFrom, rowTo, columnFrom, columnTo);
            }
        }
    }

    private int at(int image, int row, int column) {
        return ((image * rows.in() + row) * columns.in() + column) * channels;
    }

    /** Elements of a window from which those that are larger than all before are rare. */
    private static final int LARGE = 16;

    /** Parts of a batch that threads share. */
    private static final int PARTS = 16;

    /** y = the largest of each window. */
    public void max(float[] x, float[] y) {
        int parts = Math.min(PARTS, batch);
        Parallel.run(parts, threads, p -> {
            MaxLine line = new MaxLine(rows, columns, channels);
            int end = (int) ((long) batch * (p + 1) / parts);
            for (int image = (int) ((long) batch * p / parts); image < end; image++) {
                poll.run();
                for (int oy = 0; oy < rows.out(); oy++) {
                    line.of(x, image * rows.in(), oy, y, (image * rows.out() + oy) * columns.out() * channels);
                }
            }
        });
    }

    /** dx = dy where the largest of each window lies, and else 0; where windows share it, their sum. */
    public void maxBackward(float[] x, float[] dy, float[] dx) {
        int size = rows.in() * columns.in() * channels;
        int line = columns.in() * channels;
        boolean large = rows.window() * columns.window() >= LARGE;
        Parallel.run(batch, threads, b -> {
            Arrays.fill(dx, b * size, (b + 1) * size, 0);
            int[] where = large ? new int[channels] : null;
            float[] most = large ? new float[channels] : null;
            places(b, (image, outAt, rowFrom, rowTo, columnFrom, columnTo) -> {
                if (large) {
                    largest(x, at(image, rowFrom, columnFrom), rowTo - rowFrom, columnTo - columnFrom, where, most);
                    for (int k = 0; k < channels; k++) {
                        dx[where[k]] += dy[outAt + k];
                    }
                    return;
                }
                int first = at(image, rowFrom, columnFrom);
                int width = (columnTo - columnFrom) * channels;
                for (int k = 0; k < channels; k++) {
                    int best = first + k;
                    for (int r = rowFrom, from = first + k; r < rowTo; r++, from += line) {
                        for (int in = from; in < from + width; in += channels) {
                            best = x[in] > x[best] ? in : best;
                        }
                    }
                    dx[best] += dy[outAt + k];
                }
            });
        });
    }

    /**
     * Where the largest of one window lies, of all channels together, along memory. The more elements were seen, the
     * rarer a larger one is: a branch is predicted well.
     */
    private void largest(float[] x, int first, int high, int wide, int[] where, float[] most) {
        for (int k = 0; k < channels; k++) {
            where[k] = first + k;
            most[k] = x[first + k];
        }
        for (int r = 0; r < high; r++) {
            int from = first + r * columns.in() * channels;
            for (int c = 0; c < wide; c++, from += channels) {
                for (int k = 0; k < channels; k++) {
                    if (x[from + k] > most[k]) {
                        most[k] = x[from + k];
                        where[k] = from + k;
                    }
                }
            }
        }
    }

    /** Where the largest of each window lies in x. */
    public void argMax(float[] x, int[] where) {
        Parallel.run(batch, threads, b -> places(b, (image, outAt, rowFrom, rowTo, columnFrom, columnTo) -> {
            int first = at(image, rowFrom, columnFrom);
            int line = columns.in() * channels;
            int width = (columnTo - columnFrom) * channels;
            for (int k = 0; k < channels; k++) {
                // A choice of numbers and not of ways: which element is largest cannot be predicted.
                int best = first + k;
                for (int r = rowFrom, from = first + k; r < rowTo; r++, from += line) {
                    for (int in = from; in < from + width; in += channels) {
                        best = x[in] > x[best] ? in : best;
                    }
                }
                where[outAt + k] = best;
            }
        }));
    }

    /** As {@link #argMax(float[], int[])}, for other types. */
    public void argMax(double[] x, int[] where) {
        for (int b = 0; b < batch; b++) {
            places(b, (image, outAt, rowFrom, rowTo, columnFrom, columnTo) -> {
                for (int k = 0; k < channels; k++) {
                    int best = at(image, rowFrom, columnFrom) + k;
                    for (int r = rowFrom; r < rowTo; r++) {
                        for (int c = columnFrom; c < columnTo; c++) {
                            int in = at(image, r, c) + k;
                            best = x[in] > x[best] ? in : best;
                        }
                    }
                    where[outAt + k] = best;
                }
            });
        }
    }

    /** y = the mean of each window, of the elements inside of the image; added up one by one, as TensorFlow does. */
    public void mean(float[] x, float[] y) {
        Parallel.run(batch, threads, b -> {
            float[] sums = new float[channels];
            places(b, (image, outAt, rowFrom, rowTo, columnFrom, columnTo) -> {
                Arrays.fill(sums, 0);
                for (int r = rowFrom; r < rowTo; r++) {
                    for (int c = columnFrom; c < columnTo; c++) {
                        Sums.addRow(x, at(image, r, c), sums);
                    }
                }
                float count = (float) (rowTo - rowFrom) * (columnTo - columnFrom);
                for (int k = 0; k < channels; k++) {
                    y[outAt + k] = sums[k] / count;
                }
            });
        });
    }

    /** dx = dy, spread evenly over the elements of each window; added up one by one, as TensorFlow does. */
    public void meanBackward(float[] dy, float[] dx) {
        int size = rows.in() * columns.in() * channels;
        Parallel.run(batch, threads, b -> {
            Arrays.fill(dx, b * size, (b + 1) * size, 0);
            places(b, (image, outAt, rowFrom, rowTo, columnFrom, columnTo) -> {
                float share = (float) (1.0 / ((rowTo - rowFrom) * (columnTo - columnFrom)));
                for (int r = rowFrom; r < rowTo; r++) {
                    for (int c = columnFrom; c < columnTo; c++) {
                        int in = at(image, r, c);
                        for (int k = 0; k < channels; k++) {
                            dx[in + k] += dy[outAt + k] * share;
                        }
                    }
                }
            });
        });
    }

    /** y = the mean of each window, of the elements inside of the image. */
    public void mean(double[] x, double[] y) {
        for (int b = 0; b < batch; b++) {
            places(b, (image, outAt, rowFrom, rowTo, columnFrom, columnTo) -> {
                double count = (double) (rowTo - rowFrom) * (columnTo - columnFrom);
                for (int r = rowFrom; r < rowTo; r++) {
                    for (int c = columnFrom; c < columnTo; c++) {
                        int in = at(image, r, c);
                        for (int k = 0; k < channels; k++) {
                            y[outAt + k] += x[in + k];
                        }
                    }
                }
                for (int k = 0; k < channels; k++) {
                    y[outAt + k] /= count;
                }
            });
        }
    }

    /** dx += dy, spread evenly over the elements of each window. */
    public void meanBackward(double[] dy, double[] dx) {
        for (int b = 0; b < batch; b++) {
            places(b, (image, outAt, rowFrom, rowTo, columnFrom, columnTo) -> {
                double count = (double) (rowTo - rowFrom) * (columnTo - columnFrom);
                for (int r = rowFrom; r < rowTo; r++) {
                    for (int c = columnFrom; c < columnTo; c++) {
                        int in = at(image, r, c);
                        for (int k = 0; k < channels; k++) {
                            dx[in + k] += dy[outAt + k] / count;
                        }
                    }
                }
            });
        }
    }
}
