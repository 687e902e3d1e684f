package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.FlowContext;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;

/** Finds the tensor or operation that a script means by an object or a name: {@code Graph.as_graph_element}. */
public final class Elements {
    private Elements() {}

    /** An {@link Output} or an {@link Operation} of the graph. */
    static Object find(Machine m, Graph graph, Object value, boolean tensors, boolean operations) {
        String wanted = tensors && operations ? "Tensor or Operation" : tensors ? "Tensor" : "Operation";
        if (value instanceof String s) {
            return named(m, graph, s, tensors, operations, wanted);
        }
        Output output = value instanceof TensorValue t ? t.output()
                : value instanceof VariableValue v ? v.variable().reference() : null;
        if (output != null && tensors) {
            if (output.graph() != graph || graph.operation(output.operation().name()).orElse(null) != output.operation()) {
                throw NnError.value("Tensor " + output + " is not an element of this graph.");
            }
            return output;
        }
        if (value instanceof OperationValue o && operations) {
            if (o.operation().graph() != graph || graph.operation(o.operation().name()).orElse(null) != o.operation()) {
                throw NnError.value("Operation " + o.operation() + " is not an element of this graph.");
            }
            return o.operation();
        }
        throw NnError.type("Can not convert a " + Semantics.typeOf(value).name() + " into a " + wanted + ".");
    }

    private static Object named(
            Machine m, Graph graph, String name, boolean tensors, boolean operations, String wanted) {
        String shown = Semantics.repr(m, name);
        int colon = name.indexOf(':');
        if (colon >= 0) {
            if (!tensors) {
                throw NnError.value("Name " + shown + " appears to refer to a Tensor, not a " + wanted + ".");
            }
            String op = name.substring(0, colon);
            String index = name.substring(colon + 1);
            if (!index.matches("-?[0-9]{1,9}")) {
                throw NnError.value("The name " + shown + " looks a like a Tensor name, but is not a valid one. Tensor names "
                        + "must be of the form \"<op_name>:<output_index>\".");
            }
            String opShown = Semantics.repr(m, op);
            Operation found = graph.operation(op).orElseThrow(() -> key(m, "The name " + shown + " refers to a Tensor which "
                    + "does not exist. The operation, " + opShown + ", does not exist in the graph."));
            int i = Integer.parseInt(index);
            int at = i < 0 ? i + found.outputCount() : i;
            if (at < 0 || at >= found.outputCount()) {
                throw key(m, "The name " + shown + " refers to a Tensor which does not exist. The operation, " + opShown
                        + ", exists but only has " + found.outputCount() + " outputs.");
            }
            return found.output(at);
        }
        if (operations) {
            return graph.operation(name)
                    .orElseThrow(() -> key(m, "The name " + shown + " refers to an Operation not in the graph."));
        }
        throw NnError.value("The name " + shown
                + (graph.operation(name).isPresent()
                        ? " refers to an Operation, not a " + wanted + "."
                        : " looks like an (invalid) Operation name, not a " + wanted + ".")
                + " Tensor names must be of the form \"<op_name>:<output_index>\".");
    }

    private static NnError key(Machine m, String text) {
        return new NnError(ErrorKind.KEY_ERROR, Semantics.repr(m, text));
    }

    /** Graph objects of a collection and the like as a script sees them; what the script put there comes back as it was. */
    public static Object wrap(Object o) {
        if (o instanceof Output t) {
            return Tensors.wrap(t);
        }
        if (o instanceof Variable v) {
            return Tensors.wrap(v);
        }
        if (o instanceof Operation op) {
            return Tensors.wrap(op);
        }
        if (o instanceof byte[] bytes) {
            return new BytesValue(bytes);
        }
        if (o instanceof FlowContext flow) {
            return new FlowContextValue(flow);
        }
        return o instanceof IndexedSlices s ? new IndexedSlicesValue(s) : o;
    }

    /** The graph object behind a script's value; other values stay as they are. */
    public static Object unwrap(Object o) {
        if (o instanceof TensorValue t) {
            return t.output();
        }
        if (o instanceof VariableValue v) {
            return v.variable();
        }
        if (o instanceof OperationValue op) {
            return op.operation();
        }
        if (o instanceof BytesValue bytes) {
            return bytes.bytes();
        }
        if (o instanceof FlowContextValue flow) {
            return flow.context();
        }
        return o instanceof IndexedSlicesValue s ? s.slices() : o;
    }
}
