package io.retrograd.limit;

/**
 * A thread that runs scripts for an embedder. Whatever is deep below the interpreter, such as the allocation of a
 * tensor, finds through it what the script may still use.
 */
public final class ScriptThread extends Thread {
    private final Budget budget;

    public ScriptThread(Runnable body, String name, long stackSize, Budget budget) {
        super(null, body, name, stackSize);
        this.budget = budget;
        setDaemon(true);
    }

    Budget budget() {
        return budget;
    }
}
