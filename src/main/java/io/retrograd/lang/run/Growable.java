package io.retrograd.lang.run;

/** What holds a variable that several parts of a script may use. */
abstract class Growable {
    /** Its value; null where it is not bound, or while it is a text that grows. */
    Object value;

    /** The text that it is while it has no value, or was when it last grew. */
    private GrowingText growing;

    /** The value; null where it is not bound. */
    final Object get() {
        return value != null ? value : settle();
    }

    /** Makes a text that grows the value. */
    final Object settle() {
        if (value == null && growing != null) {
            value = growing.text();
        }
        return value;
    }

    final void clear() {
        value = null;
        growing = null;
    }

    /** The text that grows here, as it is now; null if none does. */
    final Object mark() {
        return growing == null ? null : growing.mark();
    }

    /** What it was, for an addition: the value, or a mark of the text that grows; null where it is not bound. */
    final Object open() {
        return value != null ? value : mark();
    }

    /** Adds a text to what it was; false where that has to be done as everything else is. */
    final boolean grow(Object a, Object b) {
        GrowingText grown = GrowingText.of(a, b, growing);
        if (grown == null) {
            return false;
        }
        growing = grown;
        value = null;
        return true;
    }
}
