package io.retrograd.lang.value;

/** The answer of a binary operation to operands that it does not know. */
public final class NotImplementedValue implements Value {
    public static final NotImplementedValue NOT_IMPLEMENTED = new NotImplementedValue();

    private NotImplementedValue() {}

    @Override
    public TypeValue type() {
        return CoreTypes.NOT_IMPLEMENTED;
    }

    @Override
    public String repr(Machine m) {
        return "NotImplemented";
    }
}
