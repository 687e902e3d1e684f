package io.retrograd.lib.tf;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;

/** {@code tf.SparseTensorValue}: a sparse tensor outside the graph, three arrays; what sessions return and take. */
final class SparseResult extends TupleValue {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.framework.sparse_tensor", "SparseTensorValue", TupleValue.TYPE, SparseResultTable.TABLE, null);

    private SparseResult(Object indices, Object values, Object denseShape) {
        super(new Object[] {indices, values, denseShape});
    }

    @Builtin(value = "__new__", signature = "indices, values, dense_shape", doc = "A sparse tensor as three arrays.")
    static Object make(Machine m, Object indices, Object values, Object denseShape) {
        return new SparseResult(indices, values, denseShape);
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "indices" -> get(0);
            case "values" -> get(1);
            case "dense_shape" -> get(2);
            default -> super.attribute(m, name);
        };
    }

    @Override
    public String repr(Machine m) {
        return "SparseTensorValue(indices=" + Semantics.repr(m, get(0)) + ", values=" + Semantics.repr(m, get(1))
                + ", dense_shape=" + Semantics.repr(m, get(2)) + ")";
    }

    @Override
    public String str(Machine m) {
        return repr(m);
    }
}
