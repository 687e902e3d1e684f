package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Artist;

/** What coordinates count: {@code ax.transAxes}, {@code ax.transData}, {@code fig.transFigure}. */
record TransformValue(Artist.Place place) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.transforms", "Transform", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    /** What a keyword transform= says; the other where it is not given. */
    static Artist.Place of(Object given, Artist.Place otherwise) {
        return given instanceof TransformValue t ? t.place : otherwise;
    }
}
