package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.LargeText;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Sorting;
import io.retrograd.lang.value.TupleValue;
import java.math.BigInteger;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Objects as JSON text, in the form of Python's json.dumps. */
final class JsonWriter {
    private final Machine m;
    private final boolean ascii;
    private final boolean skipKeys;
    private final boolean allowNan;
    private final boolean sort;
    private final String indent;
    private final String betweenItems;
    private final String afterKey;
    private final Object fallback;
    private final StringBuilder out = new StringBuilder();
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int depth;

    /** About the length of a number. */
    private static final int SHORT = 16;

    JsonWriter(Machine m, boolean ascii, boolean skipKeys, boolean allowNan, boolean sort, Object indent, Object separators, Object fallback) {
        this.m = m;
        this.ascii = ascii;
        this.skipKeys = skipKeys;
        this.allowNan = allowNan;
        this.sort = sort;
        this.fallback = fallback;
        if (indent == None.NONE) {
            this.indent = null;
        } else {
            this.indent = indent instanceof String s ? s : LargeText.repeat(" ", Semantics.index(m, indent));
        }
        if (separators == None.NONE) {
            betweenItems = this.indent == null ? ", " : ",";
            afterKey = ": ";
        } else {
            Object[] two = Semantics.elements(m, separators);
            betweenItems = (String) two[0];
            afterKey = (String) two[1];
        }
    }

    String write(Object o) {
        value(o);
        return out.toString();
    }

    private void value(Object o) {
        m.step();
        LargeText.grow(out, SHORT);
        if (o instanceof String s) {
            string(s);
        } else if (o == None.NONE) {
            out.append("null");
        } else if (o instanceof Boolean b) {
            out.append(b ? "true" : "false");
        } else if (o instanceof Long || o instanceof BigInteger) {
            out.append(o);
        } else if (o instanceof Double d) {
            out.append(number(d));
        } else if (o instanceof ListValue || o instanceof TupleValue) {
            enter(o);
            list(Semantics.elements(m, o));
            open.remove(o);
        } else if (o instanceof DictValue dict) {
            enter(o);
            dict(dict);
            open.remove(o);
        } else if (fallback != None.NONE) {
            enter(o);
            value(Semantics.call(m, fallback, o));
            open.remove(o);
        } else {
            throw NnError.type("Object of type " + Semantics.typeOf(o).name() + " is not JSON serializable");
        }
    }

    private void enter(Object o) {
        if (!open.add(o)) {
            throw NnError.value("Circular reference detected");
        }
    }

    private String number(double d) {
        if (Double.isFinite(d)) {
            return Semantics.repr(m, d);
        }
        if (!allowNan) {
            throw NnError.value("Out of range float values are not JSON compliant");
        }
        return Double.isNaN(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity";
    }

    private void newLine() {
        if (indent != null) {
            String margin = LargeText.repeat(indent, depth);
            LargeText.grow(out, margin.length());
            out.append('\n').append(margin);
        }
    }

    private void list(Object[] elements) {
        if (elements.length == 0) {
            out.append("[]");
            return;
        }
        out.append('[');
        depth++;
        for (int i = 0; i < elements.length; i++) {
            if (i > 0) {
                out.append(betweenItems);
            }
            newLine();
            value(elements[i]);
        }
        depth--;
        newLine();
        out.append(']');
    }

    private void dict(DictValue dict) {
        if (dict.size() == 0) {
            out.append("{}");
            return;
        }
        Object[] keys = dict.keyArray();
        if (sort) {
            Sorting.sort(m, keys, None.NONE, false);
        }
        out.append('{');
        depth++;
        boolean first = true;
        for (Object key : keys) {
            String name = key(key);
            if (name == null) {
                continue;
            }
            if (!first) {
                out.append(betweenItems);
            }
            first = false;
            newLine();
            string(name);
            out.append(afterKey);
            value(dict.get(m, key));
        }
        depth--;
        newLine();
        out.append('}');
    }

    private String key(Object key) {
        if (key instanceof String s) {
            return s;
        }
        if (key instanceof Boolean b) {
            return b ? "true" : "false";
        }
        if (key == None.NONE) {
            return "null";
        }
        if (key instanceof Long || key instanceof BigInteger) {
            return key.toString();
        }
        if (key instanceof Double d) {
            return number(d);
        }
        if (skipKeys) {
            return null;
        }
        throw NnError.type("keys must be str, int, float, bool or None, not " + Semantics.typeOf(key).name());
    }

    private void string(String s) {
        LargeText.grow(out, s.length() + 2);
        out.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || c > 126 && ascii) {
                        out.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            out.append(Character.forDigit(c >> shift & 15, 16));
                        }
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
