package io.retrograd.limit;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What the scripts of one interpreter may still use. Large arrays, lists, dicts, strings and ints are counted from
 * when they are made until the garbage collector has found them dead; small things are not counted one by one, but
 * nobody may fill the heap.
 */
public final class Budget {
    /** Objects of fewer bytes are not counted: a phantom reference costs more than they do. */
    public static final int COUNTED = 16 << 10;

    /** About what an element of a list, a dict or a set takes, with the number or short string that it holds. */
    public static final int ELEMENT = 24;

    /** What a place in a list takes. */
    public static final int REFERENCE = 8;

    private static final long NONE = Long.MAX_VALUE;

    /** Allocations from here on look at the heap first. */
    private static final long LARGE = 64 << 10;

    /** A heap that is fuller than this after a collection is full: what is left serves the host. */
    private static final double FULL = 0.8;

    /** How long and how often to wait for what the collector found: a thread of the JVM hands it over. */
    private static final int COLLECTION_WAIT_MS = 40;

    private static final int COLLECTION_WAITS = 6;

    private static final class Held extends PhantomReference<Object> {
        private final long bytes;

        Held(Object object, ReferenceQueue<Object> queue, long bytes) {
            super(object, queue);
            this.bytes = bytes;
        }
    }

    private final ReferenceQueue<Object> dead = new ReferenceQueue<>();
    private final Set<Held> alive = ConcurrentHashMap.newKeySet();
    private final AtomicLong held = new AtomicLong();
    private long memory = NONE;
    private volatile LimitExceeded reached;

    /** Limits the bytes that are held at once. */
    public void limitMemory(long bytes) {
        memory = bytes;
    }

    /** From now on every check throws this. */
    public void end(LimitExceeded limit) {
        reached = limit;
    }

    /** Forgets a limit that was reached: a new run begins. */
    public void renew() {
        reached = null;
    }

    /** Throws the limit that was reached, if one was. */
    public void checkEnd() {
        LimitExceeded limit = reached;
        if (limit != null) {
            throw limit;
        }
    }

    private static Budget current() {
        return Thread.currentThread() instanceof ScriptThread t ? t.budget() : null;
    }

    /** Throws if the script that this thread runs has come to its end. For long loops that know no interpreter. */
    public static void check() {
        Budget budget = current();
        if (budget != null) {
            budget.checkEnd();
        }
    }

    /** Whether this thread runs a script for an embedder. */
    public static boolean applies() {
        return current() != null;
    }

    /** Asks for the bytes of an object of the language, before it is made. */
    public static void require(long bytes) {
        if (bytes >= COUNTED) {
            require(bytes, () -> new NnError(ErrorKind.MEMORY_ERROR, ""));
        }
    }

    /**
     * The same, where a shortage has words of its own.
     *
     * @throws LimitExceeded with the kind and message of the shortage if the limit does not allow it
     */
    public static void require(long bytes, Supplier<NnError> shortage) {
        Budget budget = current();
        if (budget == null) {
            return;
        }
        budget.checkEnd();
        if (budget.memory != NONE && bytes >= COUNTED && !budget.admits(bytes)) {
            throw budget.exceeded(shortage.get(), "the limit of " + budget.memory + " bytes of memory is reached");
        }
        if (bytes >= LARGE && !heapHolds(bytes)) {
            throw budget.exceeded(shortage.get(), "the memory of the JVM is used up");
        }
    }

    /** Ends the script if this thread runs one for an embedder: what it wants takes too long and could not be stopped. */
    public static void refuse(String what) {
        Budget budget = current();
        if (budget != null) {
            throw budget.exceeded(new NnError(ErrorKind.MEMORY_ERROR, ""), what + " is too large");
        }
    }

    /** The end of the script that this thread runs for an embedder: it has filled the heap, which is the host's too. */
    public static LimitExceeded exhausted() {
        return current().exceeded(new NnError(ErrorKind.MEMORY_ERROR, ""), "the memory of the JVM is used up");
    }

    private LimitExceeded exceeded(NnError shortage, String reason) {
        String text = shortage.getMessage();
        LimitExceeded limit = new LimitExceeded(Limit.MEMORY, shortage.kind(), text.isEmpty() ? reason : text + ": " + reason);
        end(limit);
        return limit;
    }

    /** Counts an object from now until nobody holds it. */
    public static void hold(Object made, long bytes) {
        if (bytes < COUNTED) {
            return;
        }
        Budget budget = current();
        if (budget != null && budget.memory != NONE) {
            budget.alive.add(new Held(made, budget.dead, bytes));
            budget.held.addAndGet(bytes);
        }
    }

    /** Bytes of the large objects that are held, as far as the collector has told. */
    public long held() {
        drain(0);
        return held.get();
    }

    private boolean admits(long bytes) {
        if (bytes > memory) {
            return false;
        }
        if (held.get() + bytes <= memory) {
            return true;
        }
        drain(0);
        if (held.get() + bytes <= memory) {
            return true;
        }
        System.gc();
        for (int i = 0; i < COLLECTION_WAITS && held.get() + bytes > memory; i++) {
            drain(COLLECTION_WAIT_MS);
        }
        return held.get() + bytes <= memory;
    }

    /** Takes dead objects off the account; waits that long for the first ones. */
    private void drain(int wait) {
        try {
            Object gone = wait == 0 ? dead.poll() : dead.remove(wait);
            while (gone != null) {
                alive.remove(gone);
                held.addAndGet(-((Held) gone).bytes);
                // The collector's thread hands them over one by one.
                gone = wait == 0 ? dead.poll() : dead.remove(1);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks whether small things have filled the heap; asked now and then. */
    public void checkHeap() {
        if (!heapHolds(0)) {
            throw exceeded(new NnError(ErrorKind.MEMORY_ERROR, ""), "the memory of the JVM is used up");
        }
    }

    private static boolean heapHolds(long bytes) {
        Runtime jvm = Runtime.getRuntime();
        long most = (long) (jvm.maxMemory() * FULL);
        if (jvm.totalMemory() - jvm.freeMemory() + bytes <= most) {
            return true;
        }
        if (bytes > most) {
            return false;
        }
        if (usedAfterCollection() + bytes <= most) {
            return true;
        }
        // The last collection may be long ago, and what filled the heap then may be gone.
        System.gc();
        return jvm.totalMemory() - jvm.freeMemory() + bytes <= most;
    }

    /** What the last collections left, which says more than the present use: that is garbage for the most part. */
    private static long usedAfterCollection() {
        long used = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            used += left == null ? 0 : left.getUsed();
        }
        return used;
    }
}
