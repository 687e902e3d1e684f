package io.retrograd.lib.tf;

import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.Shape;

/** Some rows of a tensor: the gradient of a gather, as scripts see it. */
public record IndexedSlicesValue(IndexedSlices slices) implements Value {
    static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.framework.indexed_slices", "IndexedSlices", IndexedSlicesValueTable.TABLE);

    @Builtin(
            value = "__new__",
            signature = "values, indices, dense_shape=None",
            doc = "Rows of a tensor: values[i] belongs at indices[i].",
            example = "tf.IndexedSlices(rows, ids)")
    static Object make(Machine m, Object values, Object indices, Object shape) {
        Graph g = TfState.of(m).graph();
        return new IndexedSlicesValue(new IndexedSlices(
                Operands.of(m, values).toOutput(g, null, null, "values"), Operands.of(m, indices).toOutput(g, null, null, "indices"),
                shape == None.NONE ? null : Operands.of(m, shape).toOutput(g, null, null, "dense_shape")));
    }

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
            case "shape" -> slices.denseShape() == null ? new ShapeValue(Shape.unknown())
                    : new ShapeValue(ConstantValue.asShape(slices.denseShape()));
            case "op" -> Tensors.wrap(slices.values().operation());
            case "name" -> slices.values().name();
            case "graph" -> GraphValue.of(slices.values().graph());
            case "dtype" -> DTypeValue.of(slices.values().dtype());
            default -> Value.super.attribute(m, name);
        };
    }

    @Override
    public boolean sameAs(Object other) {
        return equals(other);
    }
}
