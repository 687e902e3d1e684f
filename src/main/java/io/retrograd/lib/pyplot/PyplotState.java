package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.Machine;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of one interpreter, and which of them is current. */
final class PyplotState {
    private final Map<Long, FigureValue> figures = new LinkedHashMap<>();
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

    /** The last picture or contour that was drawn: what a colour bar belongs to. Null if there is none. */
    ArtistValue lastMapped() {
        return lastMapped;
    }

    /** Remembers a drawing that a colour bar can belong to, and returns it. */
    Object mapped(Object drawn) {
        if (drawn instanceof ArtistValue a && a.map() != null) {
            lastMapped = a;
        }
        return drawn;
    }

    static PyplotState of(Machine m) {
        return m.state(PyplotState.class, machine -> new PyplotState());
    }

    /** The current figure; made if there is none. */
    FigureValue current() {
        return current == null ? open(nextNumber()) : current;
    }

    long nextNumber() {
        long n = 1;
        while (figures.containsKey(n)) {
            n++;
        }
        return n;
    }

    /** The figure of that number, made if there is none; it is current then. */
    FigureValue open(long number) {
        current = figures.computeIfAbsent(number, FigureValue::new);
        return current;
    }

    void close(FigureValue figure) {
        figures.values().remove(figure);
        if (current == figure) {
            current = null;
            for (FigureValue each : figures.values()) {
                current = each;
            }
        }
    }

    void closeAll() {
        figures.clear();
        current = null;
    }

    Iterable<FigureValue> figures() {
        return java.util.List.copyOf(figures.values());
    }

    void current(FigureValue figure) {
        current = figure;
    }

    /**
     * There is no window: on a terminal the figure becomes a file in the working folder, and the error stream says
     * which; elsewhere nobody would look, and the script goes on.
     */
    void show(Machine m, FigureValue figure) {
        if (!figure.figure().axes.isEmpty() && m.world().out().isTerminal()) {
            String file = "figure-" + ++shown + ".png";
            figure.write(m, file, "png", figure.figure().dpi);
            m.world().err().write("figure saved as " + file + "\n");
        }
    }
}
