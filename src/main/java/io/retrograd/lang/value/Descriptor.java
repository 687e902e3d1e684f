package io.retrograd.lang.value;

/** What a class holds and its instances see differently: functions become methods, properties their value. */
public interface Descriptor extends Value {
    /**
     * What the attribute is when read.
     *
     * @param self the instance; null when the class itself is asked
     * @param owner the class through which it was found
     */
    Object get(Machine m, Object self, TypeValue owner);

    /** Calls what {@link #get} answers, for kinds that can do it without making that first. */
    default Object callOn(Machine m, Object self, TypeValue owner, Object[] arguments, String[] keywords) {
        return Semantics.call(m, get(m, self, owner), arguments, keywords);
    }

    /** Whether it comes before the instance's own attribute of that name. */
    default boolean comesFirst() {
        return false;
    }

    /** Assigns the attribute; only asked where {@link #comesFirst()}. */
    default void set(Machine m, Object self, Object value) {
        throw new UnsupportedOperationException();
    }

    /** Deletes the attribute; only asked where {@link #comesFirst()}. */
    default void delete(Machine m, Object self) {
        throw new UnsupportedOperationException();
    }
}
