package io.retrograd.lang.value;

import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;

/** The keys, values or items of a dict as it is at any time. */
final class DictView implements Value {
    /** Which part of the entries. */
    enum Kind {
        KEYS("dict_keys"),
        VALUES("dict_values"),
        ITEMS("dict_items");

        private final TypeValue type;

        Kind(String name) {
            this.type = TypeValue.opaque("builtins", name, DictViewMethodsTable.TABLE);
        }
    }

    private final DictValue dict;
    private final Kind kind;

    DictView(DictValue dict, Kind kind) {
        this.dict = dict;
        this.kind = kind;
    }

    @Override
    public TypeValue type() {
        return kind.type;
    }

    @Override
    public boolean truth(Machine m) {
        return dict.size() != 0;
    }

    @Override
    public int length(Machine m) {
        return dict.size();
    }

    private Object part(DictValue.Entries e) {
        return switch (kind) {
            case KEYS -> e.key();
            case VALUES -> e.value();
            case ITEMS -> TupleValue.of(e.key(), e.value());
        };
    }

    @Override
    public Iteration iterate(Machine m) {
        DictValue.Entries e = dict.entries();
        return machine -> e.next() ? part(e) : null;
    }

    Iteration backwards() {
        DictValue.Entries e = dict.entriesBackwards();
        return machine -> e.next() ? part(e) : null;
    }

    @Override
    public boolean contains(Machine m, Object element) {
        switch (kind) {
            case KEYS:
                return dict.containsKey(m, element);
            case ITEMS:
                if (!(element instanceof TupleValue pair) || pair.size() != 2) {
                    return false;
                }
                Object value = dict.get(m, pair.get(0));
                return value != null && Semantics.sameOrEqual(m, value, pair.get(1));
            default:
                return Value.super.contains(m, element);
        }
    }

    /** Python 2's keys(), values() and items() are lists, and its scripts index them. */
    @Override
    public Object item(Machine m, Object key) {
        return ListValue.of(Semantics.elements(m, this)).item(m, key);
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        if (right instanceof ListValue && op == BinaryOperator.ADD) {
            return ListValue.of(Semantics.elements(m, this)).binary(m, op, right);
        }
        boolean known = right instanceof SetValue || right instanceof DictView || right instanceof DictValue || right instanceof ListValue;
        if (kind == Kind.VALUES || !known) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return SetValue.from(m, this).binary(m, op, SetValue.from(m, right));
    }

    @Override
    public Object reflected(Machine m, BinaryOperator op, Object left) {
        if (kind == Kind.VALUES || !(left instanceof SetValue set)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return set.binary(m, op, SetValue.from(m, this));
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (kind == Kind.VALUES || !(other instanceof SetValue) && !(other instanceof DictView v && v.kind != Kind.VALUES)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return SetValue.from(m, this).compare(m, op, SetValue.from(m, other));
    }

    @Override
    public String repr(Machine m) {
        Object[] all = Semantics.elements(m, this);
        return Sequences.repr(m, this, all, all.length, type().name() + "([", "])");
    }
}
