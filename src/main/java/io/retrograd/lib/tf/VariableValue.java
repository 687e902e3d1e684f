package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.Variables;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;

/** {@code tf.Variable}. In expressions it stands for the tensor through which it is read. */
public final class VariableValue extends GraphPart<Variable> {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.ops.variables",
            "RefVariable",
            CoreTypes.OBJECT,
            VariableValueTable.TABLE,
            (m, arguments, keywords) ->
                    VariableFunctionsTable.TABLE.find("Variable").callAs(m, "__init__", arguments, keywords));

    VariableValue(Variable variable) {
        super(variable);
    }

    public Variable variable() {
        return part;
    }

    private TensorValue read() {
        return Tensors.wrap(variable().snapshot());
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object binary(Machine m, BinaryOperator operator, Object right) {
        return read().binary(m, operator, right);
    }

    @Override
    public Object reflected(Machine m, BinaryOperator operator, Object left) {
        return read().reflected(m, operator, left);
    }

    @Override
    public Object oldDivide(Machine m, Object other, boolean reflected) {
        return read().oldDivide(m, other, reflected);
    }

    @Override
    public Iteration iterate(Machine m) {
        throw NnError.type("'Variable' object is not iterable.");
    }

    @Override
    public Object unary(Machine m, UnaryOperator operator) {
        return read().unary(m, operator);
    }

    @Override
    public Object compare(Machine m, CompareOperator operator, Object other) {
        return read().compare(m, operator, other);
    }

    @Override
    public Object item(Machine m, Object key) {
        return read().item(m, key);
    }

    @Override
    public String describe(Machine m) {
        return repr(m);
    }

    @Override
    public String repr(Machine m) {
        return variable().toString();
    }

    @Builtin(value = "__abs__", method = true, doc = "The absolute values.")
    static Object abs(Machine m, VariableValue self) {
        return TensorValue.abs(m, (TensorValue) self.read());
    }

    @Builtin(value = "name", property = true, doc = "The variable's name, such as 'w:0'.")
    static String name(Machine m, VariableValue self) {
        return self.variable().name();
    }

    @Builtin(value = "dtype", property = true, doc = "The type of its elements, as a reference's type.")
    static Object dtype(Machine m, VariableValue self) {
        return DTypeValue.of(self.variable().dtype(), true);
    }

    @Builtin(value = "shape", property = true, doc = "Its static shape.")
    static Object shape(Machine m, VariableValue self) {
        return new ShapeValue(self.variable().shape());
    }

    @Builtin(value = "get_shape", method = true, doc = "Its static shape.")
    static Object getShape(Machine m, VariableValue self) {
        return new ShapeValue(self.variable().shape());
    }

    @Builtin(value = "op", property = true, doc = "The operation that holds it.")
    static Object op(Machine m, VariableValue self) {
        return Tensors.wrap(self.variable().operation());
    }

    @Builtin(value = "graph", property = true, doc = "The graph that it belongs to.")
    static Object graph(Machine m, VariableValue self) {
        return GraphValue.of(self.variable().graph());
    }

    @Builtin(value = "device", property = true, doc = "The device asked for; empty if none.")
    static String device(Machine m, VariableValue self) {
        return self.variable().operation().device();
    }

    @Builtin(value = "initializer", property = true, doc = "The operation that gives it its first value.")
    static Object initializer(Machine m, VariableValue self) {
        return Tensors.wrap(self.variable().initializer());
    }

    @Builtin(value = "initial_value", property = true, doc = "The tensor with which it is initialized.")
    static Object initialValue(Machine m, VariableValue self) {
        return Tensors.wrap(self.variable().initialValue());
    }

    @Builtin(value = "trainable", property = true, doc = "Whether optimizers change it unless told otherwise.")
    static boolean trainable(Machine m, VariableValue self) {
        return self.variable().trainable();
    }

    @Builtin(value = "value", method = true, doc = "The tensor through which it is read.")
    static Object value(Machine m, VariableValue self) {
        return self.read();
    }

    @Builtin(value = "read_value", method = true, doc = "A new tensor that reads it.")
    static Object readValue(Machine m, VariableValue self) {
        Output read = self.variable().graph().op("Identity").name("read").input(self.variable().reference()).output();
        return Tensors.wrap(read);
    }

    @Builtin(
            value = "eval",
            signature = "session=None",
            method = true,
            doc = "Its value in the session, or the default one.")
    static Object eval(Machine m, VariableValue self, Object session) {
        return DefaultSession.choose(m, session, self.variable().graph(), true).run(m, self, None.NONE);
    }

    @Builtin(value = "ref", method = true, doc = "The reference that assignments take.")
    static Object ref(Machine m, VariableValue self) {
        return Tensors.wrap(self.variable().reference());
    }

    @Builtin(value = "set_shape", signature = "shape", method = true, doc = "Adds what is known of its shape.")
    static void setShape(Machine m, VariableValue self, Object shape) {
        self.variable().reference().refineShape(ShapeValue.convert(m, shape));
        self.variable().snapshot().refineShape(ShapeValue.convert(m, shape));
    }

    @Builtin(
            value = "initialized_value",
            method = true,
            doc = "Its value, or its initial value where it has none yet: what to initialize another variable with.")
    static Object initializedValue(Machine m, VariableValue self) {
        return Tensors.wrap(Variables.initializedValue(self.variable().graph(), self.variable()));
    }

    @Builtin(
            value = "assign",
            signature = "value, use_locking=False, name=None, read_value=True",
            method = true,
            doc = "The variable after it has taken the value.",
            example = "sess.run(w.assign(w + 1))")
    static Object assign(Machine m, VariableValue self, Object value, boolean locking, String name, boolean read) {
        TensorValue after = (TensorValue) VariableFunctions.assign(m, self, value, None.NONE, locking, name);
        return read ? after : Tensors.wrap(after.output().operation());
    }

    @Builtin(
            value = "assign_add",
            signature = "delta, use_locking=False, name=None, read_value=True",
            method = true,
            doc = "The variable after the value was added.")
    static Object assignAdd(Machine m, VariableValue self, Object delta, boolean locking, String name, boolean read) {
        TensorValue after = (TensorValue) VariableFunctions.assignAdd(m, self, delta, locking, name);
        return read ? after : Tensors.wrap(after.output().operation());
    }

    @Builtin(
            value = "assign_sub",
            signature = "delta, use_locking=False, name=None, read_value=True",
            method = true,
            doc = "The variable after the value was subtracted.")
    static Object assignSub(Machine m, VariableValue self, Object delta, boolean locking, String name, boolean read) {
        TensorValue after = (TensorValue) VariableFunctions.assignSub(m, self, delta, locking, name);
        return read ? after : Tensors.wrap(after.output().operation());
    }

    @Builtin(
            value = "count_up_to",
            signature = "limit",
            method = true,
            doc = "Its value before it is incremented; OutOfRangeError at the limit.")
    static Object countUpTo(Machine m, VariableValue self, long limit) {
        return VariableFunctions.countUpTo(m, self, limit, null);
    }

    @Builtin(
            value = "load",
            signature = "value, session=None",
            method = true,
            doc = "Sets its value in the session at once.")
    static void load(Machine m, VariableValue self, Object value, Object session) {
        DictValue feed = new DictValue();
        feed.put(m, Tensors.wrap(self.variable().initializer().input(1)), value);
        DefaultSession.choose(m, session, self.variable().graph(), false)
                .run(m, Tensors.wrap(self.variable().initializer()), feed);
    }

    @Builtin(value = "constraint", property = true, doc = "The function that its value passes through after each update, or None.")
    static Object constraint(Machine m, VariableValue self) {
        return TfState.of(m).constraints().getOrDefault(self.variable(), None.NONE);
    }
}
