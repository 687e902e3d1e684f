package io.retrograd.lib.tf.message;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.tensor.FloatText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A message in protobuf's text format, as Python's text_format writes it. */
public final class MessageText {
    private final StringBuilder out = new StringBuilder();

    private MessageText() {}

    /** A message in protocol buffers' text format. */
    public static String of(MessageValue message) {
        MessageText text = new MessageText();
        text.message("", message);
        return text.out.toString();
    }

    private void message(String indent, MessageValue message) {
        for (FieldDescriptor f : message.set()) {
            Object value = message.get(f);
            if (value instanceof RepeatedField list) {
                for (int i = 0; i < list.size(); i++) {
                    field(indent, f, list.get(i));
                }
            } else if (value instanceof MessageMap map) {
                map(indent, f, map);
            } else {
                field(indent, f, value);
            }
        }
    }

    private void map(String indent, FieldDescriptor f, MessageMap map) {
        // All keys of a map are of one type: text or numbers.
        Map<Object, Object> sorted = new TreeMap<>();
        for (DictValue.Entries e = map.entries(); e.next();) {
            sorted.put(e.key(), e.value());
        }
        FieldDescriptor key = f.getMessageType().findFieldByNumber(1);
        FieldDescriptor item = f.getMessageType().findFieldByNumber(2);
        sorted.forEach((k, v) -> {
            out.append(indent).append(f.getName()).append(" {\n");
            field(indent + "  ", key, k);
            field(indent + "  ", item, v);
            out.append(indent).append("}\n");
        });
    }

    private void field(String indent, FieldDescriptor f, Object value) {
        out.append(indent).append(f.getName());
        if (value instanceof MessageValue part) {
            out.append(" {\n");
            message(indent + "  ", part);
            out.append(indent).append("}\n");
            return;
        }
        out.append(": ");
        if (value instanceof String s) {
            out.append(quote(s.getBytes(StandardCharsets.UTF_8)));
        } else if (value instanceof BytesValue b) {
            out.append(quote(b.bytes()));
        } else if (f.getJavaType() == FieldDescriptor.JavaType.ENUM) {
            EnumValueDescriptor named = f.getEnumType().findValueByNumber(((Long) value).intValue());
            out.append(named == null ? value.toString() : named.getName());
        } else {
            out.append(value instanceof Double d ? FloatText.repr((double) d) : value.toString());
        }
        out.append('\n');
    }

    /** Bytes in quotes: octal escapes for what is not printable ASCII. */
    private static String quote(byte[] bytes) {
        StringBuilder q = new StringBuilder("\"");
        for (byte b : bytes) {
            int c = b & 0xff;
            switch (c) {
                case '"' -> q.append("\\\"");
                case '\'' -> q.append("\\'");
                case '\\' -> q.append("\\\\");
                case '\n' -> q.append("\\n");
                case '\r' -> q.append("\\r");
                case '\t' -> q.append("\\t");
                default -> {
                    if (c >= 32 && c < 127) {
                        q.append((char) c);
                    } else {
                        q.append('\\').append((char) ('0' + (c >> 6))).append((char) ('0' + (c >> 3 & 7))).append((char) ('0' + (c & 7)));
                    }
                }
            }
        }
        return q.append('"').toString();
    }
}
