package io.retrograd.cli;

import io.retrograd.Evaluator;
import java.util.function.IntConsumer;
import sun.misc.Signal;

/** Ctrl-C: the script gets KeyboardInterrupt at its next step. One that does not stop is ended by the second. */
final class Interrupts {
    private Interrupts() {}

    /** @param leave ends the process with a status */
    static void deliverTo(Evaluator interpreter, Thread script, IntConsumer leave) {
        long[] last = {Long.MIN_VALUE};
        Signal.handle(new Signal("INT"), signal -> {
            long now = System.nanoTime();
            boolean impatient = last[0] != Long.MIN_VALUE
                    && now - last[0] > 100_000_000L
                    && interpreter.machine().isInterrupted();
            if (impatient) {
                leave.accept(ExitStatus.INTERRUPTED);
            }
            last[0] = now;
            interpreter.interrupt();
            script.interrupt();
        });
    }
}
