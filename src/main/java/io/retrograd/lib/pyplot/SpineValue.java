package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Axes;
import io.retrograd.plot.LineStyle;
import java.awt.Color;

/** One line of the frame of axes. */
record SpineValue(Axes axes, Axes.Side side) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.spines", "Spine", SpineValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private LineStyle line() {
        LineStyle now = axes.spines.get(side);
        return now == null ? LineStyle.solid(Color.BLACK, 0.8) : now;
    }

    @Builtin(value = "set_visible", signature = "b", method = true, doc = "Shows or hides it.")
    static void setVisible(Machine m, SpineValue self, boolean visible) {
        self.axes.spines.put(self.side, visible ? self.line() : null);
    }

    @Builtin(value = {"set_color", "set_edgecolor"}, signature = "c", method = true, doc = "Its colour; 'none' hides it.")
    static void setColor(Machine m, SpineValue self, Object c) {
        Color color = Style.color(m, c);
        self.axes.spines.put(self.side, color.getAlpha() == 0 ? null : self.line().withColor(color));
    }

    @Builtin(value = {"set_linewidth", "set_lw"}, signature = "w", method = true, doc = "Its width in points.")
    static void setLinewidth(Machine m, SpineValue self, double w) {
        self.axes.spines.put(self.side, new LineStyle(self.line().color(), w, self.line().dashes()));
    }

    @Builtin(value = {"set_linestyle", "set_ls"}, signature = "ls", method = true, doc = "Its dashes.")
    static void setLinestyle(Machine m, SpineValue self, Object ls) {
        float[] dashes = Style.dashes(m, ls, self.line().width());
        self.axes.spines.put(self.side, dashes == null ? null : new LineStyle(self.line().color(), self.line().width(), dashes));
    }

    @Builtin(value = "set_position", signature = "position", method = true, doc = "Where it stands: ('data', value), 'zero' or 'center'.",
            example = "ax.spines['bottom'].set_position(('data', 0))")
    static void setPosition(Machine m, SpineValue self, Object position) {
        if ("zero".equals(position)) {
            self.axes.spinePlaces.put(self.side, 0.0);
            return;
        }
        Object[] pair = position instanceof String ? new Object[0] : Semantics.elements(m, position);
        if (pair.length != 2 || !"data".equals(pair[0])) {
            throw NnError.value("a spine stands at ('data', value) or 'zero', not at " + Semantics.repr(m, position));
        }
        self.axes.spinePlaces.put(self.side, Semantics.real(m, pair[1]));
    }
}
