package io.retrograd.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.session.Engine;
import io.retrograd.session.Engines;
import java.util.List;
import org.tensorflow.distruntime.ServerDef;
import sun.misc.Signal;

/** How a script reaches the servers of a cluster: by the add-on, which is loaded when it is first needed. */
final class Cluster implements Engines {
    /** What shells add to the number of the signal that ended a process. */
    private static final int SIGNALLED = 128;

    private final long timeout;
    private final boolean listens;
    private volatile Engines runtime;

    /**
     * @param timeout how many seconds a server may be silent
     * @param listens whether the user wants servers, knowing where they listen
     */
    Cluster(long timeout, boolean listens) {
        this.timeout = timeout;
        this.listens = listens;
    }

    /** The add-on, loaded where it was not yet. From then on the process ends by {@link #leave} when a signal ends it. */
    Engines load() throws EngineFolder.Problem {
        if (runtime == null) {
            Engines loaded = EngineFolder.of(System.getenv()).load(timeout);
            runtime = loaded;
            for (String name : List.of("TERM", "HUP")) {
                try {
                    Signal.handle(new Signal(name), signal -> leave(SIGNALLED + signal.getNumber()));
                } catch (IllegalArgumentException notOnThisSystem) {
                    continue;
                }
            }
        }
        return runtime;
    }

    private Engines runtime(String missing) {
        if (runtime == null) {
            try {
                load();
            } catch (EngineFolder.Problem problem) {
                throw new NnError(ErrorKind.NOT_FOUND_ERROR, missing)
                        .help("clusters work on TensorFlow's own runtime, and " + problem.getMessage());
            }
        }
        return runtime;
    }

    @Override
    public Engine engine(String target, byte[] config) {
        return runtime("No session factory registered for the given session options: {target: \"" + target
                + "\" config: } Registered factories are {DIRECT_SESSION}.").engine(target, config);
    }

    /** Where the add-on was loaded, the process ends here; else it is the caller's to end. */
    void leaveWhereLoaded(int status) {
        if (runtime != null) {
            leave(status);
        }
    }

    @Override
    public void leave(int status) {
        if (runtime == null) {
            Runtime.getRuntime().halt(status);
        } else {
            runtime.leave(status);
        }
    }

    @Override
    public Server server(byte[] definition) {
        ServerDef server;
        try {
            server = ServerDef.parseFrom(definition);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
        String task = "/job:" + server.getJobName() + "/task:" + server.getTaskIndex();
        Engines made = runtime("No server factory registered for the given ServerDef: " + task + ". The available server factories are: [ ]");
        if (!listens) {
            throw new NnError(
                            ErrorKind.PERMISSION_DENIED_ERROR,
                            "The server of " + task + " is not started: " + ClusterOptions.WARNING + ".")
                    .help("where only machines that you trust can reach its port, run nn " + ClusterOptions.LISTEN
                            + " SCRIPT; docs/scaling.md says what to put round it");
        }
        return made.server(definition);
    }
}
