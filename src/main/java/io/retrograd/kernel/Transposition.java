package io.retrograd.kernel;

import io.retrograd.error.StopCheck;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** Copies an array with its dimensions in another order. */
public final class Transposition {
    /** Side of the squares in which a matrix is turned: 32 x 32 floats of source and target fit the first-level cache. */
    private static final int SIDE = 32;

    private Transposition() {}

    /** Dimension i of {@code out} is dimension {@code order[i]} of {@code in}; both contiguous. */
    public static void run(NdArray in, int[] order, NdArray out) {
        boolean turned = order.length >= 2 && in.dtype() == DType.FLOAT32;
        for (int i = 0; turned && i < order.length - 2; i++) {
            turned = order[i] == i;
        }
        if (turned && order[order.length - 1] == order.length - 2) {
            int rows = in.dim(order.length - 2);
            int columns = in.dim(order.length - 1);
            int batches = rows * columns == 0 ? 0 : in.size() / (rows * columns);
            for (int b = 0; b < batches; b++) {
                int p = in.offset() + b * rows * columns;
                turn(in.floats(), p, out.floats(), out.offset() + b * rows * columns, rows, columns);
            }
            return;
        }
        out.assign(in.transpose(order));
    }

    private static void turn(float[] a, int p, float[] b, int q, int rows, int columns) {
        for (int i0 = 0; i0 < rows; i0 += SIDE) {
            int i1 = Math.min(rows, i0 + SIDE);
            StopCheck.ask();
            for (int j0 = 0; j0 < columns; j0 += SIDE) {
                int j1 = Math.min(columns, j0 + SIDE);
                for (int j = j0; j < j1; j++) {
                    for (int i = i0; i < i1; i++) {
                        b[q + j * rows + i] = a[p + i * columns + j];
                    }
                }
            }
        }
    }
}
