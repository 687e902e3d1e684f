package io.retrograd.lib.tf.message;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.TypeValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tensorflow.distruntime.ServerProtos;
import org.tensorflow.example.ExampleProtos;
import org.tensorflow.framework.ConfigProtos;
import org.tensorflow.framework.ControlFlowProtos;
import org.tensorflow.framework.GraphProtos;
import org.tensorflow.framework.MetaGraphProtos;
import org.tensorflow.framework.QueueRunnerProtos;
import org.tensorflow.framework.SavedModelProtos;
import org.tensorflow.framework.SummaryProtos;
import org.tensorflow.framework.TypesProtos;
import org.tensorflow.framework.VariableProtos;
import org.tensorflow.util.EventProtos;
import org.tensorflow.util.SaverProtos;

/** The class of one of TensorFlow's messages, such as {@code tf.GraphDef}: calling it with fields makes a message. */
public final class MessageType extends TypeValue {
    /** All message types of TensorFlow's files by their descriptors, and the files themselves; made when one is first used. */
    private static final class All {
        static final Map<Descriptor, MessageType> TYPES = new HashMap<>();
        static final Map<String, FileDescriptor> FILES = new LinkedHashMap<>();

        static {
            for (FileDescriptor file : new FileDescriptor[] {
                GraphProtos.getDescriptor(), MetaGraphProtos.getDescriptor(), SavedModelProtos.getDescriptor(),
                SaverProtos.getDescriptor(), SummaryProtos.getDescriptor(), EventProtos.getDescriptor(),
                ExampleProtos.getDescriptor(), TypesProtos.getDescriptor(), VariableProtos.getDescriptor(),
                ServerProtos.getDescriptor(), ControlFlowProtos.getDescriptor(), QueueRunnerProtos.getDescriptor(),
                ConfigProtos.getDescriptor(),
            }) {
                add(file);
            }
        }

        private static void add(FileDescriptor file) {
            if (FILES.put(file.getName(), file) != null) {
                return;
            }
            file.getDependencies().forEach(All::add);
            file.getMessageTypes().forEach(All::add);
        }

        private static void add(Descriptor message) {
            TYPES.put(message, new MessageType(message));
            message.getNestedTypes().forEach(All::add);
        }
    }

    private final Descriptor descriptor;

    private MessageType(Descriptor descriptor) {
        super(module(descriptor.getFile()), descriptor.getName(), CoreTypes.OBJECT, MessageMethodsTable.TABLE, null);
        this.descriptor = descriptor;
    }

    private static String module(FileDescriptor file) {
        return file.getName().replace('/', '.').replaceAll("\\.proto$", "_pb2");
    }

    static MessageType of(Descriptor descriptor) {
        return All.TYPES.get(descriptor);
    }

    /** What Python's module of a file holds ({@code tensorflow.core.framework.graph_pb2}); null if there is no such file. */
    public static ModuleValue module(String dotted) {
        String prefix = dotted + ".";
        ModuleValue module = new ModuleValue(dotted);
        Set<String> below = new LinkedHashSet<>();
        for (FileDescriptor file : All.FILES.values()) {
            String name = module(file);
            if (name.equals(dotted)) {
                file.getMessageTypes().forEach(d -> module.with(d.getName(), of(d)));
                file.getEnumTypes().forEach(e -> e.getValues().forEach(v -> module.with(v.getName(), (long) v.getNumber())));
                return module;
            }
            if (name.startsWith(prefix)) {
                String rest = name.substring(prefix.length());
                below.add(rest.indexOf('.') < 0 ? rest : rest.substring(0, rest.indexOf('.')));
            }
        }
        for (String each : below) {
            module.with(each, (Machine m) -> m.library().module(m, prefix + each));
        }
        return below.isEmpty() ? null : module;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public Object ownAttribute(String name) {
        for (Descriptor nested : descriptor.getNestedTypes()) {
            if (nested.getName().equals(name)) {
                return of(nested);
            }
        }
        Object constant = constant(name);
        if (constant != null) {
            return constant;
        }
        if (name.equals("FromString")) {
            return new NativeFunction("FromString", (m, arguments) -> {
                MessageValue made = new MessageValue(descriptor);
                MessageMethods.merge(m, made, arguments.length == 0 ? new BytesValue(new byte[0]) : arguments[0]);
                return made;
            });
        }
        if (name.endsWith("_FIELD_NUMBER")) {
            var field = descriptor.findFieldByName(
                    name.substring(0, name.length() - "_FIELD_NUMBER".length()).toLowerCase(Locale.ROOT));
            if (field != null) {
                return (long) field.getNumber();
            }
        }
        return super.ownAttribute(name);
    }

    /** The number of an enumeration's value that is nested in the message; null if there is none. */
    Long constant(String name) {
        for (EnumDescriptor e : descriptor.getEnumTypes()) {
            EnumValueDescriptor value = e.findValueByName(name);
            if (value != null) {
                return (long) value.getNumber();
            }
        }
        return null;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        int first = arguments.length - keywords.length;
        if (first > 0) {
            throw NnError.type("No positional arguments allowed");
        }
        MessageValue made = new MessageValue(descriptor);
        for (int i = 0; i < keywords.length; i++) {
            made.initialize(m, keywords[i], arguments[first + i]);
        }
        return made;
    }
}
