package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;

/** Names of files as scripts give them: strings, or objects that say their path. */
final class FileNames {
    private FileNames() {}

    static String of(Machine m, Object name) {
        if (name instanceof String s) {
            return s;
        }
        Object path = Semantics.attributeOrNull(m, name, "__fspath__");
        if (path == null) {
            throw NnError.value("fname must be a PathLike or file handle");
        }
        return Semantics.str(m, Semantics.call(m, path));
    }
}
