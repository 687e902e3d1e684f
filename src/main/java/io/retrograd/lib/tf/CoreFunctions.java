package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.Allocation;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where values enter the graph: constants, placeholders, conversions. */
final class CoreFunctions {
    private CoreFunctions() {}

    @Builtin(
            value = "constant",
            signature = "value, dtype=None, shape=None, name='Const', verify_shape=False",
            doc = "A tensor with a fixed value; the last element is repeated to fill a shape that is larger.",
            example = "tf.constant([[1.0, 2.0], [3.0, 4.0]])")
    static Object constant(Machine m, Object value, Object dtype, Object shape, String name, boolean verify) {
        DType wanted = dtype == None.NONE ? null : DTypeValue.convert(m, dtype);
        if (Operands.isTensor(value)) {
            throw NnError.type("List of Tensors when single Tensor expected");
        }
        NdArray array = value instanceof ArrayLike a
                ? cast(ArrayOperand.toTensorArray(a.array()), wanted)
                : PythonArrays.convert(m, value, wanted);
        if (shape != None.NONE) {
            Shape to = ShapeValue.convert(m, shape);
            if (verify && !Shape.of(array.shape()).equals(to)) {
                throw NnError.type("Expected Tensor's shape: " + to + ", got " + Shape.of(array.shape()) + ".");
            }
            array = fill(array, to);
        }
        return Tensors.wrap(TfState.of(m).graph().constant(array.copy(), name == null ? "Const" : name));
    }

    private static NdArray cast(NdArray array, DType wanted) {
        return wanted == null ? array : array.astype(wanted);
    }

    private static NdArray fill(NdArray array, Shape to) {
        long n = to.numElements();
        if (array.size() > n) {
            throw NnError.value("Too many elements provided. Needed at most " + n + ", but received " + array.size());
        }
        if (array.size() == n) {
            return array.reshape(to.toInts());
        }
        if (array.size() == 0) {
            throw NnError.value("Cannot fill a shape of " + n + " elements from none");
        }
        NdArray whole = NdArray.zeros(Allocation.TENSORFLOW, array.dtype(), to.toLongs());
        for (int i = 0; i < n; i++) {
            int from = Math.min(i, array.size() - 1);
            if (array.dtype().isReference()) {
                whole.setObject(i, array.getObject(from));
            } else if (array.dtype().isInteger()) {
                whole.setLong(i, array.getLong(from));
            } else {
                whole.setDouble(i, array.getDouble(from));
            }
        }
        return whole;
    }

    @Builtin(
            value = "placeholder",
            signature = "dtype, shape=None, name=None",
            doc = "A tensor whose value is fed at each run; None stands for a dimension that may vary.",
            example = "x = tf.placeholder(tf.float32, [None, 2])")
    static Object placeholder(Machine m, Object dtype, Object shape, String name) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("dtype", DTypeValue.convert(m, dtype));
        attributes.put("shape", ShapeValue.convert(m, shape));
        return make(m, "Placeholder", name, List.of(), attributes);
    }

    @Builtin(
            value = "placeholder_with_default",
            signature = "input, shape, name=None",
            doc = "A tensor that passes its input on unless another value is fed.",
            shapes = "the shape of its operand stays",
            gradient = "dinput = dy")
    static Object placeholderWithDefault(Machine m, Object input, Object shape, String name) {
        return Tensors.wrap(TfState.of(m).graph().op("PlaceholderWithDefault").name(name)
                .input(Operands.of(m, input)).attr("shape", ShapeValue.convert(m, shape)).output());
    }

    private static Object make(Machine m, String type, String name, List<Output> inputs, Map<String, Object> attributes) {
        Graph g = TfState.of(m).graph();
        return Tensors.wrap(g.add(name == null ? type : name, g.definition(type), inputs, attributes).output(0));
    }

    @Builtin(
            value = "convert_to_tensor",
            signature = "value, dtype=None, name=None, preferred_dtype=None, dtype_hint=None",
            doc = "The value as a tensor; a tensor is returned as it is.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy")
    static Object convertToTensor(Machine m, Object value, Object dtype, String name, Object preferred, Object hint) {
        DType wanted = dtype == None.NONE ? null : DTypeValue.convert(m, dtype);
        Object liked = preferred == None.NONE ? hint : preferred;
        DType likes = liked == None.NONE ? null : DTypeValue.convert(m, liked);
        Operand operand = Operands.of(m, value);
        return Tensors.wrap(operand.toOutput(TfState.of(m).graph(), wanted, likes, name == null ? "Const" : name));
    }

    @Builtin(value = "identity", signature = "input, name=None", doc = "A tensor of the same value.",
            shapes = "the shape of its operand stays", gradient = "dx = dy")
    static Object identity(Machine m, Object input, String name) {
        return Tensors.wrap(TfState.of(m).graph().op("Identity").name(name).input(Operands.of(m, input)).output());
    }

    @Builtin(
            value = "stop_gradient",
            signature = "input, name=None",
            doc = "The same value, through which no gradient flows back.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object stopGradient(Machine m, Object input, String name) {
        return Tensors.wrap(TfState.of(m).graph().op("StopGradient").name(name).input(Operands.of(m, input)).output());
    }

    @Builtin(value = "as_dtype", signature = "type_value", doc = "The tf type that a name or a numpy type stands for.")
    static Object asDtype(Machine m, Object value) {
        return DTypeValue.of(DTypeValue.convert(m, value));
    }

    @Builtin(
            value = {"set_random_seed", "random.set_random_seed"},
            signature = "seed",
            doc = "Sets the seed of the default graph: random operations made from then on derive theirs from it.")
    static void setRandomSeed(Machine m, Object seed) {
        TfState.of(m).graph().seed(seed == None.NONE ? null : Semantics.index(m, seed));
    }
}
