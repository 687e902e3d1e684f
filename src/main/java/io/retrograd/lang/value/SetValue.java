package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;

/** A Python set. */
public class SetValue implements Value {
    public static final TypeValue TYPE = new TypeValue("builtins", "set", CoreTypes.OBJECT, SetMethodsTable.TABLE, null);

    SetTable table = new SetTable();

    public SetValue() {}

    /** A set of the elements of anything iterable. */
    public static SetValue from(Machine m, Object elements) {
        SetValue set = new SetValue();
        set.addAll(m, elements);
        return set;
    }

    /**
     * The set that a display of constants makes. CPython keeps three or more constants as a frozenset, made twice
     * while it compiles, and fills the set from that: which shows in the order.
     */
    public static SetValue ofConstants(Machine m, Object... constants) {
        SetValue first = from(m, TupleValue.of(constants));
        if (constants.length < 3) {
            return first;
        }
        SetValue set = new SetValue();
        set.addAll(m, from(m, ListValue.of(Semantics.elements(m, first))));
        return set;
    }

    /** An empty set of the same kind. */
    SetValue fresh() {
        return new SetValue();
    }

    SetValue copy(Machine m) {
        SetValue set = fresh();
        set.table.addAll(m, table);
        return set;
    }

    public int size() {
        return table.size();
    }

    /** Whether it was not there before. */
    public boolean add(Machine m, Object element) {
        return table.add(m, element, Semantics.hash(m, element));
    }

    /** Whether it was there. */
    public boolean remove(Machine m, Object element) {
        return table.remove(m, element, hashOf(m, element));
    }

    /** Adds the elements of anything iterable. */
    public void addAll(Machine m, Object elements) {
        if (elements instanceof SetValue other) {
            table.addAll(m, other.table);
            return;
        }
        if (elements instanceof DictValue dict) {
            table.reserveForDict(dict.size());
        }
        Iteration all = Semantics.iterate(m, elements);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            add(m, x);
        }
    }

    /** A set may be looked for in a set although it has no hash: then its elements count. */
    private static long hashOf(Machine m, Object element) {
        return element instanceof SetValue set ? set.elementsHash(m) : Semantics.hash(m, element);
    }

    @Override
    public boolean hasPlainAttributes() {
        return getClass() == SetValue.class;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean truth(Machine m) {
        return size() != 0;
    }

    @Override
    public int length(Machine m) {
        return size();
    }

    @Override
    public long hash(Machine m) {
        throw NnError.type("unhashable type: 'set'");
    }

    /** CPython's hash of a frozenset, which does not depend on the order. */
    long elementsHash(Machine m) {
        long h = 0;
        for (int slot = 0; slot < table.slots(); slot++) {
            if (table.at(slot) != null) {
                long e = table.hashAt(slot);
                h ^= (e ^ 89869747L ^ e << 16) * 3644798167L;
            }
        }
        h ^= (size() + 1L) * 1927868237L;
        h ^= h >>> 11 ^ h >>> 25;
        h = h * 69069L + 907133923L;
        return h == -1 ? 590923713L : h;
    }

    @Override
    public Iteration iterate(Machine m) {
        int expected = size();
        return new Iteration() {
            private int slot;

            @Override
            public Object next(Machine machine) {
                if (size() != expected) {
                    throw NnError.runtime("Set changed size during iteration");
                }
                while (slot < table.slots()) {
                    Object key = table.at(slot++);
                    if (key != null) {
                        return key;
                    }
                }
                return null;
            }
        };
    }

    @Override
    public boolean contains(Machine m, Object element) {
        return table.contains(m, element, hashOf(m, element));
    }

    /** The elements of both. */
    SetValue union(Machine m, Object other) {
        SetValue all = copy(m);
        all.addAll(m, other);
        return all;
    }

    SetValue intersection(Machine m, Object other) {
        SetValue common = fresh();
        Object walked = other;
        SetValue asked = this;
        if (other instanceof SetValue set && set.size() > size()) {
            walked = this;
            asked = set;
        }
        if (walked instanceof SetValue set) {
            common.table.addCommon(m, set.table, asked.table);
            return common;
        }
        Iteration all = Semantics.iterate(m, walked);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            if (asked.contains(m, x)) {
                common.add(m, x);
            }
        }
        return common;
    }

    SetValue difference(Machine m, Object other) {
        boolean known = other instanceof SetValue || other instanceof DictValue;
        if (!known || size() >> 2 > Semantics.length(m, other)) {
            SetValue rest = copy(m);
            rest.removeAll(m, other);
            return rest;
        }
        SetValue rest = fresh();
        SetTable others = other instanceof SetValue set ? set.table : null;
        for (int slot = 0; slot < table.slots(); slot++) {
            Object key = table.at(slot);
            if (key != null && !(others != null ? others.contains(m, key, table.hashAt(slot)) : Semantics.contains(m, other, key))) {
                rest.table.add(m, key, table.hashAt(slot));
            }
        }
        return rest;
    }

    void removeAll(Machine m, Object other) {
        if (other == this) {
            table = new SetTable();
            return;
        }
        if (other instanceof SetValue set) {
            table.removeAll(m, set.table);
            return;
        }
        Iteration all = Semantics.iterate(m, other);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            remove(m, x);
        }
    }

    /** The elements of exactly one of them. */
    SetValue symmetricDifference(Machine m, Object other) {
        SetValue result = fresh();
        result.addAll(m, other);
        if (other == this) {
            return fresh();
        }
        result.toggleAll(m, this);
        return result;
    }

    /** Removes those elements of the other that are there and adds those that are not. */
    void toggleAll(Machine m, SetValue other) {
        for (int slot = 0; slot < other.table.slots(); slot++) {
            Object key = other.table.at(slot);
            if (key != null && !table.remove(m, key, other.table.hashAt(slot))) {
                table.add(m, key, other.table.hashAt(slot));
            }
        }
    }

    boolean isSubset(Machine m, SetValue other) {
        if (size() > other.size()) {
            return false;
        }
        for (int slot = 0; slot < table.slots(); slot++) {
            Object key = table.at(slot);
            if (key != null && !other.table.contains(m, key, table.hashAt(slot))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        if (!(right instanceof SetValue other)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return switch (op) {
            case BIT_OR -> union(m, other);
            case BIT_AND -> intersection(m, other);
            case SUBTRACT -> difference(m, other);
            case BIT_XOR -> symmetricDifference(m, other);
            default -> NotImplementedValue.NOT_IMPLEMENTED;
        };
    }

    @Override
    public Object inPlace(Machine m, BinaryOperator op, Object right) {
        if (!(right instanceof SetValue other)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        switch (op) {
            case BIT_OR -> addAll(m, other);
            case BIT_AND -> table = intersection(m, other).table;
            case SUBTRACT -> removeAll(m, other);
            case BIT_XOR -> {
                if (other == this) {
                    table = new SetTable();
                } else {
                    toggleAll(m, other);
                }
            }
            default -> {
                return NotImplementedValue.NOT_IMPLEMENTED;
            }
        }
        return this;
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (!(other instanceof SetValue set)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return switch (op) {
            case EQUAL -> size() == set.size() && isSubset(m, set);
            case NOT_EQUAL -> size() != set.size() || !isSubset(m, set);
            case LESS -> size() < set.size() && isSubset(m, set);
            case LESS_EQUAL -> isSubset(m, set);
            case GREATER -> size() > set.size() && set.isSubset(m, this);
            case GREATER_EQUAL -> set.isSubset(m, this);
            default -> NotImplementedValue.NOT_IMPLEMENTED;
        };
    }

    @Override
    public String repr(Machine m) {
        if (size() == 0) {
            return type().name() + "()";
        }
        Object[] all = Semantics.elements(m, this);
        boolean plain = type() == TYPE;
        return Sequences.repr(m, this, all, all.length, plain ? "{" : type().name() + "({", plain ? "}" : "})");
    }
}
