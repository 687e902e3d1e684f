package io.retrograd.lib.tf.cluster;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.tf.HostFunctions;
import io.retrograd.lib.tf.SaverValue;
import io.retrograd.lib.tf.SessionFunctionsTable;
import io.retrograd.lib.tf.SessionValue;

/**
 * How the session of a worker begins (TensorFlow's SessionManager): the chief initializes or restores the variables, the
 * others wait until it has.
 */
public final class ClusterSessions {
    private static final long POLL_MILLIS = 20;
    private static final double NANOS = 1e9;

    private ClusterSessions() {}

    /**
     * What a session must run before its first step; None where there is nothing to do or nothing to ask.
     *
     * @param init gives the variables their first values
     * @param localInit what every worker runs
     * @param readyForLocal the names of the variables that the local one still waits for
     * @param ready the names of the variables without a value
     */
    public record Start(Object init, Object initFeeds, Object localInit, Object readyForLocal, Object ready) {}

    /** A new session of that graph. */
    public static SessionValue open(Machine m, Object master, Object graph, Object config) {
        return (SessionValue) SessionFunctionsTable.TABLE.find("Session").call(
                m, new Object[] {master, graph, config}, Semantics.NO_KEYWORDS);
    }

    /** Tells a worker's part: waits until the chief has given the variables their values. */
    public static SessionValue await(Machine m, Object master, Object graph, Object config, Start start, double pause, double most) {
        double end = now(m) + most;
        SessionValue session = open(m, master, graph, config);
        while (true) {
            String missing = missing(m, session, start.readyForLocal());
            if (missing.isEmpty()) {
                if (start.localInit() != None.NONE) {
                    session.run(m, start.localInit(), None.NONE);
                }
                missing = missing(m, session, start.ready());
                if (missing.isEmpty()) {
                    return session;
                }
            }
            HostFunctions.info(m, "Waiting for model to be ready.  Variables not initialized: " + missing);
            if (now(m) + pause > end) {
                session.session().close();
                throw new NnError(
                        ErrorKind.DEADLINE_EXCEEDED_ERROR,
                        "Session was not ready after waiting " + Math.round(most) + " secs. Variables not initialized: " + missing);
            }
            sleep(m, pause);
        }
    }

    /** The names that a tensor of names gives, in one line. */
    private static String missing(Machine m, SessionValue session, Object names) {
        if (names == None.NONE) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (Object each : Semantics.elements(m, session.run(m, names, None.NONE))) {
            text.append(text.isEmpty() ? "" : ", ").append(SaverValue.fspath(m, each));
        }
        return text.toString();
    }

    /** The chief's part after a checkpoint was looked for. */
    public static void initialize(Machine m, SessionValue session, Start start, boolean restored) {
        if (!restored && start.init() != None.NONE) {
            session.run(m, start.init(), start.initFeeds());
        }
    }

    static double now(Machine m) {
        return m.world().nanosSinceEpoch() / NANOS;
    }

    /** Waits so many seconds; Ctrl-C ends it. */
    static void sleep(Machine m, double seconds) {
        double end = now(m) + seconds;
        while (now(m) < end) {
            m.checkInterrupt();
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException asked) {
                m.checkInterrupt();
            }
        }
    }
}
