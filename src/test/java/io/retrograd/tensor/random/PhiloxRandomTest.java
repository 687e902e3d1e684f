package io.retrograd.tensor.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.testing.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TensorFlow 1.15's random operations, several runs of each in one session, bit for bit. */
class PhiloxRandomTest {
    static List<Map<String, Object>> cases() {
        return Json.lines("/oracle/random.jsonl");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("cases")
    @SuppressWarnings("unchecked")
    void drawsAsTensorFlow(Map<String, Object> c) {
        Map<String, Object> attrs = (Map<String, Object>) c.get("attrs");
        PhiloxRandom r = new PhiloxRandom((Long) attrs.get("seed"), (Long) attrs.get("seed2"));
        List<Map<String, Object>> inputs = (List<Map<String, Object>>) c.get("inputs");
        for (Map<String, Object> run : (List<Map<String, Object>>) c.get("runs")) {
            List<Number> want = (List<Number>) run.get("values");
            int n = want.size();
            String op = (String) c.get("op");
            if (op.equals("RandomUniformInt")) {
                int min = first(inputs.get(1));
                int max = first(inputs.get(2));
                long[] got = new long[n];
                if (run.get("dtype").equals("int64")) {
                    r.fillUniformInt(got, 0, n, min, max);
                } else {
                    int[] ints = new int[n];
                    r.fillUniformInt(ints, 0, n, min, max);
                    for (int i = 0; i < n; i++) {
                        got[i] = ints[i];
                    }
                }
                assertArrayEquals(want.stream().mapToLong(Number::longValue).toArray(), got);
            } else if (op.equals("RandomShuffle")) {
                List<Number> in = (List<Number>) inputs.get(0).get("values");
                List<Long> shape = (List<Long>) inputs.get(0).get("shape");
                int rows = shape.get(0).intValue();
                int width = n / rows;
                int[] order = r.shuffledOrder(rows);
                for (int i = 0; i < n; i++) {
                    assertEquals(want.get(i), in.get(order[i / width] * width + i % width));
                }
            } else if (run.get("dtype").equals("float64")) {
                double[] got = new double[n];
                switch (op) {
                    case "RandomUniform" -> r.fillUniform(got, 0, n);
                    case "RandomStandardNormal" -> r.fillNormal(got, 0, n);
                    default -> r.fillTruncatedNormal(got, 0, n);
                }
                assertArrayEquals(want.stream().mapToDouble(Number::doubleValue).toArray(), got);
            } else {
                float[] got = new float[n];
                switch (op) {
                    case "RandomUniform" -> r.fillUniform(got, 0, n);
                    case "RandomStandardNormal" -> r.fillNormal(got, 0, n);
                    default -> r.fillTruncatedNormal(got, 0, n);
                }
                for (int i = 0; i < n; i++) {
                    assertEquals(Float.parseFloat(want.get(i).toString()), got[i]);
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static int first(Map<String, Object> tensor) {
        return ((List<Number>) tensor.get("values")).get(0).intValue();
    }
}
