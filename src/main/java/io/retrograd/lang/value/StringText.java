package io.retrograd.lang.value;

/** Strings as Python writes them in source, and the white space it strips. */
public final class StringText {
    private static final String HEX = "0123456789abcdef";

    private StringText() {}

    /** {@code repr(s)}: single quotes unless only they occur in it; what cannot be printed is escaped. */
    public static String repr(String s) {
        return quote(s, false);
    }

    /** {@code ascii(s)}: the same with everything beyond ASCII escaped. */
    public static String ascii(String s) {
        return quote(s, true);
    }

    /** A text that is a representation already, with everything beyond ASCII escaped. */
    static String asciiOnly(String s) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < s.length(); i++) {
            int code = s.codePointAt(i);
            if (code < 128) {
                out.append((char) code);
            } else if (code > 0xffff) {
                hex(out.append("\\U"), code, 8);
                i++;
            } else if (code > 0xff) {
                hex(out.append("\\u"), code, 4);
            } else {
                hex(out.append("\\x"), code, 2);
            }
        }
        return out.toString();
    }

    private static String quote(String s, boolean asciiOnly) {
        char quote = s.indexOf('\'') >= 0 && s.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder(s.length() + 2).append(quote);
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == quote || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c < 127) {
                out.append(c);
            } else if (c < 160) {
                switch (c) {
                    case '\n' -> out.append("\\n");
                    case '\r' -> out.append("\\r");
                    case '\t' -> out.append("\\t");
                    default -> hex(out.append("\\x"), c, 2);
                }
            } else {
                int code = s.codePointAt(i);
                if (!asciiOnly && isPrintable(code)) {
                    out.appendCodePoint(code);
                } else if (code > 0xffff) {
                    hex(out.append("\\U"), code, 8);
                } else if (code > 0xff) {
                    hex(out.append("\\u"), code, 4);
                } else {
                    hex(out.append("\\x"), code, 2);
                }
                i += Character.charCount(code) - 1;
            }
        }
        return out.append(quote).toString();
    }

    /** The code in lower-case hexadecimal with that many digits. */
    static void hex(StringBuilder out, int code, int digits) {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(code >> shift & 15));
        }
    }

    static boolean isPrintable(int code) {
        if (code == ' ') {
            return true;
        }
        return switch (Character.getType(code)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /** What {@code str.isspace} and {@code str.strip} take as white space. */
    static boolean isSpace(int c) {
        if (c < 128) {
            return c == ' ' || c >= 9 && c <= 13 || c >= 28 && c <= 31;
        }
        return c == 0x85 || Character.isSpaceChar(c);
    }

    /** Without white space at both ends. */
    public static String strip(String s) {
        int from = 0;
        int to = s.length();
        while (from < to && isSpace(s.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(s.charAt(to - 1))) {
            to--;
        }
        return s.substring(from, to);
    }
}
