package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.IntMath;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;

/** JSON text as objects, with the error texts of Python's json.loads. */
final class JsonReader {
    private static final int MAX_DEPTH = 900;

    private final Machine m;
    private final String text;
    private final Object objectHook;
    private final Object pairsHook;
    private int at;
    private int depth;

    JsonReader(Machine m, String text, Object objectHook, Object pairsHook) {
        this.m = m;
        this.text = text;
        this.objectHook = objectHook;
        this.pairsHook = pairsHook;
    }

    private NnError error(String message, int place) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < place && i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return NnError.value(message + ": line " + line + " column " + (place - start + 1) + " (char " + place + ")");
    }

    Object read() {
        skip();
        Object value = value();
        skip();
        if (at < text.length()) {
            throw error("Extra data", at);
        }
        return value;
    }

    private void skip() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean word(String word) {
        if (text.startsWith(word, at)) {
            at += word.length();
            return true;
        }
        return false;
    }

    private Object value() {
        char c = peek();
        if (c == '"') {
            return string();
        }
        if (c == '{') {
            return object();
        }
        if (c == '[') {
            return array();
        }
        if (word("null")) {
            return None.NONE;
        }
        if (word("true")) {
            return true;
        }
        if (word("false")) {
            return false;
        }
        if (word("NaN")) {
            return Double.NaN;
        }
        if (word("Infinity")) {
            return Double.POSITIVE_INFINITY;
        }
        if (word("-Infinity")) {
            return Double.NEGATIVE_INFINITY;
        }
        return number();
    }

    private int digits(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private Object number() {
        int start = at;
        int i = peek() == '-' ? at + 1 : at;
        int end = i < text.length() && text.charAt(i) == '0' ? i + 1 : digits(i);
        if (end == i) {
            throw error("Expecting value", start);
        }
        boolean real = false;
        if (end < text.length() && text.charAt(end) == '.' && digits(end + 1) > end + 1) {
            end = digits(end + 1);
            real = true;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int e = end + 1;
            if (e < text.length() && (text.charAt(e) == '+' || text.charAt(e) == '-')) {
                e++;
            }
            if (digits(e) > e) {
                end = digits(e);
                real = true;
            }
        }
        at = end;
        String s = text.substring(start, end);
        return real ? (Object) Double.parseDouble(s) : IntMath.parse(s, 10, () -> s);
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw new NnError(ErrorKind.RECURSION_ERROR,
                    "maximum recursion depth exceeded while decoding a JSON array from a unicode string");
        }
    }

    private Object array() {
        enter();
        ListValue list = new ListValue();
        at++;
        skip();
        if (peek() != ']') {
            while (true) {
                list.add(value());
                skip();
                if (peek() == ']') {
                    break;
                }
                if (peek() != ',') {
                    throw error("Expecting ',' delimiter", at);
                }
                at++;
                skip();
            }
        }
        at++;
        depth--;
        return list;
    }

    private Object object() {
        enter();
        DictValue dict = new DictValue();
        ListValue pairs = new ListValue();
        at++;
        skip();
        if (peek() != '}') {
            while (true) {
                if (peek() != '"') {
                    throw error("Expecting property name enclosed in double quotes", at);
                }
                String key = string();
                skip();
                if (peek() != ':') {
                    throw error("Expecting ':' delimiter", at);
                }
                at++;
                skip();
                Object value = value();
                dict.putText(key, value);
                pairs.add(TupleValue.of(key, value));
                skip();
                if (peek() == '}') {
                    break;
                }
                if (peek() != ',') {
                    throw error("Expecting ',' delimiter", at);
                }
                at++;
                skip();
            }
        }
        at++;
        depth--;
        if (pairsHook != None.NONE) {
            return Semantics.call(m, pairsHook, pairs);
        }
        return objectHook != None.NONE ? Semantics.call(m, objectHook, dict) : dict;
    }

    private String string() {
        int start = at++;
        StringBuilder out = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw error("Unterminated string starting at", start);
            }
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return out.toString();
            }
            if (c < ' ') {
                throw error("Invalid control character at", at);
            }
            if (c != '\\') {
                out.append(c);
                at++;
                continue;
            }
            if (++at >= text.length()) {
                throw error("Unterminated string starting at", start);
            }
            char escape = text.charAt(at++);
            switch (escape) {
                case '"', '\\', '/' -> out.append(escape);
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'u' -> out.append(unicode());
                default -> throw error("Invalid \\escape", at - 2);
            }
        }
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at + i < text.length() ? Character.digit(text.charAt(at + i), 16) : -1;
            if (digit < 0) {
                throw error("Invalid \\uXXXX escape", at);
            }
            code = code * 16 + digit;
        }
        at += 4;
        return (char) code;
    }
}
