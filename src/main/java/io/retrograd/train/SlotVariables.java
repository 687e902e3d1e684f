package io.retrograd.train;

import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.Initializer;
import io.retrograd.graph.build.VariableRequest;
import io.retrograd.graph.build.VariableScopes;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/**
 * The variables that an optimizer keeps for each variable it trains, named and initialized as TensorFlow's slot
 * creator does: {@code w/Momentum}, {@code w/Adam}, {@code w/Adam_1}.
 */
final class SlotVariables {
    /** Constants of fewer elements are written out; larger ones are filled when they are initialized. */
    private static final int SMALL = 1000;

    private SlotVariables() {}

    /** A slot that starts with one value everywhere; {@code initializer} names that value's operation. */
    static Variable filled(Output reference, String slot, double value, String initializer, DType dtype) {
        return create(reference, slot, new VariableRequest("")
                .shape(reference.shape())
                .dtype(dtype)
                .initializer((g, shape, type) -> fill(g, initializer, value, type, shape)));
    }

    /** A slot that starts with a tensor's value. */
    static Variable of(Output reference, String slot, Output value) {
        return create(reference, slot, new VariableRequest("").dtype(value.dtype()).initializer(Initializer.of(value)));
    }

    private static Variable create(Output primary, String slot, VariableRequest request) {
        Graph g = primary.graph();
        try (VariableScopes.Open scope = VariableScopes.of(g)
                        .enterUnique(primary.operation().name() + "/" + slot, VariableScopes.Options.NONE, true);
                Graph.Block colocated = g.colocateWith(primary.operation())) {
            return request.trainable(false).get(g);
        }
    }

    private static Output fill(Graph g, String name, double value, DType dtype, Shape shape) {
        if (shape.isFullyDefined() && shape.numElements() < SMALL) {
            return g.constant(NdArray.full(dtype, value, shape.toInts()), name);
        }
        try (NameScope scope = g.nameScope(name)) {
            Output dims = g.constant(NdArray.of(shape.toInts(), shape.rank()), "shape_as_tensor");
            Output one = g.constant(NdArray.full(dtype, value), "Const");
            return g.op("Fill").name(scope.operationName()).input(dims).input(one).output();
        }
    }
}
