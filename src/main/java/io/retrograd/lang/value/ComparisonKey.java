package io.retrograd.lang.value;

import io.retrograd.lang.tree.CompareOperator;

/** A value that is ordered by a comparison function of the script's: what {@code functools.cmp_to_key} answers. */
public final class ComparisonKey implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("functools", "KeyWrapper", null);

    private final Object function;
    private final Object value;

    private ComparisonKey(Object function, Object value) {
        this.function = function;
        this.value = value;
    }

    /** The key function made from a comparison function. */
    public static final class Maker implements Value {
        private final Object function;

        public Maker(Object function) {
            this.function = function;
        }

        @Override
        public TypeValue type() {
            return TYPE;
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            return new ComparisonKey(function, arguments[0]);
        }
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (!(other instanceof ComparisonKey key)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        Object sign = Semantics.call(m, function, value, key.value);
        return Semantics.compare(m, op, sign, 0L);
    }
}
