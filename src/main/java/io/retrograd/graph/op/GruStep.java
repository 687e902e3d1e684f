package io.retrograd.graph.op;

import io.retrograd.graph.KernelContext;
import io.retrograd.kernel.FloatFunctions;
import io.retrograd.kernel.MatrixProduct;

/** One time step of the gated recurrent unit for a batch, forth and back: h' = u h + (1 - u) c. */
final class GruStep {
    private final KernelContext k;
    private final int batch;
    private final int inputs;
    private final int units;

    GruStep(KernelContext k, int batch, int inputs, int units) {
        this.k = k;
        this.batch = batch;
        this.inputs = inputs;
        this.units = units;
    }

    /** @param out r, u, c and h, each batch by units */
    void forward(float[] x, float[] h, float[] wru, float[] wc, float[] bru, float[] bc, float[][] out) {
        int n = units;
        float[] both = join(x, h, null);
        float[] ru = new float[batch * 2 * n];
        product(both, wru, false, ru, 2 * n, inputs + n);
        for (int r = 0; r < batch; r++) {
            for (int j = 0; j < 2 * n; j++) {
                ru[r * 2 * n + j] += bru[j];
            }
        }
        FloatFunctions.logistic(ru, ru, 0, ru.length);
        for (int r = 0; r < batch; r++) {
            System.arraycopy(ru, r * 2 * n, out[0], r * n, n);
            System.arraycopy(ru, r * 2 * n + n, out[1], r * n, n);
        }
        product(join(x, h, out[0]), wc, false, out[2], n, inputs + n);
        for (int i = 0; i < batch * n; i++) {
            out[2][i] += bc[i % n];
        }
        FloatFunctions.tanh(out[2], out[2], 0, batch * n);
        for (int i = 0; i < batch * n; i++) {
            out[3][i] = out[1][i] * (h[i] - out[2][i]) + out[2][i];
        }
    }

    void backward(
            float[] h, float[] wru, float[] wc, float[] r, float[] u, float[] c, float[] dh, float[] dx, float[] dhBefore, float[] dc, float[] dru) {
        int n = units;
        int width = inputs + n;
        for (int i = 0; i < batch * n; i++) {
            dc[i] = dh[i] * (1 - u[i]) * (1 - c[i] * c[i]);
        }
        float[] second = new float[batch * width];
        product(dc, wc, true, second, width, n);
        for (int row = 0; row < batch; row++) {
            for (int j = 0; j < n; j++) {
                int e = row * n + j;
                float dhr = second[row * width + inputs + j];
                dru[row * 2 * n + j] = dhr * h[e] * r[e] * (1 - r[e]);
                dru[row * 2 * n + n + j] = dh[e] * (h[e] - c[e]) * u[e] * (1 - u[e]);
            }
        }
        float[] first = new float[batch * width];
        product(dru, wru, true, first, width, 2 * n);
        for (int row = 0; row < batch; row++) {
            for (int j = 0; j < inputs; j++) {
                dx[row * inputs + j] = first[row * width + j] + second[row * width + j];
            }
            for (int j = 0; j < n; j++) {
                int e = row * n + j;
                dhBefore[e] = first[row * width + inputs + j] + second[row * width + inputs + j] * r[e] + dh[e] * u[e];
            }
        }
    }

    /** x beside h, or beside h times the factor. */
    private float[] join(float[] x, float[] h, float[] factor) {
        int width = inputs + units;
        float[] both = new float[batch * width];
        for (int r = 0; r < batch; r++) {
            System.arraycopy(x, r * inputs, both, r * width, inputs);
            for (int j = 0; j < units; j++) {
                both[r * width + inputs + j] = factor == null ? h[r * units + j] : h[r * units + j] * factor[r * units + j];
            }
        }
        return both;
    }

    private void product(float[] a, float[] b, boolean transposed, float[] c, int columns, int depth) {
        MatrixProduct.floats(k.kernels(), k.threads(), new MatrixProduct.FloatFactor(a, 0, false), new MatrixProduct.FloatFactor(b, 0, transposed),
                c, 0, batch, columns, depth, k::checkInterrupt);
    }
}
