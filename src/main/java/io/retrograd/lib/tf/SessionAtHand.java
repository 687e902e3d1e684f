package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;

/** A session that need not be made: one for the current graph, made on first use; it stays for as long as the graph does. */
public final class SessionAtHand {
    private SessionValue value;

    private SessionAtHand() {}

    /** The default session if it runs that graph, else the one at hand. */
    static SessionValue of(Machine m, Graph graph) {
        return TfState.of(m).sessions().peek() instanceof SessionValue open && open.session().graph() == graph ? open : own(m, graph);
    }

    private static SessionValue own(Machine m, Graph graph) {
        SessionAtHand state = m.state(SessionAtHand.class, machine -> new SessionAtHand());
        if (state.value == null || state.value.session().graph() != graph) {
            TfState.of(m).sessions().remove(state.value);
            state.value = (SessionValue) SessionFunctions.session(m, "", GraphValue.of(graph), None.NONE);
        }
        return state.value;
    }

    /**
     * Makes the session at hand the default one, as an interactive session is, unless the script has a default session
     * of its own. Answers the session.
     */
    public static Object makeDefault(Machine m) {
        TfState state = TfState.of(m);
        SessionValue before = m.state(SessionAtHand.class, machine -> new SessionAtHand()).value;
        Object top = state.sessions().peek();
        if (top != null && top != before) {
            return top;
        }
        SessionValue own = own(m, state.graph());
        if (state.sessions().peek() != own) {
            state.sessions().push(own);
        }
        return own;
    }
}
