package io.retrograd.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.exchange.GraphDefs;
import io.retrograd.graph.DeviceSpec;
import io.retrograd.graph.GraphFunction;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.session.Engine;
import io.retrograd.session.RunErrors;
import io.retrograd.session.SessionState;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
import org.tensorflow.internal.c_api.TF_ImportGraphDefOptions;
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

    private static final ErrorKind[] KINDS = {
        ErrorKind.CANCELLED_ERROR, ErrorKind.UNKNOWN_ERROR, ErrorKind.INVALID_ARGUMENT_ERROR, ErrorKind.DEADLINE_EXCEEDED_ERROR,
        ErrorKind.NOT_FOUND_ERROR, ErrorKind.ALREADY_EXISTS_ERROR, ErrorKind.PERMISSION_DENIED_ERROR,
        ErrorKind.RESOURCE_EXHAUSTED_ERROR, ErrorKind.FAILED_PRECONDITION_ERROR, ErrorKind.ABORTED_ERROR,
        ErrorKind.OUT_OF_RANGE_ERROR, ErrorKind.UNIMPLEMENTED_ERROR, ErrorKind.INTERNAL_ERROR, ErrorKind.UNAVAILABLE_ERROR,
        ErrorKind.DATA_LOSS_ERROR
    };

    private final String target;
    private final byte[] config;
    private final Connection connection;
    private final ExecutorService runs = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "tensorflow");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Operation> handedOver = new HashMap<>();
    private final Map<Operation, List<Object>> wired = new IdentityHashMap<>();
    private final Set<String> scopes = new HashSet<>();
    private TF_Graph graph;
    private OpenSession opened;
    private TF_Session session;
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
        return connection.devices(session);
    }

    private boolean isRemote() {
        return !target.isEmpty();
    }

    @Override
    public synchronized Runner prepare(SessionState state, List<Output> fetches, List<Operation> targets, List<Output> feeds) {
        Run run = new Run(state, fetches, targets, feeds);
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
        session = null;
        forget();
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
            }
        }

        /** Cancels what runs in it, and gives it back. */
        void close() {
            TF_Status status = tensorflow.TF_NewStatus();
            tensorflow.TF_CloseSession(session, status);
            tensorflow.TF_DeleteStatus(status);
            leave();
        }
    }

    private void forget() {
        handedOver.clear();
        wired.clear();
        scopes.clear();
    }

    private void open(SessionState state) {
        if (session != null) {
            return;
        }
        generation++;
        graph = tensorflow.TF_NewGraph();
        session = newSession(graph, settings(state.options().threads()));
        opened = new OpenSession(session, graph);
        if (isRemote()) {
            try {
                connection.open(session, state.options().interruptCheck(), state.options().log());
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
            check(status, Map.of());
            if (isRemote()) {
                tensorflow.TF_SetTarget(options, target);
            }
            TF_Session made = tensorflow.TF_NewSession(of, options, status);
            check(status, Map.of());
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
        session = null;
        forget();
        if (silent != null) {
            Connection.aside(silent::close);
        }
    }

    // The graph

    /** Everything behind these operations, and what they are colocated with. */
    private static Set<Operation> behind(List<Operation> wanted) {
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

    private static List<Object> wires(Operation op) {
        List<Object> wires = new ArrayList<>(op.inputs());
        wires.addAll(op.controlInputs());
        return wires;
    }

    /** Whether an operation that was handed over has been changed since, or its name now means another. */
    private boolean isOutdated(Set<Operation> needed) {
        for (Operation op : needed) {
            List<Object> before = wired.get(op);
            if (before != null ? !before.equals(wires(op)) : handedOver.containsKey(op.name())) {
                return true;
            }
        }
        return false;
    }

    /** The runtime takes a scope that it has seen for a name in use. */
    private boolean collides(Set<Operation> needed) {
        for (Operation op : needed) {
            if (!wired.containsKey(op) && scopes.contains(op.name())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where a graph has queues, all of it at once: they would be lost with a session that is started anew. One that the
     * runtime does not know every operation of is handed over bit by bit.
     */
    private void handOverAll(SessionState state, io.retrograd.graph.Graph whole) {
        Set<Operation> all = new HashSet<>(whole.operations());
        if (all.stream().noneMatch(op -> op.type().endsWith("QueueV2"))) {
            return;
        }
        try {
            add(state, all);
        } catch (NnError unknown) {
            discard();
        }
    }

    private void handOver(SessionState state, Set<Operation> needed) {
        if (isOutdated(needed) || collides(needed)) {
            startAnew(state, needed);
            return;
        }
        add(state, needed);
    }

    private void add(SessionState state, Set<Operation> needed) {
        open(state);
        List<Operation> fresh = new ArrayList<>();
        for (Operation op : needed) {
            if (!wired.containsKey(op)) {
                fresh.add(op);
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        fresh.sort((a, b) -> Integer.compare(a.id(), b.id()));
        TF_ImportGraphDefOptions options = tensorflow.TF_NewImportGraphDefOptions();
        Set<String> mapped = new HashSet<>();
        for (Operation op : fresh) {
            refuseOwnFunctions(op);
            for (Output in : op.inputs()) {
                if (wired.containsKey(in.operation()) && mapped.add(in.name())) {
                    tensorflow.TF_ImportGraphDefOptionsAddInputMapping(
                            options, in.operation().name(), in.index(), output(new TF_Output(), in));
                }
            }
            for (Operation before : op.controlInputs()) {
                if (wired.containsKey(before) && mapped.add("^" + before.name())) {
                    tensorflow.TF_ImportGraphDefOptionsRemapControlDependency(options, before.name(), operation(before));
                }
            }
        }
        tensorflow.TF_ImportGraphDefOptionsSetValidateColocationConstraints(options, (byte) 0);
        byte[] bytes = GraphDefs.of(fresh, false).toByteArray();
        TF_Status status = tensorflow.TF_NewStatus();
        try (BytePointer content = new BytePointer(bytes)) {
            TF_Buffer buffer = tensorflow.TF_NewBufferFromString(content, bytes.length);
            tensorflow.TF_GraphImportGraphDef(graph, buffer, options, status);
            tensorflow.TF_DeleteBuffer(buffer);
            check(status, Map.of());
        } finally {
            tensorflow.TF_DeleteStatus(status);
            tensorflow.TF_DeleteImportGraphDefOptions(options);
        }
        for (Operation op : fresh) {
            handedOver.put(op.name(), op);
            wired.put(op, wires(op));
            for (int slash = op.name().indexOf('/'); slash >= 0; slash = op.name().indexOf('/', slash + 1)) {
                scopes.add(op.name().substring(0, slash));
            }
        }
    }

    private static void refuseOwnFunctions(Operation op) {
        Object function = op.attributes().get("_host_function");
        if (function instanceof GraphFunction f) {
            List<Operation> results = new ArrayList<>();
            f.results().forEach(r -> results.add(r.operation()));
            behind(results).forEach(TensorFlowEngine::refuseOwnFunctions);
        } else if (function != null) {
            throw RunErrors.located(
                    new NnError(
                            ErrorKind.UNIMPLEMENTED_ERROR,
                            "The engine tensorflow cannot call a function of the script, as '" + op.type() + "' does")
                            .help("run the script without --engine"),
                    op);
        }
    }

    /**
     * A new graph and session, with all that was handed over before and the values of its variables, and with what is
     * needed now. In a cluster the variables live in the servers and outlast the session.
     */
    private void startAnew(SessionState state, Set<Operation> needed) {
        Set<Operation> all = new HashSet<>(needed);
        List<Operation> variables = new ArrayList<>();
        for (Operation op : wired.keySet()) {
            if (op.graph().operation(op.name()).orElse(null) == op) {
                all.addAll(behind(List.of(op)));
            }
        }
        for (Operation op : isRemote() ? Set.<Operation>of() : wired.keySet()) {
            if (op.type().startsWith("Variable") && op.graph().operation(op.name()).orElse(null) == op) {
                variables.add(op);
            }
        }
        Map<Operation, NdArray> values = new HashMap<>();
        for (Operation v : variables) {
            try {
                Run read = new Run(state, List.of(v.output(0)), List.of(), List.of());
                read.bind();
                values.put(v, read.run(new NdArray[0])[0]);
            } catch (NnError notInitialized) {
                continue;
            }
        }
        discard();
        add(state, all);
        values.forEach((v, value) -> {
            for (Operation user : v.graph().operations()) {
                if (user.type().equals("Assign") && user.input(0) == v.output(0)) {
                    Run write = new Run(state, List.of(), List.of(user), List.of(user.input(1)));
                    write.prepare();
                    write.run(new NdArray[] {value});
                    return;
                }
            }
        });
    }

    private TF_Operation operation(Operation op) {
        return tensorflow.TF_GraphOperationByName(graph, op.name());
    }

    private TF_Output output(TF_Output at, Output tensor) {
        return at.oper(operation(tensor.operation())).index(tensor.index());
    }

    // Runs

    /** One combination of fetches, targets and fed tensors. */
    private final class Run implements Runner {
        private final SessionState state;
        private final List<Output> fetches;
        private final List<Operation> targets;
        private final List<Output> feeds;
        private final Map<String, Operation> byName = new HashMap<>();
        private Set<Operation> needed = Set.of();
        private TF_Output inputs;
        private TF_Output outputs;
        private PointerPointer<TF_Operation> operations;
        private int boundIn;
        private int graphAt;

        Run(SessionState state, List<Output> fetches, List<Operation> targets, List<Output> feeds) {
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
            needed.forEach(op -> byName.put(op.name(), op));
            if (opened == null && !needed.isEmpty()) {
                handOverAll(state, needed.iterator().next().graph());
            }
            handOver(state, needed);
            bind();
        }

        /** Looks the operations up in the runtime's graph. */
        void bind() {
            inputs = outputs(feeds);
            outputs = outputs(fetches);
            operations = new PointerPointer<>(Math.max(1, targets.size()));
            for (int i = 0; i < targets.size(); i++) {
                operations.put(i, operation(targets.get(i)));
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
                output(all.getPointer(i), tensors.get(i));
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
                if (session == null || boundIn != generation || graphAt != lastId() && isOutdated(needed)) {
                    prepare();
                }
                in = opened;
                in.enter();
            }
            Future<NdArray[]> result = runs.submit(() -> {
                try {
                    return execute(in.session, values, timeout);
                } finally {
                    in.leave();
                }
            });
            Connection.Watch watch = isRemote() ? connection.watch(this::anotherSession) : null;
            while (true) {
                try {
                    return result.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException still) {
                    checkInterrupt();
                    if (watch != null) {
                        checkAnswer(watch);
                    }
                } catch (ExecutionException failure) {
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

        private NdArray[] execute(TF_Session current, NdArray[] values, long timeout) {
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
                        current, options, inputs, in, values.length, outputs, out, fetches.size(), operations, targets.size(), null, status);
                check(status, byName);
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

    /** A message of a server without what the transport says of itself. */
    private static String plain(String message) {
        int transport = message.indexOf("\nAdditional GRPC error information");
        String text = (transport < 0 ? message : message.substring(0, transport)).replaceFirst("^\\n=+\\n[A-Z_]+: ", "");
        return text.startsWith("From /job:") ? text.replaceFirst(":\n", ": ") : text;
    }

    private static TF_Buffer options(long timeout) {
        byte[] bytes = RunOptions.newBuilder().setTimeoutInMs(timeout).build().toByteArray();
        try (BytePointer content = new BytePointer(bytes)) {
            return tensorflow.TF_NewBufferFromString(content, bytes.length);
        }
    }

    /** Throws what the status says, in the words of scripts: the operation that failed by its place in the script. */
    static void check(TF_Status status, Map<String, Operation> byName) {
        int code = tensorflow.TF_GetCode(status);
        if (code == 0) {
            return;
        }
        String message = plain(tensorflow.TF_Message(status).getString());
        ErrorKind kind = code <= KINDS.length ? KINDS[code - 1] : ErrorKind.UNKNOWN_ERROR;
        int where = message.indexOf("\n\t [[");
        NnError error = new NnError(kind, where < 0 ? message : message.substring(0, where));
        if (kind == ErrorKind.FAILED_PRECONDITION_ERROR && message.startsWith("Attempting to use uninitialized value")) {
            error.help("initialize it first: sess.run(tf.global_variables_initializer())");
        }
        if (message.startsWith("Op type not registered '")) {
            int end = message.indexOf('\'', message.indexOf('\'') + 1);
            throw new NnError(kind, "TensorFlow has no operation of the type " + message.substring(message.indexOf('\''), end + 1))
                    .help("run the script without --engine");
        }
        int name = message.indexOf("{{node ");
        Operation op = name < 0 ? null : byName.get(message.substring(name + 7, message.indexOf("}}", name)));
        throw op == null ? error : RunErrors.located(error, op);
    }
}
