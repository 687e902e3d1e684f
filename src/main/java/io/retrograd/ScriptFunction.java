package io.retrograd;

/** Something callable in a script: a function, a method or a class. Bound to its interpreter, and usable as long as that. */
public interface ScriptFunction extends JavaFunction {
    /** Its name. */
    String name();

    /**
     * Calls it.
     *
     * @param arguments converted as {@link Interpreter#set} does
     * @return the result, converted as {@link Interpreter#get(String)} does
     * @throws ScriptError what the function raises
     */
    @Override
    Object call(Object... arguments);

    /** Calls it and converts the result as {@link Interpreter#get(String, Class)} does. */
    <T> T call(Class<T> type, Object... arguments);
}
