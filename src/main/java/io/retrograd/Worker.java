package io.retrograd;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.diagnose.ErrorReport;
import io.retrograd.lang.diagnose.ErrorText;
import io.retrograd.lang.run.ErrorReports;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.limit.Budget;
import io.retrograd.limit.Limit;
import io.retrograd.limit.LimitExceeded;
import io.retrograd.limit.ScriptThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the tasks of one interpreter on a thread with a deep stack, while the caller waits and keeps the time. What a
 * task throws becomes the exceptions of the API.
 */
final class Worker {
    /** Something to do with the interpreter. */
    interface Task<T> {
        T run(Machine m);
    }

    /** An idle thread is kept for so long: starting one takes longer than a short call. */
    private static final long IDLE_SECONDS = 2;

    /** How long a run may go on after its time, before it is left to itself. */
    private static final long GRACE_MS = 700;

    /** As good as no limit, and within what nanoseconds can count. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private static final long STACK = 64L << 20;

    /** Stack for one call of a function in a script, at the most. */
    private static final long STACK_PER_CALL = 16L << 10;

    private final Evaluator evaluator;
    private final EmbeddedWorld world;
    private final Limits limits;
    private final ThreadPoolExecutor executor;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile ScriptThread thread;
    private volatile boolean closed;
    private volatile String whyClosed = "the interpreter is closed";

    Worker(Evaluator evaluator, EmbeddedWorld world, Limits limits) {
        this.evaluator = evaluator;
        this.world = world;
        this.limits = limits;
        long stack = Math.min(Evaluator.STACK_SIZE, STACK + limits.depth() * STACK_PER_CALL);
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), body -> {
            ScriptThread made = new ScriptThread(body, "retrograd script", stack, evaluator.machine().budget());
            made.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            thread = made;
            return made;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Whether the present thread runs a task of this interpreter. */
    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    /**
     * Runs a task; inside of another one at once.
     *
     * @throws ScriptError what the script did not catch
     * @throws IllegalStateException if another thread runs it, or it is closed
     */
    <T> T run(Task<T> task) {
        if (isHere()) {
            return nested(task);
        }
        if (closed) {
            throw new IllegalStateException(whyClosed);
        }
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("another thread runs this interpreter");
        }
        try {
            evaluator.machine().renew();
            limits.statements().ifPresent(evaluator.machine()::limitStatements);
            world.renew();
            CompletableFuture<T> result = new CompletableFuture<>();
            try {
                executor.execute(() -> {
                    try {
                        result.complete(outermost(task));
                    } catch (Throwable failure) {
                        result.completeExceptionally(failure);
                    }
                });
            } catch (RejectedExecutionException shut) {
                throw new IllegalStateException(whyClosed);
            }
            return await(result);
        } finally {
            if (!closed) {
                busy.set(false);
            }
        }
    }

    private <T> T await(CompletableFuture<T> result) {
        boolean interrupted = false;
        long end = limits.wallTime().filter(t -> t.compareTo(FOREVER) < 0).map(t -> System.nanoTime() + t.toNanos()).orElse(Long.MAX_VALUE);
        boolean ended = false;
        try {
            while (true) {
                try {
                    if (end == Long.MAX_VALUE) {
                        return result.get();
                    }
                    return result.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException stop) {
                    interrupted = true;
                    interrupt();
                } catch (TimeoutException over) {
                    if (ended) {
                        throw abandoned();
                    }
                    ended = true;
                    end(outOfTime());
                    end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MS);
                } catch (ExecutionException failure) {
                    throw thrown(failure.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException thrown(Throwable failure) {
        if (failure instanceof ScriptError e) {
            // The caller's own frames are of more use than those of the script's thread.
            e.setStackTrace(new Throwable().getStackTrace());
            return e;
        }
        if (failure instanceof RuntimeException e) {
            return e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return new IllegalStateException(failure);
    }

    private LimitExceeded outOfTime() {
        Duration most = limits.wallTime().orElseThrow();
        return new LimitExceeded(Limit.WALL_TIME, ErrorKind.TIMEOUT_ERROR, "the time limit of " + shown(most) + " is reached");
    }

    private static String shown(Duration d) {
        return d.toMillis() % 1000 == 0 ? d.toSeconds() + " s" : d.toMillis() + " ms";
    }

    /** A run that will not end in time. */
    private LimitError abandoned() {
        whyClosed = "the interpreter was given up: its last run did not end in time";
        closed = true;
        executor.shutdownNow();
        Machine m = evaluator.machine();
        return limit(m, outOfTime());
    }

    private void end(LimitExceeded limit) {
        evaluator.machine().end(limit);
        world.wake();
        Thread script = thread;
        if (script != null && !isHere()) {
            // For what waits on something else than the world's clock, such as the embedder's input stream.
            script.interrupt();
        }
    }

    void interrupt() {
        if (busy.get()) {
            evaluator.machine().interrupt();
            world.wake();
            if (thread != null) {
                thread.wake();
            }
        }
    }

    void close() {
        closed = true;
        if (busy.get()) {
            end(new LimitExceeded(Limit.CLOSED, ErrorKind.RUNTIME_ERROR, "the interpreter was closed"));
        }
        executor.shutdown();
    }

    // ---- On the script's thread.

    private <T> T outermost(Task<T> task) {
        Machine m = evaluator.machine();
        // Left over from the end of an earlier run.
        Thread.interrupted();
        m.unwind(0);
        T result;
        try {
            result = StopCheck.during(m::checkInterrupt, () -> within(task, false));
        } finally {
            m.handled(null);
            try {
                world.flush();
            } catch (NnError lost) {
                // What the script did counts; it was told of the stream while it wrote.
                whyClosed = lost.getMessage();
            }
        }
        return result;
    }

    private <T> T nested(Task<T> task) {
        try {
            return ScriptThread.home(() -> within(task, true));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception never) {
            throw new IllegalStateException(never);
        }
    }

    /** The task, with the API's exceptions; a limit passes through the Java function that a nested one is part of. */
    private <T> T within(Task<T> task, boolean nested) {
        Machine m = evaluator.machine();
        int depth = m.depth();
        Place place = m.place();
        try {
            return task.run(m);
        } catch (NnError e) {
            if (endsWell(m, e, nested)) {
                return null;
            }
            return fail(m, e, depth, place, nested);
        } catch (StackOverflowError e) {
            return fail(m, new NnError(ErrorKind.RECURSION_ERROR, "maximum recursion depth exceeded"), depth, place, nested);
        } catch (OutOfMemoryError e) {
            throw ended(m, Budget.exhausted(), nested);
        } catch (LimitExceeded e) {
            throw ended(m, e, nested);
        } catch (ScriptError | Values.Misfit asItIs) {
            throw asItIs;
        } catch (RuntimeException | LinkageError | AssertionError fault) {
            throw new ScriptError("SystemError", "internal error: " + fault, place(m.place()), "SystemError: internal error: " + fault + "\n", null, fault);
        }
    }

    /** Whether the script asked to end without an error; the text of one goes to the error stream. */
    private boolean endsWell(Machine m, NnError e, boolean nested) {
        try {
            return Evaluator.isExit(e) && evaluator.exitStatus(e) == 0;
        } catch (LimitExceeded end) {
            throw ended(m, end, nested);
        }
    }

    /** A limit goes through to the outermost run. */
    private static LimitError ended(Machine m, LimitExceeded end, boolean nested) {
        if (nested) {
            throw end;
        }
        return limit(m, end);
    }

    private <T> T fail(Machine m, NnError e, int depth, Place before, boolean nested) {
        m.unwind(depth);
        try {
            throw error(m, e);
        } catch (NnError again) {
            // The text of the exception raised an error of its own.
            String kind = e instanceof ScriptException s ? s.type().name() : e.kind().scriptName();
            Place where = e instanceof ScriptException s ? s.place() : Place.NOWHERE;
            throw new ScriptError(kind, "", place(where), ErrorText.of(ErrorReport.of(kind, where, ""), false), e, null);
        } catch (LimitExceeded end) {
            // The text of an exception is the script's own to compute.
            throw ended(m, end, nested);
        } finally {
            m.place(before);
        }
    }

    private static ScriptError error(Machine m, NnError e) {
        ErrorReport report = ErrorReports.of(m, e);
        String headline = report.headline();
        String kind = e instanceof ScriptException s ? s.type().name() : e.kind().scriptName();
        String message = headline.equals(kind) ? "" : headline.startsWith(kind + ": ") ? headline.substring(kind.length() + 2) : headline;
        String rendered = ErrorText.of(report, false);
        ScriptError.Place place = place(report.place());
        if (e.kind() == ErrorKind.RECURSION_ERROR) {
            return new LimitError(Limit.RECURSION, kind, message, place, rendered, e);
        }
        Throwable cause = e.getCause();
        while (cause instanceof NnError) {
            cause = cause.getCause();
        }
        return new ScriptError(kind, message, place, rendered, e, cause);
    }

    private static LimitError limit(Machine m, LimitExceeded e) {
        String kind = e.kind().scriptName();
        ErrorReport report = ErrorReport.of(kind + ": " + e.getMessage(), m.place(), "");
        return new LimitError(e.limit(), kind, e.getMessage(), place(m.place()), ErrorText.of(report, false), null);
    }

    private static ScriptError.Place place(Place p) {
        return p.isKnown() ? new ScriptError.Place(p.source().name(), p.span().line(), p.span().column() + 1) : null;
    }
}
