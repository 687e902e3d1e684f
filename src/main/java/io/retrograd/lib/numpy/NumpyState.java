package io.retrograd.lib.numpy;

import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.ArrayFormat;
import io.retrograd.tensor.PrintOptions;
import io.retrograd.tensor.random.RandomState;
import java.util.OptionalLong;

/** What numpy remembers in one interpreter: the global random state and how arrays are printed. */
public final class NumpyState {
    private final Machine machine;
    private final RandomStateValue random;
    private PrintOptions options = PrintOptions.DEFAULT;
    private ArrayFormat format;

    private NumpyState(Machine m) {
        machine = m;
        random = new RandomStateValue(unseeded(m));
        format = new ArrayFormat(options, v -> element(m, v));
    }

    /** An object in an array: a list shows that it is one, not a further dimension. */
    static String element(Machine m, Object v) {
        String s = v == null ? "None" : Semantics.repr(m, v);
        return v instanceof ListValue ? "list(" + s + ")" : s;
    }

    public static NumpyState of(Machine m) {
        return m.state(NumpyState.class, NumpyState::new);
    }

    /** A generator that the script does not seed: by chance, or by the {@code --seed} option. */
    static RandomState unseeded(Machine m) {
        OptionalLong seed = m.world().seed();
        return seed.isPresent() ? new RandomState(seed.getAsLong()) : new RandomState();
    }

    /** The generator behind the functions of {@code np.random}. */
    public RandomState random() {
        return random.state();
    }

    RandomStateValue randomValue() {
        return random;
    }

    PrintOptions options() {
        return options;
    }

    void options(PrintOptions to) {
        options = to;
        format = new ArrayFormat(to, v -> element(machine, v));
    }

    /** How arrays are printed now. */
    ArrayFormat format() {
        return format;
    }
}
