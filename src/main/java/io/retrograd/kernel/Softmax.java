package io.retrograd.kernel;

/** Softmax of one row of logits and what losses make of it; in double, shifted by the largest logit. */
public final class Softmax {
    private Softmax() {}

    /** Replaces the logits by e^x / sum e^x. */
    public static void softmax(double[] x) {
        double largest = largest(x);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.exp(x[i] - largest);
            sum += x[i];
        }
        for (int i = 0; i < x.length; i++) {
            x[i] /= sum;
        }
    }

    /** Replaces the logits by x - log sum e^x. */
    public static void logSoftmax(double[] x) {
        double largest = largest(x);
        double sum = 0;
        for (double v : x) {
            sum += Math.exp(v - largest);
        }
        double log = Math.log(sum);
        for (int i = 0; i < x.length; i++) {
            x[i] = x[i] - largest - log;
        }
    }

    /** -sum p log softmax(x); replaces the logits by softmax(x) - p. A label of 0 counts nothing, whatever its logit. */
    public static double crossEntropy(double[] x, double[] p) {
        double largest = largest(x);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] -= largest;
            sum += Math.exp(x[i]);
        }
        double log = Math.log(sum);
        double loss = 0;
        for (int i = 0; i < x.length; i++) {
            double term = log - x[i];
            loss += p[i] == 0 && !Double.isNaN(term) ? 0 : p[i] * term;
            x[i] = Math.exp(x[i]) / sum - p[i];
        }
        return loss;
    }

    /** -log softmax(x)[label]; replaces the logits by softmax(x), less 1 at the label. */
    public static double crossEntropy(double[] x, int label) {
        double largest = largest(x);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] -= largest;
            sum += Math.exp(x[i]);
        }
        double loss = Math.log(sum) - x[label];
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.exp(x[i]) / sum;
        }
        x[label] -= 1;
        return loss;
    }

    private static double largest(double[] x) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double v : x) {
            largest = Math.max(largest, v);
        }
        return largest;
    }
}
