package io.retrograd.lib.python;

import io.retrograd.lang.builtin.BoundBuiltin;
import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import java.util.TreeSet;

/** What {@code help} says: for a builtin, the texts of its declaration; for others, their doc string or their attributes. */
final class HelpText {
    private HelpText() {}

    static String of(Machine m, Object object) {
        if (object instanceof BoundBuiltin b) {
            return function(b.function());
        }
        if (object instanceof BuiltinFunction f) {
            return function(f);
        }
        if (object == None.NONE) {
            return "help(name) tells what a function, a class or a module is for: help(len), help(str.split).\n";
        }
        StringBuilder out = new StringBuilder();
        Object name = Semantics.attributeOrNull(m, object, "__name__");
        Object doc = Semantics.attributeOrNull(m, object, "__doc__");
        String kind = object instanceof ModuleValue ? "module " : object instanceof TypeValue ? "class " : "";
        out.append(kind).append(name instanceof String ? name : Semantics.typeOf(object).name() + " object").append('\n');
        if (doc instanceof String text && !text.isBlank()) {
            out.append("    ").append(text.strip()).append('\n');
        }
        StringBuilder names = new StringBuilder();
        for (String each : new TreeSet<>(Semantics.attributeNames(m, object))) {
            if (!each.startsWith("_")) {
                names.append(names.isEmpty() ? "    " : ", ").append(each);
            }
        }
        return names.isEmpty() ? out.toString() : out.append(names).append('\n').toString();
    }

    private static String function(BuiltinFunction f) {
        StringBuilder out = new StringBuilder(f.name()).append('(').append(f.signature().text()).append(")\n");
        line(out, "", f.doc());
        line(out, "shapes: ", f.shapes());
        line(out, "gradient: ", f.gradient());
        line(out, "example: ", f.example());
        return out.toString();
    }

    private static void line(StringBuilder out, String label, String text) {
        if (!text.isEmpty()) {
            out.append("    ").append(label).append(text).append('\n');
        }
    }
}
