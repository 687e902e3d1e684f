package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import java.util.regex.Pattern;

/** The functions of the module {@code fnmatch}. */
final class Fnmatch {
    private Fnmatch() {}

    @Builtin(value = {"fnmatch", "fnmatchcase"}, signature = "name, pat", doc = "Whether a name matches a pattern with *, ? and [sets].")
    static boolean matches(Machine m, String name, String pat) {
        return GlobModule.pattern(pat).matcher(name).matches();
    }

    @Builtin(value = "filter", signature = "names, pat", doc = "The names that match a pattern.")
    static Object filter(Machine m, Object names, String pat) {
        Pattern pattern = GlobModule.pattern(pat);
        ListValue found = new ListValue();
        Iteration all = Semantics.iterate(m, names);
        for (Object name = all.next(m); name != null; name = all.next(m)) {
            m.step();
            if (pattern.matcher((String) name).matches()) {
                found.add(name);
            }
        }
        return found;
    }
}
