package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.Layer;
import io.retrograd.graph.build.RnnCell;
import io.retrograd.graph.build.RnnCell.StateSize;
import io.retrograd.graph.build.RnnState;
import io.retrograd.graph.build.VariableScopes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.InstanceValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Overridable;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A recurrent cell: called with an input and a state, it answers (output, next state). A script's class may derive from
 * it; what a cell does is then what that class overrides.
 */
final class CellValue implements Value, Overridable {
    static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.ops.rnn_cell_impl", "RNNCell", CellValueTable.TABLE);

    private static final String[] KINDS = {
        "BasicRNNCell", "BasicLSTMCell", "LSTMCell", "GRUCell", "MultiRNNCell", "DropoutWrapper", "ResidualWrapper", "OutputProjectionWrapper"
    };

    /** The builtin kinds of cells, from which scripts may derive. */
    private static final Map<String, TypeValue> TYPES = types();

    private final Layer.Options options;
    private RnnCell cell;
    private InstanceValue instance;

    CellValue(RnnCell cell) {
        this.cell = cell;
        this.options = null;
    }

    /** The cell of a script's class, which names it when it is first used. */
    private CellValue(Layer.Options options) {
        this.options = options;
    }

    @Override
    public void overriddenBy(InstanceValue of) {
        instance = of;
    }

    private static Map<String, TypeValue> types() {
        Map<String, TypeValue> types = new LinkedHashMap<>();
        for (String kind : KINDS) {
            String path = kind.startsWith("Output") ? "contrib.rnn." : "nn.rnn_cell.";
            types.put(kind, new DerivableType(
                    "tensorflow.python.ops.rnn_cell_impl", kind, TYPE, RnnFunctionsTable.TABLE, path + kind, "cells"));
        }
        types.put("DeviceWrapper", new DerivableType("tensorflow.python.ops.rnn_cell_impl", "DeviceWrapper", TYPE, null, "", "cells"));
        return types;
    }

    /** Adds the classes of cells to a module. */
    static ModuleValue addTypes(ModuleValue module, boolean contrib) {
        TYPES.forEach((kind, type) -> {
            if (contrib || !kind.startsWith("Output")) {
                module.with(kind, type);
            }
        });
        return module.with("RNNCell", TYPE).with("LSTMStateTuple", LstmStateTuple.TYPE);
    }

    RnnCell cell(Machine m) {
        if (cell == null) {
            cell = new ScriptCell(m, TfState.of(m).graph(), instance == null ? this : instance, options);
        }
        return cell;
    }

    /** The cell that a script gives; TypeError in TensorFlow's words for anything else. */
    static RnnCell cell(Machine m, Object given) {
        if (InstanceValue.substance(given) instanceof CellValue c) {
            return c.cell(m);
        }
        if (ScriptCell.isLike(m, given)) {
            return new ScriptCell(m, TfState.of(m).graph(), (InstanceValue) given, Layer.Options.ofObject(null, true, null));
        }
        throw NnError.type("The argument 'cell' (" + Semantics.repr(m, given) + ") is not an RNNCell: 'output_size' property is "
                + "missing, 'state_size' property is missing, either 'zero_state' or 'get_initial_state' method is required, is not "
                + "callable.");
    }

    @Override
    public TypeValue type() {
        return cell == null || cell instanceof ScriptCell ? TYPE : TYPES.getOrDefault(cell.className(), TYPE);
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        return CellValueTable.TABLE.find("__call__").callOn(m, this, arguments, keywords);
    }

    // States as scripts see them

    static Object wrap(RnnState state) {
        if (state instanceof RnnState.Single s) {
            return Tensors.wrap(s.tensor());
        }
        if (state instanceof RnnState.Lstm l) {
            return new LstmStateTuple(Tensors.wrap(l.c()), Tensors.wrap(l.h()));
        }
        List<Object> parts = new ArrayList<>();
        for (RnnState p : ((RnnState.Several) state).parts()) {
            parts.add(wrap(p));
        }
        return TupleValue.of(parts.toArray());
    }

    /** The state that a script gives to a cell with that state. */
    static RnnState unwrap(Machine m, Object given, StateSize size) {
        if (size instanceof StateSize.Single) {
            return new RnnState.Single(tensor(m, given));
        }
        Object[] elements = given instanceof TupleValue || given instanceof ListValue ? Semantics.elements(m, given) : null;
        if (elements == null) {
            throw NnError.type(given instanceof TensorValue
                    ? "iterating over `tf.Tensor` is not allowed in Graph execution. Use Eager execution or decorate this function "
                            + "with @tf.function."
                    : "'" + Semantics.typeOf(given).name() + "' object is not iterable");
        }
        int wanted = size instanceof StateSize.Lstm ? 2 : ((StateSize.Several) size).parts().size();
        if (elements.length != wanted) {
            throw NnError.value("Expected state to be a tuple of length " + wanted + ", but received: "
                    + Semantics.str(m, given));
        }
        if (size instanceof StateSize.Lstm) {
            return new RnnState.Lstm(tensor(m, elements[0]), tensor(m, elements[1]));
        }
        List<RnnState> parts = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            parts.add(unwrap(m, elements[i], ((StateSize.Several) size).parts().get(i)));
        }
        return new RnnState.Several(parts);
    }

    static Output tensor(Machine m, Object given) {
        return Operands.of(m, given).toOutput(TfState.of(m).graph(), null, null, "Const");
    }

    private static Object wrap(StateSize size) {
        if (size instanceof StateSize.Single s) {
            return (long) s.size();
        }
        if (size instanceof StateSize.Lstm s) {
            return new LstmStateTuple((long) s.c(), (long) s.h());
        }
        List<Object> parts = new ArrayList<>();
        for (StateSize p : ((StateSize.Several) size).parts()) {
            parts.add(wrap(p));
        }
        return TupleValue.of(parts.toArray());
    }

    // What scripts call

    @Builtin(
            value = "__new__",
            signature = "trainable=True, name=None, dtype=None, _reuse=None",
            doc = "A cell whose class says what a step does: call(inputs, state), state_size, output_size and, at will, build(shape).",
            example = "class Plain(tf.nn.rnn_cell.RNNCell): ...")
    static Object make(Machine m, boolean trainable, String name, Object dtype, Object reuse) {
        return new CellValue(Layer.Options.ofObject(name, trainable, ReuseValue.convert(m, reuse)));
    }

    @Builtin(
            value = {"add_variable", "add_weight"},
            signature = "name, shape, dtype=None, initializer=None, regularizer=None, trainable=True",
            method = true,
            doc = "A variable of the cell, from its build(shape).")
    static Object addVariable(
            Machine m, CellValue self, String name, Object shape, Object dtype, Object initializer, Object regularizer, boolean trainable) {
        if (!(self.cell(m) instanceof ScriptCell mine)) {
            throw NnError.type("The variables of a " + self.cell(m).className() + " are its own.");
        }
        return Tensors.wrap(mine.variable(name, ShapeValue.convert(m, shape), LayersFunctions.initializer(m, initializer),
                RegularizerFunctions.convert(m, regularizer), trainable));
    }

    @Builtin(
            value = "__call__",
            signature = "inputs, state, scope=None",
            method = true,
            doc = "One step: (output, next state).")
    static Object step(Machine m, CellValue self, Object inputs, Object state, Object scope) {
        Graph g = TfState.of(m).graph();
        Output x = tensor(m, inputs);
        RnnCell cell = self.cell(m);
        RnnState before = unwrap(m, state, cell.stateSize());
        RnnCell.Step step;
        if (scope == None.NONE) {
            step = asLayer(cell, g, x, before);
        } else {
            try (VariableScopes.Open open = RnnFunctions.scope(m, scope, "").open(VariableScopes.of(g))) {
                step = asLayer(cell, g, x, before);
            }
        }
        return TupleValue.of(Tensors.wrap(step.output()), wrap(step.state()));
    }

    /** A step as the builtin class makes it, also where a script's class has a {@code __call__} of its own that asks for it. */
    private static RnnCell.Step asLayer(RnnCell cell, Graph g, Output x, RnnState before) {
        return cell instanceof ScriptCell mine ? mine.applyAsLayer(g, x, before) : cell.apply(g, x, before);
    }

    @Builtin(
            value = "zero_state",
            signature = "batch_size, dtype",
            method = true,
            doc = "A state of zeros for that many rows.")
    static Object zeroState(Machine m, CellValue self, Object batch, Object dtype) {
        Operand rows = batch instanceof Long n ? new RnnCell.BatchSize(Math.toIntExact(n))
                : batch instanceof DimensionValue d ? new RnnCell.BatchSize(Math.toIntExact(Semantics.index(m, d.asNumber())))
                : Operands.of(m, batch);
        return wrap(self.cell(m).zeroState(TfState.of(m).graph(), rows, DTypeValue.convert(m, dtype)));
    }

    @Builtin(value = "state_size", property = true, doc = "The size of its state.")
    static Object stateSize(Machine m, CellValue self) {
        return wrap(self.cell(m).stateSize());
    }

    @Builtin(value = "output_size", property = true, doc = "The size of its output.")
    static long outputSize(Machine m, CellValue self) {
        return self.cell(m).outputSize();
    }

    @Builtin(value = "name", property = true, doc = "The cell's name.")
    static String name(Machine m, CellValue self) {
        return self.cell(m).name();
    }

    private static Object list(List<Variable> variables) {
        List<Object> all = new ArrayList<>();
        for (Variable v : variables) {
            all.add(Tensors.wrap(v));
        }
        return ListValue.of(all.toArray());
    }

    @Builtin(value = {"variables", "weights"}, property = true, doc = "Its variables.")
    static Object variables(Machine m, CellValue self) {
        return list(self.cell(m).variables());
    }

    @Builtin(value = {"trainable_variables", "trainable_weights"}, property = true, doc = "Its variables that are trained.")
    static Object trainable(Machine m, CellValue self) {
        return list(self.cell(m).trainableVariables());
    }
}
