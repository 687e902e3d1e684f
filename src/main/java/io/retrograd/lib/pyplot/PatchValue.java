package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Artist;

/** A shape that is not on any axes yet: {@code matplotlib.patches.Rectangle}. */
record PatchValue(Artist artist) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.patches", "Rectangle", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }
}
