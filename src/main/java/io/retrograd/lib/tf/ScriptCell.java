package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.Initializer;
import io.retrograd.graph.build.Layer;
import io.retrograd.graph.build.Regularizer;
import io.retrograd.graph.build.RnnCell;
import io.retrograd.graph.build.RnnState;
import io.retrograd.graph.build.Variables;
import io.retrograd.lang.value.ClassValue;
import io.retrograd.lang.value.InstanceValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** A recurrent cell that a script's class describes: its {@code call}, {@code state_size} and {@code output_size}. */
final class ScriptCell extends RnnCell {
    private final Machine m;
    private final Value described;
    private final List<Variable> made = new ArrayList<>();

    /** @param described the script's object, or a bare RNNCell, all of whose parts are abstract */
    ScriptCell(Machine m, Graph g, Value described, Layer.Options options) {
        super(g, described.type().name(), snake(described.type().name()), options);
        this.m = m;
        this.described = described;
    }

    /** Whether a script's object that derives from no cell can do what a cell does. */
    static boolean isLike(Machine m, Object given) {
        return given instanceof InstanceValue i && i.type() instanceof ClassValue c && c.scriptMethod("__call__") != null
                && Semantics.attributeOrNull(m, i, "state_size") != null && Semantics.attributeOrNull(m, i, "output_size") != null
                && Semantics.attributeOrNull(m, i, "zero_state") != null;
    }

    /** {@code MyGRUCell} as my_gru_cell: the rule by which TensorFlow names layers. */
    private static String snake(String name) {
        String words = name.replaceAll("(.)([A-Z][a-z0-9]+)", "$1_$2").replaceAll("([a-z])([A-Z])", "$1_$2");
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.startsWith("_") ? "private" + lower : lower;
    }

    /** Whether the script, not the builtin class, defines it. */
    private boolean defines(String name) {
        return described instanceof InstanceValue i
                && (i.own(name) != null || i.type() instanceof ClassValue c && c.scriptMethod(name) != null);
    }

    private Object size(String name) {
        if (!defines(name)) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "Abstract method");
        }
        return Semantics.attribute(m, described, name);
    }

    @Override
    public int outputSize() {
        return number(size("output_size"));
    }

    @Override
    public StateSize stateSize() {
        return form(size("state_size"));
    }

    private int number(Object size) {
        if (size instanceof ShapeValue) {
            Shape shape = ShapeValue.convert(m, size);
            if (shape.hasRank() && shape.rank() == 1 && shape.dim(0) >= 0) {
                return shape.dim(0);
            }
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "Outputs and states of a cell are rows here: a size of "
                    + Semantics.str(m, size) + " is not offered.");
        }
        return Math.toIntExact(Semantics.index(m, size instanceof DimensionValue d ? d.asNumber() : size));
    }

    private StateSize form(Object size) {
        if (size instanceof LstmStateTuple pair) {
            return new StateSize.Lstm(number(pair.get(0)), number(pair.get(1)));
        }
        if (!(size instanceof ListValue || size instanceof TupleValue)) {
            return new StateSize.Single(number(size));
        }
        if (size instanceof TupleValue t && t.type() != TupleValue.TYPE) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "A state that is a " + t.type().name() + " is not offered, only "
                    + "tensors, tuples and LSTMStateTuples.");
        }
        List<StateSize> parts = new ArrayList<>();
        for (Object part : Semantics.elements(m, size)) {
            parts.add(form(part));
        }
        return new StateSize.Several(parts);
    }

    @Override
    public RnnState zeroState(Graph g, Operand batch, DType dtype) {
        if (!defines("zero_state")) {
            return super.zeroState(g, batch, dtype);
        }
        Object rows = batch instanceof BatchSize b ? (Object) (long) b.size() : Tensors.wrap(batch.toOutput(g, null, null, "Const"));
        return CellValue.unwrap(m, Semantics.callMethod(m, described, "zero_state", rows, DTypeValue.of(dtype)), stateSize());
    }

    /** One step: by the script's {@code __call__} where it has one, else in a scope of its own by its {@code call}. */
    @Override
    public Step apply(Graph g, Output input, RnnState state) {
        return defines("__call__")
                ? step(Semantics.call(m, described, Tensors.wrap(input), CellValue.wrap(state)))
                : applyAsLayer(g, input, state);
    }

    /** One step in the cell's scope by its {@code call}. */
    Step applyAsLayer(Graph g, Output input, RnnState state) {
        return super.apply(g, input, state);
    }

    @Override
    protected void build(Graph g, Shape input) {
        if (defines("build")) {
            noting(g, () -> Semantics.callMethod(m, described, "build", new ShapeValue(input)));
        }
    }

    @Override
    protected Step step(Graph g, Output input, RnnState state) {
        if (!defines("call")) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "Abstract method");
        }
        return step(noting(g, () -> Semantics.callMethod(m, described, "call", Tensors.wrap(input), CellValue.wrap(state))));
    }

    /** Keeps the variables that the script's code asks the graph for: they are the cell's. */
    private Object noting(Graph g, Supplier<Object> code) {
        List<Variable> before = Variables.global(g);
        Object answer = code.get();
        for (Variable v : Variables.global(g)) {
            if (!before.contains(v) && !super.variables().contains(v)) {
                made.add(v);
            }
        }
        return answer;
    }

    private Step step(Object answer) {
        Object[] pair = answer instanceof TupleValue || answer instanceof ListValue ? Semantics.elements(m, answer) : new Object[] {answer};
        if (answer == None.NONE || pair.length != 2) {
            throw NnError.type("A step of a cell answers (output, next state); that of " + className() + " answered "
                    + Semantics.str(m, answer) + ".");
        }
        return new Step(CellValue.tensor(m, pair[0]), CellValue.unwrap(m, pair[1], stateSize()));
    }

    /** A variable that the script's {@code build} asks for. */
    Variable variable(String name, Shape shape, Initializer initializer, Regularizer regularizer, boolean trained) {
        return weight(TfState.of(m).graph(), name, shape, initializer, regularizer, trained);
    }

    @Override
    public List<Variable> variables() {
        List<Variable> all = new ArrayList<>(super.variables());
        all.addAll(made);
        return List.copyOf(all);
    }
}
