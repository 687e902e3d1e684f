package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The fast functions give TensorFlow's digits, are close to the true values, and do not depend on how work is cut. */
final class FloatFunctionsTest {
    private interface Loop {
        void run(float[] x, float[] y, int from, int to);
    }

    private static final List<Loop> LOOPS =
            List.of(FloatFunctions::exp, FloatFunctions::log, FloatFunctions::tanh, FloatFunctions::logistic);
    private static final List<DoubleUnaryOperator> TRUE =
            List.of(Math::exp, Math::log, Math::tanh, x -> 1 / (1 + Math.exp(-x)));

    /** Columns: x, then each function of it. */
    private static float[][] golden() throws IOException {
        List<String> lines;
        try (InputStream in = FloatFunctionsTest.class.getResourceAsStream("/oracle/float_functions.tsv")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#")).toList();
        }
        float[][] columns = new float[1 + LOOPS.size()][lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            String[] fields = lines.get(i).split("\t");
            for (int k = 0; k < columns.length; k++) {
                columns[k][i] = Float.parseFloat(fields[k]);
            }
        }
        return columns;
    }

    @Test
    void digitsAreTensorFlows() throws IOException {
        float[][] golden = golden();
        float[] x = golden[0];
        for (int k = 0; k < LOOPS.size(); k++) {
            float[] y = new float[x.length];
            LOOPS.get(k).run(x, y, 0, x.length);
            for (int i = 0; i < x.length; i++) {
                assertEquals(golden[k + 1][i], y[i], "function " + k + " of " + x[i]);
            }
        }
    }

    @Property(tries = 100)
    void closeToTheTruth(@ForAll long seed) {
        Random r = new Random(seed);
        float[] x = new float[1 + r.nextInt(1500)];
        for (int k = 0; k < LOOPS.size(); k++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (k == 1 ? Math.exp(r.nextGaussian() * 12) : r.nextGaussian() * 12);
            }
            float[] y = new float[x.length];
            LOOPS.get(k).run(x, y, 0, x.length);
            for (int i = 0; i < x.length; i++) {
                double want = TRUE.get(k).applyAsDouble(x[i]);
                // Two units in the last place of exp and log, eight of tanh; the logistic function is fitted absolutely.
                double most = k == 3 ? 2.5e-7 : Math.ulp((float) want) * (k == 2 ? 8 : 2);
                assertEquals(want, y[i], most, "function " + k + " of " + x[i]);
            }
        }
    }

    @Property(tries = 50)
    void piecesAndPlaceChangeNothing(@ForAll long seed) {
        Random r = new Random(seed);
        float[] x = new float[8 * (1 + r.nextInt(300)) + r.nextInt(8)];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.abs(r.nextGaussian() * 5);
        }
        int cut = 8 * r.nextInt(x.length / 8 + 1);
        for (Loop loop : LOOPS) {
            float[] whole = new float[x.length];
            loop.run(x, whole, 0, x.length);
            float[] pieces = x.clone();
            loop.run(pieces, pieces, 0, cut);
            loop.run(pieces, pieces, cut, x.length);
            assertArrayEquals(whole, pieces);
        }
    }

    /** A row of any length added before: tiles of the chain do not break the vectors. */
    @Property(tries = 60)
    void chainsChangeNothing(@ForAll long seed) {
        Random r = new Random(seed);
        int span = 1 + r.nextInt(600);
        float[] x = new float[span * (1 + 6000 / span)];
        float[] row = new float[span];
        float[] sum = new float[x.length];
        for (int j = 0; j < span; j++) {
            row[j] = r.nextFloat();
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = r.nextFloat() * 4;
            sum[i] = x[i] + row[i % span];
        }
        FloatLoop plus = (a, b, c, from, to) -> {
            for (int i = from; i < to; i++) {
                c[i] = a[i] + b[i];
            }
        };
        FloatChain.Operand[] operands = {
            new FloatChain.Operand(FloatChain.Lie.WHOLE, 1, null), new FloatChain.Operand(FloatChain.Lie.ROW, span, null)
        };
        for (Loop loop : LOOPS) {
            FloatChain.Instruction[] code = {
                new FloatChain.Instruction(plus, 0, 1, 2),
                new FloatChain.Instruction((a, b, c, from, to) -> loop.run(a, c, from, to), 2, 2, 3)
            };
            float[] fused = new float[x.length];
            new FloatChain(x.length, operands, code, 1, 1, new FusedLoops()).run(new float[][] {x, row}, fused, 2, () -> { });
            float[] alone = new float[x.length];
            loop.run(sum, alone, 0, x.length);
            assertArrayEquals(alone, fused);
        }
    }

    @Property(tries = 100)
    void softmaxIsThatInDoublePrecision(@ForAll long seed) {
        Random r = new Random(seed);
        int rows = 1 + r.nextInt(12);
        int classes = 1 + r.nextInt(40);
        float[] x = new float[rows * classes];
        float[] p = new float[rows * classes];
        int[] label = new int[rows];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (r.nextGaussian() * 10);
            p[i] = r.nextFloat();
        }
        for (int i = 0; i < rows; i++) {
            label[i] = r.nextInt(classes);
        }
        float[] soft = new float[x.length];
        float[] log = new float[x.length];
        float[] loss = new float[rows];
        float[] back = new float[x.length];
        float[] sparseLoss = new float[rows];
        float[] sparseBack = new float[x.length];
        FloatSoftmax.softmax(x, soft, rows, classes);
        FloatSoftmax.logSoftmax(x, log, rows, classes);
        FloatSoftmax.crossEntropy(x, p, loss, back, rows, classes, 1);
        FloatSoftmax.crossEntropy(x, label, sparseLoss, sparseBack, rows, classes);
        for (int i = 0; i < rows; i++) {
            same(row(x, i, classes), soft, i, classes, Softmax::softmax);
            same(row(x, i, classes), log, i, classes, Softmax::logSoftmax);
            double[] weights = row(p, i, classes);
            int at = i;
            same(row(x, i, classes), back, i, classes, v ->
                    assertEquals(Softmax.crossEntropy(v, weights), loss[at], 1e-5 * (1 + loss[at])));
            same(row(x, i, classes), sparseBack, i, classes, v ->
                    assertEquals(Softmax.crossEntropy(v, label[at]), sparseLoss[at], 1e-5 * (1 + sparseLoss[at])));
        }
    }

    @Property(tries = 60)
    void threadsChangeNoLoss(@ForAll long seed) {
        Random r = new Random(seed);
        int rows = 1 + r.nextInt(80);
        int classes = 1 + r.nextInt(40);
        float[] x = new float[rows * classes];
        float[] p = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (r.nextGaussian() * 10);
            p[i] = r.nextFloat();
        }
        float[] alone = new float[rows];
        float[] aloneBack = new float[x.length];
        FloatSoftmax.crossEntropy(x, p, alone, aloneBack, rows, classes, 1);
        for (int threads = 2; threads <= 5; threads += 3) {
            float[] loss = new float[rows];
            float[] back = new float[x.length];
            FloatSoftmax.crossEntropy(x, p, loss, back, rows, classes, threads);
            assertArrayEquals(alone, loss);
            assertArrayEquals(aloneBack, back);
        }
    }

    private interface InPlace {
        void run(double[] row);
    }

    private static void same(double[] row, float[] actual, int i, int classes, InPlace plain) {
        plain.run(row);
        for (int j = 0; j < classes; j++) {
            assertEquals(row[j], actual[i * classes + j], 2e-6 * (1 + Math.abs(row[j])), "row " + i + ", class " + j);
        }
    }

    private static double[] row(float[] x, int i, int classes) {
        double[] row = new double[classes];
        for (int j = 0; j < classes; j++) {
            row[j] = x[i * classes + j];
        }
        return row;
    }
}
