package io.retrograd.show;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A tensor as a line of mathematics, such as {@code mean((y_ - x·w1·w2)²)}. */
public final class Formula {
    /** A longer line is split at the tensors that the script has names for. */
    private static final int LONGEST = 100;

    /** Of more lines the first and the last are shown. */
    private static final int MOST_LINES = 16;

    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int SIGN = 3;
    private static final int POWER = 4;
    private static final int ATOM = 5;

    private final Names names;
    private final Set<Output> stops;
    private final int budget;
    /** One operation by itself: nothing is taken together or left out. */
    private boolean single;
    private int spent;

    private Formula(Names names, Set<Output> stops, int budget) {
        this.names = names;
        this.stops = stops;
        this.budget = budget;
    }

    private record Text(String text, int level) {
        String at(int least) {
            return level < least ? "(" + text + ")" : text;
        }
    }

    /** The tensor in terms of placeholders, variables and constants. Beyond some hundred operations names stand for the rest. */
    public static String of(Output o, Names names) {
        return new Formula(names, Set.of(), 120).show(o).text();
    }

    /** The same, where one tensor is not taken apart and goes by a name of the caller's. */
    static String of(Output o, Names names, Output known, String as) {
        return new Formula(names.with(known, as), Set.of(known), 60).show(o).text();
    }

    /** One operation in terms of its inputs: {@code y = a·w2}. */
    public static String step(Operation op, Names names) {
        Set<Output> inputs = Collections.newSetFromMap(new IdentityHashMap<>());
        inputs.addAll(op.inputs());
        Output out = op.output(0);
        Formula f = new Formula(names, inputs, 10);
        f.single = true;
        return names.of(out) + " = " + f.expand(out).text();
    }

    /** The tensor as one equation, or as several where one would be long: each named tensor in terms of earlier ones. */
    public static List<String> lines(Output o, Names names) {
        String whole = of(o, names);
        if (whole.length() <= LONGEST) {
            return List.of(names.of(o) + " = " + whole);
        }
        Set<Output> named = new LinkedHashSet<>();
        collect(o, names, named, Collections.newSetFromMap(new IdentityHashMap<>()));
        List<String> lines = new ArrayList<>();
        named.add(o);
        int number = 0;
        for (Output each : named) {
            number++;
            if (named.size() > MOST_LINES && number > MOST_LINES / 2 && number <= named.size() - MOST_LINES / 2) {
                if (!lines.get(lines.size() - 1).equals("…")) {
                    lines.add("…");
                }
                continue;
            }
            lines.add(names.of(each) + " = " + new Formula(names, named, 24).expand(each).text());
        }
        return lines;
    }

    private static void collect(Output o, Names names, Set<Output> named, Set<Operation> seen) {
        Operation op = o.operation();
        if (!isLeaf(op) && seen.add(op)) {
            for (Output in : op.inputs()) {
                collect(in, names, named, seen);
            }
        }
        if (names.has(o) && !isLeaf(op) && !isRead(op) && o.dtype().isNumeric()) {
            named.add(o);
        }
    }

    private static boolean isLeaf(Operation op) {
        return op.inputCount() == 0 || op.type().equals("IteratorGetNext") || op.type().equals("PyFunc");
    }

    static boolean isRead(Operation op) {
        return op.type().equals("Identity") && op.input(0).isReference();
    }

    private Text show(Output o) {
        if (stops.contains(o) || ++spent > budget) {
            return leaf(o);
        }
        return expand(o);
    }

    /** A tensor's name, or the number that it is. */
    static String name(Output o, Names names) {
        return new Formula(names, Set.of(), 1).leaf(o).at(ATOM);
    }

    private Text leaf(Output o) {
        if (o.operation().type().equals("Const")) {
            NdArray v = o.operation().attribute("value");
            if (v.size() == 1 && v.dtype().isNumeric() && !v.dtype().isComplex()) {
                String text = number(v.getDouble(0), v);
                return new Text(text, text.startsWith("-") ? SIGN : ATOM);
            }
        }
        return new Text(names.of(o), ATOM);
    }

    private static String number(double v, NdArray from) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v)
                : from.dtype() == DType.FLOAT64 ? FloatText.repr(v) : FloatText.repr((float) v);
    }

    private Text expand(Output o) {
        Operation op = o.operation();
        if (isLeaf(op)) {
            return leaf(o);
        }
        Output a = op.input(0);
        Text known = single ? branch(op) : layer(op);
        if (known != null) {
            return known;
        }
        if (!single && isDropout(op) && !stops.contains(a)) {
            return call("dropout", List.of(a.operation().input(0)));
        }
        return switch (op.type()) {
            case "Identity", "Cast", "StopGradient", "Reshape", "ExpandDims", "Squeeze", "CheckNumerics", "EnsureShape",
                    "PreventGradient" -> a.isReference() ? leaf(a) : show(a);
            case "MatMul", "BatchMatMul", "BatchMatMulV2" -> {
                boolean first = op.flag("transpose_a") || op.flag("adj_x");
                boolean second = op.flag("transpose_b") || op.flag("adj_y");
                yield new Text(factor(a, first) + "·" + factor(op.input(1), second), PRODUCT);
            }
            case "Add", "AddV2", "BiasAdd" -> new Text(show(a).at(SUM) + " + " + show(op.input(1)).at(SUM), SUM);
            case "AddN" -> {
                List<String> terms = new ArrayList<>();
                op.inputs().forEach(in -> terms.add(show(in).at(SUM)));
                yield new Text(String.join(" + ", terms), terms.size() > 1 ? SUM : ATOM);
            }
            case "Sub" -> new Text(show(a).at(SUM) + " - " + show(op.input(1)).at(PRODUCT), SUM);
            case "Mul" -> new Text(show(a).at(PRODUCT) + (isScalar(a) || isScalar(op.input(1)) ? "·" : "⊙")
                    + show(op.input(1)).at(SIGN), PRODUCT);
            case "RealDiv", "Div" -> new Text(show(a).at(PRODUCT) + " / " + show(op.input(1)).at(POWER), PRODUCT);
            case "Neg" -> new Text("-" + show(a).at(PRODUCT), SIGN);
            case "Square" -> new Text(show(a).at(ATOM) + "²", POWER);
            case "SquaredDifference" -> new Text("(" + show(a).at(SUM) + " - " + show(op.input(1)).at(PRODUCT) + ")²", POWER);
            case "Pow" -> {
                Text exponent = show(op.input(1));
                String text = exponent.text();
                yield new Text(show(a).at(ATOM) + (text.equals("2") ? "²" : text.equals("3") ? "³" : "^" + exponent.at(ATOM)), POWER);
            }
            case "Greater" -> compare(a, " > ", op.input(1));
            case "Less" -> compare(a, " < ", op.input(1));
            case "GreaterEqual" -> compare(a, " ≥ ", op.input(1));
            case "LessEqual" -> compare(a, " ≤ ", op.input(1));
            case "Equal" -> compare(a, " = ", op.input(1));
            case "Select", "SelectV2" -> call("where", op.inputs());
            case "Sigmoid" -> call("σ", List.of(a));
            case "Sqrt" -> call("√", List.of(a));
            case "Abs" -> new Text("|" + show(a).text() + "|", ATOM);
            case "Mean", "Sum", "Max", "Min", "Prod" -> {
                String name = op.type().toLowerCase(Locale.ROOT);
                String inner = show(a).text();
                int[] axes = constant(op.input(1));
                boolean all = axes != null && a.shape().hasRank() && axes.length == a.shape().rank();
                if (all || axes == null) {
                    yield new Text(name + "(" + inner + ")", ATOM);
                }
                StringBuilder list = new StringBuilder();
                for (int axis : axes) {
                    list.append(list.isEmpty() ? "" : ",").append(axis);
                }
                yield new Text(name + "(" + inner + (list.isEmpty() ? "" : ", axis=" + list) + ")", ATOM);
            }
            case "Transpose" -> new Text(show(a).at(ATOM) + "ᵀ", POWER);
            case "Conv2D" -> new Text(show(a).at(PRODUCT) + " ∗ " + show(op.input(1)).at(SIGN), PRODUCT);
            case "ZerosLike" -> new Text("0", ATOM);
            case "OnesLike" -> new Text("1", ATOM);
            case "MaxPool", "AvgPool", "Shape", "LRN" -> call(name(op.type()), List.of(a));
            case "SoftmaxCrossEntropyWithLogits", "SparseSoftmaxCrossEntropyWithLogits" -> call("cross_entropy", op.inputs());
            case "GatherV2", "Gather" -> new Text(show(a).at(ATOM) + "[" + show(op.input(1)).text() + "]", ATOM);
            default -> call(name(op.type()), op.inputs());
        };
    }

    /** The last operation of {@code tf.nn.dropout}: scaled values times a random mask. */
    private static boolean isDropout(Operation op) {
        String scope = op.name().endsWith("/mul_1") ? op.name().substring(0, op.name().length() - "/mul_1".length()) : "";
        return scope.substring(scope.lastIndexOf('/') + 1).startsWith("dropout") && op.type().equals("Mul")
                && op.input(0).operation().name().startsWith(scope + "/") && op.input(0).operation().inputCount() > 0;
    }

    private Text compare(Output a, String sign, Output b) {
        return new Text(show(a).at(SUM) + sign + show(b).at(SUM), 0);
    }

    /** Operations that only decide which way values go. */
    private Text branch(Operation op) {
        return switch (op.type()) {
            case "Switch", "RefSwitch", "Enter", "RefEnter", "Exit" -> leaf(op.input(0));
            case "Merge" -> branches(op);
            default -> null;
        };
    }

    /** What several operations together are in a reader's mind: a layer, a branch, a loop; null if it is none of those. */
    private Text layer(Operation op) {
        String name = op.name();
        if (name.endsWith("/batchnorm/add_1") && op.input(0).operation().inputCount() == 2) {
            return call("batch_norm", List.of(op.input(0).operation().input(0)));
        }
        switch (op.type()) {
            case "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3" -> {
                return call("batch_norm", List.of(op.input(0)));
            }
            case "Switch", "RefSwitch", "Enter", "RefEnter" -> {
                return op.input(0).isReference() ? leaf(op.input(0)) : show(op.input(0));
            }
            case "Merge" -> {
                return branches(op);
            }
            case "Exit" -> {
                return loop(op);
            }
            case "TensorArrayGatherV3", "TensorArrayReadV3" -> {
                return show(op.input(op.inputCount() - 1));
            }
            case "Fill" -> {
                return op.input(1).operation().type().equals("Const") ? leaf(op.input(1)) : null;
            }
            case "TensorArrayScatterV3" -> {
                return show(op.input(2));
            }
            case "StridedSlice" -> {
                return new Text(show(op.input(0)).at(ATOM) + "[…]", ATOM);
            }
            case "Mul" -> {
                return isNumber(op.input(0), 1) ? show(op.input(1)) : isNumber(op.input(1), 1) ? show(op.input(0)) : null;
            }
            case "Add", "AddV2" -> {
                Operation less = op.input(0).operation();
                String last = name.substring(name.lastIndexOf('/') + 1);
                if (last.startsWith("logistic_loss") && less.type().equals("Sub") && less.input(1).operation().type().equals("Mul")) {
                    return call("sigmoid_cross_entropy", less.input(1).operation().inputs());
                }
                return isNumber(op.input(0), 0) ? show(op.input(1)) : isNumber(op.input(1), 0) ? show(op.input(0)) : null;
            }
            case "DivNoNan" -> {
                // A loss of tf.losses: the sum of weighted losses over the number of those that count.
                if (!name.endsWith("/value")) {
                    return null;
                }
                Operation sum = op.input(0).operation();
                while (sum.type().equals("Sum")) {
                    sum = sum.input(0).operation();
                }
                return call("mean", List.of(sum.output(0)));
            }
            default -> {
                return null;
            }
        }
    }

    private static boolean isNumber(Output o, double number) {
        if (!o.operation().type().equals("Const")) {
            return false;
        }
        NdArray v = o.operation().attribute("value");
        return v.size() == 1 && v.dtype().isNumeric() && !v.dtype().isComplex() && v.getDouble(0) == number;
    }

    private Text branches(Operation merge) {
        String scope = merge.name().substring(0, Math.max(0, merge.name().lastIndexOf('/')));
        int outer = scope.lastIndexOf('/');
        boolean dropout = outer >= 0 && scope.substring(0, outer).matches("(.*/)?dropout[^/]*");
        Operation last = merge.input(0).operation();
        if (dropout && !single) {
            // Its false branch passes the input on.
            return call("dropout", List.of(merge.input(0)));
        }
        Optional<Operation> decides = merge.graph().operation(scope + "/pred_id");
        if (decides.isEmpty() || last.type().equals("NextIteration")) {
            return null;
        }
        return new Text("cond(" + show(decides.get().output(0)).text() + ", " + show(merge.input(1)).text() + ", "
                + show(merge.input(0)).text() + ")", ATOM);
    }

    /** A loop, as a function of what goes into it. */
    private Text loop(Operation exit) {
        String frame = "";
        List<Output> enters = new ArrayList<>();
        Set<Operation> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Operation> open = new ArrayDeque<>(List.of(exit));
        while (!open.isEmpty()) {
            Operation op = open.pop();
            if (!seen.add(op)) {
                continue;
            }
            if (op.type().equals("Enter") || op.type().equals("RefEnter")) {
                frame = op.attribute("frame_name");
                Output in = op.input(0);
                if (in.dtype().isFloating() && !in.operation().type().equals("TensorArrayV3") && !isConstantFill(in.operation())) {
                    enters.add(in);
                }
                continue;
            }
            op.inputs().forEach(in -> open.push(in.operation()));
        }
        enters.sort(Comparator.comparingInt(o -> o.operation().id()));
        String name = frame.contains("/while/") ? frame.substring(0, frame.indexOf("/while/")) : "while_loop";
        return call(name.substring(name.lastIndexOf('/') + 1), enters);
    }

    private static boolean isConstantFill(Operation op) {
        return op.type().equals("Const") || op.type().equals("Fill") || op.type().equals("ZerosLike");
    }

    private String factor(Output o, boolean transposed) {
        Text t = show(o);
        return transposed ? t.at(ATOM) + "ᵀ" : t.at(PRODUCT);
    }

    private Text call(String name, List<Output> arguments) {
        List<String> shown = new ArrayList<>();
        for (Output in : arguments) {
            shown.add(show(in).text());
        }
        return new Text(name + "(" + String.join(", ", shown) + ")", ATOM);
    }

    private static boolean isScalar(Output o) {
        return o.shape().hasRank() && o.shape().rank() == 0;
    }

    /** The operation's type as a function's name: LogSoftmax is log_softmax. */
    static String name(String type) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            boolean starts = Character.isUpperCase(c) && i > 0
                    && (Character.isLowerCase(type.charAt(i - 1)) || i + 1 < type.length() && Character.isLowerCase(type.charAt(i + 1)));
            out.append(starts ? "_" : "").append(Character.toLowerCase(c));
        }
        return out.toString();
    }

    private static int[] constant(Output o) {
        return o.operation().type().equals("Const") ? o.operation().<NdArray>attribute("value").toInts() : null;
    }
}
