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

    /** Adds a row of {@code sums.length} neighbours from {@code at} to the sums. */
    public static void addRow(float[] a, int at, double[] sums) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += a[at + j];
        }
    }
}
