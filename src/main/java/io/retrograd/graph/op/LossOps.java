package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.error.NnError;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.FloatSoftmax;
import io.retrograd.kernel.Softmax;
import io.retrograd.kernel.Sums;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;

/** Softmax, its logarithm, and the losses that are computed together with their gradients. */
final class LossOps {
    private static final String FLOATS = "T: half|bfloat16|float|double";

    private LossOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Softmax" -> new SoftmaxOp("Softmax");
            case "LogSoftmax" -> new SoftmaxOp("LogSoftmax");
            case "SoftmaxCrossEntropyWithLogits" -> new SoftmaxCrossEntropy();
            case "SparseSoftmaxCrossEntropyWithLogits" -> new SparseSoftmaxCrossEntropy();
            case "L2Loss" -> new L2Loss();
            default -> null;
        };
    }

    /** e^x / sum e^x along the last dimension, or its logarithm. */
    static final class SoftmaxOp extends OpDef {
        SoftmaxOp(String type) {
            super(type, "logits: T", type.equals("Softmax") ? "softmax: T" : "logsoftmax: T", FLOATS);
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRankAtLeast(0, 1);
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            if (x.rank() < 1) {
                throw NnError.invalidArgument("logits must have >= 1 dimension, got " + x.staticShape().toBrackets());
            }
            NdArray y = k.output(0, x.shape());
            int classes = x.dim(-1);
            double[] row = new double[classes];
            boolean log = type().equals("LogSoftmax");
            if (x.dtype() == DType.FLOAT32) {
                int rows = classes == 0 ? 0 : x.size() / classes;
                if (log) {
                    FloatSoftmax.logSoftmax(x.floats(), y.floats(), rows, classes);
                } else {
                    FloatSoftmax.softmax(x.floats(), y.floats(), rows, classes);
                }
                return;
            }
            for (int at = 0; at < x.size(); at += classes) {
                for (int j = 0; j < classes; j++) {
                    row[j] = x.getDouble(at + j);
                }
                if (log) {
                    Softmax.logSoftmax(row);
                } else {
                    Softmax.softmax(row);
                }
                for (int j = 0; j < classes; j++) {
                    y.setDouble(at + j, row[j]);
                }
                k.checkInterrupt();
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output up = c.dense();
            Output y = c.output(0);
            if (type().equals("Softmax")) {
                Output sum = MathOps.reduce(g, "Sum", times(g, up, y), Literal.of(-1), true, null);
                return new Gradient[] {times(g, minus(g, up, sum), y)};
            }
            Output softmax = unary(g, "Exp", y, null);
            Output sum = MathOps.reduce(g, "Sum", up, Literal.of(-1), true, null);
            return new Gradient[] {minus(g, up, times(g, sum, softmax))};
        }
    }

    /** A vector times each column of a matrix. */
    private static Output timesRows(Graph g, Output vector, Output matrix) {
        return times(g, g.op("ExpandDims").input(vector).input(Literal.of(-1)).output(), matrix);
    }

    /** Output 0: -sum labels log softmax(logits) a row; output 1: softmax - labels, the derivative by the logits. */
    static final class SoftmaxCrossEntropy extends OpDef {
        SoftmaxCrossEntropy() {
            super("SoftmaxCrossEntropyWithLogits", "features: T, labels: T", "loss: T, backprop: T", FLOATS);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape a = c.input(0);
            Shape b = c.input(1);
            Shape both;
            if ((!a.hasRank() || a.rank() == 2) && (!b.hasRank() || b.rank() == 2) && a.isCompatibleWith(b)) {
                both = (a.hasRank() ? a : Shape.unknownOfRank(2)).merge(b);
            } else {
                both = c.broadcast(a, b);
                if (!both.hasRank()) {
                    throw c.invalid("Shape must be broadcasted with rank 2, but is rank is unknown.");
                }
                if (both.rank() != 2) {
                    throw c.invalid("Shape must be broadcasted with rank 2, but is rank " + both.rank());
                }
            }
            c.output(0, Shape.of(both.dim(0)));
            c.output(1, both);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray logits = k.input(0);
            NdArray labels = k.input(1);
            if (!logits.hasShapeOf(labels)) {
                try {
                    int[] both = Broadcast.shape(logits.shape(), labels.shape());
                    logits = logits.broadcastTo(both).contiguous();
                    labels = labels.broadcastTo(both).contiguous();
                } catch (NnError mistake) {
                    throw NnError.invalidArgument("logits and labels must be broadcastable: logits_size="
                            + k.input(0).staticShape().toBrackets() + " labels_size="
                            + k.input(1).staticShape().toBrackets());
                }
            }
            if (logits.rank() != 2) {
                throw NnError.invalidArgument("logits and labels must be either 2-dimensional, or broadcasted to be 2-dimensional");
            }
            int rows = logits.dim(0);
            int classes = logits.dim(1);
            NdArray loss = k.output(0, rows);
            NdArray back = k.output(1, rows, classes);
            if (logits.dtype() == DType.FLOAT32) {
                FloatSoftmax.crossEntropy(
                        logits.floats(), labels.floats(), loss.floats(), back.floats(), rows, classes, k.threads());
                return;
            }
            double[] x = new double[classes];
            double[] p = new double[classes];
            for (int r = 0; r < rows; r++) {
                int at = r * classes;
                for (int j = 0; j < classes; j++) {
                    x[j] = logits.getDouble(at + j);
                    p[j] = labels.getDouble(at + j);
                }
                loss.setDouble(r, Softmax.crossEntropy(x, p));
                for (int j = 0; j < classes; j++) {
                    back.setDouble(at + j, x[j]);
                }
                k.checkInterrupt();
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output upLoss = c.dense(0);
            Output upBack = c.dense(1);
            Output logits = c.input(0);
            Output first = timesRows(g, upLoss, c.output(1));
            if (upBack != null && !isZero(upBack)) {
                Output softmax = g.op("Softmax").input(logits).output();
                Output rows = g.op("ExpandDims").input(upBack).input(Literal.of(1)).output();
                Output columns = g.op("ExpandDims").input(softmax).input(Literal.of(2)).output();
                Output product = MathOps.matmul(g, rows, columns, false, false, false, false, null);
                Output dot = g.op("Squeeze").input(product).attr("squeeze_dims", List.of(1L)).output();
                first = plus(g, first, times(g, minus(g, upBack, dot), softmax));
            }
            Output second = timesRows(g, upLoss, negate(g, g.op("LogSoftmax").input(logits).output()));
            return new Gradient[] {first, second};
        }

        private static boolean isZero(Output x) {
            if (x.operation().type().equals("ZerosLike")) {
                return true;
            }
            NdArray value = ConstantValue.of(x).orElse(null);
            for (int i = 0; value != null && i < value.size(); i++) {
                if (value.getDouble(i) != 0) {
                    return false;
                }
            }
            return value != null;
        }
    }

    /** The same where each row's label is the number of one class. */
    static final class SparseSoftmaxCrossEntropy extends OpDef {
        SparseSoftmaxCrossEntropy() {
            super("SparseSoftmaxCrossEntropyWithLogits", "features: T, labels: Tlabels", "loss: T, backprop: T", FLOATS,
                    "Tlabels: int32|int64 = int64");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape features = c.withRank(0, 2);
            Shape labels = c.withRank(1, 1);
            int rows = c.mergeDims(features.dim(0), labels.dim(0));
            c.output(0, Shape.of(rows));
            c.output(1, features.withDim(0, rows));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray logits = k.input(0);
            NdArray labels = k.input(1);
            if (logits.rank() != 2) {
                throw NnError.invalidArgument("logits must be 2-D, but got shape " + logits.staticShape().toBrackets());
            }
            if (labels.rank() != 1) {
                throw NnError.invalidArgument("labels must be 1-D, but got shape " + labels.staticShape().toBrackets());
            }
            if (logits.dim(0) != labels.dim(0)) {
                throw NnError.invalidArgument("logits and labels must have the same first dimension, got logits shape "
                        + logits.staticShape().toBrackets() + " and labels shape " + labels.staticShape().toBrackets());
            }
            int rows = logits.dim(0);
            int classes = logits.dim(1);
            if (rows > 0 && classes == 0) {
                throw NnError.invalidArgument("Must have at least one class, but got logits shape "
                        + logits.staticShape().toBrackets());
            }
            for (int r = 0; r < rows; r++) {
                long label = labels.getLong(r);
                if (label < 0 || label >= classes) {
                    throw NnError.invalidArgument("Received a label value of " + label
                            + " which is outside the valid range of [0, " + classes + ").  Label values: " + list(labels));
                }
            }
            NdArray loss = k.output(0, rows);
            NdArray back = k.output(1, rows, classes);
            if (logits.dtype() == DType.FLOAT32) {
                FloatSoftmax.crossEntropy(
                        logits.floats(), labels.toInts(), loss.floats(), back.floats(), rows, classes);
                return;
            }
            double[] x = new double[classes];
            for (int r = 0; r < rows; r++) {
                int at = r * classes;
                for (int j = 0; j < classes; j++) {
                    x[j] = logits.getDouble(at + j);
                }
                loss.setDouble(r, Softmax.crossEntropy(x, labels.getInt(r)));
                for (int j = 0; j < classes; j++) {
                    back.setDouble(at + j, x[j]);
                }
                k.checkInterrupt();
            }
        }

        private static String list(NdArray labels) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < labels.size(); i++) {
                all.append(i == 0 ? "" : " ").append(labels.getLong(i));
            }
            return all.toString();
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Output back = c.op("PreventGradient").input(c.output(1)).output();
            return new Gradient[] {timesRows(c.graph(), c.dense(0), back), null};
        }
    }

    /** sum x² / 2. */
    static final class L2Loss extends OpDef {
        L2Loss() {
            super("L2Loss", "t: T", "output: T", FLOATS);
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            if (x.dtype() == DType.FLOAT32) {
                k.output(0).floats()[0] = Sums.halfSquares(x.floats(), x.size(), k::checkInterrupt);
                return;
            }
            double[] sum = {0};
            Tiles.run(x.size(), k::checkInterrupt, (from, to) -> {
                double s = 0;
                for (int i = from; i < to; i++) {
                    double v = x.getDouble(i);
                    s += v * v;
                }
                sum[0] += s;
            });
            k.output(0).setDouble(0, sum[0] / 2);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            return new Gradient[] {times(c.graph(), c.input(0), c.dense())};
        }
    }
}
