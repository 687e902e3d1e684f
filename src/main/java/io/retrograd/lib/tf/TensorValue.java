package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.TypeValue;
import java.util.ArrayList;
import java.util.List;

/** {@code tf.Tensor}: an output of an operation. Two wrappers of one output are the same object to a script. */
public final class TensorValue extends GraphPart<Output> {
    static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.framework.ops", "Tensor", TensorValueTable.TABLE);

    TensorValue(Output output) {
        super(output);
    }

    public Output output() {
        return part;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object binary(Machine m, BinaryOperator operator, Object right) {
        return TensorOperators.binary(m, operator, output(), right);
    }

    @Override
    public Object reflected(Machine m, BinaryOperator operator, Object left) {
        return TensorOperators.reflected(m, operator, left, output());
    }

    @Override
    public Object oldDivide(Machine m, Object other, boolean reflected) {
        return TensorOperators.oldDivide(m, output(), other, reflected);
    }

    @Override
    public Object unary(Machine m, UnaryOperator operator) {
        return TensorOperators.unary(m, operator, output());
    }

    @Override
    public Object compare(Machine m, CompareOperator operator, Object other) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> NotImplementedValue.NOT_IMPLEMENTED;
            default -> TensorOperators.compare(m, operator, output(), other);
        };
    }

    @Override
    public Object item(Machine m, Object key) {
        return TensorIndexing.item(m, output(), key);
    }

    @Override
    public boolean truth(Machine m) {
        throw new NnError(
                ErrorKind.OPERATOR_NOT_ALLOWED_IN_GRAPH_ERROR,
                "using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution. Use Eager execution or decorate "
                        + "this function with @tf.function.");
    }

    @Override
    public Iteration iterate(Machine m) {
        throw new NnError(
                ErrorKind.OPERATOR_NOT_ALLOWED_IN_GRAPH_ERROR,
                "iterating over `tf.Tensor` is not allowed in Graph execution. Use Eager execution or decorate this "
                        + "function with @tf.function.");
    }

    @Override
    public int length(Machine m) {
        throw NnError.type("len is not well defined for symbolic Tensors. (" + output().name()
                + ") Please call `x.shape` rather than `len(x)` for shape information.");
    }

    @Override
    public String str(Machine m) {
        return output().toString();
    }

    @Override
    public String describe(Machine m) {
        return str(m);
    }

    @Override
    public String repr(Machine m) {
        return output().toRepr();
    }

    @Builtin(value = "__abs__", method = true, doc = "The absolute values.")
    static Object abs(Machine m, TensorValue self) {
        return Tensors.wrap(MathOps.abs(self.output().graph(), self.output(), null));
    }

    @Builtin(value = "name", property = true, doc = "The tensor's name, such as 'add:0'.")
    static String name(Machine m, TensorValue self) {
        return self.output().name();
    }

    @Builtin(value = "dtype", property = true, doc = "The type of its elements.")
    static Object dtype(Machine m, TensorValue self) {
        return DTypeValue.of(self.output().dtype(), self.output().isReference());
    }

    @Builtin(value = "shape", property = true, doc = "Its static shape; unknown dimensions are ?.")
    static Object shape(Machine m, TensorValue self) {
        return new ShapeValue(self.output().shape());
    }

    @Builtin(value = "get_shape", method = true, doc = "Its static shape; unknown dimensions are ?.")
    static Object getShape(Machine m, TensorValue self) {
        return new ShapeValue(self.output().shape());
    }

    @Builtin(value = "set_shape", signature = "shape", method = true, doc = "Adds what is known of its shape.")
    static void setShape(Machine m, TensorValue self, Object shape) {
        self.output().refineShape(ShapeValue.convert(m, shape));
    }

    @Builtin(value = "op", property = true, doc = "The operation that makes it.")
    static Object op(Machine m, TensorValue self) {
        return Tensors.wrap(self.output().operation());
    }

    @Builtin(value = "graph", property = true, doc = "The graph that it belongs to.")
    static Object graph(Machine m, TensorValue self) {
        return GraphValue.of(self.output().graph());
    }

    @Builtin(value = "device", property = true, doc = "The device asked for; empty if none.")
    static String device(Machine m, TensorValue self) {
        return self.output().operation().device();
    }

    @Builtin(value = "value_index", property = true, doc = "Which output of its operation it is.")
    static long valueIndex(Machine m, TensorValue self) {
        return self.output().index();
    }

    @Builtin(value = "consumers", method = true, doc = "The operations that read it.")
    static Object consumers(Machine m, TensorValue self) {
        List<Object> all = new ArrayList<>();
        for (Operation op : self.output().graph().operations()) {
            if (op.inputs().contains(self.output())) {
                all.add(Tensors.wrap(op));
            }
        }
        return ListValue.of(all.toArray());
    }

    @Builtin(
            value = "eval",
            signature = "feed_dict=None, session=None",
            method = true,
            doc = "Its value in the session, or the default one.")
    static Object eval(Machine m, TensorValue self, Object feeds, Object session) {
        return DefaultSession.choose(m, session, self.output().graph(), true).run(m, self, feeds);
    }
}
