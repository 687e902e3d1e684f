package io.retrograd.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.testing.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** str and repr of arrays against numpy 1.24's, case by case. */
class ArrayFormatTest {
    static List<Map<String, Object>> cases() {
        return Json.lines("/numpy/print.jsonl");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("cases")
    void printsAsNumpy(Map<String, Object> c) {
        NdArray a = array(c);
        ArrayFormat format = new ArrayFormat(options(c), String::valueOf);
        assertEquals(c.get("str"), format.toStr(a), () -> "str with " + c.get("opts"));
        assertEquals(c.get("repr"), format.toRepr(a, "array"), () -> "repr with " + c.get("opts"));
    }

    @SuppressWarnings("unchecked")
    static NdArray array(Map<String, Object> c) {
        String name = (String) c.get("dtype");
        DType dtype = name.equals("str") ? DType.UNICODE : name.equals("bytes") ? DType.STRING
                : DType.valueOf(name.toUpperCase(Locale.ROOT));
        int[] shape = ((List<Object>) c.get("shape")).stream().mapToInt(d -> ((Long) d).intValue()).toArray();
        List<Object> values = (List<Object>) c.get("values");
        NdArray a = NdArray.zeros(dtype, shape);
        for (int i = 0; i < values.size(); i++) {
            Object v = values.get(i);
            if (dtype == DType.UNICODE) {
                a.setObject(i, v);
            } else if (dtype == DType.STRING) {
                a.setObject(i, ((String) v).getBytes(StandardCharsets.ISO_8859_1));
            } else if (v instanceof List<?> parts) {
                a.setComplex(i, number(parts.get(0)), number(parts.get(1)));
            } else if (v instanceof Boolean b) {
                a.setLong(i, b ? 1 : 0);
            } else if (v instanceof Long n) {
                a.setLong(i, n);
            } else {
                a.setDouble(i, number(v));
            }
        }
        return a;
    }

    private static double number(Object v) {
        return switch ((String) v) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble((String) v);
        };
    }

    @SuppressWarnings("unchecked")
    static PrintOptions options(Map<String, Object> c) {
        Map<String, Object> o = (Map<String, Object>) c.get("opts");
        PrintOptions d = PrintOptions.DEFAULT;
        return new PrintOptions(
                o.containsKey("precision") ? ((Long) o.get("precision")).intValue() : d.precision(),
                o.containsKey("threshold") ? ((Long) o.get("threshold")).intValue() : d.threshold(),
                o.containsKey("edgeitems") ? ((Long) o.get("edgeitems")).intValue() : d.edgeItems(),
                o.containsKey("linewidth") ? ((Long) o.get("linewidth")).intValue() : d.lineWidth(),
                o.containsKey("suppress") || d.suppress(),
                (String) o.getOrDefault("nanstr", d.nan()),
                (String) o.getOrDefault("infstr", d.inf()),
                ((String) o.getOrDefault("sign", "-")).charAt(0),
                PrintOptions.FloatMode.valueOf(((String) o.getOrDefault("floatmode", "maxprec")).toUpperCase(Locale.ROOT)),
                Map.of());
    }
}
