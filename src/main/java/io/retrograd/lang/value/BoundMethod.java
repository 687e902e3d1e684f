package io.retrograd.lang.value;

import io.retrograd.lang.tree.CompareOperator;

/** A function of a class together with the object on which it was found. */
public final class BoundMethod implements Value {
    public static final TypeValue TYPE = TypeValue.opaque("builtins", "method", null);

    private final Value function;
    private final Object self;

    public BoundMethod(Value function, Object self) {
        this.function = function;
        this.self = self;
    }

    public Value function() {
        return function;
    }

    public Object self() {
        return self;
    }

    /** The arguments with the receiver put before them. */
    public static Object[] prepend(Object self, Object[] arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = self;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        return function.call(m, prepend(self, arguments), keywords);
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "__self__" -> self;
            case "__func__" -> function;
            default -> function.attribute(m, name);
        };
    }

    @Override
    public boolean sameAs(Object other) {
        return other instanceof BoundMethod b && b.self == self && b.function == function;
    }

    @Override
    public Object compare(Machine m, CompareOperator operator, Object other) {
        return switch (operator) {
            case EQUAL -> sameAs(other);
            case NOT_EQUAL -> !sameAs(other);
            default -> NotImplementedValue.NOT_IMPLEMENTED;
        };
    }

    @Override
    public long hash(Machine m) {
        return 31L * System.identityHashCode(function) + System.identityHashCode(self);
    }

    @Override
    public String repr(Machine m) {
        Object name = function.attribute(m, "__qualname__");
        return "<bound method " + name + " of " + Semantics.repr(m, self) + ">";
    }
}
