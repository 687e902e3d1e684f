package io.retrograd.graph.build;

import static io.retrograd.graph.build.MathOps.matmul;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.plus;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The cells of {@code tf.nn.rnn_cell} that are made of other cells: in layers, with dropout, with more on their output. */
public final class RnnWrappers {
    private RnnWrappers() {}

    /** {@code MultiRNNCell}: each cell's output is the next one's input. */
    public static final class Multi extends RnnCell {
        private final List<RnnCell> cells;
        private VariableScope outer;

        public Multi(Graph g, List<RnnCell> cells, Options options) {
            super(g, "MultiRNNCell", "multi_rnn_cell", options);
            if (cells.isEmpty()) {
                throw NnError.value("Must specify at least one cell for MultiRNNCell.");
            }
            this.cells = List.copyOf(cells);
        }

        @Override
        public int outputSize() {
            return cells.get(cells.size() - 1).outputSize();
        }

        @Override
        public StateSize stateSize() {
            List<StateSize> sizes = new ArrayList<>();
            for (RnnCell c : cells) {
                sizes.add(c.stateSize());
            }
            return new StateSize.Several(sizes);
        }

        @Override
        public RnnState zeroState(Graph g, Operand batch, DType dtype) {
            try (NameScope scope = g.nameScope("MultiRNNCellZeroState")) {
                List<RnnState> states = new ArrayList<>();
                for (RnnCell c : cells) {
                    states.add(c.zeroState(g, batch, dtype));
                }
                return new RnnState.Several(states);
            }
        }

        @Override
        protected void build(Graph g, Shape input) {}

        /** The scope around the first call is entered again at each call, under a name scope of its own. */
        @Override
        public Step apply(Graph g, Output input, RnnState state) {
            VariableScopes scopes = VariableScopes.of(g);
            if (outer == null) {
                outer = scopes.current();
            }
            try (VariableScopes.Open open = scopes.enter(outer, VariableScopes.Options.NONE, true)) {
                return super.apply(g, input, state);
            }
        }

        @Override
        protected Step step(Graph g, Output input, RnnState state) {
            if (!(state instanceof RnnState.Several several) || several.parts().size() != cells.size()) {
                throw NnError.value("Expected state to be a tuple of length " + cells.size());
            }
            Output x = input;
            List<RnnState> next = new ArrayList<>();
            for (int i = 0; i < cells.size(); i++) {
                try (VariableScopes.Open open = VariableScopes.of(g).enter("cell_" + i, VariableScopes.Options.NONE)) {
                    Step s = cells.get(i).apply(g, x, several.parts().get(i));
                    x = s.output();
                    next.add(s.state());
                }
            }
            return new Step(x, new RnnState.Several(next));
        }
    }

    /** A cell that changes what goes into another and what comes out. */
    private abstract static class Wrapper extends RnnCell {
        final RnnCell cell;

        Wrapper(Graph g, String className, String kind, RnnCell cell) {
            super(g, className, kind, Options.ofObject(null, true, null));
            this.cell = cell;
        }

        @Override
        public int outputSize() {
            return cell.outputSize();
        }

        @Override
        public StateSize stateSize() {
            return cell.stateSize();
        }

        @Override
        protected void build(Graph g, Shape input) {}

        @Override
        public RnnState zeroState(Graph g, Operand batch, DType dtype) {
            try (NameScope scope = g.nameScope(className() + "ZeroState")) {
                return cell.zeroState(g, batch, dtype);
            }
        }
    }

    /** A share to keep: a tensor, or null where the number is meant. */
    public record Keep(Operand tensor, double number) {
        boolean isAll() {
            return tensor == null && number >= 1;
        }

        Output dropout(Graph g, Output x, Long seed) {
            Operand rate = tensor == null ? null : minus(g, Literal.of(1.0), tensor);
            return NnOps.dropout(g, x, rate, 1 - number, null, seed, null);
        }
    }

    /** {@code DropoutWrapper}: dropout on inputs, states and outputs. */
    public static final class Dropout extends Wrapper {
        private final Keep input;
        private final Keep output;
        private final Keep state;
        private final Long seed;

        public Dropout(Graph g, RnnCell cell, Keep input, Keep output, Keep state, Long seed) {
            super(g, "DropoutWrapper", "dropout_wrapper", cell);
            this.input = input;
            this.output = output;
            this.state = state;
            this.seed = seed;
        }

        /** The wrapper has no scope of its own. */
        @Override
        public Step apply(Graph g, Output x, RnnState before) {
            return step(g, x, before);
        }

        @Override
        protected Step step(Graph g, Output x, RnnState before) {
            Output in = input.isAll() ? x : input.dropout(g, x, salted("input", 0));
            Step s = cell.apply(g, in, before);
            RnnState next = s.state();
            if (!state.isAll()) {
                next = thinned(g, next, new int[1]);
            }
            Output out = output.isAll() ? s.output() : output.dropout(g, s.output(), salted("output", 0));
            return new Step(out, next);
        }

        /** Of an LSTM only h is thinned out. */
        private RnnState thinned(Graph g, RnnState s, int[] index) {
            if (s instanceof RnnState.Single one) {
                return new RnnState.Single(state.dropout(g, one.tensor(), salted("state", index[0]++)));
            }
            if (s instanceof RnnState.Lstm pair) {
                index[0]++;
                return new RnnState.Lstm(pair.c(), state.dropout(g, pair.h(), salted("state", index[0]++)));
            }
            List<RnnState> parts = new ArrayList<>();
            for (RnnState p : ((RnnState.Several) s).parts()) {
                parts.add(thinned(g, p, index));
            }
            return new RnnState.Several(parts);
        }

        /** The first 31 bits of the MD5 of seed and salt, as TensorFlow takes them, so that the three differ. */
        private Long salted(String salt, int index) {
            if (seed == null) {
                return null;
            }
            try {
                byte[] hash = MessageDigest.getInstance("MD5").digest(
                        (seed + salt + "_" + index).getBytes(StandardCharsets.UTF_8));
                long first = (hash[0] & 0xffL) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | hash[3] & 0xff;
                return first & 0x7fffffff;
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** {@code ResidualWrapper}: the input is added to the output. */
    public static final class Residual extends Wrapper {
        public Residual(Graph g, RnnCell cell) {
            super(g, "ResidualWrapper", "residual_wrapper", cell);
        }

        @Override
        public Step apply(Graph g, Output x, RnnState before) {
            return step(g, x, before);
        }

        @Override
        protected Step step(Graph g, Output x, RnnState before) {
            Step s = cell.apply(g, x, before);
            return new Step(plus(g, x, s.output()), s.state());
        }
    }

    /** {@code OutputProjectionWrapper}: a matrix and a bias on the output. */
    public static final class Projection extends Wrapper {
        private final int size;
        private final UnaryOperator<Output> activation;
        private Variable kernel;
        private Variable bias;

        /** A null activation is none. */
        public Projection(Graph g, RnnCell cell, int size, UnaryOperator<Output> activation) {
            super(g, "OutputProjectionWrapper", "output_projection_wrapper", cell);
            this.size = size;
            this.activation = activation;
        }

        @Override
        public int outputSize() {
            return size;
        }

        @Override
        protected Step step(Graph g, Output x, RnnState before) {
            Step s = cell.apply(g, x, before);
            boolean first = kernel == null;
            if (first) {
                kernel = weight(g, "kernel", Shape.of(cell.outputSize(), size), null, null, true);
                bias = weight(g, "bias", Shape.of(size), Initializers.zeros(), null, true);
            }
            Output y = NnOps.biasAdd(g, matmul(g, s.output(), kernel, false, false, false, false, null), bias, null, null);
            return new Step(activation == null ? y : activation.apply(y), s.state());
        }
    }
}
