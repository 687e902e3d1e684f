package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Artist;

/** A shape that is not on any axes yet, such as {@code matplotlib.patches.Rectangle}; zorder NaN where none is given. */
record PatchValue(Artist artist, double zorder) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.patches", "Patch", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }
}
