package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.world.World;
import io.retrograd.limit.Budget;
import io.retrograd.limit.Limit;
import io.retrograd.limit.LimitExceeded;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One running interpreter: the world it may touch, its modules, the place it is at and what its libraries
 * remember. Passed to everything that runs; there is no other state.
 */
public final class Machine {
    /** Python's own default depth of calls. */
    public static final int DEFAULT_RECURSION_LIMIT = 1000;

    /**
     * When code is worth its bytecode, which costs about a millisecond to make, the first time some: about what the code
     * took until then. Short scripts never come that far.
     */
    private static final int HOT_CALLS = 1_500;

    private static final int HOT_TURNS = 4_000;

    /** Steps between two looks at the clock, where wall time is limited. */
    private static final int CLOCK_INTERVAL = 1 << 14;

    /** The same where the heap is watched: so often that what is made in between is some megabytes at the most. */
    private static final int HEAP_INTERVAL = 1 << 9;

    private final World world;
    private final Library library;
    private final Map<Class<?>, Object> states = new IdentityHashMap<>();
    private final Map<String, Object> modules = new LinkedHashMap<>();
    private volatile boolean interrupted;
    private long statementsLeft = Long.MAX_VALUE;
    private long deadline = Long.MAX_VALUE;
    private int interval = CLOCK_INTERVAL;
    private int untilClock = CLOCK_INTERVAL;
    private final Budget budget = new Budget();
    private int deepestRecursion = DEEPEST_RECURSION;
    private ExceptionValue handled;
    private final CodePoints.Memory texts = new CodePoints.Memory();
    private int hotCalls = HOT_CALLS;
    private int hotTurns = HOT_TURNS;
    /** The collector looks through the whole stack again and again: deeper than this, calls take minutes. */
    private static final int DEEPEST_RECURSION = 200_000;

    private int recursionLimit = DEFAULT_RECURSION_LIMIT;
    private Place place = Place.NOWHERE;
    private int depth;

    public Machine(World world, Library library) {
        this.world = world;
        this.library = library;
    }

    /** Files, streams, clock, environment: whatever lies outside. */
    public World world() {
        return world;
    }

    /** What scripts can import and name without importing. */
    public Library library() {
        return library;
    }

    /** The modules imported so far, by dotted name. */
    public Map<String, Object> modules() {
        return modules;
    }

    /** What a library remembers for this interpreter; made on first use. */
    public <T> T state(Class<T> key, Function<Machine, T> make) {
        Object found = states.get(key);
        if (found == null) {
            found = make.apply(this);
            states.put(key, found);
        }
        return key.cast(found);
    }

    /** The long texts that were looked at last. */
    CodePoints.Memory texts() {
        return texts;
    }

    /** Where the script is now: the call or statement being run. */
    public Place place() {
        return place;
    }

    public void place(Place place) {
        if (place != Place.LIBRARY) {
            this.place = place;
        }
    }

    /** What its scripts may still use. */
    public Budget budget() {
        return budget;
    }

    /** Asks the script to stop at the next statement or tile of a kernel; may be called from any thread. */
    public void interrupt() {
        interrupted = true;
    }

    /** Ends the script at the next statement or tile of a kernel, whatever it catches; may be called from any thread. */
    public void end(LimitExceeded limit) {
        budget.end(limit);
        interrupted = true;
    }

    /** A new run begins: interrupts that nobody answered and limits that were reached are forgotten. */
    public void renew() {
        budget.renew();
        interrupted = false;
        deadline = Long.MAX_VALUE;
        limitStatements(Long.MAX_VALUE);
    }

    /** Whether somebody asked to stop and nobody has answered yet. */
    public boolean isInterrupted() {
        return interrupted;
    }

    /** Throws KeyboardInterrupt once for each {@link #interrupt()}, and the limit that was reached for ever. */
    public void checkInterrupt() {
        if (interrupted) {
            answerInterrupt();
        }
    }

    private void answerInterrupt() {
        budget.checkEnd();
        interrupted = false;
        throw new NnError(ErrorKind.KEYBOARD_INTERRUPT, "");
    }

    /** What every turn of a loop and every call of a function does first: answers interrupts and counts for the limits. */
    public void step() {
        if (interrupted || --untilClock < 0) {
            slowStep();
        }
    }

    private void slowStep() {
        checkInterrupt();
        statementsLeft -= interval;
        if (statementsLeft <= 0) {
            throw reach(Limit.STATEMENTS, "the limit of evaluated statements is reached");
        }
        if (deadline != Long.MAX_VALUE && world.nanoTime() - deadline > 0) {
            throw reach(Limit.WALL_TIME, "the time limit is reached");
        }
        if (Budget.applies()) {
            budget.checkHeap();
        }
        interval = (int) Math.min(Budget.applies() ? HEAP_INTERVAL : CLOCK_INTERVAL, statementsLeft);
        untilClock = interval - 1;
    }

    private LimitExceeded reach(Limit limit, String message) {
        LimitExceeded exceeded = new LimitExceeded(limit, ErrorKind.RUNTIME_ERROR, message);
        end(exceeded);
        return exceeded;
    }

    /** Limits how many turns of loops, calls of functions and steps of iterations may be done from now on. */
    public void limitStatements(long count) {
        statementsLeft = count;
        interval = (int) Math.min(HEAP_INTERVAL, count);
        untilClock = interval;
    }

    /** Limits the wall time from now on. */
    public void limitTime(long nanos) {
        deadline = world.nanoTime() + nanos;
    }

    /** How often a function is called before it becomes bytecode. */
    public int hotCalls() {
        return hotCalls;
    }

    /** How often a loop goes round before it becomes bytecode. */
    public int hotTurns() {
        return hotTurns;
    }

    /** Says when code becomes bytecode: at once with zeros, never with {@code Integer.MAX_VALUE}. */
    public void hotness(int calls, int turns) {
        hotCalls = calls;
        hotTurns = turns;
    }

    /** The exception whose handler is running; null outside of handlers. */
    public ExceptionValue handled() {
        return handled;
    }

    public void handled(ExceptionValue exception) {
        handled = exception;
    }

    /** Enters a function of the script; RecursionError where that is too deep. */
    public void enter() {
        if (++depth > recursionLimit) {
            depth--;
            throw new NnError(ErrorKind.RECURSION_ERROR, "maximum recursion depth exceeded");
        }
    }

    public void leave() {
        depth--;
    }

    public int depth() {
        return depth;
    }

    /** Back to an earlier depth, after an error left the calls in between. */
    public void unwind(int earlier) {
        depth = earlier;
    }

    public int recursionLimit() {
        return recursionLimit;
    }

    public void recursionLimit(int limit) {
        recursionLimit = Math.min(limit, deepestRecursion);
    }

    /** The most that scripts may set the recursion limit to. */
    public void deepestRecursion(int limit) {
        deepestRecursion = Math.min(limit, DEEPEST_RECURSION);
        recursionLimit = Math.min(recursionLimit, deepestRecursion);
    }
}
