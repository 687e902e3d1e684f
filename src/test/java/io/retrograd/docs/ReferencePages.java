package io.retrograd.docs;

import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.builtin.Declared;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.python.HelpText;
import io.retrograd.lib.python.PythonModules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The reference manual, a page for each library, from the declarations that also give {@code help()}, completion and
 * argument checking: what a page says is what a script gets.
 */
final class ReferencePages {
    /** Modules that hold only what other modules hold as well. */
    private static final String INSIDE = "tensorflow.python";

    private final Machine m;

    /** Types that stand on a page already: several modules name the same ones. */
    private final Set<TypeValue> told = new HashSet<>();

    ReferencePages(Machine m) {
        this.m = m;
    }

    /** Each page's file name and text. */
    Map<String, String> all() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("words.md", page("Words", "What a script can say without any import, besides everything of `tf`, `tf.nn` and numpy.", List.of("<words>")));
        pages.put("tensorflow.md", page("tensorflow", "`import tensorflow as tf`. Names in any letter case; old names stand behind the present one.", below("tensorflow")));
        pages.put("numpy.md", page("numpy", "`import numpy as np`. Names in any letter case.", below("numpy")));
        pages.put("pyplot.md", page("matplotlib.pyplot", "`import matplotlib.pyplot as plt`.", List.of("matplotlib.pyplot")));
        List<String> python = new ArrayList<>(PythonModules.names());
        python.remove("builtins");
        python.add(0, "builtins");
        pages.put("python.md", page("Python", "Python's builtins and the part of its standard library that teaching scripts use.", python));
        return pages;
    }

    /** A module's dotted name and those of all modules in it. */
    private List<String> below(String root) {
        Map<String, ModuleValue> found = new TreeMap<>();
        collect(root, found);
        return List.copyOf(found.keySet());
    }

    private void collect(String name, Map<String, ModuleValue> found) {
        if (name.startsWith(INSIDE) || found.containsKey(name) || !(m.library().module(m, name) instanceof ModuleValue module)) {
            return;
        }
        found.put(name, module);
        for (String attribute : module.attributeNames(m)) {
            if (module.exact(m, attribute) instanceof ModuleValue inner && inner.name().startsWith(name + ".")) {
                collect(inner.name(), found);
            }
        }
    }

    private String page(String title, String about, List<String> modules) {
        StringBuilder out = new StringBuilder("<!-- Written by ReferenceTest from the declarations; see its first comment. -->\n");
        out.append("# ").append(title).append("\n\n").append(about).append('\n');
        for (String name : modules) {
            if (m.library().module(m, name) instanceof ModuleValue module) {
                module(out, name, module);
            }
        }
        return out.toString();
    }

    private void module(StringBuilder out, String name, ModuleValue module) {
        Map<BuiltinFunction, Set<String>> functions = new LinkedHashMap<>();
        Map<String, String> plain = new TreeMap<>();
        Map<String, TypeValue> types = new TreeMap<>();
        for (String each : new TreeSet<>(publicNames(module.attributeNames(m)))) {
            Object value = module.exact(m, each);
            if (value instanceof BuiltinFunction f) {
                functions.computeIfAbsent(f, x -> new TreeSet<>()).add(each);
            } else if (value instanceof Declared other && other.declaration().isPresent()) {
                functions.computeIfAbsent(other.declaration().get(), x -> new TreeSet<>()).add(each);
            } else if (value instanceof Value v && !(value instanceof TypeValue) && v.isCallable()
                    && Semantics.attributeOrNull(m, v, "__doc__") instanceof String doc && !doc.isBlank()) {
                plain.put(each, doc.strip());
            } else if (value instanceof TypeValue type && !isError(type) && told.add(type)) {
                types.put(each, type);
            }
        }
        if (functions.isEmpty() && plain.isEmpty() && types.isEmpty()) {
            return;
        }
        if (!name.startsWith("<")) {
            out.append("\n## ").append(name).append('\n');
        }
        table(out, functions, plain);
        types.forEach((known, type) -> type(out, known, type));
    }

    private static boolean isError(TypeValue type) {
        return type.resolutionOrder().stream().anyMatch(t -> t.name().equals("BaseException"));
    }

    private static Collection<String> publicNames(Collection<String> names) {
        return names.stream().filter(n -> !n.startsWith("_")).toList();
    }

    /** Rows in the order of names; those without a declaration, numpy's ufuncs, have only a line of text. */
    private static void table(StringBuilder out, Map<BuiltinFunction, Set<String>> functions, Map<String, String> plain) {
        if (functions.isEmpty() && plain.isEmpty()) {
            return;
        }
        out.append("\n| | |\n| --- | --- |\n");
        Map<String, String> rows = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        functions.forEach((f, names) -> {
            String first = names.contains(f.name()) ? f.name() : names.iterator().next();
            Set<String> others = new TreeSet<>(names);
            others.remove(first);
            rows.put(first, row(first, others, f));
        });
        plain.forEach((name, doc) -> rows.put(name, "| `" + name + "` | " + cell(doc) + " |\n"));
        rows.values().forEach(out::append);
    }

    private static String row(String name, Set<String> others, BuiltinFunction f) {
        StringBuilder row = new StringBuilder("| `").append(name);
        if (!f.isProperty()) {
            row.append('(').append(f.signature().text()).append(')');
        }
        row.append("` | ").append(cell(f.doc()));
        part(row, "Shapes: ", f.shapes());
        part(row, "Gradient: ", f.gradient());
        if (!others.isEmpty()) {
            row.append("<br>Also `").append(String.join("`, `", others)).append("`.");
        }
        return row.append(" |\n").toString();
    }

    private static void part(StringBuilder row, String label, String text) {
        if (!text.isEmpty()) {
            row.append("<br>").append(label).append(cell(text));
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }

    private void type(StringBuilder out, String known, TypeValue type) {
        Map<BuiltinFunction, Set<String>> methods = new LinkedHashMap<>();
        for (String each : new TreeSet<>(publicNames(type.attributeNames()))) {
            if (type.lookup(each) instanceof BuiltinFunction f) {
                methods.computeIfAbsent(f, x -> new TreeSet<>()).add(each);
            }
        }
        Optional<BuiltinFunction> maker = HelpText.declaration(m, type);
        if (methods.isEmpty() && maker.isEmpty()) {
            return;
        }
        out.append("\n### ").append(known).append('\n');
        maker.ifPresent(f -> out.append("\n`").append(known).append('(').append(f.signature().text()).append(")`: ").append(cell(f.doc())).append('\n'));
        if (maker.isEmpty() && Semantics.attributeOrNull(m, type, "__doc__") instanceof String doc && !doc.isBlank()) {
            out.append('\n').append(cell(doc.strip())).append('\n');
        }
        table(out, methods, Map.of());
    }
}
