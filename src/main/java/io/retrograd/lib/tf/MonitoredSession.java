package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.cluster.ClusterSessions;
import io.retrograd.lib.tf.input.CoordinatorValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code tf.train.MonitoredTrainingSession}: initializes the variables or restores them from a folder, saves checkpoints
 * while training, and lets hooks watch the runs and end them.
 */
final class MonitoredSession implements Value {
    static final TypeValue TYPE = TypeValue.opaque(
            "tensorflow.python.training.monitored_session", "MonitoredSession", MonitoredSessionTable.TABLE);

    /** What stands for an argument that is not given, where None has a meaning of its own. */
    private static final String DEFAULT = "USE_DEFAULT";

    /** Seconds between two looks at what the chief has done. */
    private static final double PAUSE = 0.5;

    /** How often a session is made anew before the error is the script's. */
    private static final int RECOVERIES = 5;

    private final Supplier<SessionValue> maker;
    private final CoordinatorValue coordinator;
    private final List<Object> hooks;
    private boolean stopping;
    private boolean closed;
    private SessionValue session;

    private MonitoredSession(Supplier<SessionValue> maker, List<Object> hooks) {
        this.maker = maker;
        this.coordinator = new CoordinatorValue();
        this.hooks = hooks;
    }

    private static Object train(Machine m, String name, Object... arguments) {
        return Semantics.call(m, Semantics.attribute(m, m.library().module(m, "tensorflow.train"), name), arguments);
    }

    private static Object written(Machine m, String name, Object... arguments) {
        return Semantics.call(m, Written.text(m, "hooks").exact(m, name), arguments);
    }

    private static Object orNone(Object given) {
        return DEFAULT.equals(given) ? None.NONE : given;
    }

    @Builtin(
            value = {"train.MonitoredTrainingSession"},
            signature = "master='', is_chief=True, checkpoint_dir=None, scaffold=None, hooks=None, chief_only_hooks=None, "
                    + "save_checkpoint_secs='USE_DEFAULT', save_summaries_steps='USE_DEFAULT', save_summaries_secs='USE_DEFAULT', "
                    + "config=None, stop_grace_period_secs=120, log_step_count_steps=100, max_wait_secs=7200, "
                    + "save_checkpoint_steps='USE_DEFAULT', summary_dir=None",
            doc = "A session that initializes or restores variables, saves checkpoints and summaries, and ends when a hook says so.",
            example = "with tf.train.MonitoredTrainingSession(checkpoint_dir='./model', hooks=hooks) as sess:")
    static Object monitored(
            Machine m, Object master, boolean chief, Object folder, Object scaffold, Object hooks, Object chiefHooks, Object saveSeconds,
            Object summarySteps, Object summarySeconds, Object config, Object grace, Object logSteps, Object wait, Object saveSteps,
            Object summaryFolder) {
        Object scaffolding = scaffold == None.NONE ? written(m, "Scaffold") : scaffold;
        Object place = folder == None.NONE ? None.NONE : SaverValue.fspath(m, folder);
        // Where one of two is given, None for the other or for none of them turns the saving off.
        boolean standardSaving = DEFAULT.equals(saveSeconds) && DEFAULT.equals(saveSteps);
        boolean standardSummaries = DEFAULT.equals(summarySteps) && DEFAULT.equals(summarySeconds);
        Object all = written(m, "_training_hooks", scaffolding, chief, place, hooks, chiefHooks,
                standardSaving ? (Object) 600L : orNone(saveSeconds), orNone(saveSteps),
                standardSummaries ? (Object) 100L : orNone(summarySteps), orNone(summarySeconds), logSteps, summaryFolder);
        Object creator = chief
                ? written(m, "ChiefSessionCreator", scaffolding, master, config, place)
                : written(m, "WorkerSessionCreator", scaffolding, master, config, wait == None.NONE ? (Object) 7200L : wait);
        return start(m, creator, List.of(Semantics.elements(m, all)));
    }

    @Builtin(
            value = {"train.SingularMonitoredSession"},
            signature = "hooks=None, scaffold=None, master='', config=None, checkpoint_dir=None, stop_grace_period_secs=120, "
                    + "checkpoint_filename_with_path=None",
            doc = "A session that initializes or restores variables and ends when a hook says so; it saves nothing.")
    static Object singular(
            Machine m, Object hooks, Object scaffold, Object master, Object config, Object folder, Object grace, Object file) {
        Object place = folder == None.NONE ? None.NONE : SaverValue.fspath(m, folder);
        return start(m, written(m, "ChiefSessionCreator", scaffold, master, config, place, file), list(m, hooks));
    }

    @Builtin(
            value = "__new__",
            signature = "session_creator=None, hooks=None, stop_grace_period_secs=120",
            doc = "A session that a creator makes, with hooks around its runs; it saves nothing by itself.",
            example = "tf.train.MonitoredSession(session_creator=tf.train.ChiefSessionCreator(scaffold=scaffold), hooks=hooks)")
    static Object make(Machine m, Object creator, Object hooks, Object grace) {
        return start(m, creator == None.NONE ? written(m, "ChiefSessionCreator") : creator, list(m, hooks));
    }

    private static List<Object> list(Machine m, Object hooks) {
        return hooks == None.NONE ? List.of() : List.of(Semantics.elements(m, hooks));
    }

    private static Object start(Machine m, Object creator, List<Object> hooks) {
        for (Object hook : hooks) {
            call(m, hook, "begin");
        }
        Object master = Semantics.attributeOrNull(m, creator, "_master");
        boolean distributed = master instanceof String target && !target.isEmpty() || master instanceof BytesValue;
        MonitoredSession made = new MonitoredSession(
                distributed ? remote(m, creator, master) : () -> (SessionValue) Semantics.callMethod(m, creator, "create_session"), hooks);
        made.open(m);
        return made;
    }

    /** Sessions with servers: the chief initializes, a worker waits until it has. */
    private static Supplier<SessionValue> remote(Machine m, Object creator, Object master) {
        Object scaffold = Semantics.attribute(m, creator, "_scaffold");
        Semantics.callMethod(m, scaffold, "finalize");
        Graph graph = TfState.of(m).graph();
        GraphValue ours = GraphValue.of(graph);
        Object config = Semantics.attribute(m, creator, "_config");
        if (Semantics.truth(m, Semantics.attribute(m, creator, "_is_chief"))) {
            return () -> {
                SessionValue session = ClusterSessions.open(m, master, ours, config);
                written(m, "_prepare", session, scaffold, Semantics.attribute(m, creator, "_checkpoint_dir"),
                        Semantics.attribute(m, creator, "_checkpoint_filename_with_path"));
                return session;
            };
        }
        ClusterSessions.Start begin = new ClusterSessions.Start(
                Semantics.attribute(m, scaffold, "init_op"), None.NONE, Semantics.attribute(m, scaffold, "local_init_op"),
                Semantics.attribute(m, scaffold, "ready_for_local_init_op"), Semantics.attribute(m, scaffold, "ready_op"));
        double wait = Semantics.real(m, Semantics.attribute(m, creator, "_max_wait_secs"));
        return () -> ClusterSessions.await(m, master, ours, config, begin, PAUSE, wait);
    }

    /** Makes the session, or makes it anew after servers were gone. */
    private void open(Machine m) {
        session = maker.get();
        train(m, "start_queue_runners", session, coordinator);
        for (Object hook : hooks) {
            call(m, hook, "after_create_session", session, coordinator);
        }
    }

    /** Runs; where a server was lost or started again, with a session made anew. */
    private Object runAgain(Machine m, Object fetches, Object feeds, Object options, Object metadata) {
        for (int failures = 0; ; failures++) {
            try {
                coordinator.throwFailure();
                return SessionValue.run(m, session, fetches, feeds, options, metadata);
            } catch (NnError lost) {
                if (!isLost(lost) || failures == RECOVERIES) {
                    throw lost;
                }
                openAgain(m, lost);
            }
        }
    }

    /** Whether an error says that a server was lost or started again. */
    private boolean isLost(NnError error) {
        boolean gone = error.kind() == ErrorKind.ABORTED_ERROR || error.kind() == ErrorKind.UNAVAILABLE_ERROR;
        return gone && session.session().isConcurrent();
    }

    private void openAgain(Machine m, NnError lost) {
        HostFunctions.info(m, "An error was raised. This may be due to a preemption in a connected worker or parameter server. "
                + "The current session will be closed and a new session will be created. Error: " + lost.getMessage());
        coordinator.stop(null);
        session.session().close();
        coordinator.clear();
        open(m);
    }

    /** Calls a script's hook where it has that method. */
    private static Object call(Machine m, Object hook, String method, Object... arguments) {
        Object found = Semantics.attributeOrNull(m, hook, method);
        return found == null ? None.NONE : Semantics.call(m, found, arguments);
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    /** What a hook sees of a run. */
    private final class RunContext implements Value {
        private static final TypeValue CONTEXT = TypeValue.opaque("tensorflow.python.training.session_run_hook", "SessionRunContext", null);
        private final HookTypes.RunArguments original;

        RunContext(HookTypes.RunArguments original) {
            this.original = original;
        }

        @Override
        public TypeValue type() {
            return CONTEXT;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return switch (name) {
                case "session" -> session;
                case "original_args" -> original;
                case "stop_requested" -> stopping;
                case "request_stop" -> new NativeFunction("request_stop", (machine, none) -> {
                    stopping = true;
                    return None.NONE;
                });
                default -> Value.super.attribute(m, name);
            };
        }
    }

    /** What a run gave a hook. */
    private record RunValues(Object results, Object options, Object metadata) implements Value {
        private static final TypeValue VALUES = TypeValue.opaque("tensorflow.python.training.session_run_hook", "SessionRunValues", null);

        @Override
        public TypeValue type() {
            return VALUES;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return switch (name) {
                case "results" -> results;
                case "options" -> options;
                case "run_metadata" -> metadata;
                default -> Value.super.attribute(m, name);
            };
        }
    }

    @Builtin(
            value = "run",
            signature = "fetches, feed_dict=None, options=None, run_metadata=None",
            method = true,
            doc = "As Session.run, with the hooks before and after.")
    static Object run(Machine m, MonitoredSession self, Object fetches, Object feeds, Object options, Object metadata) {
        if (self.closed) {
            throw NnError.runtime("Attempted to use a closed Session.");
        }
        if (self.stopping) {
            throw NnError.runtime("Run called even after should_stop requested.");
        }
        List<Object> wanted = new ArrayList<>(List.of(fetches));
        DictValue fed = new DictValue();
        if (feeds instanceof DictValue given) {
            fed.putAll(m, given);
        } else if (feeds != None.NONE) {
            return self.runAgain(m, fetches, feeds, options, metadata);
        }
        RunContext context = self.new RunContext(new HookTypes.RunArguments(fetches, feeds, options));
        List<Object> asking = new ArrayList<>();
        Object how = options;
        for (Object hook : self.hooks) {
            Object more = call(m, hook, "before_run", context);
            if (more instanceof HookTypes.RunArguments arguments) {
                wanted.add(arguments.fetches() == None.NONE ? new ListValue() : arguments.fetches());
                asking.add(hook);
                if (arguments.feeds() instanceof DictValue extra) {
                    for (Object key : extra.keyArray()) {
                        if (fed.contains(m, key)) {
                            throw NnError.runtime("Same tensor is fed by two hooks.");
                        }
                    }
                    fed.putAll(m, extra);
                }
                how = how == None.NONE ? arguments.options() : how;
            }
        }
        Object told = metadata == None.NONE && how != None.NONE ? OptionsValue.runMetadata() : metadata;
        ListValue results = (ListValue) self.runAgain(m, ListValue.of(wanted.toArray()), fed, how, told);
        try {
            int next = 1;
            for (Object hook : self.hooks) {
                Object given = asking.contains(hook) ? results.get(next++) : None.NONE;
                call(m, hook, "after_run", context, new RunValues(given, how, told));
            }
        } catch (NnError lost) {
            if (!self.isLost(lost)) {
                throw lost;
            }
            self.openAgain(m, lost);
        }
        return results.get(0);
    }

    @Builtin(
            value = "run_step_fn",
            signature = "step_fn",
            method = true,
            doc = "Calls a function with a context that can run the session with or without hooks.")
    static Object runStep(Machine m, MonitoredSession self, Object function) {
        return Semantics.call(m, function, new StepContext(self));
    }

    /** What a step function gets. */
    private record StepContext(MonitoredSession monitored) implements Value {
        private static final TypeValue CONTEXT = TypeValue.opaque("tensorflow.python.training.monitored_session", "StepContext", null);

        @Override
        public TypeValue type() {
            return CONTEXT;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return switch (name) {
                case "session" -> monitored.session;
                case "run_with_hooks" -> Semantics.attribute(m, monitored, "run");
                case "request_stop" -> new NativeFunction("request_stop", (machine, none) -> {
                    throw new NnError(ErrorKind.STOP_ITERATION, "step_fn has requested the iterations to stop.");
                });
                default -> Value.super.attribute(m, name);
            };
        }
    }

    @Builtin(value = "should_stop", method = true, doc = "Whether a hook has ended the training.")
    static boolean shouldStop(Machine m, MonitoredSession self) {
        return self.stopping || self.closed || self.coordinator.isStopped();
    }

    @Builtin(value = "raw_session", method = true, doc = "The session underneath.")
    static Object raw(Machine m, MonitoredSession self) {
        return self.session;
    }

    @Builtin(value = "graph", property = true, doc = "The graph that it runs.")
    static Object graph(Machine m, MonitoredSession self) {
        return GraphValue.of(self.session.session().graph());
    }

    @Builtin(value = "close", method = true, doc = "Lets the hooks end, saves, and frees what the session holds.")
    static void close(Machine m, MonitoredSession self) {
        if (self.closed) {
            return;
        }
        for (Object hook : self.hooks) {
            call(m, hook, "end", self.session);
        }
        self.closed = true;
        self.coordinator.stop(null);
        SessionValue.close(m, self.session);
    }

    @Builtin(value = "__enter__", method = true, doc = "The session itself.")
    static Object enter(Machine m, MonitoredSession self) {
        return self;
    }

    @Builtin(value = "__exit__", signature = "kind, value, traceback", method = true, doc = "Closes it; the end of the data is a good end.")
    static boolean exit(Machine m, MonitoredSession self, Object kind, Object value, Object traceback) {
        boolean endOfData = kind == ExceptionTypes.of(ErrorKind.OUT_OF_RANGE_ERROR) || kind == ExceptionTypes.of(ErrorKind.STOP_ITERATION);
        if (kind == None.NONE || endOfData) {
            close(m, self);
            return endOfData;
        }
        self.closed = true;
        SessionValue.close(m, self.session);
        return false;
    }
}
