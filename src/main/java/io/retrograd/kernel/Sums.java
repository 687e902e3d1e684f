package io.retrograd.kernel;

/**
 * Sums of floats in the order in which TensorFlow 1.15 takes them on one thread, which is Eigen's
 * (unsupported/Eigen/CXX11/src/Tensor/TensorReduction.h of 2019, vectors of eight), so that they end in its digits.
 */
public final class Sums {
    /** Longer rows are cut in two, and the halves again. */
    private static final int LEAF = 8192;

    /** Columns that are added to each other where they lie: it is not worth copying rows. */
    private static final int NARROW = 32;

    /** Columns at a time: what is copied stays in the first-level cache. */
    private static final int BLOCK = 512;

    /** Elements for which a second thread is worth having: some 5 µs of work. */
    private static final int SHARE = 1 << 15;

    private Sums() {}

    /** The sum of {@code count} neighbours from {@code at}, a row of a tensor: by halves of at most {@link #LEAF}. */
    public static float row(float[] a, int at, int count) {
        return tree(at, count, (from, n) -> inLanes(a, from, n));
    }

    /** Half the sum of the squares of a whole tensor. */
    public static float halfSquares(float[] a, int count, Runnable poll) {
        float[] terms = new float[Math.min(count, LEAF)];
        return tree(0, count, (from, n) -> {
            poll.run();
            for (int i = 0; i < n; i++) {
                terms[i] = a[from + i] * a[from + i] * 0.5f;
            }
            return inLanes(terms, 0, n);
        });
    }

    /** The sum of a part that is short enough. */
    private interface Leaf {
        float sum(int from, int count);
    }

    private static float tree(int at, int count, Leaf leaf) {
        if (count <= LEAF) {
            return leaf.sum(at, count);
        }
        int split = (at + (count + 1) / 2 + 7) & -8;
        int left = Math.min(split - at, count);
        float sum = tree(at, left, leaf);
        return left < count ? sum + tree(split, count - left, leaf) : sum;
    }

    /**
     * The sum of {@code count} neighbours from {@code at} as TensorFlow takes it along a row: eight sums of every eighth
     * element, those of the last few elements apart.
     */
    public static float inLanes(float[] a, int at, int count) {
        float rest = 0;
        int whole = count & -8;
        for (int i = whole; i < count; i++) {
            rest += a[at + i];
        }
        if (whole == 0) {
            return rest;
        }
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int i = at; i < at + whole; i += 8) {
            s0 += a[i];
            s1 += a[i + 1];
            s2 += a[i + 2];
            s3 += a[i + 3];
            s4 += a[i + 4];
            s5 += a[i + 5];
            s6 += a[i + 6];
            s7 += a[i + 7];
        }
        return rest + (s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7)));
    }

    /** Adds a row of {@code sums.length} neighbours from {@code at} to the sums: a column's terms are added one by one. */
    public static void addRow(float[] a, int at, float[] sums) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += a[at + j];
        }
    }

    /** sums[a, c] += x[a, b, c], for each b in turn. */
    public static void middle(float[] x, float[] sums, int first, int second, int third, int threads) {
        for (int a = 0; a < first; a++) {
            columns(x, a * second * third, second, third, sums, a * third, threads);
        }
    }

    /** sums[to + c] += x[at + r * width + c], for each row r in turn. Threads share the columns. */
    public static void columns(float[] x, int at, int rows, int width, float[] sums, int to, int threads) {
        if (width < NARROW || rows < 4) {
            for (int r = 0; r < rows; r++) {
                for (int c = 0, p = at + r * width; c < width; c++) {
                    sums[to + c] += x[p + c];
                }
            }
            return;
        }
        boolean share = threads > 1 && (long) rows * width >= SHARE && width >= 2 * NARROW;
        int parts = share ? Math.min(threads, width / NARROW) : 1;
        int each = Math.min(BLOCK, ((width + parts - 1) / parts + 15) / 16 * 16);
        Parallel.run((width + each - 1) / each, parts, part -> {
            int first = part * each;
            block(x, at + first, rows, width, Math.min(each, width - first), sums, to + first);
        });
    }

    /** Some neighbouring columns: four rows at a time are copied to where they have one common index with the sums. */
    private static void block(float[] x, int at, int rows, int stride, int width, float[] sums, int to) {
        float[] sum = new float[width];
        float[] a = new float[width];
        float[] b = new float[width];
        float[] c = new float[width];
        float[] d = new float[width];
        System.arraycopy(sums, to, sum, 0, width);
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            int p = at + r * stride;
            System.arraycopy(x, p, a, 0, width);
            System.arraycopy(x, p + stride, b, 0, width);
            System.arraycopy(x, p + 2 * stride, c, 0, width);
            System.arraycopy(x, p + 3 * stride, d, 0, width);
            for (int i = 0; i < width; i++) {
                sum[i] = sum[i] + a[i] + b[i] + c[i] + d[i];
            }
        }
        for (; r < rows; r++) {
            System.arraycopy(x, at + r * stride, a, 0, width);
            for (int i = 0; i < width; i++) {
                sum[i] += a[i];
            }
        }
        System.arraycopy(sum, 0, sums, to, width);
    }

    /** sums[b] += x[a, b, c], for each c and in it each a in turn. */
    public static void ends(float[] x, float[] sums, int first, int second, int third) {
        for (int c = 0; c < third; c++) {
            for (int a = 0; a < first; a++) {
                for (int b = 0; b < second; b++) {
                    sums[b] += x[(a * second + b) * third + c];
                }
            }
        }
    }
}
