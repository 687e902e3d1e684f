package io.retrograd.lib.tf;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.None;
import java.util.ArrayList;
import java.util.List;

/** Graph objects as values of the language. */
public final class Tensors {
    private Tensors() {}

    public static TensorValue wrap(Output output) {
        return new TensorValue(output);
    }

    public static OperationValue wrap(Operation operation) {
        return new OperationValue(operation);
    }

    public static VariableValue wrap(Variable variable) {
        return new VariableValue(variable);
    }

    /** A gradient, None where there is none. */
    public static Object wrap(Gradient gradient) {
        if (gradient == null) {
            return None.NONE;
        }
        return gradient instanceof IndexedSlices rows ? new IndexedSlicesValue(rows) : wrap((Output) gradient);
    }

    /** A Python list of tensors. */
    public static ListValue wrap(List<Output> outputs) {
        List<Object> values = new ArrayList<>();
        for (Output o : outputs) {
            values.add(wrap(o));
        }
        return ListValue.of(values.toArray());
    }
}
