package io.retrograd.lib.tf.cluster;

import com.google.protobuf.TextFormat;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import org.tensorflow.distruntime.ClusterDef;
import org.tensorflow.distruntime.JobDef;
import org.tensorflow.distruntime.ServerDef;

/** A cluster in a file: a JSON object of jobs, by itself or as the {@code cluster} of a TF_CONFIG, or a ClusterDef as text. */
public final class ClusterFile {
    private ClusterFile() {}

    /**
     * The definition of one task's server.
     *
     * @param text what is in the file
     * @param file its name, for errors
     * @throws NnError ValueError or TypeError where the text is no cluster or has no such task
     */
    public static ServerDef server(Machine m, String text, String file, String job, int task) {
        ClusterSpecValue cluster = read(m, text, file);
        cluster.address(job, task);
        return ServerDef.newBuilder().setCluster(cluster.definition()).setJobName(job).setTaskIndex(task).setProtocol("grpc").build();
    }

    /** Where a server listens: {@code host:port}. */
    public static String address(ServerDef server) {
        for (JobDef job : server.getCluster().getJobList()) {
            if (job.getName().equals(server.getJobName())) {
                return job.getTasksOrThrow(server.getTaskIndex());
            }
        }
        throw NnError.value("No such job in cluster: '" + server.getJobName() + "'");
    }

    private static ClusterSpecValue read(Machine m, String text, String file) {
        if (!text.stripLeading().startsWith("{")) {
            ClusterDef.Builder definition = ClusterDef.newBuilder();
            try {
                TextFormat.merge(text, definition);
            } catch (TextFormat.ParseException mistake) {
                throw NnError.value(file + " is neither JSON nor a ClusterDef: " + mistake.getMessage());
            }
            return ClusterSpecValue.of(definition.build());
        }
        Object read;
        try {
            read = Semantics.call(m, Semantics.attribute(m, m.library().module(m, "json"), "loads"), text);
        } catch (NnError mistake) {
            throw NnError.value(file + ": " + mistake.getMessage());
        }
        Object inner = read instanceof DictValue dict ? dict.get(m, "cluster") : null;
        return ClusterSpecValue.of(m, inner instanceof DictValue ? inner : read);
    }
}
