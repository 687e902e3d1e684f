package io.retrograd.sweep;

import io.retrograd.lang.tree.Source;
import io.retrograd.lang.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Runs the cases, some at a time, and keeps the journal. */
public final class Sweep {
    private static final long LOOK_MS = 20;

    /** How long a run may take to stop after its time, before it is left to itself. */
    private static final double PATIENCE = 5;

    /** Hears of the progress, on the thread that runs the sweep. */
    public interface Watcher {
        /** A run has ended; the counts include it. */
        void ended(Outcome outcome, int done, int failed);

        /** Some time has passed. */
        void waiting(int done, int failed, int running, double seconds);
    }

    private final Constants constants;
    private final List<Case> cases;
    private final Journal journal;
    private final List<Outcome> done;
    private final Path logs;
    private final World process;
    private final String folder;
    private volatile boolean stopped;

    Sweep(Constants constants, List<Case> cases, Journal journal, List<Outcome> done, Path logs, World process, String folder) {
        this.constants = constants;
        this.cases = cases;
        this.journal = journal;
        this.done = done;
        this.logs = logs;
        this.process = process;
        this.folder = folder;
    }

    /** Ends what runs; it will be run anew when the sweep goes on. Any thread may ask. */
    public void stop() {
        stopped = true;
    }

    /** How many runs there are, done ones included. */
    public int size() {
        return cases.size();
    }

    public boolean isStopped() {
        return stopped;
    }

    /**
     * Runs what is not done yet; answers all outcomes in the order of the cases.
     *
     * @param jobs how many at a time
     * @param threads threads for the kernels of each
     * @param seconds the longest that one may take; infinite for no limit
     * @throws UncheckedIOException if the journal cannot be written
     */
    public List<Outcome> run(int jobs, int threads, double seconds, Watcher watcher) {
        Set<Integer> finished = new HashSet<>();
        done.forEach(o -> finished.add(o.run().number()));
        List<Case> waiting = new ArrayList<>(cases);
        waiting.removeIf(c -> finished.contains(c.number()));
        List<Running> running = new ArrayList<>();
        long start = System.nanoTime();
        int failed = (int) done.stream().filter(o -> !o.isOk()).count();
        String late = "TimeoutError: the run took longer than " + Numbers.text(seconds) + " s";
        while (!running.isEmpty() || !waiting.isEmpty() && !stopped) {
            while (running.size() < jobs && !waiting.isEmpty() && !stopped) {
                Case next = waiting.remove(0);
                Source source = constants.with(next.settings());
                running.add(new Running(next, source, folder, process, threads, logs.resolve(logName(next))));
            }
            if (stopped) {
                running.forEach(Running::stop);
            }
            for (Running each : new ArrayList<>(running)) {
                Outcome outcome = null;
                if (each.isDone()) {
                    running.remove(each);
                    outcome = each.outcome().orElse(null);
                } else if (each.elapsed() > seconds + PATIENCE) {
                    running.remove(each);
                    outcome = each.givenUp(late);
                } else if (each.elapsed() > seconds) {
                    each.endOfTime(late);
                }
                if (outcome != null) {
                    done.add(outcome);
                    failed += outcome.isOk() ? 0 : 1;
                    try {
                        journal.add(outcome);
                    } catch (IOException full) {
                        running.forEach(Running::stop);
                        throw new UncheckedIOException(full);
                    }
                    watcher.ended(outcome, done.size(), failed);
                }
            }
            watcher.waiting(done.size(), failed, running.size(), (System.nanoTime() - start) / 1e9);
            try {
                Thread.sleep(LOOK_MS);
            } catch (InterruptedException asked) {
                stopped = true;
            }
        }
        done.sort(Comparator.comparingInt(o -> o.run().number()));
        return done;
    }

    private String logName(Case c) {
        int digits = Math.max(3, Integer.toString(cases.size()).length());
        return String.format(Locale.ROOT, "%0" + digits + "d.txt", c.number());
    }
}
