package io.retrograd.kernel;

/**
 * The discrete Fourier transform of a line of complex numbers, in double: by halves (Cooley and Tukey, 1965) where its
 * length is a power of two, else as a convolution of such a length (Bluestein, 1970).
 */
public final class Fourier {
    private Fourier() {}

    /**
     * Transforms a line in place.
     *
     * @param backward with the exponent's sign turned; nothing is divided by the length
     */
    public static void transform(double[] re, double[] im, boolean backward) {
        int n = re.length;
        if (n < 2) {
            return;
        }
        if ((n & n - 1) == 0) {
            halves(re, im, backward);
        } else {
            anyLength(re, im, backward);
        }
    }

    private static void halves(double[] re, double[] im, boolean backward) {
        int n = re.length;
        int shift = 32 - Integer.numberOfTrailingZeros(n);
        for (int i = 0; i < n; i++) {
            int j = Integer.reverse(i) >>> shift;
            if (j > i) {
                double t = re[i];
                re[i] = re[j];
                re[j] = t;
                t = im[i];
                im[i] = im[j];
                im[j] = t;
            }
        }
        double[] cos = new double[n / 2];
        double[] sin = new double[n / 2];
        for (int i = 0; i < n / 2; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / n);
            sin[i] = (backward ? 1 : -1) * Math.sin(2 * Math.PI * i / n);
        }
        for (int size = 2; size <= n; size *= 2) {
            int half = size / 2;
            int step = n / size;
            for (int from = 0; from < n; from += size) {
                for (int i = 0; i < half; i++) {
                    int a = from + i;
                    int b = a + half;
                    double wr = cos[i * step];
                    double wi = sin[i * step];
                    double xr = re[b] * wr - im[b] * wi;
                    double xi = re[b] * wi + im[b] * wr;
                    re[b] = re[a] - xr;
                    im[b] = im[a] - xi;
                    re[a] += xr;
                    im[a] += xi;
                }
            }
        }
    }

    private static void anyLength(double[] re, double[] im, boolean backward) {
        int n = re.length;
        int m = Integer.highestOneBit(2 * n) * 2;
        double[] cos = new double[n];
        double[] sin = new double[n];
        for (int i = 0; i < n; i++) {
            // The square is taken modulo the period, or its angle would lose digits.
            double angle = Math.PI * ((long) i * i % (2L * n)) / n;
            cos[i] = Math.cos(angle);
            sin[i] = (backward ? 1 : -1) * Math.sin(angle);
        }
        double[] ar = new double[m];
        double[] ai = new double[m];
        double[] br = new double[m];
        double[] bi = new double[m];
        for (int i = 0; i < n; i++) {
            ar[i] = re[i] * cos[i] - im[i] * sin[i];
            ai[i] = re[i] * sin[i] + im[i] * cos[i];
            br[i] = cos[i];
            bi[i] = -sin[i];
            if (i > 0) {
                br[m - i] = cos[i];
                bi[m - i] = -sin[i];
            }
        }
        halves(ar, ai, false);
        halves(br, bi, false);
        for (int i = 0; i < m; i++) {
            double r = ar[i] * br[i] - ai[i] * bi[i];
            ai[i] = ar[i] * bi[i] + ai[i] * br[i];
            ar[i] = r;
        }
        halves(ar, ai, true);
        for (int i = 0; i < n; i++) {
            double r = ar[i] / m;
            double s = ai[i] / m;
            re[i] = r * cos[i] - s * sin[i];
            im[i] = r * sin[i] + s * cos[i];
        }
    }
}
