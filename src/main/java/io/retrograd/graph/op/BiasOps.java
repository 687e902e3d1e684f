package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.FloatFormula;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.kernel.Sums;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Adding one number to each channel, and its gradient, the sum over everything but the channels. */
final class BiasOps {
    private static final String FORMAT = "data_format: string = NHWC";

    private BiasOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "BiasAdd", "BiasAddV1" -> new BiasAdd(type);
            case "BiasAddGrad" -> new BiasAddGrad();
            default -> null;
        };
    }

    private static boolean channelsFirst(Operation op) {
        return "NCHW".equals(op.attribute("data_format"));
    }

    static final class BiasAdd extends OpDef {
        BiasAdd(String type) {
            super(type, "value: T, bias: T", "output: T", "T: " + Types.NUMBER, FORMAT);
        }

        @Override
        public Optional<FloatLoop> elementwise(Operation operation) {
            return channelsFirst(operation) ? Optional.empty() : Optional.of(FloatFormula.ADD);
        }

        @Override
        public void infer(ShapeContext c) {
            boolean first = channelsFirst(c.operation());
            Shape value = c.withRankAtLeast(0, first ? 3 : 2);
            Shape bias = c.withRank(1, 1);
            if (value.hasRank()) {
                int axis = first ? 1 : value.rank() - 1;
                c.output(0, value.withDim(axis, c.mergeDims(value.dim(axis), bias.dim(0))));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray b = k.input(1);
            boolean first = channelsFirst(k.operation());
            if (x.rank() < 2) {
                throw NnError.invalidArgument("Input tensor must be at least 2D: " + x.staticShape().toBrackets());
            }
            if (b.rank() != 1) {
                throw NnError.invalidArgument("Biases must be 1D: " + b.staticShape().toBrackets());
            }
            int channels = x.dim(first ? 1 : -1);
            if (b.dim(0) != channels) {
                throw NnError.invalidArgument("Must provide as many biases as the "
                        + (first ? "channel dimension of the input tensor: " : "last dimension of the input tensor: ")
                        + b.staticShape().toBrackets() + " vs. " + (first ? channels + " in " : "")
                        + x.staticShape().toBrackets());
            }
            NdArray y = k.output(0, x.shape());
            int inner = 1;
            for (int i = 2; first && i < x.rank(); i++) {
                inner *= x.dim(i);
            }
            if (x.dtype() == DType.FLOAT32) {
                add(x.floats(), b.floats(), y.floats(), channels, inner, k);
                return;
            }
            for (int i = 0; i < x.size(); i++) {
                int c = i / inner % channels;
                if (x.dtype().isInteger()) {
                    y.setLong(i, x.getLong(i) + b.getLong(c));
                } else if (x.dtype().isComplex()) {
                    y.setComplex(i, x.getDouble(i) + b.getDouble(c), x.getImaginary(i) + b.getImaginary(c));
                } else {
                    y.setDouble(i, x.getDouble(i) + b.getDouble(c));
                }
            }
        }

        private static void add(float[] x, float[] b, float[] y, int channels, int inner, KernelContext k) {
            int row = channels * inner;
            int rows = row == 0 ? 0 : x.length / row;
            // One long row of biases lets the loop run over neighbours in all three arrays.
            float[] wide = new float[row];
            for (int i = 0; i < row; i++) {
                wide[i] = b[i / inner];
            }
            for (int r = 0, at = 0; r < rows; r++, at += row) {
                for (int i = 0; i < row; i++) {
                    y[at + i] = x[at + i] + wide[i];
                }
                if ((r & 1023) == 1023) {
                    k.checkInterrupt();
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            if (type().equals("BiasAddV1")) {
                Graph graph = g.graph();
                Output rank = MathOps.minus(graph, Shapes.rank(graph, g.dense(), null), Literal.of(1));
                return new Gradient[] {
                    g.dense(), MathOps.reduce(graph, "Sum", g.dense(), MathOps.range(graph, rank), false, null)
                };
            }
            return new Gradient[] {g.upstream(0), g.op("BiasAddGrad").input(g.dense())
                    .attr("data_format", g.operation().attribute("data_format")).output()};
        }
    }

    static final class BiasAddGrad extends OpDef {
        BiasAddGrad() {
            super("BiasAddGrad", "out_backprop: T", "output: T", "T: " + Types.NUMBER, FORMAT);
        }

        @Override
        public void infer(ShapeContext c) {
            boolean first = channelsFirst(c.operation());
            Shape s = c.withRankAtLeast(0, first ? 3 : 2);
            c.output(0, Shape.of(!s.hasRank() ? Shape.UNKNOWN : s.dim(first ? 1 : -1)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray g = k.input(0);
            boolean first = channelsFirst(k.operation());
            if (g.rank() < 2) {
                throw NnError.invalidArgument("Input tensor must be at least 2D: " + g.staticShape().toBrackets());
            }
            int channels = g.dim(first ? 1 : -1);
            NdArray sum = k.output(0, channels);
            int inner = 1;
            for (int i = 2; first && i < g.rank(); i++) {
                inner *= g.dim(i);
            }
            if (g.dtype() == DType.FLOAT32 && inner == 1) {
                float[] sums = sum.floats();
                Arrays.fill(sums, 0);
                // A channel's gradients are added one by one, as TensorFlow does.
                Sums.columns(g.floats(), 0, g.size() / Math.max(1, channels), channels, sums, 0, k.threads());
                return;
            }
            double[] sums = new double[channels];
            long[] wholes = g.dtype().isInteger() ? new long[channels] : null;
            int step = inner;
            Tiles.run(g.size(), k::checkInterrupt, (from, to) -> {
                for (int i = from; i < to; i++) {
                    int c = i / step % channels;
                    if (wholes != null) {
                        wholes[c] += g.getLong(i);
                    } else {
                        sums[c] += g.getDouble(i);
                    }
                }
            });
            for (int c = 0; c < channels; c++) {
                if (wholes != null) {
                    sum.setLong(c, wholes[c]);
                } else {
                    sum.setDouble(c, sums[c]);
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output shape = Shapes.shape(g, c.input(0), null);
            Output bias = Shapes.shape(g, c.dense(), null);
            boolean first = channelsFirst(c.operation());
            Operand one = Literal.ofInts(1);
            Output head = part(g, shape, 0, first ? 1 : -1);
            Output expanded;
            Output multiples;
            if (first) {
                Output ones = Shapes.onesLike(g, head, null, true, null);
                Output tail = Shapes.onesLike(g, part(g, shape, 2, 0), null, true, null);
                expanded = concat(g, List.of(ones, bias, tail));
                multiples = concat(g, List.of(part(g, shape, 0, 1), one, part(g, shape, 2, 0)));
            } else {
                expanded = concat(g, List.of(Shapes.onesLike(g, head, null, true, null), bias));
                multiples = concat(g, List.of(part(g, shape, 0, -1), one));
            }
            Output reshaped = c.op("Reshape").input(c.dense()).input(expanded).output();
            return new Gradient[] {c.op("Tile").input(reshaped).input(multiples).output()};
        }

        private static Output concat(Graph g, List<Operand> parts) {
            return g.op("ConcatV2").name("concat").inputs(parts).input(Literal.of(0)).output();
        }

        /** {@code shape[from:to]}; to 0 means up to the end. */
        private static Output part(Graph g, Output shape, int from, int to) {
            return g.op("StridedSlice").name("strided_slice").input(shape)
                    .input(g.constant(NdArray.of(new int[] {from}, 1), "strided_slice/stack"))
                    .input(g.constant(NdArray.of(new int[] {to}, 1), "strided_slice/stack_1"))
                    .input(g.constant(NdArray.of(new int[] {1}, 1), "strided_slice/stack_2"))
                    .attr("begin_mask", from == 0 ? 1L : 0L)
                    .attr("end_mask", to == 0 ? 1L : 0L)
                    .output();
        }
    }
}
