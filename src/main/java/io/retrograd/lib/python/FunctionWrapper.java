package io.retrograd.lib.python;

import io.retrograd.lang.value.BoundMethod;
import io.retrograd.lang.value.Descriptor;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** What a decorator makes of a function: something to call that can be a method, and has the function's attributes. */
abstract class FunctionWrapper implements Descriptor {
    final Object function;

    FunctionWrapper(Object function) {
        this.function = function;
    }

    @Override
    public final boolean isCallable() {
        return true;
    }

    @Override
    public final Object get(Machine m, Object self, TypeValue owner) {
        return self == null ? this : new BoundMethod(this, self);
    }

    @Override
    public Object attribute(Machine m, String name) {
        return function instanceof Value v ? v.attribute(m, name) : null;
    }
}
