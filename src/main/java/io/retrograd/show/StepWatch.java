package io.retrograd.show;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.VariableState;
import io.retrograd.session.PlanKey;
import io.retrograd.session.RunObserver;
import io.retrograd.session.Session;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Waits for a training step and records it while the script itself runs it: the values of all operations, and the
 * variables before and after. The script gets the results that it would have got.
 */
public final class StepWatch implements RunObserver {
    /** What was recorded. */
    record Recording(
            Session session,
            PlanKey key,
            NdArray[] feeds,
            TrainingRun training,
            long step,
            Names names,
            Map<Operation, NdArray[]> values,
            Map<Operation, Integer> times,
            Map<Operation, NdArray> before,
            Map<Operation, NdArray> after) {
        /** The value that the run computed for a tensor, or was fed; null if there was none. */
        NdArray value(Output o) {
            int fed = key.feeds().indexOf(o);
            if (fed >= 0) {
                return feeds[fed];
            }
            NdArray[] outputs = values.get(o.operation());
            if (outputs != null && outputs[o.index()] != null) {
                return outputs[o.index()];
            }
            return o.isReference() ? before.get(o.operation()) : null;
        }
    }

    private final long wanted;
    private final String loss;
    private final Function<Graph, Names> names;
    private final Consumer<Recording> then;
    private final Map<PlanKey, TrainingRun> known = new HashMap<>();
    private long runs;
    private long steps;
    private boolean done;
    private TrainingCurve curve;

    /**
     * @param step which training step to record, from 1
     * @param loss only steps that train that tensor count; empty for any
     * @param names asked for the script's names when the step comes
     * @param then gets the recording right after the step, before the script goes on
     */
    StepWatch(long step, String loss, Function<Graph, Names> names, Consumer<Recording> then) {
        this.wanted = step;
        this.loss = loss;
        this.names = names;
        this.then = then;
    }

    /** Also records training over time, from the first step to the script's end. */
    void record(TrainingCurve curve) {
        this.curve = curve;
    }

    /** How many times the script called a session. */
    long runs() {
        return runs;
    }

    /** How many of those were training steps. */
    long steps() {
        return steps;
    }

    @Override
    public NdArray[] run(Session session, PlanKey key, NdArray[] feeds) {
        runs++;
        if (done && curve == null) {
            return session.runUnobserved(key, feeds);
        }
        TrainingRun training = known.computeIfAbsent(key, k -> TrainingRun.of(k, loss, loss.isEmpty() ? Names.none() : names.apply(session.graph())));
        if (training.updates().isEmpty()) {
            return session.runUnobserved(key, feeds);
        }
        if (done || steps + 1 < wanted) {
            steps++;
            return curve == null ? session.runUnobserved(key, feeds) : curve.run(session, key, feeds, training, steps, names);
        }
        NdArray[] kept = new NdArray[feeds.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = feeds[i].copy();
        }
        Map<Operation, NdArray> before = variables(session);
        List<Output> fetches = new ArrayList<>(key.fetches());
        if (!training.backpropagations().isEmpty()) {
            Output y = training.backpropagations().get(0).ys().get(0);
            if (Replay.isComputableFrom(y, training.operations(), key.feeds())) {
                fetches.add(y);
            }
        }
        Map<Operation, NdArray[]> values = new LinkedHashMap<>();
        Map<Operation, Integer> times = new IdentityHashMap<>();
        NdArray[] all = session.runTraced(
                new PlanKey(fetches, key.targets(), key.feeds()), feeds, (op, results, nanos) -> {
                    values.put(op, results);
                    times.merge(op, 1, Integer::sum);
                });
        steps++;
        done = true;
        then.accept(new Recording(session, key, kept, training, steps, names.apply(session.graph()), values, times, before, variables(session)));
        return Arrays.copyOf(all, key.fetches().size());
    }

    private static Map<Operation, NdArray> variables(Session session) {
        Map<Operation, NdArray> values = new IdentityHashMap<>();
        for (Operation op : session.graph().operations()) {
            if (op.type().equals("VariableV2") || op.type().equals("Variable")) {
                VariableState v = session.variable(op);
                if (v.isInitialized()) {
                    values.put(op, v.value().copy());
                }
            }
        }
        return values;
    }
}
