package io.retrograd.kernel;

/**
 * Functions of floats that TensorFlow 1.15 builds from e^x and ln x, built here in the same way from
 * {@link FloatFunctions}, so that they end in the same digits. In all of them y may be x.
 */
public final class FloatActivations {
    private static final int TILE = 512;
    private static final int VECTOR = 8;
    private static final float SELU_SCALE = 1.0507009873554804934193349852946f;
    private static final float SELU_SCALED_ALPHA = 1.7580993408473768599402175208123f;

    /** Softplus of more than this is x, of less than minus this e^x: - ln(2^-23) - 2. */
    private static final float SOFTPLUS_MOST = -((float) Math.log(Math.ulp(1f)) + 2);

    private FloatActivations() {}

    /** What becomes of a tile of x, from {@code at} on, and its {@code n} powers or logarithms. */
    private interface Finish {
        void run(int at, float[] values, int n);
    }

    private static void overExp(float[] x, int from, int to, Finish finish) {
        float[] e = new float[Math.min(TILE, to - from)];
        for (int at = from; at < to; at += TILE) {
            int n = Math.min(TILE, to - at);
            System.arraycopy(x, at, e, 0, n);
            FloatFunctions.exp(e, e, 0, n);
            finish.run(at, e, n);
        }
    }

    /** x, or e^x - 1 below 0. */
    public static void elu(float[] x, float[] y, int from, int to) {
        overExp(x, from, to, (at, e, n) -> {
            for (int i = 0; i < n; i++) {
                y[at + i] = x[at + i] < 0 ? e[i] - 1 : x[at + i];
            }
        });
    }

    /** Elu, scaled as Klambauer et al. (2017) do. */
    public static void selu(float[] x, float[] y, int from, int to) {
        overExp(x, from, to, (at, e, n) -> {
            for (int i = 0; i < n; i++) {
                y[at + i] = x[at + i] < 0 ? SELU_SCALED_ALPHA * (e[i] - 1) : SELU_SCALE * x[at + i];
            }
        });
    }

    /** The gradient of {@link #selu} from its result y. */
    public static void seluGradient(float[] g, float[] y, float[] z, int from, int to) {
        for (int i = from; i < to; i++) {
            z[i] = y[i] < 0 ? g[i] * (y[i] + SELU_SCALED_ALPHA) : g[i] * SELU_SCALE;
        }
    }

    /** ln(1 + e^x). */
    public static void softplus(float[] x, float[] y, int from, int to) {
        float[] log = new float[Math.min(TILE, to - from)];
        overExp(x, from, to, (at, e, n) -> {
            for (int i = 0; i < n; i++) {
                log[i] = e[i] + 1;
            }
            FloatFunctions.log(log, log, 0, n);
            if (areSmall(x, at, n)) {
                System.arraycopy(log, 0, y, at, n);
                return;
            }
            for (int i = 0; i < n; i++) {
                float v = x[at + i];
                y[at + i] = v > SOFTPLUS_MOST ? v : v < -SOFTPLUS_MOST ? e[i] : log[i];
            }
        });
    }

    /** Whether no element is farther from 0 than {@link #SOFTPLUS_MOST}, or a nan. */
    private static boolean areSmall(float[] x, int at, int n) {
        int most = Float.floatToRawIntBits(SOFTPLUS_MOST);
        int odd = 0;
        for (int i = 0; i < n; i++) {
            odd |= most - (Float.floatToRawIntBits(x[at + i]) & Integer.MAX_VALUE);
        }
        return odd >= 0;
    }

    /** g / (e^-x + 1). */
    public static void softplusGradient(float[] g, float[] x, float[] z, int from, int to) {
        float[] e = new float[Math.min(TILE, to - from)];
        float[] back = new float[e.length];
        for (int at = from; at < to; at += TILE) {
            int n = Math.min(TILE, to - at);
            System.arraycopy(x, at, e, 0, n);
            System.arraycopy(g, at, back, 0, n);
            negate(e, n);
            FloatFunctions.exp(e, e, 0, n);
            divide(back, e, n);
            System.arraycopy(back, 0, z, at, n);
        }
    }

    private static void negate(float[] e, int n) {
        for (int i = 0; i < n; i++) {
            e[i] = -e[i];
        }
    }

    private static void divide(float[] back, float[] e, int n) {
        for (int i = 0; i < n; i++) {
            back[i] /= e[i] + 1;
        }
    }

    /** ln(1 + x), by Kahan's formula: x ln(u) / (u - 1) with u = 1 + x as it was rounded. */
    public static void log1p(float[] x, float[] y, int from, int to) {
        int end = from + (to - from & -VECTOR);
        float[] log = new float[Math.min(TILE, end - from)];
        for (int at = from; at < end; at += TILE) {
            int n = Math.min(TILE, end - at);
            for (int i = 0; i < n; i++) {
                log[i] = x[at + i] + 1;
            }
            FloatFunctions.log(log, log, 0, n);
            for (int i = 0; i < n; i++) {
                float v = x[at + i];
                float u = v + 1;
                y[at + i] = u == 1 || u == log[i] ? v : v * (log[i] / (u - 1));
            }
        }
        for (int i = end; i < to; i++) {
            y[i] = (float) Math.log1p(x[i]);
        }
    }

    /** e^x - 1, by Kahan's formula: (u - 1) x / ln(u) with u = e^x as it was rounded. */
    public static void expm1(float[] x, float[] y, int from, int to) {
        int end = from + (to - from & -VECTOR);
        float[] log = new float[Math.min(TILE, end - from)];
        overExp(x, from, end, (at, u, n) -> {
            System.arraycopy(u, 0, log, 0, n);
            FloatFunctions.log(log, log, 0, n);
            for (int i = 0; i < n; i++) {
                float v = x[at + i];
                float less = u[i] - 1;
                y[at + i] = u[i] == 1 ? v : less == -1 ? -1 : log[i] == u[i] ? u[i] : less * (v / log[i]);
            }
        });
        for (int i = end; i < to; i++) {
            y[i] = (float) Math.expm1(x[i]);
        }
    }
}
