package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** {@code plt.gray()} and the like: makes a colour map the default one. */
record DefaultColormap(String name) implements Value {
    @Override
    public TypeValue type() {
        return CoreTypes.BUILTIN_FUNCTION;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        RcParams.of(m).set(m, "image.cmap", name);
        return None.NONE;
    }
}
