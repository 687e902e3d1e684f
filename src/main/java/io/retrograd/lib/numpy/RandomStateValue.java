package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.random.RandomState;
import java.util.Locale;

/** A {@code np.random.RandomState}. */
public final class RandomStateValue implements Value {
    static final TypeValue TYPE = new TypeValue("numpy.random", "RandomState", CoreTypes.OBJECT, RandomMethodsTable.TABLE, null);

    private final RandomState state;

    RandomStateValue(RandomState state) {
        this.state = state;
    }

    /** The generator itself. */
    public RandomState state() {
        return state;
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
    public String repr(Machine m) {
        return "RandomState(MT19937) at 0x" + Integer.toHexString(System.identityHashCode(this)).toUpperCase(Locale.ROOT);
    }

    /** Puts a seed that a script gives into the generator. */
    static void seed(Machine m, RandomState r, Object seed) {
        Object index = Semantics.indexOrNull(m, seed);
        if (index != null) {
            r.seed(word(index));
            return;
        }
        if (seed instanceof Double || seed instanceof String || seed instanceof ScalarValue) {
            throw NnError.type("Cannot cast scalar from dtype('" + (seed instanceof String ? "<U" + ((String) seed).length() : "float64")
                    + "') to dtype('int64') according to the rule 'safe'");
        }
        Object[] each = Semantics.elements(m, seed);
        if (each.length == 0) {
            throw NnError.value("Seed must be non-empty");
        }
        int[] words = new int[each.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) word(Semantics.indexObject(m, each[i]));
        }
        r.seed(words);
    }

    private static long word(Object index) {
        if (!(index instanceof Long v) || v < 0 || v > 0xffffffffL) {
            throw NnError.value("Seed must be between 0 and 2**32 - 1");
        }
        return v;
    }
}
