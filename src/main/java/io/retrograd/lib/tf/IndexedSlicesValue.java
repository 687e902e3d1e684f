package io.retrograd.lib.tf;

import io.retrograd.graph.IndexedSlices;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** Some rows of a tensor: the gradient of a gather, as scripts see it. */
public record IndexedSlicesValue(IndexedSlices slices) implements Value {
    static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.framework.indexed_slices", "IndexedSlices", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "values" -> Tensors.wrap(slices.values());
            case "indices" -> Tensors.wrap(slices.indices());
            case "dense_shape" -> slices.denseShape() == null ? None.NONE : Tensors.wrap(slices.denseShape());
            case "dtype" -> DTypeValue.of(slices.values().dtype());
            default -> Value.super.attribute(m, name);
        };
    }

    @Override
    public boolean sameAs(Object other) {
        return equals(other);
    }
}
