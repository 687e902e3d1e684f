package io.retrograd.lib.numpy;

import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** A function of the module as a method of an array, which becomes its first argument: {@code a.sum(axis=0)}. */
record FunctionAsMethod(Object function, Object self, String name) implements Value {
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
        Object[] all = new Object[arguments.length + 1];
        all[0] = self;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Semantics.call(m, function, all, keywords);
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        return attribute.equals("__self__") ? self : Semantics.attributeOrNull(m, function, attribute);
    }

    @Override
    public String repr(Machine m) {
        return "<built-in method " + name + " of numpy.ndarray object>";
    }
}
