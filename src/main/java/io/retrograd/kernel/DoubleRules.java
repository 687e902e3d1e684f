package io.retrograd.kernel;

/**
 * The update rules of the optimizers on double arrays of equal length: the variable w, its slots, the gradient g.
 * Formulas and their order of evaluation are TensorFlow's, so that the last digits agree. {@link FloatRules} are the
 * same rules in single precision.
 */
public final class DoubleRules {
    private DoubleRules() {}

    /** w -= lr g. */
    public static void gradientDescent(double[] w, double[] g, double lr) {
        for (int i = 0; i < w.length; i++) {
            w[i] -= lr * g[i];
        }
    }

    /** a = a m + g; w -= lr a, or with Nesterov's look ahead w -= lr (g + a m) (Sutskever et al. 2013). */
    public static void momentum(double[] w, double[] a, double[] g, double lr, double m, boolean nesterov) {
        if (nesterov) {
            for (int i = 0; i < w.length; i++) {
                a[i] = a[i] * m + g[i];
                w[i] -= g[i] * lr + a[i] * m * lr;
            }
        } else {
            for (int i = 0; i < w.length; i++) {
                a[i] = a[i] * m + g[i];
                w[i] -= lr * a[i];
            }
        }
    }

    /** Adam (Kingma and Ba 2015, the form of their section 2's last paragraph); b1p, b2p are the betas' powers. */
    public static void adam(
            double[] w, double[] m, double[] v, double[] g, double b1p, double b2p, double lr, double b1, double b2, double eps, boolean nesterov) {
        double alpha = lr * Math.sqrt(1 - b2p) / (1 - b1p);
        for (int i = 0; i < w.length; i++) {
            m[i] += (g[i] - m[i]) * (1 - b1);
            v[i] += (g[i] * g[i] - v[i]) * (1 - b2);
            double step = nesterov ? g[i] * (1 - b1) + b1 * m[i] : m[i];
            w[i] -= step * alpha / (Math.sqrt(v[i]) + eps);
        }
    }

    /** Adagrad (Duchi et al. 2011): a += g^2; w -= lr g / sqrt(a). */
    public static void adagrad(double[] w, double[] a, double[] g, double lr, boolean updateSlots) {
        for (int i = 0; i < w.length; i++) {
            if (updateSlots) {
                a[i] += g[i] * g[i];
            }
            w[i] -= g[i] * lr / Math.sqrt(a[i]);
        }
    }

    /** Adadelta (Zeiler 2012). */
    public static void adadelta(double[] w, double[] a, double[] u, double[] g, double lr, double rho, double eps) {
        for (int i = 0; i < w.length; i++) {
            a[i] = a[i] * rho + g[i] * g[i] * (1 - rho);
            double step = Math.sqrt(u[i] + eps) / Math.sqrt(a[i] + eps) * g[i];
            w[i] -= step * lr;
            u[i] = u[i] * rho + step * step * (1 - rho);
        }
    }

    /** RMSProp (Tieleman and Hinton 2012), epsilon inside the root as in TensorFlow. */
    public static void rmsProp(double[] w, double[] ms, double[] mom, double[] g, double lr, double rho, double momentum, double eps) {
        for (int i = 0; i < w.length; i++) {
            ms[i] += (g[i] * g[i] - ms[i]) * (1 - rho);
            mom[i] = mom[i] * momentum + g[i] * lr / Math.sqrt(ms[i] + eps);
            w[i] -= mom[i];
        }
    }

    /** RMSProp that divides by the deviation from the mean gradient (Graves 2013). */
    public static void centeredRmsProp(
            double[] w, double[] mg, double[] ms, double[] mom, double[] g, double lr, double rho, double momentum, double eps) {
        for (int i = 0; i < w.length; i++) {
            ms[i] += (g[i] * g[i] - ms[i]) * (1 - rho);
            mg[i] += (g[i] - mg[i]) * (1 - rho);
            double deviation = ms[i] - mg[i] * mg[i] + eps;
            mom[i] = mom[i] * momentum + g[i] * lr / Math.sqrt(deviation);
            w[i] -= mom[i];
        }
    }

    /** Follow the regularized leader (McMahan et al. 2013); {@code shrinkage} is FtrlV2's, 0 for none. */
    public static void ftrl(
            double[] w, double[] a, double[] linear, double[] g, double lr, double l1, double l2, double shrinkage, double power) {
        for (int i = 0; i < w.length; i++) {
            double shrunk = g[i] + 2 * shrinkage * w[i];
            double n = a[i] + g[i] * g[i];
            double now = raise(n, power);
            linear[i] += shrunk - (now - raise(a[i], power)) / lr * w[i];
            double quadratic = now / lr + 2 * l2;
            w[i] = Math.abs(linear[i]) > l1 ? (Math.signum(linear[i]) * l1 - linear[i]) / quadratic : 0;
            a[i] = n;
        }
    }

    private static double raise(double x, double power) {
        return (power == -0.5 ? Math.sqrt(x) : Math.pow(x, -power));
    }

    /** Gradient descent with a proximal step for L1 and L2 (Duchi and Singer 2009). */
    public static void proximalGradientDescent(double[] w, double[] g, double lr, double l1, double l2) {
        for (int i = 0; i < w.length; i++) {
            w[i] = proximal(w[i] - lr * g[i], lr, l1, l2);
        }
    }

    /** Adagrad with the same proximal step. */
    public static void proximalAdagrad(double[] w, double[] a, double[] g, double lr, double l1, double l2) {
        for (int i = 0; i < w.length; i++) {
            a[i] += g[i] * g[i];
            double rate = lr / Math.sqrt(a[i]);
            w[i] = proximal(w[i] - rate * g[i], rate, l1, l2);
        }
    }

    private static double proximal(double p, double rate, double l1, double l2) {
        return l1 > 0
                ? Math.signum(p) * Math.max(Math.abs(p) - rate * l1, 0) / (1 + rate * l2)
                : p / (1 + rate * l2);
    }

    /** Adagrad's dual averaging form (Duchi et al. 2011); {@code step} counts from 1. */
    public static void adagradDa(double[] w, double[] sum, double[] squares, double[] g, double lr, double l1, double l2, long step) {
        for (int i = 0; i < w.length; i++) {
            sum[i] += g[i];
            squares[i] += g[i] * g[i];
            double s = l1 > 0 ? Math.signum(sum[i]) * Math.max(Math.abs(sum[i]) - l1 * step, 0) : sum[i];
            w[i] = -lr * s / (l2 * step * lr + Math.sqrt(squares[i]));
        }
    }

    /**
     * Resilient backpropagation as Riedmiller and Braun (1993) gave it, with weight-backtracking (later called
     * Rprop+): only the sign of the gradient counts; each weight has a step of its own, which grows while the
     * sign stays and shrinks when it flips; a step that jumped over a minimum is taken back.
     */
    public static void rprop(
            double[] w, double[] before, double[] step, double[] change, double[] g, double shrink, double grow, double least, double most) {
        for (int i = 0; i < w.length; i++) {
            double agreement = before[i] * g[i];
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
