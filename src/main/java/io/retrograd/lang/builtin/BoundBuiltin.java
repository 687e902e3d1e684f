package io.retrograd.lang.builtin;

import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** A builtin method together with its receiver: {@code xs.append}. */
public final class BoundBuiltin implements Value {
    private final BuiltinFunction function;
    private final Object self;

    BoundBuiltin(BuiltinFunction function, Object self) {
        this.function = function;
        this.self = self;
    }

    public BuiltinFunction function() {
        return function;
    }

    public Object self() {
        return self;
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
        return function.callOn(m, self, arguments, keywords);
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        return attribute.equals("__self__") ? self : function.attribute(m, attribute);
    }

    @Override
    public String repr(Machine m) {
        return "<built-in method " + function.name() + " of " + Semantics.typeOf(self).name() + " object>";
    }
}
