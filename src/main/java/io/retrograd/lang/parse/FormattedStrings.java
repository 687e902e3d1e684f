package io.retrograd.lang.parse;

import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Expression.Conversion;
import io.retrograd.lang.tree.Expression.Field;
import io.retrograd.lang.tree.Expression.StringPart;
import io.retrograd.lang.tree.Expression.Text;
import java.util.ArrayList;
import java.util.List;

/** Reads the text and the replacement fields of an f-string; the expression of a field is parsed where it stands. */
final class FormattedStrings {
    private static final int DEEPEST = 2;

    private final Construction construction;
    private final Strings strings;
    private final ExpressionBuilder expressions;
    private final String text;

    FormattedStrings(Construction construction, Strings strings, ExpressionBuilder expressions) {
        this.construction = construction;
        this.strings = strings;
        this.expressions = expressions;
        this.text = construction.places().text();
    }

    List<StringPart> parts(Strings.Piece piece) {
        return new Reader(piece).parts(0);
    }

    /** Goes through one piece from its start to its end. */
    private final class Reader {
        private final Strings.Piece piece;
        private int at;

        Reader(Strings.Piece piece) {
            this.piece = piece;
            this.at = piece.start();
        }

        /** The parts up to the end, or inside a format specification up to the brace that closes its field. */
        List<StringPart> parts(int depth) {
            List<StringPart> parts = new ArrayList<>();
            int from = at;
            while (at < piece.end()) {
                char c = text.charAt(at);
                boolean doubled = depth == 0 && at + 1 < piece.end() && text.charAt(at + 1) == c;
                if (c == '\\' && piece.escapes() && text.startsWith("N{", at + 1)) {
                    at = Math.max(at + 2, text.indexOf('}', at) + 1);
                } else if (c == '\\' && piece.escapes() && at + 1 < piece.end()) {
                    at += text.charAt(at + 1) == '{' || text.charAt(at + 1) == '}' ? 1 : 2;
                } else if ((c == '{' || c == '}') && doubled) {
                    addText(parts, from, at + 1);
                    at += 2;
                    from = at;
                } else if (c == '{') {
                    addText(parts, from, at);
                    field(parts, depth);
                    from = at;
                } else if (c == '}' && depth > 0) {
                    break;
                } else if (c == '}') {
                    throw wrong("single '}' is not allowed", at, at + 1);
                } else {
                    at++;
                }
            }
            addText(parts, from, at);
            return parts;
        }

        private void addText(List<StringPart> parts, int from, int to) {
            if (from < to) {
                parts.add(new Text(strings.decode(from, to, piece)));
            }
        }

        private void field(List<StringPart> parts, int depth) {
            int open = at++;
            if (depth >= DEEPEST) {
                throw wrong("expressions nested too deeply", open, open + 1);
            }
            int from = at;
            int to = expressionEnd(open);
            boolean debug = text.charAt(to) == '=';
            if (text.substring(from, to).isBlank()) {
                throw wrong("empty expression not allowed", open, Math.min(to + 1, piece.end()));
            }
            Expression value = expressions.field(from, to);
            if (debug) {
                at = to + 1;
                while (at < piece.end() && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
                parts.add(new Text(text.substring(from, at)));
            }
            Conversion conversion = conversion();
            List<StringPart> format = List.of();
            boolean formatted = at < piece.end() && text.charAt(at) == ':';
            if (formatted) {
                at++;
                format = parts(depth + 1);
            }
            if (at >= piece.end() || text.charAt(at) != '}') {
                throw wrong("expecting '}'", open, at);
            }
            at++;
            if (debug && conversion == Conversion.NONE && !formatted) {
                conversion = Conversion.REPR;
            }
            parts.add(new Field(value, conversion, format, construction.places().span(open, at)));
        }

        private Conversion conversion() {
            if (at >= piece.end() || text.charAt(at) != '!') {
                return Conversion.NONE;
            }
            int start = at++;
            int from = at;
            while (at < piece.end() && text.charAt(at) != ':' && text.charAt(at) != '}') {
                at++;
            }
            return switch (text.substring(from, at)) {
                case "s" -> Conversion.STR;
                case "r" -> Conversion.REPR;
                case "a" -> Conversion.ASCII;
                default -> throw wrong("invalid conversion character: expected 's', 'r', or 'a'", start, at);
            };
        }

        /** Moves to the end of the field's expression: where {@code !}, {@code :}, {@code =} or the closing brace stands outside brackets. */
        private int expressionEnd(int open) {
            StringBuilder brackets = new StringBuilder();
            while (at < piece.end()) {
                char c = text.charAt(at);
                switch (c) {
                    case '\\' -> throw wrongPart("cannot include a backslash");
                    case '#' -> throw wrongPart("cannot include '#'");
                    case '\'', '"' -> at = quotedEnd(c);
                    case '(', '[', '{' -> {
                        brackets.append(c);
                        at++;
                    }
                    case ')', ']', '}' -> {
                        if (c == '}' && brackets.length() == 0) {
                            return at;
                        }
                        close(c, brackets);
                        at++;
                    }
                    case '!', ':', '=', '<', '>' -> {
                        boolean comparison = c != ':' && text.startsWith("=", at + 1);
                        if (comparison) {
                            at += 2;
                        } else if (brackets.length() == 0 && c != '<' && c != '>') {
                            return at;
                        } else {
                            at++;
                        }
                    }
                    default -> at++;
                }
            }
            throw wrong("expecting '}'", open, at).help("a brace that stands for itself is written twice: {{");
        }

        private void close(char bracket, StringBuilder brackets) {
            int last = brackets.length() - 1;
            if (last < 0) {
                throw wrong("unmatched '" + bracket + "'", at, at + 1);
            }
            char opened = brackets.charAt(last);
            if ("([{".indexOf(opened) != ")]}".indexOf(bracket)) {
                throw wrong(
                        "closing parenthesis '" + bracket + "' does not match opening parenthesis '" + opened + "'", at, at + 1);
            }
            brackets.setLength(last);
        }

        private int quotedEnd(char quote) {
            String closing = String.valueOf(quote);
            if (text.startsWith(closing.repeat(3), at)) {
                closing = closing.repeat(3);
            }
            int end = text.indexOf(closing, at + closing.length());
            if (end < 0 || end >= piece.end()) {
                throw wrong("unterminated string", at, at + 1);
            }
            return end + closing.length();
        }

        private SyntaxError wrongPart(String message) {
            return construction.wrong("f-string expression part " + message, construction.places().span(at, at + 1));
        }

        private SyntaxError wrong(String message, int from, int to) {
            return construction.wrong("f-string: " + message, construction.places().span(from, to));
        }
    }
}
