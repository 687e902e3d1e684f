package io.retrograd.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * Matrix products C = A B with each factor as stored or transposed, never turned around. Matrices are row-major parts
 * of flat arrays. Large products are cut into tiles that threads share; a tile's digits do not depend on who computes
 * it.
 */
public final class MatrixProduct {
    /** Columns below which rows of the transposed product are worth turning around, if they are longer. */
    private static final int SHORT = 32;

    /** Rows of A turned around at a time where they are stored as columns. */
    private static final int GATHERED = 16;

    /** Multiplications from which it pays to lay the factors of an element side by side. */
    private static final long GATHER = 1L << 10;

    /** Floats of B unpacked at a time: half of a second-level cache of 512 KB. */
    private static final int PANEL = 1 << 16;

    /** Columns worked on at a time, so that four rows of B stay in the first-level cache. */
    private static final int WIDTH = 256;

    /** Multiplications of a tile of plain rows: some 0.1 ms, ten times what waking a thread costs. */
    private static final long ROWS_TILE = 1L << 21;

    /** The same where the whole product is small: some 10 µs. */
    private static final long LEAST_TILE = 1L << 17;

    /** Multiplications of a library's tile at least: some 7 µs. */
    private static final long LIBRARY_TILE = 1L << 18;

    /** Larger products are cut into four tiles or more; the library packs a factor anew for each tile. */
    private static final long LARGEST_TILE = 1L << 26;

    /** No tile is narrower than this because of cutting: blocks of B and A would be read too often. */
    private static final int LEAST_SIDE = 64;

    /** Columns of a tile are whole vectors. */
    private static final int VECTOR = 16;

    /** Rows that a library works on at once. */
    private static final int LIBRARY_ROWS = 4;

    /** Multiplications between two questions whether to go on. */
    private static final long ASK = 1L << 24;

    private MatrixProduct() {}

    /** A matrix stored in a flat array from position {@code at}; {@code transposed}: the factor is its transpose. */
    public record FloatFactor(float[] data, int at, boolean transposed) {}

    /** The same, of float64. */
    public record DoubleFactor(double[] data, int at, boolean transposed) {}

    /**
     * C = A B.
     *
     * @param m rows of the product
     * @param n columns of the product
     * @param k columns of A as a factor, rows of B as a factor
     * @param threads how many may be used
     * @param poll throws when the work is no longer wanted
     */
    public static void floats(
            Kernels kernels, int threads, FloatFactor a, FloatFactor b, float[] c, int at, int m, int n, int k, Runnable poll) {
        if (m == 0 || n == 0 || k == 0) {
            Arrays.fill(c, at, at + m * n, 0);
            return;
        }
        long work = (long) m * n * k;
        Optional<BlockProduct> library = kernels.library(m, n, k, work);
        if (library.isPresent()) {
            BlockProduct product = library.get();
            int aStride = a.transposed() ? m : k;
            int bStride = b.transposed() ? k : n;
            ProductCall call = new ProductCall(kernels, true, true);
            tiles(m, n, k, libraryTile(m, n, k), LIBRARY_ROWS, threads, poll, (i, rows, j, columns) -> product.floats(
                    a.transposed(), b.transposed(), rows, columns, k,
                    a.data(), a.at() + (a.transposed() ? i : i * k), aStride,
                    b.data(), b.at() + (b.transposed() ? j * k : j), bStride,
                    false, c, at + i * n + j, n, call));
        } else if (work < GATHER && m > 1 && n > 1) {
            SumOrder.small(a.data(), a.at(), a.transposed() ? 1 : k, a.transposed() ? m : 1,
                    b.data(), b.at(), b.transposed() ? k : 1, b.transposed() ? 1 : n, c, at, m, n, k);
        } else if (m == 1) {
            // The vector's own product is its transpose: B' times A'.
            vector(new FloatFactor(b.data(), b.at(), !b.transposed()), a, c, at, n, k, poll);
        } else if (n == 1) {
            vector(a, b, c, at, m, k, poll);
        } else {
            int straight = straight(m, n);
            if (straight > 0 && straight < SHORT && m >= 2 * n) {
                turned(kernels, threads, a, b, c, at, m, n, k, straight, poll);
            } else if (straight > 0) {
                shared(kernels, threads, a, b, c, at, m, n, k, m, straight, poll);
            }
            if (straight < n) {
                edges(kernels, threads, a, b, c, at, m, n, k, straight, poll);
            }
        }
    }

    /** Columns whose elements are added up one by one in every row. */
    private static int straight(int m, int n) {
        return m < 4 ? n : SumOrder.straightColumns(n);
    }

    /** The first rows and columns of C on plain rows, cut into a few tiles if it is worth it. */
    private static void shared(
            Kernels kernels, int threads, FloatFactor a, FloatFactor b, float[] c, int at, int m, int n, int k,
            int high, int wide, Runnable poll) {
        long work = (long) high * wide * k;
        if (threads == 1 && work < 2 * ROWS_TILE || work < 2 * LEAST_TILE) {
            rows(kernels.scratch(), a, b, c, at, m, n, k, 0, high, 0, wide, poll);
        } else {
            long most = Math.min(ROWS_TILE, Math.max(LEAST_TILE, work / 4));
            tiles(high, wide, k, most, VECTOR, threads, poll, (i, rows, j, columns) ->
                    rows(kernels.scratch(), a, b, c, at, m, n, k, i, rows, j, columns, poll));
        }
    }

    /** Multiplications of one tile at most; a half of a product may be somewhat more than half the work. */
    private static long libraryTile(int m, int n, int k) {
        long work = (long) m * n * k;
        long tile = work < LARGEST_TILE ? work / 3 * 2 : work / 4;
        return Math.max(LIBRARY_TILE, Math.min(LARGEST_TILE, tile));
    }

    /** A part of C: rows from {@code row}, columns from {@code column}. */
    private interface Tile {
        void run(int row, int rows, int column, int columns);
    }

    /** Cuts C into tiles by the sizes alone, halving the longer side until the work is small enough. */
    private static void tiles(int m, int n, int k, long most, int grain, int threads, Runnable poll, Tile tile) {
        int rows = m;
        int columns = n;
        while ((long) rows * columns * k > most && Math.max(rows, columns) > LEAST_SIDE) {
            if (rows >= columns) {
                rows = half(rows, grain);
            } else {
                columns = half(columns, VECTOR);
            }
        }
        int high = rows;
        int wide = columns;
        int across = (n + wide - 1) / wide;
        int down = (m + high - 1) / high;
        Parallel.run(across * down, threads, p -> {
            int i = p / across * high;
            int j = p % across * wide;
            poll.run();
            tile.run(i, Math.min(high, m - i), j, Math.min(wide, n - j));
        });
    }

    /** Half of a side, rounded up to whole grains. */
    private static int half(int side, int grain) {
        return ((side + 1) / 2 + grain - 1) / grain * grain;
    }

    /** The straight columns of C = A B as the transpose of B' A', whose rows are longer. */
    private static void turned(
            Kernels kernels, int threads, FloatFactor a, FloatFactor b, float[] c, int at, int m, int n, int k, int straight,
            Runnable poll) {
        float[] product = kernels.scratch().floats(Scratch.Use.LEFT, m * straight);
        shared(kernels, threads, new FloatFactor(b.data(), b.at(), !b.transposed()),
                new FloatFactor(a.data(), a.at(), !a.transposed()), product, 0, n, m, k, straight, m, poll);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < straight; j++) {
                c[at + i * n + j] = product[j * m + i];
            }
        }
    }

    /** A tile on plain loops: B unpacked into one array a row, so that the inner loop is vectorised. */
    private static void rows(
            Scratch scratch, FloatFactor a, FloatFactor b, float[] c, int at, int m, int n, int k,
            int i0, int high, int j0, int wide, Runnable poll) {
        int width = Math.min(WIDTH, wide);
        int panel = Math.min(k, Math.max(16, PANEL / width & ~3));
        float[][] product = scratch.rows(Scratch.Use.RESULT, high, width);
        float[][] right = scratch.rows(Scratch.Use.RIGHT, panel, width);
        int rowStep = a.transposed() ? 1 : k;
        int columnStep = a.transposed() ? m : 1;
        int block = SumOrder.block(k);
        long since = 0;
        for (int j = j0; j < j0 + wide; j += width) {
            int columns = Math.min(width, j0 + wide - j);
            for (int start = 0; start < k; start += block) {
                int end = Math.min(k, start + block);
                for (int i = 0; i < high; i++) {
                    Arrays.fill(product[i], 0, columns, 0);
                }
                for (int from = start; from < end; from += panel) {
                    int count = Math.min(panel, end - from);
                    unpack(b, right, from, count, j, columns, n, k);
                    RowProduct.accumulate(product, high,
                            a.data(), a.at() + i0 * rowStep + from * columnStep, rowStep, columnStep, right, count, columns);
                    since += (long) count * high * columns;
                    if (since > ASK) {
                        poll.run();
                        since = 0;
                    }
                }
                for (int i = 0; i < high; i++) {
                    hand(product[i], c, at + (i0 + i) * n + j, columns, start > 0);
                }
            }
        }
    }

    /** A block's sums go to their place, or on top of what the blocks before have left there. */
    private static void hand(float[] sums, float[] c, int at, int columns, boolean add) {
        if (!add) {
            System.arraycopy(sums, 0, c, at, columns);
            return;
        }
        for (int j = 0; j < columns; j++) {
            c[at + j] += sums[j];
        }
    }

    /** Rows {@code from} on of B, their columns from {@code j0} on, each into an array of its own. */
    static void unpack(FloatFactor b, float[][] rows, int from, int count, int j0, int columns, int n, int k) {
        float[] d = b.data();
        if (!b.transposed()) {
            for (int q = 0; q < count; q++) {
                System.arraycopy(d, b.at() + (from + q) * n + j0, rows[q], 0, columns);
            }
            return;
        }
        // In squares, so that what a column of B brings into the cache is used before it goes.
        for (int q0 = 0; q0 < count; q0 += 16) {
            int q1 = Math.min(count, q0 + 16);
            for (int j = 0; j < columns; j++) {
                int p = b.at() + (j0 + j) * k + from;
                for (int q = q0; q < q1; q++) {
                    rows[q][j] = d[p + q];
                }
            }
        }
    }

    /** The columns from {@code first} on element by element, small products where they are, large ones gathered. */
    private static void edges(
            Kernels kernels, int threads, FloatFactor a, FloatFactor b, float[] c, int at, int m, int n, int k, int first,
            Runnable poll) {
        int wide = n - first;
        if (m >= EdgeColumns.LEAST_ROWS && (long) m * wide * k >= EdgeColumns.LEAST) {
            int high = Math.min(WIDTH, Math.max(LEAST_SIDE, half(m, VECTOR)));
            Parallel.run((m + high - 1) / high, (long) m * wide * k < 2 * LEAST_TILE ? 1 : threads, part -> {
                poll.run();
                EdgeColumns.rows(kernels.scratch(), a, b, c, at, m, n, k, first, part * high, Math.min(m, (part + 1) * high));
            });
            return;
        }
        int aRow = a.transposed() ? 1 : k;
        int aStep = a.transposed() ? m : 1;
        int bColumn = b.transposed() ? k : 1;
        int bStep = b.transposed() ? 1 : n;
        if ((long) m * wide * k < GATHER) {
            for (int i = 0; i < m; i++) {
                for (int j = first; j < n; j++) {
                    c[at + i * n + j] = SumOrder.element(
                            a.data(), a.at() + i * aRow, aStep, b.data(), b.at() + j * bColumn, bStep, k, i, j, m, n);
                }
            }
            return;
        }
        float[] columns = b.transposed() ? b.data() : kernels.scratch().floats(Scratch.Use.LEFT, wide * k);
        int columnsAt = b.transposed() ? b.at() + first * k : 0;
        if (!b.transposed()) {
            gather(b.data(), b.at() + first, n, columns, wide, k);
        }
        int rows = (int) Math.max(GATHERED, LEAST_TILE / ((long) wide * k) & -GATHERED);
        Parallel.run((m + rows - 1) / rows, threads, part -> {
            poll.run();
            int end = Math.min(m, (part + 1) * rows);
            for (int i = part * rows; i < end; i += GATHERED) {
                int count = Math.min(GATHERED, end - i);
                float[] lines = a.data();
                int linesAt = a.at() + i * k;
                if (a.transposed()) {
                    lines = kernels.scratch().floats(Scratch.Use.RESULT, GATHERED * k);
                    linesAt = 0;
                    gather(a.data(), a.at() + i, m, lines, count, k);
                }
                for (int r = 0; r < count; r++) {
                    for (int j = 0; j < wide; j++) {
                        c[at + (i + r) * n + first + j] = SumOrder.element(
                                lines, linesAt + r * k, 1, columns, columnsAt + j * k, 1, k, i + r, first + j, m, n);
                    }
                }
            }
        });
    }

    /** The first {@code count} columns of k rows, each {@code stride} after the last, one column after the other. */
    private static void gather(float[] from, int at, int stride, float[] to, int count, int k) {
        for (int l = 0; l < k; l++) {
            int p = at + l * stride;
            for (int j = 0; j < count; j++) {
                to[j * k + l] = from[p + j];
            }
        }
    }

    /** A matrix of m rows times a vector of k. */
    private static void vector(FloatFactor a, FloatFactor v, float[] c, int at, int m, int k, Runnable poll) {
        float[] ad = a.data();
        float[] vd = v.data();
        long since = 0;
        if (!a.transposed()) {
            for (int i = 0; i < m; i++) {
                c[at + i] = SumOrder.dot(ad, a.at() + i * k, vd, v.at(), k, i == m - 1 && m % 2 == 1);
                since += k;
                if (since > ASK) {
                    poll.run();
                    since = 0;
                }
            }
            return;
        }
        int together = SumOrder.columnsAtOnce(m, k);
        if (together >= k && (long) m * k < GATHER) {
            for (int i = 0; i < m; i++) {
                c[at + i] = SumOrder.straight(ad, a.at() + i, m, vd, v.at(), 1, k);
            }
            return;
        }
        for (int i0 = 0; i0 < m; i0 += WIDTH) {
            int count = Math.min(WIDTH, m - i0);
            float[] sums = new float[count];
            for (int from = 0; from < k; from += together) {
                Arrays.fill(sums, 0);
                for (int l = from; l < Math.min(k, from + together); l++) {
                    float factor = vd[v.at() + l];
                    int p = a.at() + l * m + i0;
                    for (int i = 0; i < count; i++) {
                        sums[i] += ad[p + i] * factor;
                    }
                }
                hand(sums, c, at + i0, count, from > 0);
            }
            since += (long) count * k;
            if (since > ASK) {
                poll.run();
                since = 0;
            }
        }
    }

    /** As {@link #floats}, for float64. */
    public static void doubles(
            Kernels kernels, int threads, DoubleFactor a, DoubleFactor b, double[] c, int at, int m, int n, int k, Runnable poll) {
        if (m == 0 || n == 0 || k == 0) {
            Arrays.fill(c, at, at + m * n, 0);
            return;
        }
        Optional<BlockProduct> library = kernels.library(m, n, k, (long) m * n * k);
        if (library.isPresent()) {
            BlockProduct product = library.get();
            int aStride = a.transposed() ? m : k;
            int bStride = b.transposed() ? k : n;
            tiles(m, n, k, libraryTile(m, n, k), LIBRARY_ROWS, threads, poll, (i, rows, j, columns) -> product.doubles(
                    a.transposed(), b.transposed(), rows, columns, k,
                    a.data(), a.at() + (a.transposed() ? i : i * k), aStride,
                    b.data(), b.at() + (b.transposed() ? j * k : j), bStride,
                    false, c, at + i * n + j, n));
            return;
        }
        double[] column = new double[k];
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < k; l++) {
                column[l] = b.data()[b.at() + (b.transposed() ? j * k + l : l * n + j)];
            }
            for (int i = 0; i < m; i++) {
                double s = 0;
                int p = a.at() + (a.transposed() ? i : i * k);
                for (int l = 0; l < k; l++, p += a.transposed() ? m : 1) {
                    s += a.data()[p] * column[l];
                }
                c[at + i * n + j] = s;
            }
            poll.run();
        }
    }

    /** As {@link #floats}, for any integers, modulo 2⁶⁴. */
    public static void longs(
            long[] a, int aAt, boolean ta, long[] b, int bAt, boolean tb, long[] c, int at, int m, int n, int k,
            Runnable poll) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                long s = 0;
                for (int l = 0; l < k; l++) {
                    s += a[aAt + (ta ? l * m + i : i * k + l)] * b[bAt + (tb ? j * k + l : l * n + j)];
                }
                c[at + i * n + j] = s;
            }
            poll.run();
        }
    }
}
