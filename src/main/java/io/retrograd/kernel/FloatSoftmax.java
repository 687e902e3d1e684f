package io.retrograd.kernel;

/**
 * Softmax of the rows of a float matrix and the losses that are made of it, in TensorFlow's own order of evaluation,
 * shifted by the largest logit of each row. {@link Softmax} is the same in double precision.
 */
public final class FloatSoftmax {
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

    /** loss = -sum p log softmax(x) of each row; back = softmax(x) - p. */
    public static void crossEntropy(float[] x, float[] p, float[] loss, float[] back, int rows, int classes) {
        shift(x, back, rows, classes);
        float[] sums = sums(back, rows, classes);
        float[] logs = new float[rows];
        FloatFunctions.log(sums, logs, 0, rows);
        float[] terms = new float[classes];
        for (int r = 0, at = 0; r < rows; r++, at += classes) {
            for (int j = 0; j < classes; j++) {
                terms[j] = p[at + j] * (logs[r] - back[at + j]);
            }
            loss[r] = Sums.inLanes(terms, 0, classes);
        }
        FloatFunctions.exp(back, back, 0, rows * classes);
        for (int r = 0, at = 0; r < rows; r++, at += classes) {
            for (int j = at; j < at + classes; j++) {
                back[j] = back[j] / sums[r] - p[j];
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
        for (int r = 0, at = 0; r < rows; r++, at += classes) {
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
        float[] sums = new float[rows];
        float[] row = new float[classes];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(x, r * classes, row, 0, classes);
            FloatFunctions.exp(row, row, 0, classes);
            sums[r] = Sums.inLanes(row, 0, classes);
        }
        return sums;
    }
}
