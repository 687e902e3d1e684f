package io.retrograd.lang.builtin;

import io.retrograd.lang.value.Machine;

/**
 * The {@link Builtin} methods of one Java class, as the annotation processor wrote them down: names to numbers,
 * numbers to texts and calls. Subclasses are generated and hold no state but the cache of immutable functions
 * here.
 */
public abstract class BuiltinTable {
    private final BuiltinFunction[] functions = new BuiltinFunction[size()];

    /** How many functions there are; names may be more, since some have old ones. */
    protected abstract int size();

    /** All names, the documented ones and the old ones. */
    public abstract String[] names();

    /** The number of the function of that name, or -1. */
    protected abstract int indexOf(String name);

    protected abstract String nameOf(int index);

    protected abstract String signatureOf(int index);

    protected abstract boolean isMethod(int index);

    protected abstract boolean isProperty(int index);

    /** Kind of text: 0 the one-line doc, 1 shapes, 2 example, 3 gradient. */
    protected abstract String textOf(int index, int kind);

    /** Calls the Java method with one argument for each parameter, the receiver first if it has one. */
    protected abstract Object invoke(int index, Machine m, Object[] arguments);

    /** The function of that name, or null. */
    public final BuiltinFunction find(String name) {
        int i = indexOf(name);
        return i < 0 ? null : function(i);
    }

    private BuiltinFunction function(int i) {
        BuiltinFunction f = functions[i];
        if (f == null) {
            f = new BuiltinFunction(this, i);
            functions[i] = f;
        }
        return f;
    }
}
