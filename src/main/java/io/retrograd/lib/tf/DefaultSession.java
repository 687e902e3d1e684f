package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;

/** The session that {@code t.eval()} and {@code op.run()} use when none is given. */
final class DefaultSession {
    /** What can run fetches: tf.Session and its kin. */
    interface Runner {
        Object run(Machine m, Object fetches, Object feeds);
    }

    private DefaultSession() {}

    static Runner choose(Machine m, Object session, String what, String method) {
        if (session instanceof Runner given) {
            return given;
        }
        if (session != None.NONE) {
            throw NnError.type("session must be a tf.Session");
        }
        Object top = TfState.of(m).sessions().peek();
        if (top == null) {
            throw NnError.value("Cannot " + what + " using `" + method + "()`: No default session is registered. Use `with "
                    + "sess.as_default()` or pass an explicit session to `" + method + "(session=sess)`");
        }
        return (Runner) top;
    }
}
