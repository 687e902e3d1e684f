package io.retrograd.show;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.Shape;

/** An operation's rule of backpropagation as a formula: what it makes of the gradient of its output for each input. */
final class LocalDerivative {
    private LocalDerivative() {}

    /** The same where no run says over how many terms a mean is: as far as static shapes tell, else n. */
    static String of(Operation op, int i, Output at, Names names) {
        long in = op.inputCount() == 0 ? -1 : op.input(0).shape().numElements();
        long out = op.output(0).shape().numElements();
        return of(op, i, at, names, in > 0 && out > 0 ? in / out : 0);
    }

    /** {@code ∂L/∂w2 = aᵀ · ∂L/∂y} for input i of the operation, whose gradient comes in at that output; a mean is over so many terms. */
    static String of(Operation op, int i, Output at, Names names, long terms) {
        String g = "∂L/∂" + names.of(at);
        String x = op.inputCount() > 0 ? Formula.name(op.input(0), names) : "";
        String z = op.inputCount() > 1 ? Formula.name(op.input(1), names) : "";
        String y = names.of(op.output(0));
        return "∂L/∂" + names.of(op.input(i)) + " = " + right(op, i, g, x, z, y, terms, names);
    }

    private static String right(Operation op, int i, String g, String x, String z, String y, long terms, Names names) {
        return switch (op.type()) {
            case "MatMul", "BatchMatMul", "BatchMatMulV2" ->
                product(i, g, x, z, op.flag("transpose_a") || op.flag("adj_x"), op.flag("transpose_b") || op.flag("adj_y"));
            case "Add", "AddV2", "AddN" -> spread(op, i, g);
            case "BiasAdd" -> i == 0 ? g : "Σ " + g;
            case "Sub" -> spread(op, i, i == 0 ? g : "−" + g);
            case "Mul" -> spread(op, i, g + " ⊙ " + (i == 0 ? z : x));
            case "RealDiv", "Div" -> spread(op, i, i == 0 ? g + " / " + z : "−" + g + " ⊙ " + x + " / " + z + "²");
            case "SquaredDifference" -> spread(op, i, i == 0 ? "2 · (" + x + " − " + z + ") ⊙ " + g : "−2 · (" + x + " − " + z + ") ⊙ " + g);
            case "Square" -> "2 · " + x + " ⊙ " + g;
            case "Pow" -> i == 0 ? z + " · " + x + "^(" + z + "−1) ⊙ " + g : y + " ⊙ log " + x + " ⊙ " + g;
            case "DivNoNan" -> spread(op, i, i == 0 ? g + " / " + z : "−" + g + " ⊙ " + x + " / " + z + "²");
            case "Merge", "Switch", "RefSwitch", "Exit", "Enter", "StopGradient", "CheckNumerics", "EnsureShape" -> g;
            case "Neg" -> "−" + g;
            case "Exp" -> y + " ⊙ " + g;
            case "Log" -> g + " / " + x;
            case "Log1p" -> g + " / (1 + " + x + ")";
            case "Sqrt" -> g + " / (2 · " + y + ")";
            case "Rsqrt" -> "−½ · " + y + "³ ⊙ " + g;
            case "Reciprocal", "Inv" -> "−" + y + "² ⊙ " + g;
            case "Abs" -> "sign(" + x + ") ⊙ " + g;
            case "Sin" -> "cos(" + x + ") ⊙ " + g;
            case "Cos" -> "−sin(" + x + ") ⊙ " + g;
            case "Sigmoid" -> y + " ⊙ (1 − " + y + ") ⊙ " + g;
            case "Tanh" -> "(1 − " + y + "²) ⊙ " + g;
            case "Relu" -> "[" + x + " > 0] ⊙ " + g;
            case "Relu6" -> "[0 < " + x + " < 6] ⊙ " + g;
            case "LeakyRelu" -> "([" + x + " > 0] + α·[" + x + " ≤ 0]) ⊙ " + g;
            case "Elu" -> "([" + x + " > 0] + (" + y + " + 1) ⊙ [" + x + " ≤ 0]) ⊙ " + g;
            case "Softplus" -> "σ(" + x + ") ⊙ " + g;
            case "Softmax" -> "(" + g + " − Σ " + g + " ⊙ " + y + ") ⊙ " + y;
            case "LogSoftmax" -> g + " − softmax(" + x + ") · Σ " + g;
            case "Mean" -> g + " / " + (terms > 0 ? Long.toString(terms) : "n");
            case "Sum" -> g;
            case "Max", "Min" -> "[" + x + " = " + y + "] ⊙ " + g;
            case "Prod" -> y + " / " + x + " ⊙ " + g;
            case "L2Loss" -> x + " · " + g;
            case "SoftmaxCrossEntropyWithLogits" -> i == 0 ? "(softmax(" + x + ") − " + z + ") ⊙ " + g : "−log softmax(" + x + ") ⊙ " + g;
            case "SparseSoftmaxCrossEntropyWithLogits" -> "(softmax(" + x + ") − one_hot(" + z + ")) ⊙ " + g;
            case "Maximum" -> spread(op, i, i == 0 ? "[" + x + " ≥ " + z + "] ⊙ " + g : "[" + x + " < " + z + "] ⊙ " + g);
            case "Minimum" -> spread(op, i, i == 0 ? "[" + x + " ≤ " + z + "] ⊙ " + g : "[" + x + " > " + z + "] ⊙ " + g);
            case "Select" -> i == 1 ? "where(" + x + ", " + g + ", 0)" : "where(" + x + ", 0, " + g + ")";
            case "Identity", "Cast" -> g;
            case "Reshape", "ExpandDims", "Squeeze" -> "reshape(" + g + ")";
            case "Transpose" -> "(" + g + ")ᵀ";
            case "Conv2D" -> i == 0 ? "conv2d_transpose(" + g + ", " + z + ")" : x + " ⋆ " + g;
            case "MaxPool" -> "unpool(" + g + "), [" + x + " = max]";
            case "AvgPool" -> "unpool(" + g + ") / k²";
            case "ConcatV2", "Concat", "Pack" -> "slice(" + g + ")";
            case "Slice", "StridedSlice", "Pad" -> "pad(" + g + ")";
            case "Tile" -> "Σ " + g;
            case "GatherV2", "Gather" -> "scatter_add(" + g + ", " + z + ")";
            default -> "(∂" + y + "/∂" + names.of(op.input(i)) + ")ᵀ · " + g;
        };
    }

    private static String product(int i, String g, String a, String b, boolean ta, boolean tb) {
        if (i == 0) {
            return ta ? (tb ? b + "ᵀ · (" + g + ")ᵀ" : b + " · (" + g + ")ᵀ") : tb ? g + " · " + b : g + " · " + b + "ᵀ";
        }
        return tb ? (ta ? "(" + g + ")ᵀ · " + a + "ᵀ" : "(" + g + ")ᵀ · " + a) : ta ? a + " · " + g : a + "ᵀ · " + g;
    }

    /** Where the input was repeated to the output's shape, its gradient is the sum over the repetitions. */
    private static String spread(Operation op, int i, String g) {
        Shape in = op.input(i).shape();
        Shape out = op.output(0).shape();
        boolean smaller = in.hasRank() && out.hasRank() && in.rank() < out.rank();
        return smaller ? "Σ " + g : g;
    }
}
