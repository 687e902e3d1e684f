package io.retrograd.lib.tf.message;

import com.google.protobuf.InvalidProtocolBufferException;
import io.retrograd.error.NnError;
import io.retrograd.exchange.TensorProtos;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Graph;
import io.retrograd.kernel.Blocks;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.lib.tf.DTypeValue;
import io.retrograd.lib.tf.Dims;
import io.retrograd.lib.tf.NumpyBridge;
import io.retrograd.lib.tf.Operands;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.TfState;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import org.tensorflow.framework.TensorProto;

/** Arrays as TensorProto messages and back, and the values of tensors that the graph alone tells. */
final class ProtoFunctions {
    private ProtoFunctions() {}

    @Builtin(
            value = {"make_tensor_proto", "contrib.util.make_tensor_proto"},
            signature = "values, dtype=None, shape=None, verify_shape=False, allow_broadcast=False",
            doc = "The values as a TensorProto; the last one fills what a larger shape leaves.")
    static Object makeTensorProto(Machine m, Object values, Object dtype, Object shape, boolean verify, boolean broadcast) {
        if (values instanceof MessageValue already && already.message() instanceof TensorProto) {
            return already;
        }
        NdArray array = array(m, values, dtype == None.NONE ? null : DTypeValue.convert(m, dtype));
        if (shape == None.NONE) {
            return MessageValue.of(TensorProtos.of(array));
        }
        Shape wanted = Dims.known(m, shape);
        int[] dims = wanted.toInts();
        if (verify && !Arrays.equals(dims, array.shape())) {
            throw NnError.type("Expected Tensor's shape: " + wanted + ", got " + array.staticShape() + ".");
        }
        long size = 1;
        for (int d : dims) {
            size *= d;
        }
        if (array.size() > size || array.size() == 0 && size > 0) {
            throw NnError.value("Too many elements provided. Needed at most " + size + ", but received " + array.size());
        }
        NdArray source = array.compact();
        NdArray filled = source;
        if (array.size() < size) {
            filled = NdArray.zeros(array.dtype(), dims);
            for (int i = 0; i < filled.size(); i++) {
                Blocks.copy(source, Math.min(i, source.size() - 1), filled, i, 1);
            }
        }
        return MessageValue.of(TensorProtos.of(filled.reshape(dims)));
    }

    /** What {@code tf.constant} makes of the values; a graph of its own keeps the script's as it is. */
    private static NdArray array(Machine m, Object values, DType wanted) {
        Graph apart = new Graph(TfState.of(m).operations());
        return ConstantValue.of(Operands.of(m, values).toOutput(apart, wanted, null, "values"))
                .orElseThrow(() -> NnError.type("List of Tensors when single Tensor expected"));
    }

    @Builtin(value = {"make_ndarray", "contrib.util.make_ndarray"}, signature = "tensor", doc = "The array that a TensorProto holds.")
    static Object makeNdarray(Machine m, Object tensor) {
        if (!(tensor instanceof MessageValue message) || !message.message().getDescriptorForType().getFullName().equals("tensorflow.TensorProto")) {
            throw NnError.type("make_ndarray takes a TensorProto");
        }
        try {
            NdArray array = TensorProtos.array(TensorProto.parseFrom(message.message().toByteString()));
            Object result = NumpyBridge.result(array);
            return result instanceof ArrayLike ? new ArrayValue(array) : result;
        } catch (InvalidProtocolBufferException damaged) {
            throw NnError.value(damaged.getMessage());
        }
    }

    @Builtin(
            value = {"get_static_value", "contrib.util.constant_value"},
            signature = "tensor, partial=False",
            doc = "The tensor's value if the graph alone tells it, else None.")
    static Object constantValue(Machine m, Object tensor, Object partial) {
        if (!(tensor instanceof TensorValue t)) {
            return tensor;
        }
        return ConstantValue.of(t.output()).map(NumpyBridge::result).orElse(None.NONE);
    }
}
