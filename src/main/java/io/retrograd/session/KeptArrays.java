package io.retrograd.session;

import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Arrays that stay as they are until the run ends: what loops keep on stacks and in TensorArrays, iteration by
 * iteration. The next run uses them again.
 */
final class KeptArrays {
    private final List<Source> used = new ArrayList<>();
    private int runs;

    /** A run with loops begins; they may lie in each other. */
    void begin() {
        runs++;
    }

    /** It is over: nobody reads any more what it kept. */
    void end() {
        if (--runs == 0) {
            long most = Runtime.getRuntime().maxMemory() / 8;
            for (Source s : used) {
                most = s.rewind(most);
            }
            used.clear();
        }
    }

    /** Where one operation of a loop gets its arrays, one after the other, all of one shape. */
    static final class Source {
        private final KeptArrays all;
        private final DType dtype;
        private final int[] dims;
        private final List<NdArray> arrays = new ArrayList<>();
        private int next;

        Source(KeptArrays all, DType dtype, int[] dims) {
            this.all = all;
            this.dtype = dtype;
            this.dims = dims;
        }

        static boolean isFor(DType dtype) {
            return dtype.isNumeric() || dtype == DType.BOOL;
        }

        /** An array that nobody else gets in this run. */
        NdArray take() {
            if (all.runs == 0) {
                return NdArray.zeros(dtype, dims);
            }
            if (next == 0) {
                all.used.add(this);
            }
            if (next == arrays.size()) {
                arrays.add(NdArray.zeros(dtype, dims));
            }
            return arrays.get(next++);
        }

        boolean gives(DType type, int[] shape) {
            return type == dtype && Arrays.equals(shape, dims);
        }

        boolean gives(NdArray like) {
            return like.dtype() == dtype && Shapes.isShape(like, dims);
        }

        /** Begins anew; keeps its arrays if they come to no more than that many bytes, and answers how many are left. */
        private long rewind(long most) {
            next = 0;
            long bytes = 16L * arrays.size();
            for (NdArray a : arrays) {
                bytes += (long) a.size() * dtype.byteSize();
            }
            if (bytes > most) {
                arrays.clear();
                return most;
            }
            return most - bytes;
        }
    }
}
