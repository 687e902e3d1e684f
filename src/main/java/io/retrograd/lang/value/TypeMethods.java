package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What scripts can ask a class. */
final class TypeMethods {
    private TypeMethods() {}

    @Builtin(value = "__new__", signature = "object, *rest", doc = "The class of an object.")
    static Object make(Machine m, Object object, Object[] rest) {
        if (rest.length > 0) {
            return newClass(m, object, rest);
        }
        return Semantics.typeOf(object);
    }

    @Builtin(value = "mro", method = true, doc = "The classes in which attributes are looked for, in order.")
    static Object order(Machine m, TypeValue self) {
        return ListValue.copyOf(self.resolutionOrder());
    }

    /** {@code type(name, bases, members)}: what a class statement does. */
    private static Object newClass(Machine m, Object name, Object[] rest) {
        if (rest.length != 2) {
            throw NnError.type("type() takes 1 or 3 arguments");
        }
        if (!(name instanceof String text) || !(rest[0] instanceof TupleValue bases) || !(rest[1] instanceof DictValue members)) {
            throw NnError.type("type.__new__() takes a name, a tuple of classes and a dict");
        }
        List<TypeValue> types = new ArrayList<>();
        for (int i = 0; i < bases.size(); i++) {
            if (!(bases.get(i) instanceof TypeValue t)) {
                throw NnError.type("bases must be types");
            }
            if (t != CoreTypes.OBJECT || bases.size() == 1) {
                types.add(t.inheritable(m));
            }
        }
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("__module__", "__main__");
        own.put("__qualname__", text);
        for (Object key : members.keyArray()) {
            own.put(Semantics.str(m, key), members.get(m, key));
        }
        return new ClassValue("__main__", text, types, own);
    }
}
