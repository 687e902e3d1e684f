package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/** Recurrent cells that are one operation: a step of the long short-term memory, all its steps, a step of the gated recurrent unit. */
final class RecurrentOps {
    private static final String WEIGHTS = "w: T, wci: T, wcf: T, wco: T, b: T";
    private static final String GATES = "i: T, cs: T, f: T, o: T, ci: T, co: T, h: T";
    private static final String[] ATTRIBUTES = {
        "forget_bias: float = 1.0", "cell_clip: float = 3.0", "use_peephole: bool = false", "T: half|float"
    };

    private RecurrentOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "LSTMBlockCell" -> new Cell();
            case "LSTMBlockCellGrad" -> new CellGrad();
            case "BlockLSTM" -> new Sequence();
            case "BlockLSTMGrad" -> new SequenceGrad();
            case "GRUBlockCell" -> new Gru();
            case "GRUBlockCellGrad" -> new GruGrad();
            default -> null;
        };
    }

    private static LstmStep.Weights weights(KernelContext k, int first, int inputs) {
        NdArray w = k.input(first).compact();
        int units = w.dim(1) / 4;
        if (w.rank() != 2 || w.dim(0) != inputs + units || k.input(first + 4).size() != 4 * units) {
            throw NnError.invalidArgument("w must have " + (inputs + units) + " rows and four columns a unit: " + w.staticShape());
        }
        boolean peephole = k.operation().flag("use_peephole");
        return new LstmStep.Weights(
                inputs, units, w.floats(), k.input(first + 1).compact().floats(), k.input(first + 2).compact().floats(),
                k.input(first + 3).compact().floats(), k.input(first + 4).compact().floats(), peephole);
    }

    private static float number(KernelContext k, String attribute) {
        return ((Number) k.operation().attribute(attribute)).floatValue();
    }

    private static float[] floats(KernelContext k, int i) {
        return k.input(i).compact().floats();
    }

    static final class Cell extends OpDef {
        Cell() {
            super("LSTMBlockCell", "x: T, cs_prev: T, h_prev: T, " + WEIGHTS, GATES, ATTRIBUTES);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape out = Shape.of(c.withRank(0, 2).dim(0), c.withRank(1, 2).dim(1));
            for (int i = 0; i < 7; i++) {
                c.output(i, out);
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            LstmStep.Weights w = weights(k, 3, x.dim(1));
            float[][] out = new float[7][];
            for (int i = 0; i < 7; i++) {
                out[i] = k.output(i, x.dim(0), w.units()).floats();
            }
            new LstmStep(k, w, x.dim(0), number(k, "forget_bias"), number(k, "cell_clip"))
                    .forward(x.compact().floats(), 0, floats(k, 1), 0, floats(k, 2), 0, out, 0);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            OpCall call = g.op("LSTMBlockCellGrad");
            for (int i = 0; i < 8; i++) {
                call.input(c.input(i));
            }
            for (int i = 0; i < 6; i++) {
                call.input(c.output(i));
            }
            var grads = call.input(c.dense(1)).input(c.dense(6)).attr("use_peephole", c.operation().flag("use_peephole")).operation();
            int inputs = x.shape().dim(1);
            int units = c.input(1).shape().dim(1);
            if (inputs == Shape.UNKNOWN || units == Shape.UNKNOWN) {
                throw NnError.value((inputs == Shape.UNKNOWN ? "input_size from `x`" : "cell_size from `cs_prev`") + " should not be None.");
            }
            int batch = x.shape().dim(0);
            Output both = MathOps.matrixProduct(g, grads.output(1), c.input(3), false, true);
            Output dx = ArrayOps.slice(g, both, Literal.ofInts(0, 0), Literal.ofInts(batch, inputs));
            Output dh = ArrayOps.slice(g, both, Literal.ofInts(0, inputs), Literal.ofInts(batch, units));
            Output xh = ArrayOps.concat(g, 1, x, c.input(2));
            Output dw = MathOps.matrixProduct(g, xh, grads.output(1), true, false);
            Output db = g.op("BiasAddGrad").input(grads.output(1)).output();
            return new Gradient[] {dx, grads.output(0), dh, dw, grads.output(2), grads.output(3), grads.output(4), db};
        }
    }

    static final class CellGrad extends OpDef {
        CellGrad() {
            super("LSTMBlockCellGrad",
                    "x: T, cs_prev: T, h_prev: T, " + WEIGHTS + ", i: T, cs: T, f: T, o: T, ci: T, co: T, cs_grad: T, h_grad: T",
                    "cs_prev_grad: T, dicfo: T, wci_grad: T, wcf_grad: T, wco_grad: T", "use_peephole: bool", "T: half|float");
        }

        @Override
        public void infer(ShapeContext c) {
            int batch = c.withRank(0, 2).dim(0);
            int units = c.withRank(1, 2).dim(1);
            c.output(0, Shape.of(batch, units));
            c.output(1, Shape.of(batch, units == Shape.UNKNOWN ? Shape.UNKNOWN : 4 * units));
            for (int i = 2; i < 5; i++) {
                c.output(i, Shape.of(units));
            }
        }

        @Override
        public void compute(KernelContext k) {
            int batch = k.input(0).dim(0);
            LstmStep.Weights w = weights(k, 3, k.input(0).dim(1));
            float[][] gates = new float[6][];
            for (int i = 0; i < 6; i++) {
                gates[i] = floats(k, 8 + i);
            }
            float[] before = k.output(0, batch, w.units()).floats();
            float[] slopes = k.output(1, batch, 4 * w.units()).floats();
            float[][] peepholes = peepholes(k, 2, w.units());
            new LstmStep(k, w, batch, 0, 0).backward(gates, 0, floats(k, 1), 0, floats(k, 14), floats(k, 15), slopes, before, peepholes);
        }
    }

    private static float[][] peepholes(KernelContext k, int first, int units) {
        float[][] all = new float[3][];
        for (int i = 0; i < 3; i++) {
            NdArray out = k.output(first + i, units);
            out.fill(0);
            all[i] = out.floats();
        }
        return all;
    }

    static final class Sequence extends OpDef {
        Sequence() {
            super("BlockLSTM", "seq_len_max: int64, x: T, cs_prev: T, h_prev: T, " + WEIGHTS, GATES, ATTRIBUTES);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape x = c.withRank(1, 3);
            int four = c.withRank(8, 1).dim(0);
            for (int i = 0; i < 7; i++) {
                c.output(i, Shape.of(x.dim(0), x.dim(1), four == Shape.UNKNOWN ? Shape.UNKNOWN : four / 4));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(1);
            int times = x.dim(0);
            int batch = x.dim(1);
            LstmStep.Weights w = weights(k, 4, x.dim(2));
            int most = (int) Math.min(times, k.input(0).getLong(0));
            float[][] out = new float[7][];
            for (int i = 0; i < 7; i++) {
                NdArray gate = k.output(i, times, batch, w.units());
                if (most < times) {
                    gate.fill(0);
                }
                out[i] = gate.floats();
            }
            LstmStep step = new LstmStep(k, w, batch, number(k, "forget_bias"), number(k, "cell_clip"));
            float[] inputs = x.compact().floats();
            float[] cells = floats(k, 2);
            float[] states = floats(k, 3);
            int size = batch * w.units();
            for (int t = 0; t < most; t++) {
                step.forward(inputs, t * batch * w.inputs(), t == 0 ? cells : out[1], t == 0 ? 0 : (t - 1) * size,
                        t == 0 ? states : out[6], t == 0 ? 0 : (t - 1) * size, out, t * size);
                k.checkInterrupt();
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            OpCall call = c.graph().op("BlockLSTMGrad");
            for (int i = 0; i < 9; i++) {
                call.input(c.input(i));
            }
            for (int i = 0; i < 7; i++) {
                call.input(c.output(i));
            }
            var grads = call.input(c.dense(1)).input(c.dense(6)).attr("use_peephole", c.operation().flag("use_peephole")).operation();
            Gradient[] all = new Gradient[9];
            for (int i = 0; i < 8; i++) {
                all[i + 1] = grads.output(i);
            }
            return all;
        }
    }

    static final class SequenceGrad extends OpDef {
        SequenceGrad() {
            super("BlockLSTMGrad", "seq_len_max: int64, x: T, cs_prev: T, h_prev: T, " + WEIGHTS + ", " + GATES + ", cs_grad: T, h_grad: T",
                    "x_grad: T, cs_prev_grad: T, h_prev_grad: T, w_grad: T, wci_grad: T, wcf_grad: T, wco_grad: T, b_grad: T",
                    "use_peephole: bool", "T: half|float");
        }

        @Override
        public void infer(ShapeContext c) {
            for (int i = 0; i < 8; i++) {
                c.output(i, c.input(i + 1));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(1);
            int times = x.dim(0);
            int batch = x.dim(1);
            LstmStep.Weights w = weights(k, 4, x.dim(2));
            int units = w.units();
            int size = batch * units;
            int most = (int) Math.min(times, k.input(0).getLong(0));
            float[][] gates = new float[7][];
            for (int i = 0; i < 7; i++) {
                gates[i] = floats(k, 9 + i);
            }
            float[] inputs = x.compact().floats();
            float[] cells = floats(k, 2);
            float[] states = floats(k, 3);
            float[] ofCells = floats(k, 16);
            float[] ofStates = floats(k, 17);
            float[] dx = zeros(k, 0, x.shape());
            float[] cellSlope = zeros(k, 1, batch, units);
            float[] stateSlope = zeros(k, 2, batch, units);
            float[] dw = zeros(k, 3, w.inputs() + units, 4 * units);
            float[][] peepholes = peepholes(k, 4, units);
            float[] db = zeros(k, 7, 4 * units);
            LstmStep step = new LstmStep(k, w, batch, 0, 0);
            float[] slopes = new float[4 * size];
            float[] cell = new float[size];
            float[] state = new float[size];
            for (int t = most - 1; t >= 0; t--) {
                for (int i = 0; i < size; i++) {
                    cell[i] = ofCells[t * size + i] + cellSlope[i];
                    state[i] = ofStates[t * size + i] + stateSlope[i];
                }
                step.backward(gates, t * size, t == 0 ? cells : gates[1], t == 0 ? 0 : (t - 1) * size, cell, state, slopes, cellSlope, peepholes);
                step.spread(inputs, t * batch * w.inputs(), t == 0 ? states : gates[6], t == 0 ? 0 : (t - 1) * size, slopes,
                        dx, t * batch * w.inputs(), stateSlope, dw, db);
                k.checkInterrupt();
            }
        }

        private static float[] zeros(KernelContext k, int i, int... shape) {
            NdArray out = k.output(i, shape);
            out.fill(0);
            return out.floats();
        }
    }

    static final class Gru extends OpDef {
        Gru() {
            super("GRUBlockCell", "x: T, h_prev: T, w_ru: T, w_c: T, b_ru: T, b_c: T", "r: T, u: T, c: T, h: T", "T: float|");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape out = Shape.of(c.withRank(0, 2).dim(0), c.withRank(1, 2).dim(1));
            for (int i = 0; i < 4; i++) {
                c.output(i, out);
            }
        }

        @Override
        public void compute(KernelContext k) {
            int batch = k.input(0).dim(0);
            int units = k.input(1).dim(1);
            float[][] out = new float[4][];
            for (int i = 0; i < 4; i++) {
                out[i] = k.output(i, batch, units).floats();
            }
            new GruStep(k, batch, k.input(0).dim(1), units)
                    .forward(floats(k, 0), floats(k, 1), floats(k, 2), floats(k, 3), floats(k, 4), floats(k, 5), out);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            OpCall call = g.op("GRUBlockCellGrad");
            for (int i = 0; i < 6; i++) {
                call.input(c.input(i));
            }
            var grads = call.input(c.output(0)).input(c.output(1)).input(c.output(2)).input(c.dense(3)).operation();
            Output x = c.input(0);
            Output h = c.input(1);
            Output dwru = MathOps.matrixProduct(g, ArrayOps.concat(g, 1, x, h), grads.output(3), true, false);
            Output dbru = g.op("BiasAddGrad").input(grads.output(3)).output();
            Output xhr = ArrayOps.concat(g, 1, x, MathOps.times(g, h, c.output(0)));
            Output dwc = MathOps.matrixProduct(g, xhr, grads.output(2), true, false);
            Output dbc = g.op("BiasAddGrad").input(grads.output(2)).output();
            return new Gradient[] {grads.output(0), grads.output(1), dwru, dwc, dbru, dbc};
        }
    }

    static final class GruGrad extends OpDef {
        GruGrad() {
            super("GRUBlockCellGrad", "x: T, h_prev: T, w_ru: T, w_c: T, b_ru: T, b_c: T, r: T, u: T, c: T, d_h: T",
                    "d_x: T, d_h_prev: T, d_c_bar: T, d_r_bar_u_bar: T", "T: float|");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape x = c.withRank(0, 2);
            int units = c.withRank(1, 2).dim(1);
            c.output(0, x);
            c.output(1, Shape.of(x.dim(0), units));
            c.output(2, Shape.of(x.dim(0), units));
            c.output(3, Shape.of(x.dim(0), c.withRank(2, 2).dim(1)));
        }

        @Override
        public void compute(KernelContext k) {
            int batch = k.input(0).dim(0);
            int inputs = k.input(0).dim(1);
            int units = k.input(1).dim(1);
            new GruStep(k, batch, inputs, units).backward(floats(k, 1), floats(k, 2), floats(k, 3), floats(k, 6), floats(k, 7), floats(k, 8), floats(k, 9),
                    k.output(0, batch, inputs).floats(), k.output(1, batch, units).floats(), k.output(2, batch, units).floats(),
                    k.output(3, batch, 2 * units).floats());
        }
    }
}
