package io.retrograd.lang.value;

import java.util.Arrays;
import java.util.List;

/** A Python tuple. */
public class TupleValue implements Value {
    public static final TypeValue TYPE = new TypeValue("builtins", "tuple", CoreTypes.OBJECT, null, null);
    public static final TupleValue EMPTY = new TupleValue(new Object[0]);

    private final Object[] elements;

    protected TupleValue(Object[] elements) {
        this.elements = elements;
    }

    /** A tuple of these; the array is the tuple's from then on. */
    public static TupleValue of(Object... elements) {
        return elements.length == 0 ? EMPTY : new TupleValue(elements);
    }

    public int size() {
        return elements.length;
    }

    public Object get(int i) {
        return elements[i];
    }

    public Object[] toArray() {
        return elements.clone();
    }

    public List<Object> asList() {
        return Arrays.asList(elements);
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }
}
