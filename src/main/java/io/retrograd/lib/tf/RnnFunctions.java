package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.CrossEntropy;
import io.retrograd.graph.build.Layer;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Rnn;
import io.retrograd.graph.build.RnnCell;
import io.retrograd.graph.build.RnnCells;
import io.retrograd.graph.build.RnnWrappers;
import io.retrograd.graph.build.RnnState;
import io.retrograd.graph.build.SequenceLoss;
import io.retrograd.graph.build.Shapes;
import io.retrograd.graph.build.VariableScopes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;

/** Recurrent networks: cells, and stepping them through sequences. */
final class RnnFunctions {
    private RnnFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Layer.Options options(Machine m, String name, Object reuse) {
        return Layer.Options.ofObject(name, true, ReuseValue.convert(m, reuse));
    }

    /** The scope that a script gives: a name, a variable scope, or None for the standard one. */
    static Rnn.Scope scope(Machine m, Object given, String standard) {
        if (given == None.NONE) {
            return Rnn.Scope.named(standard);
        }
        if (given instanceof String name) {
            return Rnn.Scope.named(name);
        }
        if (given instanceof VariableScopeValue again) {
            return scopes -> scopes.enter(again.scope(), VariableScopes.Options.NONE, true);
        }
        throw NnError.type("VariableScope: name_or_scope must be a string or VariableScope.");
    }

    // Cells

    @Builtin(
            value = {"nn.rnn_cell.BasicRNNCell", "contrib.rnn.BasicRNNCell"},
            signature = "num_units, activation=None, reuse=None, name=None, dtype=None",
            doc = "h = tanh([x, h] W + b).",
            shapes = "(batch, d), (batch, units) -> (batch, units)",
            gradient = "with da = dh * (1 - h**2): dW = [x, h].T @ da, db = sum(da, 0), and on to x and the state before")
    static Object basic(Machine m, int units, Object activation, Object reuse, String name, Object dtype) {
        return new CellValue(new RnnCells.Basic(
                graph(m), units, LayersFunctions.activation(m, activation), options(m, name, reuse)));
    }

    @Builtin(
            value = {"nn.rnn_cell.BasicLSTMCell", "contrib.rnn.BasicLSTMCell"},
            signature = "num_units, forget_bias=1.0, state_is_tuple=True, activation=None, reuse=None, name=None, dtype=None",
            doc = "A long short-term memory; its state is the pair (c, h).",
            shapes = "(batch, d), the states c and h (batch, units) -> (batch, units)",
            gradient = "dc = dh * o * (1 - tanh(c)**2) + dc_next * f_next; through each gate's sigmoid to the weights",
            example = "cell = tf.nn.rnn_cell.BasicLSTMCell(128)")
    static Object basicLstm(
            Machine m, int units, double forgetBias, boolean tuple, Object activation, Object reuse, String name,
            Object dtype) {
        return new CellValue(new RnnCells.BasicLstm(graph(m), units, forgetBias, tuple,
                LayersFunctions.activation(m, activation), options(m, name, reuse)));
    }

    @Builtin(
            value = {"nn.rnn_cell.LSTMCell", "contrib.rnn.LSTMCell"},
            signature = "num_units, use_peepholes=False, cell_clip=None, initializer=None, num_proj=None, proj_clip=None, "
                    + "num_unit_shards=None, num_proj_shards=None, forget_bias=1.0, state_is_tuple=True, activation=None, "
                    + "reuse=None, name=None, dtype=None",
            doc = "A long short-term memory with peepholes, clipping and projection at will.",
            shapes = "(batch, d), the states c and h (batch, units) -> (batch, units)",
            gradient = "dc = dh * o * (1 - tanh(c)**2) + dc_next * f_next; through each gate's sigmoid to the weights")
    static Object lstm(
            Machine m, int units, boolean peepholes, Object clip, Object initializer, Object projection, Object projectionClip,
            Object shards, Object projectionShards, double forgetBias, boolean tuple, Object activation, Object reuse,
            String name, Object dtype) {
        RnnCells.LstmOptions how = new RnnCells.LstmOptions(peepholes, number(m, clip),
                LayersFunctions.initializer(m, initializer),
                projection == None.NONE ? 0 : Math.toIntExact(Semantics.index(m, projection)), number(m, projectionClip),
                forgetBias, tuple, LayersFunctions.activation(m, activation));
        return new CellValue(new RnnCells.Lstm(graph(m), units, how, options(m, name, reuse)));
    }

    private static Double number(Machine m, Object value) {
        return value == None.NONE ? null : Double.valueOf(Semantics.real(m, value));
    }

    @Builtin(
            value = {"nn.rnn_cell.GRUCell", "contrib.rnn.GRUCell"},
            signature = "num_units, activation=None, reuse=None, kernel_initializer=None, bias_initializer=None, name=None, "
                    + "dtype=None",
            doc = "A gated recurrent unit.",
            shapes = "(batch, d), (batch, units) -> (batch, units)",
            gradient = "dh_before = dh * z + through the candidate and the gates; each gate by sigmoid' = s * (1 - s)")
    static Object gru(
            Machine m, int units, Object activation, Object reuse, Object kernel, Object bias, String name, Object dtype) {
        return new CellValue(new RnnCells.Gru(graph(m), units, LayersFunctions.activation(m, activation),
                LayersFunctions.initializer(m, kernel), LayersFunctions.initializer(m, bias), options(m, name, reuse)));
    }

    @Builtin(
            value = {"nn.rnn_cell.MultiRNNCell", "contrib.rnn.MultiRNNCell"},
            signature = "cells, state_is_tuple=True",
            doc = "Cells on one another: each one's output is the next one's input.",
            example = "cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.BasicLSTMCell(64) for _ in range(2)])")
    static Object multi(Machine m, Object cells, boolean tuple) {
        if (!(cells instanceof ListValue || cells instanceof TupleValue)) {
            throw NnError.type("cells must be a list or tuple, but saw: " + Semantics.str(m, cells) + ".");
        }
        if (!tuple) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "state_is_tuple=False of MultiRNNCell is not offered.");
        }
        List<RnnCell> all = new ArrayList<>();
        for (Object c : Semantics.elements(m, cells)) {
            RnnCell cell = CellValue.cell(m, c);
            all.add(cell);
        }
        return new CellValue(new RnnWrappers.Multi(graph(m), all, options(m, null, None.NONE)));
    }

    private static RnnWrappers.Keep keep(Machine m, Object given) {
        return Operands.isTensor(given)
                ? new RnnWrappers.Keep(Operands.of(m, given), 0)
                : new RnnWrappers.Keep(null, Semantics.real(m, given));
    }

    @Builtin(
            value = {"nn.rnn_cell.DropoutWrapper", "contrib.rnn.DropoutWrapper"},
            signature = "cell, input_keep_prob=1.0, output_keep_prob=1.0, state_keep_prob=1.0, variational_recurrent=False, "
                    + "input_size=None, dtype=None, seed=None, dropout_state_filter_visitor=None",
            doc = "Dropout on a cell's inputs, outputs and states.")
    static Object dropout(
            Machine m, Object cell, Object input, Object output, Object state, boolean variational, Object inputSize,
            Object dtype, Object seed, Object filter) {
        if (variational) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "variational_recurrent is not offered.");
        }
        return new CellValue(new RnnWrappers.Dropout(graph(m), CellValue.cell(m, cell), keep(m, input), keep(m, output),
                keep(m, state), Given.seed(m, seed)));
    }

    @Builtin(
            value = {"nn.rnn_cell.ResidualWrapper", "contrib.rnn.ResidualWrapper"},
            signature = "cell, residual_fn=None",
            doc = "Adds a cell's input to its output.")
    static Object residual(Machine m, Object cell, Object function) {
        return new CellValue(new RnnWrappers.Residual(graph(m), CellValue.cell(m, cell)));
    }

    @Builtin(
            value = "contrib.rnn.OutputProjectionWrapper",
            signature = "cell, output_size, activation=None, reuse=None",
            doc = "A matrix and a bias on a cell's output.")
    static Object projection(Machine m, Object cell, int size, Object activation, Object reuse) {
        return new CellValue(new RnnWrappers.Projection(
                graph(m), CellValue.cell(m, cell), size, LayersFunctions.activation(m, activation)));
    }

    // Stepping

    private static Rnn.Request request(
            Machine m, Object cell, Object initial, Object dtype, Object lengths, Rnn.Scope scope) {
        RnnCell c = CellValue.cell(m, cell);
        RnnState state = initial == None.NONE ? null : CellValue.unwrap(m, initial, c.stateSize());
        return new Rnn.Request(c, state, dtype == None.NONE ? null : DTypeValue.convert(m, dtype), Given.operand(m, lengths), scope);
    }

    private static List<Output> sequence(Machine m, Object inputs) {
        if (!(inputs instanceof ListValue || inputs instanceof TupleValue)) {
            throw NnError.type("inputs must be a sequence");
        }
        List<Output> all = new ArrayList<>();
        for (Object x : Semantics.elements(m, inputs)) {
            all.add(Operands.of(m, x).toOutput(graph(m), null, null, "Const"));
        }
        return all;
    }

    @Builtin(
            value = {"nn.static_rnn", "contrib.rnn.static_rnn", "nn.rnn"},
            signature = "cell, inputs, initial_state=None, dtype=None, sequence_length=None, scope=None",
            doc = "Steps a cell through a list of inputs: (list of outputs, last state).",
            shapes = "a list of (batch, d) -> a list of (batch, units), and the last state",
            gradient = "backwards through time: from each step's output and the next state")
    static Object staticRnn(
            Machine m, Object cell, Object inputs, Object initial, Object dtype, Object lengths, Object scope) {
        Rnn.Request r = request(m, cell, initial, dtype, lengths, scope(m, scope, "rnn"));
        Rnn.Unrolled all = Rnn.unroll(graph(m), r, sequence(m, inputs));
        return TupleValue.of(Tensors.wrap(all.outputs()), CellValue.wrap(all.state()));
    }

    private static int parallel(Machine m, Object given) {
        return given == None.NONE ? 32 : Math.toIntExact(Semantics.index(m, given));
    }

    private static Output input(Machine m, Object inputs) {
        return Operands.of(m, inputs).toOutput(graph(m), null, null, "Const");
    }

    @Builtin(
            value = "nn.dynamic_rnn",
            signature = "cell, inputs, sequence_length=None, initial_state=None, dtype=None, parallel_iterations=None, "
                    + "swap_memory=False, time_major=False, scope=None",
            doc = "Steps a cell through a tensor in a loop: (outputs, last state).",
            gradient = "backwards through time: from each step's output and the next state",
            shapes = "(n, t, k) -> (n, t, units)",
            example = "outputs, state = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)")
    static Object dynamicRnn(
            Machine m, Object cell, Object inputs, Object lengths, Object initial, Object dtype, Object parallel, boolean swap,
            boolean timeMajor, Object scope) {
        Rnn.Request r = request(m, cell, initial, dtype, lengths, scope(m, scope, "rnn"));
        Rnn.Looped all = Rnn.loop(graph(m), r, input(m, inputs), timeMajor, parallel(m, parallel), swap);
        return TupleValue.of(Tensors.wrap(all.outputs()), CellValue.wrap(all.state()));
    }

    @Builtin(
            value = "nn.bidirectional_dynamic_rnn",
            signature = "cell_fw, cell_bw, inputs, sequence_length=None, initial_state_fw=None, initial_state_bw=None, "
                    + "dtype=None, parallel_iterations=None, swap_memory=False, time_major=False, scope=None",
            doc = "Two cells through a tensor, one backwards: ((outputs), (states)).",
            gradient = "backwards through time, in each direction")
    static Object bidirectional(
            Machine m, Object forwards, Object backwards, Object inputs, Object lengths, Object initialForwards,
            Object initialBackwards, Object dtype, Object parallel, boolean swap, boolean timeMajor, Object scope) {
        Rnn.Scope unused = Rnn.Scope.named("rnn");
        Rnn.TwoWays both = Rnn.bothWays(graph(m), request(m, forwards, initialForwards, dtype, lengths, unused),
                request(m, backwards, initialBackwards, dtype, lengths, unused), input(m, inputs), timeMajor,
                parallel(m, parallel), swap, scope(m, scope, "bidirectional_rnn"));
        return TupleValue.of(
                TupleValue.of(Tensors.wrap(both.forwards().outputs()), Tensors.wrap(both.backwards().outputs())),
                TupleValue.of(CellValue.wrap(both.forwards().state()), CellValue.wrap(both.backwards().state())));
    }

    @Builtin(
            value = {"nn.static_bidirectional_rnn", "contrib.rnn.static_bidirectional_rnn"},
            signature = "cell_fw, cell_bw, inputs, initial_state_fw=None, initial_state_bw=None, dtype=None, "
                    + "sequence_length=None, scope=None",
            doc = "Two cells through a list of inputs, one backwards: (outputs side by side, state, state).",
            gradient = "backwards through time, in each direction")
    static Object staticBidirectional(
            Machine m, Object forwards, Object backwards, Object inputs, Object initialForwards, Object initialBackwards,
            Object dtype, Object lengths, Object scope) {
        if (lengths != None.NONE) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "sequence_length of static_bidirectional_rnn is not offered.");
        }
        Graph g = graph(m);
        List<Output> xs = sequence(m, inputs);
        try (VariableScopes.Open open = scope(m, scope, "bidirectional_rnn").open(VariableScopes.of(g))) {
            Rnn.Unrolled fw = within(g, "fw", request(m, forwards, initialForwards, dtype, lengths, null), xs);
            List<Output> reversed = new ArrayList<>(xs);
            Collections.reverse(reversed);
            Rnn.Unrolled bw = within(g, "bw", request(m, backwards, initialBackwards, dtype, lengths, null), reversed);
            List<Output> both = new ArrayList<>();
            for (int i = 0; i < xs.size(); i++) {
                both.add(ArrayOps.concat(g, 1, fw.outputs().get(i), bw.outputs().get(xs.size() - 1 - i)));
            }
            return TupleValue.of(Tensors.wrap(both), CellValue.wrap(fw.state()), CellValue.wrap(bw.state()));
        }
    }

    private static Rnn.Unrolled within(Graph g, String name, Rnn.Request r, List<Output> inputs) {
        try (VariableScopes.Open open = VariableScopes.of(g).enter(name, VariableScopes.Options.NONE)) {
            Rnn.Scope again = scopes -> scopes.enter(open.scope(), VariableScopes.Options.NONE, true);
            return Rnn.unroll(g, new Rnn.Request(r.cell(), r.initial(), r.dtype(), r.lengths(), again), inputs);
        }
    }

    // Losses over sequences

    @Builtin(
            value = {
                "contrib.legacy_seq2seq.sequence_loss_by_example", "nn.seq2seq.sequence_loss_by_example",
            },
            signature = "logits, targets, weights, average_across_timesteps=True, softmax_loss_function=None, name=None",
            doc = "The weighted softmax cross entropy of each sequence.",
            gradient = "dlogits = weights * (softmax(logits) - onehot(targets)) * dy")
    static Object lossByExample(
            Machine m, Object logits, Object targets, Object weights, boolean average, Object function, String name) {
        return Tensors.wrap(byExample(m, logits, targets, weights, average, function, name));
    }

    private static Output byExample(
            Machine m, Object logits, Object targets, Object weights, boolean average, Object function, String name) {
        Graph g = graph(m);
        List<Output> xs = sequence(m, logits);
        List<Output> zs = sequence(m, targets);
        List<Output> ws = sequence(m, weights);
        if (zs.size() != xs.size() || ws.size() != xs.size()) {
            throw NnError.value("Lengths of logits, weights, and targets must be the same " + xs.size() + ", " + ws.size() + ", "
                    + zs.size() + ".");
        }
        try (NameScope scope = g.nameScope(name == null ? "sequence_loss_by_example" : name)) {
            List<Output> losses = new ArrayList<>();
            for (int i = 0; i < xs.size(); i++) {
                Output loss;
                if (function == None.NONE) {
                    Output flat = ArrayOps.reshape(g, zs.get(i), Literal.ofInts(-1), null);
                    loss = CrossEntropy.sparseSoftmax(g, flat, xs.get(i), null);
                } else {
                    Object made = Semantics.call(m, function, new Object[] {Tensors.wrap(zs.get(i)), Tensors.wrap(xs.get(i))},
                            new String[] {"labels", "logits"});
                    loss = ((TensorValue) made).output();
                }
                losses.add(MathOps.times(g, loss, ws.get(i)));
            }
            Output sum = MathOps.addN(g, losses, null);
            if (average) {
                Output total = MathOps.addN(g, ws, null);
                total = MathOps.plus(g, total, Literal.of(1e-12));
                sum = MathOps.over(g, sum, total);
            }
            return sum;
        }
    }

    @Builtin(
            value = {"contrib.legacy_seq2seq.sequence_loss", "nn.seq2seq.sequence_loss"},
            signature = "logits, targets, weights, average_across_timesteps=True, average_across_batch=True, "
                    + "softmax_loss_function=None, name=None",
            doc = "The weighted softmax cross entropy of sequences as one number.",
            gradient = "dlogits = weights * (softmax(logits) - onehot(targets)) * dy / sum(weights)")
    static Object sequenceLoss(
            Machine m, Object logits, Object targets, Object weights, boolean steps, boolean batch, Object function,
            String name) {
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "sequence_loss" : name)) {
            Output cost = MathOps.reduce(g, "Sum", byExample(m, logits, targets, weights, steps, function, null), null, false, null);
            if (!batch) {
                return Tensors.wrap(cost);
            }
            Output rows = ArrayOps.at(g, Shapes.shape(g, sequence(m, targets).get(0), null), 0);
            return Tensors.wrap(MathOps.over(g, cost, MathOps.cast(g, rows, DType.FLOAT32, null)));
        }
    }

    @Builtin(
            value = "contrib.seq2seq.sequence_loss",
            signature = "logits, targets, weights, average_across_timesteps=True, average_across_batch=True, "
                    + "sum_over_timesteps=False, sum_over_batch=False, softmax_loss_function=None, name=None",
            doc = "The weighted softmax cross entropy of a batch of sequences: averaged by the sum of the weights.",
            shapes = "(batch, steps, classes), (batch, steps), (batch, steps) -> ()",
            gradient = "dlogits = weights * (softmax(logits) - onehot(targets)) * dy / sum(weights)",
            example = "loss = tf.contrib.seq2seq.sequence_loss(logits=outputs, targets=Y, weights=tf.ones([batch, steps]))")
    static Object batchSequenceLoss(
            Machine m, Object logits, Object targets, Object weights, boolean averageSteps, boolean averageBatch,
            boolean sumSteps, boolean sumBatch, Object function, String name) {
        Graph g = graph(m);
        BinaryOperator<Output> entropy = function == None.NONE
                ? (labels, rows) -> CrossEntropy.sparseSoftmax(g, labels, rows, null)
                : (labels, rows) -> ((TensorValue) Semantics.call(m, function,
                        new Object[] {Tensors.wrap(labels), Tensors.wrap(rows)}, new String[] {"labels", "logits"})).output();
        return Tensors.wrap(SequenceLoss.of(g, shaped(m, logits), shaped(m, targets), shaped(m, weights),
                SequenceLoss.Joining.of(averageSteps, sumSteps, "timesteps"),
                SequenceLoss.Joining.of(averageBatch, sumBatch, "batch"), entropy, name));
    }

    /** A tensor: TensorFlow asks the argument for its shape, so that an array or a list is refused. */
    private static Output shaped(Machine m, Object tensor) {
        Semantics.attribute(m, tensor, "get_shape");
        return Operands.of(m, tensor).toOutput(graph(m), null, null, null);
    }
}
