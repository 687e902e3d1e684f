package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Python's regular expressions as Java's. Named groups become numbered ones, since Java's names are narrower;
 * what means something else in Java (brackets and ampersands in classes, bare braces, line ends) is rewritten.
 */
final class RegexTranslator {
    /** How deep groups may nest: Python's own compiler recurs and gives up earlier. */
    private static final int DEEPEST = 1000;

    static final int IGNORE_CASE = 2;
    static final int LOCALE = 4;
    static final int MULTILINE = 8;
    static final int DOT_ALL = 16;
    static final int UNICODE = 32;
    static final int VERBOSE = 64;
    static final int ASCII = 256;

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final List<Integer> open = new ArrayList<>();
    private int flags;
    private int groups;
    private int at;

    private RegexTranslator(String source, int flags) {
        this.source = source;
        this.flags = flags;
    }

    /** The Java pattern, the names of its groups, how many there are, and the flags that hold in the end. */
    record Result(Pattern pattern, Map<String, Integer> names, int groups, int flags) {}

    /** ValueError where the expression is wrong. */
    static Result translate(String source, int flags) {
        RegexTranslator t = new RegexTranslator(source, flags);
        t.run();
        int java = Pattern.UNIX_LINES;
        java |= (t.flags & IGNORE_CASE) != 0 ? Pattern.CASE_INSENSITIVE : 0;
        java |= (t.flags & MULTILINE) != 0 ? Pattern.MULTILINE : 0;
        java |= (t.flags & DOT_ALL) != 0 ? Pattern.DOTALL : 0;
        java |= (t.flags & VERBOSE) != 0 ? Pattern.COMMENTS : 0;
        java |= (t.flags & ASCII) == 0 ? Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE : 0;
        try {
            return new Result(Pattern.compile(t.out.toString(), java), t.names, t.groups, t.flags);
        } catch (PatternSyntaxException e) {
            throw t.error(e.getDescription().toLowerCase(Locale.ROOT), Math.max(0, Math.min(source.length(), e.getIndex())));
        }
    }

    private NnError error(String message, int place) {
        return NnError.value(message + " at position " + place);
    }

    private boolean ahead(String s) {
        return source.startsWith(s, at);
    }

    private void run() {
        while (at < source.length()) {
            char c = source.charAt(at);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> charClass();
                case '(' -> {
                    if (open.size() >= DEEPEST) {
                        throw new NnError(ErrorKind.RECURSION_ERROR, "maximum recursion depth exceeded");
                    }
                    group();
                }
                case ')' -> {
                    if (open.isEmpty()) {
                        throw error("unbalanced parenthesis", at);
                    }
                    open.remove(open.size() - 1);
                    out.append(')');
                    at++;
                }
                case '{' -> brace();
                case '#' -> comment();
                default -> {
                    out.append(c);
                    at++;
                }
            }
        }
        if (!open.isEmpty()) {
            throw error("missing ), unterminated subpattern", open.get(open.size() - 1));
        }
    }

    private void comment() {
        out.append('#');
        at++;
        if ((flags & VERBOSE) != 0) {
            while (at < source.length() && source.charAt(at) != '\n') {
                char c = source.charAt(at++);
                out.append(c == '\\' ? '/' : c);
            }
        }
    }

    /** A brace that is no repetition stands for itself. */
    private void brace() {
        int end = at + 1;
        int digits = 0;
        int commas = 0;
        while (end < source.length() && (Character.isDigit(source.charAt(end)) || source.charAt(end) == ',')) {
            digits += Character.isDigit(source.charAt(end)) ? 1 : 0;
            commas += source.charAt(end) == ',' ? 1 : 0;
            end++;
        }
        boolean repetition = end < source.length() && source.charAt(end) == '}' && digits > 0 && commas <= 1;
        if (!repetition) {
            out.append("\\{");
            at++;
            return;
        }
        out.append(source.charAt(at + 1) == ',' ? "{0" : "{").append(source, at + 1, end + 1);
        at = end + 1;
    }

    private void group() {
        int start = at;
        if (!ahead("(?")) {
            groups++;
            open.add(start);
            out.append('(');
            at++;
        } else if (ahead("(?P<")) {
            int end = source.indexOf('>', at);
            if (end < 0) {
                throw error("missing >, unterminated name", at + 4);
            }
            String name = source.substring(at + 4, end);
            groups++;
            if (names.put(name, groups) != null) {
                throw error("redefinition of group name '" + name + "' as group " + groups, at + 4);
            }
            open.add(start);
            out.append('(');
            at = end + 1;
        } else if (ahead("(?P=")) {
            int end = source.indexOf(')', at);
            String name = end < 0 ? "" : source.substring(at + 4, end);
            Integer number = names.get(name);
            if (number == null) {
                throw error("unknown group name '" + name + "'", at + 4);
            }
            out.append("(?:\\").append(number).append(')');
            at = end + 1;
        } else if (ahead("(?#")) {
            int end = source.indexOf(')', at);
            if (end < 0) {
                throw error("missing ), unterminated comment", at);
            }
            at = end + 1;
        } else if (ahead("(?:") || ahead("(?=") || ahead("(?!") || ahead("(?>")) {
            open.add(start);
            out.append(source, at, at + 3);
            at += 3;
        } else if (ahead("(?<=") || ahead("(?<!")) {
            open.add(start);
            out.append(source, at, at + 4);
            at += 4;
        } else {
            inlineFlags(start);
        }
    }

    private void inlineFlags(int start) {
        int end = at + 2;
        StringBuilder java = new StringBuilder("(?");
        while (end < source.length() && source.charAt(end) != ')' && source.charAt(end) != ':') {
            char c = source.charAt(end++);
            switch (c) {
                case 'i' -> flags |= IGNORE_CASE;
                case 'm' -> flags |= MULTILINE;
                case 's' -> flags |= DOT_ALL;
                case 'x' -> flags |= VERBOSE;
                case 'a' -> flags |= ASCII;
                case 'u', 'L', '-' -> { }
                default -> throw error("unknown extension ?" + c, at + 1);
            }
            if (c != 'a' && c != 'u' && c != 'L') {
                java.append(c);
            }
        }
        if (end >= source.length()) {
            throw error("missing -, : or )", end);
        }
        if (source.charAt(end) == ':') {
            open.add(start);
        }
        out.append(java.length() == 2 && source.charAt(end) == ')' ? "(?:" : java).append(source.charAt(end));
        at = end + 1;
    }

    private void escape(boolean inClass) {
        if (at + 1 >= source.length()) {
            throw error("bad escape (end of pattern)", at);
        }
        char c = source.charAt(at + 1);
        at += 2;
        if (c == 'Z' && !inClass) {
            out.append("\\z");
        } else if (c == '0') {
            int end = at;
            while (end < source.length() && end < at + 2 && source.charAt(end) >= '0' && source.charAt(end) <= '7') {
                end++;
            }
            int code = end == at ? 0 : Integer.parseInt(source, at, end, 8);
            out.append(code < 16 ? "\\x0" : "\\x").append(Integer.toHexString(code));
            at = end;
        } else if (Character.isLetter(c) && c < 128) {
            if ("AbBdDsSwWnrtfvaxuU".indexOf(c) < 0 || inClass && (c == 'A' || c == 'B')) {
                throw error("bad escape \\" + c, at - 2);
            }
            out.append(switch (c) {
                case 'v' -> "\\x0b";
                case 'b' -> inClass ? "\\x08" : "\\b";
                case 'U' -> longEscape();
                default -> "\\" + c;
            });
        } else {
            out.append('\\').append(c);
        }
    }

    private String longEscape() {
        String code = source.substring(at, Math.min(source.length(), at + 8));
        at += code.length();
        return "\\x{" + code + "}";
    }

    private void charClass() {
        int start = at;
        out.append('[');
        at++;
        if (at < source.length() && source.charAt(at) == '^') {
            out.append('^');
            at++;
        }
        boolean first = true;
        while (true) {
            if (at >= source.length()) {
                throw error("unterminated character set", start);
            }
            char c = source.charAt(at);
            if (c == ']' && !first) {
                out.append(']');
                at++;
                return;
            }
            first = false;
            if (c == '\\') {
                escape(true);
                continue;
            }
            if (c == '[' || c == ']' || c == '&' || c == '#' || c == '^' || c == ' ' || c == '\n' || c == '\t') {
                out.append('\\');
            }
            out.append(c);
            at++;
        }
    }
}
