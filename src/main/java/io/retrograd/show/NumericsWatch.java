package io.retrograd.show;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.VariableState;
import io.retrograd.session.PlanKey;
import io.retrograd.session.RunObserver;
import io.retrograd.session.Session;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.random.PhiloxRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Says once, in one line, where a nan or an infinity that a script fetched was first made. In normal runs it only looks
 * at what was fetched and at a few elements of each variable that the run changed. When one of those stops being
 * finite, that run is done again, operation by operation, from the variables' values before it and with the same
 * random numbers; afterwards everything stands where the script left it.
 */
public final class NumericsWatch implements RunObserver {
    /** Elements looked at in a variable after each update: an overflow soon is everywhere, and the look must cost nothing. */
    private static final int PROBES = 3;

    /** Stateful operations that may run again because their state is put back, or that have none. */
    private static final Set<String> REPEATABLE = Set.of(
            "Placeholder", "PlaceholderWithDefault", "VariableV2", "Variable", "IsVariableInitialized", "Assert", "StackV2",
            "StackPushV2", "StackPopV2", "StackCloseV2");

    /** Operations that cannot run again, but whose results can be kept beside what is fetched, to be fed then. */
    private static final Set<String> KEPT = Set.of("IteratorGetNext", "PyFunc", "PyFuncStateless", "EagerPyFunc", "Print",
            "QueueDequeueV2", "QueueDequeueManyV2", "QueueDequeueUpToV2", "ReadFile");

    private static final Set<String> CONTROL_FLOW = Set.of("Switch", "RefSwitch", "Merge", "Enter", "RefEnter");

    /** What is known of one combination of fetches. */
    private static final class Known {
        final VariableState[] updated;
        /** The fetches and, behind them, what is kept; the fetches alone where nothing is. */
        PlanKey all;
        List<Output> kept = List.of();
        long runs;

        Known(VariableState[] updated) {
            this.updated = updated;
        }
    }

    private final RunObserver inner;
    private final Consumer<String> line;
    private final Supplier<Messages> messages;
    private final Function<Graph, Names> names;
    private final Map<PlanKey, Known> known = new HashMap<>();
    private PlanKey lastKey;
    private Known last;
    private long runs;
    private String cause;
    private boolean told;

    /**
     * @param inner does the runs; null for the session itself
     * @param line gets the line, without a line feed
     * @param messages asked for only when there is something to say
     * @param names what the script calls its tensors then
     */
    public NumericsWatch(RunObserver inner, Consumer<String> line, Supplier<Messages> messages, Function<Graph, Names> names) {
        this.inner = inner;
        this.line = line;
        this.messages = messages;
        this.names = names;
    }

    /** The next one is told again: a session's next entry is another matter. */
    public void again() {
        told = false;
        cause = null;
    }

    @Override
    public NdArray[] run(Session session, PlanKey key, NdArray[] feeds) {
        runs++;
        Known k = key == lastKey ? last : known(session, key);
        k.runs++;
        PlanKey all = k.all == null || told ? key : k.all;
        NdArray[] everything = inner == null ? session.runUnobserved(all, feeds) : inner.run(session, all, feeds);
        NdArray[] results = all == key ? everything : Arrays.copyOf(everything, key.fetches().size());
        if (k.all == null) {
            keep(session, key, k);
        }
        if (told) {
            return results;
        }
        boolean fetched = false;
        for (NdArray value : results) {
            if (value != null && value.dtype().isFloating() && !NumericsBlame.isFinite(value)) {
                fetched = true;
                break;
            }
        }
        if (cause == null && (fetched || spreads(k.updated))) {
            cause = "";
            cause = find(session, key, feeds, k, Arrays.copyOfRange(everything, results.length, everything.length));
        }
        if (fetched) {
            told = true;
            line.accept(cause);
        }
        return results;
    }

    private Known known(Session session, PlanKey key) {
        Known k = known.get(key);
        if (k == null) {
            List<Operation> updated = Reach.updated(Reach.of(key));
            VariableState[] states = new VariableState[updated.size()];
            for (int i = 0; i < states.length; i++) {
                states[i] = session.variable(updated.get(i));
            }
            k = new Known(states);
            known.put(key, k);
        }
        lastKey = key;
        last = k;
        return k;
    }

    /** After its first run: which results the later runs keep, so that one of them can be done again. */
    private static void keep(Session session, PlanKey key, Known k) {
        k.all = key;
        List<Output> kept = new ArrayList<>();
        if (!session.isTraceable()) {
            return;
        }
        for (Operation op : Reach.of(key)) {
            if (CONTROL_FLOW.contains(op.type())) {
                return;
            }
            if (KEPT.contains(op.type())) {
                op.outputs().stream().filter(o -> o.dtype().isNumeric() && !key.feeds().contains(o)).forEach(kept::add);
            }
        }
        if (!kept.isEmpty()) {
            List<Output> fetches = new ArrayList<>(key.fetches());
            fetches.addAll(kept);
            k.kept = kept;
            k.all = new PlanKey(fetches, key.targets(), key.feeds());
        }
    }

    /** Whether a variable that the run changed shows a nan or an infinity at one of a few places. */
    private static boolean spreads(VariableState[] updated) {
        for (VariableState v : updated) {
            if (v.isInitialized()) {
                NdArray a = v.value();
                int n = a.size();
                if (n > 0 && a.dtype().isFloating()) {
                    for (int i = 0; i < PROBES; i++) {
                        if (!Double.isFinite(a.getDouble((int) ((long) (n - 1) * i / (PROBES - 1))))) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    // The search

    private String find(Session session, PlanKey key, NdArray[] feeds, Known k, NdArray[] kept) {
        Messages m = messages.get();
        String when = trains(key) ? m.get("numerics.training", training(), runs) : m.get("numerics.run", runs);
        Map<Output, NdArray> fed = new IdentityHashMap<>();
        List<Output> keys = key.feeds();
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = feeds[i].compact();
            fed.put(keys.get(i), feeds[i]);
            String odd = NumericsBlame.odd(feeds[i]);
            if (!odd.isEmpty()) {
                return m.get("numerics.fed", odd, when, names.apply(session.graph()).of(keys.get(i)));
            }
        }
        List<Output> allFed = new ArrayList<>(keys);
        List<NdArray> allFeeds = new ArrayList<>(List.of(feeds));
        for (int i = 0; i < kept.length; i++) {
            Output o = k.kept.get(i);
            String odd = NumericsBlame.odd(kept[i]);
            if (!odd.isEmpty() && !o.operation().type().equals("Print")) {
                return m.get("numerics.fed", odd, when, names.apply(session.graph()).of(o));
            }
            allFed.add(o);
            allFeeds.add(kept[i]);
            fed.put(o, kept[i]);
        }
        PlanKey again = new PlanKey(key.fetches(), key.targets(), allFed);
        if (!session.isTraceable()) {
            // Another run there would be another training step.
            return m.get("numerics.elsewhere", when);
        }
        if (!isRepeatable(session, again)) {
            return m.get("numerics.unknown", when);
        }
        Finding found = repeat(session, again, allFeeds.toArray(new NdArray[0]), k);
        if (found == null) {
            return m.get("numerics.unknown", when);
        }
        String odd = NumericsBlame.odd(found.value());
        Names called = names.apply(session.graph());
        if (Formula.isRead(found.operation())) {
            return m.get("numerics.variable", odd, called.of(found.operation().output(0)), when);
        }
        return m.get("numerics.operation", odd, when, NumericsBlame.text(found.operation(), found.values(), fed, called, m));
    }

    private static boolean trains(PlanKey key) {
        return !TrainingRun.of(key, "", Names.none()).updates().isEmpty();
    }

    private long training() {
        long n = 0;
        for (Map.Entry<PlanKey, Known> e : known.entrySet()) {
            n += trains(e.getKey()) ? e.getValue().runs : 0;
        }
        return n;
    }

    private static boolean isRepeatable(Session session, PlanKey key) {
        Map<Operation, PhiloxRandom> generators = session.generators();
        for (Operation op : Reach.of(key)) {
            if (op.definition().isStateful() && !REPEATABLE.contains(op.type()) && !op.type().startsWith("TensorArray")
                    && !Reach.changes(op) && !generators.containsKey(op)) {
                return false;
            }
        }
        return true;
    }

    private record Finding(Operation operation, NdArray value, Map<Operation, NdArray[]> values) {}

    /** Runs it again from where it started. */
    private static Finding repeat(Session session, PlanKey key, NdArray[] feeds, Known k) {
        Map<VariableState, NdArray> now = new IdentityHashMap<>();
        for (VariableState v : k.updated) {
            if (v.isInitialized()) {
                now.put(v, v.value().copy());
            }
        }
        Map<VariableState, NdArray> before = new IdentityHashMap<>();
        now.forEach((v, a) -> before.put(v, v.previous() == null ? a : v.previous().copy()));
        Map<PhiloxRandom, Long> after = new IdentityHashMap<>();
        session.generators().values().forEach(g -> after.put(g, g.position()));
        try {
            // A first time to see how far the random numbers move on; then from as far before.
            assign(before);
            traced(session, key, feeds);
            after.forEach((g, at) -> g.position(at - (g.position() - at)));
            assign(before);
            return traced(session, key, feeds);
        } finally {
            assign(now);
            after.forEach(PhiloxRandom::position);
        }
    }

    private static void assign(Map<VariableState, NdArray> values) {
        values.forEach((v, a) -> v.assign(a.copy()));
    }

    private static Finding traced(Session session, PlanKey key, NdArray[] feeds) {
        Map<Operation, NdArray[]> values = new IdentityHashMap<>();
        Finding[] first = new Finding[1];
        List<NdArray> copies = new ArrayList<>();
        for (NdArray f : feeds) {
            copies.add(f.copy());
        }
        try {
            session.runTraced(key, copies.toArray(new NdArray[0]), (op, results, nanos) -> {
                if (first[0] != null) {
                    return;
                }
                values.put(op, results);
                for (NdArray value : results) {
                    if (value != null && value.dtype().isFloating() && !NumericsBlame.isFinite(value)) {
                        first[0] = new Finding(op, value, values);
                        return;
                    }
                }
            });
        } catch (NnError stopped) {
            // What was found before the run failed counts all the same.
            return first[0];
        }
        return first[0];
    }
}
