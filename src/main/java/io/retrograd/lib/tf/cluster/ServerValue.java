package io.retrograd.lib.tf.cluster;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.SessionConfig;
import io.retrograd.lib.tf.TfState;
import io.retrograd.lib.tf.message.MessageValue;
import io.retrograd.session.Engines;
import java.util.SortedMap;
import org.tensorflow.distruntime.JobDef;
import org.tensorflow.distruntime.ServerDef;

/** {@code tf.train.Server}: one task of a cluster, in this process. */
public final class ServerValue implements Value {
    /** {@code tf.train.Server}. */
    public static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.training.server_lib", "Server", CoreTypes.OBJECT, ServerValueTable.TABLE, null);

    private static final long POLL_MILLIS = 20;

    private final ServerDef definition;
    private final Engines.Server server;

    private ServerValue(ServerDef definition, Engines.Server server) {
        this.definition = definition;
        this.server = server;
    }

    @Builtin(
            value = "__new__",
            signature = "server_or_cluster_def, job_name=None, task_index=None, protocol=None, config=None, start=True",
            doc = "A server of that task; it listens on all network interfaces.",
            example = "server = tf.train.Server(cluster, job_name='worker', task_index=0)")
    static Object make(Machine m, Object cluster, String job, Object task, String protocol, Object config, boolean starts) {
        ServerDef definition = definition(m, cluster, job, task, protocol, config);
        Engines engines = TfState.of(m).cluster().orElseThrow(() -> new NnError(
                        ErrorKind.NOT_FOUND_ERROR, "No server factory registered for the given ServerDef: /job:" + definition.getJobName()
                                + "/task:" + definition.getTaskIndex() + ". The available server factories are: [ ]")
                .help("servers are started by the command: nn --listen-on-all-interfaces SCRIPT"));
        ServerValue made = new ServerValue(definition, engines.server(definition.toByteArray()));
        if (starts) {
            made.server.start();
        }
        return made;
    }

    private static ServerDef definition(Machine m, Object given, String job, Object task, String protocol, Object config) {
        ServerDef.Builder all = ServerDef.newBuilder();
        if (given instanceof MessageValue message && message.descriptor() == ServerDef.getDescriptor()) {
            message.fill(all);
            if (job != null) {
                all.setJobName(job);
            }
            if (task != None.NONE) {
                all.setTaskIndex((int) Semantics.index(m, task));
            }
            if (protocol != null) {
                all.setProtocol(protocol);
            }
        } else {
            ClusterSpecValue cluster = cluster(m, given);
            String name = job;
            if (name == null) {
                if (cluster.names().size() != 1) {
                    throw NnError.value("Must specify an explicit `job_name`.");
                }
                name = cluster.names().iterator().next();
            }
            SortedMap<Long, String> tasks = cluster.tasks(name);
            if (task == None.NONE && tasks.size() != 1) {
                throw NnError.value("Must specify an explicit `task_index`.");
            }
            long index = task == None.NONE ? tasks.firstKey() : Semantics.index(m, task);
            all.setCluster(cluster.definition()).setJobName(name).setTaskIndex(Math.toIntExact(index))
                    .setProtocol(protocol == null ? "grpc" : protocol);
        }
        check(all);
        if (config != None.NONE) {
            all.setDefaultSessionConfig(SessionConfig.of(m, config).toBuilder());
        }
        return all.build();
    }

    /** In the words of TensorFlow's server, which looks for its own address. */
    private static void check(ServerDef.Builder server) {
        for (JobDef each : server.getCluster().getJobList()) {
            if (each.getName().equals(server.getJobName())) {
                String address = each.getTasksMap().get(server.getTaskIndex());
                if (address == null) {
                    throw new NnError(
                            ErrorKind.INVALID_ARGUMENT_ERROR,
                            "Task " + server.getTaskIndex() + " was not defined in job \"" + server.getJobName() + "\"");
                }
                if (!address.matches(".*:\\d+")) {
                    throw new NnError(
                            ErrorKind.INVALID_ARGUMENT_ERROR, "Could not parse port for local server from \"" + address + "\".")
                            .help("an address is host:port, such as localhost:2222");
                }
                return;
            }
        }
        throw new NnError(ErrorKind.INVALID_ARGUMENT_ERROR, "Job \"" + server.getJobName() + "\" was not defined in cluster");
    }

    private static ClusterSpecValue cluster(Machine m, Object given) {
        try {
            return ClusterSpecValue.of(m, given);
        } catch (NnError mistake) {
            if (mistake.kind() != ErrorKind.TYPE_ERROR || given instanceof DictValue) {
                throw mistake;
            }
            throw NnError.type("Could not convert `server_or_cluster_def` to a `tf.train.ServerDef` or `tf.train.ClusterSpec`.");
        }
    }

    @Builtin(
            value = "create_local_server",
            signature = "config=None, start=True",
            doc = "A server of a cluster of its own, with one task, at a free port.")
    static Object local(Machine m, Object config, boolean starts) {
        DictValue jobs = new DictValue();
        jobs.putText("local", ListValue.of("localhost:0"));
        return make(m, jobs, null, None.NONE, "grpc", config, starts);
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Builtin(value = "target", property = true, doc = "What a session is made with to work through this server.")
    static String target(Machine m, ServerValue self) {
        return self.server.target();
    }

    @Builtin(value = "server_def", property = true, doc = "The server's definition as a message.")
    static Object definition(Machine m, ServerValue self) {
        return MessageValue.of(self.definition);
    }

    @Builtin(value = "start", method = true, doc = "Lets it answer from now on.")
    static void start(Machine m, ServerValue self) {
        self.server.start();
    }

    @Builtin(value = "join", method = true, doc = "Waits for ever, while the server works.")
    static void join(Machine m, ServerValue self) {
        m.world().out().flush();
        while (true) {
            m.checkInterrupt();
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException asked) {
                m.checkInterrupt();
            }
        }
    }
}
