package io.retrograd.lang.value;

/** The value of {@code ...}. */
public final class EllipsisValue implements Value {
    public static final EllipsisValue ELLIPSIS = new EllipsisValue();

    private EllipsisValue() {}

    @Override
    public TypeValue type() {
        return CoreTypes.ELLIPSIS;
    }

    @Override
    public String repr(Machine m) {
        return "Ellipsis";
    }
}
