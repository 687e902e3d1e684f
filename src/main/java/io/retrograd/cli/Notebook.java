package io.retrograd.cli;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.tree.Features;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A Jupyter notebook: its code cells run in order in one scope, and a cell that ends in an expression shows the
 * expression's value. Magics and shell lines are passed over.
 */
final class Notebook {
    private final List<Source> cells;
    private final Features language;

    private Notebook(List<Source> cells, Features language) {
        this.cells = cells;
        this.language = language;
    }

    /** Whether a file of that name is a notebook. */
    static boolean isNamed(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".ipynb");
    }

    /** Reads the notebook's JSON. */
    static Notebook read(Evaluator interpreter, String name, String json) throws ScriptText.Unreadable {
        Machine m = interpreter.machine();
        Object root;
        try {
            root = Semantics.call(m, Semantics.attribute(m, m.library().module(m, "json"), "loads"), json);
        } catch (NnError notJson) {
            throw new ScriptText.Unreadable("cannot run '" + name + "': it is no notebook (" + notJson.getMessage() + ")");
        }
        List<Source> cells = new ArrayList<>();
        for (Object cell : cells(m, root)) {
            if (cell instanceof DictValue c && "code".equals(get(m, c, "cell_type"))) {
                Object text = get(m, c, "source");
                String source = text(m, text == None.NONE ? get(m, c, "input") : text);
                cells.add(new Source(name + " cell " + (cells.size() + 1), withoutMagics(source)));
            }
        }
        if (cells.isEmpty()) {
            throw new ScriptText.Unreadable("cannot run '" + name + "': it has no code cells");
        }
        return new Notebook(cells, new Features(isPython2(m, root, cells), false, false));
    }

    /** What the notebook says of its kernel; where it says nothing, whether the syntax of some cell is Python 2's. */
    private static boolean isPython2(Machine m, Object root, List<Source> cells) {
        Object about = root instanceof DictValue notebook ? get(m, notebook, "metadata") : None.NONE;
        Object language = about instanceof DictValue d ? get(m, d, "language_info") : None.NONE;
        Object version = language instanceof DictValue d ? get(m, d, "version") : None.NONE;
        if (version instanceof String v && !v.isEmpty()) {
            return v.startsWith("2");
        }
        Object kernel = about instanceof DictValue d ? get(m, d, "kernelspec") : None.NONE;
        Object name = kernel instanceof DictValue d ? get(m, d, "name") : None.NONE;
        if (name.equals("python2") || name.equals("python3")) {
            return name.equals("python2");
        }
        return cells.stream().anyMatch(cell -> ScriptParser.features(cell).python2());
    }

    /** The cells of a notebook of format 4, or of the worksheets of an older one. */
    private static List<Object> cells(Machine m, Object root) {
        List<Object> all = new ArrayList<>();
        if (root instanceof DictValue notebook) {
            if (get(m, notebook, "cells") instanceof ListValue list) {
                add(m, list, all);
            } else if (get(m, notebook, "worksheets") instanceof ListValue sheets) {
                for (int i = 0; i < sheets.size(); i++) {
                    if (sheets.get(i) instanceof DictValue sheet && get(m, sheet, "cells") instanceof ListValue list) {
                        add(m, list, all);
                    }
                }
            }
        }
        return all;
    }

    private static void add(Machine m, ListValue list, List<Object> all) {
        for (int i = 0; i < list.size(); i++) {
            all.add(list.get(i));
        }
    }

    private static Object get(Machine m, DictValue dict, String key) {
        return dict.contains(m, key) ? dict.item(m, key) : None.NONE;
    }

    private static String text(Machine m, Object source) {
        if (source instanceof ListValue lines) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < lines.size(); i++) {
                all.append(Semantics.str(m, lines.get(i)));
            }
            return all.toString();
        }
        return source == None.NONE ? "" : Semantics.str(m, source);
    }

    /** Lines that Jupyter takes for itself become {@code pass}, so that line numbers stay and blocks are not empty. */
    private static String withoutMagics(String source) {
        String first = source.stripLeading();
        if (first.startsWith("%%") && !first.startsWith("%%time") && !first.startsWith("%%capture")) {
            // The whole cell is in another language.
            return "";
        }
        StringBuilder out = new StringBuilder();
        Nesting open = new Nesting();
        for (String line : source.split("\n", -1)) {
            String bare = line.stripLeading();
            boolean starts = !open.goesOn();
            boolean magic = starts && (bare.startsWith("%") || bare.startsWith("!") || bare.startsWith("?"));
            boolean help = starts && !magic && bare.endsWith("?") && !bare.startsWith("#") && bare.matches("[\\w.]+\\?{1,2}");
            if (magic || help) {
                out.append(line, 0, line.length() - bare.length()).append("pass");
            } else {
                out.append(line);
                open.read(line);
            }
            out.append('\n');
        }
        return out.toString();
    }

    /** What is open at the end of a line: brackets, a long string, a backslash. A line that goes on is no magic. */
    private static final class Nesting {
        private int brackets;
        private String quote = "";
        private boolean backslash;

        boolean goesOn() {
            return brackets > 0 || !quote.isEmpty() || backslash;
        }

        void read(String line) {
            backslash = false;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '\\') {
                    backslash = i == line.length() - 1;
                    i++;
                } else if (!quote.isEmpty()) {
                    if (line.startsWith(quote, i)) {
                        i += quote.length() - 1;
                        quote = "";
                    }
                } else if (c == '#') {
                    return;
                } else if (c == '"' || c == '\'') {
                    String three = String.valueOf(c).repeat(3);
                    quote = line.startsWith(three, i) ? three : String.valueOf(c);
                    i += quote.length() - 1;
                } else if ("([{".indexOf(c) >= 0) {
                    brackets++;
                } else if (")]}".indexOf(c) >= 0) {
                    brackets = Math.max(0, brackets - 1);
                }
            }
            if (quote.length() == 1 && !backslash) {
                quote = "";
            }
        }
    }

    /** The cells parsed, without running them. */
    List<Script> scripts() {
        List<Script> all = new ArrayList<>();
        Features known = language;
        for (Source cell : cells) {
            all.add(ScriptParser.parse(cell, known));
            Features said = ScriptParser.features(cell);
            known = known.or(new Features(false, said.division(), said.printFunction()));
        }
        return all;
    }

    /** Runs the cells; an error that no cell catches ends it, as running a notebook from top to bottom does. */
    void run(Evaluator interpreter) {
        Features known = language;
        for (Source cell : cells) {
            runCell(interpreter, cell, known);
            Features said = ScriptParser.features(cell);
            known = known.or(new Features(false, said.division(), said.printFunction()));
        }
    }

    private static void runCell(Evaluator interpreter, Source cell, Features known) {
        Object last = interpreter.runCell(cell, known);
        if (last != None.NONE && !endsInSemicolon(cell.text())) {
            Machine m = interpreter.machine();
            m.world().out().write(Semantics.repr(m, last) + "\n");
        }
    }

    private static boolean endsInSemicolon(String text) {
        String[] lines = text.strip().split("\n");
        String end = lines[lines.length - 1];
        int comment = end.indexOf('#');
        return (comment < 0 ? end : end.substring(0, comment)).stripTrailing().endsWith(";");
    }
}
