package io.retrograd.lib.tf.cluster;

import io.retrograd.graph.DeviceSpec;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** What {@code Session.list_devices} says of a device. */
public record DeviceAttributes(String device) implements Value {
    static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.client.session", "_DeviceAttributes", null);

    /** What TensorFlow allows itself on a processor by default, in bytes. */
    private static final long MEMORY = 268435456;

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private String kind() {
        String type = DeviceSpec.parse(device).type();
        return type == null ? "" : type;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "name" -> device;
            case "device_type" -> kind();
            case "memory_limit_bytes" -> MEMORY;
            default -> Value.super.attribute(m, name);
        };
    }

    @Override
    public String repr(Machine m) {
        return "_DeviceAttributes(" + device + ", " + kind() + ", " + MEMORY + ")";
    }
}
