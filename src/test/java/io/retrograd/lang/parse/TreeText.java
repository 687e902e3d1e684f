package io.retrograd.lang.parse;

import io.retrograd.lang.tree.Span;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Writes a tree as text for tests: a node as {@code (Kind part part)}, a row as {@code [a b]}, an absent part as {@code -}. Places
 * are left out.
 */
final class TreeText {
    private TreeText() {}

    static String of(Object node) {
        if (node instanceof List<?> row) {
            StringJoiner text = new StringJoiner(" ", "[", "]");
            row.forEach(part -> text.add(of(part)));
            return text.toString();
        }
        if (node instanceof Optional<?> part) {
            return part.map(TreeText::of).orElse("-");
        }
        if (node instanceof Record composed) {
            return record(composed);
        }
        if (node instanceof String text) {
            return quoted(text);
        }
        if (node instanceof byte[] bytes) {
            return "b" + quoted(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return node.toString();
    }

    private static String record(Record node) {
        StringBuilder text = new StringBuilder("(").append(node.getClass().getSimpleName());
        for (RecordComponent part : node.getClass().getRecordComponents()) {
            if (part.getType() != Span.class) {
                text.append(' ').append(of(value(node, part)));
            }
        }
        return text.append(')').toString();
    }

    private static Object value(Record node, RecordComponent part) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(node);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record must show its parts", e);
        }
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append("'").toString();
    }
}
