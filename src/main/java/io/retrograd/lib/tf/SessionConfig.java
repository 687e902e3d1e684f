package io.retrograd.lib.tf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lib.tf.message.MessageValue;
import java.util.Map;
import org.tensorflow.framework.ConfigProto;

/** A {@code tf.ConfigProto} as TensorFlow's runtime reads it. */
public final class SessionConfig {
    private SessionConfig() {}

    /** The message of what a script set; fields that TensorFlow does not have are left out. None is an empty one. */
    public static ConfigProto of(Machine m, Object config) {
        MessageValue all = new MessageValue(ConfigProto.getDescriptor());
        if (config instanceof MessageValue message) {
            all.take(m, message);
        } else if (config != None.NONE) {
            fill(m, all, ((OptionsValue) config).fields());
        }
        return all.fill(ConfigProto.newBuilder()).build();
    }

    private static void fill(Machine m, MessageValue into, Map<String, Object> fields) {
        fields.forEach((name, value) -> {
            FieldDescriptor field = into.field(name);
            if (field == null) {
                return;
            }
            if (value instanceof OptionsValue inner) {
                if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()) {
                    fill(m, (MessageValue) into.get(field), inner.fields());
                }
            } else {
                into.initialize(m, name, value);
            }
        });
    }
}
