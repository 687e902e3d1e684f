package io.retrograd.repl;

import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.show.Formula;
import io.retrograd.show.Names;
import java.util.Arrays;

/** Shows the value of an entry: as Python would, and of a tensor how it is computed. */
final class ValueDisplay {
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    /** About two lines; what is longer is for {@code :graph}. */
    private static final int LONGEST = 160;

    private static final int MOST_ELEMENTS = 1000;
    private static final int MOST_CHARACTERS = 20_000;

    private ValueDisplay() {}

    static void show(Workspace workspace, Object value) {
        Machine m = workspace.machine();
        workspace.finishLine();
        workspace.print(text(m, value) + "\n");
        if (value instanceof TensorValue tensor && workspace.settings().isOn(Settings.FORMULAS)) {
            Names names = Names.of(workspace.interpreter().variables());
            if (tensor.output().operation().inputCount() > 0) {
                workspace.print(dimmed(workspace, "  = " + shortened(Formula.of(tensor.output(), names))) + "\n");
            }
        }
    }

    /** What Python would show, of long lists the start. */
    private static String text(Machine m, Object value) {
        if (value instanceof ListValue list && list.type() == ListValue.TYPE && list.size() > MOST_ELEMENTS) {
            return shortened(Semantics.repr(m, ListValue.of(Arrays.copyOf(list.toArray(), MOST_ELEMENTS))), list.size());
        }
        if (value instanceof TupleValue tuple && tuple.type() == TupleValue.TYPE && tuple.size() > MOST_ELEMENTS) {
            return shortened(Semantics.repr(m, TupleValue.of(Arrays.copyOf(tuple.toArray(), MOST_ELEMENTS))), tuple.size());
        }
        if (value instanceof String s && s.length() > MOST_CHARACTERS) {
            String start = Semantics.repr(m, s.substring(0, MOST_CHARACTERS));
            return start + "... (" + s.length() + " characters; print shows them all)";
        }
        return Semantics.repr(m, value);
    }

    private static String shortened(String text, int size) {
        return text.substring(0, text.length() - 1) + ", ..." + text.charAt(text.length() - 1) + "  (" + size
                + " elements; print shows them all)";
    }

    static String dimmed(Workspace workspace, String text) {
        return workspace.colours() ? DIM + text + PLAIN : text;
    }

    private static String shortened(String formula) {
        return formula.length() > LONGEST ? formula.substring(0, LONGEST - 1) + "…" : formula;
    }
}
