package io.retrograd.lang.parse;

import io.retrograd.lang.tree.Dialect;
import io.retrograd.lang.tree.Span;
import java.io.ByteArrayOutputStream;
import org.antlr.v4.runtime.Token;

/** Reads the quotes, prefixes and escapes of string literals. */
final class Strings {
    private final Construction construction;

    Strings(Construction construction) {
        this.construction = construction;
    }

    /**
     * One literal taken apart.
     *
     * @param start offset of the first character between the quotes
     * @param end offset of the closing quotes
     * @param escapes whether a backslash escapes
     * @param unicodeEscapes whether {@code \}{@code u}, {@code \U} and {@code \N} are among the escapes
     */
    record Piece(int start, int end, boolean formatted, boolean bytes, boolean escapes, boolean unicodeEscapes, Span span) {}

    Piece piece(Token word) {
        String text = construction.places().text();
        int start = word.getStartIndex();
        boolean raw = false;
        boolean bytes = false;
        boolean formatted = false;
        boolean unicode = false;
        for (; text.charAt(start) != '"' && text.charAt(start) != '\''; start++) {
            switch (text.charAt(start)) {
                case 'r', 'R' -> raw = true;
                case 'b', 'B' -> bytes = true;
                case 'f', 'F' -> formatted = true;
                default -> unicode = true;
            }
        }
        char quote = text.charAt(start);
        int end = Places.end(word);
        boolean triple = end - start >= 6 && text.charAt(start + 1) == quote && text.charAt(start + 2) == quote;
        int quotes = triple ? 3 : 1;
        boolean python3 = construction.dialect() == Dialect.PYTHON3;
        return new Piece(
                start + quotes,
                end - quotes,
                formatted,
                bytes && python3,
                !raw,
                !bytes && (python3 || unicode || formatted),
                construction.places().of(word));
    }

    /** The characters of a piece. */
    String text(Piece piece) {
        return decode(piece.start, piece.end, piece);
    }

    /** The bytes of a piece. */
    void bytes(Piece piece, ByteArrayOutputStream bytes) {
        String decoded = decode(piece.start, piece.end, piece);
        for (int i = piece.start; i < piece.end; i++) {
            if (construction.places().text().charAt(i) > 0x7F) {
                throw construction.wrong("bytes can only contain ASCII literal characters", piece.span);
            }
        }
        for (int i = 0; i < decoded.length(); i++) {
            bytes.write(decoded.charAt(i));
        }
    }

    /** A stretch of a piece with its escapes replaced and its line ends made {@code \n}. */
    String decode(int start, int end, Piece piece) {
        String text = construction.places().text();
        StringBuilder out = new StringBuilder(end - start);
        for (int i = start; i < end; ) {
            char c = text.charAt(i);
            if (c == '\r') {
                out.append('\n');
                i += text.startsWith("\n", i + 1) ? 2 : 1;
            } else if (c == '\\' && piece.escapes) {
                i = escape(i, end, piece, out);
            } else if (c == '\\' && i + 1 < end) {
                out.append(c);
                i++;
                if (text.charAt(i) != '\r') {
                    out.append(text.charAt(i++));
                }
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    /** Appends what the escape at an offset stands for and returns the offset behind it. */
    private int escape(int at, int end, Piece piece, StringBuilder out) {
        String text = construction.places().text();
        char c = text.charAt(at + 1);
        int after = at + 2;
        switch (c) {
            case '\n' -> {}
            case '\r' -> after += text.startsWith("\n", after) ? 1 : 0;
            case '\\', '\'', '"' -> out.append(c);
            case 'a' -> out.append('\u0007');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'v' -> out.append('\u000B');
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int value = c - '0';
                int last = Math.min(end, at + 4);
                for (; after < last && text.charAt(after) >= '0' && text.charAt(after) <= '7'; after++) {
                    value = value * 8 + text.charAt(after) - '0';
                }
                out.append((char) (piece.bytes ? value & 0xFF : value));
            }
            case 'x' -> after = hexadecimal(at, 2, end, piece, out);
            default -> {
                if (piece.unicodeEscapes && c == 'u') {
                    after = hexadecimal(at, 4, end, piece, out);
                } else if (piece.unicodeEscapes && c == 'U') {
                    after = hexadecimal(at, 8, end, piece, out);
                } else if (piece.unicodeEscapes && c == 'N') {
                    after = named(at, end, piece, out);
                } else {
                    out.append('\\').append(c);
                }
            }
        }
        return after;
    }

    private int hexadecimal(int at, int digits, int end, Piece piece, StringBuilder out) {
        String text = construction.places().text();
        int value = 0;
        int i = at + 2;
        for (; i < at + 2 + digits; i++) {
            int digit = i < end ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                if (piece.bytes) {
                    throw construction.wrong(
                            "(value error) invalid \\x escape at position " + (at - piece.start), construction.places().span(at, i));
                }
                String form = "\\" + text.charAt(at + 1) + "X".repeat(digits);
                throw badEscape(at, i, piece, "truncated " + form + " escape");
            }
            value = value << 4 | digit;
        }
        if (value < 0 || value > Character.MAX_CODE_POINT) {
            throw badEscape(at, i, piece, "illegal Unicode character");
        }
        out.appendCodePoint(value);
        return i;
    }

    private int named(int at, int end, Piece piece, StringBuilder out) {
        String text = construction.places().text();
        int close = text.indexOf('}', at);
        if (!text.startsWith("{", at + 2) || close < 0 || close >= end) {
            throw badEscape(at, Math.min(end, at + 2), piece, "malformed \\N character escape");
        }
        // Java names an ideograph by its block, Unicode by its code.
        String name = text.substring(at + 3, close).replaceFirst("^CJK UNIFIED IDEOGRAPH-", "CJK UNIFIED IDEOGRAPHS ");
        try {
            out.appendCodePoint(Character.codePointOf(name));
        } catch (IllegalArgumentException e) {
            throw badEscape(at, close + 1, piece, "unknown Unicode character name");
        }
        return close + 1;
    }

    private SyntaxError badEscape(int at, int end, Piece piece, String reason) {
        int position = at - piece.start;
        return construction
                .wrong(
                        "(unicode error) 'unicodeescape' codec can't decode bytes in position " + position + "-"
                                + (position + end - at - 1) + ": " + reason,
                        construction.places().span(at, end))
                .help("write \\\\ for a backslash that stands for itself, or put r before the quotes");
    }
}
