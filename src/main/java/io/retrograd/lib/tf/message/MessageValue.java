package io.retrograd.lib.tf.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.DTypeValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message of TensorFlow's, such as a GraphDef, with the manners of Python's protocol buffers: fields are attributes, a
 * message that was not set is there to be filled and counts as set once something in it is.
 */
public final class MessageValue implements Value {
    private final Descriptor descriptor;
    private final Map<Integer, Object> fields = new TreeMap<>();

    /** The message that this one is a part of, and as which field; null for one that stands alone. */
    private MessageValue parent;
    private FieldDescriptor as;
    private boolean present;

    /** An empty message of this type. */
    public MessageValue(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** A copy of a message. */
    public static MessageValue of(Message message) {
        MessageValue made = new MessageValue(message.getDescriptorForType());
        made.merge(message);
        return made;
    }

    /** An empty message that is a part of this one and becomes set with the first thing in it. */
    MessageValue child(FieldDescriptor field) {
        MessageValue made = new MessageValue(field.getMessageType());
        made.parent = this;
        made.as = field;
        return made;
    }

    /** The message's type. */
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public TypeValue type() {
        return MessageType.of(descriptor);
    }

    /** Says that something in this message was set. */
    void touch() {
        if (!present) {
            present = true;
            if (parent != null) {
                if (as != null) {
                    parent.clearOthers(as);
                }
                parent.touch();
            }
        }
    }

    /** Of a group of which only one may be set the others go. */
    private void clearOthers(FieldDescriptor field) {
        if (field.getContainingOneof() != null) {
            for (FieldDescriptor other : field.getContainingOneof().getFields()) {
                if (other != field) {
                    fields.remove(other.getNumber());
                }
            }
        }
    }

    /** The field of this name, or null. */
    public FieldDescriptor field(String name) {
        return descriptor.findFieldByName(name);
    }

    /** The field's value; parts that are not there yet are made. */
    public Object get(FieldDescriptor f) {
        Object found = fields.get(f.getNumber());
        if (found != null) {
            return found;
        }
        if (f.isMapField()) {
            found = new MessageMap(this, f);
        } else if (f.isRepeated()) {
            found = new RepeatedField(this, f);
        } else if (f.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            found = child(f);
        } else {
            return fallback(f);
        }
        fields.put(f.getNumber(), found);
        return found;
    }

    private static Object fallback(FieldDescriptor f) {
        return switch (f.getJavaType()) {
            case INT, LONG -> 0L;
            case FLOAT, DOUBLE -> 0.0;
            case BOOLEAN -> false;
            case STRING -> "";
            case BYTE_STRING -> new BytesValue(new byte[0]);
            case ENUM -> (long) f.getEnumType().getValues().get(0).getNumber();
            case MESSAGE -> None.NONE;
        };
    }

    /** Whether the field is set: a message that was touched, a number that is not its default, a list that is not empty. */
    boolean has(FieldDescriptor f) {
        Object found = fields.get(f.getNumber());
        if (found == null) {
            return false;
        }
        if (found instanceof MessageValue part) {
            return part.present;
        }
        if (found instanceof RepeatedField list) {
            return list.size() > 0;
        }
        if (found instanceof MessageMap map) {
            return map.size() > 0;
        }
        return f.getContainingOneof() != null || !isDefault(f, found);
    }

    private static boolean isDefault(FieldDescriptor f, Object value) {
        return value instanceof BytesValue b ? b.size() == 0 : value.equals(fallback(f));
    }

    /** The fields that are set, by number. */
    List<FieldDescriptor> set() {
        List<FieldDescriptor> all = new ArrayList<>();
        for (int number : fields.keySet()) {
            FieldDescriptor f = descriptor.findFieldByNumber(number);
            if (has(f)) {
                all.add(f);
            }
        }
        return all;
    }

    void clear() {
        fields.clear();
        touch();
    }

    void clear(FieldDescriptor f) {
        fields.remove(f.getNumber());
        touch();
    }

    /** The fields that are set, here. */
    void putScalar(FieldDescriptor f, Object value) {
        clearOthers(f);
        fields.put(f.getNumber(), value);
        touch();
    }

    @Override
    public Object attribute(Machine m, String name) {
        FieldDescriptor f = field(name);
        if (f != null) {
            return get(f);
        }
        Long constant = MessageType.of(descriptor).constant(name);
        return constant != null ? constant : Value.super.attribute(m, name);
    }

    @Override
    public void setAttribute(Machine m, String name, Object value) {
        FieldDescriptor f = field(name);
        if (f == null) {
            throw NnError.attribute("Assignment not allowed (no field \"" + name + "\" in protocol message object).");
        }
        if (f.isRepeated()) {
            throw NnError.attribute("Assignment not allowed to repeated field \"" + name + "\" in protocol message object.");
        }
        if (f.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            throw NnError.attribute("Assignment not allowed to composite field \"" + name + "\" in protocol message object.");
        }
        putScalar(f, convert(m, f, value));
    }

    /** Sets a field as a keyword of the constructor does. */
    public void initialize(Machine m, String name, Object value) {
        FieldDescriptor f = field(name);
        if (f == null) {
            throw NnError.value("Protocol message " + descriptor.getName() + " has no \"" + name + "\" field.");
        }
        if (value == None.NONE) {
            return;
        }
        if (f.isMapField()) {
            ((MessageMap) get(f)).fill(m, value);
        } else if (f.isRepeated()) {
            RepeatedField list = (RepeatedField) get(f);
            for (Object x : Semantics.elements(m, value)) {
                list.append(m, x);
            }
        } else if (f.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            MessageValue part = (MessageValue) get(f);
            part.take(m, value);
            part.touch();
        } else {
            putScalar(f, convert(m, f, value));
        }
    }

    /** Takes over the fields of another message or of a dict. */
    public void take(Machine m, Object value) {
        if (value instanceof DictValue dict) {
            for (DictValue.Entries e = dict.entries(); e.next();) {
                initialize(m, Semantics.str(m, e.key()), e.value());
            }
            return;
        }
        if (!(value instanceof MessageValue other) || other.descriptor != descriptor) {
            throw NnError.type("Parameter to MergeFrom() must be instance of same class: expected " + type().qualifiedName()
                    + " got " + (value instanceof MessageValue o ? o.type().qualifiedName() : Semantics.typeOf(value).name()) + ".");
        }
        merge(other.message());
    }

    /** The language's value as the field keeps it; TypeError or ValueError where it does not fit. */
    static Object convert(Machine m, FieldDescriptor f, Object value) {
        switch (f.getJavaType()) {
            case STRING:
                if (value instanceof String s) {
                    return s;
                }
                if (value instanceof BytesValue b) {
                    return new String(b.bytes(), StandardCharsets.UTF_8);
                }
                throw wrong(m, value, "bytes, unicode");
            case BYTE_STRING:
                if (value instanceof BytesValue b) {
                    return b;
                }
                throw wrong(m, value, "bytes");
            case FLOAT, DOUBLE:
                Double real = value instanceof Boolean b ? (Double) (b ? 1.0 : 0.0) : Semantics.realOrNull(m, value);
                if (real == null) {
                    throw wrong(m, value, "int, long, float");
                }
                return f.getJavaType() == FieldDescriptor.JavaType.FLOAT ? (double) real.floatValue() : real;
            case BOOLEAN:
                if (value instanceof Boolean b) {
                    return b;
                }
                return integer(m, value).signum() != 0;
            case ENUM:
                if (value instanceof String s) {
                    EnumValueDescriptor named = f.getEnumType().findValueByName(s);
                    if (named == null) {
                        throw NnError.value("unknown enum label \"" + s + "\"");
                    }
                    return (long) named.getNumber();
                }
                if (value instanceof DTypeValue t) {
                    return DTypeValue.number(m, t);
                }
                return integer(m, value).longValue();
            default:
                BigInteger n = integer(m, value);
                int bits = f.getJavaType() == FieldDescriptor.JavaType.INT ? 32 : 64;
                boolean unsigned = f.getLiteType().name().startsWith("UINT") || f.getLiteType().name().startsWith("FIXED");
                if (unsigned ? n.signum() < 0 || n.bitLength() > bits : n.bitLength() >= bits) {
                    throw NnError.value("Value out of range: " + n);
                }
                return n.bitLength() < 64 ? (Object) n.longValue() : n;
        }
    }

    private static BigInteger integer(Machine m, Object value) {
        Object n = Semantics.indexOrNull(m, value);
        if (n == null) {
            throw wrong(m, value, "int, long");
        }
        return n instanceof Long l ? BigInteger.valueOf(l) : (BigInteger) n;
    }

    private static NnError wrong(Machine m, Object value, String expected) {
        return NnError.type(Semantics.repr(m, value) + " has type " + Semantics.typeOf(value).name() + ", but expected one of: "
                + expected);
    }

    // Between values and messages

    /** A message of the same content. */
    public Message message() {
        return fill(DynamicMessage.newBuilder(descriptor)).build();
    }

    /** Puts all that is set into a builder of the same message. */
    public <B extends Message.Builder> B fill(B builder) {
        for (FieldDescriptor f : set()) {
            Object value = fields.get(f.getNumber());
            if (value instanceof RepeatedField list) {
                for (int i = 0; i < list.size(); i++) {
                    builder.addRepeatedField(f, java(f, list.get(i), builder));
                }
            } else if (value instanceof MessageMap map) {
                FieldDescriptor key = f.getMessageType().findFieldByNumber(1);
                FieldDescriptor item = f.getMessageType().findFieldByNumber(2);
                for (DictValue.Entries e = map.entries(); e.next();) {
                    Message.Builder entry = builder.newBuilderForField(f);
                    entry.setField(key, java(key, e.key(), entry));
                    entry.setField(item, java(item, e.value(), entry));
                    builder.addRepeatedField(f, entry.build());
                }
            } else {
                builder.setField(f, java(f, value, builder));
            }
        }
        return builder;
    }

    private static Object java(FieldDescriptor f, Object value, Message.Builder of) {
        return switch (f.getJavaType()) {
            case INT -> ((Number) value).intValue();
            case LONG -> ((Number) value).longValue();
            case FLOAT -> ((Number) value).floatValue();
            case BYTE_STRING -> ByteString.copyFrom(((BytesValue) value).bytes());
            case ENUM -> f.getEnumType().findValueByNumberCreatingIfUnknown(((Long) value).intValue());
            case MESSAGE -> ((MessageValue) value).fill(of.newBuilderForField(f)).build();
            default -> value;
        };
    }

    /** Adds the content of a message: single fields are replaced, lists and messages in it grow. */
    void merge(Message message) {
        touch();
        message.getAllFields().forEach((given, value) -> {
            FieldDescriptor f = descriptor.findFieldByNumber(given.getNumber());
            if (f.isMapField()) {
                MessageMap map = (MessageMap) get(f);
                for (Object entry : (List<?>) value) {
                    map.merge((Message) entry);
                }
            } else if (f.isRepeated()) {
                RepeatedField list = (RepeatedField) get(f);
                for (Object item : (List<?>) value) {
                    list.addJava(item);
                }
            } else if (value instanceof Message part) {
                ((MessageValue) get(f)).merge(part);
            } else {
                putScalar(f, script(value));
            }
        });
    }

    /** A field's Java value as the language has it. */
    static Object script(Object value) {
        if (value instanceof Integer n) {
            return (long) n;
        }
        if (value instanceof Float x) {
            return (double) x;
        }
        if (value instanceof ByteString b) {
            return new BytesValue(b.toByteArray());
        }
        return value instanceof EnumValueDescriptor e ? (Object) (long) e.getNumber() : value;
    }

    // What every value can do

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (op != CompareOperator.EQUAL && op != CompareOperator.NOT_EQUAL) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        boolean equal = other instanceof MessageValue o && o.descriptor == descriptor && o.message().equals(message());
        return equal == (op == CompareOperator.EQUAL);
    }

    @Override
    public long hash(Machine m) {
        throw NnError.type("unhashable object");
    }

    @Override
    public String repr(Machine m) {
        return MessageText.of(this);
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        List<String> names = new ArrayList<>(type().attributeNames());
        descriptor.getFields().forEach(f -> names.add(f.getName()));
        return names;
    }
}
