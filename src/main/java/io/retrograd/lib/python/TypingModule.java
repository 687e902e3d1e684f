package io.retrograd.lib.python;

import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** The module {@code typing}: names for annotations, which nobody checks. */
final class TypingModule extends ModuleValue {
    private TypingModule() {
        super("typing");
        with("TYPE_CHECKING", (Object) false);
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
