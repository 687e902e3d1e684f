package io.retrograd.show;

import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, numbers, strings, booleans, arrays and null as JSON. What JSON has no number for is a string. */
public final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    /** The text, without line ends. */
    public static String of(Object value) {
        JsonText t = new JsonText();
        t.write(value);
        return t.out.toString();
    }

    private void write(Object value) {
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            out.append(value);
        } else if (value instanceof Double d) {
            number(d, FloatText.repr(d));
        } else if (value instanceof Float f) {
            number(f, FloatText.repr(f));
        } else if (value instanceof NdArray a) {
            array(a, 0, 0);
        } else if (value instanceof Map<?, ?> map) {
            out.append('{');
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<?, ?> e = entries.next();
                string((String) e.getKey());
                out.append(':');
                write(e.getValue());
                out.append(entries.hasNext() ? "," : "");
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                out.append(i == 0 ? "" : ",");
                write(list.get(i));
            }
            out.append(']');
        } else {
            string(value.toString());
        }
    }

    private void number(double v, String text) {
        if (Double.isFinite(v)) {
            out.append(text);
        } else {
            string(Double.isNaN(v) ? "nan" : v > 0 ? "inf" : "-inf");
        }
    }

    private int array(NdArray a, int axis, int from) {
        if (axis == a.rank()) {
            element(a, from);
            return from + 1;
        }
        out.append('[');
        int at = from;
        for (int i = 0; i < a.dim(axis); i++) {
            out.append(i == 0 ? "" : ",");
            at = array(a, axis + 1, at);
        }
        out.append(']');
        return at;
    }

    private void element(NdArray a, int i) {
        switch (a.dtype()) {
            case FLOAT64 -> write(a.getDouble(i));
            case FLOAT32, FLOAT16 -> write(a.getFloat(i));
            case BOOL -> write(a.getBoolean(i));
            case STRING -> write(new String((byte[]) a.getObject(i), StandardCharsets.UTF_8));
            case COMPLEX64, COMPLEX128 -> write(List.of(a.getDouble(i), a.getImaginary(i)));
            default -> write(a.getLong(i));
        }
    }

    private void string(String s) {
        out.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '<' -> out.append("\\u003c");
                default -> {
                    if (c < ' ' || c == '\u2028' || c == '\u2029') {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
