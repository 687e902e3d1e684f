package io.retrograd.lib.python;

import io.retrograd.lang.value.BoundMethod;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Descriptor;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.TypeValue;

/** A method that a library adds to a class of the script's. */
final class NativeMethod implements Descriptor {
    private final NativeFunction function;

    NativeMethod(String name, NativeFunction.Body body) {
        this.function = new NativeFunction(name, body);
    }

    @Override
    public TypeValue type() {
        return CoreTypes.BUILTIN_FUNCTION;
    }

    @Override
    public Object get(Machine m, Object self, TypeValue owner) {
        return self == null ? function : new BoundMethod(function, self);
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        return function.call(m, arguments, keywords);
    }
}
