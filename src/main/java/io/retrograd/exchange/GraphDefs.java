package io.retrograd.exchange;

import com.google.protobuf.ByteString;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;
import org.tensorflow.framework.VersionDef;

/** A graph as TensorFlow's GraphDef message. */
public final class GraphDefs {
    /** The version of graphs that TensorFlow 1.15 writes. */
    private static final int PRODUCER = 134;

    private GraphDefs() {}

    /** The whole graph; with the static shape of every output as {@code _output_shapes} if asked. */
    public static GraphDef of(Graph graph, boolean withShapes) {
        GraphDef.Builder def = GraphDef.newBuilder();
        for (Operation op : graph.operations()) {
            def.addNode(node(op, withShapes));
        }
        return def.setVersions(VersionDef.newBuilder().setProducer(PRODUCER)).build();
    }

    /** One operation. */
    public static NodeDef node(Operation op, boolean withShapes) {
        NodeDef.Builder node = NodeDef.newBuilder().setName(op.name()).setOp(op.type()).setDevice(op.device());
        for (Output in : op.inputs()) {
            node.addInput(in.index() == 0 ? in.operation().name() : in.name());
        }
        for (Operation before : op.controlInputs()) {
            node.addInput("^" + before.name());
        }
        for (Map.Entry<String, Object> a : new TreeMap<>(op.attributes()).entrySet()) {
            node.putAttr(a.getKey(), attribute(a.getValue()));
        }
        if (withShapes) {
            AttrValue.ListValue.Builder shapes = AttrValue.ListValue.newBuilder();
            for (Output out : op.outputs()) {
                shapes.addShape(shape(out.shape()));
            }
            node.putAttr("_output_shapes", AttrValue.newBuilder().setList(shapes).build());
        }
        return node.build();
    }

    private static AttrValue attribute(Object value) {
        AttrValue.Builder out = AttrValue.newBuilder();
        if (value instanceof List<?> list) {
            AttrValue.ListValue.Builder items = AttrValue.ListValue.newBuilder();
            for (Object item : list) {
                addTo(items, item);
            }
            return out.setList(items).build();
        }
        if (value instanceof DType t) {
            out.setType(type(t));
        } else if (value instanceof Boolean b) {
            out.setB(b);
        } else if (value instanceof Long n) {
            out.setI(n);
        } else if (value instanceof Float f) {
            out.setF(f);
        } else if (value instanceof String s) {
            out.setS(ByteString.copyFromUtf8(s));
        } else if (value instanceof Shape s) {
            out.setShape(shape(s));
        } else if (value instanceof NdArray a) {
            out.setTensor(tensor(a));
        }
        return out.build();
    }

    private static void addTo(AttrValue.ListValue.Builder list, Object item) {
        if (item instanceof DType t) {
            list.addType(type(t));
        } else if (item instanceof Boolean b) {
            list.addB(b);
        } else if (item instanceof Long n) {
            list.addI(n);
        } else if (item instanceof Float f) {
            list.addF(f);
        } else if (item instanceof String s) {
            list.addS(ByteString.copyFromUtf8(s));
        } else if (item instanceof Shape s) {
            list.addShape(shape(s));
        } else if (item instanceof NdArray a) {
            list.addTensor(tensor(a));
        }
    }

    static DataType type(DType t) {
        return DataType.forNumber(t.tfNumber());
    }

    static TensorShapeProto shape(Shape s) {
        TensorShapeProto.Builder out = TensorShapeProto.newBuilder();
        if (!s.hasRank()) {
            return out.setUnknownRank(true).build();
        }
        for (int i = 0; i < s.rank(); i++) {
            out.addDim(TensorShapeProto.Dim.newBuilder().setSize(s.dim(i)));
        }
        return out.build();
    }

    /** An array as a TensorProto: one element in its own field, several as bytes. */
    public static TensorProto tensor(NdArray a) {
        TensorProto.Builder out =
                TensorProto.newBuilder().setDtype(type(a.dtype())).setTensorShape(shape(Shape.of(a.shape())));
        if (a.dtype() == DType.STRING) {
            for (int i = 0; i < a.size(); i++) {
                out.addStringVal(ByteString.copyFrom((byte[]) a.getObject(i)));
            }
        } else if (a.size() == 1) {
            single(out, a);
        } else if (a.size() > 1) {
            out.setTensorContent(ByteString.copyFrom(bytes(a)));
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
    static byte[] bytes(NdArray a) {
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
}
