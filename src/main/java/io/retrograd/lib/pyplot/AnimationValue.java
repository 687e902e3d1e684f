package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.AnimatedGif;
import io.retrograd.plot.FigureFile;
import io.retrograd.plot.Placed;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code matplotlib.animation}: a function that draws one frame after the other, or lists of artists in turn. */
final class AnimationValue implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.animation", "Animation", AnimationValueTable.TABLE);

    /** How many frames are drawn where the script does not say; matplotlib's own number. */
    private static final int UNLIMITED = 100;

    private final FigureValue figure;
    private final Object function;
    private final Object frames;
    private final Object init;
    private final Object[] extra;
    private final double interval;
    private final List<List<Placed>> artists;

    private AnimationValue(
            FigureValue figure, Object function, Object frames, Object init, Object[] extra, double interval, List<List<Placed>> artists) {
        this.figure = figure;
        this.function = function;
        this.frames = frames;
        this.init = init;
        this.extra = extra;
        this.interval = interval;
        this.artists = artists;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    static AnimationValue ofFunction(Machine m, FigureValue figure, Object function, Object frames, Object init, Object fargs, double interval) {
        Object[] extra = fargs == None.NONE ? new Object[0] : Semantics.elements(m, fargs);
        return new AnimationValue(figure, function, frames, init, extra, interval, List.of());
    }

    static AnimationValue ofArtists(Machine m, FigureValue figure, Object lists, double interval) {
        List<List<Placed>> all = new ArrayList<>();
        for (Object each : Semantics.elements(m, lists)) {
            List<Placed> frame = new ArrayList<>();
            for (Object artist : Semantics.elements(m, each)) {
                if (artist instanceof ArtistValue a) {
                    frame.add(a.placed());
                }
            }
            all.add(frame);
        }
        return new AnimationValue(figure, None.NONE, None.NONE, None.NONE, new Object[0], interval, all);
    }

    /** Draws all frames; the figure shows the last one then. */
    void play(Machine m) {
        each(m, () -> PyplotState.of(m).refresh(m, figure));
    }

    private void each(Machine m, Runnable drawn) {
        if (!artists.isEmpty()) {
            for (List<Placed> frame : artists) {
                artists.forEach(all -> all.forEach(p -> p.visible = false));
                frame.forEach(p -> p.visible = true);
                drawn.run();
            }
            return;
        }
        if (init != None.NONE) {
            Semantics.call(m, init);
        }
        if (frames == None.NONE || Numbers.isNumber(frames)) {
            long n = frames == None.NONE ? UNLIMITED : Semantics.index(m, frames);
            for (long i = 0; i < n; i++) {
                frame(m, i, drawn);
            }
            return;
        }
        Iteration values = Semantics.iterate(m, Semantics.isCallable(frames) ? Semantics.call(m, frames) : frames);
        for (Object v = values.next(m); v != null; v = values.next(m)) {
            frame(m, v, drawn);
        }
    }

    private void frame(Machine m, Object value, Runnable drawn) {
        Object[] arguments = new Object[1 + extra.length];
        arguments[0] = value;
        System.arraycopy(extra, 0, arguments, 1, extra.length);
        m.step();
        Semantics.call(m, function, arguments);
        drawn.run();
    }

    @Builtin(value = "save", signature = "filename, writer=None, fps=None, dpi=None, codec=None, bitrate=None, extra_args=None, metadata=None, **kwargs", method = true, doc = "Writes all frames as an animated .gif.")
    static void save(
            Machine m, AnimationValue self, Object name, Object writer, Object fps, Object dpi, Object codec, Object bitrate, Object extraArgs,
            Object metadata, Map<String, Object> kwargs) {
        String file = FileNames.of(m, name);
        if (!file.toLowerCase(Locale.ROOT).endsWith(".gif")) {
            throw NnError.value("animations are written as .gif, not as '" + file + "'").help("films need an encoder that is not here; save('x.gif')");
        }
        double rate = fps != None.NONE ? Semantics.real(m, fps)
                : writer instanceof WriterValue w && w.fps() > 0 ? w.fps() : 1000 / self.interval;
        FigureFile.Options options = FigureFile.Options.plain(dpi == None.NONE ? self.figure.figure().dpi : Semantics.real(m, dpi));
        List<BufferedImage> images = new ArrayList<>();
        self.each(m, () -> images.add(FigureFile.image(self.figure.figure(), options)));
        FigureValue.write(m, file, AnimatedGif.bytes(images, 1000 / rate));
    }
}
