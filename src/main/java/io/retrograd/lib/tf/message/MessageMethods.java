package io.retrograd.lib.tf.message;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What every message can do, and {@code google.protobuf.text_format}. */
final class MessageMethods {
    private MessageMethods() {}

    @Builtin(
            value = {"SerializeToString", "SerializePartialToString"},
            signature = "**kwargs",
            method = true,
            doc = "The message in protobuf's binary form.")
    static Object serialize(Machine m, MessageValue self, Map<String, Object> ignored) {
        return new BytesValue(self.message().toByteArray());
    }

    static long merge(Machine m, MessageValue into, Object serialized) {
        if (!(serialized instanceof BytesValue bytes)) {
            throw NnError.type("expected bytes, " + Semantics.typeOf(serialized).name() + " found")
                    .help("read the file with open(path, 'rb')");
        }
        try {
            into.merge(DynamicMessage.parseFrom(into.descriptor(), bytes.bytes()));
        } catch (InvalidProtocolBufferException | NullPointerException damaged) {
            throw new NnError(ErrorKind.VALUE_ERROR, "Error parsing message")
                    .help("the bytes hold no " + into.descriptor().getName() + " in binary form; a text file is read by "
                            + "google.protobuf.text_format.Merge");
        }
        return bytes.size();
    }

    @Builtin(value = "ParseFromString", signature = "serialized", method = true, doc = "Becomes what the bytes hold.")
    static long parse(Machine m, MessageValue self, Object serialized) {
        self.clear();
        return merge(m, self, serialized);
    }

    @Builtin(value = "MergeFromString", signature = "serialized", method = true, doc = "Adds what the bytes hold.")
    static long mergeFromString(Machine m, MessageValue self, Object serialized) {
        return merge(m, self, serialized);
    }

    @Builtin(value = "CopyFrom", signature = "other_msg", method = true, doc = "Becomes a copy of another message.")
    static void copyFrom(Machine m, MessageValue self, Object other) {
        if (other != self) {
            MessageValue copy = new MessageValue(self.descriptor());
            copy.take(m, other);
            self.clear();
            self.merge(copy.message());
        }
    }

    @Builtin(value = "MergeFrom", signature = "other_msg", method = true, doc = "Adds the fields of another message.")
    static void mergeFrom(Machine m, MessageValue self, Object other) {
        self.take(m, other);
    }

    @Builtin(value = "Clear", method = true, doc = "Forgets all fields.")
    static void clear(Machine m, MessageValue self) {
        self.clear();
    }

    private static FieldDescriptor field(MessageValue self, String name) {
        FieldDescriptor f = self.field(name);
        if (f == null) {
            throw NnError.value("Protocol message " + self.descriptor().getName() + " has no \"" + name + "\" field.");
        }
        return f;
    }

    @Builtin(value = "ClearField", signature = "field_name", method = true, doc = "Forgets one field.")
    static void clearField(Machine m, MessageValue self, String name) {
        self.clear(field(self, name));
    }

    @Builtin(value = "HasField", signature = "field_name", method = true, doc = "Whether a single field is set.")
    static boolean hasField(Machine m, MessageValue self, String name) {
        for (OneofDescriptor group : self.descriptor().getOneofs()) {
            if (group.getName().equals(name)) {
                return which(self, group) != null;
            }
        }
        FieldDescriptor f = field(self, name);
        boolean message = f.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        if (f.isRepeated() || !message && f.getContainingOneof() == null) {
            throw NnError.value("Can't test non-submessage field \"" + self.descriptor().getName() + "." + name
                    + "\" for presence in proto3.");
        }
        return self.has(f);
    }

    private static FieldDescriptor which(MessageValue self, OneofDescriptor group) {
        for (FieldDescriptor f : group.getFields()) {
            if (self.has(f)) {
                return f;
            }
        }
        return null;
    }

    @Builtin(value = "WhichOneof", signature = "oneof_group", method = true, doc = "The field of a group that is set, or None.")
    static Object whichOneof(Machine m, MessageValue self, String name) {
        for (OneofDescriptor group : self.descriptor().getOneofs()) {
            if (group.getName().equals(name)) {
                FieldDescriptor f = which(self, group);
                return f == null ? None.NONE : f.getName();
            }
        }
        throw NnError.value("Protocol message has no oneof \"" + name + "\" field.");
    }

    /** A field's description, of which scripts read the name. */
    private record Field(FieldDescriptor field) implements Value {
        private static final TypeValue TYPE =
                TypeValue.opaque("google.protobuf.descriptor", "FieldDescriptor", null);

        @Override
        public TypeValue type() {
            return TYPE;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return switch (name) {
                case "name" -> field.getName();
                case "full_name" -> field.getFullName();
                case "number" -> (long) field.getNumber();
                default -> Value.super.attribute(m, name);
            };
        }
    }

    @Builtin(value = "ListFields", method = true, doc = "Pairs of field and value for all that is set.")
    static Object listFields(Machine m, MessageValue self) {
        List<Object> all = new ArrayList<>();
        for (FieldDescriptor f : self.set()) {
            all.add(TupleValue.of(new Field(f), self.get(f)));
        }
        return ListValue.of(all.toArray());
    }

    @Builtin(value = "ByteSize", method = true, doc = "How many bytes its binary form takes.")
    static long byteSize(Machine m, MessageValue self) {
        return self.message().getSerializedSize();
    }

    @Builtin(value = "IsInitialized", method = true, doc = "Whether all required fields are set; TensorFlow's messages have none.")
    static boolean isInitialized(Machine m, MessageValue self) {
        return true;
    }

    @Builtin(value = "SetInParent", method = true, doc = "Makes it count as set though nothing in it is.")
    static void setInParent(Machine m, MessageValue self) {
        self.touch();
    }

    @Builtin(value = {"__deepcopy__", "__copy__"}, signature = "memo=None", method = true, doc = "A copy.")
    static Object copy(Machine m, MessageValue self, Object memo) {
        return MessageValue.of(self.message());
    }

    @Builtin(
            value = "text_format.MessageToString",
            signature = "message, as_utf8=False, as_one_line=False, **kwargs",
            doc = "The message in protobuf's text form.")
    static String messageToString(Machine m, MessageValue message, boolean utf8, boolean oneLine, Map<String, Object> ignored) {
        String text = MessageText.of(message);
        return oneLine ? text.strip().replaceAll("\n *", " ") : text;
    }

    @Builtin(
            value = {"text_format.Merge", "text_format.MergeLines"},
            signature = "text, message, **kwargs",
            doc = "Adds what a text in protobuf's text form says, and answers the message.")
    static Object mergeText(Machine m, Object text, MessageValue message, Map<String, Object> ignored) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(message.descriptor());
        String content = text instanceof BytesValue b
                ? new String(b.bytes(), StandardCharsets.UTF_8)
                : Semantics.str(m, text);
        try {
            TextFormat.merge(content, builder);
        } catch (TextFormat.ParseException mistake) {
            throw NnError.value(mistake.getMessage());
        }
        message.merge(builder.build());
        return message;
    }

    @Builtin(
            value = {"text_format.Parse", "text_format.ParseLines"},
            signature = "text, message, **kwargs",
            doc = "Reads a text in protobuf's text form into the message, and answers it.")
    static Object parseText(Machine m, Object text, MessageValue message, Map<String, Object> ignored) {
        return mergeText(m, text, message, ignored);
    }
}
