package io.retrograd.lang.value;

import io.retrograd.error.NnError;

/** Python's {@code property}: an attribute computed by a function of the class. */
public final class PropertyValue implements Descriptor {
    public static final TypeValue TYPE =
            new TypeValue("builtins", "property", CoreTypes.OBJECT, null, PropertyValue::construct);

    private final Object getter;
    private final Object setter;
    private final Object deleter;

    private PropertyValue(Object getter, Object setter, Object deleter) {
        this.getter = getter;
        this.setter = setter;
        this.deleter = deleter;
    }

    private static Object construct(Machine m, Object[] arguments, String[] keywords) {
        Object[] parts = {None.NONE, None.NONE, None.NONE};
        int given = arguments.length - keywords.length;
        for (int i = 0; i < given && i < 3; i++) {
            parts[i] = arguments[i];
        }
        for (int k = 0; k < keywords.length; k++) {
            switch (keywords[k]) {
                case "fget" -> parts[0] = arguments[given + k];
                case "fset" -> parts[1] = arguments[given + k];
                case "fdel" -> parts[2] = arguments[given + k];
                default -> { }
            }
        }
        return new PropertyValue(parts[0], parts[1], parts[2]);
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Object get(Machine m, Object self, TypeValue owner) {
        if (self == null) {
            return this;
        }
        if (getter == None.NONE) {
            throw NnError.attribute("property of '" + owner.name() + "' object has no getter");
        }
        return Semantics.call(m, getter, self);
    }

    @Override
    public void set(Machine m, Object self, Object value) {
        if (setter == None.NONE) {
            throw NnError.attribute(name(m) + "of '" + Semantics.typeOf(self).name() + "' object has no setter");
        }
        Semantics.call(m, setter, self, value);
    }

    @Override
    public void delete(Machine m, Object self) {
        if (deleter == None.NONE) {
            throw NnError.attribute(name(m) + "of '" + Semantics.typeOf(self).name() + "' object has no deleter");
        }
        Semantics.call(m, deleter, self);
    }

    private String name(Machine m) {
        Object name = getter instanceof Value v ? v.attribute(m, "__name__") : null;
        return name == null ? "property " : "property '" + name + "' ";
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "fget" -> getter;
            case "fset" -> setter;
            case "fdel" -> deleter;
            case "setter" -> new NativeFunction("setter", (machine, a) -> new PropertyValue(getter, a[0], deleter));
            case "getter" -> new NativeFunction("getter", (machine, a) -> new PropertyValue(a[0], setter, deleter));
            case "deleter" -> new NativeFunction("deleter", (machine, a) -> new PropertyValue(getter, setter, a[0]));
            case "__doc__" -> getter instanceof Value v ? v.attribute(m, name) : None.NONE;
            default -> Descriptor.super.attribute(m, name);
        };
    }
}
