package io.retrograd.lang.builtin;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;

/**
 * A bare word that names a function and is not called. Where a script imports tf, it says there where functions come from, and means a
 * variable of its own by such a word, as Python does: one that it has forgotten to set.
 */
public final class MentionedWord {
    private MentionedWord() {}

    /** Whether the word is a function of tf's or numpy's, which a script that imports them does not mean. */
    public static boolean needsModule(Machine m, String name, Object word) {
        return word instanceof BuiltinFunction
                && m.library().module(m, "builtins") instanceof ModuleValue builtins
                && builtins.exact(m, name) == null
                && builtins.ignoringCase(m, name) == null;
    }

    /** Python's error for it. */
    public static NnError undefined(Machine m, String name, String tensorFlow) {
        boolean there = m.library().module(m, "tensorflow") instanceof ModuleValue tf && tf.exact(m, name) != null;
        return new NnError(ErrorKind.NAME_ERROR, "name '" + name + "' is not defined").help(there ? "did you mean '" + tensorFlow + "." + name + "'?" : "");
    }
}
