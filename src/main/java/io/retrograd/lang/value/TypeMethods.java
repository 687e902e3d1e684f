package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask a class. */
final class TypeMethods {
    private TypeMethods() {}

    @Builtin(value = "__new__", signature = "object, *rest", doc = "The class of an object.")
    static Object make(Machine m, Object object, Object[] rest) {
        if (rest.length > 0) {
            throw NnError.type("type() takes 1 argument here: write a class statement to make a class");
        }
        return Semantics.typeOf(object);
    }

    @Builtin(value = "mro", method = true, doc = "The classes in which attributes are looked for, in order.")
    static Object order(Machine m, TypeValue self) {
        return ListValue.copyOf(self.resolutionOrder());
    }
}
