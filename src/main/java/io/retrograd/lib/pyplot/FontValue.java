package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.Map;

/** {@code matplotlib.font_manager.FontProperties}: size, weight, style and family of texts. */
record FontValue(Map<String, Object> values) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.font_manager", "FontProperties", FontValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Builtin(value = {"get_name", "get_fontname"}, method = true, doc = "The name of its family; a font file's is not read: sans-serif.")
    static Object name(Machine m, FontValue self) {
        Object family = self.values.get("family");
        return family instanceof String s ? s : "sans-serif";
    }

    @Builtin(value = "get_family", method = true, doc = "Its family, in a list.")
    static Object family(Machine m, FontValue self) {
        return ListValue.of(name(m, self));
    }
}
