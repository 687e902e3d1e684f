package io.retrograd.engine;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * How long the servers of a cluster may be silent. TensorFlow's own client waits for a server that is not there without
 * end; here a session that finds no answer ends with an error.
 */
final class Connection {
    /** How long a run may take before the servers are asked whether they are still there, in milliseconds. */
    private static final long PATIENCE = 10_000;

    /** How long a session that ends waits for its servers, in milliseconds. */
    private static final long FAREWELL = 2_000;

    /** How long a session waits before it says for whom, in milliseconds. */
    private static final long SILENT = 5_000;

    private static final int POLL = 20;
    private static final int TRY = 500;
    private static final double NANOS_PER_MILLI = 1e6;

    private final String target;
    private final long timeout;
    private final Supplier<Map<String, String>> addresses;

    /**
     * @param target the server that sessions speak to
     * @param seconds how long to wait for an answer
     * @param addresses the tasks of the cluster, {@code /job:ps/task:0}, and where they listen, as far as this process knows
     */
    Connection(String target, long seconds, Supplier<Map<String, String>> addresses) {
        this.target = target;
        this.timeout = seconds * 1000;
        this.addresses = addresses;
    }

    /** Does something that nobody waits for. */
    static Thread aside(Runnable work) {
        Thread thread = new Thread(work, "tensorflow-connection");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static long millis() {
        return (long) (System.nanoTime() / NANOS_PER_MILLI);
    }

    /** Waits until all servers of the cluster have answered. */
    void open(TF_Session session, Runnable interruptCheck, Consumer<String> log) {
        Answer answer = new Answer(() -> session, false);
        long end = millis() + timeout;
        long said = millis() + SILENT;
        while (!answer.isThere()) {
            interruptCheck.run();
            if (millis() > said) {
                log.accept("nn: waiting for " + silent() + ", " + Math.max(0, (end - millis()) / 1000) + " seconds more");
                said = Long.MAX_VALUE;
            }
            if (millis() > end) {
                throw silence();
            }
            answer.await(POLL);
        }
        answer.throwFailure();
    }

    /** Does the last of a session; a server that does not answer is not waited for. */
    void leave(Runnable work) {
        Thread thread = aside(work);
        try {
            thread.join(FAREWELL);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** The names of the devices that a session may use. */
    List<String> devices(TF_Session session) {
        return Answer.devices(session);
    }

    /** Who does not answer, as far as one can tell from here. */
    private String silent() {
        List<String> gone = new ArrayList<>();
        addresses.get().forEach((task, address) -> {
            if (!answers(address)) {
                gone.add(task.startsWith("grpc://") ? task : task + " at " + address);
            }
        });
        return gone.isEmpty() ? "a server of the cluster of " + target : String.join(", ", gone);
    }

    private NnError silence() {
        return new NnError(
                ErrorKind.DEADLINE_EXCEEDED_ERROR,
                "No answer from " + silent() + " within " + timeout / 1000 + " seconds")
                .help("start the servers that are missing; or wait longer: nn --cluster-timeout SECONDS SCRIPT; or do without them: "
                        + "config=tf.ConfigProto(device_filters=['/job:ps', '/job:worker/task:0'])");
    }

    private static boolean answers(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))), TRY);
            return true;
        } catch (IOException | RuntimeException nobody) {
            return false;
        }
    }

    /** Somebody who looks at a long run now and then. */
    Watch watch(Supplier<TF_Session> another) {
        return new Watch(another);
    }

    /** Looks at a run that takes long: do the servers still answer? A long step is no silence. */
    final class Watch {
        private final Supplier<TF_Session> another;
        private final long patience = Math.min(PATIENCE, timeout / 2);
        private long next = millis() + patience;
        private Answer answer;

        Watch(Supplier<TF_Session> another) {
            this.another = another;
        }

        /** Throws DeadlineExceededError where a server has not answered for too long. */
        void check() {
            long now = millis();
            if (now < next) {
                return;
            }
            if (answer == null) {
                answer = new Answer(another, true);
            }
            if (answer.isThere()) {
                answer.throwFailure();
                answer = null;
                next = now + patience;
            } else if (now > next + timeout - patience) {
                throw silence();
            }
        }
    }

    /** What the servers answer to a question that all of them must answer: which devices there are. */
    private static final class Answer {
        private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
        private final Thread thread;

        Answer(Supplier<TF_Session> session, boolean closes) {
            thread = aside(() -> ask(session, closes));
        }

        private void ask(Supplier<TF_Session> maker, boolean closes) {
            try {
                TF_Session session = maker.get();
                devices(session);
                if (closes) {
                    TF_Status status = tensorflow.TF_NewStatus();
                    tensorflow.TF_CloseSession(session, status);
                    tensorflow.TF_DeleteSession(session, status);
                    tensorflow.TF_DeleteStatus(status);
                }
            } catch (RuntimeException problem) {
                failure.set(problem);
            }
        }

        static List<String> devices(TF_Session session) {
            TF_Status status = tensorflow.TF_NewStatus();
            try {
                TF_DeviceList list = tensorflow.TF_SessionListDevices(session, status);
                Statuses.check(status);
                List<String> names = new ArrayList<>();
                for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
                    names.add(tensorflow.TF_DeviceListName(list, i, status).getString());
                }
                tensorflow.TF_DeleteDeviceList(list);
                return names;
            } finally {
                tensorflow.TF_DeleteStatus(status);
            }
        }

        boolean isThere() {
            return !thread.isAlive();
        }

        void await(long millis) {
            try {
                thread.join(millis);
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
        }

        void throwFailure() {
            if (failure.get() != null) {
                throw failure.get();
            }
        }
    }
}
