package io.retrograd.exchange;

import com.google.protobuf.ByteString;
import io.retrograd.error.NnError;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;

/** Arrays, shapes and element types as TensorFlow's messages, both ways. */
public final class TensorProtos {
    private TensorProtos() {}

    public static DataType type(DType t) {
        return DataType.forNumber(t.tfNumber());
    }

    /** The type of that message, a reference's as its values'; empty for one that is not known here. */
    static Optional<DType> type(int number) {
        return DType.ofTfNumber(number);
    }

    public static TensorShapeProto shape(Shape s) {
        TensorShapeProto.Builder out = TensorShapeProto.newBuilder();
        if (!s.hasRank()) {
            return out.setUnknownRank(true).build();
        }
        for (int i = 0; i < s.rank(); i++) {
            out.addDim(TensorShapeProto.Dim.newBuilder().setSize(s.dim(i)));
        }
        return out.build();
    }

    public static Shape shape(TensorShapeProto s) {
        return s.getUnknownRank()
                ? Shape.unknown()
                : Shape.ofLongs(s.getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize).toArray());
    }

    /** An array: one element in its own field, several as bytes. */
    public static TensorProto of(NdArray a) {
        TensorProto.Builder out =
                TensorProto.newBuilder().setDtype(type(a.dtype())).setTensorShape(shape(Shape.of(a.shape())));
        if (a.dtype() == DType.STRING) {
            for (int i = 0; i < a.size(); i++) {
                out.addStringVal(ByteString.copyFrom((byte[]) a.getObject(i)));
            }
        } else if (a.size() == 1) {
            single(out, a);
        } else if (a.size() > 1) {
            out.setTensorContent(ByteString.copyFrom(content(a)));
        }
        return out.build();
    }

    private static void single(TensorProto.Builder out, NdArray a) {
        switch (a.dtype()) {
            case FLOAT32 -> out.addFloatVal(a.getFloat(0));
            case FLOAT64 -> out.addDoubleVal(a.getDouble(0));
            case INT64 -> out.addInt64Val(a.getLong(0));
            case BOOL -> out.addBoolVal(a.getBoolean(0));
            case FLOAT16 -> out.addHalfVal(Half.toBits(a.getFloat(0)) & 0xffff);
            case COMPLEX64 -> out.addScomplexVal(a.getFloat(0)).addScomplexVal((float) a.getImaginary(0));
            case COMPLEX128 -> out.addDcomplexVal(a.getDouble(0)).addDcomplexVal(a.getImaginary(0));
            default -> out.addIntVal(a.getInt(0));
        }
    }

    /** The elements in row-major order, little-endian. */
    public static byte[] content(NdArray a) {
        ByteBuffer b = ByteBuffer.allocate(a.size() * a.dtype().byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < a.size(); i++) {
            switch (a.dtype()) {
                case FLOAT32 -> b.putFloat(a.getFloat(i));
                case FLOAT64 -> b.putDouble(a.getDouble(i));
                case INT32 -> b.putInt(a.getInt(i));
                case INT64 -> b.putLong(a.getLong(i));
                case BOOL -> b.put((byte) (a.getBoolean(i) ? 1 : 0));
                case FLOAT16 -> b.putShort(Half.toBits(a.getFloat(i)));
                case INT8, UINT8 -> b.put((byte) a.getLong(i));
                case COMPLEX64 -> b.putFloat(a.getFloat(i)).putFloat((float) a.getImaginary(i));
                case COMPLEX128 -> b.putDouble(a.getDouble(i)).putDouble(a.getImaginary(i));
                default -> b.putShort((short) a.getLong(i));
            }
        }
        return b.array();
    }

    /**
     * The array of a message. Where it holds fewer elements than its shape, the last one stands for the rest.
     *
     * @throws NnError ValueError for an element type that is not known here, or content that does not fit the shape
     */
    public static NdArray array(TensorProto t) {
        DType type = type(t.getDtypeValue()).orElseThrow(
                () -> NnError.value("A tensor of type " + t.getDtype().name() + " cannot be read here"));
        int[] shape = shape(t.getTensorShape()).toInts();
        if (Arrays.stream(shape).anyMatch(d -> d < 0)) {
            throw NnError.invalidArgument("Shape " + shape(t.getTensorShape()) + " has negative dimensions");
        }
        NdArray out = NdArray.zeros(type, shape);
        int n = out.size();
        if (type == DType.STRING) {
            for (int i = 0; i < n; i++) {
                int last = t.getStringValCount() - 1;
                out.setObject(i, last < 0 ? new byte[0] : t.getStringVal(Math.min(i, last)).toByteArray());
            }
            return out;
        }
        if (!t.getTensorContent().isEmpty()) {
            fill(out, t.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
            return out;
        }
        int last = count(t, type) - 1;
        for (int i = 0; i < n && last >= 0; i++) {
            set(out, i, t, Math.min(i, last));
        }
        return out;
    }

    /** Reads elements in row-major order from a little-endian buffer; ValueError where it has not as many. */
    public static void fill(NdArray out, ByteBuffer b) {
        if (b.remaining() != (long) out.size() * out.dtype().byteSize()) {
            throw NnError.value("The content of a tensor of type " + out.dtype().tfName() + " and shape " + Shape.of(out.shape())
                    + " has " + b.remaining() + " bytes");
        }
        for (int i = 0; i < out.size(); i++) {
            switch (out.dtype()) {
                case FLOAT32 -> out.floats()[i] = b.getFloat();
                case FLOAT64 -> out.doubles()[i] = b.getDouble();
                case FLOAT16 -> out.floats()[i] = Half.fromBits(b.getShort());
                case INT32, UINT32 -> out.setLong(i, b.getInt());
                case INT64, UINT64 -> out.setLong(i, b.getLong());
                case BOOL -> out.setLong(i, b.get() == 0 ? 0 : 1);
                case INT8, UINT8 -> out.setLong(i, b.get());
                case COMPLEX64 -> out.setComplex(i, b.getFloat(), b.getFloat());
                case COMPLEX128 -> out.setComplex(i, b.getDouble(), b.getDouble());
                default -> out.setLong(i, b.getShort());
            }
        }
    }

    private static int count(TensorProto t, DType type) {
        return switch (type) {
            case FLOAT32 -> t.getFloatValCount();
            case FLOAT64 -> t.getDoubleValCount();
            case FLOAT16 -> t.getHalfValCount();
            case INT64 -> t.getInt64ValCount();
            case UINT32 -> t.getUint32ValCount();
            case UINT64 -> t.getUint64ValCount();
            case BOOL -> t.getBoolValCount();
            case COMPLEX64 -> t.getScomplexValCount() / 2;
            case COMPLEX128 -> t.getDcomplexValCount() / 2;
            case RESOURCE, VARIANT -> 0;
            default -> t.getIntValCount();
        };
    }

    private static void set(NdArray out, int i, TensorProto t, int from) {
        switch (out.dtype()) {
            case FLOAT32 -> out.floats()[i] = t.getFloatVal(from);
            case FLOAT64 -> out.doubles()[i] = t.getDoubleVal(from);
            case FLOAT16 -> out.floats()[i] = Half.fromBits((short) t.getHalfVal(from));
            case INT64 -> out.setLong(i, t.getInt64Val(from));
            case UINT32 -> out.setLong(i, t.getUint32Val(from));
            case UINT64 -> out.setLong(i, t.getUint64Val(from));
            case BOOL -> out.setLong(i, t.getBoolVal(from) ? 1 : 0);
            case COMPLEX64 -> out.setComplex(i, t.getScomplexVal(2 * from), t.getScomplexVal(2 * from + 1));
            case COMPLEX128 -> out.setComplex(i, t.getDcomplexVal(2 * from), t.getDcomplexVal(2 * from + 1));
            default -> out.setLong(i, t.getIntVal(from));
        }
    }
}
