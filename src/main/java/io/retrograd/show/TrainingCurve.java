package io.retrograd.show;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.session.PlanKey;
import io.retrograd.session.Session;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Training over time: the loss of each step's own data, the norms of gradients and weights, and for networks of two
 * inputs what they answer on a grid. Long trainings are thinned out evenly.
 */
public final class TrainingCurve {
    private static final int POINTS = 400;
    private static final int SURFACES = 32;
    private static final int GRID = 32;
    private static final int MOST_CLASSES = 10;

    private record Point(long step, double loss, Map<String, double[]> norms) {}

    private record Surface(long step, float[] values) {}

    private final List<Point> points = new ArrayList<>();
    private final List<Surface> surfaces = new ArrayList<>();
    private final Map<PlanKey, PlanKey> extended = new HashMap<>();
    private Names names;
    private long stride = 1;
    private long surfaceStride = 1;
    private Output answer;
    private int classes = 1;
    private Output input;
    private NdArray grid;
    private NdArray examples;
    private NdArray labels;
    private double[] bounds;

    /** Does one training step of the script; every some steps it also fetches the loss and the gradients. */
    NdArray[] run(Session session, PlanKey key, NdArray[] feeds, TrainingRun training, long step, Function<Graph, Names> script) {
        if (training.backpropagations().isEmpty() || (step - 1) % stride != 0) {
            return session.runUnobserved(key, feeds);
        }
        surface(session, step);
        Output loss = training.backpropagations().get(0).ys().get(0);
        if (!Replay.isComputableFrom(loss, training.operations(), key.feeds())) {
            return session.runUnobserved(key, feeds);
        }
        List<TrainingRun.Update> dense = new ArrayList<>();
        for (TrainingRun.Update u : training.updates()) {
            if (u.raw() instanceof Output) {
                dense.add(u);
            }
        }
        PlanKey all = extended.computeIfAbsent(key, k -> {
            List<Output> fetches = new ArrayList<>(k.fetches());
            fetches.add(loss);
            dense.forEach(u -> fetches.add((Output) u.raw()));
            return new PlanKey(fetches, k.targets(), k.feeds());
        });
        if (names == null) {
            names = script.apply(session.graph());
        }
        NdArray[] results = session.runUnobserved(all, feeds);
        int own = key.fetches().size();
        Map<String, double[]> norms = new LinkedHashMap<>();
        for (int i = 0; i < dense.size(); i++) {
            Operation variable = dense.get(i).variable().operation();
            norms.put(names.of(dense.get(i).variable()), new double[] {
                Statistics.of(results[own + 1 + i]).norm(), Statistics.of(session.variable(variable).value()).norm()
            });
        }
        NdArray l = results[own];
        points.add(new Point(step, l.size() == 1 ? l.getDouble(0) : Double.NaN, norms));
        if (points.size() > POINTS) {
            stride *= 2;
            points.removeIf(p -> (p.step() - 1) % stride != 0);
        }
        return Arrays.copyOf(results, own);
    }

    /** Takes in the step that was recorded operation by operation. */
    void recorded(StepWatch.Recording r) {
        surface(r);
        if (r.training().backpropagations().isEmpty()) {
            return;
        }
        NdArray loss = r.value(r.training().backpropagations().get(0).ys().get(0));
        Map<String, double[]> norms = new LinkedHashMap<>();
        for (TrainingRun.Update u : r.training().updates()) {
            NdArray g = u.raw() instanceof Output o ? r.value(o) : null;
            if (g != null) {
                norms.put(r.names().of(u.variable()), new double[] {
                    Statistics.of(g).norm(), Statistics.of(r.after().get(u.variable().operation())).norm()
                });
            }
        }
        if (loss != null && loss.size() == 1) {
            points.add(new Point(r.step(), loss.getDouble(0), norms));
        }
    }

    /**
     * Looks for a network of two inputs in the recorded step: what it answers depends on one tensor of two columns, fed or
     * constant, and has one column, or one for each class.
     */
    private void surface(StepWatch.Recording r) {
        if (r.training().backpropagations().isEmpty()) {
            return;
        }
        Map<Output, NdArray> data = new LinkedHashMap<>();
        for (int i = 0; i < r.feeds().length; i++) {
            data.put(r.key().feeds().get(i), r.feeds()[i]);
        }
        for (Operation op : r.values().keySet()) {
            if (op.type().equals("IteratorGetNext") || op.type().equals("Const") && !GraphView.isGradient(op)) {
                op.outputs().forEach(o -> data.put(o, r.value(o)));
            }
        }
        data.forEach((o, x) -> {
            if (input == null && x != null && x.rank() == 2 && x.dim(1) == 2 && x.dim(0) > 1 && x.dtype().isFloating()) {
                input = o;
                examples = x;
            }
        });
        if (input == null) {
            return;
        }
        data.forEach((o, y) -> {
            boolean fits = o != input && y != null && y.dtype().isNumeric() && y.rank() > 0 && y.rank() < 3 && y.dim(0) == examples.dim(0);
            if (labels == null && fits && (y.rank() == 1 || y.dim(1) <= MOST_CLASSES)) {
                labels = y;
            }
        });
        boolean oneHot = labels != null && labels.rank() == 2 && labels.dim(1) > 1;
        for (Operation op : r.values().keySet()) {
            if (op.outputCount() == 1 && !GraphView.isGradient(op) && op.inputCount() > 0) {
                NdArray v = r.value(op.output(0));
                boolean fits = v != null && v.dtype().isFloating() && v.rank() > 0 && v.rank() < 3 && v.dim(0) == examples.dim(0)
                        && (oneHot ? v.rank() == 2 && v.dim(1) == labels.dim(1) : v.rank() == 1 || v.dim(1) <= MOST_CLASSES);
                boolean own = fits && Replay.isComputableFrom(op.output(0), Set.of(), List.of(input))
                        && Replay.dependsOn(op.output(0), input);
                if (own) {
                    answer = op.output(0);
                    classes = v.rank() == 1 ? 1 : v.dim(1);
                }
            }
        }
        if (answer != null) {
            makeGrid();
        }
    }

    /** For each point of the grid: the answer; of two classes how much it is the second; of more which one. */
    private float[] answers(NdArray values) {
        float[] all = values.toFloats();
        if (classes == 1) {
            return all;
        }
        float[] one = new float[GRID * GRID];
        for (int i = 0; i < one.length; i++) {
            int best = 0;
            for (int k = 1; k < classes; k++) {
                best = all[i * classes + k] > all[i * classes + best] ? k : best;
            }
            float a = all[i * classes];
            float b = all[i * classes + 1];
            boolean shares = a >= 0 && b >= 0 && Math.abs(a + b - 1) < 1e-3;
            one[i] = classes > 2 ? best : shares ? b : (float) (1 / (1 + Math.exp(a - b)));
        }
        return one;
    }

    /** The class or the value of each example. */
    private List<Object> labelsOfExamples() {
        List<Object> each = new ArrayList<>();
        int n = examples.dim(0);
        int width = labels.size() / Math.max(1, n);
        for (int i = 0; i < n; i++) {
            int best = 0;
            for (int k = 1; k < width; k++) {
                best = labels.getDouble(i * width + k) > labels.getDouble(i * width + best) ? k : best;
            }
            each.add(width > 1 ? best : labels.getDouble(i));
        }
        return each;
    }

    private void makeGrid() {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < examples.size(); i++) {
            low[i % 2] = Math.min(low[i % 2], examples.getDouble(i));
            high[i % 2] = Math.max(high[i % 2], examples.getDouble(i));
        }
        float[] cells = new float[GRID * GRID * 2];
        for (int d = 0; d < 2; d++) {
            double margin = 0.15 * Math.max(1e-3, high[d] - low[d]);
            low[d] -= margin;
            high[d] += margin;
        }
        for (int i = 0; i < GRID * GRID; i++) {
            cells[2 * i] = (float) (low[0] + (i % GRID + 0.5) / GRID * (high[0] - low[0]));
            cells[2 * i + 1] = (float) (low[1] + (i / GRID + 0.5) / GRID * (high[1] - low[1]));
        }
        grid = NdArray.of(cells, GRID * GRID, 2).astype(input.dtype());
        bounds = new double[] {low[0], high[0], low[1], high[1]};
    }

    private void surface(Session session, long step) {
        if (grid == null || answer.graph() != session.graph() || (step - 1) % surfaceStride != 0) {
            return;
        }
        NdArray values;
        try {
            values = session.runUnobserved(new PlanKey(List.of(answer), List.of(), List.of(input)), new NdArray[] {grid.copy()})[0];
        } catch (NnError otherNumberOfRows) {
            // A network built for exactly so many examples answers for no others.
            grid = null;
            return;
        }
        if (values.size() != GRID * GRID * classes) {
            return;
        }
        surfaces.add(new Surface(step, answers(values)));
        if (surfaces.size() > SURFACES) {
            surfaceStride *= 2;
            surfaces.removeIf(s -> (s.step() - 1) % surfaceStride != 0);
        }
    }

    Map<String, Object> map() {
        Map<String, Object> all = new LinkedHashMap<>();
        List<Object> steps = new ArrayList<>();
        List<Object> losses = new ArrayList<>();
        Map<String, List<Object>> gradients = new LinkedHashMap<>();
        Map<String, List<Object>> weights = new LinkedHashMap<>();
        for (Point p : points) {
            steps.add(p.step());
            losses.add(p.loss());
            p.norms().forEach((name, n) -> {
                gradients.computeIfAbsent(name, k -> new ArrayList<>()).add(n[0]);
                weights.computeIfAbsent(name, k -> new ArrayList<>()).add(n[1]);
            });
        }
        all.put("steps", steps);
        all.put("loss", losses);
        all.put("gradients", gradients);
        all.put("weights", weights);
        if (!surfaces.isEmpty()) {
            Map<String, Object> s = new LinkedHashMap<>();
            s.put("size", GRID);
            s.put("bounds", List.of(bounds[0], bounds[1], bounds[2], bounds[3]));
            s.put("examples", examples);
            s.put("classes", classes);
            s.put("labels", labels == null ? null : labelsOfExamples());
            List<Object> frames = new ArrayList<>();
            for (Surface f : surfaces) {
                frames.add(Map.of("step", f.step(), "values", NdArray.of(f.values(), f.values().length)));
            }
            s.put("frames", frames);
            all.put("surface", s);
        }
        return all;
    }
}
