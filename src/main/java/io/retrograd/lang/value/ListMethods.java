package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask a list. */
final class ListMethods {
    private ListMethods() {}

    @Builtin(value = "__new__", signature = "iterable=None, /", doc = "A list of the elements of an iterable.")
    static Object make(Machine m, Object iterable) {
        return iterable == None.NONE ? new ListValue() : ListValue.of(Semantics.elements(m, iterable));
    }

    @Builtin(value = "append", method = true, signature = "value, /", doc = "Adds a value at the end.")
    static void append(Machine m, ListValue self, Object value) {
        self.add(value);
    }

    @Builtin(value = "extend", method = true, signature = "iterable, /", doc = "Adds all elements of an iterable at the end.")
    static void extend(Machine m, ListValue self, Object iterable) {
        if (iterable instanceof ListValue || iterable instanceof TupleValue) {
            self.addAll(Semantics.elements(m, iterable));
            return;
        }
        Iteration all = Semantics.iterate(m, iterable);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            self.add(x);
        }
    }

    @Builtin(value = "insert", method = true, signature = "index, value, /", doc = "Puts a value before the place.")
    static void insert(Machine m, ListValue self, long index, Object value) {
        long at = index < 0 ? index + self.size() : index;
        self.insert((int) Math.max(0, Math.min(self.size(), at)), value);
    }

    @Builtin(value = "pop", method = true, signature = "index=-1, /", doc = "Removes and returns the element at a place, by default the last.")
    static Object pop(Machine m, ListValue self, long index) {
        if (self.size() == 0) {
            throw NnError.index("pop from empty list");
        }
        int at = Sequences.place(index, self.size());
        if (at < 0) {
            throw NnError.index("pop index out of range");
        }
        return self.removeAt(at);
    }

    @Builtin(value = "remove", method = true, signature = "value, /", doc = "Removes the first element that equals the value.")
    static void remove(Machine m, ListValue self, Object value) {
        long at = find(m, self.elements, self.size, value, 0, None.NONE);
        if (at < 0) {
            throw NnError.value("list.remove(x): x not in list");
        }
        self.removeAt((int) at);
    }

    @Builtin(value = "clear", method = true, doc = "Removes all elements.")
    static void clear(Machine m, ListValue self) {
        self.clear();
    }

    @Builtin(value = "copy", method = true, doc = "A list of the same elements.")
    static Object copy(Machine m, ListValue self) {
        return ListValue.of(self.toArray());
    }

    @Builtin(value = "count", method = true, signature = "value, /", doc = "How many elements equal the value.")
    static long count(Machine m, ListValue self, Object value) {
        return count(m, self.elements, self.size, value);
    }

    static long count(Machine m, Object[] elements, int n, Object value) {
        long found = 0;
        if (value instanceof Double wanted) {
            double v = wanted;
            for (int i = 0; i < n; i++) {
                Object x = elements[i];
                found += x == value || (x instanceof Double d ? d == v : Semantics.sameOrEqual(m, x, value)) ? 1 : 0;
            }
            return found;
        }
        for (int i = 0; i < n; i++) {
            found += Semantics.sameOrEqual(m, elements[i], value) ? 1 : 0;
        }
        return found;
    }

    @Builtin(value = "index", method = true, signature = "value, start=0, stop=None, /", doc = "The place of the first element that equals the value.")
    static long index(Machine m, ListValue self, Object value, long start, Object stop) {
        long at = find(m, self.elements, self.size, value, start, stop);
        if (at < 0) {
            throw NnError.value(Semantics.repr(m, value) + " is not in list");
        }
        return at;
    }

    static long find(Machine m, Object[] elements, int n, Object value, long start, Object stop) {
        long from = Math.max(0, start < 0 ? start + n : start);
        long limit = stop == None.NONE ? n : Semantics.index(m, stop);
        long to = Math.min(n, limit < 0 ? limit + n : limit);
        for (long i = from; i < to; i++) {
            if (Semantics.sameOrEqual(m, elements[(int) i], value)) {
                return i;
            }
        }
        return -1;
    }

    @Builtin(value = "reverse", method = true, doc = "Turns the order round.")
    static void reverse(Machine m, ListValue self) {
        for (int i = 0, j = self.size - 1; i < j; i++, j--) {
            Object x = self.elements[i];
            self.elements[i] = self.elements[j];
            self.elements[j] = x;
        }
    }

    @Builtin(value = "sort", method = true, signature = "*args, key=None, reverse=False", doc = "Sorts in place, stably; key gives what to compare by.")
    static void sort(Machine m, ListValue self, Object[] args, Object key, boolean reverse) {
        Object by = key;
        if (args.length > 0) {
            // Python 2's comparison function.
            by = new ComparisonKey.Maker(args[0]);
        }
        Object[] all = self.toArray();
        Sorting.sort(m, all, by, reverse);
        self.elements = all;
        self.size = all.length;
    }

    @Builtin(value = "__reversed__", method = true, doc = "An iterator from the last element to the first.")
    static Object reversed(Machine m, ListValue self) {
        int[] at = {self.size};
        return new IteratorValue(IteratorValue.kind("list_reverseiterator"), machine -> {
            at[0] = Math.min(at[0], self.size) - 1;
            return at[0] >= 0 ? self.elements[at[0]] : null;
        });
    }
}
