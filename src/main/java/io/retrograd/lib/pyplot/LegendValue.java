package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Legend;

/** The box that names what axes show, as {@code legend()} answers it. */
record LegendValue(Axes axes) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.legend", "Legend", LegendValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Builtin(value = "remove", method = true, doc = "Takes the box away.")
    static void remove(Machine m, LegendValue self) {
        self.axes.legend = null;
    }

    @Builtin(value = "set_visible", signature = "b", method = true, doc = "Hides the box.")
    static void setVisible(Machine m, LegendValue self, boolean visible) {
        if (!visible) {
            self.axes.legend = null;
        }
    }

    @Builtin(value = "set_title", signature = "title", method = true, doc = "A title in the box.")
    static void setTitle(Machine m, LegendValue self, Object title) {
        Legend l = self.axes.legend;
        if (l != null) {
            self.axes.legend = new Legend(l.place(), l.anchor(), l.entries(), l.style(), Semantics.str(m, title), l.columns(), l.face(), l.edge(),
                    l.shadow(), l.alpha(), l.round(), l.points());
        }
    }
}
