package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.ClassValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The module {@code typing}: names for annotations, which nobody checks. */
final class TypingModule extends ModuleValue {
    private TypingModule() {
        super("typing");
        with("TYPE_CHECKING", (Object) false);
        with("NamedTuple", (Object) new NamedTupleBase());
        with("Generic", (Object) new GenericBase());
        with("Protocol", (Object) CoreTypes.OBJECT);
        with("cast", (Machine m) -> new NativeFunction("cast", (machine, a) -> a[1]));
        with("overload", (Machine m) -> new NativeFunction("overload", (machine, a) -> a[0]));
        with("TypeVar", (Machine m) -> new NativeFunction("TypeVar", (machine, a) -> new Annotation((String) a[0])));
        with("NewType", (Machine m) -> new NativeFunction("NewType", (machine, a) -> a[1]));
    }

    static ModuleValue make(Machine m) {
        return new TypingModule();
    }

    /** A name such as {@code List}, which can be subscripted to no effect and derived from. */
    private static final class Annotation extends TypeValue {
        Annotation(String name) {
            super("typing", name, CoreTypes.OBJECT, null, null);
        }

        @Override
        public Object item(Machine m, Object key) {
            return this;
        }

        @Override
        public String repr(Machine m) {
            return "typing." + name();
        }
    }

    /** {@code typing.NamedTuple}: a class derived from it is one of named tuples, its fields the annotated names. */
    private static final class NamedTupleBase extends TypeValue {
        private NamedTupleBase() {
            super("typing", "NamedTuple", CoreTypes.OBJECT, null, null);
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            Object[] pairs = Semantics.elements(m, arguments[1]);
            String[] names = new String[pairs.length];
            for (int i = 0; i < names.length; i++) {
                names[i] = (String) Semantics.item(m, pairs[i], 0L);
            }
            return NamedTuple.type("__main__", (String) arguments[0], names);
        }

        @Override
        public Object derive(Machine m, ClassValue made) {
            Map<String, Object> rest = new LinkedHashMap<>(made.members());
            List<String> fields = new ArrayList<>();
            List<Object> defaults = new ArrayList<>();
            if (rest.get("__annotations__") instanceof DictValue annotated) {
                for (Object name : Semantics.elements(m, annotated)) {
                    fields.add((String) name);
                    Object value = rest.remove(name);
                    if (value != null) {
                        defaults.add(value);
                    } else if (!defaults.isEmpty()) {
                        throw NnError.type("non-default namedtuple field " + name + " cannot follow default field "
                                + fields.get(fields.size() - 2));
                    }
                }
            }
            TypeValue tuples = NamedTuple.type(made.module(), made.name(), fields.toArray(new String[0]), defaults.toArray());
            boolean methods = rest.keySet().stream().anyMatch(name -> !PLAIN.contains(name));
            return methods ? new ClassValue(made.module(), made.name(), List.of(tuples), rest) : tuples;
        }
    }

    private static final List<String> PLAIN = List.of("__module__", "__qualname__", "__doc__", "__annotations__");

    /** {@code Generic[T]} as a base class is no base class. */
    private record GenericBase() implements Value {
        @Override
        public TypeValue type() {
            return CoreTypes.TYPE;
        }

        @Override
        public Object item(Machine m, Object key) {
            return CoreTypes.OBJECT;
        }
    }

    @Override
    public Object exact(Machine m, String name) {
        Object found = super.exact(m, name);
        if (found == null && !name.isEmpty() && Character.isUpperCase(name.charAt(0))) {
            found = new Annotation(name);
            attributes().put(name, found);
        }
        return found;
    }
}
