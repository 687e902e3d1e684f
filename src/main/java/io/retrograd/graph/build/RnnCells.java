package io.retrograd.graph.build;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.matmul;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;

/** The cells of {@code tf.nn.rnn_cell} that have weights of their own. */
public final class RnnCells {
    private RnnCells() {}

    private static Output product(Graph g, Output x, Output h, Variable kernel, Variable bias) {
        Output both = ArrayOps.concat(g, 1, x, h);
        return NnOps.biasAdd(g, matmul(g, both, kernel, false, false, false, false, null), bias, null, null);
    }

    private static Output shaped(Graph g, UnaryOperator<Output> activation, Output x) {
        return activation == null ? unary(g, "Tanh", x, null) : activation.apply(x);
    }

    /** A cell whose state is its output. */
    private abstract static class Plain extends RnnCell {
        final int units;
        final UnaryOperator<Output> activation;

        Plain(Graph g, String className, String kind, int units, UnaryOperator<Output> activation, Options options) {
            super(g, className, kind, options);
            this.units = units;
            this.activation = activation;
        }

        @Override
        public final int outputSize() {
            return units;
        }

        @Override
        public final StateSize stateSize() {
            return new StateSize.Single(units);
        }
    }

    /** {@code BasicRNNCell}: h = tanh([x, h] W + b). A null activation is tanh, here and below. */
    public static final class Basic extends Plain {
        private Variable kernel;
        private Variable bias;

        public Basic(Graph g, int units, UnaryOperator<Output> activation, Options options) {
            super(g, "BasicRNNCell", "basic_rnn_cell", units, activation, options);
        }

        @Override
        protected void build(Graph g, Shape input) {
            kernel = weight(g, "kernel", Shape.of(depth(input) + units, units), null, null, true);
            bias = weight(g, "bias", Shape.of(units), Initializers.zeros(), null, true);
        }

        @Override
        protected Step step(Graph g, Output x, RnnState state) {
            Output h = shaped(g, activation, product(g, x, single(state), kernel, bias));
            return new Step(h, new RnnState.Single(h));
        }
    }

    /** {@code GRUCell} (Cho et al., 2014). Initializers may be null. */
    public static final class Gru extends Plain {
        private final Initializer kernelStart;
        private final Initializer biasStart;
        private Variable gateKernel;
        private Variable gateBias;
        private Variable kernel;
        private Variable bias;

        public Gru(
                Graph g, int units, UnaryOperator<Output> activation, Initializer kernelStart, Initializer biasStart,
                Options options) {
            super(g, "GRUCell", "gru_cell", units, activation, options);
            this.kernelStart = kernelStart;
            this.biasStart = biasStart;
        }

        @Override
        protected void build(Graph g, Shape input) {
            int rows = depth(input) + units;
            gateKernel = weight(g, "gates/kernel", Shape.of(rows, 2 * units), kernelStart, null, true);
            gateBias = weight(g, "gates/bias", Shape.of(2 * units),
                    biasStart == null ? Initializers.constant(1) : biasStart, null, true);
            kernel = weight(g, "candidate/kernel", Shape.of(rows, units), kernelStart, null, true);
            bias = weight(g, "candidate/bias", Shape.of(units), biasStart == null ? Initializers.zeros() : biasStart, null, true);
        }

        @Override
        protected Step step(Graph g, Output x, RnnState state) {
            Output h = single(state);
            Output gates = unary(g, "Sigmoid", product(g, x, h, gateKernel, gateBias), null);
            List<Output> parts = ArrayOps.split(g, gates, 2, Literal.of(1), null);
            Output reset = times(g, parts.get(0), h);
            Output update = parts.get(1);
            Output candidate = shaped(g, activation, product(g, x, reset, kernel, bias));
            Output kept = times(g, update, h);
            Output next = plus(g, kept, times(g, minus(g, Literal.of(1), update), candidate));
            return new Step(next, new RnnState.Single(next));
        }
    }

    /** {@code BasicLSTMCell} (Zaremba et al., 2014). */
    public static final class BasicLstm extends RnnCell {
        private final int units;
        private final double forgetBias;
        private final boolean tuple;
        private final UnaryOperator<Output> activation;
        private Variable kernel;
        private Variable bias;

        /** @param tuple whether the state is a pair; else c and h lie side by side in one tensor */
        public BasicLstm(
                Graph g, int units, double forgetBias, boolean tuple, UnaryOperator<Output> activation, Options options) {
            super(g, "BasicLSTMCell", "basic_lstm_cell", options);
            this.units = units;
            this.forgetBias = forgetBias;
            this.tuple = tuple;
            this.activation = activation;
        }

        @Override
        public int outputSize() {
            return units;
        }

        @Override
        public StateSize stateSize() {
            return tuple ? new StateSize.Lstm(units, units) : new StateSize.Single(2 * units);
        }

        @Override
        protected void build(Graph g, Shape input) {
            kernel = weight(g, "kernel", Shape.of(depth(input) + units, 4 * units), null, null, true);
            bias = weight(g, "bias", Shape.of(4 * units), Initializers.zeros(), null, true);
        }

        @Override
        protected Step step(Graph g, Output x, RnnState state) {
            Output one = g.constant(NdArray.scalar(1), "Const");
            Output c;
            Output h;
            if (tuple) {
                RnnState.Lstm pair = pair(state);
                c = pair.c();
                h = pair.h();
            } else {
                List<Output> halves = ArrayOps.split(g, single(state), 2, one, null);
                c = halves.get(0);
                h = halves.get(1);
            }
            List<Output> gates = ArrayOps.split(g, product(g, x, h, kernel, bias), 4, one, null);
            Output forget = g.constant(NdArray.scalar(forgetBias).astype(x.dtype()), "Const");
            Output keep = unary(g, "Sigmoid", binary(g, "Add", gates.get(2), forget, null), null);
            Output kept = binary(g, "Mul", c, keep, null);
            Output in = unary(g, "Sigmoid", gates.get(0), null);
            Output added = binary(g, "Mul", in, shaped(g, activation, gates.get(1)), null);
            Output newC = binary(g, "Add", kept, added, null);
            Output shown = shaped(g, activation, newC);
            Output newH = binary(g, "Mul", shown, unary(g, "Sigmoid", gates.get(3), null), null);
            return new Step(newH, tuple
                    ? new RnnState.Lstm(newC, newH)
                    : new RnnState.Single(ArrayOps.concat(g, 1, newC, newH)));
        }
    }

    private static RnnState.Lstm pair(RnnState state) {
        if (state instanceof RnnState.Lstm pair) {
            return pair;
        }
        throw NnError.type("The state of this cell is a pair (c, h).");
    }

    /** How an {@code LSTMCell} differs from the plain one; null and 0 for not at all. */
    public record LstmOptions(
            boolean peepholes, Double cellClip, Initializer initializer, int projection, Double projectionClip,
            double forgetBias, boolean tuple, UnaryOperator<Output> activation) {}

    /** {@code LSTMCell} (Sak et al., 2014): peepholes, clipping and projection at will. */
    public static final class Lstm extends RnnCell {
        private final int units;
        private final LstmOptions how;
        private Variable kernel;
        private Variable bias;
        private Variable peepForget;
        private Variable peepIn;
        private Variable peepOut;
        private Variable projection;

        public Lstm(Graph g, int units, LstmOptions how, Options options) {
            super(g, "LSTMCell", "lstm_cell", options);
            this.units = units;
            this.how = how;
        }

        @Override
        public int outputSize() {
            return how.projection() > 0 ? how.projection() : units;
        }

        @Override
        public StateSize stateSize() {
            return how.tuple() ? new StateSize.Lstm(units, outputSize()) : new StateSize.Single(units + outputSize());
        }

        @Override
        protected void build(Graph g, Shape input) {
            kernel = weight(g, "kernel", Shape.of(depth(input) + outputSize(), 4 * units), how.initializer(), null, true);
            bias = weight(g, "bias", Shape.of(4 * units), Initializers.zeros(), null, true);
            if (how.peepholes()) {
                peepForget = weight(g, "w_f_diag", Shape.of(units), how.initializer(), null, true);
                peepIn = weight(g, "w_i_diag", Shape.of(units), how.initializer(), null, true);
                peepOut = weight(g, "w_o_diag", Shape.of(units), how.initializer(), null, true);
            }
            if (how.projection() > 0) {
                projection = weight(g, "projection/kernel", Shape.of(units, how.projection()), how.initializer(), null, true);
            }
        }

        private static Output sigmoid(Graph g, Output x) {
            return unary(g, "Sigmoid", x, null);
        }

        @Override
        protected Step step(Graph g, Output x, RnnState state) {
            Output c;
            Output h;
            if (how.tuple()) {
                RnnState.Lstm pair = pair(state);
                c = pair.c();
                h = pair.h();
            } else {
                c = ArrayOps.slice(g, single(state), Literal.ofInts(0, 0), Literal.ofInts(-1, units));
                h = ArrayOps.slice(g, single(state), Literal.ofInts(0, units), Literal.ofInts(-1, outputSize()));
            }
            List<Output> gates = ArrayOps.split(g, product(g, x, h, kernel, bias), 4, Literal.of(1), null);
            Output forget = plus(g, gates.get(2), Literal.of(how.forgetBias()));
            if (how.peepholes()) {
                forget = plus(g, forget, times(g, peepForget, c));
            }
            Output kept = times(g, sigmoid(g, forget), c);
            Output in = how.peepholes() ? plus(g, gates.get(0), times(g, peepIn, c)) : gates.get(0);
            Output newC = plus(g, kept, times(g, sigmoid(g, in), shaped(g, how.activation(), gates.get(1))));
            newC = clipped(g, newC, how.cellClip());
            Output out = how.peepholes() ? plus(g, gates.get(3), times(g, peepOut, newC)) : gates.get(3);
            Output newH = times(g, sigmoid(g, out), shaped(g, how.activation(), newC));
            if (projection != null) {
                newH = clipped(g, matmul(g, newH, projection, false, false, false, false, null), how.projectionClip());
            }
            return new Step(newH, how.tuple()
                    ? new RnnState.Lstm(newC, newH)
                    : new RnnState.Single(ArrayOps.concat(g, 1, newC, newH)));
        }

        private static Output clipped(Graph g, Output x, Double limit) {
            return limit == null ? x : MathOps.clipByValue(g, x, Literal.of(-limit), Literal.of(limit), null);
        }
    }
}
