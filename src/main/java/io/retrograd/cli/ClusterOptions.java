package io.retrograd.cli;

/** What the command says of clusters. */
final class ClusterOptions {
    static final String LISTEN = "--listen-on-all-interfaces";
    static final String TIMEOUT_OPTION = "--cluster-timeout";

    /** Seconds that a server may be silent: long enough to start the next one by hand. */
    static final long TIMEOUT = 60;

    static final long LONGEST = 1_000_000;

    /** Why a server is not started without being asked for. */
    static final String WARNING = "TensorFlow's server listens on all network interfaces, whatever address the cluster gives it, and does what "
            + "anybody who reaches it asks, without a password";

    private ClusterOptions() {}
}
