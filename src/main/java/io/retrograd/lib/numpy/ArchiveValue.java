package io.retrograd.lib.numpy;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** The arrays of a .npz file by name. */
record ArchiveValue(DictValue arrays) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("numpy.lib.npyio", "NpzFile", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object item(Machine m, Object key) {
        if (!arrays.contains(m, key)) {
            throw new NnError(ErrorKind.KEY_ERROR, "'" + Semantics.str(m, key) + " is not a file in the archive'");
        }
        return arrays.item(m, key);
    }

    @Override
    public Iteration iterate(Machine m) {
        return arrays.iterate(m);
    }

    @Override
    public boolean contains(Machine m, Object key) {
        return arrays.contains(m, key);
    }

    @Override
    public int length(Machine m) {
        return arrays.length(m);
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "files" -> ListValue.of(Semantics.elements(m, arrays));
            case "keys", "values", "items" -> arrays.attribute(m, name);
            case "close" -> new PrintFunctions.Step(None.NONE, machine -> { });
            case "__enter__" -> new PrintFunctions.Step(this, machine -> { });
            case "__exit__" -> new PrintFunctions.Step(false, machine -> { });
            default -> Value.super.attribute(m, name);
        };
    }
}
