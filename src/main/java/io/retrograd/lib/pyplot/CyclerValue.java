package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.List;
import java.util.Map;

/** {@code cycler.cycler}: properties that lines take in turn. The colours are used. */
record CyclerValue(Map<String, List<Object>> values) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("cycler", "Cycler", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }
}
