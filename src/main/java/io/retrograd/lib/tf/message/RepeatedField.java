package io.retrograd.lib.tf.message;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import java.util.Map;

/** A repeated field of a message: a list whose elements have the field's type; messages are copied when they are put in. */
final class RepeatedField extends ListValue {
    static final TypeValue TYPE = new TypeValue(
            "google.protobuf.internal.containers", "RepeatedCompositeFieldContainer", ListValue.TYPE, RepeatedFieldTable.TABLE, null);

    private final MessageValue owner;
    private final FieldDescriptor field;

    RepeatedField(MessageValue owner, FieldDescriptor field) {
        this.owner = owner;
        this.field = field;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private boolean ofMessages() {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    }

    /** Adds a value of the language. */
    void append(Machine m, Object value) {
        super.add(element(m, value));
        owner.touch();
    }

    private Object element(Machine m, Object value) {
        if (!ofMessages()) {
            return MessageValue.convert(m, field, value);
        }
        MessageValue made = part();
        made.take(m, value);
        return made;
    }

    private MessageValue part() {
        MessageValue made = owner.child(field);
        made.touch();
        return made;
    }

    /** Adds a value as messages hold it. */
    void addJava(Object value) {
        if (value instanceof Message message) {
            MessageValue made = part();
            made.merge(message);
            super.add(made);
        } else {
            super.add(MessageValue.script(value));
        }
        owner.touch();
    }

    @Override
    public void setItem(Machine m, Object key, Object value) {
        if (ofMessages()) {
            throw NnError.type("'RepeatedCompositeFieldContainer' object does not support item assignment");
        }
        super.setItem(m, key, MessageValue.convert(m, field, value));
    }

    @Builtin(value = "add", method = true, signature = "**fields", doc = "Adds a new message with these fields, and answers it.")
    static Object add(Machine m, RepeatedField self, Map<String, Object> fields) {
        if (!self.ofMessages()) {
            throw NnError.attribute("'RepeatedScalarFieldContainer' object has no attribute 'add'");
        }
        MessageValue made = self.part();
        fields.forEach((name, value) -> made.initialize(m, name, value));
        self.addRaw(made);
        return made;
    }

    private void addRaw(MessageValue made) {
        super.add(made);
        owner.touch();
    }

    @Builtin(value = "append", method = true, signature = "value, /", doc = "Adds a value, or a copy of a message.")
    static void append(Machine m, RepeatedField self, Object value) {
        self.append(m, value);
    }

    @Builtin(value = {"extend", "MergeFrom"}, method = true, signature = "values, /", doc = "Adds all values, or copies of messages.")
    static void extend(Machine m, RepeatedField self, Object values) {
        for (Object x : Semantics.elements(m, values)) {
            self.append(m, x);
        }
    }

    @Builtin(value = "insert", method = true, signature = "index, value, /", doc = "Puts a value before the place.")
    static void insert(Machine m, RepeatedField self, long index, Object value) {
        long at = index < 0 ? index + self.size() : index;
        self.insert((int) Math.max(0, Math.min(self.size(), at)), self.element(m, value));
        self.owner.touch();
    }
}
