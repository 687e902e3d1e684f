package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ComparisonKey;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;

/** The module {@code functools}. */
final class FunctoolsModule {
    private static final String[] COPIED = {"__module__", "__name__", "__qualname__", "__doc__"};
    private static final long USUAL_LIMIT = 128;

    private FunctoolsModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("functools").with(FunctoolsModuleTable.TABLE)
                .with("partial", (Machine machine) -> PartialValue.TYPE)
                .with("reduce", (Machine machine) -> IterableFunctionsTable.TABLE.find("reduce"));
    }

    @Builtin(value = "update_wrapper", signature = "wrapper, wrapped, assigned=None, updated=None", doc = "Gives a function the name and the doc string of the one that it wraps.")
    static Object updateWrapper(Machine m, Object wrapper, Object wrapped, Object assigned, Object updated) {
        for (String name : COPIED) {
            Object value = Semantics.attributeOrNull(m, wrapped, name);
            if (value != null) {
                setQuietly(m, wrapper, name, value);
            }
        }
        if (Semantics.attributeOrNull(m, wrapped, "__dict__") instanceof DictValue dict) {
            for (DictValue.Entries e = dict.entries(); e.next();) {
                setQuietly(m, wrapper, (String) e.key(), e.value());
            }
        }
        setQuietly(m, wrapper, "__wrapped__", wrapped);
        return wrapper;
    }

    private static void setQuietly(Machine m, Object wrapper, String name, Object value) {
        try {
            Semantics.setAttribute(m, wrapper, name, value);
        } catch (NnError e) {
            // A wrapper that takes no attributes works without them.
            if (!e.kind().isA(ErrorKind.ATTRIBUTE_ERROR)) {
                throw e;
            }
        }
    }

    @Builtin(value = "wraps", signature = "wrapped, assigned=None, updated=None", doc = "A decorator that does what update_wrapper does.")
    static Object wraps(Machine m, Object wrapped, Object assigned, Object updated) {
        return new NativeFunction("wraps", (machine, a) -> updateWrapper(machine, a[0], wrapped, None.NONE, None.NONE));
    }

    @Builtin(value = "lru_cache", signature = "maxsize=128, typed=False", doc = "A decorator: the function remembers what it returned.")
    static Object lruCache(Machine m, Object maxsize, Object typed) {
        if (Semantics.isCallable(maxsize)) {
            return new CachedFunction(maxsize, USUAL_LIMIT);
        }
        long limit = maxsize == None.NONE ? -1 : Math.max(0, Semantics.index(m, maxsize));
        return new NativeFunction("lru_cache", (machine, a) -> new CachedFunction(a[0], limit));
    }

    @Builtin(value = "cache", signature = "user_function, /", doc = "A decorator: the function remembers all that it returned.")
    static Object cache(Machine m, Object function) {
        return new CachedFunction(function, -1);
    }

    @Builtin(value = "cmp_to_key", signature = "mycmp", doc = "A key function for sorting from Python 2's comparison function.")
    static Object comparisonKey(Machine m, Object mycmp) {
        return new ComparisonKey.Maker(mycmp);
    }

    @Builtin(value = "total_ordering", signature = "cls", doc = "Gives a class with __lt__ and __eq__ the other comparisons.")
    static Object totalOrdering(Machine m, TypeValue cls) {
        addUnlessThere(m, cls, "__gt__", (machine, a) -> Semantics.less(machine, a[1], a[0]));
        addUnlessThere(m, cls, "__le__", (machine, a) -> !Semantics.less(machine, a[1], a[0]));
        addUnlessThere(m, cls, "__ge__", (machine, a) -> !Semantics.less(machine, a[0], a[1]));
        return cls;
    }

    private static void addUnlessThere(Machine m, TypeValue cls, String name, NativeFunction.Body body) {
        if (cls.lookup(name) == null) {
            cls.setAttribute(m, name, new NativeMethod(name, body));
        }
    }
}
