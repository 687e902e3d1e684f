package io.retrograd.lib.python;

import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;

/** {@code functools.lru_cache}: a function that remembers what it returned for which arguments. */
final class CachedFunction extends FunctionWrapper {
    private static final TypeValue TYPE = TypeValue.opaque("functools", "_lru_cache_wrapper", null);

    private final long limit;
    private final DictValue known = new DictValue();
    private long hits;
    private long misses;

    /** A negative limit is none. */
    CachedFunction(Object function, long limit) {
        super(function);
        this.limit = limit;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        Object[] parts = new Object[arguments.length + keywords.length];
        System.arraycopy(arguments, 0, parts, 0, arguments.length);
        System.arraycopy(keywords, 0, parts, arguments.length, keywords.length);
        Object key = TupleValue.of(parts);
        Object found = known.get(m, key);
        if (found != null) {
            hits++;
            if (limit > 0) {
                known.remove(m, key);
                known.put(m, key, found);
            }
            return found;
        }
        misses++;
        Object made = Semantics.call(m, function, arguments, keywords);
        if (limit != 0) {
            known.put(m, key, made);
        }
        if (limit > 0 && known.size() > limit) {
            known.removeEnd(false);
        }
        return made;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "__wrapped__" -> function;
            case "cache_clear" -> new NativeFunction(name, (machine, a) -> {
                known.clear();
                hits = 0;
                misses = 0;
                return None.NONE;
            });
            case "cache_info" -> new NativeFunction(name, (machine, a) -> NamedTuple.type("functools", "CacheInfo", "hits", "misses",
                    "maxsize", "currsize").make(hits, misses, limit < 0 ? None.NONE : (Object) limit, (long) known.size()));
            default -> super.attribute(m, name);
        };
    }

    @Override
    public String repr(Machine m) {
        return "<functools._lru_cache_wrapper object at " + Semantics.address(this) + ">";
    }
}
