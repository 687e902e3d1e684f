package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.Map;

/** {@code matplotlib.font_manager.FontProperties}: size, weight, style and family of texts. */
record FontValue(Map<String, Object> values) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.font_manager", "FontProperties", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }
}
