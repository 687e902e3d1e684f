package io.retrograd.lib.tf;

import io.retrograd.exchange.GraphDefs;
import io.retrograd.graph.Operation;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lib.tf.message.AttributeValues;
import io.retrograd.lib.tf.message.MessageText;
import io.retrograd.lib.tf.message.MessageValue;
import java.util.ArrayList;
import java.util.List;

/** {@code tf.Operation}: a node of the graph. */
public final class OperationValue extends GraphPart<Operation> {
    static final TypeValue TYPE =
            TypeValue.opaque("tensorflow.python.framework.ops", "Operation", OperationValueTable.TABLE);

    /** A script's view of an operation. */
    public OperationValue(Operation operation) {
        super(operation);
    }

    public Operation operation() {
        return part;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public String describe(Machine m) {
        return repr(m);
    }

    @Override
    public String repr(Machine m) {
        return operation().toString();
    }

    @Override
    public String str(Machine m) {
        return MessageText.of(MessageValue.of(GraphDefs.node(operation(), false)));
    }

    @Builtin(value = "name", property = true, doc = "The operation's name.")
    static String name(Machine m, OperationValue self) {
        return self.operation().name();
    }

    @Builtin(value = "type", property = true, doc = "The operation's type, such as 'MatMul'.")
    static String typeName(Machine m, OperationValue self) {
        return self.operation().type();
    }

    @Builtin(value = "device", property = true, doc = "The device asked for; empty if none.")
    static String device(Machine m, OperationValue self) {
        return self.operation().device();
    }

    @Builtin(value = "graph", property = true, doc = "The graph that it belongs to.")
    static Object graph(Machine m, OperationValue self) {
        return GraphValue.of(self.operation().graph());
    }

    @Builtin(value = "inputs", property = true, doc = "The tensors that it reads.")
    static Object inputs(Machine m, OperationValue self) {
        return Tensors.wrap(self.operation().inputs());
    }

    @Builtin(value = "outputs", property = true, doc = "The tensors that it makes.")
    static Object outputs(Machine m, OperationValue self) {
        return Tensors.wrap(self.operation().outputs());
    }

    @Builtin(value = "values", method = true, doc = "The tensors that it makes, as a list.")
    static Object values(Machine m, OperationValue self) {
        return Tensors.wrap(self.operation().outputs());
    }

    @Builtin(value = "control_inputs", property = true, doc = "The operations that run before it.")
    static Object controlInputs(Machine m, OperationValue self) {
        List<Object> all = new ArrayList<>();
        for (Operation op : self.operation().controlInputs()) {
            all.add(Tensors.wrap(op));
        }
        return ListValue.of(all.toArray());
    }

    @Builtin(value = "node_def", property = true, doc = "The operation as a NodeDef message.")
    static Object nodeDef(Machine m, OperationValue self) {
        return MessageValue.of(GraphDefs.node(self.operation(), false));
    }

    @Builtin(value = "get_attr", signature = "name", method = true, doc = "The value of an attribute.")
    static Object getAttr(Machine m, OperationValue self, String name) {
        return AttributeValues.of(self.operation(), name);
    }

    @Builtin(value = "run", signature = "feed_dict=None, session=None", method = true, doc = "Runs it in the session, or the default one.")
    static void run(Machine m, OperationValue self, Object feeds, Object session) {
        DefaultSession.choose(m, session, self.operation().graph(), false).run(m, self, feeds);
    }
}
