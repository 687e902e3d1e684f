package io.retrograd.lang.value;

/** Python's {@code staticmethod}: a function in a class that gets no receiver. */
public final class StaticMethodValue implements Descriptor {
    public static final TypeValue TYPE = new TypeValue(
            "builtins", "staticmethod", CoreTypes.OBJECT, null, (m, a, k) -> new StaticMethodValue(a[0]));

    private final Object function;

    public StaticMethodValue(Object function) {
        this.function = function;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object get(Machine m, Object self, TypeValue owner) {
        return function;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        return Semantics.call(m, function, arguments, keywords);
    }

    @Override
    public Object attribute(Machine m, String name) {
        return name.equals("__func__") || !(function instanceof Value v) ? function : v.attribute(m, name);
    }
}
