package io.retrograd.lang.value;

/** An {@link Iteration} as an object of the language: what {@code iter}, {@code zip} or {@code map} answer. */
public final class IteratorValue implements Value {
    private final TypeValue type;
    private final Iteration rest;

    public IteratorValue(TypeValue type, Iteration rest) {
        this.type = type;
        this.rest = rest;
    }

    /** A class of iterators, such as {@code list_iterator}. */
    public static TypeValue kind(String name) {
        return new TypeValue("builtins", name, CoreTypes.OBJECT, IteratorMethodsTable.TABLE, null);
    }

    @Override
    public TypeValue type() {
        return type;
    }

    @Override
    public Object next(Machine m) {
        return rest.next(m);
    }

    @Override
    public Iteration iterate(Machine m) {
        return rest;
    }
}
