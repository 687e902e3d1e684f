package io.retrograd.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.DeviceSpec;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.session.Engine;
import io.retrograd.session.RunErrors;
import io.retrograd.session.SessionState;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.tensorflow.framework.ConfigProto;
import org.tensorflow.framework.GraphOptions;
import org.tensorflow.framework.OptimizerOptions;
import org.tensorflow.framework.RunOptions;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * Runs one session's graph on TensorFlow's own runtime. What a run needs is handed over when it is first needed;
 * variables live there. Optimisations of the graph are off, so that operations run as the script built them.
 */
final class TensorFlowEngine implements Engine {
    /** How often a long run asks whether the script was interrupted. */
    private static final long POLL_MILLIS = 20;

    private static final String NOBODY = "nobody";

    private final String target;
    private final byte[] config;
    private final Connection connection;
    private final ExecutorService runs = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "tensorflow");
        thread.setDaemon(true);
        return thread;
    });
    private NativeGraph graph;
    private OpenSession opened;
    private int generation;
    private boolean closed;

    /**
     * @param target {@code grpc://host:port} of a server; empty for this process
     * @param config what the script asks of its sessions, a ConfigProto
     * @param connection how long servers may be silent
     */
    TensorFlowEngine(String target, byte[] config, Connection connection) {
        this.target = target;
        this.config = config;
        this.connection = connection;
    }

    /** Several runs may be under way at once. */
    @Override
    public boolean isConcurrent() {
        return true;
    }

    @Override
    public synchronized List<String> devices(SessionState state) {
        open(state);
        return connection.devices(opened.session);
    }

    private boolean isRemote() {
        return !target.isEmpty();
    }

    @Override
    public synchronized Runner prepare(SessionState state, List<Output> fetches, List<Operation> targets, List<Output> feeds) {
        return prepare(new Run(state, fetches, targets, feeds, false));
    }

    @Override
    public synchronized Runner prepareAside(SessionState state, List<Output> fetches, List<Operation> targets, List<Output> feeds) {
        return prepare(new Run(state, fetches, targets, feeds, true));
    }

    private static Runner prepare(Run run) {
        run.prepare();
        return run;
    }

    @Override
    public synchronized void close(SessionState state) {
        closed = true;
        discard();
        runs.shutdown();
    }

    private void discard() {
        OpenSession ending = opened;
        if (ending == null) {
            return;
        }
        opened = null;
        graph = null;
        if (isRemote()) {
            connection.leave(ending::close);
        } else {
            ending.close();
        }
    }

    /** A session of the runtime and its graph, which are there until the last run in them has come back. */
    private static final class OpenSession {
        private final TF_Session session;
        private final TF_Graph graph;
        private final ScriptCalls calls = new ScriptCalls();
        private int users = 1;

        OpenSession(TF_Session session, TF_Graph graph) {
            this.session = session;
            this.graph = graph;
        }

        synchronized void enter() {
            users++;
        }

        synchronized void leave() {
            if (--users == 0) {
                TF_Status status = tensorflow.TF_NewStatus();
                tensorflow.TF_DeleteSession(session, status);
                tensorflow.TF_DeleteStatus(status);
                tensorflow.TF_DeleteGraph(graph);
                if (calls.isUsed()) {
                    ScriptKernels.remove(calls);
                }
            }
        }

        /** Cancels what runs in it, and gives it back. */
        void close() {
            calls.close();
            TF_Status status = tensorflow.TF_NewStatus();
            tensorflow.TF_CloseSession(session, status);
            tensorflow.TF_DeleteStatus(status);
            leave();
        }
    }

    private void open(SessionState state) {
        if (opened != null) {
            return;
        }
        generation++;
        TF_Graph made = tensorflow.TF_NewGraph();
        opened = new OpenSession(newSession(made, settings(state.options().threads())), made);
        graph = new NativeGraph(made, opened.calls.prefix());
        if (isRemote()) {
            try {
                connection.open(opened.session, state.options().interruptCheck(), state.options().log());
            } catch (RuntimeException failure) {
                abandon();
                throw failure;
            }
        }
    }

    private TF_Session newSession(TF_Graph of, ConfigProto config) {
        TF_SessionOptions options = tensorflow.TF_NewSessionOptions();
        TF_Status status = tensorflow.TF_NewStatus();
        byte[] settings = config.toByteArray();
        try (BytePointer bytes = new BytePointer(settings)) {
            tensorflow.TF_SetConfig(options, bytes, settings.length, status);
            Statuses.check(status);
            if (isRemote()) {
                tensorflow.TF_SetTarget(options, target);
            }
            TF_Session made = tensorflow.TF_NewSession(of, options, status);
            Statuses.check(status);
            return made;
        } finally {
            tensorflow.TF_DeleteSessionOptions(options);
            tensorflow.TF_DeleteStatus(status);
        }
    }

    /** What the script asks for, and what makes the runtime run operations as they were built. */
    private ConfigProto settings(int threads) {
        ConfigProto.Builder all = ConfigProto.newBuilder();
        try {
            all.mergeFrom(config);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
        if (!isRemote()) {
            all.setIntraOpParallelismThreads(threads).setUsePerSessionThreads(true);
        }
        return all.setAllowSoftPlacement(true)
                .setGraphOptions(GraphOptions.newBuilder()
                        .setOptimizerOptions(OptimizerOptions.newBuilder().setOptLevel(OptimizerOptions.Level.L0))
                        .setRewriteOptions(org.tensorflow.framework.RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
                .build();
    }

    /** Lets a session that does not answer be, without waiting for it. */
    private synchronized void abandon() {
        OpenSession silent = opened;
        opened = null;
        graph = null;
        if (silent != null) {
            Connection.aside(silent::close);
        }
    }

    // The graph

    /** Everything behind these operations, and what they are colocated with. */
    static Set<Operation> behind(List<Operation> wanted) {
        Set<Operation> all = new HashSet<>();
        Deque<Operation> open = new ArrayDeque<>(wanted);
        while (!open.isEmpty()) {
            Operation op = open.pop();
            if (!all.add(op)) {
                continue;
            }
            op.inputs().forEach(in -> open.push(in.operation()));
            op.controlInputs().forEach(open::push);
            if (op.attributes().get("_class") instanceof List<?> classes) {
                for (Object each : classes) {
                    String name = each.toString();
                    if (name.startsWith("loc:@")) {
                        op.graph().operation(name.substring("loc:@".length())).ifPresent(open::push);
                    }
                }
            }
        }
        return all;
    }

    /** Those of these operations that call functions of the script; servers cannot, and nobody can call what is in a file only. */
    private Set<Operation> ownFunctions(Set<Operation> needed) {
        Set<Operation> calling = ScriptCalls.calling(needed);
        for (Operation op : calling) {
            if (isRemote() || !ScriptFunctions.isKnown(op.type())) {
                throw RunErrors.located(
                        new NnError(
                                ErrorKind.UNIMPLEMENTED_ERROR,
                                (isRemote() ? "A server" : "The engine tensorflow") + " cannot call a function of the script, as '"
                                        + op.type() + "' does")
                                .help(isRemote() ? "compute it before, and feed it" : "run the script without --engine"),
                        op);
            }
        }
        return calling;
    }

    // Runs

    /** One combination of fetches, targets and fed tensors. */
    private final class Run implements Runner {
        private final SessionState state;
        private final List<Output> fetches;
        private final List<Operation> targets;
        private final List<Output> feeds;
        private final boolean isAside;
        private NativeGraph names;
        private Set<Operation> needed = Set.of();
        private TF_Output inputs;
        private TF_Output outputs;
        private PointerPointer<TF_Operation> operations;
        private int boundIn;
        private int graphAt;

        Run(SessionState state, List<Output> fetches, List<Operation> targets, List<Output> feeds, boolean isAside) {
            this.isAside = isAside;
            this.state = state;
            this.fetches = fetches;
            this.targets = targets;
            this.feeds = feeds;
        }

        void prepare() {
            Set<Operation> wanted = new LinkedHashSet<>(targets);
            fetches.forEach(f -> wanted.add(f.operation()));
            feeds.forEach(f -> wanted.add(f.operation()));
            needed = behind(new ArrayList<>(wanted));
            Set<Operation> calling = ownFunctions(needed);
            open(state);
            if (!calling.isEmpty()) {
                opened.calls.add(calling);
                ScriptKernels.add(opened.calls);
            }
            if (graph.add(needed)) {
                generation++;
            }
            bind();
        }

        /** Looks the operations up in the runtime's graph. */
        void bind() {
            names = graph;
            inputs = outputs(feeds);
            outputs = outputs(fetches);
            operations = new PointerPointer<>(Math.max(1, targets.size()));
            for (int i = 0; i < targets.size(); i++) {
                operations.put(i, graph.operation(targets.get(i)));
            }
            boundIn = generation;
            graphAt = lastId();
        }

        /** How far the script's graph has grown; nothing in it changes without growth. */
        private int lastId() {
            return needed.isEmpty() ? 0 : needed.iterator().next().graph().lastId();
        }

        private TF_Output outputs(List<Output> tensors) {
            TF_Output all = new TF_Output(Math.max(1, tensors.size()));
            for (int i = 0; i < tensors.size(); i++) {
                graph.output(all.getPointer(i), tensors.get(i));
            }
            return all;
        }

        @Override
        public NdArray[] run(NdArray[] values) {
            return run(values, 0);
        }

        @Override
        public NdArray[] run(NdArray[] values, long timeout) {
            OpenSession in;
            synchronized (TensorFlowEngine.this) {
                if (closed) {
                    throw new NnError(ErrorKind.CANCELLED_ERROR, "Session has been closed.");
                }
                if (opened == null || boundIn != generation || graphAt != lastId() && graph.lacks(needed)) {
                    prepare();
                }
                in = opened;
                in.enter();
            }
            Future<NdArray[]> result = runs.submit(() -> {
                try {
                    return execute(in, values, timeout);
                } finally {
                    in.leave();
                    if (in.calls.isUsed() && !isAside) {
                        in.calls.wake();
                    }
                }
            });
            Connection.Watch watch = isRemote() ? connection.watch(this::anotherSession) : null;
            while (true) {
                try {
                    if (in.calls.isUsed() && !isAside && !result.isDone()) {
                        in.calls.serve(POLL_MILLIS);
                    }
                    return result.get(in.calls.isUsed() ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException still) {
                    checkInterrupt();
                    if (watch != null) {
                        checkAnswer(watch);
                    }
                } catch (ExecutionException failure) {
                    if (failure.getCause() instanceof Error e) {
                        throw e;
                    }
                    throw failure.getCause() instanceof RuntimeException r ? r : new IllegalStateException(failure.getCause());
                } catch (InterruptedException asked) {
                    Thread.currentThread().interrupt();
                    checkInterrupt();
                }
            }
        }

        /** A session that the servers which work for this run must answer, and no others. */
        private TF_Session anotherSession() {
            ConfigProto.Builder config = settings(0).toBuilder().clearDeviceFilters();
            Set<String> tasks = new TreeSet<>();
            for (Operation op : needed) {
                DeviceSpec device = DeviceSpec.parse(op.device());
                if (device.job() != null) {
                    tasks.add("/job:" + device.job() + (device.task() == null ? "" : "/task:" + device.task()));
                }
            }
            // The target answers in any case; a filter that fits nobody keeps the others out.
            config.addAllDeviceFilters(tasks.isEmpty() ? List.of("/job:" + NOBODY) : tasks);
            return newSession(tensorflow.TF_NewGraph(), config.build());
        }

        /** Cancels the run where the script was interrupted; what its variables held in this process is lost with it. */
        private void checkInterrupt() {
            try {
                state.options().interruptCheck().run();
            } catch (RuntimeException interrupted) {
                abandon();
                throw interrupted;
            }
        }

        private void checkAnswer(Connection.Watch watch) {
            try {
                watch.check();
            } catch (NnError silence) {
                abandon();
                throw silence;
            }
        }

        private NdArray[] execute(OpenSession current, NdArray[] values, long timeout) {
            PointerPointer<TF_Tensor> in = new PointerPointer<>(Math.max(1, values.length));
            PointerPointer<TF_Tensor> out = new PointerPointer<>(Math.max(1, fetches.size()));
            List<TF_Tensor> made = new ArrayList<>();
            TF_Status status = tensorflow.TF_NewStatus();
            TF_Buffer options = timeout == 0 ? null : options(timeout);
            try {
                for (int i = 0; i < values.length; i++) {
                    TF_Tensor t = Tensors.of(values[i]);
                    made.add(t);
                    in.put(i, t);
                }
                tensorflow.TF_SessionRun(
                        current.session, options, inputs, in, values.length, outputs, out, fetches.size(), operations, targets.size(), null, status);
                if (current.calls.isUsed() && tensorflow.TF_GetCode(status) != 0) {
                    Optional<RuntimeException> failure = current.calls.failureIn(tensorflow.TF_Message(status).getString());
                    if (failure.isPresent()) {
                        throw failure.get();
                    }
                }
                Statuses.check(status, names::named);
                NdArray[] results = new NdArray[fetches.size()];
                for (int i = 0; i < results.length; i++) {
                    TF_Tensor t = new TF_Tensor(out.get(i));
                    made.add(t);
                    results[i] = Tensors.array(t);
                }
                return results;
            } finally {
                made.forEach(tensorflow::TF_DeleteTensor);
                tensorflow.TF_DeleteStatus(status);
                if (options != null) {
                    tensorflow.TF_DeleteBuffer(options);
                }
                in.close();
                out.close();
            }
        }
    }

    private static TF_Buffer options(long timeout) {
        byte[] bytes = RunOptions.newBuilder().setTimeoutInMs(timeout).build().toByteArray();
        try (BytePointer content = new BytePointer(bytes)) {
            return tensorflow.TF_NewBufferFromString(content, bytes.length);
        }
    }
}
