package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.plot.FigureFile;
import io.retrograd.plot.InlineImage;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of one interpreter, and which of them is current. There is no window: on a terminal a figure that is
 * shown becomes a file in the working folder and, where the terminal can, a picture in its text; elsewhere nobody
 * would look, and the script goes on.
 */
final class PyplotState {
    /** In an animation the picture is written at most this often. */
    private static final long REFRESH_NANOS = 1_000_000_000L;

    private final Map<Long, FigureValue> figures = new LinkedHashMap<>();
    private final Map<Long, String> files = new LinkedHashMap<>();
    private final Map<Long, Long> refreshed = new LinkedHashMap<>();
    private final List<AnimationValue> animations = new ArrayList<>();
    private FigureValue current;
    private ArtistValue lastMapped;
    private boolean interactive;
    private int shown;

    boolean isInteractive() {
        return interactive;
    }

    void interactive(boolean on) {
        interactive = on;
    }

    /** An animation that the next show plays. */
    void add(AnimationValue animation) {
        animations.add(animation);
    }

    /** The last picture or contour that was drawn: what a colour bar belongs to. Null if there is none. */
    ArtistValue lastMapped() {
        return lastMapped;
    }

    /** Remembers a drawing that a colour bar can belong to, and returns it. */
    Object mapped(Object drawn) {
        if (drawn instanceof ArtistValue a && a.placed().meaning != null) {
            lastMapped = a;
        } else if (drawn instanceof TupleValue several && several.size() > 0) {
            mapped(several.get(several.size() - 1));
        }
        return drawn;
    }

    static PyplotState of(Machine m) {
        return m.state(PyplotState.class, machine -> new PyplotState());
    }

    /** The current figure; made if there is none. */
    FigureValue current(Machine m) {
        return current == null ? open(m, nextNumber(), "") : current;
    }

    long nextNumber() {
        long n = 1;
        while (figures.containsKey(n)) {
            n++;
        }
        return n;
    }

    /** The figure of that number, made if there is none; it is current then. */
    FigureValue open(Machine m, long number, String label) {
        current = figures.computeIfAbsent(number, n -> new FigureValue(m, n, label));
        return current;
    }

    /** The figure of that name; null if there is none. */
    FigureValue named(String label) {
        for (FigureValue each : figures.values()) {
            if (each.label().equals(label)) {
                return each;
            }
        }
        return null;
    }

    boolean exists(long number) {
        return figures.containsKey(number);
    }

    void close(FigureValue figure) {
        figures.values().remove(figure);
        files.remove(figure.number());
        if (current == figure) {
            current = null;
            for (FigureValue each : figures.values()) {
                current = each;
            }
        }
    }

    void closeAll() {
        figures.clear();
        files.clear();
        current = null;
        lastMapped = null;
    }

    List<FigureValue> figures() {
        return List.copyOf(figures.values());
    }

    void current(FigureValue figure) {
        current = figure;
    }

    /** Plays what is animated, then shows all figures. */
    void showAll(Machine m) {
        List<AnimationValue> playing = List.copyOf(animations);
        animations.clear();
        for (AnimationValue each : playing) {
            each.play(m);
        }
        for (FigureValue each : figures()) {
            show(m, each);
        }
        if (!interactive) {
            closeAll();
        }
    }

    /** Shows a figure: on a terminal as a file and, where it can, inline. */
    void show(Machine m, FigureValue figure) {
        if (isEmpty(figure) || !m.world().out().isTerminal()) {
            return;
        }
        boolean again = files.containsKey(figure.number());
        String file = files.computeIfAbsent(figure.number(), n -> "figure-" + ++shown + ".png");
        BufferedImage image = FigureFile.image(figure.figure(), FigureFile.Options.plain(figure.figure().dpi));
        FigureValue.write(m, file, FigureFile.encoded(image, "png"));
        m.world().out().flush();
        m.world().out().write(InlineImage.of(m.world().environment()).sequence(image));
        m.world().out().flush();
        if (!again || !interactive) {
            m.world().err().write("figure saved as " + file + "\n");
        }
    }

    /** In interactive mode, writes the figure anew if its picture is old enough: what a window would show. */
    void refresh(Machine m, FigureValue figure) {
        if (!interactive || isEmpty(figure) || !m.world().out().isTerminal()) {
            return;
        }
        long now = m.world().nanoTime();
        Long last = refreshed.get(figure.number());
        if (last != null && now - last < REFRESH_NANOS) {
            return;
        }
        refreshed.put(figure.number(), now);
        boolean first = !files.containsKey(figure.number());
        String file = files.computeIfAbsent(figure.number(), n -> "figure-" + ++shown + ".png");
        BufferedImage image = FigureFile.image(figure.figure(), FigureFile.Options.plain(figure.figure().dpi));
        FigureValue.write(m, file, FigureFile.encoded(image, "png"));
        if (first) {
            m.world().err().write("figure saved as " + file + ", and again as it changes\n");
        }
    }

    private static boolean isEmpty(FigureValue figure) {
        return figure.figure().axes.isEmpty() && figure.figure().texts.isEmpty() && figure.figure().title.isEmpty();
    }
}
