package io.retrograd.lib.tf;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An operation as the text of its NodeDef: what {@code print(op)} shows. */
final class NodeText {
    private final StringBuilder out = new StringBuilder();

    private NodeText() {}

    static String of(Operation op) {
        NodeText text = new NodeText();
        text.line("name: " + quote(op.name()));
        text.line("op: " + quote(op.type()));
        for (Output in : op.inputs()) {
            text.line("input: " + quote(in.index() == 0 ? in.operation().name() : in.name()));
        }
        for (Operation before : op.controlInputs()) {
            text.line("input: " + quote("^" + before.name()));
        }
        if (!op.device().isEmpty()) {
            text.line("device: " + quote(op.device()));
        }
        for (Map.Entry<String, Object> a : new TreeMap<>(op.attributes()).entrySet()) {
            text.line("attr {");
            text.line("  key: " + quote(a.getKey()));
            text.line("  value {");
            text.value("    ", a.getValue());
            text.line("  }");
            text.line("}");
        }
        return text.out.toString();
    }

    private void line(String s) {
        out.append(s).append('\n');
    }

    private void value(String indent, Object value) {
        if (value instanceof DType t) {
            line(indent + "type: " + enumName(t));
        } else if (value instanceof Boolean b) {
            line(indent + "b: " + b);
        } else if (value instanceof Long n) {
            line(indent + "i: " + n);
        } else if (value instanceof Float f) {
            line(indent + "f: " + number(f));
        } else if (value instanceof String s) {
            line(indent + "s: " + quote(s));
        } else if (value instanceof Shape s) {
            line(indent + "shape {");
            shape(indent + "  ", s);
            line(indent + "}");
        } else if (value instanceof NdArray a) {
            tensor(indent, a);
        } else if (value instanceof List<?> list) {
            line(indent + "list {");
            for (Object item : list) {
                value(indent + "  ", item);
            }
            line(indent + "}");
        }
    }

    private void shape(String indent, Shape s) {
        if (!s.hasRank()) {
            line(indent + "unknown_rank: true");
            return;
        }
        for (int i = 0; i < s.rank(); i++) {
            line(indent + "dim {");
            line(indent + "  size: " + s.dim(i));
            line(indent + "}");
        }
    }

    private void tensor(String indent, NdArray a) {
        line(indent + "tensor {");
        line(indent + "  dtype: " + enumName(a.dtype()));
        line(indent + "  tensor_shape {");
        shape(indent + "    ", Shape.of(a.shape()));
        line(indent + "  }");
        String in = indent + "  ";
        if (a.dtype() == DType.STRING) {
            for (int i = 0; i < a.size(); i++) {
                line(in + "string_val: " + quote(new String((byte[]) a.getObject(i), StandardCharsets.ISO_8859_1)));
            }
        } else if (a.size() == 1) {
            line(in + field(a.dtype()) + ": "
                    + (a.dtype() == DType.BOOL ? String.valueOf(a.getBoolean(0))
                            : a.dtype().isFloating() ? number(a.getDouble(0)) : String.valueOf(a.getLong(0))));
        } else if (a.size() > 1) {
            line(in + "tensor_content: " + quote(content(a)));
        }
        line(indent + "}");
    }

    private static String field(DType t) {
        return switch (t) {
            case FLOAT32 -> "float_val";
            case FLOAT64 -> "double_val";
            case INT64 -> "int64_val";
            case BOOL -> "bool_val";
            case FLOAT16 -> "half_val";
            default -> "int_val";
        };
    }

    /** The elements as little-endian bytes, one character each. */
    private static String content(NdArray a) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < a.size(); i++) {
            long bits = switch (a.dtype()) {
                case FLOAT32 -> Float.floatToRawIntBits(a.getFloat(i));
                case FLOAT64 -> Double.doubleToRawLongBits(a.getDouble(i));
                case BOOL -> a.getBoolean(i) ? 1 : 0;
                default -> a.getLong(i);
            };
            for (int b = 0; b < a.dtype().byteSize(); b++) {
                bytes.append((char) (bits >>> (8 * b) & 0xff));
            }
        }
        return bytes.toString();
    }

    private static String number(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? String.valueOf((long) v) + ".0" : io.retrograd.tensor.FloatText.repr(v);
    }

    private static String enumName(DType t) {
        return "DT_" + t.typeName().toUpperCase(java.util.Locale.ROOT);
    }

    /** A string as protobuf's text format quotes it: octal escapes for what is not printable ASCII. */
    private static String quote(String s) {
        StringBuilder q = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            switch (c) {
                case '"' -> q.append("\\\"");
                case '\'' -> q.append("\\'");
                case '\\' -> q.append("\\\\");
                case '\n' -> q.append("\\n");
                case '\r' -> q.append("\\r");
                case '\t' -> q.append("\\t");
                default -> {
                    if (c >= 32 && c < 127) {
                        q.append(c);
                    } else {
                        q.append('\\').append((char) ('0' + (c >> 6 & 7))).append((char) ('0' + (c >> 3 & 7))).append((char) ('0' + (c & 7)));
                    }
                }
            }
        }
        return q.append('"').toString();
    }
}
