package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** {@code matplotlib.colors.Normalize} and {@code LogNorm}: how values become places in a colour map; ends may be None. */
record NormValue(Object low, Object high, boolean logarithmic) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.colors", "Normalize", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }
}
