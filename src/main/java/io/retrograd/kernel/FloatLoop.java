package io.retrograd.kernel;

/** One elementwise loop: {@code c[i] = f(a[i], b[i])} for from ≤ i &lt; to; the arrays may be the same. */
@FunctionalInterface
public interface FloatLoop {
    void run(float[] a, float[] b, float[] c, int from, int to);
}
