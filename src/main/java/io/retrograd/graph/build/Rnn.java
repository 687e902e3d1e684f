package io.retrograd.graph.build;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.reduce;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code tf.nn.static_rnn} and {@code tf.nn.dynamic_rnn}: cells stepped through sequences. */
public final class Rnn {
    private Rnn() {}

    /** Outputs of all steps and the last state. */
    public record Unrolled(List<Output> outputs, RnnState state) {}

    /** Opens the variable scope that the cells lie in. */
    @FunctionalInterface
    public interface Scope {
        VariableScopes.Open open(VariableScopes scopes);

        /** A scope by its name. */
        static Scope named(String name) {
            return scopes -> scopes.enter(name, VariableScopes.Options.NONE);
        }
    }

    /** What all ways of stepping take; null for what is not given, except the scope. */
    public record Request(RnnCell cell, RnnState initial, DType dtype, Operand lengths, Scope scope) {
        Request in(VariableScope other) {
            return new Request(cell, initial, dtype, lengths,
                    scopes -> scopes.enter(other, VariableScopes.Options.NONE, true));
        }
    }

    /** {@code tf.nn.static_rnn}: one copy of the cell's operations a step. */
    public static Unrolled unroll(Graph g, Request r, List<Output> inputs) {
        if (inputs.isEmpty()) {
            throw NnError.value("inputs must not be empty");
        }
        try (VariableScopes.Open open = r.scope().open(VariableScopes.of(g))) {
            Output first = inputs.get(0);
            for (Output x : inputs) {
                for (int i = 1; x.shape().hasRank() && i < x.shape().rank(); i++) {
                    if (x.shape().dim(i) < 0) {
                        throw NnError.value("Input size (dimension " + (i - 1)
                                + " of inputs) must be accessible via shape inference, but saw value None.");
                    }
                }
            }
            int known = first.shape().hasRank() && first.shape().rank() > 0 ? first.shape().dim(0) : Shape.UNKNOWN;
            Operand batch = known > 0
                    ? new RnnCell.BatchSize(known)
                    : ArrayOps.at(g, Shapes.shape(g, first, null), 0);
            RnnState state = r.initial();
            if (state == null) {
                if (r.dtype() == null) {
                    throw NnError.value("If no initial_state is provided, dtype must be specified");
                }
                state = r.cell().zeroState(g, batch, r.dtype());
            }
            Output lengths = null;
            Output zero = null;
            if (r.lengths() != null) {
                lengths = lengths(g, r.lengths());
                zero = Shapes.zeros(g, RnnCell.shape(g, batch, r.cell().outputSize()), state.flat().get(0).dtype(), null);
            }
            List<Output> outputs = new ArrayList<>();
            for (int t = 0; t < inputs.size(); t++) {
                if (t > 0) {
                    open.scope().reuseVariables();
                }
                RnnCell.Step step = r.cell().apply(g, inputs.get(t), state);
                if (lengths != null) {
                    step = masked(g, Literal.of(t), lengths, zero, state, step);
                }
                state = step.state();
                outputs.add(step.output());
            }
            return new Unrolled(outputs, state);
        }
    }

    private static Output lengths(Graph g, Operand given) {
        Output lengths = MathOps.cast(g, given, DType.INT32, null);
        if (lengths.shape().hasRank() && lengths.shape().rank() != 1) {
            throw NnError.value("sequence_length must be a vector of length batch_size, but saw shape: " + lengths.shape());
        }
        return g.op("Identity").name("sequence_length").input(lengths).output();
    }

    /** Rows that have ended give zeros and keep their state. */
    private static RnnCell.Step masked(
            Graph g, Operand time, Output lengths, Output zero, RnnState before, RnnCell.Step step) {
        Output output = through(g, time, lengths, zero, step.output());
        List<Output> states = new ArrayList<>();
        List<Output> old = before.flat();
        List<Output> now = step.state().flat();
        for (int i = 0; i < now.size(); i++) {
            Output s = through(g, time, lengths, old.get(i), now.get(i));
            s.refineShape(now.get(i).shape());
            states.add(s);
        }
        output.refineShape(step.output().shape());
        return new RnnCell.Step(output, step.state().with(states.iterator()));
    }

    private static Output through(Graph g, Operand time, Output lengths, Output old, Output now) {
        Output ended = binary(g, "GreaterEqual", time, lengths, null);
        try (Graph.Block colocated = g.colocateWith(now.operation())) {
            return ArrayOps.select(g, ended, old, now, null);
        }
    }

    /** Outputs as one tensor and the last state. */
    public record Looped(Output outputs, RnnState state) {}

    /**
     * {@code tf.nn.dynamic_rnn}: a loop over time.
     *
     * @param timeMajor whether the first dimension of inputs and outputs is time, not the batch
     */
    public static Looped loop(
            Graph g, Request r, Output inputs, boolean timeMajor, int parallelIterations, boolean swapMemory) {
        try (VariableScopes.Open open = r.scope().open(VariableScopes.of(g))) {
            Output x = timeMajor ? inputs : swapped(g, inputs);
            Output lengths = r.lengths() == null ? null : lengths(g, r.lengths());
            Operand batch = batch(g, x);
            RnnState state = r.initial();
            if (state == null) {
                if (r.dtype() == null) {
                    throw NnError.value("If there is no initial_state, you must give a dtype.");
                }
                state = r.cell().zeroState(g, batch, r.dtype());
            }
            if (lengths != null) {
                lengths = checked(g, lengths, batch);
            }
            Looped result = steps(g, r.cell(), x, state, lengths, parallelIterations, swapMemory);
            return timeMajor ? result : new Looped(swapped(g, result.outputs()), result.state());
        }
    }

    /** Batch and time change places. */
    private static Output swapped(Graph g, Output x) {
        if (x.shape().hasRank() && x.shape().rank() < 2) {
            return x;
        }
        Output rank = Shapes.rank(g, x, null);
        Output rest = MathOps.range(g, Literal.of(2), rank, Literal.of(1), null, null);
        Output y = ArrayOps.transpose(g, x, ArrayOps.concat(g, 0, Literal.ofInts(1, 0), rest));
        if (x.shape().hasRank()) {
            Shape s = x.shape();
            y.refineShape(Shape.of(s.dim(1), s.dim(0)).concatenate(s.slice(2, s.rank())));
        }
        return y;
    }

    private static Operand batch(Graph g, Output x) {
        if (x.shape().hasRank()) {
            if (x.shape().rank() < 2) {
                throw NnError.value("Expected input tensor " + x.name() + " to have rank at least 2");
            }
            if (x.shape().dim(1) >= 0) {
                return new RnnCell.BatchSize(x.shape().dim(1));
            }
        }
        return ArrayOps.at(g, Shapes.shape(g, x, null), 1);
    }

    private static Output checked(Graph g, Output lengths, Operand batch) {
        Output actual = Shapes.shape(g, lengths, null);
        Output wanted = ArrayOps.stack(g, batch);
        Output same = reduce(g, "All", binary(g, "Equal", actual, wanted, null), null, false, null);
        var check = ControlFlow.assertTrue(g, same, List.of(
                text("Expected shape for Tensor " + lengths.name() + " is "), wanted, text(" but saw shape: "), actual), null, null);
        try (Graph.Block after = g.controlDependencies(List.of(check))) {
            return g.op("Identity").name("CheckSeqLen").input(lengths).output();
        }
    }

    private static Literal text(String s) {
        return Literal.of(NdArray.scalar(s.getBytes(StandardCharsets.UTF_8)));
    }

    private static Looped steps(
            Graph g, RnnCell cell, Output x, RnnState initial, Output lengths, int parallelIterations, boolean swapMemory) {
        Output shape = Shapes.shape(g, x, null);
        Output timeSteps = ArrayOps.at(g, shape, 0);
        Operand batch = batch(g, x);
        Shape static3 = x.shape();
        if (!static3.hasRank() || static3.rank() < 3 || !static3.slice(2, static3.rank()).isFullyDefined()) {
            throw NnError.value(
                    "Input size (depth of inputs) must be accessible via shape inference, but saw value None.");
        }
        DType type = initial.flat().get(0).dtype();
        Output dims = RnnCell.shape(g, batch, cell.outputSize());
        Output zero = Shapes.zeros(g, dims, type, null);
        Output longest = timeSteps;
        if (lengths != null) {
            reduce(g, "Min", lengths, null, false, null);
            longest = reduce(g, "Max", lengths, null, false, null);
        }
        Output time = g.constant(NdArray.scalar(0), "time");
        String base;
        try (NameScope scope = g.nameScope("dynamic_rnn")) {
            base = scope.path();
        }
        Shape outShape = Shape.of(static3.dim(1), cell.outputSize());
        TensorArray outputs = array(g, type, timeSteps, outShape, base + "output_0");
        TensorArray inputs = array(g, x.dtype(), timeSteps, static3.slice(1, static3.rank()), base + "input_0").unstack(x, null);
        Output bound = binary(g, "Minimum", timeSteps, binary(g, "Maximum", Literal.of(1), longest, null), null);
        List<Output> variables = new ArrayList<>(List.of(time, outputs.flow()));
        variables.addAll(initial.flat());
        List<Output> last = ControlFlow.whileLoop(g,
                v -> binary(g, "Less", v.get(0), bound, null),
                v -> body(g, cell, v, inputs, outputs, initial, static3, lengths, zero),
                variables,
                null,
                new ControlFlow.LoopSettings(timeSteps, parallelIterations, true, swapMemory),
                null);
        Output all = outputs.with(last.get(1)).stack(null);
        if (static3.dim(0) >= 0 && static3.dim(1) >= 0) {
            g.constant(NdArray.of(new int[] {static3.dim(0), static3.dim(1)}, 2), "Const");
        }
        RnnCell.columns(g, cell.outputSize());
        all.refineShape(Shape.of(static3.dim(0), static3.dim(1), cell.outputSize()));
        return new Looped(all, initial.with(last.subList(2, last.size()).iterator()));
    }

    private static TensorArray array(Graph g, DType type, Output size, Shape element, String name) {
        return TensorArray.create(g, type, size, new TensorArray.Settings(false, true, true, element, name), null);
    }

    private static List<Output> body(
            Graph g, RnnCell cell, List<Output> v, TensorArray inputs, TensorArray outputs, RnnState form, Shape static3,
            Output lengths, Output zero) {
        Output time = v.get(0);
        Output x = inputs.read(time, null);
        x.refineShape(static3.slice(1, static3.rank()));
        RnnState state = form.with(v.subList(2, v.size()).iterator());
        RnnCell.Step step = cell.apply(g, x, state);
        if (lengths != null) {
            step = masked(g, time, lengths, zero, state, step);
        }
        TensorArray written = outputs.with(v.get(1)).write(time, step.output(), null);
        List<Output> next = new ArrayList<>();
        next.add(MathOps.plus(g, time, Literal.of(1)));
        next.add(written.flow());
        next.addAll(step.state().flat());
        return next;
    }

    /** Both directions: outputs and states forwards and backwards. */
    public record TwoWays(Looped forwards, Looped backwards) {}

    /** {@code tf.nn.bidirectional_dynamic_rnn}. */
    public static TwoWays bothWays(
            Graph g, Request forwards, Request backwards, Output inputs, boolean timeMajor, int parallel, boolean swap,
            Scope scope) {
        try (VariableScopes.Open open = scope.open(VariableScopes.of(g))) {
            Looped fw;
            try (VariableScopes.Open inner = VariableScopes.of(g).enter("fw", VariableScopes.Options.NONE)) {
                fw = loop(g, forwards.in(inner.scope()), inputs, timeMajor, parallel, swap);
            }
            int timeAxis = timeMajor ? 0 : 1;
            int batchAxis = 1 - timeAxis;
            Looped bw;
            try (VariableScopes.Open inner = VariableScopes.of(g).enter("bw", VariableScopes.Options.NONE)) {
                Output reversed = reverse(g, inputs, backwards.lengths(), timeAxis, batchAxis);
                bw = loop(g, backwards.in(inner.scope()), reversed, timeMajor, parallel, swap);
            }
            Output back = reverse(g, bw.outputs(), backwards.lengths(), timeAxis, batchAxis);
            return new TwoWays(fw, new Looped(back, bw.state()));
        }
    }

    private static Output reverse(Graph g, Output x, Operand lengths, int timeAxis, int batchAxis) {
        if (lengths != null) {
            return g.op("ReverseSequence").input(x).input(lengths)
                    .attr("seq_dim", (long) timeAxis).attr("batch_dim", (long) batchAxis).output();
        }
        return g.op("ReverseV2").input(x).input(Literal.ofInts(timeAxis)).output();
    }
}
