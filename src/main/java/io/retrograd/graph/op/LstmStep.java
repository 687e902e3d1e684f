package io.retrograd.graph.op;

import io.retrograd.graph.KernelContext;
import io.retrograd.kernel.FloatFunctions;
import io.retrograd.kernel.MatrixProduct;

/**
 * One time step of the long short-term memory for a batch, forth and back. The columns of the weights are the gates i, c, f, o; arrays of
 * gates are in the order of BlockLSTM's outputs: i, cs, f, o, ci, co, h.
 */
final class LstmStep {
    /** The weights (inputs + units, 4 units), peepholes of i, f and o, and the bias. */
    record Weights(int inputs, int units, float[] w, float[] wci, float[] wcf, float[] wco, float[] b, boolean peephole) {}

    private final KernelContext k;
    private final Weights w;
    private final int batch;
    private final float forgetBias;
    private final float clip;
    private final float[] both;
    private final float[] sums;
    private final float[] gate;

    LstmStep(KernelContext k, Weights w, int batch, float forgetBias, float clip) {
        this.k = k;
        this.w = w;
        this.batch = batch;
        this.forgetBias = forgetBias;
        this.clip = clip;
        both = new float[batch * (w.inputs() + w.units())];
        sums = new float[batch * 4 * w.units()];
        gate = new float[batch * w.units()];
    }

    void forward(float[] x, int xAt, float[] cells, int cellAt, float[] states, int stateAt, float[][] out, int at) {
        int n = w.units();
        join(x, xAt, states, stateAt);
        product(both, false, w.w(), false, sums, batch, 4 * n, w.inputs() + n);
        for (int r = 0; r < batch; r++) {
            for (int j = 0; j < 4 * n; j++) {
                sums[r * 4 * n + j] += w.b()[j];
            }
        }
        logistic(0, w.wci(), cells, cellAt, 0, out[0], at);
        logistic(2, w.wcf(), cells, cellAt, forgetBias, out[2], at);
        take(1, gate);
        FloatFunctions.tanh(gate, gate, 0, gate.length);
        System.arraycopy(gate, 0, out[4], at, gate.length);
        float[] cs = out[1];
        for (int i = 0; i < batch * n; i++) {
            float v = out[0][at + i] * out[4][at + i] + out[2][at + i] * cells[cellAt + i];
            cs[at + i] = clip > 0 ? Math.max(-clip, Math.min(clip, v)) : v;
        }
        logistic(3, w.wco(), cs, at, 0, out[3], at);
        System.arraycopy(cs, at, gate, 0, gate.length);
        FloatFunctions.tanh(gate, gate, 0, gate.length);
        for (int i = 0; i < batch * n; i++) {
            out[5][at + i] = gate[i];
            out[6][at + i] = out[3][at + i] * gate[i];
        }
    }

    /**
     * The slopes of the four sums (batch, 4 units), and of the cells before; peepholes' slopes are added up.
     *
     * @param cell the slope of the cells now, batch by units from position 0, like that of the state
     */
    void backward(
            float[][] gates, int at, float[] cells, int cellAt, float[] cell, float[] state, float[] slopes, float[] before, float[][] peepholes) {
        int n = w.units();
        for (int r = 0; r < batch; r++) {
            for (int j = 0; j < n; j++) {
                int e = r * n + j;
                float i = gates[0][at + e];
                float f = gates[2][at + e];
                float o = gates[3][at + e];
                float ci = gates[4][at + e];
                float co = gates[5][at + e];
                float dO = o * (1 - o) * state[e] * co;
                float dcs = (1 - co * co) * state[e] * o + cell[e];
                if (w.peephole()) {
                    dcs += dO * w.wco()[j];
                }
                float dci = (1 - ci * ci) * dcs * i;
                float df = f * (1 - f) * dcs * cells[cellAt + e];
                float di = i * (1 - i) * dcs * ci;
                slopes[r * 4 * n + j] = di;
                slopes[r * 4 * n + n + j] = dci;
                slopes[r * 4 * n + 2 * n + j] = df;
                slopes[r * 4 * n + 3 * n + j] = dO;
                before[e] = dcs * f;
                if (w.peephole()) {
                    before[e] += di * w.wci()[j] + df * w.wcf()[j];
                    peepholes[0][j] += di * cells[cellAt + e];
                    peepholes[1][j] += df * cells[cellAt + e];
                    peepholes[2][j] += dO * gates[1][at + e];
                }
            }
        }
    }

    /** Carries the slopes of the sums on to x, to the state before, and adds them to those of the weights and the bias. */
    void spread(
            float[] x, int xAt, float[] states, int stateAt, float[] slopes, float[] dx, int dxAt, float[] dstate, float[] dw, float[] db) {
        int n = w.units();
        int rows = w.inputs() + n;
        float[] back = new float[batch * rows];
        product(slopes, false, w.w(), true, back, batch, rows, 4 * n);
        for (int r = 0; r < batch; r++) {
            System.arraycopy(back, r * rows, dx, dxAt + r * w.inputs(), w.inputs());
            System.arraycopy(back, r * rows + w.inputs(), dstate, r * n, n);
            for (int j = 0; j < 4 * n; j++) {
                db[j] += slopes[r * 4 * n + j];
            }
        }
        join(x, xAt, states, stateAt);
        float[] more = new float[dw.length];
        product(both, true, slopes, false, more, rows, 4 * n, batch);
        for (int i = 0; i < dw.length; i++) {
            dw[i] += more[i];
        }
    }

    private void join(float[] x, int xAt, float[] states, int stateAt) {
        int n = w.units();
        int width = w.inputs() + n;
        for (int r = 0; r < batch; r++) {
            System.arraycopy(x, xAt + r * w.inputs(), both, r * width, w.inputs());
            System.arraycopy(states, stateAt + r * n, both, r * width + w.inputs(), n);
        }
    }

    private void take(int column, float[] to) {
        int n = w.units();
        for (int r = 0; r < batch; r++) {
            System.arraycopy(sums, (4 * r + column) * n, to, r * n, n);
        }
    }

    private void logistic(int column, float[] peephole, float[] cells, int cellAt, float bias, float[] out, int at) {
        int n = w.units();
        take(column, gate);
        for (int i = 0; i < gate.length; i++) {
            gate[i] += bias + (w.peephole() ? cells[cellAt + i] * peephole[i % n] : 0);
        }
        FloatFunctions.logistic(gate, gate, 0, gate.length);
        System.arraycopy(gate, 0, out, at, gate.length);
    }

    private void product(float[] a, boolean ta, float[] b, boolean tb, float[] c, int rows, int columns, int depth) {
        MatrixProduct.floats(k.kernels(), k.threads(), new MatrixProduct.FloatFactor(a, 0, ta), new MatrixProduct.FloatFactor(b, 0, tb),
                c, 0, rows, columns, depth, k::checkInterrupt);
    }
}
