package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import java.util.Arrays;
import java.util.Map;

/** A Python dict: keys in the order of insertion, equal by Python's rules. */
public class DictValue implements Value {
    public static final TypeValue TYPE = new TypeValue("builtins", "dict", CoreTypes.OBJECT, DictMethodsTable.TABLE, null);

    private HashIndex keys = new HashIndex();
    private Object[] values = new Object[keys.keys.length];

    public DictValue() {}

    /** A dict with string keys. */
    public static DictValue of(Map<String, ?> entries) {
        DictValue dict = new DictValue();
        entries.forEach(dict::putText);
        return dict;
    }

    public int size() {
        return keys.size;
    }

    /** The value of a key, or null; TypeError for a key that has no hash. */
    public Object get(Machine m, Object key) {
        int at = keys.find(m, key, Semantics.hash(m, key));
        return at < 0 ? null : values[at];
    }

    public boolean containsKey(Machine m, Object key) {
        return keys.find(m, key, Semantics.hash(m, key)) >= 0;
    }

    /** Sets a value; a key that is there keeps its place. */
    public void put(Machine m, Object key, Object value) {
        long hash = Semantics.hash(m, key);
        int at = keys.find(m, key, hash);
        if (at >= 0) {
            values[at] = value;
        } else {
            append(key, hash, value);
        }
    }

    /** Adds to the value of a key, or subtracts from it; one that is not there counts as 0. */
    protected void count(Machine m, Object key, BinaryOperator op, Object by) {
        long hash = Semantics.hash(m, key);
        int at = keys.find(m, key, hash);
        Object held = at < 0 ? (Object) 0L : values[at];
        if (held instanceof Long && by instanceof Long) {
            Object sum = Semantics.binary(m, op, held, by);
            if (at < 0) {
                append(key, hash, sum);
            } else {
                values[at] = sum;
            }
            return;
        }
        // What the script's own classes do may change the dict.
        put(m, key, Semantics.binary(m, op, held, by));
    }

    private void append(Object key, long hash, Object value) {
        int at = keys.append(key, hash);
        if (at >= values.length) {
            values = Arrays.copyOf(values, keys.keys.length);
        }
        values[at] = value;
    }

    /** The value of a string key, or null; needs no machine because strings compare by themselves. */
    public Object getText(String key) {
        int at = keys.find(null, key, key.hashCode());
        return at < 0 ? null : values[at];
    }

    /** Sets the value of a string key. */
    public void putText(String key, Object value) {
        int at = keys.find(null, key, key.hashCode());
        if (at >= 0) {
            values[at] = value;
        } else {
            append(key, key.hashCode(), value);
        }
    }

    /** Removes a key and answers its value, or null if it was not there. */
    public Object remove(Machine m, Object key) {
        int at = keys.find(m, key, Semantics.hash(m, key));
        return at < 0 ? null : removeAt(at);
    }

    private Object removeAt(int at) {
        Object old = values[at];
        keys.remove(at);
        values[at] = null;
        if (keys.isSparse()) {
            keys.compact(values);
        }
        return old;
    }

    public void clear() {
        keys = new HashIndex();
        values = new Object[keys.keys.length];
    }

    /** Adds all entries of another dict. */
    public void putAll(Machine m, DictValue other) {
        boolean plain = getClass() == DictValue.class && other.getClass() == DictValue.class;
        if (plain && keys.used == 0 && other.keys.used > 0 && other.keys.used == other.keys.size) {
            keys = other.keys.copy();
            values = Arrays.copyOf(other.values, keys.keys.length);
            return;
        }
        for (Entries e = other.entries(); e.next();) {
            put(m, e.key(), e.value());
        }
    }

    /** A dict of the same kind with the same entries. */
    public DictValue copy(Machine m) {
        DictValue all = new DictValue();
        all.putAll(m, this);
        return all;
    }

    /** Removes and answers the last (or the first) entry as a pair; null if there is none. */
    public TupleValue removeEnd(boolean last) {
        int step = last ? -1 : 1;
        for (int at = last ? keys.used - 1 : 0; at >= 0 && at < keys.used; at += step) {
            if (keys.keys[at] != null) {
                Object key = keys.keys[at];
                TupleValue pair = TupleValue.of(key, values[at]);
                keys.remove(at);
                values[at] = null;
                if (last) {
                    keys.used = at;
                } else if (keys.isSparse()) {
                    keys.compact(values);
                }
                return pair;
            }
        }
        return null;
    }

    /** A walk over the entries as they are now; RuntimeError if the size changes meanwhile. */
    public Entries entries() {
        return new Entries(this, false);
    }

    /** The same, from the last entry to the first. */
    public Entries entriesBackwards() {
        return new Entries(this, true);
    }

    /** A cursor on the entries of a dict, before the first one until {@link #next} says there is one. */
    public static final class Entries {
        private final DictValue dict;
        private final int step;
        private final int expected;
        private int at;

        private Entries(DictValue dict, boolean backwards) {
            this.dict = dict;
            this.step = backwards ? -1 : 1;
            this.expected = dict.keys.size;
            this.at = backwards ? dict.keys.used : -1;
        }

        public boolean next() {
            if (dict.keys.size != expected) {
                throw NnError.runtime("dictionary changed size during iteration");
            }
            do {
                at += step;
                if (at < 0 || at >= dict.keys.used) {
                    at = step > 0 ? dict.keys.used : -1;
                    return false;
                }
            } while (dict.keys.keys[at] == null);
            return true;
        }

        public Object key() {
            return dict.keys.keys[at];
        }

        public Object value() {
            return dict.values[at];
        }
    }

    /** The keys, in a new array. */
    public Object[] keyArray() {
        Object[] all = new Object[size()];
        int n = 0;
        for (Entries e = entries(); e.next();) {
            all[n++] = e.key();
        }
        return all;
    }

    /** What a key that is not there gives: KeyError, unless a subclass knows better. */
    protected Object missing(Machine m, Object key) {
        throw Semantics.noKey(m, key);
    }

    @Override
    public boolean hasPlainAttributes() {
        return getClass() == DictValue.class;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean truth(Machine m) {
        return keys.size != 0;
    }

    @Override
    public int length(Machine m) {
        return keys.size;
    }

    @Override
    public long hash(Machine m) {
        throw NnError.type("unhashable type: '" + type().name() + "'");
    }

    @Override
    public Iteration iterate(Machine m) {
        Entries e = entries();
        return machine -> e.next() ? e.key() : null;
    }

    @Override
    public boolean contains(Machine m, Object key) {
        return containsKey(m, key);
    }

    @Override
    public Object item(Machine m, Object key) {
        Object found = get(m, key);
        return found != null ? found : missing(m, key);
    }

    @Override
    public void setItem(Machine m, Object key, Object value) {
        put(m, key, value);
    }

    @Override
    public void deleteItem(Machine m, Object key) {
        if (remove(m, key) == null) {
            throw Semantics.noKey(m, key);
        }
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        if (op != BinaryOperator.BIT_OR || !(right instanceof DictValue other)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        DictValue all = new DictValue();
        all.putAll(m, this);
        all.putAll(m, other);
        return all;
    }

    @Override
    public Object inPlace(Machine m, BinaryOperator op, Object right) {
        if (op != BinaryOperator.BIT_OR) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        DictMethods.merge(m, this, right);
        return this;
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (!(other instanceof DictValue dict) || op != CompareOperator.EQUAL && op != CompareOperator.NOT_EQUAL) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return equalTo(m, dict) == (op == CompareOperator.EQUAL);
    }

    private boolean equalTo(Machine m, DictValue other) {
        if (size() != other.size()) {
            return false;
        }
        for (Entries e = entries(); e.next();) {
            Object theirs = other.get(m, e.key());
            if (theirs == null || !Semantics.sameOrEqual(m, e.value(), theirs)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String repr(Machine m) {
        ReprGuard guard = ReprGuard.of(m);
        if (!guard.enter(this)) {
            return "{...}";
        }
        try {
            StringBuilder out = new StringBuilder("{");
            for (Entries e = entries(); e.next();) {
                if (out.length() > 1) {
                    out.append(", ");
                }
                out.append(Semantics.repr(m, e.key())).append(": ").append(Semantics.repr(m, e.value()));
            }
            return out.append('}').toString();
        } finally {
            guard.leave(this);
        }
    }
}
