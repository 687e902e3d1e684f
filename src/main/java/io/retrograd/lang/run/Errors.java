package io.retrograd.lang.run;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.lang.value.Machine;
import java.util.LinkedHashSet;
import java.util.Set;

/** The errors that concern names. */
final class Errors {
    private Errors() {}

    static NnError unbound(String name) {
        return new NnError(
                ErrorKind.UNBOUND_LOCAL_ERROR,
                "cannot access local variable '" + name + "' where it is not associated with a value");
    }

    static NnError unboundFree(String name) {
        return new NnError(
                ErrorKind.NAME_ERROR,
                "cannot access free variable '" + name + "' where it is not associated with a value in enclosing scope");
    }

    static NnError undefined(Machine m, Code code, String name) {
        Set<String> known = new LinkedHashSet<>(code.localNames());
        known.addAll(code.module().names());
        String hint = Spelling.suggest(name, known);
        if (hint.isEmpty()) {
            String line = m.library().importOf(name);
            hint = line.isEmpty() ? Spelling.suggest(name, m.library().words(m)) : "'" + line + "' is missing above";
        }
        return new NnError(ErrorKind.NAME_ERROR, "name '" + name + "' is not defined").help(hint);
    }
}
