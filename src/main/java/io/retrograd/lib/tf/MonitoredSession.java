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
import java.nio.file.Files;
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

    private static final double NANOS = 1e9;

    /** Seconds that a worker waits for the chief. */
    private static final double LONGEST_WAIT = 7200;

    /** Seconds between two looks at what the chief has done. */
    private static final double PAUSE = 0.5;

    /** How often a session is made anew before the error is the script's. */
    private static final int RECOVERIES = 5;

    private final Supplier<SessionValue> maker;
    private final CoordinatorValue coordinator;
    private final List<Object> hooks;
    private final Object saver;
    private final String prefix;
    private final double saveSeconds;
    private final long saveSteps;
    private double savedAt;
    private long savedStep = -1;
    private boolean stopping;
    private boolean closed;
    private SessionValue session;

    private MonitoredSession(
            Machine m, Supplier<SessionValue> maker, CoordinatorValue coordinator, List<Object> hooks, Object saver, String folder,
            double saveSeconds, long saveSteps) {
        this.maker = maker;
        this.coordinator = coordinator;
        this.hooks = hooks;
        this.saver = saver;
        this.prefix = folder.isEmpty() ? "" : GraphExchange.join(folder, "model.ckpt");
        this.saveSeconds = saveSeconds;
        this.saveSteps = saveSteps;
        this.savedAt = now(m);
    }

    private static double now(Machine m) {
        return m.world().nanosSinceEpoch() / NANOS;
    }

    private static Object tf(Machine m, String name, Object... arguments) {
        return Semantics.call(m, Semantics.attribute(m, m.library().module(m, "tensorflow"), name), arguments);
    }

    private static Object train(Machine m, String name, Object... arguments) {
        return Semantics.call(m, Semantics.attribute(m, m.library().module(m, "tensorflow.train"), name), arguments);
    }

    @Builtin(
            value = {"train.MonitoredTrainingSession"},
            signature = "master='', is_chief=True, checkpoint_dir=None, scaffold=None, hooks=None, chief_only_hooks=None, "
                    + "save_checkpoint_secs=None, save_summaries_steps=None, save_summaries_secs=None, config=None, "
                    + "stop_grace_period_secs=120, log_step_count_steps=100, max_wait_secs=7200, save_checkpoint_steps=None, "
                    + "summary_dir=None",
            doc = "A session that initializes or restores variables, saves checkpoints and ends when a hook says so.",
            example = "with tf.train.MonitoredTrainingSession(checkpoint_dir='./model', hooks=hooks) as sess:")
    static Object monitored(
            Machine m, Object master, boolean chief, Object folder, Object scaffold, Object hooks, Object chiefHooks, Object saveSeconds,
            Object summarySteps, Object summarySeconds, Object config, Object grace, Object logSteps, Object wait, Object saveSteps,
            Object summaryFolder) {
        if (scaffold != None.NONE) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "scaffold is not offered; the session initializes and saves all variables");
        }
        List<Object> all = new ArrayList<>();
        for (Object given : chief ? new Object[] {hooks, chiefHooks} : new Object[] {hooks}) {
            if (given != None.NONE) {
                all.addAll(List.of(Semantics.elements(m, given)));
            }
        }
        boolean timed = saveSeconds != None.NONE || saveSteps == None.NONE;
        return start(
                m, master, chief, folder, all, config, timed ? saveSeconds == None.NONE ? 600 : Semantics.real(m, saveSeconds) : 0,
                saveSteps == None.NONE ? 0 : Semantics.index(m, saveSteps), wait == None.NONE ? LONGEST_WAIT : Semantics.real(m, wait));
    }

    @Builtin(
            value = {"train.SingularMonitoredSession"},
            signature = "hooks=None, scaffold=None, master='', config=None, checkpoint_dir=None, stop_grace_period_secs=120, "
                    + "checkpoint_filename_with_path=None",
            doc = "A session that initializes or restores variables and ends when a hook says so; it saves nothing.")
    static Object singular(
            Machine m, Object hooks, Object scaffold, Object master, Object config, Object folder, Object grace, Object file) {
        List<Object> all = hooks == None.NONE ? List.of() : List.of(Semantics.elements(m, hooks));
        return start(m, master, true, folder, all, config, 0, 0, LONGEST_WAIT);
    }

    private static Object start(
            Machine m, Object master, boolean chief, Object folder, List<Object> hooks, Object config, double saveSeconds, long saveSteps,
            double wait) {
        Graph graph = TfState.of(m).graph();
        for (Object hook : hooks) {
            if (hook instanceof HookTypes.StopAtStep && step(m) == None.NONE) {
                throw NnError.runtime("Global step should be created to use StopAtStepHook.");
            }
            call(m, hook, "begin");
        }
        boolean distributed = master instanceof String target && !target.isEmpty() || master instanceof BytesValue;
        Object initializer = tf(m, "global_variables_initializer");
        Object ready = distributed ? tf(m, "report_uninitialized_variables") : None.NONE;
        Object readyForLocal = distributed && !chief ? tf(m, "report_uninitialized_variables", tf(m, "global_variables")) : None.NONE;
        Object local = tf(m, "local_variables_initializer");
        boolean any = !graph.collection("variables").isEmpty();
        Object saver = any ? train(m, "Saver") : None.NONE;
        graph.finish();
        ClusterSessions.Start begin = new ClusterSessions.Start(initializer, None.NONE, local, readyForLocal, ready);
        String place = folder == None.NONE ? "" : SaverValue.fspath(m, folder);
        GraphValue ours = GraphValue.of(graph);
        Supplier<SessionValue> maker = chief || !distributed
                ? () -> initialized(m, master, ours, config, begin, saver, place)
                : () -> ClusterSessions.await(m, master, ours, config, begin, PAUSE, wait);
        boolean saves = chief && !place.isEmpty() && any && (saveSeconds > 0 || saveSteps > 0);
        MonitoredSession made = new MonitoredSession(
                m, maker, new CoordinatorValue(), hooks, saver, saves ? place : "", saveSeconds, saveSteps);
        made.open(m);
        if (saves) {
            if (step(m) == None.NONE) {
                throw NnError.runtime("Global step should be created to use CheckpointSaverHook.");
            }
            made.makeFolder(m, place);
            made.save(m);
        }
        return made;
    }

    /** The chief's session: its variables are those of the newest checkpoint, or new. */
    private static SessionValue initialized(
            Machine m, Object master, GraphValue graph, Object config, ClusterSessions.Start begin, Object saver, String place) {
        SessionValue session = ClusterSessions.open(m, master, graph, config);
        Object newest = place.isEmpty() || saver == None.NONE ? None.NONE : train(m, "latest_checkpoint", place);
        if (newest != None.NONE) {
            Semantics.callMethod(m, saver, "restore", session, newest);
        } else if (saver != None.NONE) {
            ClusterSessions.initialize(m, session, begin, false);
        }
        session.run(m, begin.localInit(), None.NONE);
        return session;
    }

    /** Makes the session, or makes it anew after servers were gone. */
    private void open(Machine m) {
        session = maker.get();
        train(m, "start_queue_runners", session, coordinator);
        for (Object hook : hooks) {
            if (hook instanceof HookTypes.StopAtStep stop) {
                stop.begin(count(m));
            }
            call(m, hook, "after_create_session", session, coordinator);
        }
    }

    /** Runs; where a server was lost or started again, with a session made anew. */
    private Object runAgain(Machine m, Object fetches, Object feeds) {
        for (int failures = 0; ; failures++) {
            try {
                coordinator.throwFailure();
                return session.run(m, fetches, feeds);
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

    private void makeFolder(Machine m, String folder) {
        try {
            Files.createDirectories(m.world().files().writable(folder));
        } catch (java.io.IOException failure) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot write to " + folder + ": " + failure.getMessage());
        }
    }

    /** The global step's variable or tensor; None if there is none. */
    private static Object step(Machine m) {
        return train(m, "get_global_step");
    }

    private long count(Machine m) {
        return Semantics.index(m, session.run(m, GlobalStepFunctions.get(m, GraphValue.of(session.session().graph())), None.NONE));
    }

    /** Calls a script's hook where it has that method. */
    private static Object call(Machine m, Object hook, String method, Object... arguments) {
        Object found = hook instanceof HookTypes.StopAtStep ? null : Semantics.attributeOrNull(m, hook, method);
        return found == null ? None.NONE : Semantics.call(m, found, arguments);
    }

    private void save(Machine m) {
        long step = count(m);
        if (step != savedStep) {
            HostFunctions.info(m, "Saving checkpoints for " + step + " into " + prefix + ".");
            Semantics.callMethod(m, saver, "save", session, prefix, step);
            savedStep = step;
            savedAt = now(m);
        }
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
    private record RunValues(Object results) implements Value {
        private static final TypeValue VALUES = TypeValue.opaque("tensorflow.python.training.session_run_hook", "SessionRunValues", null);

        @Override
        public TypeValue type() {
            return VALUES;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return name.equals("results") ? results : Value.super.attribute(m, name);
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
            return self.runAgain(m, fetches, feeds);
        }
        RunContext context = self.new RunContext(new HookTypes.RunArguments(fetches, feeds));
        List<Object> asking = new ArrayList<>();
        for (Object hook : self.hooks) {
            Object more = call(m, hook, "before_run", context);
            if (more instanceof HookTypes.RunArguments arguments) {
                wanted.add(arguments.fetches() == None.NONE ? new ListValue() : arguments.fetches());
                asking.add(hook);
                if (arguments.feeds() instanceof DictValue extra) {
                    fed.putAll(m, extra);
                }
            }
        }
        Object counter = self.countsSteps() ? step(m) : None.NONE;
        if (counter != None.NONE) {
            wanted.add(counter);
        }
        ListValue results = (ListValue) self.runAgain(m, ListValue.of(wanted.toArray()), fed);
        long step = counter == None.NONE ? 0 : Semantics.index(m, results.get(results.size() - 1));
        try {
            self.afterRun(m, context, results, asking, step);
        } catch (NnError lost) {
            if (!self.isLost(lost)) {
                throw lost;
            }
            self.openAgain(m, lost);
        }
        return results.get(0);
    }

    /** Lets the hooks see what the run gave, and saves where it is time to. */
    private void afterRun(Machine m, RunContext context, ListValue results, List<Object> asking, long step) {
        int next = 1;
        for (Object hook : hooks) {
            Object given = asking.contains(hook) ? results.get(next++) : None.NONE;
            call(m, hook, "after_run", context, new RunValues(given));
            // What was fetched beside the update may be the value before it.
            if (hook instanceof HookTypes.StopAtStep stop && stop.isReached(step + 1) && stop.isReached(count(m))) {
                stopping = true;
            }
        }
        if (!prefix.isEmpty()) {
            boolean due = saveSteps > 0
                    ? step + 1 - savedStep >= saveSteps && count(m) - savedStep >= saveSteps
                    : now(m) - savedAt >= saveSeconds;
            if (due) {
                save(m);
            }
        }
    }

    private boolean countsSteps() {
        return !prefix.isEmpty() && saveSteps > 0 || hooks.stream().anyMatch(h -> h instanceof HookTypes.StopAtStep);
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
        if (!self.prefix.isEmpty()) {
            self.save(m);
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
