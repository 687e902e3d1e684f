package io.retrograd.exchange;

import com.google.protobuf.ByteString;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;

/** Attributes of operations as TensorFlow's AttrValue, both ways. What has no form here is kept as its message. */
final class Attributes {
    private Attributes() {}

    /** The message; empty for what belongs to this process alone, such as a script's function. */
    static Optional<AttrValue> message(Object value) {
        AttrValue.Builder out = AttrValue.newBuilder();
        if (value instanceof AttrValue kept) {
            return Optional.of(kept);
        }
        if (value instanceof List<?> list) {
            AttrValue.ListValue.Builder items = AttrValue.ListValue.newBuilder();
            for (Object item : list) {
                addTo(items, item);
            }
            return Optional.of(out.setList(items).build());
        }
        if (value instanceof DType t) {
            out.setType(TensorProtos.type(t));
        } else if (value instanceof Boolean b) {
            out.setB(b);
        } else if (value instanceof Long n) {
            out.setI(n);
        } else if (value instanceof Float f) {
            out.setF(f);
        } else if (value instanceof String s) {
            out.setS(ByteString.copyFromUtf8(s));
        } else if (value instanceof Shape s) {
            out.setShape(TensorProtos.shape(s));
        } else if (value instanceof NdArray a) {
            out.setTensor(TensorProtos.of(a));
        } else {
            return Optional.empty();
        }
        return Optional.of(out.build());
    }

    private static void addTo(AttrValue.ListValue.Builder list, Object item) {
        if (item instanceof DType t) {
            list.addType(TensorProtos.type(t));
        } else if (item instanceof Boolean b) {
            list.addB(b);
        } else if (item instanceof Long n) {
            list.addI(n);
        } else if (item instanceof Float f) {
            list.addF(f);
        } else if (item instanceof String s) {
            list.addS(ByteString.copyFromUtf8(s));
        } else if (item instanceof Shape s) {
            list.addShape(TensorProtos.shape(s));
        } else if (item instanceof NdArray a) {
            list.addTensor(TensorProtos.of(a));
        }
    }

    /** The attribute of a message. */
    static Object value(AttrValue a) {
        switch (a.getValueCase()) {
            case S:
                return a.getS().isValidUtf8() ? a.getS().toStringUtf8() : a;
            case I:
                return a.getI();
            case F:
                return a.getF();
            case B:
                return a.getB();
            case TYPE:
                Optional<DType> type = TensorProtos.type(a.getTypeValue());
                return type.isPresent() ? type.get() : a;
            case SHAPE:
                return TensorProtos.shape(a.getShape());
            case TENSOR:
                return TensorProtos.type(a.getTensor().getDtypeValue()).isPresent() ? TensorProtos.array(a.getTensor()) : a;
            case LIST:
                return list(a);
            default:
                return a;
        }
    }

    private static Object list(AttrValue a) {
        AttrValue.ListValue l = a.getList();
        List<Object> items = new ArrayList<>();
        for (ByteString s : l.getSList()) {
            items.add(s.toStringUtf8());
        }
        items.addAll(l.getIList());
        items.addAll(l.getFList());
        items.addAll(l.getBList());
        for (DataType t : l.getTypeList()) {
            Optional<DType> type = TensorProtos.type(t.getNumber());
            if (type.isEmpty()) {
                return a;
            }
            items.add(type.get());
        }
        for (TensorShapeProto s : l.getShapeList()) {
            items.add(TensorProtos.shape(s));
        }
        for (TensorProto t : l.getTensorList()) {
            items.add(TensorProtos.array(t));
        }
        return l.getFuncCount() > 0 ? a : items;
    }
}
