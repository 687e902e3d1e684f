package io.retrograd.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import io.retrograd.error.NnError;
import io.retrograd.session.Engine;
import io.retrograd.session.Engines;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.tensorflow.distruntime.JobDef;
import org.tensorflow.distruntime.ServerDef;
import org.tensorflow.framework.ConfigProto;
import org.tensorflow.internal.c_api.Deallocator_Pointer_long_Pointer;
import org.tensorflow.internal.c_api.TF_Server;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/** TensorFlow's runtime in this process, and its servers. */
public final class TensorFlowRuntime implements Engines {
    private static final int HIGHEST_PORT = 65_535;

    private final long timeout;
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    /** @param timeout how many seconds the servers of a cluster may be silent */
    public TensorFlowRuntime(long timeout) {
        this.timeout = timeout;
    }

    @Override
    public Engine engine(String target, byte[] config) {
        List<String> filters;
        try {
            filters = ConfigProto.parseFrom(config).getDeviceFiltersList();
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
        return new TensorFlowEngine(target, config, new Connection(target, timeout, () -> reachedFrom(target, filters)));
    }

    /** The tasks that a session must reach, and where they listen; its target under its address where nothing else is known. */
    private Map<String, String> reachedFrom(String target, List<String> filters) {
        Map<String, String> all = new TreeMap<>();
        addresses.forEach((task, address) -> {
            if (filters.isEmpty() || filters.stream().anyMatch(f -> task.equals(f) || task.startsWith(f + "/"))) {
                all.put(task, address);
            }
        });
        String address = target.replaceFirst("^grpc://", "");
        if (!addresses.containsValue(address)) {
            all.put(target, address);
        }
        return all;
    }

    @Override
    public Server server(byte[] definition) {
        TF_Status status = tensorflow.TF_NewStatus();
        try (BytePointer bytes = new BytePointer(definition)) {
            ServerDef server = ServerDef.parseFrom(definition);
            String port = port(server);
            TF_Server made = tensorflow.TF_NewServer(bytes, definition.length, status);
            try {
                Statuses.check(status);
            } catch (NnError failure) {
                throw failure.getMessage().contains("Could not start gRPC server")
                        ? new NnError(failure.kind(), failure.getMessage() + ": is port " + port + " taken?") : failure;
            }
            remember(server);
            return new OneServer(made);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        } finally {
            tensorflow.TF_DeleteStatus(status);
        }
    }

    /** The port that the server is to listen at; TensorFlow takes what is too large for another. */
    private static String port(ServerDef server) {
        String address = "";
        for (JobDef job : server.getCluster().getJobList()) {
            if (job.getName().equals(server.getJobName())) {
                address = job.getTasksOrDefault(server.getTaskIndex(), "");
            }
        }
        String port = address.substring(address.lastIndexOf(':') + 1);
        if (port.matches("\\d+") && (port.length() > 5 || Integer.parseInt(port) > HIGHEST_PORT)) {
            throw NnError.invalidArgument("There is no port " + port + ", as " + address + " has it: the highest is " + HIGHEST_PORT);
        }
        return port;
    }

    private void remember(ServerDef definition) {
        for (JobDef job : definition.getCluster().getJobList()) {
            job.getTasksMap().forEach((task, address) -> addresses.put("/job:" + job.getName() + "/task:" + task, address));
        }
    }

    @Override
    public void leave(int status) {
        Pointer exit = Loader.addressof("_exit");
        if (exit == null) {
            Runtime.getRuntime().halt(status);
        }
        // JavaCPP calls a C function through a cell that holds its address; the status travels as the first word.
        PointerPointer<Pointer> cell = new PointerPointer<>(2);
        cell.put(0, exit);
        new Deallocator_Pointer_long_Pointer(cell).call(new Word(status), 0, null);
    }

    /** A number in the place of an address. */
    private static final class Word extends Pointer {
        Word(int value) {
            super((Pointer) null);
            address = value;
        }
    }

    private record OneServer(TF_Server server) implements Server {
        @Override
        public void start() {
            TF_Status status = tensorflow.TF_NewStatus();
            try {
                tensorflow.TF_ServerStart(server, status);
                Statuses.check(status);
            } finally {
                tensorflow.TF_DeleteStatus(status);
            }
        }

        @Override
        public String target() {
            return tensorflow.TF_ServerTarget(server).getString();
        }
    }
}
