package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.ArrayFormat;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.PrintOptions;
import io.retrograd.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code tf.assert_equal} and its kin, and {@code tf.confusion_matrix}, which checks its labels with them. */
public final class Checks {
    private Checks() {}

    /** A comparison that must hold for all elements: its sign, the operation that makes it, the function's name. */
    public enum Comparison {
        EQUAL("==", "Equal", "assert_equal"),
        NONE_EQUAL("!=", "NotEqual", "assert_none_equal"),
        LESS("<", "Less", "assert_less"),
        LESS_EQUAL("<=", "LessEqual", "assert_less_equal"),
        GREATER(">", "Greater", "assert_greater"),
        GREATER_EQUAL(">=", "GreaterEqual", "assert_greater_equal");

        private final String sign;
        private final String type;
        private final String function;

        Comparison(String sign, String type, String function) {
            this.sign = sign;
            this.type = type;
            this.function = function;
        }
    }

    private static Literal text(String s) {
        return Literal.of(NdArray.scalar(s.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Fails at run time unless the comparison holds for all elements, and at once if it is known not to.
     *
     * @param data what to show; null for the tensors themselves
     * @param message goes before it; may be null
     */
    public static Operation compare(
            Graph g,
            Comparison how,
            Operand x,
            Operand y,
            List<Operand> data,
            Long summarize,
            String message,
            String name) {
        try (NameScope scope = g.nameScope(name == null ? how.function : name)) {
            Output a = x.toOutput(g, null, null, "x");
            Output b = y.toOutput(g, null, null, "y");
            List<Operand> shown = new ArrayList<>();
            if (message != null) {
                shown.add(text(message));
            }
            if (data != null) {
                shown.addAll(data);
            } else {
                shown.addAll(List.of(
                        text("Condition x " + how.sign + " y did not hold element-wise:"),
                        text("x (" + a.name() + ") = "),
                        a,
                        text("y (" + b.name() + ") = "),
                        b));
            }
            Output holds = MathOps.reduce(g, "All", MathOps.binary(g, how.type, a, b, null), null, false, null);
            Optional<NdArray> known = ConstantValue.of(holds);
            if (known.isPresent() && !known.get().getBoolean(0)) {
                throw NnError.invalidArgument(describe(g, shown));
            }
            return ControlFlow.assertTrue(g, holds, shown, summarize, null);
        }
    }

    private static String describe(Graph g, List<Operand> shown) {
        List<String> lines = new ArrayList<>();
        for (Operand d : shown) {
            if (d instanceof Output o) {
                lines.add(ConstantValue.of(o)
                        .map(v -> new ArrayFormat(PrintOptions.DEFAULT, String::valueOf).toStr(v))
                        .orElse(o.toString()));
            } else {
                Output constant = d.toOutput(g, null, null, "Const");
                NdArray value = constant.operation().attribute("value");
                lines.add(new String((byte[]) value.getObject(0), StandardCharsets.UTF_8));
            }
        }
        return String.join("\n", lines);
    }

    /**
     * {@code tf.assert_positive} and its kin.
     *
     * @param sign what x must be to 0: one of {@code > < >= <=}
     */
    public static Operation sign(
            Graph g, String function, String sign, Operand x, List<Operand> data, Long summarize, String message, String name) {
        try (NameScope scope = g.nameScope(name == null ? function : name)) {
            Output a = x.toOutput(g, null, null, "x");
            List<Operand> shown = data != null
                    ? data
                    : List.of(
                            text(message == null ? "" : message),
                            text("Condition x " + sign + " 0 did not hold element-wise:"),
                            text("x (" + a.name() + ") = "),
                            a);
            Output zero = g.constant(NdArray.zeros(a.dtype()), "Const");
            Comparison how = sign.endsWith("=") ? Comparison.LESS_EQUAL : Comparison.LESS;
            boolean above = sign.startsWith(">");
            return compare(g, how, above ? zero : a, above ? a : zero, shown, summarize, null, null);
        }
    }

    /**
     * {@code tf.confusion_matrix}: how often each label was predicted as each.
     *
     * @param classes their number; null for the largest label or prediction and one
     * @param known the same number where it is one of the script, -1 where it is a tensor
     * @param weights what each counts; null for 1
     */
    public static Output confusionMatrix(
            Graph g,
            Operand labels,
            Operand predictions,
            Operand classes,
            int known,
            DType type,
            Operand weights,
            String name) {
        try (NameScope scope = g.nameScope(name == null ? "confusion_matrix" : name)) {
            Output l = labels.toOutput(g, null, null, "labels");
            Output p = predictions.toOutput(g, null, null, "predictions");
            try (NameScope squeeze = g.nameScope("remove_squeezable_dimensions")) {
                if (l.shape().hasRank() && p.shape().hasRank()) {
                    l = l.shape().rank() == p.shape().rank() + 1 ? squeezed(g, l) : l;
                    p = p.shape().rank() == l.shape().rank() + 1 ? squeezed(g, p) : p;
                }
            }
            p = MathOps.cast(g, p, DType.INT64, null);
            l = MathOps.cast(g, l, DType.INT64, null);
            l = after(g, sign(g, "assert_non_negative", ">=", l, null, null, "`labels` contains negative values", null), l);
            p = after(
                    g,
                    sign(g, "assert_non_negative", ">=", p, null, null, "`predictions` contains negative values", null),
                    p);
            Operand n;
            if (classes == null) {
                Output largestP = MathOps.reduce(g, "Max", p, null, false, null);
                Output largestL = MathOps.reduce(g, "Max", l, null, false, null);
                n = MathOps.plus(g, MathOps.binary(g, "Maximum", largestP, largestL, null), Literal.of(1));
            } else {
                n = classes;
                Output wide = MathOps.cast(g, classes, DType.INT64, null);
                l = after(g, compare(g, Comparison.LESS, l, wide, null, null, "`labels` out of bound", null), l);
                p = after(g, compare(g, Comparison.LESS, p, wide, null, null, "`predictions` out of bound", null), p);
            }
            Output w = weights == null ? null : MathOps.cast(g, weights, type, null);
            Output shape = classes != null && known >= 0
                    ? g.constant(NdArray.of(new int[] {known, known}, 2), "stack")
                    : g.op("Pack").name("stack").inputs(List.of(n, n)).output();
            Output at = g.op("Pack").name("stack").inputs(List.of(l, p)).attr("axis", 1L).output();
            Output values = w == null ? Shapes.onesLike(g, p, type, true, null) : w;
            Output wideShape = MathOps.cast(g, shape, DType.INT64, null);
            Output zeros = Shapes.zeros(g, MathOps.cast(g, shape, DType.INT32, null), type, null);
            return g.op("SparseTensorDenseAdd").input(at).input(values).input(wideShape).input(zeros).output();
        }
    }

    private static Output squeezed(Graph g, Output x) {
        return x.shape().dim(-1) == 1 || x.shape().dim(-1) == Shape.UNKNOWN
                ? g.op("Squeeze").input(x).attr("squeeze_dims", List.of(-1L)).output()
                : x;
    }

    private static Output after(Graph g, Operation check, Output x) {
        return ControlFlow.withDependencies(g, List.of(check), x, null);
    }
}
