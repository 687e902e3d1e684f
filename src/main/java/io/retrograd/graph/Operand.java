package io.retrograd.graph;

import io.retrograd.tensor.DType;

/**
 * Whatever can be an input of an operation: a tensor, a variable, or a value that becomes a constant once it is
 * known which type the operation wants.
 */
public interface Operand {
    /**
     * The tensor itself, or one made for it in the current scope of the graph.
     *
     * @param wanted the type it must have, or null for its own
     * @param preferred the type to take if the value allows it, or null; ignored where wanted is given
     * @param name name for the constant that has to be made
     * @throws io.retrograd.error.NnError TypeError or ValueError where the value cannot have that type
     */
    Output toOutput(Graph graph, DType wanted, DType preferred, String name);

    /** The variable's reference, where an operation changes the variable itself; other operands have none. */
    default Output toReference(Graph graph, String argument, String opType) {
        return toOutput(graph, null, null, argument);
    }

    /** How error texts show the value, and the Python type that they call it. */
    default String describeValue() {
        return toString();
    }

    default String describeType() {
        return "Tensor";
    }
}
