package io.retrograd.lib.tf.message;

import com.google.protobuf.Message;
import io.retrograd.error.NnError;
import io.retrograd.exchange.TensorProtos;
import io.retrograd.graph.Operation;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lib.tf.DTypeValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An operation's attribute as {@code Operation.get_attr} answers it. */
public final class AttributeValues {
    private AttributeValues() {}

    /** An operation's attribute as Python has it; ValueError if there is none of that name. */
    public static Object of(Operation op, String name) {
        Object value = op.attributes().get(name);
        if (value == null || name.equals("_host_function")) {
            throw NnError.value("Operation '" + op.name() + "' has no attr named '" + name + "'.");
        }
        return script(value);
    }

    private static Object script(Object value) {
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(x -> items.add(script(x)));
            return ListValue.of(items.toArray());
        }
        if (value instanceof DType t) {
            return DTypeValue.of(t);
        }
        if (value instanceof Float f) {
            return (double) f;
        }
        if (value instanceof String s) {
            return new BytesValue(s.getBytes(StandardCharsets.UTF_8));
        }
        if (value instanceof Shape s) {
            return MessageValue.of(TensorProtos.shape(s));
        }
        if (value instanceof NdArray a) {
            return MessageValue.of(TensorProtos.of(a));
        }
        return value instanceof Message kept ? MessageValue.of(kept) : value;
    }
}
