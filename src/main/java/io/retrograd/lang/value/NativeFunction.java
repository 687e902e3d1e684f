package io.retrograd.lang.value;

import io.retrograd.error.NnError;

/** A function made at run time from Java code, for the few that no table can hold since they close over something. */
public final class NativeFunction implements Value {
    /** The Java code; it gets positional arguments only. */
    @FunctionalInterface
    public interface Body {
        Object call(Machine m, Object[] arguments);
    }

    private final String name;
    private final Body body;

    public NativeFunction(String name, Body body) {
        this.name = name;
        this.body = body;
    }

    @Override
    public TypeValue type() {
        return CoreTypes.BUILTIN_FUNCTION;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        if (keywords.length > 0) {
            throw NnError.type(name + "() takes no keyword arguments");
        }
        return body.call(m, arguments);
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        return switch (attribute) {
            case "__name__", "__qualname__" -> name;
            default -> Value.super.attribute(m, attribute);
        };
    }

    @Override
    public String repr(Machine m) {
        return "<built-in function " + name + ">";
    }
}
