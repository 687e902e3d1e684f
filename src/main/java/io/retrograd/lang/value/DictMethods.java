package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import java.util.Map;

/** What scripts can ask a dict. */
final class DictMethods {
    private DictMethods() {}

    @Builtin(value = "__new__", signature = "mapping_or_iterable=None, /, **kwargs", doc = "A dict from another mapping, from pairs, or from keyword arguments.")
    static Object make(Machine m, Object source, Map<String, Object> kwargs) {
        DictValue dict = new DictValue();
        fill(m, dict, source, kwargs);
        return dict;
    }

    @Builtin(value = "__init__", method = true, signature = "mapping_or_iterable=None, /, **kwargs", doc = "Adds what dict() would take.")
    static void initialize(Machine m, DictValue self, Object source, Map<String, Object> kwargs) {
        fill(m, self, source, kwargs);
    }

    private static void fill(Machine m, DictValue dict, Object source, Map<String, Object> kwargs) {
        if (source != None.NONE) {
            merge(m, dict, source);
        }
        kwargs.forEach(dict::putText);
    }

    /** Adds the entries of a mapping or of an iterable of pairs. */
    static void merge(Machine m, DictValue dict, Object source) {
        if (source instanceof DictValue other) {
            dict.putAll(m, other);
            return;
        }
        Object keys = source instanceof Value v ? v.attribute(m, "keys") : null;
        if (keys != null) {
            Iteration all = Semantics.iterate(m, Semantics.call(m, keys));
            for (Object k = all.next(m); k != null; k = all.next(m)) {
                m.step();
                dict.put(m, k, Semantics.item(m, source, k));
            }
            return;
        }
        Iteration all = Semantics.iterate(m, source);
        int n = 0;
        for (Object pair = all.next(m); pair != null; pair = all.next(m)) {
            m.step();
            boolean sequence = pair instanceof String || pair instanceof Value v && !(v instanceof None);
            if (!sequence) {
                throw NnError.type("cannot convert dictionary update sequence element #" + n + " to a sequence");
            }
            Object[] two = Semantics.elements(m, pair);
            if (two.length != 2) {
                throw NnError.value("dictionary update sequence element #" + n + " has length " + two.length + "; 2 is required");
            }
            dict.put(m, two[0], two[1]);
            n++;
        }
    }

    @Builtin(value = "fromkeys", signature = "iterable, value=None, /", doc = "A dict with those keys, all with one value.")
    static Object fromKeys(Machine m, Object iterable, Object value) {
        DictValue dict = new DictValue();
        Iteration all = Semantics.iterate(m, iterable);
        for (Object k = all.next(m); k != null; k = all.next(m)) {
            m.step();
            dict.put(m, k, value);
        }
        return dict;
    }

    @Builtin(value = "keys", method = true, doc = "A view of the keys.")
    static Object keys(Machine m, DictValue self) {
        return new DictView(self, DictView.Kind.KEYS);
    }

    @Builtin(value = "values", method = true, doc = "A view of the values.")
    static Object values(Machine m, DictValue self) {
        return new DictView(self, DictView.Kind.VALUES);
    }

    @Builtin(value = "items", method = true, doc = "A view of the (key, value) pairs.")
    static Object items(Machine m, DictValue self) {
        return new DictView(self, DictView.Kind.ITEMS);
    }

    @Builtin(value = {"iterkeys", "viewkeys"}, method = true, doc = "Python 2's view of the keys.")
    static Object iterKeys(Machine m, DictValue self) {
        return keys(m, self);
    }

    @Builtin(value = {"itervalues", "viewvalues"}, method = true, doc = "Python 2's view of the values.")
    static Object iterValues(Machine m, DictValue self) {
        return values(m, self);
    }

    @Builtin(value = {"iteritems", "viewitems"}, method = true, doc = "Python 2's view of the (key, value) pairs.")
    static Object iterItems(Machine m, DictValue self) {
        return items(m, self);
    }

    @Builtin(value = "has_key", method = true, signature = "key, /", doc = "Python 2's question whether the key is there.")
    static boolean hasKey(Machine m, DictValue self, Object key) {
        return self.containsKey(m, key);
    }

    @Builtin(value = "get", method = true, signature = "key, default=None, /", doc = "The value of a key, or the default if it is not there.")
    static Object get(Machine m, DictValue self, Object key, Object fallback) {
        Object found = self.get(m, key);
        return found == null ? fallback : found;
    }

    @Builtin(value = "setdefault", method = true, signature = "key, default=None, /", doc = "The value of a key, which is set to the default if it is not there.")
    static Object setDefault(Machine m, DictValue self, Object key, Object fallback) {
        Object found = self.get(m, key);
        if (found == null) {
            self.put(m, key, fallback);
            return fallback;
        }
        return found;
    }

    @Builtin(value = "pop", method = true, signature = "key, *default", doc = "Removes a key and returns its value, or the default if it is not there.")
    static Object pop(Machine m, DictValue self, Object key, Object[] fallback) {
        Object found = self.remove(m, key);
        if (found != null) {
            return found;
        }
        if (fallback.length > 0) {
            return fallback[0];
        }
        throw Semantics.noKey(m, key);
    }

    @Builtin(value = "popitem", method = true, signature = "last=True", doc = "Removes and returns the pair that was added last.")
    static Object popItem(Machine m, DictValue self, boolean last) {
        Object pair = self.removeEnd(last);
        if (pair == null) {
            throw Semantics.noKey(m, "popitem(): dictionary is empty");
        }
        return pair;
    }

    @Builtin(value = "update", method = true, signature = "mapping_or_iterable=None, /, **kwargs", doc = "Adds the entries of another mapping, of pairs, or keyword arguments.")
    static void update(Machine m, DictValue self, Object source, Map<String, Object> kwargs) {
        fill(m, self, source, kwargs);
    }

    @Builtin(value = "clear", method = true, doc = "Removes all entries.")
    static void clear(Machine m, DictValue self) {
        self.clear();
    }

    @Builtin(value = {"copy", "__copy__"}, method = true, doc = "A dict of the same entries.")
    static Object copy(Machine m, DictValue self) {
        return self.copy(m);
    }

    @Builtin(value = "__reversed__", method = true, doc = "An iterator from the last key to the first.")
    static Object reversed(Machine m, DictValue self) {
        DictValue.Entries e = self.entriesBackwards();
        return new IteratorValue(IteratorValue.kind("dict_reversekeyiterator"), machine -> e.next() ? e.key() : null);
    }
}
