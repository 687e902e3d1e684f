package io.retrograd.lib.tf.cluster;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.Elements;
import io.retrograd.lib.tf.FileWriterValue;
import io.retrograd.lib.tf.GlobalStepFunctions;
import io.retrograd.lib.tf.GraphExchange;
import io.retrograd.lib.tf.GraphValue;
import io.retrograd.lib.tf.HostFunctions;
import io.retrograd.lib.tf.SaverValue;
import io.retrograd.lib.tf.SessionValue;
import io.retrograd.lib.tf.TfState;
import io.retrograd.lib.tf.input.CoordinatorValue;
import io.retrograd.lib.tf.input.QueueRunnerValue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code tf.train.Supervisor}: begins the session of a worker, saves checkpoints and summaries while it trains, and ends
 * it. What TensorFlow's threads do every so many seconds is done here after the run that comes next.
 */
public final class SupervisorValue implements Value {
    /** {@code tf.train.Supervisor}. */
    public static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.training.supervisor", "Supervisor", CoreTypes.OBJECT, SupervisorValueTable.TABLE, null);

    /** What stands for an argument that was not given. */
    private static final long USE_DEFAULT = 0;

    private final Graph graph;
    private final boolean chief;
    private final ClusterSessions.Start start;
    private final Object initFunction;
    private final Object summary;
    private final Object saver;
    private final Object step;
    private final Object writer;
    private final String folder;
    private final String savePath;
    private final double saveSeconds;
    private final double summarySeconds;
    private final double pause;
    private final CoordinatorValue coordinator = new CoordinatorValue();
    private final List<Service> services = new ArrayList<>();

    /** Something to be done every so many seconds. */
    private static final class Service {
        private final double seconds;
        private final Runnable work;
        private double next;

        Service(double seconds, double now, Runnable work) {
            this.seconds = seconds;
            this.work = work;
            this.next = now;
        }

        void run(double now) {
            if (now >= next) {
                next = now + seconds;
                work.run();
            }
        }
    }

    private SupervisorValue(Machine m, Graph graph, Given given) {
        this.graph = graph;
        this.chief = given.truth("is_chief");
        Object ready = given.orElse("ready_op", () -> collected("ready_op").orElseGet(() -> tf(m, "report_uninitialized_variables")));
        Object readyForLocal = given.orElse("ready_for_local_init_op", () -> collected("ready_for_local_init_op").orElse(None.NONE));
        Object init = given.orElse("init_op", () -> collected("init_op").orElseGet(() -> tf(m, "global_variables_initializer")));
        Object local = given.orElse("local_init_op", () -> collected("local_init_op").orElseGet(() ->
                tf(m, "group", tf(m, "local_variables_initializer"), tf(m, "tables_initializer"))));
        this.start = new ClusterSessions.Start(init, given.get("init_feed_dict"), local, readyForLocal, ready);
        this.saver = given.orElse("saver", () -> collected("savers").orElseGet(() ->
                graph.collection("variables").isEmpty() ? None.NONE : train(m, "Saver")));
        this.summary = given.orElse("summary_op", () -> collected("summary_op").orElseGet(() -> summaries(m, "merge_all")));
        this.step = given.orElse("global_step", () -> GlobalStepFunctions.get(m, GraphValue.of(graph)));
        this.initFunction = given.get("init_fn");
        this.folder = chief && given.get("logdir") != None.NONE ? SaverValue.fspath(m, given.get("logdir")) : "";
        this.savePath = folder.isEmpty() ? "" : GraphExchange.join(folder, SaverValue.fspath(m, given.get("checkpoint_basename")));
        this.saveSeconds = given.real("save_model_secs");
        this.summarySeconds = given.real("save_summaries_secs");
        this.pause = Math.min(1, given.real("recovery_wait_secs"));
        if (!folder.isEmpty()) {
            makeFolder(m);
        }
        this.writer = !chief ? None.NONE
                : given.orElse("summary_writer", () -> folder.isEmpty() ? None.NONE : summaries(m, "FileWriter", folder));
        graph.finish();
    }

    /** The arguments that the constructor was called with. */
    private record Given(Machine m, Map<String, Object> values) {
        Object get(String name) {
            return values.get(name);
        }

        boolean truth(String name) {
            return Semantics.truth(m, get(name));
        }

        double real(String name) {
            return get(name) == None.NONE ? 0 : Semantics.real(m, get(name));
        }

        Object orElse(String name, Supplier<Object> otherwise) {
            return get(name) instanceof Long n && n == USE_DEFAULT ? otherwise.get() : get(name);
        }
    }

    private Optional<Object> collected(String key) {
        List<Object> all = graph.collection(key);
        return all.isEmpty() ? Optional.empty() : Optional.of(Elements.wrap(all.get(0)));
    }

    private static Object tf(Machine m, String name, Object... arguments) {
        return Semantics.call(m, Semantics.attribute(m, m.library().module(m, "tensorflow"), name), arguments);
    }

    private static Object train(Machine m, String name, Object... arguments) {
        return Semantics.call(m, Semantics.attribute(m, m.library().module(m, "tensorflow.train"), name), arguments);
    }

    private static Object summaries(Machine m, String name, Object... arguments) {
        return Semantics.call(m, Semantics.attribute(m, m.library().module(m, "tensorflow.summary"), name), arguments);
    }

    @Builtin(
            value = "__new__",
            signature = "graph=None, ready_op=0, ready_for_local_init_op=0, is_chief=True, init_op=0, init_feed_dict=None, "
                    + "local_init_op=0, logdir=None, summary_op=0, saver=0, global_step=0, save_summaries_secs=120, "
                    + "save_model_secs=600, recovery_wait_secs=30, stop_grace_secs=120, checkpoint_basename='model.ckpt', "
                    + "session_manager=None, summary_writer=0, init_fn=None, local_init_run_options=None",
            doc = "Begins, saves and ends the training of a worker; the graph can only be run from now on.",
            example = "sv = tf.train.Supervisor(is_chief=FLAGS.task_index == 0, logdir='./train', global_step=global_step)")
    static Object make(
            Machine m, Object graph, Object ready, Object readyForLocal, Object chief, Object init, Object initFeeds, Object local,
            Object folder, Object summary, Object saver, Object step, Object summarySeconds, Object saveSeconds, Object recovery,
            Object grace, Object basename, Object manager, Object writer, Object initFunction, Object localOptions) {
        if (manager != None.NONE) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "session_manager is not offered; the Supervisor begins its sessions itself");
        }
        Graph g = graph instanceof GraphValue given ? given.graph() : TfState.of(m).graph();
        TfState.of(m).enter(g);
        try {
            return new SupervisorValue(m, g, new Given(m, Map.ofEntries(
                    Map.entry("ready_op", ready), Map.entry("ready_for_local_init_op", readyForLocal), Map.entry("is_chief", chief),
                    Map.entry("init_op", init), Map.entry("init_feed_dict", initFeeds), Map.entry("local_init_op", local),
                    Map.entry("logdir", folder), Map.entry("summary_op", summary), Map.entry("saver", saver),
                    Map.entry("global_step", step), Map.entry("save_summaries_secs", summarySeconds),
                    Map.entry("save_model_secs", saveSeconds), Map.entry("recovery_wait_secs", recovery),
                    Map.entry("checkpoint_basename", basename), Map.entry("summary_writer", writer), Map.entry("init_fn", initFunction))));
        } finally {
            TfState.of(m).leave(g);
        }
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private void makeFolder(Machine m) {
        try {
            Files.createDirectories(m.world().files().writable(folder));
        } catch (IOException failure) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot write to " + folder + ": " + failure.getMessage());
        }
    }

    // Beginning

    @Builtin(
            value = {"prepare_or_wait_for_session", "PrepareSession"},
            signature = "master='', config=None, wait_for_checkpoint=False, max_wait_secs=7200, start_standard_services=True",
            method = true,
            doc = "The session: the chief initializes or restores the variables, others wait for that.")
    static Object prepare(
            Machine m, SupervisorValue self, Object master, Object config, boolean awaits, double most, boolean services) {
        self.coordinator.clear();
        self.services.clear();
        GraphValue graph = GraphValue.of(self.graph);
        SessionValue session = self.chief
                ? self.initialized(m, master, graph, config)
                : ClusterSessions.await(m, master, graph, config, self.start, self.pause, most);
        if (self.chief && !self.folder.isEmpty()) {
            train(m, "write_graph", graph, self.folder, "graph.pbtxt");
            if (self.writer != None.NONE) {
                Semantics.callMethod(m, self.writer, "add_graph", graph);
            }
        }
        if (services) {
            if (self.chief) {
                self.startServices(m, session);
            }
            train(m, "start_queue_runners", session, self.coordinator);
        }
        session.afterRun(self::work);
        return session;
    }

    private SessionValue initialized(Machine m, Object master, GraphValue graph, Object config) {
        SessionValue session = ClusterSessions.open(m, master, graph, config);
        Object newest = folder.isEmpty() || saver == None.NONE ? None.NONE : train(m, "latest_checkpoint", folder);
        if (newest != None.NONE) {
            Semantics.callMethod(m, saver, "restore", session, newest);
            Semantics.callMethod(m, saver, "recover_last_checkpoints", ListValue.of(newest));
        } else {
            if (start.init() == None.NONE && initFunction == None.NONE && start.localInit() == None.NONE) {
                throw NnError.runtime("Model is not initialized and no init_op or init_fn or local_init_op was given");
            }
            ClusterSessions.initialize(m, session, start, false);
            if (initFunction != None.NONE) {
                Semantics.call(m, initFunction, session);
            }
        }
        if (start.localInit() != None.NONE) {
            session.run(m, start.localInit(), None.NONE);
        }
        return session;
    }

    /** What the chief does now and then. */
    private void startServices(Machine m, SessionValue session) {
        if (folder.isEmpty()) {
            HostFunctions.log(m, 30, "Standard services need a 'logdir' passed to the SessionManager");
            return;
        }
        double now = ClusterSessions.now(m);
        if (summary != None.NONE && writer != None.NONE && summarySeconds > 0) {
            services.add(new Service(summarySeconds, now + summarySeconds, () -> {
                Object made = session.run(m, summary, None.NONE);
                Semantics.callMethod(m, writer, "add_summary", made, stepNow(m, session));
            }));
        }
        if (saver != None.NONE && saveSeconds > 0) {
            services.add(new Service(saveSeconds, now, () -> {
                HostFunctions.info(m, "Saving checkpoint to path " + savePath);
                Semantics.callMethod(m, saver, "save", session, savePath, step);
            }));
        }
    }

    private Object stepNow(Machine m, SessionValue session) {
        return step == None.NONE ? None.NONE : FileWriterValue.number(m, session.run(m, step, None.NONE));
    }

    private void work(Machine m) {
        double now = ClusterSessions.now(m);
        services.forEach(s -> s.run(now));
    }

    @Builtin(value = "start_standard_services", signature = "sess", method = true, doc = "Saves checkpoints and summaries from now on.")
    static Object startStandard(Machine m, SupervisorValue self, SessionValue session) {
        if (!self.chief) {
            throw NnError.runtime("Only chief supervisor can start standard services. Because only chief supervisors can write events.");
        }
        self.startServices(m, session);
        return ListValue.of();
    }

    @Builtin(
            value = {"start_queue_runners", "StartQueueRunners"},
            signature = "sess, queue_runners=None",
            method = true,
            doc = "Starts what fills queues: those given, or all of the graph.")
    static Object startQueueRunners(Machine m, SupervisorValue self, SessionValue session, Object runners) {
        if (runners == None.NONE) {
            return train(m, "start_queue_runners", session, self.coordinator);
        }
        List<Object> threads = new ArrayList<>();
        for (Object each : Semantics.elements(m, runners)) {
            threads.addAll(((QueueRunnerValue) each).threads(session.session(), self.coordinator, true));
        }
        return ListValue.of(threads.toArray());
    }

    @Builtin(
            value = "managed_session",
            signature = "master='', config=None, start_standard_services=True, close_summary_writer=True",
            method = true,
            doc = "A block with the session, which ends when the block does.",
            example = "with sv.managed_session(server.target) as sess:")
    static Object managed(Machine m, SupervisorValue self, Object master, Object config, boolean services, boolean closes) {
        return new ManagedSession(self, master, config, services, closes);
    }

    // Ending

    @Builtin(value = {"should_stop", "ShouldStop"}, method = true, doc = "Whether somebody asked it to stop.")
    static boolean shouldStop(Machine m, SupervisorValue self) {
        return self.coordinator.isStopped();
    }

    @Builtin(value = {"request_stop", "RequestStop"}, signature = "ex=None", method = true, doc = "Asks it to stop.")
    static void requestStop(Machine m, SupervisorValue self, Object exception) {
        CoordinatorValue.requestStop(m, self.coordinator, exception);
    }

    @Builtin(value = {"stop_on_exception", "StopOnException"}, method = true, doc = "A block that asks it to stop where an exception leaves it.")
    static Object stopOnException(Machine m, SupervisorValue self) {
        return CoordinatorValue.stopOnException(m, self.coordinator);
    }

    @Builtin(value = {"wait_for_stop", "WaitForStop"}, method = true, doc = "Waits until somebody asked it to stop.")
    static void waitForStop(Machine m, SupervisorValue self) {
        while (!self.coordinator.isStopped()) {
            ClusterSessions.sleep(m, 0.1);
        }
    }

    @Builtin(
            value = {"stop", "Stop"},
            signature = "threads=None, close_summary_writer=True, ignore_live_threads=False",
            method = true,
            doc = "Ends what it started; an error that stopped it is thrown again.")
    static void stop(Machine m, SupervisorValue self, Object threads, boolean closes, boolean ignores) {
        self.coordinator.stop(null);
        self.services.clear();
        try {
            self.coordinator.throwFailure();
        } finally {
            if (closes && self.writer != None.NONE) {
                Semantics.callMethod(m, self.writer, "close");
            }
        }
    }

    @Builtin(
            value = {"loop", "Loop"},
            signature = "timer_interval_secs, target, args=None, kwargs=None",
            method = true,
            doc = "Calls a function every so many seconds, after the run that comes next.")
    static Object loop(Machine m, SupervisorValue self, Object seconds, Object target, Object arguments, Object keywords) {
        if (keywords != None.NONE && Semantics.truth(m, keywords)) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "loop takes args only, no kwargs");
        }
        Object[] given = arguments == None.NONE ? new Object[0] : Semantics.elements(m, arguments);
        self.services.add(new Service(
                seconds == None.NONE ? 0 : Semantics.real(m, seconds), ClusterSessions.now(m), () -> Semantics.call(m, target, given)));
        return None.NONE;
    }

    @Builtin(
            value = {"summary_computed", "SummaryComputed"},
            signature = "sess, summary, global_step=None",
            method = true,
            doc = "Writes a summary for the step.")
    static void summaryComputed(Machine m, SupervisorValue self, SessionValue session, Object made, Object step) {
        if (self.writer == None.NONE) {
            throw NnError.runtime("Writing a summary requires a summary writer.");
        }
        Semantics.callMethod(m, self.writer, "add_summary", made, step == None.NONE ? self.stepNow(m, session) : step);
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "is_chief" -> chief;
            case "saver" -> saver;
            case "global_step" -> step;
            case "save_path" -> savePath.isEmpty() ? None.NONE : savePath;
            case "save_model_secs" -> saveSeconds;
            case "save_summaries_secs" -> summarySeconds;
            case "summary_op" -> summary;
            case "summary_writer" -> writer;
            case "init_op" -> start.init();
            case "ready_op" -> start.ready();
            case "ready_for_local_init_op" -> start.readyForLocal();
            case "init_feed_dict" -> start.initFeeds();
            case "coord" -> coordinator;
            case "USE_DEFAULT" -> USE_DEFAULT;
            default -> Value.super.attribute(m, name);
        };
    }

    /** The block of {@code managed_session}. */
    public static final class ManagedSession implements Value {
        private static final TypeValue BLOCK = TypeValue.opaque("contextlib", "_GeneratorContextManager", ManagedBlockTable.TABLE);

        private final SupervisorValue supervisor;
        private final Object master;
        private final Object config;
        private final boolean services;
        private final boolean closes;
        private SessionValue session;

        private ManagedSession(SupervisorValue supervisor, Object master, Object config, boolean services, boolean closes) {
            this.supervisor = supervisor;
            this.master = master;
            this.config = config;
            this.services = services;
            this.closes = closes;
        }

        @Override
        public TypeValue type() {
            return BLOCK;
        }

        Object enter(Machine m) {
            session = (SessionValue) prepare(m, supervisor, master, config, false, 7200, services);
            return session;
        }

        /** Whether the exception with which the block ends counts as handled: OutOfRangeError does. */
        boolean exit(Machine m, Object exception) {
            if (exception != None.NONE) {
                CoordinatorValue.requestStop(m, supervisor.coordinator, exception);
            }
            try {
                stop(m, supervisor, None.NONE, closes, true);
            } finally {
                SessionValue.close(m, session);
            }
            return exception != None.NONE;
        }
    }
}
