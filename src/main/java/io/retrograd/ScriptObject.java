package io.retrograd;

/**
 * A value of a script that has no counterpart in Java, such as a tensor, a session, a module or an instance of one of the
 * script's classes. It can be handed back to the interpreter that it came from.
 */
public interface ScriptObject {
    /** The name of its class. */
    String type();

    /**
     * One of its attributes, converted as {@link Interpreter#get(String)} does.
     *
     * @throws ScriptError AttributeError if there is none
     */
    Object get(String attribute);

    /** Sets one of its attributes. */
    void set(String attribute, Object value);

    /** Calls one of its methods. */
    Object call(String method, Object... arguments);

    /** Its text as {@code str(x)} has it. */
    @Override
    String toString();
}
