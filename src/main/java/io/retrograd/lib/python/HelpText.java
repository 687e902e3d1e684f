package io.retrograd.lib.python;

import io.retrograd.lang.builtin.BoundBuiltin;
import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.builtin.Declared;
import io.retrograd.lang.builtin.Wrapper;
import io.retrograd.lang.builtin.Signature;
import io.retrograd.lang.run.FunctionValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What {@code help} says: for a builtin, the texts of its declaration; for others, their doc string or their attributes. */
public final class HelpText {
    /** The modules in which classes of TensorFlow are declared. */
    private static final String[] MAKERS = {"tensorflow", "tensorflow.train"};

    private static final int WIDTH = 76;
    private static final int LINES_OF_VALUE = 6;
    private static final int LONGEST_VALUE = 400;

    private HelpText() {}

    /**
     * The declaration of something that can be called: a builtin itself, or the one that makes a class's instances.
     * Empty for what a script defines.
     */
    public static Optional<BuiltinFunction> declaration(Machine m, Object object) {
        if (object instanceof BoundBuiltin b) {
            return Optional.of(b.function());
        }
        if (object instanceof BuiltinFunction f) {
            return Optional.of(f);
        }
        if (object instanceof Declared other) {
            return other.declaration();
        }
        if (object instanceof Wrapper w) {
            return declaration(m, w.wrapped());
        }
        if (object instanceof TypeValue type && type.module().startsWith("tensorflow")) {
            for (String module : MAKERS) {
                if (m.library().module(m, module) instanceof ModuleValue found) {
                    BuiltinFunction maker = found.declaration(type == found.exact(m, type.name()) ? type.name() : shortName(type));
                    if (maker != null) {
                        return Optional.of(maker);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** {@code tf.Variable} is TensorFlow's class RefVariable. */
    private static String shortName(TypeValue type) {
        return type.name().equals("RefVariable") ? "Variable" : type.name();
    }

    /** What {@code help} says of its argument: of a text, what is said of the thing of that name. */
    static String ofTopic(Machine m, Object object) {
        if (!(object instanceof String topic)) {
            return of(m, object);
        }
        Object found = named(m, topic.strip());
        return found == null ? "no help for '" + topic + "': neither a word nor a module of that name is known\n" : of(m, found);
    }

    /** The text, lines each; for None, how to ask. */
    public static String of(Machine m, Object object) {
        Optional<BuiltinFunction> declared = declaration(m, object);
        if (declared.isPresent()) {
            return function(m, declared.get());
        }
        if (object == None.NONE) {
            return "help(name) tells what a function, a class or a module is for: help(len), help(str.split).\n";
        }
        StringBuilder out = new StringBuilder();
        Object name = Semantics.attributeOrNull(m, object, "__name__");
        Object doc = Semantics.attributeOrNull(m, object, "__doc__");
        String kind = object instanceof ModuleValue ? "module " : object instanceof TypeValue ? "class " : "";
        out.append(kind).append(name instanceof String ? name : Semantics.typeOf(object).name() + " object").append(parameters(m, object)).append('\n');
        if (doc instanceof String text && !text.isBlank()) {
            out.append("    ").append(text.strip()).append('\n');
        }
        boolean isValue = !(object instanceof ModuleValue) && !(object instanceof TypeValue) && !(name instanceof String);
        if (isValue) {
            String shown = Semantics.repr(m, object).lines().limit(LINES_OF_VALUE).collect(Collectors.joining("\n    "));
            Object shape = Semantics.attributeOrNull(m, object, "shape");
            Object dtype = Semantics.attributeOrNull(m, object, "dtype");
            if (shape != null && dtype != null) {
                out.append("    shape ").append(Semantics.str(m, shape)).append(", dtype ").append(Semantics.str(m, dtype)).append('\n');
            }
            out.append("    ").append(shown.length() > LONGEST_VALUE ? shown.substring(0, LONGEST_VALUE) + " ..." : shown).append('\n');
        }
        int column = 0;
        for (String each : new TreeSet<>(Semantics.attributeNames(m, object))) {
            if (each.startsWith("_")) {
                continue;
            }
            if (column == 0 || column + each.length() > WIDTH) {
                out.append(column == 0 ? "    " : ",\n    ").append(each);
                column = 4 + each.length();
            } else {
                out.append(", ").append(each);
                column += 2 + each.length();
            }
        }
        return column == 0 ? out.toString() : out.append('\n').toString();
    }

    /** The parameters of a function of the language, or of what begins a class's instances, in brackets; empty for other things. */
    private static String parameters(Machine m, Object object) {
        if (object instanceof Wrapper w) {
            return parameters(m, w.wrapped());
        }
        if (object instanceof FunctionValue f) {
            return "(" + f.signature(m) + ")";
        }
        if (object instanceof TypeValue type && type.lookup("__init__") instanceof FunctionValue begin) {
            String all = begin.signature(m);
            int comma = all.indexOf(", ");
            return "(" + (comma < 0 ? "" : all.substring(comma + 2)) + ")";
        }
        return "";
    }

    /** What a dotted name means to scripts that import nothing; null if nothing. */
    private static Object named(Machine m, String dotted) {
        String[] parts = dotted.split("\\.");
        if (parts.length == 0) {
            return null;
        }
        Object found = m.library().word(m, parts[0]);
        if (found == null) {
            String module = parts[0].equals("tf") ? "tensorflow" : parts[0].equals("np") ? "numpy" : parts[0];
            found = m.library().module(m, module);
        }
        for (int i = 1; i < parts.length && found != null; i++) {
            found = Semantics.attributeOrNull(m, found, parts[i]);
        }
        return found;
    }

    private static String function(Machine m, BuiltinFunction f) {
        StringBuilder out = new StringBuilder(f.name()).append('(').append(f.signature().text()).append(")\n");
        line(out, "", f.doc());
        line(out, "shapes: ", f.shapes());
        line(out, "gradient: ", f.gradient());
        line(out, "example: ", f.example().isEmpty() ? call(m, f) : f.example());
        return out.toString();
    }

    /** A call with the arguments that must be given, as a script writes it. */
    private static String call(Machine m, BuiltinFunction f) {
        if (f.isProperty()) {
            return "x." + f.name();
        }
        StringBuilder arguments = new StringBuilder();
        for (Signature.Parameter p : f.signature().parameters()) {
            boolean needed = p.fallback() == null && p.kind() != Signature.Kind.STAR && p.kind() != Signature.Kind.DOUBLE_STAR;
            if (needed) {
                arguments.append(arguments.isEmpty() ? "" : ", ").append(p.name());
            }
        }
        return (f.isMethod() ? "x." + f.name() : written(m, f)) + "(" + arguments + ")";
    }

    /** The function's name with the module as scripts call it. */
    private static String written(Machine m, BuiltinFunction f) {
        for (String[] each : new String[][] {{"tensorflow", "tf."}, {"numpy", "np."}, {"matplotlib.pyplot", "plt."}}) {
            Object found = m.library().module(m, each[0]);
            for (String part : f.path().split("\\.")) {
                found = found == null ? null : Semantics.attributeOrNull(m, found, part);
            }
            if (found == f) {
                return each[1] + f.path();
            }
        }
        return f.name();
    }

    private static void line(StringBuilder out, String label, String text) {
        if (!text.isEmpty()) {
            out.append("    ").append(label).append(text).append('\n');
        }
    }
}
