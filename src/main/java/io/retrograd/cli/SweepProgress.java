package io.retrograd.cli;

import io.retrograd.sweep.Outcome;
import io.retrograd.sweep.Sweep;
import java.util.Locale;

/** The progress of a sweep: one line that changes on a terminal, elsewhere a line for each run. */
final class SweepProgress implements Sweep.Watcher {
    private static final double REDRAW_SECONDS = 0.1;

    private final ProcessWorld world;
    private final int all;
    private final boolean terminal = Terminals.isError();
    private double drawn = Double.NEGATIVE_INFINITY;
    private int before = -1;

    SweepProgress(ProcessWorld world, int all) {
        this.world = world;
        this.all = all;
    }

    @Override
    public void ended(Outcome outcome, int done, int failed) {
        if (!terminal || !outcome.isOk()) {
            clear();
            String what = outcome.run().toString();
            world.err().write("[" + done + "/" + all + "] " + (what.isEmpty() ? "run " + outcome.run().number() : what)
                    + (outcome.isOk() ? "" : " failed: " + outcome.error())
                    + String.format(Locale.ROOT, " (%.1f s)%n", outcome.seconds()));
        }
    }

    @Override
    public void waiting(int done, int failed, int running, double seconds) {
        if (before < 0) {
            before = done;
        }
        if (!terminal || seconds - drawn < REDRAW_SECONDS) {
            return;
        }
        drawn = seconds;
        int fresh = done - before;
        String left = fresh == 0 ? "" : String.format(Locale.ROOT, ", about %.0f s left", seconds / fresh * (all - done));
        world.err().write("\r\u001b[K[" + done + "/" + all + "] " + running + " running" + (failed == 0 ? "" : ", " + failed + " failed")
                + String.format(Locale.ROOT, ", %.0f s", seconds) + left);
        world.err().flush();
    }

    /** Takes the line away. */
    void clear() {
        if (terminal) {
            world.err().write("\r\u001b[K");
        }
    }
}
