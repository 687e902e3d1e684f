package io.retrograd.limit;

import java.util.concurrent.Callable;

/**
 * A thread that runs scripts for an embedder. Whatever is deep below the interpreter, such as the allocation of a
 * tensor, finds through it what the script may still use.
 */
public final class ScriptThread extends Thread {
    private final Budget budget;
    private final Object marks = new Object();
    private boolean abroad;
    private boolean woken;

    public ScriptThread(Runnable body, String name, long stackSize, Budget budget) {
        super(null, body, name, stackSize);
        this.budget = budget;
        setDaemon(true);
    }

    Budget budget() {
        return budget;
    }

    /** Runs code that is the embedder's own: what it waits for there can be ended by {@link #wake}. */
    public static <T> T abroad(Callable<T> foreign) throws Exception {
        return at(true, foreign);
    }

    /** Runs a script again, from within such code. */
    public static <T> T home(Callable<T> script) throws Exception {
        return at(false, script);
    }

    private static <T> T at(boolean abroad, Callable<T> work) throws Exception {
        if (!(Thread.currentThread() instanceof ScriptThread t)) {
            return work.call();
        }
        boolean before = t.mark(abroad);
        try {
            return work.call();
        } finally {
            t.mark(before);
        }
    }

    private boolean mark(boolean now) {
        synchronized (marks) {
            boolean before = abroad;
            abroad = now;
            if (woken) {
                // It was meant for the code that has ended.
                woken = false;
                Thread.interrupted();
            }
            return before;
        }
    }

    /** Interrupts the thread if it is in the embedder's code: the interpreter's own polls a flag. */
    public void wake() {
        synchronized (marks) {
            if (abroad) {
                woken = true;
                interrupt();
            }
        }
    }
}
