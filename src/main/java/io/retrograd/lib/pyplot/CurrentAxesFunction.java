package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.builtin.Declared;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.Optional;

/** A function of pyplot that is a method of the current axes: {@code plt.title} is {@code set_title}. */
record CurrentAxesFunction(String name, String method) implements Value, Declared {
    @Override
    public TypeValue type() {
        return CoreTypes.BUILTIN_FUNCTION;
    }

    @Override
    public Optional<BuiltinFunction> declaration() {
        return AxesValue.TYPE.lookup(method) instanceof BuiltinFunction f ? Optional.of(f) : Optional.empty();
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        PyplotState state = PyplotState.of(m);
        Object bound = state.current(m).current(m).attribute(m, method);
        return state.mapped(Semantics.call(m, bound, arguments, keywords));
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        return attribute.equals("__name__") ? name : Value.super.attribute(m, attribute);
    }

    @Override
    public String repr(Machine m) {
        return "<function " + name + ">";
    }
}
