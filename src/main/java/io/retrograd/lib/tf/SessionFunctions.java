package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.world.World;
import io.retrograd.lib.tf.cluster.PlacementLog;
import io.retrograd.session.Engines;
import io.retrograd.session.Session;
import io.retrograd.session.SessionOptions;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How sessions begin. */
final class SessionFunctions {
    private SessionFunctions() {}

    @Builtin(
            value = "Session",
            signature = "target='', graph=None, config=None",
            doc = "Runs operations and keeps the values of variables.",
            example = "with tf.Session() as sess: print(sess.run(loss))")
    static Object session(Machine m, Object target, Object graph, Object config) {
        return make(m, target, graph, config, false);
    }

    @Builtin(
            value = "InteractiveSession",
            signature = "target='', graph=None, config=None",
            doc = "A session that is the default one from the start, so that t.eval() works.")
    static Object interactive(Machine m, Object target, Object graph, Object config) {
        SessionValue made = make(m, target, graph, config, true);
        TfState.of(m).sessions().push(made);
        return made;
    }

    private static SessionValue make(Machine m, Object target, Object graph, Object config, boolean interactive) {
        Graph g = TfState.of(m).graph();
        if (graph != None.NONE) {
            if (!(graph instanceof GraphValue given)) {
                throw NnError.type("graph must be a tf.Graph, but got " + typeText(graph));
            }
            g = given.graph();
        }
        if (target != None.NONE && !(target instanceof String || target instanceof BytesValue)) {
            throw NnError.type("target must be a string, but got " + typeText(target)
                    + (target instanceof OptionsValue
                            ? ". Did you do \"Session(config)\" instead of \"Session(config=config)\"?"
                            : ""));
        }
        if (config != None.NONE && !(config instanceof OptionsValue)) {
            throw NnError.type("config must be a tf.ConfigProto, but got " + typeText(config));
        }
        World w = m.world();
        String where = target instanceof String s ? s : target instanceof BytesValue b ? new String(b.bytes(), StandardCharsets.UTF_8) : "";
        Optional<Engines> engines = where.isEmpty() ? TfState.of(m).engines() : TfState.of(m).cluster();
        if (engines.isEmpty() && !where.isEmpty()) {
            throw new NnError(
                            ErrorKind.NOT_FOUND_ERROR,
                            "No session factory registered for the given session options: {target: \"" + where
                                    + "\" config: } Registered factories are {DIRECT_SESSION}.")
                    .help("servers are reached by the command: nn SCRIPT");
        }
        SessionOptions options = new SessionOptions(w.threads(), w.kernels(), m::checkInterrupt, w.files(), line -> {
            w.err().write(line + "\n");
        });
        Session session = engines.isPresent()
                ? new Session(g, options, engines.get().engine(where, SessionConfig.of(m, config).toByteArray()))
                : new Session(g, options);
        session.observe(TfState.of(m).watch());
        boolean logs = config instanceof OptionsValue o && Semantics.truth(m, o.get("log_device_placement"));
        return new SessionValue(session, where, interactive, logs ? new PlacementLog(m) : null);
    }

    private static String typeText(Object value) {
        return "<class '" + Semantics.typeOf(value).qualifiedName() + "'>";
    }

    @Builtin(value = "get_default_session", doc = "The default session, or None.")
    static Object getDefaultSession(Machine m) {
        Object top = TfState.of(m).sessions().peek();
        return top == null ? None.NONE : top;
    }
}
