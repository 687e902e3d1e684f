package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Expression.Conversion;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SetValue;
import io.retrograd.lang.value.SliceValue;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayList;
import java.util.List;

/** Constants, displays and f-strings. */
final class Literals {
    private Literals() {}

    static final class Constant extends Expr {
        final Object value;

        Constant(Object value) {
            this.value = value;
        }

        @Override
        Object eval(Frame f) {
            return value;
        }

        @Override
        boolean isConstant() {
            return true;
        }
    }

    /** {@code *value} in a display; the display takes its elements. */
    static final class Spread extends Expr {
        final Expr value;
        final Place place;

        Spread(Expr value, Place place) {
            this.value = value;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            return value.eval(f);
        }

        void addTo(Frame f, List<Object> all) {
            Object v = value.eval(f);
            Machine m = f.machine;
            m.place(place);
            Iteration elements = Semantics.iterate(m, v);
            for (Object x = elements.next(m); x != null; x = elements.next(m)) {
                m.step();
                all.add(x);
            }
        }
    }

    /** The elements of a display; those behind a star spread out. */
    private static Object[] elements(Frame f, Expr[] parts, boolean spread) {
        if (!spread) {
            Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                values[i] = parts[i].eval(f);
            }
            return values;
        }
        List<Object> all = new ArrayList<>();
        for (Expr part : parts) {
            if (part instanceof Spread s) {
                s.addTo(f, all);
            } else {
                all.add(part.eval(f));
            }
        }
        return all.toArray();
    }

    static boolean anySpread(Expr[] parts) {
        for (Expr part : parts) {
            if (part instanceof Spread) {
                return true;
            }
        }
        return false;
    }

    static final class ListDisplay extends Expr {
        final Expr[] parts;
        final boolean spread;

        ListDisplay(Expr[] parts) {
            this.parts = parts;
            this.spread = anySpread(parts);
        }

        @Override
        Object eval(Frame f) {
            return ListValue.of(elements(f, parts, spread));
        }
    }

    static final class TupleDisplay extends Expr {
        final Expr[] parts;
        final boolean spread;

        TupleDisplay(Expr[] parts) {
            this.parts = parts;
            this.spread = anySpread(parts);
        }

        @Override
        Object eval(Frame f) {
            return TupleValue.of(elements(f, parts, spread));
        }
    }

    static final class SetDisplay extends Expr {
        final Expr[] parts;
        private final Place place;
        private final boolean constant;

        SetDisplay(Expr[] parts, Place place) {
            this.parts = parts;
            this.place = place;
            boolean all = true;
            for (Expr part : parts) {
                all &= part instanceof Constant;
            }
            this.constant = all;
        }

        @Override
        Object eval(Frame f) {
            return of(f.machine, elements(f, parts, anySpread(parts)));
        }

        Object of(Machine m, Object[] all) {
            m.place(place);
            if (constant) {
                return SetValue.ofConstants(m, all);
            }
            SetValue set = new SetValue();
            for (Object x : all) {
                set.add(m, x);
            }
            return set;
        }
    }

    /** <code>{k: v, **more}</code>; a null key stands for two stars. */
    static final class DictDisplay extends Expr {
        final Expr[] keys;
        final Expr[] values;
        final Place place;

        DictDisplay(Expr[] keys, Expr[] values, Place place) {
            this.keys = keys;
            this.values = values;
            this.place = place;
        }

        /** Whether nothing is spread into it. */
        boolean isPlain() {
            for (Expr key : keys) {
                if (key == null) {
                    return false;
                }
            }
            return true;
        }

        @Override
        Object eval(Frame f) {
            DictValue dict = new DictValue();
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] == null) {
                    Object more = values[i].eval(f);
                    f.machine.place(place);
                    putAll(f.machine, dict, more);
                } else {
                    Object key = keys[i].eval(f);
                    Object value = values[i].eval(f);
                    if (key instanceof String s) {
                        dict.putText(s, value);
                    } else {
                        f.machine.place(place);
                        dict.put(f.machine, key, value);
                    }
                }
            }
            return dict;
        }
    }

    /** Adds the entries of a mapping. */
    static void putAll(Machine m, DictValue dict, Object more) {
        if (more instanceof DictValue d) {
            dict.putAll(m, d);
            return;
        }
        Object keys = Semantics.attributeOrNull(m, more, "keys");
        if (keys == null) {
            throw NnError.type("'" + Semantics.typeOf(more).name() + "' object is not a mapping");
        }
        for (Object key : Semantics.elements(m, Semantics.call(m, keys))) {
            dict.put(m, key, Semantics.item(m, more, key));
        }
    }

    /** {@code a:b:c} as an index. */
    static final class Slice extends Expr {
        final Expr lower;
        final Expr upper;
        final Expr step;

        Slice(Expr lower, Expr upper, Expr step) {
            this.lower = lower;
            this.upper = upper;
            this.step = step;
        }

        @Override
        Object eval(Frame f) {
            Object a = lower.eval(f);
            Object b = upper.eval(f);
            return new SliceValue(a, b, step.eval(f));
        }
    }

    /** A part of an f-string. */
    interface Part {
        void addTo(Frame f, StringBuilder out);
    }

    record Text(String text) implements Part {
        @Override
        public void addTo(Frame f, StringBuilder out) {
            out.append(text);
        }
    }

    record Field(Expr value, Conversion conversion, Part[] format, Place place) implements Part {
        @Override
        public void addTo(Frame f, StringBuilder out) {
            Machine m = f.machine;
            Object v = value.eval(f);
            String spec = "";
            if (format.length > 0) {
                StringBuilder text = new StringBuilder();
                for (Part part : format) {
                    part.addTo(f, text);
                }
                spec = text.toString();
            }
            m.place(place);
            out.append(formatted(m, v, spec, conversion));
        }
    }

    /** A value as an f-string shows it. */
    static String formatted(Machine m, Object v, String spec, Conversion conversion) {
        Object shown = switch (conversion) {
            case NONE -> v;
            case STR -> Semantics.str(m, v);
            case REPR -> Semantics.repr(m, v);
            case ASCII -> ascii(Semantics.repr(m, v));
        };
        return Semantics.format(m, shown, spec);
    }

    private static String ascii(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c < 128) {
                out.append((char) c);
            } else {
                String hex = Integer.toHexString(c);
                int digits = c < 256 ? 2 : c < 65536 ? 4 : 8;
                out.append(c < 256 ? "\\x" : c < 65536 ? "\\u" : "\\U").append("0".repeat(digits - hex.length())).append(hex);
            }
        });
        return out.toString();
    }

    static final class FormattedString extends Expr {
        final Part[] parts;

        FormattedString(Part[] parts) {
            this.parts = parts;
        }

        @Override
        Object eval(Frame f) {
            StringBuilder out = new StringBuilder();
            for (Part part : parts) {
                part.addTo(f, out);
            }
            return out.toString();
        }
    }

    /** Python 2's {@code `value`}. */
    static final class Repr extends Expr {
        private final Expr value;
        private final Place place;

        Repr(Expr value, Place place) {
            this.value = value;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            Object v = value.eval(f);
            f.machine.place(place);
            return Semantics.repr(f.machine, v);
        }
    }

    /** {@code name := value}. */
    static final class Named extends Expr {
        private final Target target;
        private final Expr value;

        Named(Target target, Expr value) {
            this.target = target;
            this.value = value;
        }

        @Override
        Object eval(Frame f) {
            Object v = value.eval(f);
            target.assign(f, v);
            return v;
        }
    }

}
