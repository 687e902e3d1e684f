package io.retrograd;

/** A function in Java that scripts can call. */
@FunctionalInterface
public interface JavaFunction {
    /**
     * Called on the thread that runs the script.
     *
     * @param arguments the positional arguments, converted as {@link Interpreter#get(String)} does
     * @return the result, converted as {@link Interpreter#set} does; null is None
     * @throws Exception whatever it likes: a RuntimeError in the script, which the script may catch
     */
    Object call(Object... arguments) throws Exception;
}
