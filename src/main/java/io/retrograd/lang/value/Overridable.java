package io.retrograd.lang.value;

/**
 * An object of a builtin class whose work calls back the methods that a script's class overrides: it is told whose
 * substance it is.
 */
public interface Overridable {
    /** Called once for each substance, before any method of it. */
    void overriddenBy(InstanceValue instance);
}
