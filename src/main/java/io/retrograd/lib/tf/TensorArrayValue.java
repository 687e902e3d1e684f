package io.retrograd.lib.tf;

import io.retrograd.graph.Output;
import io.retrograd.graph.build.TensorArray;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** {@code tf.TensorArray}. */
final class TensorArrayValue implements Value, Structure.Leaf {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.ops.tensor_array_ops",
            "TensorArray",
            CoreTypes.OBJECT,
            TensorArrayValueTable.TABLE,
            (m, a, k) -> LoopFunctionsTable.TABLE.find("TensorArray").callAs(m, "__init__", a, k));

    private final TensorArray array;

    TensorArrayValue(TensorArray array) {
        this.array = array;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Output tensor() {
        return array.flow();
    }

    @Override
    public Object with(Output flow) {
        return new TensorArrayValue(array.with(flow));
    }

    @Builtin(value = "flow", property = true, doc = "The tensor that orders what is done to the array.")
    static Object flow(Machine m, TensorArrayValue self) {
        return Tensors.wrap(self.array.flow());
    }

    @Builtin(value = "handle", property = true, doc = "The tensor that stands for the array.")
    static Object handle(Machine m, TensorArrayValue self) {
        return Tensors.wrap(self.array.handle());
    }

    @Builtin(value = "dtype", property = true, doc = "The type of its elements.")
    static Object dtype(Machine m, TensorArrayValue self) {
        return DTypeValue.of(self.array.dtype());
    }

    @Builtin(value = "element_shape", property = true, doc = "What is known of its elements' shape.")
    static Object elementShape(Machine m, TensorArrayValue self) {
        return new ShapeValue(self.array.elementShape());
    }

    @Builtin(value = "read", signature = "index, name=None", method = true, doc = "The element at the index.")
    static Object read(Machine m, TensorArrayValue self, Object index, String name) {
        return Tensors.wrap(self.array.read(Operands.of(m, index), name));
    }

    @Builtin(
            value = "write",
            signature = "index, value, name=None",
            method = true,
            doc = "The array after the value was written at the index.")
    static Object write(Machine m, TensorArrayValue self, Object index, Object value, String name) {
        return new TensorArrayValue(self.array.write(Operands.of(m, index), Operands.of(m, value), name));
    }

    @Builtin(value = {"stack", "pack"}, signature = "name=None", method = true, doc = "All elements as one tensor.")
    static Object stack(Machine m, TensorArrayValue self, String name) {
        return Tensors.wrap(self.array.stack(name));
    }

    @Builtin(value = "gather", signature = "indices, name=None", method = true, doc = "Some elements as one tensor.")
    static Object gather(Machine m, TensorArrayValue self, Object indices, String name) {
        return Tensors.wrap(self.array.gather(Operands.of(m, indices), name));
    }

    @Builtin(
            value = {"unstack", "unpack"},
            signature = "value, name=None",
            method = true,
            doc = "The array after the parts of a tensor were written to it.")
    static Object unstack(Machine m, TensorArrayValue self, Object value, String name) {
        return new TensorArrayValue(self.array.unstack(Operands.of(m, value), name));
    }

    @Builtin(
            value = "scatter",
            signature = "indices, value, name=None",
            method = true,
            doc = "The array after the parts of a tensor were written at the indices.")
    static Object scatter(Machine m, TensorArrayValue self, Object indices, Object value, String name) {
        return new TensorArrayValue(self.array.scatter(Operands.of(m, indices), Operands.of(m, value), name));
    }

    @Builtin(value = "concat", signature = "name=None", method = true, doc = "All elements one after the other.")
    static Object concat(Machine m, TensorArrayValue self, String name) {
        return Tensors.wrap(self.array.concat(name));
    }

    @Builtin(
            value = "split",
            signature = "value, lengths, name=None",
            method = true,
            doc = "The array after runs of rows of a tensor were written to it.")
    static Object split(Machine m, TensorArrayValue self, Object value, Object lengths, String name) {
        return new TensorArrayValue(self.array.split(Operands.of(m, value), Operands.of(m, lengths), name));
    }

    @Builtin(value = "size", signature = "name=None", method = true, doc = "How many elements it has.")
    static Object size(Machine m, TensorArrayValue self, String name) {
        return Tensors.wrap(self.array.size(name));
    }

    @Builtin(value = "close", signature = "name=None", method = true, doc = "The operation that frees it.")
    static Object close(Machine m, TensorArrayValue self, String name) {
        return Tensors.wrap(self.array.close(name));
    }

    @Builtin(value = "identity", method = true, doc = "The same array.")
    static Object identity(Machine m, TensorArrayValue self) {
        return new TensorArrayValue(self.array.identity());
    }
}
