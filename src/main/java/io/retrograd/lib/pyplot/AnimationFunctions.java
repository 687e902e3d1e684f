package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import java.util.Map;

/** {@code matplotlib.animation}. */
final class AnimationFunctions {
    private AnimationFunctions() {}

    @Builtin(
            value = "FuncAnimation",
            signature = "fig, func, frames=None, init_func=None, fargs=None, save_count=None, interval=200, repeat_delay=None, repeat=True, "
                    + "blit=False, **kwargs",
            doc = "A function that draws one frame after the other: played once by show(), written by save().")
    static Object ofFunction(
            Machine m, FigureValue fig, Object func, Object frames, Object init, Object fargs, Object count, double interval, Object delay,
            boolean repeat, boolean blit, Map<String, Object> kwargs) {
        kwargs.remove("cache_frame_data");
        new Style(m, "FuncAnimation", kwargs).done();
        AnimationValue made = AnimationValue.ofFunction(m, fig, func, frames, init, fargs, interval);
        PyplotState.of(m).add(made);
        return made;
    }

    @Builtin(
            value = "ArtistAnimation",
            signature = "fig, artists, interval=200, repeat_delay=None, repeat=True, blit=False",
            doc = "Lists of artists that are shown in turn.")
    static Object ofArtists(Machine m, FigureValue fig, Object artists, double interval, Object delay, boolean repeat, boolean blit) {
        AnimationValue made = AnimationValue.ofArtists(m, fig, artists, interval);
        PyplotState.of(m).add(made);
        return made;
    }

    @Builtin(value = {"PillowWriter", "ImageMagickWriter", "FFMpegWriter"}, signature = "fps=5, **kwargs", doc = "How many frames a second there are.")
    static Object writer(Machine m, Object fps, Map<String, Object> kwargs) {
        return new WriterValue(fps == None.NONE ? 0 : Semantics.real(m, fps));
    }
}
