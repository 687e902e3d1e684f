package io.retrograd.lang.check;

import io.retrograd.lang.value.TypeValue;
import java.util.Set;

/** The classes all of whose instances' attributes stand in their tables, so that one that is missing is sure to be. */
final class Instances {
    private static final Set<String> KNOWN = Set.of("Saver", "Session", "InteractiveSession");

    private Instances() {}

    static boolean areKnown(TypeValue type) {
        return KNOWN.contains(type.name());
    }
}
