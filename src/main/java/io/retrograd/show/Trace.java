package io.retrograd.show;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.lib.tf.TfState;
import io.retrograd.session.PlanKey;
import io.retrograd.session.RunObserver;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a script's runs spend their time: for each combination of fetches its operations, what they take and how large
 * their results are. The operations run one by one, unfused; only some runs of each combination are measured so.
 */
public final class Trace {
    /** The runs of one combination that are measured; the first is left out where there are more. */
    private static final int MEASURED = 20;

    private static final int ROWS = 12;
    private static final int BAR = 24;

    /** What one operation took in the measured runs. A median, since a collection or a compilation may fall into one. */
    private static final class Cost {
        final List<Long> times = new ArrayList<>();
        long bytes;

        long nanos() {
            List<Long> sorted = new ArrayList<>(times);
            sorted.sort(null);
            return sorted.get(sorted.size() / 2);
        }
    }

    private record Event(String name, String type, long start, long nanos) {}

    private static final class Pattern {
        final PlanKey key;
        long runs;
        int measured;
        final Map<Operation, Cost> costs = new LinkedHashMap<>();
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
            if (p.measured >= MEASURED) {
                return session.runUnobserved(key, feeds);
            }
            if (p.runs == 2) {
                // The first run loads classes and makes buffers; where there is a second, it does not count.
                p.measured = 0;
                p.costs.clear();
            }
            p.measured++;
            List<Event> events = new ArrayList<>();
            NdArray[] results = session.runTraced(key, feeds, (op, values, nanos) -> {
                Cost c = p.costs.computeIfAbsent(op, k -> new Cost());
                c.times.add(nanos);
                c.bytes = 0;
                for (NdArray v : values) {
                    c.bytes += v == null || !v.dtype().isNumeric() ? 0 : (long) v.size() * v.dtype().byteSize();
                }
                events.add(new Event(op.name(), op.type(), System.nanoTime() - nanos - t.begin, nanos));
            });
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

    /** What ended the script; null if it came to its end. */
    public NnError error() {
        return error;
    }

    /** The table for the terminal: the most expensive operations of each combination, with bars. */
    public String text(Messages m, boolean colours) {
        if (patterns.isEmpty()) {
            return m.get("trace.none") + "\n";
        }
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (Pattern p : patterns.values()) {
            List<String> fetches = new ArrayList<>();
            p.key.fetches().forEach(o -> fetches.add(o.name()));
            p.key.targets().forEach(o -> fetches.add(o.name()));
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
            String title = m.get("trace.pattern", ++number, String.join(", ", fetches));
            out.append(colours ? "\u001b[1m" + title + "\u001b[0m" : title).append('\n');
            out.append("  ").append(m.get("trace.summary", p.runs, p.costs.size(), millis(total), size(bytes))).append('\n');
            for (Map.Entry<Operation, Cost> e : rows.subList(0, Math.min(ROWS, rows.size()))) {
                double share = total == 0 ? 0 : (double) e.getValue().nanos() / total;
                String bar = "█".repeat((int) Math.round(share * BAR));
                int line = Explainer.origin(e.getKey()).line();
                out.append(String.format(java.util.Locale.ROOT, "  %9s ms %5.1f%% %-" + BAR + "s %9s  %-20s %s%s\n",
                        millis(e.getValue().nanos()), 100 * share, bar, size(e.getValue().bytes), e.getKey().type(),
                        e.getKey().name(), line > 0 ? "  (" + m.get("line", line) + ")" : ""));
            }
            if (rows.size() > ROWS) {
                out.append("  ").append(m.get("trace.more", rows.size() - ROWS)).append('\n');
            }
            out.append('\n');
        }
        return out.toString();
    }

    /** The last measured run of each combination, for the trace viewer of Chrome ({@code chrome://tracing}) or Perfetto. */
    public String chrome() {
        List<Object> events = new ArrayList<>();
        int lane = 0;
        for (Pattern p : patterns.values()) {
            lane++;
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
        return JsonText.of(Map.of("traceEvents", events)) + "\n";
    }

    private static String millis(long nanos) {
        return FloatText.format(nanos / 1e6, 'f', 4, false);
    }

    private static String size(long bytes) {
        return bytes < 1024 ? bytes + " B" : bytes < 1 << 20 ? bytes / 1024 + " KiB" : (bytes >> 20) + " MiB";
    }
}
