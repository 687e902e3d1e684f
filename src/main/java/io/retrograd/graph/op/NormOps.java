package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/** Batch normalization, in TensorFlow's fused and older forms, with its derivatives. */
final class NormOps {
    private static final String FORMAT = "data_format: string = NHWC";
    private static final String TRAINING = "is_training: bool = true";
    private static final String EPSILON = "epsilon: float = 0.0001";
    private static final String[] GLOBAL = {
        "T: " + Types.NUMBER, "variance_epsilon: float", "scale_after_normalization: bool"
    };
    private NormOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "FusedBatchNorm" -> new FusedBatchNorm(1);
            case "FusedBatchNormV2" -> new FusedBatchNorm(2);
            case "FusedBatchNormV3" -> new FusedBatchNorm(3);
            case "FusedBatchNormGrad" -> new FusedBatchNormGrad(1);
            case "FusedBatchNormGradV2" -> new FusedBatchNormGrad(2);
            case "FusedBatchNormGradV3" -> new FusedBatchNormGrad(3);
            case "BatchNormWithGlobalNormalization" -> new GlobalNorm();
            case "BatchNormWithGlobalNormalizationGrad" -> new GlobalNormGrad();
            default -> null;
        };
    }

    private static float number(Operation op, String attribute) {
        return op.<Float>attribute(attribute);
    }

    /** Merges the sizes of the vectors from input {@code from} to {@code to} with that dimension. */
    private static int channels(ShapeContext c, int dim, int from, int to) {
        int merged = dim;
        for (int i = from; i < to; i++) {
            merged = c.mergeDims(merged, c.withRank(i, 1).dim(0));
        }
        return merged;
    }

    private static void requireChannelsLast(Operation op, String what) {
        if (!new Sliding(op).isChannelsLast()) {
            throw new NnError(ErrorKind.INTERNAL_ERROR,
                    "The CPU implementation of " + what + " only supports NHWC tensor format for now.");
        }
    }

    /** scale (x - mean) / sqrt(variance + epsilon) + offset; in training with the batch's own mean and variance. */
    static final class FusedBatchNorm extends OpDef {
        private final int version;

        FusedBatchNorm(int version) {
            super("FusedBatchNorm" + suffix(version),
                    version == 1 ? "x: T, scale: T, offset: T, mean: T, variance: T"
                            : "x: T, scale: U, offset: U, mean: U, variance: U",
                    outputs(version, version == 1 ? "T" : "U"), attributes(version));
            this.version = version;
        }

        private static String outputs(int version, String type) {
            String five = "y: T, batch_mean: U, batch_variance: U, reserve_space_1: U, reserve_space_2: U";
            return (version == 3 ? five + ", reserve_space_3: U" : five).replace(": U", ": " + type);
        }

        static String suffix(int version) {
            return version == 1 ? "" : "V" + version;
        }

        static String[] attributes(int version) {
            return version == 1
                    ? new String[] {"T: float|", EPSILON, FORMAT, TRAINING}
                    : new String[] {"T: half|bfloat16|float", "U: float|", EPSILON, FORMAT, TRAINING};
        }

        @Override
        public void infer(ShapeContext c) {
            Shape x = c.withRank(0, 4);
            int axis = new Sliding(c.operation()).axis('C');
            int channels = channels(c, x.dim(axis), 1, c.operation().flag("is_training") ? 3 : 5);
            c.output(0, x.withDim(axis, channels));
            for (int i = 1; i < 5; i++) {
                c.output(i, Shape.of(channels));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray scale = k.input(1);
            NdArray offset = k.input(2);
            requireChannelsLast(k.operation(), "FusedBatchNorm");
            if (x.rank() != 4) {
                throw NnError.invalidArgument("input must be 4-dimensional" + x.staticShape().toBrackets());
            }
            boolean training = k.operation().flag("is_training");
            if (training && (k.input(3).size() != 0 || k.input(4).size() != 0)) {
                throw NnError.invalidArgument((k.input(3).size() != 0 ? "estimated_mean" : "estimated_variance")
                        + " must be empty for training" + k.input(k.input(3).size() != 0 ? 3 : 4).staticShape().toBrackets());
            }
            int channels = x.dim(3);
            int rows = channels == 0 ? 0 : x.size() / channels;
            double[] mean = training ? means(x, channels) : k.input(3).toDoubles();
            double[] variance = training ? variances(x, mean) : k.input(4).toDoubles();
            double epsilon = number(k.operation(), "epsilon");
            double[] factor = new double[channels];
            for (int c = 0; c < channels; c++) {
                factor[c] = scale.getDouble(c) / Math.sqrt(variance[c] + epsilon);
            }
            NdArray y = k.output(0, x.shape());
            for (int r = 0, at = 0; r < rows; r++, at += channels) {
                for (int c = 0; c < channels; c++) {
                    y.setDouble(at + c, (x.getDouble(at + c) - mean[c]) * factor[c] + offset.getDouble(c));
                }
                k.checkInterrupt();
            }
            // The variance for the moving average is the unbiased one, the saved one is not.
            double correction = training ? (double) rows / Math.max(1, rows - 1) : 1;
            NdArray[] out = new NdArray[5];
            for (int i = 1; i < 5; i++) {
                out[i] = k.output(i, channels);
                for (int c = 0; c < channels; c++) {
                    out[i].setDouble(c, i % 2 == 1 ? mean[c] : i == 2 ? variance[c] * correction : variance[c]);
                }
            }
            if (version == 3) {
                k.output(5).setDouble(0, 0);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            boolean training = g.operation().flag("is_training");
            Output up = g.dense(0);
            Output x = g.input(0);
            boolean first = !training && !new Sliding(g.operation()).isChannelsLast();
            if (first) {
                x = permuted(g, x, 0, 2, 3, 1);
                up = permuted(g, up, 0, 2, 3, 1);
            }
            OpCall call = g.op("FusedBatchNormGrad" + suffix(version)).input(up).input(x).input(g.input(1))
                    .input(training ? g.output(3) : g.input(3))
                    .input(training ? g.output(4) : g.input(4))
                    .attr("epsilon", g.operation().attribute("epsilon"))
                    .attr("data_format", training ? g.operation().attribute("data_format") : "NHWC")
                    .attr("is_training", training);
            if (version == 3) {
                call.input(g.output(5));
            }
            Operation back = call.operation();
            Output dx = first ? permuted(g, back.output(0), 0, 3, 1, 2) : back.output(0);
            return training
                    ? new Gradient[] {dx, back.output(1), back.output(2), back.output(3), back.output(4)}
                    : new Gradient[] {dx, back.output(1), back.output(2), null, null};
        }

        private static Output permuted(GradientContext g, Output x, int... order) {
            return g.op("Transpose").name("transpose").input(x)
                    .input(Literal.ofInts(order)).output();
        }
    }

    private static double[] means(NdArray x, int channels) {
        double[] sums = new double[channels];
        for (int at = 0; at < x.size(); at += channels) {
            for (int c = 0; c < channels; c++) {
                sums[c] += x.getDouble(at + c);
            }
        }
        for (int c = 0; c < channels; c++) {
            sums[c] /= Math.max(1, x.size() / channels);
        }
        return sums;
    }

    private static double[] variances(NdArray x, double[] mean) {
        int channels = mean.length;
        double[] sums = new double[channels];
        for (int at = 0; at < x.size(); at += channels) {
            for (int c = 0; c < channels; c++) {
                double d = x.getDouble(at + c) - mean[c];
                sums[c] += d * d;
            }
        }
        for (int c = 0; c < channels; c++) {
            sums[c] /= Math.max(1, x.size() / channels);
        }
        return sums;
    }

    static final class FusedBatchNormGrad extends OpDef {
        FusedBatchNormGrad(int version) {
            super("FusedBatchNormGrad" + FusedBatchNorm.suffix(version), inputs(version), outputs(version),
                    FusedBatchNorm.attributes(version));
        }

        private static String inputs(int version) {
            return switch (version) {
                case 1 -> "y_backprop: T, x: T, scale: T, reserve_space_1: T, reserve_space_2: T";
                case 2 -> "y_backprop: T, x: T, scale: float, reserve_space_1: U, reserve_space_2: U";
                default -> "y_backprop: T, x: T, scale: float, reserve_space_1: U, reserve_space_2: U, reserve_space_3: U";
            };
        }

        private static String outputs(int version) {
            String[] spaces = version == 3 ? new String[] {"4", "5"} : new String[] {"3", "4"};
            String all = "x_backprop: T, scale_backprop: U, offset_backprop: U, reserve_space_" + spaces[0]
                    + ": U, reserve_space_" + spaces[1] + ": U";
            return version == 1 ? all.replace(": U", ": T") : all;
        }

        @Override
        public void infer(ShapeContext c) {
            Shape dy = c.withRank(0, 4);
            Shape x = c.withRank(1, 4);
            int axis = new Sliding(c.operation()).axis('C');
            int channels = channels(c, c.mergeDims(dy.dim(axis), x.dim(axis)), 2, 5);
            c.output(0, dy.withDim(axis, channels));
            c.output(1, Shape.of(channels));
            c.output(2, Shape.of(channels));
            int rest = c.operation().flag("is_training") ? 0 : channels;
            c.output(3, Shape.of(rest));
            c.output(4, Shape.of(rest));
        }

        @Override
        public void compute(KernelContext k) {
            requireChannelsLast(k.operation(), "FusedBatchNormGrad");
            NdArray dy = k.input(0);
            NdArray x = k.input(1);
            NdArray scale = k.input(2);
            double[] mean = k.input(3).toDoubles();
            double[] variance = k.input(4).toDoubles();
            double epsilon = number(k.operation(), "epsilon");
            boolean training = k.operation().flag("is_training");
            int channels = mean.length;
            double rows = Math.max(1, x.size() / Math.max(1, channels));
            double[] sum = new double[channels];
            double[] product = new double[channels];
            for (int at = 0; at < x.size(); at += channels) {
                for (int c = 0; c < channels; c++) {
                    double d = dy.getDouble(at + c);
                    sum[c] += d;
                    product[c] += d * (x.getDouble(at + c) - mean[c]);
                }
                k.checkInterrupt();
            }
            NdArray dx = k.output(0, x.shape());
            NdArray dScale = k.output(1, channels);
            NdArray dOffset = k.output(2, channels);
            double[] root = new double[channels];
            for (int c = 0; c < channels; c++) {
                root[c] = 1 / Math.sqrt(variance[c] + epsilon);
                dScale.setDouble(c, product[c] * root[c]);
                dOffset.setDouble(c, sum[c]);
            }
            for (int at = 0; at < x.size(); at += channels) {
                for (int c = 0; c < channels; c++) {
                    double d = dy.getDouble(at + c);
                    if (training) {
                        d -= sum[c] / rows
                                + (x.getDouble(at + c) - mean[c]) * root[c] * root[c] * product[c] / rows;
                    }
                    dx.setDouble(at + c, d * scale.getDouble(c) * root[c]);
                }
                k.checkInterrupt();
            }
            int rest = training ? 0 : channels;
            for (int i = 3; i < 5; i++) {
                NdArray zeros = k.output(i, rest);
                for (int c = 0; c < rest; c++) {
                    zeros.setDouble(c, 0);
                }
            }
        }
    }

    /** (t - m) / sqrt(v + epsilon), times gamma if asked for, plus beta. */
    static final class GlobalNorm extends OpDef {
        GlobalNorm() {
            super("BatchNormWithGlobalNormalization", "t: T, m: T, v: T, beta: T, gamma: T", "result: T", GLOBAL);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape x = c.withRank(0, 4);
            c.output(0, x.withDim(3, channels(c, x.dim(3), 1, 5)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray y = k.output(0, x.shape());
            int channels = x.dim(-1);
            double[] factor = new double[channels];
            for (int c = 0; c < channels; c++) {
                factor[c] = 1 / Math.sqrt(k.input(2).getDouble(c) + number(k.operation(), "variance_epsilon"));
                if (k.operation().flag("scale_after_normalization")) {
                    factor[c] *= k.input(4).getDouble(c);
                }
            }
            for (int i = 0; i < x.size(); i++) {
                int c = i % channels;
                y.setDouble(i, (x.getDouble(i) - k.input(1).getDouble(c)) * factor[c] + k.input(3).getDouble(c));
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Operation back = g.op("BatchNormWithGlobalNormalizationGrad")
                    .input(g.input(0)).input(g.input(1)).input(g.input(2)).input(g.input(4)).input(g.dense())
                    .attr("variance_epsilon", g.operation().attribute("variance_epsilon"))
                    .attr("scale_after_normalization", g.operation().attribute("scale_after_normalization"))
                    .operation();
            Gradient[] all = new Gradient[5];
            for (int i = 0; i < 5; i++) {
                all[i] = back.output(i);
            }
            return all;
        }
    }

    static final class GlobalNormGrad extends OpDef {
        GlobalNormGrad() {
            super("BatchNormWithGlobalNormalizationGrad", "t: T, m: T, v: T, gamma: T, backprop: T",
                    "dx: T, dm: T, dv: T, db: T, dg: T", GLOBAL);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape x = c.mergeShapes(c.withRank(0, 4), c.input(4));
            int channels = channels(c, x.dim(3), 1, 4);
            c.output(0, x.withDim(3, channels));
            for (int i = 1; i < 5; i++) {
                c.output(i, Shape.of(channels));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray up = k.input(4);
            int channels = x.dim(-1);
            boolean scales = k.operation().flag("scale_after_normalization");
            double epsilon = number(k.operation(), "variance_epsilon");
            NdArray dx = k.output(0, x.shape());
            double[] sum = new double[channels];
            double[] product = new double[channels];
            double[] root = new double[channels];
            double[] gamma = new double[channels];
            for (int c = 0; c < channels; c++) {
                root[c] = 1 / Math.sqrt(k.input(2).getDouble(c) + epsilon);
                gamma[c] = scales ? k.input(3).getDouble(c) : 1;
            }
            for (int i = 0; i < x.size(); i++) {
                int c = i % channels;
                double d = up.getDouble(i);
                sum[c] += d;
                product[c] += d * (x.getDouble(i) - k.input(1).getDouble(c));
                dx.setDouble(i, d * gamma[c] * root[c]);
            }
            NdArray[] out = {k.output(1, channels), k.output(2, channels), k.output(3, channels), k.output(4, channels)};
            for (int c = 0; c < channels; c++) {
                out[0].setDouble(c, -sum[c] * gamma[c] * root[c]);
                out[1].setDouble(c, -0.5 * product[c] * gamma[c] * root[c] * root[c] * root[c]);
                out[2].setDouble(c, sum[c]);
                out[3].setDouble(c, scales ? product[c] * root[c] : 0);
            }
        }
    }
}
