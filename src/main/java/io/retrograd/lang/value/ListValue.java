package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.limit.Budget;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A Python list: a growing array. */
public class ListValue implements Value {
    public static final TypeValue TYPE = new TypeValue("builtins", "list", CoreTypes.OBJECT, ListMethodsTable.TABLE, null);

    Object[] elements;
    int size;

    public ListValue() {
        this(Semantics.NO_ARGUMENTS, 0);
    }

    /** An empty list with room for that many. */
    public ListValue(int capacity) {
        this(new Object[capacity], 0);
    }

    private ListValue(Object[] elements, int size) {
        this.elements = elements;
        this.size = size;
    }

    /** A list of these; the array is the list's from then on. */
    public static ListValue of(Object... elements) {
        return new ListValue(elements, elements.length);
    }

    /** A list for reading only, over the elements of a tuple. */
    public static ListValue over(TupleValue tuple) {
        return new ListValue(tuple.elements, tuple.elements.length);
    }

    /** A list of the elements of a Java collection. */
    public static ListValue copyOf(Collection<?> elements) {
        return of(elements.toArray());
    }

    public int size() {
        return size;
    }

    public Object get(int i) {
        return elements[i];
    }

    public void set(int i, Object value) {
        elements[i] = value;
    }

    /** The element at a place that is not negative; null behind the last. */
    public Object orNull(long i) {
        return i < size ? elements[(int) i] : null;
    }

    public void add(Object value) {
        if (size == elements.length) {
            elements = grown(elements, Math.max(8, size + (size >> 1)));
        }
        elements[size++] = value;
    }

    public void addAll(Object... values) {
        if (size + values.length > elements.length) {
            elements = grown(elements, Math.max(size + values.length, size + (size >> 1)));
        }
        System.arraycopy(values, 0, elements, size, values.length);
        size += values.length;
    }

    /** A larger array with the same elements; counted if it is large. */
    static Object[] grown(Object[] elements, int capacity) {
        long bytes = (long) capacity * Budget.ELEMENT;
        if (bytes < Budget.COUNTED) {
            return Arrays.copyOf(elements, capacity);
        }
        Budget.require(bytes);
        Object[] more = Arrays.copyOf(elements, capacity);
        Budget.hold(more, bytes);
        return more;
    }

    public void insert(int at, Object value) {
        add(value);
        System.arraycopy(elements, at, elements, at + 1, size - 1 - at);
        elements[at] = value;
    }

    public Object removeAt(int at) {
        Object old = elements[at];
        System.arraycopy(elements, at + 1, elements, at, size - at - 1);
        elements[--size] = null;
        return old;
    }

    public void clear() {
        elements = Semantics.NO_ARGUMENTS;
        size = 0;
    }

    /** The elements, in a new array. */
    public Object[] toArray() {
        return Arrays.copyOf(elements, size, Object[].class);
    }

    /** A view of the elements, valid until the list changes. */
    public List<Object> asList() {
        return Arrays.asList(elements).subList(0, size);
    }

    @Override
    public boolean hasPlainAttributes() {
        return getClass() == ListValue.class;
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
        throw NnError.type("unhashable type: '" + type().name() + "'");
    }

    @Override
    public Iteration iterate(Machine m) {
        return new Iteration() {
            private int at;

            @Override
            public Object next(Machine machine) {
                // Once past the end it stays there, even if the list grows later.
                if (at >= 0 && at < size) {
                    return elements[at++];
                }
                at = -1;
                return null;
            }
        };
    }

    @Override
    public boolean contains(Machine m, Object element) {
        for (int i = 0; i < size; i++) {
            if ((i & StopCheck.INTERVAL - 1) == 0) {
                StopCheck.ask();
            }
            if (Semantics.sameOrEqual(m, elements[i], element)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object item(Machine m, Object key) {
        if (key instanceof Long l) {
            long at = l < 0 ? l + size : l;
            if (at >= 0 && at < size) {
                return elements[(int) at];
            }
            throw NnError.index("list index out of range");
        }
        if (key instanceof SliceValue slice) {
            return of(pick(elements, slice.indices(m, size)));
        }
        int at = Sequences.place(Sequences.index(m, key, "list"), size);
        if (at < 0) {
            throw NnError.index("list index out of range");
        }
        return elements[at];
    }

    static Object[] pick(Object[] elements, SliceValue.Indices part) {
        if (part.step() == 1) {
            return Arrays.copyOfRange(elements, part.start(), part.start() + part.count(), Object[].class);
        }
        Object[] picked = new Object[part.count()];
        for (int i = 0, at = part.start(); i < picked.length; i++, at += part.step()) {
            picked[i] = elements[at];
        }
        return picked;
    }

    @Override
    public void setItem(Machine m, Object key, Object value) {
        if (key instanceof SliceValue slice) {
            setSlice(m, slice, value);
            return;
        }
        int at = Sequences.place(Sequences.index(m, key, "list"), size);
        if (at < 0) {
            throw NnError.index("list assignment index out of range");
        }
        elements[at] = value;
    }

    private void setSlice(Machine m, SliceValue slice, Object value) {
        Object[] values;
        try {
            values = Semantics.elements(m, value);
        } catch (NnError notIterable) {
            if (value instanceof Value) {
                throw notIterable;
            }
            throw NnError.type("can only assign an iterable");
        }
        SliceValue.Indices part = slice.indices(m, size);
        if (part.step() == 1) {
            replace(part.start(), Math.max(part.start(), part.stop()), values);
            return;
        }
        if (values.length != part.count()) {
            throw NnError.value("attempt to assign sequence of size " + values.length + " to extended slice of size " + part.count());
        }
        for (int i = 0, at = part.start(); i < values.length; i++, at += part.step()) {
            elements[at] = values[i];
        }
    }

    private void replace(int from, int to, Object[] values) {
        Object[] all = new Object[size - (to - from) + values.length];
        System.arraycopy(elements, 0, all, 0, from);
        System.arraycopy(values, 0, all, from, values.length);
        System.arraycopy(elements, to, all, from + values.length, size - to);
        elements = all;
        size = all.length;
    }

    @Override
    public void deleteItem(Machine m, Object key) {
        if (key instanceof SliceValue slice) {
            SliceValue.Indices part = slice.indices(m, size);
            boolean[] gone = new boolean[size];
            for (int i = 0, at = part.start(); i < part.count(); i++, at += part.step()) {
                gone[at] = true;
            }
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (!gone[i]) {
                    elements[kept++] = elements[i];
                }
            }
            Arrays.fill(elements, kept, size, null);
            size = kept;
            return;
        }
        int at = Sequences.place(Sequences.index(m, key, "list"), size);
        if (at < 0) {
            throw NnError.index("list assignment index out of range");
        }
        removeAt(at);
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        if (op == BinaryOperator.ADD && right instanceof ListValue other) {
            Object[] all = grown(elements, size + other.size);
            System.arraycopy(other.elements, 0, all, size, other.size);
            return of(all);
        }
        return op == BinaryOperator.MULTIPLY ? repeated(m, right, true) : NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public Object reflected(Machine m, BinaryOperator op, Object left) {
        return op == BinaryOperator.MULTIPLY ? repeated(m, left, false) : NotImplementedValue.NOT_IMPLEMENTED;
    }

    private Object repeated(Machine m, Object times, boolean fromLeft) {
        // An operand with an operator of its own (an array) comes before repetition.
        if (fromLeft && times instanceof Value v && v.asIndex(m) == null) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        Object n = Semantics.indexOrNull(m, times);
        return n == null ? NotImplementedValue.NOT_IMPLEMENTED : of(Sequences.repeat(elements, size, Sequences.times(n)));
    }

    @Override
    public Object inPlace(Machine m, BinaryOperator op, Object right) {
        if (op == BinaryOperator.ADD) {
            addAll(Semantics.elements(m, right));
            return this;
        }
        if (op == BinaryOperator.MULTIPLY) {
            Object n = Semantics.indexOrNull(m, right);
            if (n != null) {
                elements = Sequences.repeat(elements, size, Sequences.times(n));
                size = elements.length;
                return this;
            }
        }
        return NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (!(other instanceof ListValue list)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return Sequences.compare(m, op, elements, size, list.elements, list.size);
    }

    @Override
    public String repr(Machine m) {
        return Sequences.repr(m, this, elements, size, "[", "]");
    }
}
