package io.retrograd.lang.run;

import io.retrograd.lang.value.Machine;

/** The bytecode of a generator, which can take over from the nodes wherever they paused. */
abstract class CompiledGenerator {
    private int[] paused = {};

    /** Goes on to the next yield and answers how it ended, as {@link Stmt#exec} does. */
    abstract int resume(Machine m, Frame f);

    /** Says in which slots the nodes note at which yield they paused. */
    void paused(int[] slots) {
        paused = slots;
    }

    final int run(Machine m, Frame f) {
        if (f.bits == null) {
            for (int i = 0; i < paused.length; i++) {
                if (f.slots[paused[i]] != null) {
                    f.state = i + 1;
                }
            }
        }
        return resume(m, f);
    }
}
