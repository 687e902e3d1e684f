package io.retrograd.engine;

import io.retrograd.exchange.TensorProtos;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.internal.c_api.TF_TString;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;

/** Arrays as tensors of TensorFlow's runtime, and back. Every tensor made here is the caller's to delete. */
final class Tensors {
    private Tensors() {}

    static TF_Tensor of(NdArray array) {
        NdArray a = array.compact();
        long[] dims = new long[a.rank()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = a.dim(i);
        }
        long item = a.dtype() == DType.STRING ? new TF_TString().sizeof() : a.dtype().byteSize();
        TF_Tensor t = tensorflow.TF_AllocateTensor(a.dtype().tfNumber(), dims, dims.length, item * a.size());
        Pointer data = tensorflow.TF_TensorData(t);
        if (a.size() == 0) {
            return t;
        }
        if (a.dtype() == DType.STRING) {
            TF_TString strings = new TF_TString(data);
            for (int i = 0; i < a.size(); i++) {
                byte[] bytes = (byte[]) a.getObject(i);
                TF_TString one = strings.getPointer(i);
                tensorflow.TF_StringInit(one);
                try (BytePointer source = new BytePointer(Math.max(1, bytes.length))) {
                    source.put(bytes, 0, bytes.length);
                    tensorflow.TF_StringCopy(one, source, bytes.length);
                }
            }
        } else if (a.dtype() == DType.FLOAT32) {
            new FloatPointer(data).put(a.floats(), a.offset(), a.size());
        } else {
            byte[] bytes = TensorProtos.content(a);
            new BytePointer(data).put(bytes, 0, bytes.length);
        }
        return t;
    }

    static NdArray array(TF_Tensor t) {
        int[] shape = new int[tensorflow.TF_NumDims(t)];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Math.toIntExact(tensorflow.TF_Dim(t, i));
        }
        int number = tensorflow.TF_TensorType(t);
        DType type = DType.ofTfNumber(number).orElseThrow(() -> new IllegalStateException("a tensor of type " + number));
        NdArray a = NdArray.zeros(type, shape);
        if (a.size() == 0) {
            return a;
        }
        Pointer data = tensorflow.TF_TensorData(t);
        if (type == DType.STRING) {
            TF_TString strings = new TF_TString(data);
            for (int i = 0; i < a.size(); i++) {
                TF_TString one = strings.getPointer(i);
                byte[] bytes = new byte[(int) tensorflow.TF_StringGetSize(one)];
                tensorflow.TF_StringGetDataPointer(one).get(bytes, 0, bytes.length);
                a.setObject(i, bytes);
            }
        } else if (type == DType.FLOAT32) {
            new FloatPointer(data).get(a.floats(), 0, a.size());
        } else {
            long size = tensorflow.TF_TensorByteSize(t);
            TensorProtos.fill(a, new BytePointer(data).capacity(size).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
        }
        return a;
    }
}
