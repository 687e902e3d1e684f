package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** What a figure is drawn on. There is no window, so nothing happens at it: no clicks, nothing to redraw. */
record CanvasValue() implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.backends", "FigureCanvas", CanvasValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Builtin(value = "mpl_connect", signature = "s, func", method = true, doc = "Would call a function at an event; without a window there are none.")
    static long connect(Machine m, CanvasValue self, Object event, Object function) {
        return 0;
    }

    @Builtin(value = {"draw", "draw_idle", "flush_events"}, method = true, doc = "Would redraw the window; there is none.")
    static void draw(Machine m, CanvasValue self) {}
}
