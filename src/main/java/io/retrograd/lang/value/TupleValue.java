package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import java.util.Arrays;
import java.util.List;

/** A Python tuple; named tuples are subclasses. */
public class TupleValue implements Value {
    public static final TypeValue TYPE = new TypeValue("builtins", "tuple", CoreTypes.OBJECT, TupleMethodsTable.TABLE, null);
    public static final TupleValue EMPTY = new TupleValue(new Object[0]);

    // The constants of xxHash64, with which CPython mixes a tuple's hashes.
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    final Object[] elements;

    protected TupleValue(Object[] elements) {
        this.elements = elements;
    }

    /** A tuple of these; the array is the tuple's from then on. */
    public static TupleValue of(Object... elements) {
        return elements.length == 0 ? EMPTY : new TupleValue(elements);
    }

    public int size() {
        return elements.length;
    }

    public Object get(int i) {
        return elements[i];
    }

    /** The elements themselves, which nobody may change. */
    public Object[] elements() {
        return elements;
    }

    public Object[] toArray() {
        return Arrays.copyOf(elements, elements.length, Object[].class);
    }

    public List<Object> asList() {
        return Arrays.asList(elements);
    }

    @Override
    public boolean hasPlainAttributes() {
        return getClass() == TupleValue.class;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean truth(Machine m) {
        return elements.length != 0;
    }

    @Override
    public int length(Machine m) {
        return elements.length;
    }

    @Override
    public long hash(Machine m) {
        long h = PRIME_5;
        for (Object x : elements) {
            h += Semantics.hash(m, x) * PRIME_2;
            h = Long.rotateLeft(h, 31) * PRIME_1;
        }
        h += elements.length ^ PRIME_5 ^ 3527539L;
        return h == -1 ? 1546275796L : h;
    }

    /** Whether the elements are equal one by one. */
    boolean equalTo(Machine m, TupleValue other) {
        Object[] a = elements;
        Object[] b = other.elements;
        if (a.length != b.length) {
            return false;
        }
        m.step();
        for (int i = 0; i < a.length; i++) {
            if (!Semantics.sameOrEqual(m, a[i], b[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether it comes first by the first elements that differ. */
    boolean isLess(Machine m, TupleValue other) {
        Object[] a = elements;
        Object[] b = other.elements;
        int n = Math.min(a.length, b.length);
        for (int i = 0; i < n; i++) {
            m.step();
            Object x = a[i];
            Object y = b[i];
            if (x instanceof Long p && y instanceof Long q) {
                if (p.longValue() != q.longValue()) {
                    return p < q;
                }
            } else if (x instanceof String p && y instanceof String q) {
                int order = CodePoints.compare(p, q);
                if (order != 0) {
                    return order < 0;
                }
            } else if (!Semantics.sameOrEqual(m, x, y)) {
                return Semantics.less(m, x, y);
            }
        }
        return a.length < b.length;
    }

    @Override
    public Iteration iterate(Machine m) {
        return new Iteration() {
            private int at;

            @Override
            public Object next(Machine machine) {
                return at < elements.length ? elements[at++] : null;
            }
        };
    }

    @Override
    public boolean contains(Machine m, Object element) {
        for (Object x : elements) {
            if (Semantics.sameOrEqual(m, x, element)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object item(Machine m, Object key) {
        if (key instanceof SliceValue slice) {
            return of(ListValue.pick(elements, slice.indices(m, elements.length)));
        }
        int at = Sequences.place(Sequences.index(m, key, "tuple"), elements.length);
        if (at < 0) {
            throw NnError.index("tuple index out of range");
        }
        return elements[at];
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        if (op == BinaryOperator.ADD && right instanceof TupleValue other) {
            Object[] all = Arrays.copyOf(elements, elements.length + other.elements.length, Object[].class);
            System.arraycopy(other.elements, 0, all, elements.length, other.elements.length);
            return of(all);
        }
        if (op == BinaryOperator.MULTIPLY && !(right instanceof Value v && v.asIndex(m) == null)) {
            return reflected(m, op, right);
        }
        return NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public Object reflected(Machine m, BinaryOperator op, Object left) {
        Object n = op == BinaryOperator.MULTIPLY ? Semantics.indexOrNull(m, left) : null;
        return n == null
                ? NotImplementedValue.NOT_IMPLEMENTED
                : of(Sequences.repeat(elements, elements.length, Sequences.times(n)));
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (!(other instanceof TupleValue tuple)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return Sequences.compare(m, op, elements, elements.length, tuple.elements, tuple.elements.length);
    }

    @Override
    public String repr(Machine m) {
        return Sequences.repr(m, this, elements, elements.length, "(", elements.length == 1 ? ",)" : ")");
    }
}
