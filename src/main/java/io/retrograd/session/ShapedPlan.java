package io.retrograd.session;

import io.retrograd.graph.VariableState;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan for one combination of feed shapes. All shape arithmetic is done, buffers lie where their last reader is
 * done with them, elementwise operations are fused; a run is a walk over an array of steps.
 */
final class ShapedPlan {
    private static final int STRIDE = 16;

    private final SessionState session;
    private final Step[] steps;
    private final Cell[] feedCells;
    /** Feeds that may be parts of larger arrays. */
    private final boolean[] parts;
    private final Fetched[] fetched;
    private final Guard[] guards;
    private final List<VariableState> saved;
    /** Who takes the results inside a loop; null outside. */
    private final LoopResults into;
    private boolean busy;

    /**
     * A fetched tensor; {@code handedOver}: its step fills the caller's array; {@code passesOn}: the caller gets an array
     * that is not this plan's. Dims are null where the run tells.
     */
    record Fetched(Cell cell, DType dtype, int[] dims, boolean handedOver, boolean passesOn) {}

    /** A variable has to have a value of that shape; else the general plan runs. */
    record Guard(VariableState variable, int[] dims) {
        boolean holds() {
            if (!variable.isInitialized()) {
                return false;
            }
            NdArray a = variable.value();
            if (a.rank() != dims.length) {
                return false;
            }
            for (int i = 0; i < dims.length; i++) {
                if (a.dim(i) != dims[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    ShapedPlan(
            SessionState session,
            Step[] steps,
            Cell[] feedCells,
            boolean[] parts,
            Fetched[] fetched,
            Guard[] guards,
            List<VariableState> saved,
            LoopResults results) {
        this.session = session;
        this.into = results;
        this.steps = steps;
        this.feedCells = feedCells;
        this.parts = parts;
        this.fetched = fetched;
        this.guards = guards;
        this.saved = saved;
    }

    /** What it executes, of that many operations. */
    RunPlan describe(int operations) {
        List<RunPlan.Step> list = new ArrayList<>();
        Map<Object, Long> arrays = new IdentityHashMap<>();
        int done = 0;
        for (Step s : steps) {
            list.add(new RunPlan.Step(s.kind(), s.operations()));
            s.describe(arrays);
            done += s.kind() == RunPlan.Kind.VIEW ? 0 : s.operations().size();
        }
        long bytes = arrays.values().stream().mapToLong(Long::longValue).sum();
        return new RunPlan(list, operations - done, bytes);
    }

    /** Whether the variables are as they were when it was made, and the arrays free. */
    boolean applies() {
        if (into == null ? session.isRunning() : busy) {
            return false;
        }
        for (Guard g : guards) {
            if (!g.holds()) {
                return false;
            }
        }
        return true;
    }

    NdArray[] run(NdArray[] feeds) {
        Runnable interrupt = session.options().interruptCheck();
        interrupt.run();
        boolean around = session.isRunning();
        session.running(true);
        busy = true;
        for (int i = 0; i < feeds.length; i++) {
            feedCells[i].array = parts[i] && feeds[i].isContiguous() ? feeds[i] : feeds[i].compact();
        }
        int at = 0;
        try {
            NdArray[] results = new NdArray[fetched.length];
            for (int i = 0; i < results.length; i++) {
                Fetched f = fetched[i];
                if (f.dims != null && !f.passesOn) {
                    results[i] = into == null ? NdArray.zeros(f.dtype, f.dims) : into.take(i, f.dtype, f.dims);
                    if (f.handedOver) {
                        f.cell.array = results[i];
                    }
                }
            }
            for (; at < steps.length; at++) {
                steps[at].run();
                if (at % STRIDE == STRIDE - 1) {
                    interrupt.run();
                }
            }
            collect(results);
            for (int i = 0; i < saved.size(); i++) {
                saved.get(i).commit();
            }
            saved.clear();
            return results;
        } catch (Throwable failure) {
            for (VariableState v : saved) {
                v.rollBack();
            }
            saved.clear();
            throw at < steps.length ? RunErrors.located(failure, steps[at].operation) : RunErrors.asIs(failure);
        } finally {
            session.running(around);
            busy = false;
            for (Cell c : feedCells) {
                c.array = null;
            }
        }
    }

    private void collect(NdArray[] results) {
        for (int i = 0; i < results.length; i++) {
            Fetched f = fetched[i];
            if (f.passesOn) {
                results[i] = f.cell.value();
            } else if (!f.handedOver && f.dims == null) {
                results[i] = f.cell.value().copy();
            } else if (!f.handedOver) {
                results[i].assign(f.cell.value());
            }
        }
        for (int i = 0; i < results.length; i++) {
            Fetched f = fetched[i];
            if (f.handedOver) {
                results[i] = f.cell.array;
                f.cell.array = null;
            }
        }
    }
}
