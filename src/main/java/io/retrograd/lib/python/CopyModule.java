package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ClassValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.FrozenSetValue;
import io.retrograd.lang.value.InstanceValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SetValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.IdentityHashMap;
import java.util.Map;

/** The module {@code copy}. */
final class CopyModule {
    private CopyModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("copy").with(CopyModuleTable.TABLE)
                .with("Error", (Machine machine) -> ExceptionTypes.of(ErrorKind.EXCEPTION));
    }

    @Builtin(value = "copy", signature = "x", doc = "Another object with the same parts.")
    static Object copy(Machine m, Object x) {
        if (!(x instanceof Value v) || x instanceof TypeValue || x instanceof TupleValue || x instanceof FrozenSetValue) {
            return x;
        }
        Object own = v.special(m, "__copy__");
        if (own != null) {
            return own;
        }
        if (x instanceof ListValue list && list.type() == ListValue.TYPE) {
            return ListValue.of(list.toArray());
        }
        if (x instanceof InstanceValue instance && instance.type() instanceof ClassValue type) {
            return copyOf(m, instance, type, part -> part);
        }
        Object method = v.attribute(m, "copy");
        return method != null && Semantics.isCallable(method) && !(x instanceof ModuleValue) ? Semantics.call(m, method) : x;
    }

    /** What becomes of a part of a copied object. */
    private interface Part {
        Object of(Object part);
    }

    private static InstanceValue copyOf(Machine m, InstanceValue instance, ClassValue type, Part part) {
        InstanceValue made = (InstanceValue) InstanceValue.make(m, type, Semantics.NO_ARGUMENTS, Semantics.NO_KEYWORDS);
        for (String name : instance.ownNames()) {
            made.own(name, part.of(instance.own(name)));
        }
        return made;
    }

    @Builtin(value = "deepcopy", signature = "x, memo=None", doc = "Another object whose parts are copies too.")
    static Object deepCopy(Machine m, Object x, Object memo) {
        return new Deep(m, memo).copy(x);
    }

    /** One deep copy: what was copied already is not copied again. */
    private static final class Deep {
        private final Machine m;
        private final Object memo;
        private final Map<Object, Object> made = new IdentityHashMap<>();

        Deep(Machine m, Object memo) {
            this.m = m;
            this.memo = memo == None.NONE ? new DictValue() : memo;
        }

        Object copy(Object x) {
            if (!(x instanceof Value v) || x instanceof TypeValue || x instanceof ModuleValue) {
                return x;
            }
            Object known = made.get(x);
            if (known != null) {
                return known;
            }
            Object own = v.special(m, "__deepcopy__", memo);
            if (own != null) {
                made.put(x, own);
                return own;
            }
            if (x instanceof ListValue list) {
                ListValue result = new ListValue(list.size());
                made.put(x, result);
                for (int i = 0; i < list.size(); i++) {
                    result.add(copy(list.get(i)));
                }
                return result;
            }
            if (x instanceof TupleValue tuple) {
                Object result = tuple(tuple);
                made.put(x, result);
                return result;
            }
            if (x instanceof DictValue dict) {
                DictValue result = dict.copy(m);
                made.put(x, result);
                for (DictValue.Entries e = dict.entries(); e.next();) {
                    result.put(m, e.key(), copy(e.value()));
                }
                return result;
            }
            if (x instanceof SetValue) {
                return x instanceof FrozenSetValue ? x : SetValue.from(m, x);
            }
            if (x instanceof InstanceValue instance && instance.type() instanceof ClassValue type) {
                InstanceValue result = (InstanceValue) InstanceValue.make(m, type, Semantics.NO_ARGUMENTS, Semantics.NO_KEYWORDS);
                made.put(x, result);
                for (String name : instance.ownNames()) {
                    result.own(name, copy(instance.own(name)));
                }
                return result;
            }
            return CopyModule.copy(m, x);
        }

        private Object tuple(TupleValue tuple) {
            Object[] parts = tuple.toArray();
            for (int i = 0; i < parts.length; i++) {
                parts[i] = copy(parts[i]);
            }
            return tuple instanceof NamedTuple named ? named.with(parts) : TupleValue.of(parts);
        }
    }
}
