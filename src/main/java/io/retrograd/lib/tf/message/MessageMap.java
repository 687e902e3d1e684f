package io.retrograd.lib.tf.message;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;

/** A map field of a message, such as a node's {@code attr}: asking for a message that is not there makes it. */
final class MessageMap extends DictValue {
    private final MessageValue owner;
    private final FieldDescriptor field;

    MessageMap(MessageValue owner, FieldDescriptor field) {
        this.owner = owner;
        this.field = field;
    }

    private FieldDescriptor values() {
        return field.getMessageType().findFieldByNumber(2);
    }

    private boolean ofMessages() {
        return values().getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    }

    private MessageValue part() {
        MessageValue made = new MessageValue(values().getMessageType());
        made.touch();
        return made;
    }

    @Override
    protected Object missing(Machine m, Object key) {
        if (!ofMessages()) {
            return super.missing(m, key);
        }
        MessageValue made = part();
        put(m, MessageValue.convert(m, field.getMessageType().findFieldByNumber(1), key), made);
        owner.touch();
        return made;
    }

    @Override
    public void setItem(Machine m, Object key, Object value) {
        if (ofMessages()) {
            throw NnError.value("May not set values directly, call my_map[key].foo = 5");
        }
        put(m, MessageValue.convert(m, field.getMessageType().findFieldByNumber(1), key), MessageValue.convert(m, values(), value));
        owner.touch();
    }

    /** Takes over the entries of a dict or another map. */
    void fill(Machine m, Object given) {
        if (!(given instanceof DictValue dict)) {
            throw NnError.type("Argument for field " + field.getName() + " is not a dict but " + Semantics.typeOf(given).name());
        }
        for (Entries e = dict.entries(); e.next();) {
            if (ofMessages()) {
                ((MessageValue) item(m, e.key())).take(m, e.value());
            } else {
                setItem(m, e.key(), e.value());
            }
        }
    }

    /** Adds an entry as messages hold it. */
    void merge(Message entry) {
        var type = entry.getDescriptorForType();
        Object key = MessageValue.script(entry.getField(type.findFieldByNumber(1)));
        Object value = entry.getField(type.findFieldByNumber(2));
        if (value instanceof Message message) {
            MessageValue made = part();
            made.merge(message);
            value = made;
        } else {
            value = MessageValue.script(value);
        }
        put(null, key, value);
        owner.touch();
    }
}
