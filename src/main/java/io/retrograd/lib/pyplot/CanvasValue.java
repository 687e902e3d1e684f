package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.FigureFile;
import java.awt.image.BufferedImage;

/** What a figure is drawn on. There is no window, so nothing happens at it: no clicks; its pixels can be had. */
record CanvasValue(FigureValue figure) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.backends.backend_agg", "FigureCanvasAgg", CanvasValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private BufferedImage image() {
        return FigureFile.image(figure.figure(), FigureFile.Options.plain(figure.figure().dpi));
    }

    @Builtin(value = "mpl_connect", signature = "s, func", method = true, doc = "Would call a function at an event; without a window there are none.")
    static long connect(Machine m, CanvasValue self, Object event, Object function) {
        return 0;
    }

    @Builtin(value = "set_window_title", signature = "title", method = true, doc = "The title of the window, of which there is none.")
    static void setWindowTitle(Machine m, CanvasValue self, Object title) {}

    @Builtin(value = {"draw", "draw_idle", "flush_events"}, method = true, doc = "Shows the figure as it is now.")
    static void draw(Machine m, CanvasValue self) {
        PyplotState.of(m).refresh(m, self.figure);
    }

    @Builtin(value = "get_width_height", method = true, doc = "Its size in pixels.")
    static Object getWidthHeight(Machine m, CanvasValue self) {
        return TupleValue.of(Math.round(self.figure.figure().width * self.figure.figure().dpi),
                Math.round(self.figure.figure().height * self.figure.figure().dpi));
    }

    @Builtin(value = "tostring_rgb", method = true, doc = "Its pixels: red, green and blue, a byte each.")
    static Object tostringRgb(Machine m, CanvasValue self) {
        BufferedImage image = self.image();
        byte[] all = new byte[3 * image.getWidth() * image.getHeight()];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                all[at++] = (byte) (rgb >> 16);
                all[at++] = (byte) (rgb >> 8);
                all[at++] = (byte) rgb;
            }
        }
        return new BytesValue(all);
    }
}
