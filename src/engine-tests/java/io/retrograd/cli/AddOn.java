package io.retrograd.cli;

import io.retrograd.graph.Graph;
import io.retrograd.session.Engines;
import io.retrograd.session.Session;
import io.retrograd.session.SessionOptions;

/** TensorFlow's runtime for the tests of the Maven profile {@code engine}: what {@code nn engine add tensorflow} fetched. */
public final class AddOn {
    private static final class Loaded {
        private static final Engines RUNTIME = load();

        private static Engines load() {
            try {
                return EngineFolder.of(System.getenv()).load(ClusterOptions.TIMEOUT);
            } catch (EngineFolder.Problem problem) {
                throw new IllegalStateException(problem.getMessage());
            }
        }
    }

    private AddOn() {}

    public static Engines runtime() {
        return Loaded.RUNTIME;
    }

    /** A session on it. */
    public static Session session(Graph g) {
        return new Session(g, SessionOptions.plain(), runtime().engine("", new byte[0]));
    }
}
