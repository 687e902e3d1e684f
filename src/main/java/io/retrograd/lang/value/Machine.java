package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.world.World;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One running interpreter: the world it may touch, its modules, the place it is at and what its libraries
 * remember. Passed to everything that runs; there is no other state.
 */
public final class Machine {
    /** Python's own default depth of calls. */
    public static final int DEFAULT_RECURSION_LIMIT = 1000;

    private final World world;
    private final Library library;
    private final Map<Class<?>, Object> states = new IdentityHashMap<>();
    private final Map<String, Object> modules = new java.util.LinkedHashMap<>();
    private volatile boolean interrupted;
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

    /** Where the script is now: the call or statement being run. */
    public Place place() {
        return place;
    }

    public void place(Place place) {
        this.place = place;
    }

    /** Asks the script to stop at the next statement or tile of a kernel; may be called from any thread. */
    public void interrupt() {
        interrupted = true;
    }

    /** Whether somebody asked to stop and nobody has answered yet. */
    public boolean isInterrupted() {
        return interrupted;
    }

    /** Throws KeyboardInterrupt once for each {@link #interrupt()}. */
    public void checkInterrupt() {
        if (interrupted) {
            interrupted = false;
            throw new NnError(ErrorKind.KEYBOARD_INTERRUPT, "");
        }
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

    public int recursionLimit() {
        return recursionLimit;
    }

    public void recursionLimit(int limit) {
        recursionLimit = limit;
    }
}
