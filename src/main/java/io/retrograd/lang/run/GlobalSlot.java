package io.retrograd.lang.run;

import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Span;
import java.util.ArrayList;
import java.util.List;

/** A module's variable. Every place that names it holds this object, so that no look-up is left at run time. */
final class GlobalSlot extends Growable {
    final String name;

    /** What the library means by the name; null until somebody asked. */
    Object word;

    private List<Assignment> assignments = List.of();

    /** A place in the text that assigns the variable. */
    record Assignment(Source source, Span span) {}

    GlobalSlot(String name) {
        this.name = name;
    }

    /** What the name means now, as far as that is known: the value, or a word that somebody asked for; else null. */
    Object valueOrWord() {
        Object v = get();
        return v != null ? v : word;
    }

    void assignedAt(Source source, Span span) {
        if (assignments.isEmpty()) {
            assignments = new ArrayList<>(2);
        }
        assignments.add(new Assignment(source, span));
    }

    List<Assignment> assignments() {
        return assignments;
    }
}
