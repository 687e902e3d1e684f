package io.retrograd.repl;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.show.Formula;
import io.retrograd.show.Names;

/** Shows the value of an entry: as Python would, and of a tensor how it is computed. */
final class ValueDisplay {
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    /** About two lines; what is longer is for {@code :graph}. */
    private static final int LONGEST = 160;

    private ValueDisplay() {}

    static void show(Workspace workspace, Object value) {
        Machine m = workspace.machine();
        workspace.finishLine();
        workspace.print(Semantics.repr(m, value) + "\n");
        if (value instanceof TensorValue tensor && workspace.settings().isOn(Settings.FORMULAS)) {
            Names names = Names.of(workspace.interpreter().variables());
            if (tensor.output().operation().inputCount() > 0) {
                workspace.print(dimmed(workspace, "  = " + shortened(Formula.of(tensor.output(), names))) + "\n");
            }
        }
    }

    static String dimmed(Workspace workspace, String text) {
        return workspace.colours() ? DIM + text + PLAIN : text;
    }

    private static String shortened(String formula) {
        return formula.length() > LONGEST ? formula.substring(0, LONGEST - 1) + "…" : formula;
    }
}
