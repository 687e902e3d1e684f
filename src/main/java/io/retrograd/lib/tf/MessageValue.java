package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.ExampleMessage;
import io.retrograd.format.ExampleMessage.Feature;
import io.retrograd.format.ExampleMessage.Kind;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code tf.train.Example} and the messages that it is made of, as scripts build and read them: {@code Features},
 * {@code Feature}, {@code BytesList}, {@code FloatList}, {@code Int64List}. A field that was not set is an empty message.
 */
final class MessageValue implements Value {
    static final TypeValue EXAMPLE = new MessageType("Example", "features");
    static final TypeValue FEATURES = new MessageType("Features", "feature");
    static final TypeValue FEATURE = new MessageType("Feature", "bytes_list", "float_list", "int64_list");
    static final TypeValue BYTES_LIST = new MessageType("BytesList", "value");
    static final TypeValue FLOAT_LIST = new MessageType("FloatList", "value");
    static final TypeValue INT64_LIST = new MessageType("Int64List", "value");

    private final MessageType type;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private MessageValue(MessageType type) {
        this.type = type;
    }

    /** A message class: its fields and how it is called. */
    private static final class MessageType extends TypeValue {
        private final List<String> names;

        MessageType(String name, String... names) {
            super("tensorflow.core.example", name, CoreTypes.OBJECT, MessageValueTable.TABLE, null);
            this.names = List.of(names);
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            if (arguments.length > keywords.length) {
                throw NnError.type("No positional arguments allowed");
            }
            MessageValue made = new MessageValue(this);
            for (int i = 0; i < keywords.length; i++) {
                if (!names.contains(keywords[i])) {
                    throw NnError.value("Protocol message " + name() + " has no \"" + keywords[i] + "\" field.");
                }
                if (arguments[i] != None.NONE) {
                    made.set(m, keywords[i], arguments[i]);
                }
            }
            return made;
        }
    }

    /** A list of one kind of element, checked as it grows. */
    private static final class Elements extends ListValue {
        private final Kind kind;
        private final Machine machine;

        Elements(Machine m, Kind kind) {
            this.machine = m;
            this.kind = kind;
        }

        @Override
        public void add(Object value) {
            super.add(checked(value));
        }

        @Override
        public void addAll(Object... values) {
            for (Object each : values) {
                add(each);
            }
        }

        @Override
        public void insert(int at, Object value) {
            super.insert(at, checked(value));
        }

        @Override
        public void set(int i, Object value) {
            super.set(i, checked(value));
        }

        private Object checked(Object value) {
            switch (kind) {
                case BYTES -> {
                    if (value instanceof BytesValue) {
                        return value;
                    }
                }
                case FLOAT -> {
                    if (!(value instanceof String) && !(value instanceof BytesValue)) {
                        return (double) (float) Semantics.real(machine, value);
                    }
                }
                default -> {
                    boolean whole = value instanceof Long || value instanceof Boolean
                            || value instanceof Value v && !(v instanceof BytesValue) && v.asIndex(machine) != null;
                    if (whole) {
                        return Semantics.index(machine, value);
                    }
                }
            }
            String expected = kind == Kind.BYTES ? "bytes" : kind == Kind.FLOAT ? "numbers.Real" : "int, long";
            throw NnError.type(Semantics.repr(machine, value) + " has type " + Semantics.typeOf(value).name()
                    + ", but expected one of: " + expected);
        }
    }

    /** The features by name; a name that is not there is given an empty feature. */
    private static final class FeatureMap extends DictValue {
        @Override
        protected Object missing(Machine m, Object key) {
            MessageValue made = new MessageValue((MessageType) FEATURE);
            put(m, key, made);
            return made;
        }
    }

    private Kind kind() {
        return type == BYTES_LIST ? Kind.BYTES : type == FLOAT_LIST ? Kind.FLOAT : Kind.INT64;
    }

    private Object get(Machine m, String name) {
        return fields.computeIfAbsent(name, k -> switch (name) {
            case "features" -> new MessageValue((MessageType) FEATURES);
            case "feature" -> new FeatureMap();
            case "bytes_list" -> new MessageValue((MessageType) BYTES_LIST);
            case "float_list" -> new MessageValue((MessageType) FLOAT_LIST);
            case "int64_list" -> new MessageValue((MessageType) INT64_LIST);
            default -> new Elements(m, kind());
        });
    }

    private void set(Machine m, String name, Object value) {
        switch (name) {
            case "value" -> {
                Elements elements = new Elements(m, kind());
                elements.addAll(Semantics.elements(m, value));
                fields.put(name, elements);
            }
            case "feature" -> {
                FeatureMap map = new FeatureMap();
                if (!(value instanceof DictValue dict)) {
                    throw NnError.type("Parameter to MergeFrom() must be instance of same class: expected dict of Feature, got "
                            + Semantics.typeOf(value).name() + ".");
                }
                for (Object key : dict.keyArray()) {
                    Object feature = dict.get(m, key);
                    if (!(feature instanceof MessageValue f) || f.type != FEATURE) {
                        throw wrongClass("Feature", feature);
                    }
                    map.put(m, key, feature);
                }
                fields.put(name, map);
            }
            default -> {
                TypeValue wanted = ((MessageValue) new MessageValue(type).get(m, name)).type;
                if (!(value instanceof MessageValue v) || v.type != wanted) {
                    throw wrongClass(wanted.name(), value);
                }
                if (type == FEATURE) {
                    fields.clear();
                }
                fields.put(name, value);
            }
        }
    }

    private static NnError wrongClass(String wanted, Object value) {
        return NnError.type("Parameter to MergeFrom() must be instance of same class: expected tensorflow." + wanted + " got "
                + Semantics.typeOf(value).name() + ".");
    }

    @Override
    public TypeValue type() {
        return type;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return type.names.contains(name) ? get(m, name) : type.attributeOf(m, this, name);
    }

    @Override
    public void setAttribute(Machine m, String name, Object value) {
        throw NnError.attribute(type.names.contains(name)
                ? "Assignment not allowed to composite field \"" + name + "\" in protocol message object."
                : "Assignment not allowed (no field \"" + name + "\" in protocol message object).");
    }

    @Override
    public boolean sameAs(Object other) {
        return other instanceof MessageValue v && v.type == type && java.util.Arrays.equals(bytes(), v.bytes());
    }

    private Feature list() {
        List<Object> values = new ArrayList<>();
        if (fields.get("value") instanceof Elements elements) {
            for (int i = 0; i < elements.size(); i++) {
                Object each = elements.get(i);
                values.add(each instanceof BytesValue b ? b.bytes() : kind() == Kind.FLOAT ? (Object) ((Double) each).floatValue() : each);
            }
        }
        return new Feature(kind(), values);
    }

    /** The list that is set: the last one filled. */
    private Feature feature() {
        Feature found = new Feature(Kind.NONE, List.of());
        for (String name : type.names) {
            if (fields.get(name) instanceof MessageValue v && (found.values().isEmpty() || !v.list().values().isEmpty())) {
                found = v.list();
            }
        }
        return found;
    }

    private Map<String, Feature> features() {
        Map<String, Feature> all = new LinkedHashMap<>();
        if (type == EXAMPLE) {
            return fields.get("features") instanceof MessageValue f ? f.features() : all;
        }
        if (fields.get("feature") instanceof DictValue dict) {
            for (Object key : dict.keyArray()) {
                String name = key instanceof BytesValue b ? new String(b.bytes(), java.nio.charset.StandardCharsets.UTF_8) : (String) key;
                all.put(name, ((MessageValue) dict.get(null, key)).feature());
            }
        }
        return all;
    }

    private byte[] bytes() {
        return type == EXAMPLE ? ExampleMessage.write(features())
                : type == FEATURES ? ExampleMessage.writeFeatures(features())
                : type == FEATURE ? ExampleMessage.writeFeature(feature())
                : ExampleMessage.writeList(list());
    }

    @Builtin(value = "SerializeToString", method = true, doc = "The message as bytes.")
    static Object serialize(Machine m, MessageValue self) {
        return new BytesValue(self.bytes());
    }

    @Builtin(value = {"ParseFromString", "MergeFromString"}, signature = "serialized", method = true, doc = "Takes over what the bytes of an Example say.")
    static long parse(Machine m, MessageValue self, BytesValue serialized) {
        if (self.type != EXAMPLE) {
            throw NnError.type(self.type.name() + " can be read as a part of an Example only");
        }
        try {
            self.read(m, ExampleMessage.read(serialized.bytes()));
        } catch (NnError damaged) {
            throw new NnError(ErrorKind.VALUE_ERROR, "Error parsing message");
        }
        return serialized.size();
    }

    private void read(Machine m, Map<String, Feature> features) {
        fields.clear();
        DictValue map = (DictValue) ((MessageValue) get(m, "features")).get(m, "feature");
        features.forEach((name, feature) -> {
            MessageValue made = new MessageValue((MessageType) FEATURE);
            if (feature.kind() != Kind.NONE) {
                String field = feature.kind() == Kind.BYTES ? "bytes_list" : feature.kind() == Kind.FLOAT ? "float_list" : "int64_list";
                ListValue values = (ListValue) ((MessageValue) made.get(m, field)).get(m, "value");
                for (Object each : feature.values()) {
                    values.add(each instanceof byte[] b ? new BytesValue(b) : each instanceof Float f ? (Object) f.doubleValue() : each);
                }
            }
            map.put(m, name, made);
        });
    }

    @Builtin(value = "WhichOneof", signature = "oneof_group", method = true, doc = "Which of a feature's lists is set.")
    static Object whichOneof(Machine m, MessageValue self, String group) {
        if (self.type != FEATURE || !"kind".equals(group)) {
            throw NnError.value("Protocol message " + self.type.name() + " has no oneof \"" + group + "\" field.");
        }
        return switch (self.feature().kind()) {
            case NONE -> None.NONE;
            case BYTES -> "bytes_list";
            case FLOAT -> "float_list";
            case INT64 -> "int64_list";
        };
    }

    @Builtin(value = "HasField", signature = "field_name", method = true, doc = "Whether a field is set.")
    static boolean hasField(Machine m, MessageValue self, String name) {
        if (!self.type.names.contains(name) || name.equals("value") || name.equals("feature")) {
            throw NnError.value("Protocol message " + self.type.name() + " has no singular \"" + name + "\" field.");
        }
        return self.type == FEATURE ? name.equals(whichOneof(m, self, "kind")) : self.fields.containsKey(name);
    }

    @Builtin(value = "Clear", method = true, doc = "Takes every field back.")
    static void clear(Machine m, MessageValue self) {
        self.fields.clear();
    }

    @Builtin(value = "ByteSize", method = true, doc = "How many bytes it has serialized.")
    static long byteSize(Machine m, MessageValue self) {
        return self.bytes().length;
    }

    @Override
    public String repr(Machine m) {
        StringBuilder text = new StringBuilder();
        write(m, "", text);
        return text.toString();
    }

    private void write(Machine m, String indent, StringBuilder text) {
        if (fields.get("value") instanceof ListValue values) {
            for (int i = 0; i < values.size(); i++) {
                Object each = values.get(i);
                text.append(indent).append("value: ").append(each instanceof BytesValue b ? quoted(b.bytes()) : shown(each)).append('\n');
            }
        } else if (fields.get("feature") instanceof DictValue map) {
            Map<String, MessageValue> sorted = new TreeMap<>();
            for (Object key : map.keyArray()) {
                sorted.put(Semantics.str(m, key), (MessageValue) map.get(m, key));
            }
            sorted.forEach((name, feature) -> {
                text.append(indent).append("feature {\n").append(indent).append("  key: ")
                        .append(quoted(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))).append('\n')
                        .append(indent).append("  value {\n");
                feature.write(m, indent + "    ", text);
                text.append(indent).append("  }\n").append(indent).append("}\n");
            });
        } else {
            for (String name : type.names) {
                boolean shown = fields.get(name) instanceof MessageValue && (type != FEATURE || name.equals(whichOneof(m, this, "kind")));
                if (shown) {
                    text.append(indent).append(name).append(" {\n");
                    ((MessageValue) fields.get(name)).write(m, indent + "  ", text);
                    text.append(indent).append("}\n");
                }
            }
        }
    }

    /** A float in as few digits as tell it from its neighbours, as protocol buffers' text has it. */
    private static String shown(Object number) {
        if (!(number instanceof Double d)) {
            return String.valueOf(number);
        }
        return Semantics.repr(null, Double.parseDouble(Float.toString(d.floatValue())));
    }

    private static String quoted(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        for (byte b : bytes) {
            int c = b & 0xff;
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '"' -> text.append("\\\"");
                case '\'' -> text.append("\\'");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (c >= 32 && c < 127) {
                        text.append((char) c);
                    } else {
                        text.append('\\').append((char) ('0' + (c >> 6))).append((char) ('0' + (c >> 3 & 7))).append((char) ('0' + (c & 7)));
                    }
                }
            }
        }
        return text.append('"').toString();
    }
}
