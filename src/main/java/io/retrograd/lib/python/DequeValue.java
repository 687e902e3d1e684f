package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** {@code collections.deque}: a list that grows and shrinks at both ends, a ring in memory. */
final class DequeValue implements Value {
    static final TypeValue TYPE = new TypeValue("collections", "deque", CoreTypes.OBJECT, DequeValueTable.TABLE, null);
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private Object[] ring = new Object[8];
    private int head;
    private int size;
    private int changes;
    private final int limit;

    private DequeValue(int limit) {
        this.limit = limit;
    }

    @Override
    public boolean hasPlainAttributes() {
        return true;
    }

    private Object get(int i) {
        return ring[head + i & ring.length - 1];
    }

    private void set(int i, Object value) {
        ring[head + i & ring.length - 1] = value;
    }

    private void grow() {
        if (size == ring.length) {
            Object[] larger = new Object[size * 2];
            for (int i = 0; i < size; i++) {
                larger[i] = get(i);
            }
            ring = larger;
            head = 0;
        }
    }

    private void addLast(Object value) {
        changes++;
        if (limit == 0) {
            return;
        }
        if (size == limit) {
            removeFirst();
        }
        grow();
        set(size++, value);
    }

    private void addFirst(Object value) {
        changes++;
        if (limit == 0) {
            return;
        }
        if (size == limit) {
            removeLast();
        }
        grow();
        head = head - 1 & ring.length - 1;
        ring[head] = value;
        size++;
    }

    private Object removeFirst() {
        if (size == 0) {
            throw NnError.index("pop from an empty deque");
        }
        changes++;
        Object value = ring[head];
        ring[head] = null;
        head = head + 1 & ring.length - 1;
        size--;
        return value;
    }

    private Object removeLast() {
        if (size == 0) {
            throw NnError.index("pop from an empty deque");
        }
        changes++;
        Object value = get(--size);
        set(size, null);
        return value;
    }

    private void extend(Machine m, Object iterable) {
        for (Object x : Semantics.elements(m, iterable)) {
            addLast(x);
        }
    }

    private void refill(ListValue list) {
        clear();
        for (int i = 0; i < list.size(); i++) {
            addLast(list.get(i));
        }
    }

    private void clear() {
        changes++;
        ring = new Object[8];
        head = 0;
        size = 0;
    }

    private ListValue list() {
        ListValue list = new ListValue(size);
        for (int i = 0; i < size; i++) {
            list.add(get(i));
        }
        return list;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean truth(Machine m) {
        return size != 0;
    }

    @Override
    public int length(Machine m) {
        return size;
    }

    @Override
    public long hash(Machine m) {
        throw NnError.type("unhashable type: 'collections.deque'");
    }

    @Override
    public Iteration iterate(Machine m) {
        int expected = changes;
        int[] at = {0};
        return machine -> {
            if (changes != expected) {
                throw NnError.runtime("deque mutated during iteration");
            }
            return at[0] < size ? get(at[0]++) : null;
        };
    }

    private int place(Machine m, Object key) {
        if (Semantics.indexOrNull(m, key) == null) {
            throw NnError.type("sequence index must be integer, not '" + Semantics.typeOf(key).name() + "'");
        }
        long i = Semantics.index(m, key);
        long at = i < 0 ? i + size : i;
        if (at < 0 || at >= size) {
            throw NnError.index("deque index out of range");
        }
        return (int) at;
    }

    @Override
    public Object item(Machine m, Object key) {
        return get(place(m, key));
    }

    @Override
    public void setItem(Machine m, Object key, Object value) {
        set(place(m, key), value);
    }

    @Override
    public void deleteItem(Machine m, Object key) {
        ListValue list = list();
        list.removeAt(place(m, key));
        refill(list);
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        if (op == BinaryOperator.ADD && right instanceof DequeValue other) {
            DequeValue all = new DequeValue(limit);
            all.extend(m, this);
            all.extend(m, other);
            return all;
        }
        return NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public Object inPlace(Machine m, BinaryOperator op, Object right) {
        if (op == BinaryOperator.ADD) {
            extend(m, right);
            return this;
        }
        return NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        return other instanceof DequeValue d ? list().compare(m, op, d.list()) : NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public String repr(Machine m) {
        return "deque(" + list().repr(m) + (limit == UNLIMITED ? ")" : ", maxlen=" + limit + ")");
    }

    @Builtin(value = "__new__", signature = "iterable=None, maxlen=None", doc = "A list for both ends; with maxlen it forgets at the other end.")
    static Object make(Machine m, Object iterable, Object maxlen) {
        if (maxlen != None.NONE && Semantics.index(m, maxlen) < 0) {
            throw NnError.value("maxlen must be non-negative");
        }
        DequeValue made = new DequeValue(maxlen == None.NONE ? UNLIMITED : (int) Math.min(UNLIMITED, Semantics.index(m, maxlen)));
        if (iterable != None.NONE) {
            made.extend(m, iterable);
        }
        return made;
    }

    @Builtin(value = "append", method = true, signature = "x, /", doc = "Adds at the right end.")
    static void append(Machine m, DequeValue self, Object x) {
        self.addLast(x);
    }

    @Builtin(value = "appendleft", method = true, signature = "x, /", doc = "Adds at the left end.")
    static void appendLeft(Machine m, DequeValue self, Object x) {
        self.addFirst(x);
    }

    @Builtin(value = "pop", method = true, doc = "Removes and returns the right end.")
    static Object pop(Machine m, DequeValue self) {
        return self.removeLast();
    }

    @Builtin(value = "popleft", method = true, doc = "Removes and returns the left end.")
    static Object popLeft(Machine m, DequeValue self) {
        return self.removeFirst();
    }

    @Builtin(value = "extend", method = true, signature = "iterable, /", doc = "Adds all elements at the right end.")
    static void extendRight(Machine m, DequeValue self, Object iterable) {
        self.extend(m, iterable);
    }

    @Builtin(value = "extendleft", method = true, signature = "iterable, /", doc = "Adds the elements one by one at the left end.")
    static void extendLeft(Machine m, DequeValue self, Object iterable) {
        for (Object x : Semantics.elements(m, iterable)) {
            self.addFirst(x);
        }
    }

    @Builtin(value = "clear", method = true, doc = "Removes all elements.")
    static void clear(Machine m, DequeValue self) {
        self.clear();
    }

    @Builtin(value = {"copy", "__copy__"}, method = true, doc = "A deque of the same elements.")
    static Object copy(Machine m, DequeValue self) {
        DequeValue all = new DequeValue(self.limit);
        all.extend(m, self);
        return all;
    }

    @Builtin(value = "count", method = true, signature = "x, /", doc = "How many elements equal x.")
    static Object count(Machine m, DequeValue self, Object x) {
        return Semantics.callMethod(m, self.list(), "count", x);
    }

    @Builtin(value = "index", method = true, signature = "x, start=0, stop=None, /", doc = "The place of the first element that equals x.")
    static Object index(Machine m, DequeValue self, Object x, Object start, Object stop) {
        return Semantics.callMethod(m, self.list(), "index", x, start, stop);
    }

    @Builtin(value = "insert", method = true, signature = "i, x, /", doc = "Puts x before the place.")
    static void insert(Machine m, DequeValue self, Object i, Object x) {
        if (self.size >= self.limit) {
            throw NnError.index("deque already at its maximum size");
        }
        ListValue list = self.list();
        Semantics.callMethod(m, list, "insert", i, x);
        self.refill(list);
    }

    @Builtin(value = "remove", method = true, signature = "x, /", doc = "Removes the first element that equals x.")
    static void remove(Machine m, DequeValue self, Object x) {
        for (int i = 0; i < self.size; i++) {
            if (Semantics.sameOrEqual(m, self.get(i), x)) {
                self.deleteItem(m, (long) i);
                return;
            }
        }
        throw NnError.value("deque.remove(x): x not in deque");
    }

    @Builtin(value = "reverse", method = true, doc = "Turns the order round.")
    static void reverse(Machine m, DequeValue self) {
        ListValue list = self.list();
        Semantics.callMethod(m, list, "reverse");
        self.refill(list);
    }

    @Builtin(value = "rotate", method = true, signature = "n=1, /", doc = "Moves n elements from the right end to the left.")
    static void rotate(Machine m, DequeValue self, long n) {
        if (self.size == 0) {
            return;
        }
        for (long left = Math.floorMod(n, (long) self.size); left > 0; left--) {
            self.addFirst(self.removeLast());
        }
    }

    @Builtin(value = "maxlen", property = true, doc = "How many elements it keeps, None for all.")
    static Object limit(Machine m, DequeValue self) {
        return self.limit == UNLIMITED ? None.NONE : (Object) (long) self.limit;
    }
}
