package io.retrograd.graph;

/**
 * The branch of a {@code cond} or the body of a {@code while_loop} in which operations are being made. It sends
 * each input from outside through a Switch or an Enter of its own, right after the operation was made, as
 * TensorFlow does.
 */
public interface ControlFlowContext {
    /** The context that this one lies in; null at the outermost level. */
    ControlFlowContext outer();

    /** The tensor that stands, inside this context, for one from outside. */
    Output addValue(Output value);

    /** Takes in an operation that was made while this context was the current one. */
    void addOp(Operation operation);

    /** Hears of an operation made in a context inside this one. */
    void addInnerOp(Operation operation);
}
