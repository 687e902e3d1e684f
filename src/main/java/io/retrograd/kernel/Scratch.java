package io.retrograd.kernel;

import java.util.function.Supplier;

/**
 * Arrays that a kernel needs for the time of its work, kept for the next one: one set for each thread of each
 * interpreter, so that a step of training allocates nothing for them.
 */
final class Scratch {
    /** What the arrays are for; those of different uses may be held at the same time. */
    enum Use {
        LEFT,
        RIGHT,
        RESULT,
        PATCHES
    }

    private final float[][] floats = new float[Use.values().length][0];
    private final float[][][] rows = new float[Use.values().length][0][0];
    private Object buffers;

    /** An array of at least that many floats; what it holds is undefined. */
    float[] floats(Use use, int size) {
        int i = use.ordinal();
        if (floats[i].length < size) {
            floats[i] = new float[size];
        }
        return floats[i];
    }

    /** At least so many rows of at least that width; what they hold is undefined. */
    float[][] rows(Use use, int count, int width) {
        int i = use.ordinal();
        float[][] now = rows[i];
        if (now.length < count || now.length > 0 && now[0].length < width) {
            int wide = now.length > 0 ? Math.max(width, now[0].length) : width;
            now = new float[Math.max(count, now.length)][wide];
            rows[i] = now;
        }
        return now;
    }

    /** What a library keeps for this thread. */
    <T> T buffers(Class<T> kind, Supplier<T> make) {
        if (!kind.isInstance(buffers)) {
            buffers = make.get();
        }
        return kind.cast(buffers);
    }
}
