package io.retrograd.kernel;

import io.retrograd.error.NnError;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/**
 * Broadcasting of two operands (numpy's rules) for elementwise kernels. An operand that is smaller than the result
 * is spread out tile by tile into the result itself, so that the arithmetic always is one loop over arrays with a
 * common index, which is what the JIT compiler vectorises.
 */
public final class Broadcast {
    private Broadcast() {}

    /**
     * The shape of the result.
     *
     * @throws NnError InvalidArgumentError if the shapes do not fit
     */
    public static int[] shape(int[] x, int[] y) {
        if (Arrays.equals(x, y)) {
            return x;
        }
        int rank = Math.max(x.length, y.length);
        int[] z = new int[rank];
        for (int i = 0; i < rank; i++) {
            int a = i < rank - x.length ? 1 : x[i - rank + x.length];
            int b = i < rank - y.length ? 1 : y[i - rank + y.length];
            if (a != b && a != 1 && b != 1) {
                throw NnError.invalidArgument("Incompatible shapes: " + brackets(x) + " vs. " + brackets(y));
            }
            z[i] = a == 1 ? b : a;
        }
        return z;
    }

    /** {@code [2,3]}, as TensorFlow's run-time errors show a shape. */
    public static String brackets(int... shape) {
        StringBuilder s = new StringBuilder("[");
        for (int i = 0; i < shape.length; i++) {
            s.append(i == 0 ? "" : ",").append(shape[i]);
        }
        return s.append(']').toString();
    }

    /** Applies the loop to x and y broadcast to the shape of z. All are contiguous float arrays from position 0. */
    public static void floats(NdArray x, NdArray y, NdArray z, Runnable poll, FloatLoop loop) {
        float[] a = x.floats();
        float[] b = y.floats();
        float[] c = z.floats();
        int n = z.size();
        if (n == 0) {
            return;
        }
        if (x.size() == n && y.size() == n) {
            Tiles.run(n, poll, (from, to) -> loop.run(a, b, c, from, to));
        } else if (x.size() == n) {
            spread(y, z, c == a ? new float[n] : c, poll, (t, from, to) -> loop.run(a, t, c, from, to));
        } else if (y.size() == n) {
            spread(x, z, c == b ? new float[n] : c, poll, (t, from, to) -> loop.run(t, b, c, from, to));
        } else {
            float[] wide = x.broadcastTo(z.shape()).copy().floats();
            spread(y, z, c, poll, (t, from, to) -> loop.run(wide, t, c, from, to));
        }
    }

    private interface Tile {
        void run(float[] spread, int from, int to);
    }

    /** Lays the elements of v out over the shape of z, a tile at a time, into {@code into}, and runs the body on each tile. */
    private static void spread(NdArray v, NdArray z, float[] into, Runnable poll, Tile body) {
        float[] data = v.floats();
        int n = z.size();
        if (v.size() == 1) {
            float value = data[0];
            for (int from = 0; from < n; from += Tiles.SIZE) {
                int to = Math.min(n, from + Tiles.SIZE);
                Arrays.fill(into, from, to, value);
                body.run(into, from, to);
                ask(from, poll);
            }
            return;
        }
        Pattern p = Pattern.of(v.shape(), z.shape());
        int rows = n / p.inner;
        int step = Math.max(1, Tiles.SIZE / p.inner);
        for (int row = 0; row < rows; row += step) {
            int count = Math.min(step, rows - row);
            int from = row * p.inner;
            int to = from + count * p.inner;
            p.fill(data, into, row, count);
            body.run(into, from, to);
            ask(from, poll);
        }
    }

    private static void ask(int from, Runnable poll) {
        if ((from & (1 << 18) - 1) < Tiles.SIZE && from > 0) {
            poll.run();
        }
    }

    /** Where a broadcast operand's elements lie, seen along the result: neighbouring dimensions of one kind are one. */
    private static final class Pattern {
        /** Outer dimensions, last one fastest, and the operand's stride in each. */
        final int[] sizes;
        final int[] strides;
        /** The innermost dimension: its elements are neighbours in the operand, or all the same one. */
        final int inner;
        final boolean same;

        private Pattern(int[] sizes, int[] strides, int inner, boolean same) {
            this.sizes = sizes;
            this.strides = strides;
            this.inner = inner;
            this.same = same;
        }

        static Pattern of(int[] v, int[] z) {
            int[] sizes = new int[z.length];
            int[] strides = new int[z.length];
            int count = 0;
            int stride = 1;
            for (int i = z.length - 1; i >= 0; i--) {
                int d = i < z.length - v.length ? 1 : v[i - z.length + v.length];
                if (z[i] == 1) {
                    continue;
                }
                int own = d == 1 ? 0 : stride;
                stride *= d;
                boolean joins = count > 0
                        && (own == 0 ? strides[count - 1] == 0
                                : strides[count - 1] != 0 && own == strides[count - 1] * sizes[count - 1]);
                if (joins) {
                    sizes[count - 1] *= z[i];
                } else {
                    sizes[count] = z[i];
                    strides[count++] = own;
                }
            }
            int outer = Math.max(0, count - 1);
            int[] outerSizes = new int[outer];
            int[] outerStrides = new int[outer];
            for (int i = 0; i < outer; i++) {
                outerSizes[i] = sizes[outer - i];
                outerStrides[i] = strides[outer - i];
            }
            return new Pattern(outerSizes, outerStrides, sizes[0], strides[0] == 0);
        }

        void fill(float[] from, float[] to, int row, int count) {
            int at = row * inner;
            if (!same && sizes.length == 1 && strides[0] == 0) {
                // One row again and again: copy it once, then what is there already.
                System.arraycopy(from, 0, to, at, inner);
                int total = count * inner;
                for (int done = inner; done < total; done *= 2) {
                    System.arraycopy(to, at, to, at + done, Math.min(done, total - done));
                }
                return;
            }
            for (int r = row; r < row + count; r++, at += inner) {
                int p = 0;
                int rest = r;
                for (int i = sizes.length - 1; i >= 0; i--) {
                    int q = rest / sizes[i];
                    p += (rest - q * sizes[i]) * strides[i];
                    rest = q;
                }
                if (same) {
                    Arrays.fill(to, at, at + inner, from[p]);
                } else {
                    System.arraycopy(from, p, to, at, inner);
                }
            }
        }
    }

    /** The operand with its elements repeated over the shape; itself if it has it already. */
    public static NdArray expand(NdArray v, int[] shape) {
        return v.hasShape(shape) ? v : v.broadcastTo(shape).copy();
    }
}
