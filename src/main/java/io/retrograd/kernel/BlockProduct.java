package io.retrograd.kernel;

/**
 * A library's product of two blocks, on the calling thread. Matrices are row-major; a block begins at a position of a
 * flat array, and its rows lie a stride apart.
 */
interface BlockProduct {
    /**
     * C = A B, or C += A B with {@code add}: [m, k] by [k, n] is [m, n].
     *
     * @param ta A is stored as its transpose, [k, m]
     * @param tb B is stored as its transpose, [n, k]
     */
    void floats(
            boolean ta, boolean tb, int m, int n, int k, float[] a, int aAt, int aStride, float[] b, int bAt, int bStride,
            boolean add, float[] c, int cAt, int cStride, ProductCall call);

    /** The same, for float64. */
    void doubles(
            boolean ta, boolean tb, int m, int n, int k, double[] a, int aAt, int aStride, double[] b, int bAt, int bStride,
            boolean add, double[] c, int cAt, int cStride);
}
