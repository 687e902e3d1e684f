package io.retrograd.show;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.lib.tf.TfState;
import io.retrograd.session.PlanKey;
import io.retrograd.session.RunObserver;
import io.retrograd.session.RunPlan;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a script's runs spend their time: for each combination of fetches its operations, what they take and how large
 * their results are. The operations run one by one, unfused, and only in some runs; the others show what a run takes.
 */
public final class Trace {
    /** The measured runs of one combination that count: the last ones. */
    private static final int MEASURED = 20;

    /** Until so many runs every other one is measured, afterwards one in {@link #SPARSE}. */
    private static final int WARM = 40;

    private static final int SPARSE = 25;

    private static final int ROWS = 12;
    private static final int BAR = 24;
    private static final int LINES = 6;
    private static final int MOST_WHOLE = 300;
    private static final int MOST_FUSED = 8;

    /** What one operation took in the measured runs. A median, since a collection or a compilation may fall into one. */
    private static final class Cost {
        final List<Long> times = new ArrayList<>();
        long bytes;

        long nanos() {
            return median(times);
        }
    }

    private record Event(String name, String type, long start, long nanos) {}

    private static final class Pattern {
        final PlanKey key;
        long runs;
        final Map<Operation, Cost> costs = new LinkedHashMap<>();
        /** How long runs take that nobody measures, up to some hundreds. */
        final List<Long> whole = new ArrayList<>();
        RunPlan plan;
        List<Event> events = new ArrayList<>();

        Pattern(PlanKey key) {
            this.key = key;
        }
    }

    private final Map<PlanKey, Pattern> patterns = new LinkedHashMap<>();
    private final long begin = System.nanoTime();
    private NnError error;

    private Trace() {}

    /** Runs a script, or an entry of a session, and measures. */
    public static Trace of(Evaluator interpreter, Runnable run) {
        Trace t = new Trace();
        TfState state = TfState.of(interpreter.machine());
        RunObserver before = state.runObserver();
        state.runObserver((session, key, feeds) -> {
            Pattern p = t.patterns.computeIfAbsent(key, Pattern::new);
            p.runs++;
            // Most runs go as they always do, fused: that is what a run takes.
            if (p.runs >= WARM ? p.runs % SPARSE != 0 : p.runs % 2 == 0) {
                long start = System.nanoTime();
                NdArray[] results = session.runUnobserved(key, feeds);
                add(p.whole, System.nanoTime() - start, MOST_WHOLE);
                if (p.plan == null || p.runs % SPARSE == 1) {
                    p.plan = session.describe(key).orElse(null);
                }
                return results;
            }
            if (p.runs == 3) {
                // The first run loads classes and makes buffers; where there is another, it does not count.
                p.costs.clear();
            }
            List<Event> events = new ArrayList<>();
            long started = System.nanoTime() - t.begin;
            NdArray[] results = session.runTraced(key, feeds, (op, values, nanos) -> {
                Cost c = p.costs.computeIfAbsent(op, k -> new Cost());
                add(c.times, nanos, MEASURED);
                c.bytes = 0;
                for (NdArray v : values) {
                    c.bytes += v == null || !v.dtype().isNumeric() ? 0 : (long) v.size() * v.dtype().byteSize();
                }
                events.add(new Event(op.name(), op.type(), System.nanoTime() - nanos - t.begin, nanos));
            });
            events.add(0, new Event("", "run", started, System.nanoTime() - t.begin - started));
            p.events = events;
            return results;
        });
        try {
            run.run();
        } catch (NnError problem) {
            t.error = problem;
        } finally {
            state.runObserver(before);
        }
        return t;
    }

    /** The last so many: by then the machine has got into its stride. */
    private static void add(List<Long> times, long nanos, int most) {
        if (times.size() == most) {
            times.remove(0);
        }
        times.add(nanos);
    }

    /** What ended the script; null if it came to its end. */
    public NnError error() {
        return error;
    }

    /** The table for the terminal: the most expensive operations of each combination, with bars. */
    public String text(Messages m, boolean colours) {
        if (patterns.isEmpty()) {
            return error == null ? m.get("trace.none") + "\n" : "";
        }
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (Pattern p : patterns.values()) {
            long total = 0;
            long bytes = 0;
            List<Map.Entry<Operation, Cost>> rows = new ArrayList<>();
            for (Map.Entry<Operation, Cost> e : p.costs.entrySet()) {
                total += e.getValue().nanos();
                bytes += e.getValue().bytes;
                if (e.getValue().nanos() > 0) {
                    rows.add(e);
                }
            }
            rows.sort((a, b) -> Long.compare(b.getValue().nanos(), a.getValue().nanos()));
            String title = m.get("trace.pattern", ++number, fetches(p.key));
            out.append(colours ? "\u001b[1m" + title + "\u001b[0m" : title).append('\n');
            out.append("  ").append(m.get("trace.summary", p.runs, p.costs.size(), millis(total), size(bytes))).append('\n');
            if (!p.whole.isEmpty()) {
                out.append("  ").append(m.get("trace.whole", millis(median(p.whole)))).append('\n');
            }
            if (p.plan != null) {
                plan(p.plan, m, out);
            }
            lines(rows, total, m, out);
            for (Map.Entry<Operation, Cost> e : rows.subList(0, Math.min(ROWS, rows.size()))) {
                int line = Explainer.origin(e.getKey()).line();
                out.append(row(e.getValue().nanos(), total)).append(String.format(Locale.ROOT, " %9s  %-20s %s%s\n",
                        size(e.getValue().bytes), e.getKey().type(), e.getKey().name(), line > 0 ? "  (" + m.get("line", line) + ")" : ""));
            }
            if (rows.size() > ROWS) {
                out.append("  ").append(m.get("trace.more", rows.size() - ROWS)).append('\n');
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static void plan(RunPlan plan, Messages m, StringBuilder out) {
        int all = plan.constants();
        int views = 0;
        List<String> fused = new ArrayList<>();
        for (RunPlan.Step step : plan.steps()) {
            all += step.operations().size();
            views += step.kind() == RunPlan.Kind.VIEW ? step.operations().size() : 0;
            if (step.kind() == RunPlan.Kind.FUSED) {
                List<String> names = new ArrayList<>();
                step.operations().forEach(op -> names.add(op.type()));
                fused.add(String.join("+", names));
            }
        }
        out.append("  ").append(m.get("trace.plan", all, plan.steps().size() - views, plan.constants(), views, size(plan.bytes()))).append('\n');
        if (!fused.isEmpty()) {
            boolean more = fused.size() > MOST_FUSED;
            out.append("  ").append(m.get("trace.fused", String.join(", ", fused.subList(0, Math.min(MOST_FUSED, fused.size()))) + (more ? ", …" : "")))
                    .append('\n');
        }
    }

    /** The time by lines of the script, with what backpropagation of a line's operations takes. */
    private static void lines(List<Map.Entry<Operation, Cost>> rows, long total, Messages m, StringBuilder out) {
        Map<String, Long> byLine = new LinkedHashMap<>();
        for (Map.Entry<Operation, Cost> e : rows) {
            Operation forward = NumericsBlame.forward(e.getKey());
            Explanation.Origin at = Explainer.origin(forward == null ? e.getKey() : forward);
            if (at.line() > 0) {
                byLine.merge(at.line() + ": " + at.text(), e.getValue().nanos(), Long::sum);
            }
        }
        List<Map.Entry<String, Long>> sorted = new ArrayList<>(byLine.entrySet());
        sorted.sort((a, b) -> Long.compare(b.getValue(), a.getValue()));
        for (Map.Entry<String, Long> e : sorted.subList(0, Math.min(LINES, sorted.size()))) {
            out.append(row(e.getValue(), total)).append("  ").append(m.get("line", e.getKey())).append('\n');
        }
        if (!sorted.isEmpty()) {
            out.append('\n');
        }
    }

    private static String row(long nanos, long total) {
        double share = total == 0 ? 0 : (double) nanos / total;
        return String.format(Locale.ROOT, "  %9s ms %5.1f%% %-" + BAR + "s", millis(nanos), 100 * share, "█".repeat((int) Math.round(share * BAR)));
    }

    private static long median(List<Long> times) {
        List<Long> sorted = new ArrayList<>(times);
        sorted.sort(null);
        return sorted.get(sorted.size() / 2);
    }

    /** The last measured run of each combination, for the trace viewer of Chrome ({@code chrome://tracing}) or Perfetto. */
    public String chrome() {
        List<Object> events = new ArrayList<>();
        int lane = 0;
        for (Pattern p : patterns.values()) {
            lane++;
            Map<String, Object> lanes = new LinkedHashMap<>();
            lanes.put("name", "thread_name");
            lanes.put("ph", "M");
            lanes.put("pid", 1);
            lanes.put("tid", lane);
            lanes.put("args", Map.of("name", lane + ": " + fetches(p.key)));
            events.add(lanes);
            for (Event e : p.events) {
                Map<String, Object> m = new LinkedHashMap<>();
                m.put("name", e.type());
                m.put("cat", "op");
                m.put("ph", "X");
                m.put("ts", e.start() / 1000.0);
                m.put("dur", e.nanos() / 1000.0);
                m.put("pid", 1);
                m.put("tid", lane);
                m.put("args", Map.of("name", e.name()));
                events.add(m);
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("displayTimeUnit", "ms");
        all.put("traceEvents", events);
        return JsonText.of(all) + "\n";
    }

    private static String fetches(PlanKey key) {
        List<String> fetches = new ArrayList<>();
        key.fetches().forEach(o -> fetches.add(o.name()));
        key.targets().forEach(o -> fetches.add(o.name()));
        return String.join(", ", fetches);
    }

    private static String millis(long nanos) {
        return FloatText.format(nanos / 1e6, 'f', 4, false);
    }

    private static String size(long bytes) {
        return bytes < 1024 ? bytes + " B" : bytes < 1 << 20 ? bytes / 1024 + " KiB" : (bytes >> 20) + " MiB";
    }
}
