package io.retrograd.lib.tf;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;

/** {@code IndexedSlicesValue}: some rows of a tensor as a session returns them. */
final class SlicesResult extends TupleValue {
    static final TypeValue TYPE =
            new TypeValue("tensorflow.python.framework.indexed_slices", "IndexedSlicesValue", TupleValue.TYPE, null, null);

    SlicesResult(Object values, Object indices, Object denseShape) {
        super(new Object[] {values, indices, denseShape});
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "values" -> get(0);
            case "indices" -> get(1);
            case "dense_shape" -> get(2);
            default -> super.attribute(m, name);
        };
    }

    @Override
    public String repr(Machine m) {
        return "IndexedSlicesValue(values=" + Semantics.repr(m, get(0)) + ", indices=" + Semantics.repr(m, get(1))
                + ", dense_shape=" + Semantics.repr(m, get(2)) + ")";
    }
}
