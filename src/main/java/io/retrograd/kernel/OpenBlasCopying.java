package io.retrograd.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/** OpenBLAS by bytedeco's binding. Blocks are copied out of the heap and back, which costs 2 to 20 % of their product. */
final class OpenBlasCopying implements BlockProduct {
    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;

    private final Path binding;

    private OpenBlasCopying(Path binding) {
        this.binding = binding;
    }

    /** Unpacks and loads the library, and has it work on one thread. */
    static OpenBlasCopying load() {
        Path binding = Path.of(Loader.load(openblas_nolapack.class));
        openblas_nolapack.blas_set_num_threads(1);
        return new OpenBlasCopying(binding);
    }

    /** The file of the library, which lies beside that of its binding. */
    Path library() {
        return binding.resolveSibling("libopenblas_nolapack.so.0");
    }

    /** Memory outside of the heap for one thread's blocks. */
    private static final class Buffers {
        final Block a = new Block();
        final Block b = new Block();
        final Block c = new Block();
    }

    private static final class Block {
        private FloatBuffer buffer = FloatBuffer.allocate(0);
        private FloatPointer pointer;
        private ProductCall of;
        private int atBefore;
        private int rowsBefore;
        private int columnsBefore;

        void reserve(int size) {
            if (buffer.capacity() < size) {
                long bytes = 4L * Math.max(size, Math.min(2L * buffer.capacity(), Integer.MAX_VALUE / 4));
                buffer = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
                pointer = new FloatPointer(buffer);
            }
        }

        /** Copies a block here, unless the last one for the same work was the same. */
        FloatPointer put(float[] from, int at, int stride, int rows, int columns, ProductCall unchanged) {
            if (unchanged != null && unchanged == of && at == atBefore && rows == rowsBefore && columns == columnsBefore) {
                return pointer;
            }
            of = unchanged;
            atBefore = at;
            rowsBefore = rows;
            columnsBefore = columns;
            reserve(rows * columns);
            if (stride == columns) {
                buffer.put(0, from, at, rows * columns);
            } else {
                for (int i = 0; i < rows; i++) {
                    buffer.put(i * columns, from, at + i * stride, columns);
                }
            }
            return pointer;
        }

        void get(float[] to, int at, int stride, int rows, int columns) {
            if (stride == columns) {
                buffer.get(0, to, at, rows * columns);
            } else {
                for (int i = 0; i < rows; i++) {
                    buffer.get(i * columns, to, at + i * stride, columns);
                }
            }
        }
    }

    @Override
    public void floats(
            boolean ta, boolean tb, int m, int n, int k, float[] a, int aAt, int aStride, float[] b, int bAt, int bStride,
            boolean add, float[] c, int cAt, int cStride, ProductCall call) {
        Buffers blocks = call.scratch().buffers(Buffers.class, Buffers::new);
        int aColumns = ta ? m : k;
        int bColumns = tb ? k : n;
        FloatPointer x = blocks.a.put(a, aAt, aStride, ta ? k : m, aColumns, call.leftStays() ? call : null);
        FloatPointer y = blocks.b.put(b, bAt, bStride, tb ? n : k, bColumns, call.rightStays() ? call : null);
        if (add) {
            blocks.c.put(c, cAt, cStride, m, n, null);
        } else {
            blocks.c.reserve(m * n);
        }
        openblas_nolapack.cblas_sgemm(
                ROW_MAJOR, ta ? TRANSPOSED : AS_IS, tb ? TRANSPOSED : AS_IS, m, n, k, 1, x, aColumns, y, bColumns, add ? 1 : 0,
                blocks.c.pointer, n);
        blocks.c.get(c, cAt, cStride, m, n);
    }

    @Override
    public void doubles(
            boolean ta, boolean tb, int m, int n, int k, double[] a, int aAt, int aStride, double[] b, int bAt, int bStride,
            boolean add, double[] c, int cAt, int cStride) {
        int aColumns = ta ? m : k;
        int bColumns = tb ? k : n;
        double[] x = packed(a, aAt, aStride, ta ? k : m, aColumns);
        double[] y = packed(b, bAt, bStride, tb ? n : k, bColumns);
        double[] z = add ? packed(c, cAt, cStride, m, n) : new double[m * n];
        openblas_nolapack.cblas_dgemm(
                ROW_MAJOR, ta ? TRANSPOSED : AS_IS, tb ? TRANSPOSED : AS_IS, m, n, k, 1, x, aColumns, y, bColumns, add ? 1 : 0, z, n);
        for (int i = 0; i < m && z != c; i++) {
            System.arraycopy(z, i * n, c, cAt + i * cStride, n);
        }
    }

    /** The block alone; the array itself where it holds nothing else. */
    private static double[] packed(double[] from, int at, int stride, int rows, int columns) {
        if (at == 0 && stride == columns && from.length == rows * columns) {
            return from;
        }
        double[] to = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(from, at + i * stride, to, i * columns, columns);
        }
        return to;
    }
}
