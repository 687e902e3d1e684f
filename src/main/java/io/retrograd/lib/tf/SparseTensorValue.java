package io.retrograd.lib.tf;

import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.List;

/** {@code tf.SparseTensor}: values at index tuples of a tensor that is zero elsewhere; three tensors. */
public record SparseTensorValue(Output indices, Output values, Output denseShape) implements Value, CompositeFetch {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.framework.sparse_tensor",
            "SparseTensor",
            CoreTypes.OBJECT,
            SparseTensorValueTable.TABLE,
            null);

    @Builtin(value = "__new__", signature = "indices, values, dense_shape", doc = "A sparse tensor from its index tuples, values and shape.")
    static Object make(Machine m, Object indices, Object values, Object denseShape) {
        Graph g = TfState.of(m).graph();
        try (NameScope scope = g.nameScope("SparseTensor")) {
            Output i = Operands.of(m, indices).toOutput(g, DType.INT64, null, "indices");
            Output v = Operands.of(m, values).toOutput(g, null, null, "values");
            Output s = Operands.of(m, denseShape).toOutput(g, DType.INT64, null, "dense_shape");
            return new SparseTensorValue(i, v, s);
        }
    }

    @Override
    public List<Output> fetchedTensors() {
        return List.of(indices, values, denseShape);
    }

    @Override
    public Object fetched(Machine m, Object[] parts) {
        return SparseResult.make(m, parts[0], parts[1], parts[2]);
    }

    @Builtin(value = "get_shape", method = true, doc = "What is known of the whole tensor's shape.")
    static Object getShape(Machine m, SparseTensorValue self) {
        return new ShapeValue(self.shape());
    }

    @Builtin(
            value = "eval",
            signature = "feed_dict=None, session=None",
            method = true,
            doc = "Its value in the session, or the default one.")
    static Object eval(Machine m, SparseTensorValue self, Object feeds, Object session) {
        return DefaultSession.choose(m, session, self.values().graph(), true).run(m, self, feeds);
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "indices" -> Tensors.wrap(indices);
            case "values" -> Tensors.wrap(values);
            case "dense_shape" -> Tensors.wrap(denseShape);
            case "dtype" -> DTypeValue.of(values.dtype());
            case "shape" -> new ShapeValue(shape());
            case "graph" -> GraphValue.of(values.graph());
            case "op" -> Tensors.wrap(values.operation());
            default -> Value.super.attribute(m, name);
        };
    }

    /** What is known of the whole tensor's shape. */
    Shape shape() {
        return ConstantValue.asShape(denseShape);
    }

    /** The product or quotient with a dense tensor, at the places of this one. */
    @Override
    public Object binary(Machine m, BinaryOperator operator, Object right) {
        String type = switch (operator) {
            case MULTIPLY -> "SparseDenseCwiseMul";
            case DIVIDE -> "SparseDenseCwiseDiv";
            default -> null;
        };
        if (type == null) {
            return Value.super.binary(m, operator, right);
        }
        Graph g = TfState.of(m).graph();
        Output dense = Operands.of(m, right).toOutput(g, values.dtype(), null, "y");
        Output out = g.op(type).input(indices).input(values).input(denseShape).input(dense).output();
        return new SparseTensorValue(indices, out, denseShape);
    }

    @Override
    public boolean sameAs(Object other) {
        return equals(other);
    }

    @Override
    public String str(Machine m) {
        return "SparseTensor(indices=" + Semantics.str(m, Tensors.wrap(indices)) + ", values="
                + Semantics.str(m, Tensors.wrap(values)) + ", dense_shape=" + Semantics.str(m, Tensors.wrap(denseShape)) + ")";
    }
}
