package io.retrograd.kernel;

/**
 * The update rules of the optimizers on the elements {@code from} (inclusive) to {@code to} (exclusive) of float arrays of
 * equal length: the variable w, its slots, the gradient g.
 * Formulas and their order of evaluation are TensorFlow's, so that the last digits agree; {@code estimates} asks for its
 * {@link EstimatedRoot roots} too. {@link DoubleRules} are the same rules in double precision.
 */
public final class FloatRules {
    private FloatRules() {}

    /** Elements whose roots are estimated at a time: the arrays in between stay in the first-level cache. */
    private static final int TILE = 512;

    /** How many of n elements have their roots estimated: whole vectors of eight. */
    private static int estimated(int n, boolean estimates) {
        return estimates ? n & -8 : 0;
    }

    /** The end of the elements from {@code from} on whose roots are estimated, of arrays of n elements. */
    private static int estimatedTo(int from, int to, int n, boolean estimates) {
        return Math.max(from, Math.min(to, estimated(n, estimates)));
    }

    /** What becomes of a tile: its elements from {@code at} on, and the {@code n} places of two arrays to work in. */
    private interface Tile {
        void run(int at, float[] x, float[] y, int n);
    }

    private static void tiles(int from, int to, Tile tile) {
        if (from == to) {
            return;
        }
        float[] x = new float[TILE];
        float[] y = new float[TILE];
        for (int at = from; at < to; at += TILE) {
            tile.run(at, x, y, Math.min(TILE, to - at));
        }
    }

    private static float root(float x, boolean estimate) {
        return estimate ? EstimatedRoot.sqrt(x) : (float) Math.sqrt(x);
    }

    private static float inverseRoot(float x, boolean estimate) {
        return estimate ? EstimatedRoot.rsqrt(x) : 1 / (float) Math.sqrt(x);
    }

    /** w -= lr g. */
    public static void gradientDescent(int from, int to, float[] w, float[] g, float lr) {
        for (int i = from; i < to; i++) {
            w[i] -= lr * g[i];
        }
    }

    /** a = a m + g; w -= lr a, or with Nesterov's look ahead w -= lr (g + a m) (Sutskever et al. 2013). */
    public static void momentum(int from, int to, float[] w, float[] a, float[] g, float lr, float m, boolean nesterov) {
        if (nesterov) {
            for (int i = from; i < to; i++) {
                a[i] = a[i] * m + g[i];
                w[i] -= g[i] * lr + a[i] * m * lr;
            }
        } else {
            for (int i = from; i < to; i++) {
                a[i] = a[i] * m + g[i];
                w[i] -= lr * a[i];
            }
        }
    }

    /** Adam (Kingma and Ba 2015, the form of their section 2's last paragraph); b1p, b2p are the betas' powers. */
    public static void adam(
            int from, int to, float[] w, float[] m, float[] v, float[] g, float b1p, float b2p, float lr, float b1, float b2, float eps, boolean nesterov,
            boolean estimates) {
        float alpha = lr * (float) Math.sqrt(1 - b2p) / (1 - b1p);
        int estimated = estimatedTo(from, to, w.length, estimates);
        tiles(from, estimated, (at, x, y, n) -> {
            moments(at, at + n, m, v, g, b1, b2);
            System.arraycopy(v, at, x, 0, n);
            EstimatedRoot.sqrt(x, y, n);
            System.arraycopy(m, at, x, 0, n);
            if (nesterov) {
                for (int i = 0; i < n; i++) {
                    x[i] = g[at + i] * (1 - b1) + b1 * x[i];
                }
            }
            for (int i = 0; i < n; i++) {
                x[i] = x[i] * alpha / (y[i] + eps);
            }
            subtract(w, at, x, y, n);
        });
        for (int i = estimated; i < to; i++) {
            m[i] += (g[i] - m[i]) * (1 - b1);
            v[i] += (g[i] * g[i] - v[i]) * (1 - b2);
            float step = nesterov ? g[i] * (1 - b1) + b1 * m[i] : m[i];
            w[i] -= step * alpha / ((float) Math.sqrt(v[i]) + eps);
        }
    }

    private static void moments(int from, int to, float[] m, float[] v, float[] g, float b1, float b2) {
        for (int i = from; i < to; i++) {
            m[i] += (g[i] - m[i]) * (1 - b1);
            v[i] += (g[i] * g[i] - v[i]) * (1 - b2);
        }
    }

    /** w[at + i] -= x[i]; {@code space} is used on the way, since loops over one index are vectorised. */
    private static void subtract(float[] w, int at, float[] x, float[] space, int n) {
        System.arraycopy(w, at, space, 0, n);
        for (int i = 0; i < n; i++) {
            space[i] -= x[i];
        }
        System.arraycopy(space, 0, w, at, n);
    }

    /** Adagrad (Duchi et al. 2011): a += g^2; w -= lr g / sqrt(a). */
    public static void adagrad(int from, int to, float[] w, float[] a, float[] g, float lr, boolean updateSlots, boolean estimates) {
        if (updateSlots) {
            for (int i = from; i < to; i++) {
                a[i] += g[i] * g[i];
            }
        }
        int estimated = estimatedTo(from, to, w.length, estimates);
        tiles(from, estimated, (at, x, y, n) -> {
            System.arraycopy(a, at, x, 0, n);
            EstimatedRoot.rsqrt(x, y, n);
            System.arraycopy(g, at, x, 0, n);
            for (int i = 0; i < n; i++) {
                x[i] = x[i] * lr * y[i];
            }
            subtract(w, at, x, y, n);
        });
        for (int i = estimated; i < to; i++) {
            w[i] -= g[i] * lr * (1 / (float) Math.sqrt(a[i]));
        }
    }

    /** Adadelta (Zeiler 2012). */
    public static void adadelta(
            int from, int to, float[] w, float[] a, float[] u, float[] g, float lr, float rho, float eps, boolean estimates) {
        int estimated = estimated(w.length, estimates);
        for (int i = from; i < to; i++) {
            a[i] = a[i] * rho + g[i] * g[i] * (1 - rho);
            float step = root(u[i] + eps, i < estimated) * inverseRoot(a[i] + eps, i < estimated) * g[i];
            w[i] -= step * lr;
            u[i] = u[i] * rho + step * step * (1 - rho);
        }
    }

    /** RMSProp (Tieleman and Hinton 2012), epsilon inside the root as in TensorFlow. */
    public static void rmsProp(
            int from, int to, float[] w, float[] ms, float[] mom, float[] g, float lr, float rho, float momentum, float eps, boolean estimates) {
        for (int i = from; i < to; i++) {
            ms[i] += (g[i] * g[i] - ms[i]) * (1 - rho);
        }
        int estimated = estimatedTo(from, to, w.length, estimates);
        tiles(from, estimated, (at, x, y, n) -> {
            System.arraycopy(ms, at, x, 0, n);
            follow(mom, g, at, x, y, n, lr, momentum, eps);
        });
        for (int i = estimated; i < to; i++) {
            mom[i] = mom[i] * momentum + g[i] * lr / (float) Math.sqrt(ms[i] + eps);
        }
        for (int i = from; i < to; i++) {
            w[i] -= mom[i];
        }
    }

    /** RMSProp that divides by the deviation from the mean gradient (Graves 2013). */
    public static void centeredRmsProp(
            int from, int to, float[] w, float[] mg, float[] ms, float[] mom, float[] g, float lr, float rho, float momentum, float eps,
            boolean estimates) {
        for (int i = from; i < to; i++) {
            ms[i] += (g[i] * g[i] - ms[i]) * (1 - rho);
            mg[i] += (g[i] - mg[i]) * (1 - rho);
        }
        int estimated = estimatedTo(from, to, w.length, estimates);
        tiles(from, estimated, (at, x, y, n) -> {
            System.arraycopy(ms, at, x, 0, n);
            System.arraycopy(mg, at, y, 0, n);
            for (int i = 0; i < n; i++) {
                x[i] = x[i] - y[i] * y[i];
            }
            follow(mom, g, at, x, y, n, lr, momentum, eps);
        });
        for (int i = estimated; i < to; i++) {
            mom[i] = mom[i] * momentum + g[i] * lr / (float) Math.sqrt(ms[i] - mg[i] * mg[i] + eps);
        }
        for (int i = from; i < to; i++) {
            w[i] -= mom[i];
        }
    }

    /** mom = mom · momentum + g · lr / sqrt(x + eps) for the n elements from {@code at} on. */
    private static void follow(float[] mom, float[] g, int at, float[] x, float[] y, int n, float lr, float momentum, float eps) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] + eps;
        }
        EstimatedRoot.sqrt(x, y, n);
        System.arraycopy(g, at, x, 0, n);
        for (int i = 0; i < n; i++) {
            x[i] = x[i] * lr / y[i];
        }
        System.arraycopy(mom, at, y, 0, n);
        for (int i = 0; i < n; i++) {
            y[i] = y[i] * momentum + x[i];
        }
        System.arraycopy(y, 0, mom, at, n);
    }

    /** Follow the regularized leader (McMahan et al. 2013); {@code shrinkage} is FtrlV2's, 0 for none. */
    public static void ftrl(
            int from, int to, float[] w, float[] a, float[] linear, float[] g, float lr, float l1, float l2, float shrinkage, float power,
            boolean estimates) {
        int estimated = estimated(w.length, estimates);
        for (int i = from; i < to; i++) {
            float shrunk = g[i] + 2 * shrinkage * w[i];
            float n = a[i] + g[i] * g[i];
            boolean estimate = i < estimated;
            float now = raise(n, power, estimate);
            linear[i] += shrunk - (now - raise(a[i], power, estimate)) / lr * w[i];
            float quadratic = now / lr + 2 * l2;
            w[i] = Math.abs(linear[i]) > l1 ? (Math.signum(linear[i]) * l1 - linear[i]) / quadratic : 0;
            a[i] = n;
        }
    }

    private static float raise(float x, float power, boolean estimate) {
        return power == -0.5f ? root(x, estimate) : (float) Math.pow(x, -power);
    }

    /** Gradient descent with a proximal step for L1 and L2 (Duchi and Singer 2009). */
    public static void proximalGradientDescent(int from, int to, float[] w, float[] g, float lr, float l1, float l2) {
        for (int i = from; i < to; i++) {
            w[i] = proximal(w[i] - lr * g[i], lr, l1, l2);
        }
    }

    /** Adagrad with the same proximal step. */
    public static void proximalAdagrad(
            int from, int to, float[] w, float[] a, float[] g, float lr, float l1, float l2, boolean estimates) {
        int estimated = estimated(w.length, estimates);
        for (int i = from; i < to; i++) {
            a[i] += g[i] * g[i];
            float rate = lr * inverseRoot(a[i], i < estimated);
            w[i] = proximal(w[i] - rate * g[i], rate, l1, l2);
        }
    }

    private static float proximal(float p, float rate, float l1, float l2) {
        return l1 > 0
                ? Math.signum(p) * Math.max(Math.abs(p) - rate * l1, 0) / (1 + rate * l2)
                : p / (1 + rate * l2);
    }

    /** Adagrad's dual averaging form (Duchi et al. 2011); {@code step} counts from 1. */
    public static void adagradDa(
            int from, int to, float[] w, float[] sum, float[] squares, float[] g, float lr, float l1, float l2, long step, boolean estimates) {
        int estimated = estimated(w.length, estimates);
        for (int i = from; i < to; i++) {
            sum[i] += g[i];
            squares[i] += g[i] * g[i];
            float s = l1 > 0 ? Math.signum(sum[i]) * Math.max(Math.abs(sum[i]) - l1 * step, 0) : sum[i];
            w[i] = -lr * s / (l2 * step * lr + root(squares[i], i < estimated));
        }
    }

    /**
     * Resilient backpropagation as Riedmiller and Braun (1993) gave it, with weight-backtracking (later called
     * Rprop+): only the sign of the gradient counts; each weight has a step of its own, which grows while the
     * sign stays and shrinks when it flips; a step that jumped over a minimum is taken back.
     */
    public static void rprop(
            int from, int to, float[] w, float[] before, float[] step, float[] change, float[] g, float shrink, float grow, float least, float most) {
        for (int i = from; i < to; i++) {
            float agreement = before[i] * g[i];
            if (agreement < 0) {
                step[i] = Math.max(step[i] * shrink, least);
                w[i] -= change[i];
                change[i] = 0;
                before[i] = 0;
            } else {
                if (agreement > 0) {
                    step[i] = Math.min(step[i] * grow, most);
                }
                change[i] = -Math.signum(g[i]) * step[i];
                w[i] += change[i];
                before[i] = g[i];
            }
        }
    }
}
