package io.retrograd.tensor;

import java.util.Locale;

/** Strings and bytes as Python's {@code repr} writes them. */
public final class TextLiteral {
    private TextLiteral() {
    }

    /** {@code 'text'} with the quotes and escapes that Python chooses. */
    public static String of(String s) {
        char quote = s.indexOf('\'') >= 0 && s.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder b = new StringBuilder().append(quote);
        s.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                b.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                b.append("\\n");
            } else if (c == '\r') {
                b.append("\\r");
            } else if (c == '\t') {
                b.append("\\t");
            } else if (c < ' ' || c == 0x7f) {
                b.append(String.format(Locale.ROOT, "\\x%02x", c));
            } else if (printable(c)) {
                b.appendCodePoint(c);
            } else {
                b.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
            }
        });
        return b.append(quote).toString();
    }

    /** {@code b'bytes'} with the quotes and escapes that Python chooses. */
    public static String of(byte[] bytes) {
        boolean single = false;
        boolean twofold = false;
        for (byte c : bytes) {
            single |= c == '\'';
            twofold |= c == '"';
        }
        char quote = single && !twofold ? '"' : '\'';
        StringBuilder b = new StringBuilder("b").append(quote);
        for (byte c : bytes) {
            switch (c) {
                case '\n' -> b.append("\\n");
                case '\r' -> b.append("\\r");
                case '\t' -> b.append("\\t");
                default -> {
                    if (c == quote || c == '\\') {
                        b.append('\\').append((char) c);
                    } else if (c >= ' ' && c < 0x7f) {
                        b.append((char) c);
                    } else {
                        b.append(String.format(Locale.ROOT, "\\x%02x", c & 0xff));
                    }
                }
            }
        }
        return b.append(quote).toString();
    }

    private static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
