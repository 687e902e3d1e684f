package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Axes;

/** One axis of a coordinate system. */
record AxisValue(Axes.Axis axis) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.axis", "XAxis", AxisValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Builtin(value = "set_visible", signature = "b", method = true, doc = "Shows or hides the axis.")
    static void setVisible(Machine m, AxisValue self, boolean visible) {
        self.axis.visible = visible;
    }
}
