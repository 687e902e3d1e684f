package io.retrograd.graph;

import java.util.List;

/**
 * The branch of a {@code cond} or the body of a {@code while_loop} in which operations are being made. It may
 * send each input through a Switch or an Enter of its own.
 */
public interface ControlFlowContext {
    /** The context that this one lies in; null at the outermost level. */
    ControlFlowContext outer();

    /** The tensor that stands, inside this context, for one from outside. */
    Output importValue(Output value);

    /** Adds the control inputs that an operation without inputs from inside needs to belong to this context. */
    void admit(List<Output> inputs, List<Operation> controlInputs);

    /** Tells the context of an operation made inside it. */
    void created(Operation operation);
}
