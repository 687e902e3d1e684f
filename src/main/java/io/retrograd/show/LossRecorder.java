package io.retrograd.show;

import io.retrograd.gradient.Backpropagation;
import io.retrograd.graph.Output;
import io.retrograd.session.PlanKey;
import io.retrograd.session.RunObserver;
import io.retrograd.session.Session;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the loss of a training while the script runs it: the tensor whose gradients the step uses, of the step's own
 * data, fetched beside what the script asks for. Either of every step, thinned out evenly as they get many, or only of
 * a step now and then, when somebody looks. A script that trains without gradients of the graph shows the scalars that
 * it fetches.
 */
public final class LossRecorder implements RunObserver {
    private static final int POINTS = 4096;

    /** The course of one loss. */
    public static final class Course {
        private final List<double[]> points = new ArrayList<>();
        private long stride = 1;

        /** Step (from 1) and loss in turn; a copy. */
        public List<double[]> points() {
            return List.copyOf(points);
        }

        private void add(long step, double loss) {
            points.add(new double[] {step, loss});
            if (points.size() > POINTS) {
                stride *= 2;
                points.removeIf(p -> (p[0] - 1) % stride != 0);
            }
        }
    }

    /** What is known of one combination of fetches; looked into only when somebody asks. */
    private static final class Known {
        long runs;
        boolean trains;
        /** The key with the loss fetched beside; null until it was looked into. */
        PlanKey all;
        /** Null where there is none to fetch. */
        Output loss;
        /** Which of its own fetches is a scalar; -1 if none. */
        int scalar = -1;
    }

    private final boolean every;
    private final RunObserver inner;
    private final Map<PlanKey, Known> known = new HashMap<>();
    private final Map<Output, Course> courses = new LinkedHashMap<>();
    private PlanKey lastKey;
    private Known last;
    private volatile boolean asked;
    private boolean losses;
    private volatile long steps;
    private volatile boolean training;
    private volatile double lastLoss = Double.NaN;

    private LossRecorder(boolean every, RunObserver inner) {
        this.every = every;
        this.inner = inner;
    }

    /** Records every step; {@code inner} does the runs, null for the session itself. */
    public static LossRecorder ofEveryStep(RunObserver inner) {
        return new LossRecorder(true, inner);
    }

    /** Records only steps asked for by {@link #ask}; {@code inner} does the runs, null for the session itself. */
    public static LossRecorder whenAsked(RunObserver inner) {
        return new LossRecorder(false, inner);
    }

    private NdArray[] does(Session session, PlanKey key, NdArray[] feeds) {
        return inner == null ? session.runUnobserved(key, feeds) : inner.run(session, key, feeds);
    }

    /** The next step's loss is to be recorded; any thread may ask. */
    public void ask() {
        asked = true;
    }

    /** How many runs there were that train, as of the last time that somebody asked; where none does, how many runs. */
    public long steps() {
        return steps;
    }

    /** Whether {@link #steps} counts training steps, not just runs. */
    public boolean isTraining() {
        return training;
    }

    /** The loss recorded last; NaN if none. Any thread may ask. */
    public double lastLoss() {
        return lastLoss;
    }

    /** The courses recorded, by the loss's name. */
    public synchronized Map<String, Course> courses(Names names) {
        Map<String, Course> named = new LinkedHashMap<>();
        courses.forEach((loss, c) -> {
            // Losses of several graphs may share a name.
            String name = names.of(loss);
            for (int i = 2; named.containsKey(name); i++) {
                name = names.of(loss) + " (" + i + ")";
            }
            named.put(name, c);
        });
        return named;
    }

    @Override
    public NdArray[] run(Session session, PlanKey key, NdArray[] feeds) {
        Known k = key == lastKey ? last : known.computeIfAbsent(key, each -> new Known());
        last = k;
        lastKey = key;
        k.runs++;
        if (!every && !asked) {
            return does(session, key, feeds);
        }
        if (k.all == null) {
            look(key, k);
        }
        count();
        if (k.loss == null) {
            asked &= losses;
            NdArray[] results = does(session, key, feeds);
            // Without gradients in the graph a fetched scalar is the best there is; with them it may be anything.
            if (k.scalar >= 0 && Backpropagation.of(session.graph()).isEmpty()) {
                take(key.fetches().get(k.scalar), k.runs, results[k.scalar]);
            }
            return results;
        }
        Course c = course(k.loss);
        long step = stepsOf(k.loss);
        if (every && (step - 1) % c.stride != 0) {
            return does(session, key, feeds);
        }
        NdArray[] results = does(session, k.all, feeds);
        take(k.loss, step, results[results.length - 1]);
        return Arrays.copyOf(results, key.fetches().size());
    }

    private void count() {
        long trained = 0;
        long all = 0;
        for (Map.Entry<PlanKey, Known> e : known.entrySet()) {
            if (e.getValue().all == null) {
                look(e.getKey(), e.getValue());
            }
            all += e.getValue().runs;
            trained += e.getValue().trains ? e.getValue().runs : 0;
            losses |= e.getValue().loss != null;
        }
        training = trained > 0;
        steps = trained > 0 ? trained : all;
    }

    private long stepsOf(Output loss) {
        long n = 0;
        for (Known k : known.values()) {
            n += k.loss == loss ? k.runs : 0;
        }
        return n;
    }

    private synchronized Course course(Output loss) {
        return courses.computeIfAbsent(loss, k -> new Course());
    }

    private synchronized void take(Output loss, long step, NdArray value) {
        double sum = 0;
        for (int i = 0; i < value.size(); i++) {
            sum += value.getDouble(i);
        }
        lastLoss = sum;
        course(loss).add(step, sum);
        asked = false;
    }

    private static void look(PlanKey key, Known k) {
        TrainingRun run = TrainingRun.of(key, "", Names.none());
        k.trains = !run.updates().isEmpty();
        k.all = key;
        Output loss = run.backpropagations().isEmpty() ? null : run.backpropagations().get(0).ys().get(0);
        if (loss != null && Replay.isComputableFrom(loss, run.operations(), key.feeds())) {
            List<Output> fetches = new ArrayList<>(key.fetches());
            fetches.add(loss);
            k.all = new PlanKey(fetches, key.targets(), key.feeds());
            k.loss = loss;
            return;
        }
        for (int i = 0; i < key.fetches().size() && k.scalar < 0; i++) {
            Output o = key.fetches().get(i);
            k.scalar = o.dtype().isFloating() && o.shape().hasRank() && o.shape().rank() == 0 ? i : -1;
        }
    }
}
