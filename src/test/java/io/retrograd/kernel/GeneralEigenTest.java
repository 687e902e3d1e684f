package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds eigenvalues and vectors of random matrices of several kinds to what defines them: A·v = λ·v and |v| = 1. */
class GeneralEigenTest {
    @TestFactory
    Stream<DynamicTest> vectorsAreOnlyStretched() {
        Random random = new Random(1);
        return IntStream.range(0, 200).mapToObj(i -> {
            int n = 1 + random.nextInt(12);
            double[] a = matrix(random, n, i % 4);
            return DynamicTest.dynamicTest(n + " x " + n + " no. " + i, () -> check(a, n));
        });
    }

    /** Any, of small whole numbers, symmetric, triangular. */
    private static double[] matrix(Random random, int n, int kind) {
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double x = random.nextGaussian();
                a[i * n + j] = kind == 1 ? Math.rint(2 * x) : kind == 3 && j < i ? 0 : x;
                if (kind == 2 && j < i) {
                    a[i * n + j] = a[j * n + i];
                }
            }
        }
        return a;
    }

    private static void check(double[] a, int n) {
        GeneralEigen e = new GeneralEigen(a, n);
        for (int k = 0; k < n; k++) {
            double length = 0;
            for (int i = 0; i < n; i++) {
                double re = 0;
                double im = 0;
                for (int j = 0; j < n; j++) {
                    re += a[i * n + j] * e.vectorReal(k, j);
                    im += a[i * n + j] * e.vectorImaginary(k, j);
                }
                double x = e.vectorReal(k, i);
                double y = e.vectorImaginary(k, i);
                assertEquals(e.real(k) * x - e.imaginary(k) * y, re, 1e-9);
                assertEquals(e.real(k) * y + e.imaginary(k) * x, im, 1e-9);
                length += x * x + y * y;
            }
            assertEquals(1, length, 1e-9);
        }
    }
}
