package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** One step of a recurrent network: from an input and a state to an output and the next state. */
public abstract class RnnCell extends Layer {
    /** What a step gives. */
    public record Step(Output output, RnnState state) {}

    /** The sizes of the tensors of a cell's state, in the state's form. */
    public sealed interface StateSize {
        record Single(int size) implements StateSize {}

        record Lstm(int c, int h) implements StateSize {}

        record Several(List<StateSize> parts) implements StateSize {}
    }

    private final String className;

    /** @param className the name of the class in scripts: {@code BasicLSTMCell} */
    protected RnnCell(Graph g, String className, String kind, Options options) {
        super(g, kind, options);
        this.className = className;
    }

    public abstract int outputSize();

    public abstract StateSize stateSize();

    protected abstract Step step(Graph g, Output input, RnnState state);

    /** One step in the cell's scope. */
    public Step apply(Graph g, Output input, RnnState state) {
        return within(g, input, () -> step(g, input, state));
    }

    @Override
    protected final Output call(Graph g, Output input) {
        throw new IllegalStateException(className);
    }

    public final String className() {
        return className;
    }

    /** A state of zeros for a batch of that many rows. */
    public RnnState zeroState(Graph g, Operand batch, DType dtype) {
        try (NameScope scope = g.nameScope(className + "ZeroState")) {
            return zeros(g, stateSize(), batch, dtype);
        }
    }

    private static RnnState zeros(Graph g, StateSize size, Operand batch, DType dtype) {
        if (size instanceof StateSize.Single s) {
            return new RnnState.Single(zeros(g, batch, s.size(), dtype));
        }
        if (size instanceof StateSize.Lstm s) {
            Output c = zeros(g, batch, s.c(), dtype);
            return new RnnState.Lstm(c, zeros(g, batch, s.h(), dtype));
        }
        List<RnnState> parts = new ArrayList<>();
        for (StateSize s : ((StateSize.Several) size).parts()) {
            parts.add(zeros(g, s, batch, dtype));
        }
        return new RnnState.Several(parts);
    }

    private static Output zeros(Graph g, Operand batch, int size, DType dtype) {
        Output zeros = Shapes.zeros(g, shape(g, batch, size), dtype, null);
        // TensorFlow works out the static shape by the same function, whose constants stay unused in the graph.
        rows(g, batch);
        columns(g, size);
        return zeros;
    }

    /** The shape of a batch of rows of that size, as a tensor. */
    static Output shape(Graph g, Operand batch, int size) {
        Output rows = rows(g, batch);
        return ArrayOps.concat(g, 0, rows, columns(g, size));
    }

    private static Output rows(Graph g, Operand batch) {
        if (batch instanceof BatchSize b) {
            return g.constant(NdArray.of(new int[] {b.size()}, 1), "Const");
        }
        Output rows = batch.toOutput(g, null, null, "Const");
        return rows.shape().hasRank() && rows.shape().rank() == 0 ? ArrayOps.expandDims(g, rows, 0) : rows;
    }

    static Output columns(Graph g, int size) {
        return g.constant(NdArray.of(new int[] {size}, 1), "Const");
    }

    /** A batch size that is known while the graph is built. */
    public record BatchSize(int size) implements Operand {
        @Override
        public Output toOutput(Graph graph, DType wanted, DType preferred, String name) {
            return Literal.of(size).toOutput(graph, wanted, preferred, name);
        }
    }

    /** The number of columns of the input, which has to be known. */
    protected static int depth(Shape input) {
        int depth = input.hasRank() && input.rank() > 0 ? input.dim(-1) : Shape.UNKNOWN;
        if (depth < 0) {
            throw NnError.value("Expected inputs.shape[-1] to be known, saw shape: " + input);
        }
        return depth;
    }

    /** The tensor of a state that has but one. */
    protected static Output single(RnnState state) {
        if (state instanceof RnnState.Single s) {
            return s.tensor();
        }
        throw NnError.type("The state of this cell is one tensor, not a tuple.");
    }
}
