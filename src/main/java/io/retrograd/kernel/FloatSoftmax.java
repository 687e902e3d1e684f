package io.retrograd.kernel;

/**
 * Softmax of the rows of a float matrix and the losses that are made of it, in TensorFlow's own order of evaluation,
 * shifted by the largest logit of each row. {@link Softmax} is the same in double precision.
 */
public final class FloatSoftmax {
    /** Elements for which a second thread is worth having: some 10 µs of work. */
    private static final int SHARE = 1 << 9;

    /** Elements of a TensorFlow vector: parts of whole vectors have the digits of the whole. */
    private static final int VECTOR = 8;

    private FloatSoftmax() {}

    /** y = e^x / sum e^x. */
    public static void softmax(float[] x, float[] y, int rows, int classes) {
        shift(x, y, rows, classes);
        FloatFunctions.exp(y, y, 0, rows * classes);
        for (int r = 0, at = 0; r < rows; r++, at += classes) {
            float scale = 1 / Sums.inLanes(y, at, classes);
            for (int j = at; j < at + classes; j++) {
                y[j] *= scale;
            }
        }
    }

    /** y = x - log sum e^x. */
    public static void logSoftmax(float[] x, float[] y, int rows, int classes) {
        shift(x, y, rows, classes);
        float[] sums = sums(y, rows, classes);
        FloatFunctions.log(sums, sums, 0, rows);
        for (int r = 0, at = 0; r < rows; r++, at += classes) {
            for (int j = at; j < at + classes; j++) {
                y[j] -= sums[r];
            }
        }
    }

    /** loss = -sum p log softmax(x) of each row; back = softmax(x) - p. Threads share the rows. */
    public static void crossEntropy(float[] x, float[] p, float[] loss, float[] back, int rows, int classes, int threads) {
        int parts = (long) rows * classes < SHARE ? 1 : Math.min(threads, rows / VECTOR);
        int each = parts < 2 ? Math.max(1, rows) : ((rows + parts - 1) / parts + VECTOR - 1) / VECTOR * VECTOR;
        Parallel.run((rows + each - 1) / each, threads, part ->
                rowsEntropy(x, p, loss, back, part * each, Math.min(rows, (part + 1) * each), classes));
    }

    /** Rows {@code from} (inclusive, a whole number of vectors) to {@code to} (exclusive). */
    private static void rowsEntropy(float[] x, float[] p, float[] loss, float[] back, int from, int to, int classes) {
        shift(x, back, from, to, classes);
        float[] sums = sums(back, from, to, classes);
        float[] logs = new float[to - from];
        FloatFunctions.log(sums, logs, 0, to - from);
        float[] terms = new float[classes];
        for (int r = from, at = from * classes; r < to; r++, at += classes) {
            for (int j = 0; j < classes; j++) {
                terms[j] = p[at + j] * (logs[r - from] - back[at + j]);
            }
            loss[r] = Sums.inLanes(terms, 0, classes);
        }
        FloatFunctions.exp(back, back, from * classes, to * classes);
        for (int r = from, at = from * classes; r < to; r++, at += classes) {
            for (int j = at; j < at + classes; j++) {
                back[j] = back[j] / sums[r - from] - p[j];
            }
        }
    }

    /** The same where label[r] is the only class of row r with a probability, 1. */
    public static void crossEntropy(float[] x, int[] label, float[] loss, float[] back, int rows, int classes) {
        shift(x, back, rows, classes);
        float[] sums = sums(back, rows, classes);
        for (int r = 0; r < rows; r++) {
            loss[r] = (float) Math.log(sums[r]) - back[r * classes + label[r]];
        }
        FloatFunctions.exp(back, back, 0, rows * classes);
        for (int r = 0, at = 0; r < rows; r++, at += classes) {
            for (int j = at; j < at + classes; j++) {
                back[j] /= sums[r];
            }
            back[at + label[r]] -= 1;
        }
    }

    /** y = x less the largest of its row. */
    private static void shift(float[] x, float[] y, int rows, int classes) {
        shift(x, y, 0, rows, classes);
    }

    private static void shift(float[] x, float[] y, int from, int to, int classes) {
        for (int r = from, at = from * classes; r < to; r++, at += classes) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int j = at; j < at + classes; j++) {
                largest = Math.max(largest, x[j]);
            }
            for (int j = at; j < at + classes; j++) {
                y[j] = x[j] - largest;
            }
        }
    }

    /** sum e^x of each row. */
    private static float[] sums(float[] x, int rows, int classes) {
        return sums(x, 0, rows, classes);
    }

    private static float[] sums(float[] x, int from, int to, int classes) {
        float[] sums = new float[to - from];
        float[] row = new float[classes];
        for (int r = from; r < to; r++) {
            System.arraycopy(x, r * classes, row, 0, classes);
            FloatFunctions.exp(row, row, 0, classes);
            sums[r - from] = Sums.inLanes(row, 0, classes);
        }
        return sums;
    }
}
