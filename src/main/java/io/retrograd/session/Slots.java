package io.retrograd.session;

import io.retrograd.graph.VariableState;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** The tensors of a plan while it runs, one slot each: a value, or a variable that stands for its value of the moment. */
final class Slots {
    final NdArray[] values;
    final VariableState[] variables;
    /** Whether a slot that depends on shapes alone differs from the last run. */
    final boolean[] changed;
    /** Whether the caller may keep the slot's array. */
    final boolean[] handOver;
    /** The slot that owns the pooled array that this one shows, or -1. */
    final int[] owner;
    private final int[] users;
    private final NdArray[] owned;

    Slots(int size) {
        values = new NdArray[size];
        variables = new VariableState[size];
        changed = new boolean[size];
        handOver = new boolean[size];
        owner = new int[size];
        users = new int[size];
        owned = new NdArray[size];
        Arrays.fill(owner, -1);
    }

    NdArray value(int slot) {
        NdArray v = values[slot];
        return v != null ? v : variables[slot].value();
    }

    /** The slot's array is pooled. */
    void own(int slot, NdArray array) {
        owner[slot] = slot;
        owned[slot] = array;
        users[slot] = 1;
    }

    /** The slot shows the pooled array of another. */
    void share(int slot, int with) {
        if (owner[slot] != with) {
            owner[slot] = with;
            users[with]++;
        }
    }

    /** Nobody reads the slot any more in this run. */
    void drop(int slot, BufferPool pool) {
        int o = owner[slot];
        if (o >= 0) {
            owner[slot] = -1;
            values[slot] = null;
            if (--users[o] == 0) {
                pool.give(owned[o]);
                owned[o] = null;
            }
        }
    }
}
