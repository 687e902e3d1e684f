package io.retrograd.session;

/** Another runtime: engines on it for sessions, and servers through which it works on several machines. */
public interface Engines {
    /**
     * What runs a new session.
     *
     * @param target {@code grpc://host:port} of a server; empty for this process
     * @param config the session's ConfigProto as bytes
     */
    Engine engine(String target, byte[] config);

    /**
     * A server of a cluster, not started yet.
     *
     * @param definition its ServerDef as bytes
     */
    Server server(byte[] definition);

    /**
     * Ends the process at once, whatever the runtime's threads are at. They may compute on, and what the C library does at
     * an ordinary end would take from them what they compute with.
     *
     * @param status the process's exit status
     */
    void leave(int status);

    /** One task of a cluster, in this process. It lives until the process ends. */
    interface Server {
        /** Lets it answer from now on; again is no error. */
        void start();

        /** What sessions connect to: {@code grpc://localhost:2222}. */
        String target();
    }
}
