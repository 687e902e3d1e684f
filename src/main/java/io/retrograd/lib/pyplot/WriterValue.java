package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** A writer of {@code matplotlib.animation}, which says how many frames a second there are. */
record WriterValue(double fps) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.animation", "MovieWriter", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }
}
