package io.retrograd.sweep;

import io.retrograd.Evaluator;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.world.World;
import io.retrograd.lib.python.Reports;
import io.retrograd.limit.Limit;
import io.retrograd.limit.LimitExceeded;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A run in progress, on a thread of its own in an interpreter of its own. Whatever goes wrong in it is its outcome. */
final class Running {
    private final Case run;
    private final Collector collector = new Collector();
    private final Thread thread;
    private final long start = System.nanoTime();
    private final Path log;
    private volatile Evaluator evaluator;
    private volatile String error;
    private volatile boolean stopped;
    private volatile double seconds;

    /** @param log where its output goes */
    Running(Case run, Source source, String folder, World process, int threads, Path log) {
        this.run = run;
        this.log = log;
        thread = new Thread(null, () -> work(source, folder, process, threads), "sweep " + run.number(), Evaluator.STACK_SIZE);
        thread.setDaemon(true);
        thread.start();
    }

    private void work(Source source, String folder, World process, int threads) {
        String problem;
        try (Writer out = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
            try {
                Evaluator made = Evaluator.of(new CaseWorld(process, run, threads, out, collector::print));
                Reports.of(made.machine()).gather(collector::report);
                made.scriptAt(folder, source.name());
                evaluator = made;
                if (stopped) {
                    made.interrupt();
                }
                problem = execute(made, source, out);
            } catch (IOException full) {
                throw full;
            } catch (Throwable fault) {
                problem = "internal error: " + fault;
            }
        } catch (IOException | RuntimeException unwritable) {
            problem = "cannot write '" + log + "': " + unwritable.getMessage();
        }
        seconds = (System.nanoTime() - start) / 1e9;
        error = problem;
    }

    private static String execute(Evaluator evaluator, Source source, Writer out) throws IOException {
        try {
            evaluator.run(source);
            return "";
        } catch (NnError e) {
            if (Evaluator.isExit(e)) {
                int status = evaluator.exitStatus(e);
                return status == 0 ? "" : "SystemExit: " + status;
            }
            String text = evaluator.render(e, false);
            out.write(text);
            String[] lines = text.split("\n");
            String place = lines.length > 1 && lines[1].contains("--> ") ? " (" + lines[1].replaceAll(".*--> ", "") + ")" : "";
            return lines[0] + place;
        } catch (LimitExceeded e) {
            out.write(e.getMessage() + "\n");
            return e.getMessage();
        } catch (OutOfMemoryError e) {
            return "MemoryError: the memory of the JVM is used up";
        } catch (StackOverflowError e) {
            return "RecursionError: maximum recursion depth exceeded";
        }
    }

    Case run() {
        return run;
    }

    double elapsed() {
        return (System.nanoTime() - start) / 1e9;
    }

    boolean isDone() {
        return error != null;
    }

    /** The outcome, once it is done; empty if it was stopped, which is no outcome. */
    Optional<Outcome> outcome() {
        return stopped && !error.isEmpty() ? Optional.empty() : Optional.of(new Outcome(run, seconds, collector.values(), error));
    }

    /** Interrupts it: it has not come to its end. */
    void stop() {
        stopped = true;
        Evaluator e = evaluator;
        if (e != null) {
            e.machine().end(new LimitExceeded(Limit.CLOSED, ErrorKind.KEYBOARD_INTERRUPT, "stopped"));
        }
        thread.interrupt();
    }

    /** Ends it because its time is over. */
    void endOfTime(String message) {
        Evaluator e = evaluator;
        if (e != null) {
            e.machine().end(new LimitExceeded(Limit.WALL_TIME, ErrorKind.TIMEOUT_ERROR, message));
        }
        thread.interrupt();
    }

    /** Its outcome where it does not even end when its time is over. */
    Outcome givenUp(String message) {
        return new Outcome(run, elapsed(), Map.of(), message);
    }
}
