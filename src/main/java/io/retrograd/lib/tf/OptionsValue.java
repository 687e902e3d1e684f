package io.retrograd.lib.tf;

import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.message.MessageValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.framework.RunMetadata;

/**
 * A configuration message such as {@code tf.ConfigProto}: takes any field, gives back what was set. A field that was
 * not set is a message of its own, so that {@code config.gpu_options.allow_growth = True} works.
 */
public final class OptionsValue implements Value {
    static final TypeValue CONFIG = message("ConfigProto");
    static final TypeValue GPU = message("GPUOptions");
    static final TypeValue RUN_OPTIONS = message("RunOptions");
    static final TypeValue GRAPH_OPTIONS = message("GraphOptions");
    static final TypeValue OPTIMIZER_OPTIONS = message("OptimizerOptions");

    static final TypeValue COMPRESSION = message("TFRecordCompressionType");

    private static final Map<String, Long> CONSTANTS = Map.ofEntries(
            Map.entry("NO_TRACE", 0L), Map.entry("SOFTWARE_TRACE", 1L), Map.entry("HARDWARE_TRACE", 2L),
            Map.entry("FULL_TRACE", 3L), Map.entry("L0", -1L), Map.entry("L1", 0L), Map.entry("OFF", -1L),
            Map.entry("ON_1", 1L), Map.entry("ON_2", 2L), Map.entry("NONE", 0L), Map.entry("ZLIB", 1L), Map.entry("GZIP", 2L));

    private final TypeValue type;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private OptionsValue(TypeValue type) {
        this.type = type;
    }

    /** A message of that class with one field set. */
    public static OptionsValue of(String name, String field, Object value) {
        OptionsValue made = new OptionsValue(message(name));
        made.fields.put(field, value);
        return made;
    }

    /** An empty message for what a run tells about itself. */
    static Object runMetadata() {
        return new MessageValue(RunMetadata.getDescriptor());
    }

    /** A field that was set, else False. */
    Object get(String field) {
        return fields.getOrDefault(field, false);
    }

    Map<String, Object> fields() {
        return fields;
    }

    private static TypeValue message(String name) {
        return new TypeValue("tensorflow.core.protobuf.config_pb2", name, CoreTypes.OBJECT, null, null) {
            @Override
            public Object call(Machine m, Object[] arguments, String[] keywords) {
                OptionsValue made = new OptionsValue(this);
                int first = arguments.length - keywords.length;
                for (int i = 0; i < keywords.length; i++) {
                    made.fields.put(keywords[i], arguments[first + i]);
                }
                return made;
            }

            @Override
            public Object ownAttribute(String attribute) {
                return CONSTANTS.get(attribute);
            }
        };
    }

    @Override
    public TypeValue type() {
        return type;
    }

    @Override
    public Object attribute(Machine m, String name) {
        if (CONSTANTS.containsKey(name)) {
            return CONSTANTS.get(name);
        }
        if (name.startsWith("__")) {
            return type.attributeOf(m, this, name);
        }
        return fields.computeIfAbsent(name, k -> k.equals("device_filters") ? new ListValue() : new OptionsValue(GPU));
    }

    @Override
    public void setAttribute(Machine m, String name, Object value) {
        fields.put(name, value);
    }

    @Override
    public boolean truth(Machine m) {
        return true;
    }

    @Override
    public String repr(Machine m) {
        StringBuilder text = new StringBuilder();
        fields.forEach((k, v) -> {
            if (v instanceof OptionsValue inner) {
                text.append(k).append(" {\n  ").append(inner.repr(m).stripTrailing().replace("\n", "\n  ")).append("\n}\n");
            } else {
                text.append(k).append(": ")
                        .append(Semantics.str(m, v).toLowerCase(Locale.ROOT)).append('\n');
            }
        });
        return text.toString();
    }
}
