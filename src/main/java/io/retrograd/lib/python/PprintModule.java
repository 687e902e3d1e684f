package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SetValue;
import io.retrograd.lang.value.Sorting;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** The module {@code pprint}: representations that are broken into lines where they are too long for one. */
final class PprintModule {
    private PprintModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("pprint").with(PprintModuleTable.TABLE)
                .with("PrettyPrinter", (Machine machine) -> Printer.TYPE);
    }

    /** {@code pprint.PrettyPrinter}. */
    static final class Printer implements Value {
        static final TypeValue TYPE = new TypeValue("pprint", "PrettyPrinter", CoreTypes.OBJECT, PrettyPrinterTable.TABLE, null);

        private final int indent;
        private final int width;
        private final long depth;
        private final boolean sort;

        Printer(int indent, int width, long depth, boolean sort) {
            this.indent = indent;
            this.width = width;
            this.depth = depth;
            this.sort = sort;
        }

        @Override
        public TypeValue type() {
            return TYPE;
        }

        String format(Machine m, Object o) {
            StringBuilder out = new StringBuilder();
            write(m, o, out, 0, 0, 1);
            return out.toString();
        }

        /** On one line: keys sorted, what is too deep left out. */
        private String flat(Machine m, Object o, long level) {
            m.enter();
            try {
                return flatText(m, o, level);
            } finally {
                m.leave();
            }
        }

        private String flatText(Machine m, Object o, long level) {
            m.step();
            if (o instanceof DictValue dict && dict.type() == DictValue.TYPE) {
                if (level > depth) {
                    return "{...}";
                }
                StringBuilder out = new StringBuilder("{");
                for (Object key : keys(m, dict)) {
                    out.append(out.length() > 1 ? ", " : "").append(flat(m, key, level + 1)).append(": ")
                            .append(flat(m, dict.get(m, key), level + 1));
                }
                return out.append('}').toString();
            }
            if (o instanceof ListValue || o instanceof TupleValue && Semantics.typeOf(o) == TupleValue.TYPE) {
                boolean list = o instanceof ListValue;
                if (level > depth) {
                    return list ? "[...]" : "(...)";
                }
                Object[] all = Semantics.elements(m, o);
                StringBuilder out = new StringBuilder(list ? "[" : "(");
                for (Object each : all) {
                    out.append(out.length() > 1 ? ", " : "").append(flat(m, each, level + 1));
                }
                return out.append(list ? "]" : all.length == 1 ? ",)" : ")").toString();
            }
            return Semantics.repr(m, o);
        }

        private Object[] keys(Machine m, DictValue dict) {
            Object[] keys = dict.keyArray();
            if (sort) {
                try {
                    Sorting.sort(m, keys, None.NONE, false);
                } catch (NnError e) {
                    // Keys of several types keep their order.
                    return dict.keyArray();
                }
            }
            return keys;
        }

        /** {@code allowance}: what closes behind it on the same line. */
        private void write(Machine m, Object o, StringBuilder out, int column, int allowance, long level) {
            String flat = flat(m, o, level);
            if (flat.length() <= width - column - allowance || level > depth) {
                out.append(flat);
                return;
            }
            if (o instanceof DictValue dict && dict.type() == DictValue.TYPE && dict.size() > 0) {
                items(m, out, column, allowance, level, "{", "}", keys(m, dict), dict);
            } else if (o instanceof ListValue) {
                items(m, out, column, allowance, level, "[", "]", Semantics.elements(m, o), null);
            } else if (o instanceof TupleValue tuple && tuple.type() == TupleValue.TYPE) {
                items(m, out, column, allowance, level, "(", tuple.size() == 1 ? ",)" : ")", tuple.toArray(), null);
            } else if (o instanceof SetValue set && set.type() == SetValue.TYPE && set.size() > 0) {
                Object[] all = Semantics.elements(m, set);
                Sorting.sort(m, all, None.NONE, false);
                items(m, out, column, allowance, level, "{", "}", all, null);
            } else if (o instanceof String s) {
                string(m, s, out, column, allowance, level);
            } else {
                out.append(flat);
            }
        }

        private void items(Machine m, StringBuilder out, int column, int allowance, long level, String open, String close, Object[] all, DictValue dict) {
            out.append(open).append(" ".repeat(Math.max(0, indent - open.length())));
            int inner = column + indent;
            for (int i = 0; i < all.length; i++) {
                if (i > 0) {
                    out.append(",\n").append(" ".repeat(inner));
                }
                int behind = i == all.length - 1 ? allowance + close.length() : 1;
                if (dict == null) {
                    write(m, all[i], out, inner, behind, level + 1);
                } else {
                    String key = flat(m, all[i], level + 1);
                    out.append(key).append(": ");
                    write(m, dict.get(m, all[i]), out, inner + key.length() + 2, behind, level + 1);
                }
            }
            out.append(close);
        }

        /** A long text in several literals, broken behind white space. */
        private void string(Machine m, String s, StringBuilder out, int column, int allowance, long level) {
            ListValue chunks = new ListValue();
            boolean outermost = level == 1;
            int room = width - column - (outermost ? 1 : 0);
            String[] lines = s.split("(?<=\n)");
            for (int n = 0; n < lines.length; n++) {
                boolean last = n == lines.length - 1;
                int limit = last ? room - allowance - (outermost ? 1 : 0) : room;
                String whole = Semantics.repr(m, lines[n]);
                if (whole.length() <= limit) {
                    chunks.add(whole);
                    continue;
                }
                String current = "";
                String[] words = lines[n].split("(?<=\\s)(?=\\S)");
                for (int i = 0; i < words.length; i++) {
                    String candidate = current + words[i];
                    int space = last && i == words.length - 1 ? limit : room;
                    if (Semantics.repr(m, candidate).length() > space && !current.isEmpty()) {
                        chunks.add(Semantics.repr(m, current));
                        candidate = words[i];
                    }
                    current = candidate;
                }
                if (!current.isEmpty()) {
                    chunks.add(Semantics.repr(m, current));
                }
            }
            if (chunks.size() == 1) {
                out.append(chunks.get(0));
                return;
            }
            out.append(outermost ? "(" : "");
            for (int i = 0; i < chunks.size(); i++) {
                out.append(i > 0 ? "\n" + " ".repeat(column + (outermost ? 1 : 0)) : "").append(chunks.get(i));
            }
            out.append(outermost ? ")" : "");
        }
    }

    private static Printer printer(Machine m, int indent, int width, Object depth, boolean sort) {
        return new Printer(indent, width, depth == None.NONE ? Long.MAX_VALUE : Semantics.index(m, depth), sort);
    }

    @Builtin(value = {"pprint", "pp"}, signature = "object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False", doc = "Writes an object, broken into lines where it is too long for one.")
    static void print(Machine m, Object object, Object stream, int indent, int width, Object depth, Object compact, boolean sort, Object underscores) {
        String text = printer(m, indent, width, depth, sort).format(m, object) + "\n";
        if (stream == None.NONE) {
            Builtins.print(m, new Object[] {text}, "", "", None.NONE, false);
        } else {
            Semantics.callMethod(m, stream, "write", text);
        }
    }

    @Builtin(value = {"pformat", "saferepr"}, signature = "object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False", doc = "An object as text, broken into lines where it is too long for one.")
    static String format(Machine m, Object object, int indent, int width, Object depth, Object compact, boolean sort, Object underscores) {
        return printer(m, indent, width, depth, sort).format(m, object);
    }
}
