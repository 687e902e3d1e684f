package io.retrograd.lib.numpy;

import io.retrograd.error.StopCheck;
import io.retrograd.tensor.NdArray;

/**
 * Walks arrays of one shape together, line by line: dimensions that lie evenly in all of them are joined first, so
 * that contiguous arrays are a single line.
 */
final class Lines {
    private final int arrays;
    private final int rank;
    private final int[] shape;
    private final int[][] strides;
    private final int[] index;
    /** Where the current line of each array begins. */
    final int[] at;
    /** The distance between neighbours on a line, for each array. */
    final int[] step;
    /** Elements on a line. */
    final int length;
    private boolean more;
    private int passed;

    /** Arrays of the same shape (broadcast already). */
    Lines(NdArray... all) {
        arrays = all.length;
        int full = all[0].rank();
        int[] dims = new int[Math.max(full, 1)];
        int[][] steps = new int[arrays][Math.max(full, 1)];
        int n = 0;
        for (int axis = 0; axis < full; axis++) {
            int d = all[0].dim(axis);
            if (d == 1) {
                continue;
            }
            boolean joins = n > 0;
            for (int k = 0; joins && k < arrays; k++) {
                joins = steps[k][n - 1] == all[k].stride(axis) * d;
            }
            int to = joins ? n - 1 : n++;
            dims[to] = joins ? dims[to] * d : d;
            for (int k = 0; k < arrays; k++) {
                steps[k][to] = all[k].stride(axis);
            }
        }
        if (n == 0) {
            dims[0] = 1;
            n = 1;
        }
        rank = n;
        shape = dims;
        strides = steps;
        index = new int[n];
        at = new int[arrays];
        step = new int[arrays];
        for (int k = 0; k < arrays; k++) {
            at[k] = all[k].offset();
            step[k] = steps[k][n - 1];
        }
        length = dims[n - 1];
        more = all[0].size() > 0;
    }

    boolean hasLine() {
        return more;
    }

    /** Goes to the next line, if there is one. */
    void advance() {
        passed += length;
        if (passed >= StopCheck.INTERVAL) {
            passed = 0;
            StopCheck.ask();
        }
        int axis = rank - 2;
        while (axis >= 0) {
            index[axis]++;
            for (int k = 0; k < arrays; k++) {
                at[k] += strides[k][axis];
            }
            if (index[axis] < shape[axis]) {
                return;
            }
            for (int k = 0; k < arrays; k++) {
                at[k] -= shape[axis] * strides[k][axis];
            }
            index[axis--] = 0;
        }
        more = false;
    }
}
