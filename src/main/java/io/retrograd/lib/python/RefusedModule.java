package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/**
 * A module that Retrograd does not offer for a reason. It can be imported, since scripts import more than they use;
 * what it has says the reason when it is called.
 */
final class RefusedModule extends ModuleValue {
    private final String reason;

    RefusedModule(String name, String reason) {
        super(name);
        this.reason = reason;
    }

    @Override
    public Object exact(Machine m, String attribute) {
        Object found = super.exact(m, attribute);
        if (found != null || attribute.startsWith("__")) {
            return found;
        }
        if (attribute.endsWith("Error") || attribute.endsWith("Exception")) {
            return ExceptionTypes.of(ErrorKind.OS_ERROR);
        }
        if (attribute.equals("cpu_count")) {
            return new NativeFunction(attribute, (machine, a) -> OsModule.processors(machine));
        }
        return new Refused();
    }

    /** Whatever a script takes from the module: usable by name, not by calling. */
    private final class Refused implements Value {
        @Override
        public TypeValue type() {
            return CoreTypes.BUILTIN_FUNCTION;
        }

        @Override
        public Object attribute(Machine m, String attribute) {
            return attribute.startsWith("__") ? Value.super.attribute(m, attribute) : this;
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            throw refusal();
        }
    }

    private NnError refusal() {
        return new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "Retrograd does not offer " + name() + ": " + reason);
    }
}
