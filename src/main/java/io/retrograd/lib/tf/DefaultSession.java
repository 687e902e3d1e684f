package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;

/** The session that {@code t.eval()} and {@code op.run()} use when none is given. */
final class DefaultSession {
    private DefaultSession() {}

    /** The session given, or the default one; ValueError where there is none, or it runs another graph. */
    static SessionValue choose(Machine m, Object session, Graph graph, boolean tensor) {
        if (session != None.NONE) {
            if (!(session instanceof SessionValue given)) {
                throw NnError.type("session must be a tf.Session");
            }
            if (given.session().graph() != graph) {
                throw NnError.value(tensor
                        ? "Cannot use the given session to evaluate tensor: the tensor's graph is different from the "
                                + "session's graph."
                        : "Cannot use the given session to execute operation: the operation's graph is different from the "
                                + "session's graph.");
            }
            return given;
        }
        Object top = TfState.of(m).sessions().peek();
        if (top == null) {
            throw NnError.value(tensor
                    ? "Cannot evaluate tensor using `eval()`: No default session is registered. Use `with sess.as_default()` "
                            + "or pass an explicit session to `eval(session=sess)`"
                    : "Cannot execute operation using `run()`: No default session is registered. Use `with sess.as_default():` "
                            + "or pass an explicit session to `run(session=sess)`");
        }
        SessionValue found = (SessionValue) top;
        if (found.session().graph() != graph) {
            throw NnError.value(tensor
                    ? "Cannot use the default session to evaluate tensor: the tensor's graph is different from the session's "
                            + "graph. Pass an explicit session to `eval(session=sess)`."
                    : "Cannot use the default session to execute operation: the operation's graph is different from the "
                            + "session's graph. Pass an explicit session to `run(session=sess)`.");
        }
        return found;
    }
}
