package io.retrograd.lang.value;

/** Python's {@code classmethod}: a function in a class that gets the class as its receiver. */
public final class ClassMethodValue implements Descriptor {
    public static final TypeValue TYPE = new TypeValue(
            "builtins", "classmethod", CoreTypes.OBJECT, null, (m, a, k) -> new ClassMethodValue(a[0]));

    private final Object function;

    public ClassMethodValue(Object function) {
        this.function = function;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object get(Machine m, Object self, TypeValue owner) {
        TypeValue receiver = self == null ? owner : Semantics.typeOf(self);
        return function instanceof Value f ? new BoundMethod(f, receiver) : function;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return name.equals("__func__") || !(function instanceof Value v) ? function : v.attribute(m, name);
    }
}
