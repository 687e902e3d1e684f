package io.retrograd.repl;

import io.retrograd.error.NnError;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Statement;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lib.tf.TfState;
import io.retrograd.show.Names;
import io.retrograd.show.NumericsWatch;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.terminal.Terminal;

/**
 * The status line while an entry takes long: how far the outer loop is, how fast it goes, the last number printed and
 * the course of what was fetched. It stands only where nothing was printed, and goes before anything is.
 */
final class Progress {
    private static final long PATIENCE_MILLIS = 700;
    private static final long PERIOD_MILLIS = 200;
    private static final int POINTS = 24;
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+\\.?\\d*(?:[eE][-+]?\\d+)?");

    private final Workspace workspace;
    private final Terminal terminal;
    private final NumericsWatch numerics;
    private final boolean possible;
    private final TextSink sink;
    private final double[] points = new double[POINTS];
    private int pointCount;
    private int pointStride = 1;
    private int untilPoint = 1;
    private volatile long runs;

    Progress(Workspace workspace, Terminal terminal, boolean plain) {
        this.workspace = workspace;
        this.terminal = terminal;
        this.numerics = new NumericsWatch(
                (session, key, feeds) -> {
                    NdArray[] values = session.runUnobserved(key, feeds);
                    ran(values);
                    return values;
                },
                workspace::complain,
                () -> ShowCommands.messages(workspace),
                graph -> Names.of(workspace.interpreter().variables(), graph));
        observe();
        this.possible = !plain && workspace.world().out().isTerminal();
        this.sink = new TextSink() {
            @Override
            public void write(String text) {
                terminal.writer().print(text);
            }

            @Override
            public void flush() {
                terminal.writer().flush();
            }

            @Override
            public boolean isTerminal() {
                return true;
            }
        };
    }

    /** Looks at the runs of sessions, again after somebody else did. */
    void observe() {
        TfState.of(workspace.machine()).runObserver(numerics);
    }

    /** How many runs the current entry has made, or made last. */
    long runs() {
        return runs;
    }

    /** A loop of the entry whose variable tells how far it is. */
    private record Loop(String variable, Optional<Expression> bound) {}

    /** Runs an entry under the watch of the status line. */
    void watch(Source source, Runnable entry) {
        numerics.again();
        runs = 0;
        if (!possible || !workspace.settings().isOn(Settings.STATUS)) {
            entry.run();
            return;
        }
        workspace.world().screen().forget();
        pointCount = 0;
        pointStride = 1;
        untilPoint = 1;
        Thread shower = new Thread(() -> show(source), "status");
        shower.setDaemon(true);
        shower.start();
        try {
            entry.run();
        } finally {
            shower.interrupt();
            try {
                shower.join();
            } catch (InterruptedException later) {
                Thread.currentThread().interrupt();
            }
            workspace.world().screen().clearStatus();
        }
    }

    /** Counts a run of a session; keeps a few of the scalars fetched, evenly spread however many there are. */
    private synchronized void ran(NdArray[] values) {
        runs++;
        for (NdArray value : values) {
            if (value != null && value.size() == 1 && value.dtype().isFloating()) {
                if (--untilPoint == 0) {
                    if (pointCount == POINTS) {
                        for (int i = 0; i < POINTS / 2; i++) {
                            points[i] = points[2 * i + 1];
                        }
                        pointCount = POINTS / 2;
                        pointStride *= 2;
                    }
                    points[pointCount++] = value.getDouble(0);
                    untilPoint = pointStride;
                }
                return;
            }
        }
    }

    private void show(Source source) {
        try {
            Thread.sleep(PATIENCE_MILLIS);
            List<Loop> loops = loops(source);
            long lastTime = System.nanoTime();
            double lastCount = count(loops);
            double speed = 0;
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                long now = System.nanoTime();
                double count = count(loops);
                double fresh = (count - lastCount) / ((now - lastTime) / 1e9);
                speed = speed == 0 ? fresh : 0.7 * speed + 0.3 * fresh;
                lastTime = now;
                lastCount = count;
                workspace.world().screen().status(sink, painted(line(loops, speed)));
            }
        } catch (InterruptedException over) {
            return;
        }
    }

    private String painted(String line) {
        int width = Math.max(10, terminal.getWidth() - 1);
        String cut = line.length() > width ? line.substring(0, width) : line;
        return workspace.colours() ? "\u001b[2m" + cut + "\u001b[0m" : cut;
    }

    private double count(List<Loop> loops) {
        for (Loop loop : loops) {
            if (workspace.interpreter().variables().get(loop.variable()) instanceof Long i) {
                return i;
            }
        }
        return runs;
    }

    private String line(List<Loop> loops, double speed) {
        StringBuilder line = new StringBuilder();
        for (Loop loop : loops) {
            if (workspace.interpreter().variables().get(loop.variable()) instanceof Long i) {
                line.append(loop.variable()).append(" = ").append(i);
                loop.bound().flatMap(this::number).ifPresent(n -> line.append(" of ").append(n));
                break;
            }
        }
        if (speed > 0) {
            line.append(line.isEmpty() ? "" : "  ")
                    .append(String.format(Locale.ROOT, speed < 10 ? "%.1f" : "%.0f", speed))
                    .append("/s");
        }
        Matcher printed = NUMBER.matcher(workspace.world().screen().lastWhole());
        String last = "";
        while (printed.find()) {
            last = printed.group();
        }
        if (!last.isEmpty()) {
            line.append("  last ").append(last);
        }
        String course = course();
        line.append(course.isEmpty() ? "" : "  ").append(course);
        return line.isEmpty() ? "running; Ctrl-C stops" : line.append("  Ctrl-C stops").toString();
    }

    private synchronized String course() {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < pointCount; i++) {
            if (Double.isFinite(points[i])) {
                least = Math.min(least, points[i]);
                most = Math.max(most, points[i]);
            }
        }
        StringBuilder bars = new StringBuilder();
        for (int i = 0; i < pointCount && pointCount > 1; i++) {
            double height = most > least ? (points[i] - least) / (most - least) : 0;
            bars.append(Double.isFinite(points[i]) ? BARS.charAt((int) Math.round(height * (BARS.length() - 1))) : '?');
        }
        return bars.toString();
    }

    private Optional<Long> number(Expression bound) {
        if (bound instanceof Expression.Name name) {
            return workspace.interpreter().variables().get(name.id()) instanceof Long n ? Optional.of(n) : Optional.empty();
        }
        return bound instanceof Expression.Constant c && c.value() instanceof Long n ? Optional.of(n) : Optional.empty();
    }

    /** The outermost loops of the entry. */
    private static List<Loop> loops(Source source) {
        List<Loop> found = new ArrayList<>();
        try {
            collect(ScriptParser.parse(source).body(), found);
        } catch (NnError wrong) {
            return List.of();
        }
        Collections.reverse(found);
        return found;
    }

    private static void collect(List<Statement> body, List<Loop> found) {
        for (Statement each : body) {
            if (each instanceof Statement.With with) {
                collect(with.body(), found);
            } else if (each instanceof Statement.For loop && loop.target() instanceof Expression.Name name) {
                found.add(new Loop(name.id(), bound(loop.iterable())));
            }
        }
    }

    /** The end of {@code range(n)} or {@code range(a, n)}. */
    private static Optional<Expression> bound(Expression iterable) {
        if (iterable instanceof Expression.Call call
                && call.function() instanceof Expression.Name f
                && (f.id().equals("range") || f.id().equals("xrange"))) {
            List<Expression> arguments = call.arguments();
            return arguments.isEmpty() ? Optional.empty() : Optional.of(arguments.get(arguments.size() == 1 ? 0 : 1));
        }
        return Optional.empty();
    }
}
