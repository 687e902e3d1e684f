package io.retrograd.kernel;

/** Sums of floats, taken in double so that the result is the true sum rounded once, whatever the order. */
public final class Sums {
    private Sums() {}

    /** The sum of {@code count} neighbours from {@code at}. */
    public static double of(float[] a, int at, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = at;
        int end = at + count;
        for (; i + 4 <= end; i += 4) {
            s0 += a[i];
            s1 += a[i + 1];
            s2 += a[i + 2];
            s3 += a[i + 3];
        }
        for (; i < end; i++) {
            s0 += a[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    /** Adds a row of {@code sums.length} neighbours from {@code at} to the sums. */
    public static void addRow(float[] a, int at, double[] sums) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += a[at + j];
        }
    }
}
