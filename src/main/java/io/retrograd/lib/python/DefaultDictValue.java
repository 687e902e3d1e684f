package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import java.util.Map;

/** {@code collections.defaultdict}: a dict that makes the values of keys it does not have. */
final class DefaultDictValue extends DictValue {
    static final TypeValue TYPE = new TypeValue("collections", "defaultdict", DictValue.TYPE, DefaultDictValueTable.TABLE, null);

    private final Object factory;

    private DefaultDictValue(Object factory) {
        this.factory = factory;
    }

    @Override
    public boolean hasPlainAttributes() {
        return true;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    protected Object missing(Machine m, Object key) {
        if (factory == None.NONE) {
            return super.missing(m, key);
        }
        Object made = Semantics.call(m, factory);
        put(m, key, made);
        return made;
    }

    @Override
    public DictValue copy(Machine m) {
        DictValue all = new DefaultDictValue(factory);
        all.putAll(m, this);
        return all;
    }

    @Override
    public String repr(Machine m) {
        return "defaultdict(" + Semantics.repr(m, factory) + ", " + super.repr(m) + ")";
    }

    @Builtin(value = "__new__", signature = "default_factory=None, mapping=None, /, **kwargs", doc = "A dict that calls the factory for the value of a key that it does not have.")
    static Object make(Machine m, Object factory, Object mapping, Map<String, Object> kwargs) {
        if (factory != None.NONE && !Semantics.isCallable(factory)) {
            throw NnError.type("first argument must be callable or None");
        }
        DictValue made = new DefaultDictValue(factory);
        if (mapping != None.NONE) {
            Semantics.callMethod(m, made, "update", mapping);
        }
        kwargs.forEach(made::putText);
        return made;
    }

    @Builtin(value = "default_factory", property = true, doc = "What makes the values of missing keys.")
    static Object factory(Machine m, DefaultDictValue self) {
        return self.factory;
    }
}
