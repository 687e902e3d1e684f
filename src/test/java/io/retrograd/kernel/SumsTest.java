package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Sums of columns have the bits of adding row by row, whatever the number of threads. */
final class SumsTest {
    @Property(tries = 300)
    void columnsAreAddedRowByRow(@ForAll long seed) {
        Random r = new Random(seed);
        int first = 1 + r.nextInt(3);
        int second = r.nextInt(40);
        int third = 1 + r.nextInt(r.nextInt(4) == 0 ? 3000 : 100);
        float[] x = new float[first * second * third];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) r.nextGaussian();
        }
        float[] expected = new float[first * third];
        for (int a = 0; a < first; a++) {
            for (int b = 0; b < second; b++) {
                for (int c = 0; c < third; c++) {
                    expected[a * third + c] += x[(a * second + b) * third + c];
                }
            }
        }
        for (int threads = 1; threads <= 3; threads++) {
            float[] sums = new float[expected.length];
            Sums.middle(x, sums, first, second, third, threads);
            assertArrayEquals(expected, sums);
        }
    }
}
