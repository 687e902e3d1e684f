package io.retrograd.lang.value;

import io.retrograd.error.NnError;

/** {@code template.format(…)}: replacement fields with names, attributes, indices, conversions and nested specifications. */
final class StrFormat {
    private static final int MANUAL = -2;

    private final Machine m;
    private final Object[] positional;
    /** A mapping of any kind, asked by name. */
    private final Object named;
    /** The number that the next field without a name gets, or {@link #MANUAL}; -1 before the first field. */
    private int automatic = -1;

    StrFormat(Machine m, Object[] positional, Object named) {
        this.m = m;
        this.positional = positional;
        this.named = named;
    }

    String apply(String template, int depth) {
        if (depth < 0) {
            throw NnError.value("Max string recursion exceeded");
        }
        StringBuilder out = new StringBuilder(template.length() + 16);
        int n = template.length();
        for (int i = 0; i < n; i++) {
            char c = template.charAt(i);
            if (c == '}') {
                if (i + 1 < n && template.charAt(i + 1) == '}') {
                    out.append('}');
                    i++;
                    continue;
                }
                throw NnError.value("Single '}' encountered in format string");
            }
            if (c != '{') {
                int from = i;
                while (i + 1 < n && template.charAt(i + 1) != '{' && template.charAt(i + 1) != '}') {
                    i++;
                }
                out.append(template, from, i + 1);
                continue;
            }
            if (i + 1 < n && template.charAt(i + 1) == '{') {
                out.append('{');
                i++;
                continue;
            }
            int plainEnd = plainField(template, i + 1, out);
            if (plainEnd > 0) {
                i = plainEnd;
                continue;
            }
            int end = fieldEnd(template, i + 1);
            out.append(field(template.substring(i + 1, end), depth));
            i = end;
        }
        return out.toString();
    }

    /** A field that is a name or nothing, with a plain specification at the most; answers where it ends, or 0 for any other. */
    private int plainField(String s, int from, StringBuilder out) {
        int at = from;
        while (at < s.length() && isOfName(s.charAt(at))) {
            at++;
        }
        int nameEnd = at;
        if (at < s.length() && s.charAt(at) == ':') {
            at = s.indexOf('}', at);
        }
        if (at < 0 || at >= s.length() || s.charAt(at) != '}') {
            return 0;
        }
        String spec = nameEnd == at ? "" : s.substring(nameEnd + 1, at);
        if (spec.indexOf('{') >= 0) {
            return 0;
        }
        out.append(Semantics.format(m, root(nameEnd == from ? "" : s.substring(from, nameEnd)), spec));
        return at;
    }

    private static boolean isOfName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    private static int fieldEnd(String s, int from) {
        if (from >= s.length()) {
            throw NnError.value("Single '{' encountered in format string");
        }
        int depth = 1;
        boolean inIndex = false;
        for (int i = from; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == '[' && depth == 1) {
                inIndex = true;
            } else if (c == ']') {
                inIndex = false;
            } else if (inIndex) {
                continue;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        throw NnError.value("expected '}' before end of string");
    }

    private String field(String field, int depth) {
        int end = 0;
        boolean inIndex = false;
        while (end < field.length() && (inIndex || field.charAt(end) != '!' && field.charAt(end) != ':')) {
            char c = field.charAt(end++);
            inIndex = c == '[' || inIndex && c != ']';
            if (c == '{') {
                throw NnError.value("unexpected '{' in field name");
            }
        }
        Object value = value(field.substring(0, end));
        if (end < field.length() && field.charAt(end) == '!') {
            if (end + 1 >= field.length()) {
                throw NnError.value("unmatched '{' in format spec");
            }
            char conversion = field.charAt(end + 1);
            value = switch (conversion) {
                case 's' -> Semantics.str(m, value);
                case 'r' -> Semantics.repr(m, value);
                case 'a' -> Semantics.ascii(m, value);
                default -> throw NnError.value("Unknown conversion specifier " + conversion);
            };
            end += 2;
            if (end < field.length() && field.charAt(end) != ':') {
                throw NnError.value("expected ':' after conversion specifier");
            }
        }
        String spec = end < field.length() ? field.substring(end + 1) : "";
        if (spec.indexOf('{') >= 0 || spec.indexOf('}') >= 0) {
            spec = apply(spec, depth - 1);
        }
        return Semantics.format(m, value, spec);
    }

    private Object value(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        Object value = root(path.substring(0, end));
        while (end < path.length()) {
            if (path.charAt(end) == '.') {
                int start = ++end;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                if (start == end) {
                    throw NnError.value("Empty attribute in format string");
                }
                value = Semantics.attribute(m, value, path.substring(start, end));
            } else if (path.charAt(end) == '[') {
                int close = path.indexOf(']', end);
                if (close < 0) {
                    throw NnError.value("Missing ']' in format string");
                }
                String key = path.substring(end + 1, close);
                if (key.isEmpty()) {
                    throw NnError.value("Empty attribute in format string");
                }
                value = Semantics.item(m, value, isNumber(key) ? (Object) Long.parseLong(key) : key);
                end = close + 1;
            } else {
                throw NnError.value("Only '.' or '[' may follow ']' in format field specifier");
            }
        }
        return value;
    }

    private static boolean isNumber(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return !s.isEmpty() && s.length() < 10;
    }

    private Object root(String name) {
        if (name.isEmpty()) {
            if (automatic == MANUAL) {
                throw NnError.value("cannot switch from manual field specification to automatic field numbering");
            }
            automatic++;
            return at(automatic);
        }
        if (isNumber(name)) {
            if (automatic >= 0) {
                throw NnError.value("cannot switch from automatic field numbering to manual field specification");
            }
            automatic = MANUAL;
            return at(Integer.parseInt(name));
        }
        if (named instanceof DictValue dict && dict.getText(name) == null && dict.type() == DictValue.TYPE) {
            throw Semantics.noKey(m, name);
        }
        return Semantics.item(m, named, name);
    }

    private Object at(int i) {
        if (positional == null) {
            throw NnError.value("Format string contains positional fields");
        }
        if (i >= positional.length) {
            throw NnError.index("Replacement index " + i + " out of range for positional args tuple");
        }
        return positional[i];
    }
}
