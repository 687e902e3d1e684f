package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;

/** Makes a variable's first value, or is it. */
@FunctionalInterface
public interface Initializer {
    /** The value for a variable of that shape and type. */
    Output make(Graph graph, Shape shape, DType dtype);

    /** The value itself where it is a constant or tensor that brings its own shape; null where it is made. */
    default Operand value() {
        return null;
    }

    /** Whether it can do without a shape: a function of no arguments. */
    default boolean bringsShape() {
        return value() != null;
    }

    /** A constant or a tensor as the first value. */
    static Initializer of(Operand value) {
        return new Initializer() {
            @Override
            public Output make(Graph graph, Shape shape, DType dtype) {
                return value.toOutput(graph, dtype, null, "initial_value");
            }

            @Override
            public Operand value() {
                return value;
            }
        };
    }
}
