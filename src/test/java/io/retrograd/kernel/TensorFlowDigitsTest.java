package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Arithmetic that ends in the same bits as TensorFlow 1.15's on one thread with Eigen's own kernels
 * (TENSORFLOW_USE_CUSTOM_CONTRACTION_KERNEL=false), whose results were taken down as checksums.
 */
final class TensorFlowDigitsTest {
    static Stream<String> products() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/kernel/products.txt")).stream().filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("products")
    void multiplies(String line) {
        String[] words = line.split(" ");
        int m = Integer.parseInt(words[0]);
        int k = Integer.parseInt(words[1]);
        int n = Integer.parseInt(words[2]);
        boolean ta = Boolean.parseBoolean(words[3]);
        boolean tb = Boolean.parseBoolean(words[4]);
        Random r = new Random(7);
        float[] a = gaussian(r, m * k);
        float[] b = gaussian(r, k * n);
        for (int threads = 1; threads <= 2; threads++) {
            float[] c = new float[m * n];
            MatrixProduct.floats(
                    new Kernels(Kernels.Path.TENSORFLOW, text -> { }), threads,
                    new MatrixProduct.FloatFactor(ta ? turned(a, m, k) : a, 0, ta),
                    new MatrixProduct.FloatFactor(tb ? turned(b, k, n) : b, 0, tb), c, 0, m, n, k, () -> { });
            assertEquals(Long.parseLong(words[5]), checksum(c));
        }
    }

    private static float[] gaussian(Random r, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) r.nextGaussian();
        }
        return x;
    }

    private static float[] turned(float[] x, int rows, int columns) {
        float[] t = new float[x.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                t[j * rows + i] = x[i * columns + j];
            }
        }
        return t;
    }

    private static long checksum(float[] x) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * x.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float v : x) {
            bytes.putFloat(v == 0 ? 0f : v);
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.array());
        return crc.getValue();
    }

    @Test
    void estimatesRoots() {
        Random r = new Random(11);
        float[] roots = new float[4096];
        float[] inverse = new float[4096];
        for (int i = 0; i < roots.length; i++) {
            float x = (float) Math.exp(r.nextGaussian() * 9);
            roots[i] = EstimatedRoot.sqrt(x);
            inverse[i] = EstimatedRoot.rsqrt(x);
        }
        assertEquals(2741676367L, checksum(roots));
        assertEquals(3649102943L, checksum(inverse));
    }

    @Test
    void rootsOfOddNumbers() {
        assertEquals(0, EstimatedRoot.sqrt(0));
        assertEquals(0, EstimatedRoot.sqrt(1e-40f));
        assertEquals(Float.POSITIVE_INFINITY, EstimatedRoot.rsqrt(0));
        assertEquals(Float.NaN, EstimatedRoot.sqrt(-1));
        assertEquals(Float.NaN, EstimatedRoot.rsqrt(-1));
        assertEquals(Float.NaN, EstimatedRoot.sqrt(Float.NaN));
    }

    @Test
    void rootsOfArraysAreThoseOfNumbers() {
        Random r = new Random(12);
        float[] odd = {0, -0f, 1e-40f, Float.MIN_NORMAL, -1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE};
        for (int with = 0; with < 2; with++) {
            float[] x = new float[500];
            for (int i = 0; i < x.length; i++) {
                x[i] = with == 1 && r.nextInt(5) == 0 ? odd[r.nextInt(odd.length)] : (float) Math.exp(r.nextGaussian() * 20);
            }
            float[] roots = new float[x.length];
            float[] inverse = new float[x.length];
            EstimatedRoot.sqrt(x, roots, x.length);
            EstimatedRoot.rsqrt(x, inverse, x.length);
            for (int i = 0; i < x.length; i++) {
                assertEquals(EstimatedRoot.sqrt(x[i]), roots[i], "root of " + x[i]);
                assertEquals(EstimatedRoot.rsqrt(x[i]), inverse[i], "inverse root of " + x[i]);
            }
        }
    }

    /** Rules take many elements at a time; each must get what it gets in a vector of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"adam", "nesterov", "adagrad", "adadelta", "rmsprop", "centered"})
    void rulesAreTheSameInTilesAndInVectors(String rule) {
        Random r = new Random(13);
        int n = 1203;
        float[][] whole = new float[5][n];
        for (float[] x : whole) {
            for (int i = 0; i < n; i++) {
                x[i] = r.nextInt(9) == 0 ? 0 : r.nextFloat();
            }
        }
        float[][] parts = new float[5][n];
        for (int at = 0; at < n; at += 8) {
            int to = Math.min(n, at + 8);
            float[][] part = new float[5][];
            for (int k = 0; k < 5; k++) {
                part[k] = Arrays.copyOfRange(whole[k], at, to);
            }
            apply(rule, part, to - at);
            for (int k = 0; k < 5; k++) {
                System.arraycopy(part[k], 0, parts[k], at, to - at);
            }
        }
        apply(rule, whole, n);
        for (int k = 0; k < 5; k++) {
            assertArrayEquals(parts[k], whole[k], "array " + k);
        }
    }

    private static void apply(String rule, float[][] x, int n) {
        float[] w = x[0];
        float[] a = x[1];
        float[] b = x[2];
        float[] c = x[3];
        float[] g = x[4];
        switch (rule) {
            case "adam", "nesterov" ->
                FloatRules.adam(0, n, w, a, b, g, 0.9f, 0.99f, 0.01f, 0.9f, 0.99f, 1e-3f, rule.equals("nesterov"), true);
            case "adagrad" -> FloatRules.adagrad(0, n, w, a, g, 0.1f, true, true);
            case "adadelta" -> FloatRules.adadelta(0, n, w, a, b, g, 0.1f, 0.9f, 1e-3f, true);
            case "rmsprop" -> FloatRules.rmsProp(0, n, w, a, b, g, 0.1f, 0.9f, 0.5f, 1e-3f, true);
            default -> FloatRules.centeredRmsProp(0, n, w, c, a, b, g, 0.1f, 0.9f, 0.5f, 1e-3f, true);
        }
    }

    private interface Function {
        void run(float[] x, float[] y, int from, int to);
    }

    @ParameterizedTest
    @CsvSource({
        "elu, 1436234754",
        "selu, 1447164579",
        "softplus, 1795281857",
        "exp, 2618279310",
        "tanh, 2372716449",
        "logistic, 3110461994",
        "log1p, 1160363011",
        "expm1, 2333267559"
    })
    void computesFunctions(String name, long checksum) {
        Random r = new Random(11);
        gaussian(r, 4096);
        float[] x = new float[1029];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (r.nextGaussian() * 3);
            x[i] = name.equals("log1p") ? Math.abs(x[i]) : x[i];
        }
        Function function = switch (name) {
            case "elu" -> FloatActivations::elu;
            case "selu" -> FloatActivations::selu;
            case "softplus" -> FloatActivations::softplus;
            case "exp" -> FloatFunctions::exp;
            case "tanh" -> FloatFunctions::tanh;
            case "logistic" -> FloatFunctions::logistic;
            case "log1p" -> FloatActivations::log1p;
            default -> FloatActivations::expm1;
        };
        float[] y = new float[x.length];
        function.run(x, y, 0, x.length);
        assertEquals(checksum, checksum(Arrays.copyOf(y, 1024)));
        function.run(x, x, 0, x.length);
        assertEquals(checksum, checksum(Arrays.copyOf(x, 1024)), "in place");
    }
}
