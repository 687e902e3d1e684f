package io.retrograd.lang.value;

import io.retrograd.lang.tree.BinaryOperator;

/** A Python frozenset: a set that never changes and so has a hash. */
public final class FrozenSetValue extends SetValue {
    public static final TypeValue TYPE =
            new TypeValue("builtins", "frozenset", CoreTypes.OBJECT, FrozenSetMethodsTable.TABLE, null);

    /** A frozenset of the elements of anything iterable. */
    public static FrozenSetValue from(Machine m, Object elements) {
        FrozenSetValue set = new FrozenSetValue();
        set.addAll(m, elements);
        return set;
    }

    @Override
    SetValue fresh() {
        return new FrozenSetValue();
    }

    @Override
    public boolean hasPlainAttributes() {
        return true;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public long hash(Machine m) {
        return elementsHash(m);
    }

    @Override
    public Object inPlace(Machine m, BinaryOperator op, Object right) {
        return binary(m, op, right);
    }
}
