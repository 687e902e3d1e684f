package io.retrograd.lang.value;

/** Python's None: the one value that says there is none. */
public final class None implements Value {
    public static final None NONE = new None();

    private None() {}

    @Override
    public TypeValue type() {
        return CoreTypes.NONE;
    }

    @Override
    public boolean truth(Machine m) {
        return false;
    }

    @Override
    public String repr(Machine m) {
        return "None";
    }

    @Override
    public String toString() {
        return "None";
    }
}
