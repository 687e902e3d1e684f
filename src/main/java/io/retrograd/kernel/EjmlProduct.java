package io.retrograd.kernel;

import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;

/** Products by EJML, on copies of the blocks. */
final class EjmlProduct implements BlockProduct {
    @Override
    public void floats(
            boolean ta, boolean tb, int m, int n, int k, float[] a, int aAt, int aStride, float[] b, int bAt, int bStride,
            boolean add, float[] c, int cAt, int cStride, ProductCall call) {
        FMatrixRMaj x = copy(a, aAt, aStride, ta ? k : m, ta ? m : k);
        FMatrixRMaj y = copy(b, bAt, bStride, tb ? n : k, tb ? k : n);
        FMatrixRMaj z = new FMatrixRMaj(m, n);
        if (ta && tb) {
            CommonOps_FDRM.multTransAB(x, y, z);
        } else if (ta) {
            CommonOps_FDRM.multTransA(x, y, z);
        } else if (tb) {
            CommonOps_FDRM.multTransB(x, y, z);
        } else {
            CommonOps_FDRM.mult(x, y, z);
        }
        for (int i = 0; i < m; i++) {
            int to = cAt + i * cStride;
            for (int j = 0; j < n; j++) {
                c[to + j] = z.data[i * n + j] + (add ? c[to + j] : 0);
            }
        }
    }

    private static FMatrixRMaj copy(float[] from, int at, int stride, int rows, int columns) {
        FMatrixRMaj to = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(from, at + i * stride, to.data, i * columns, columns);
        }
        return to;
    }

    @Override
    public void doubles(
            boolean ta, boolean tb, int m, int n, int k, double[] a, int aAt, int aStride, double[] b, int bAt, int bStride,
            boolean add, double[] c, int cAt, int cStride) {
        DMatrixRMaj x = copy(a, aAt, aStride, ta ? k : m, ta ? m : k);
        DMatrixRMaj y = copy(b, bAt, bStride, tb ? n : k, tb ? k : n);
        DMatrixRMaj z = new DMatrixRMaj(m, n);
        if (ta && tb) {
            CommonOps_DDRM.multTransAB(x, y, z);
        } else if (ta) {
            CommonOps_DDRM.multTransA(x, y, z);
        } else if (tb) {
            CommonOps_DDRM.multTransB(x, y, z);
        } else {
            CommonOps_DDRM.mult(x, y, z);
        }
        for (int i = 0; i < m; i++) {
            int to = cAt + i * cStride;
            for (int j = 0; j < n; j++) {
                c[to + j] = z.data[i * n + j] + (add ? c[to + j] : 0);
            }
        }
    }

    private static DMatrixRMaj copy(double[] from, int at, int stride, int rows, int columns) {
        DMatrixRMaj to = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(from, at + i * stride, to.data, i * columns, columns);
        }
        return to;
    }
}
