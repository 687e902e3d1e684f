package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.nio.charset.StandardCharsets;

/** A numpy array or scalar as an operand: it keeps its type unless another is asked for, then it is cast unchecked. */
record ArrayOperand(Machine machine, ArrayLike value) implements Operand {

    @Override
    public Output toOutput(Graph graph, DType wanted, DType preferred, String name) {
        NdArray array = toTensorArray(value.array());
        DType target = wanted != null ? wanted : preferred != null && preferred.isNumeric() && array.dtype().isNumeric()
                ? preferred
                : array.dtype();
        if (wanted != null && wanted != array.dtype() && (wanted == DType.STRING || array.dtype() == DType.STRING)) {
            throw NnError.type("Expected " + wanted.tfName() + ", got " + describeValue() + " of type '" + describeType()
                    + "' instead.");
        }
        // The constant is the graph's own: the script may change its array afterwards.
        return graph.constant(array.astype(target).copy(), name);
    }

    /** numpy's text arrays become TensorFlow's byte strings. */
    static NdArray toTensorArray(NdArray array) {
        if (array.dtype() != DType.UNICODE && array.dtype() != DType.OBJECT) {
            return array;
        }
        Object[] bytes = new Object[array.size()];
        for (int i = 0; i < bytes.length; i++) {
            Object element = array.getObject(i);
            if (element instanceof String s) {
                bytes[i] = s.getBytes(StandardCharsets.UTF_8);
            } else if (element instanceof byte[] b) {
                bytes[i] = b;
            } else {
                throw NnError.value("Failed to convert a NumPy array to a Tensor (Unsupported object type).");
            }
        }
        return NdArray.wrap(DType.STRING, bytes, array.shape());
    }

    @Override
    public String describeValue() {
        return Semantics.repr(machine, value);
    }

    @Override
    public String describeType() {
        return value.type().name();
    }
}
