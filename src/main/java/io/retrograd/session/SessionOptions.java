package io.retrograd.session;

/**
 * What a session may use.
 *
 * @param threads threads for one kernel, at least 1
 * @param interruptCheck throws if the script was asked to stop; called between operations and tiles of long kernels
 */
public record SessionOptions(int threads, Runnable interruptCheck) {
    /** One thread, never interrupted. */
    public static SessionOptions plain() {
        return new SessionOptions(1, () -> {});
    }
}
