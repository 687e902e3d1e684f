package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.build.Checks;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import java.util.List;

/** Assertions about tensors, and the confusion matrix. */
final class CheckFunctions {
    private static final String COMPARISON = "x, y, data=None, summarize=None, message=None, name=None";
    private static final String SIGN = "x, data=None, summarize=None, message=None, name=None";

    private CheckFunctions() {}

    private static List<Operand> shown(Machine m, Object data) {
        return data == None.NONE ? null : Operands.list(m, data);
    }

    private static Long count(Machine m, Object summarize) {
        return summarize == None.NONE ? null : Semantics.index(m, summarize);
    }

    private static Object compare(
            Machine m,
            Checks.Comparison how,
            Object x,
            Object y,
            Object data,
            Object summarize,
            String message,
            String name) {
        Graph g = TfState.of(m).graph();
        Operation check = Checks.compare(
                g, how, Operands.of(m, x), Operands.of(m, y), shown(m, data), count(m, summarize), message, name);
        return Tensors.wrap(check);
    }

    private static Object sign(
            Machine m, String function, String sign, Object x, Object data, Object summarize, String message, String name) {
        Graph g = TfState.of(m).graph();
        return Tensors.wrap(Checks.sign(
                g, function, sign, Operands.of(m, x), shown(m, data), count(m, summarize), message, name));
    }

    @Builtin(
            value = {"assert_equal", "debugging.assert_equal"},
            signature = COMPARISON,
            doc = "An operation that fails unless x = y for all elements.")
    static Object assertEqual(
            Machine m, Object x, Object y, Object data, Object summarize, String message, String name) {
        return compare(m, Checks.Comparison.EQUAL, x, y, data, summarize, message, name);
    }

    @Builtin(
            value = {"assert_none_equal", "debugging.assert_none_equal"},
            signature = COMPARISON,
            doc = "An operation that fails unless x and y differ for all elements.")
    static Object assertNoneEqual(
            Machine m, Object x, Object y, Object data, Object summarize, String message, String name) {
        return compare(m, Checks.Comparison.NONE_EQUAL, x, y, data, summarize, message, name);
    }

    @Builtin(
            value = {"assert_less", "debugging.assert_less"},
            signature = COMPARISON,
            doc = "An operation that fails unless x < y for all elements.")
    static Object assertLess(
            Machine m, Object x, Object y, Object data, Object summarize, String message, String name) {
        return compare(m, Checks.Comparison.LESS, x, y, data, summarize, message, name);
    }

    @Builtin(
            value = {"assert_less_equal", "debugging.assert_less_equal"},
            signature = COMPARISON,
            doc = "An operation that fails unless x <= y for all elements.")
    static Object assertLessEqual(
            Machine m, Object x, Object y, Object data, Object summarize, String message, String name) {
        return compare(m, Checks.Comparison.LESS_EQUAL, x, y, data, summarize, message, name);
    }

    @Builtin(
            value = {"assert_greater", "debugging.assert_greater"},
            signature = COMPARISON,
            doc = "An operation that fails unless x > y for all elements.")
    static Object assertGreater(
            Machine m, Object x, Object y, Object data, Object summarize, String message, String name) {
        return compare(m, Checks.Comparison.GREATER, x, y, data, summarize, message, name);
    }

    @Builtin(
            value = {"assert_greater_equal", "debugging.assert_greater_equal"},
            signature = COMPARISON,
            doc = "An operation that fails unless x >= y for all elements.")
    static Object assertGreaterEqual(
            Machine m, Object x, Object y, Object data, Object summarize, String message, String name) {
        return compare(m, Checks.Comparison.GREATER_EQUAL, x, y, data, summarize, message, name);
    }

    @Builtin(
            value = {"assert_positive", "debugging.assert_positive"},
            signature = SIGN,
            doc = "An operation that fails unless x > 0 for all elements.")
    static Object assertPositive(Machine m, Object x, Object data, Object summarize, String message, String name) {
        return sign(m, "assert_positive", ">", x, data, summarize, message, name);
    }

    @Builtin(
            value = {"assert_negative", "debugging.assert_negative"},
            signature = SIGN,
            doc = "An operation that fails unless x < 0 for all elements.")
    static Object assertNegative(Machine m, Object x, Object data, Object summarize, String message, String name) {
        return sign(m, "assert_negative", "<", x, data, summarize, message, name);
    }

    @Builtin(
            value = {"assert_non_negative", "debugging.assert_non_negative"},
            signature = SIGN,
            doc = "An operation that fails unless x >= 0 for all elements.")
    static Object assertNonNegative(Machine m, Object x, Object data, Object summarize, String message, String name) {
        return sign(m, "assert_non_negative", ">=", x, data, summarize, message, name);
    }

    @Builtin(
            value = {"assert_non_positive", "debugging.assert_non_positive"},
            signature = SIGN,
            doc = "An operation that fails unless x <= 0 for all elements.")
    static Object assertNonPositive(Machine m, Object x, Object data, Object summarize, String message, String name) {
        return sign(m, "assert_non_positive", "<=", x, data, summarize, message, name);
    }

    @Builtin(
            value = {"confusion_matrix", "math.confusion_matrix", "train.confusion_matrix"},
            signature = "labels, predictions, num_classes=None, dtype=None, name=None, weights=None",
            doc = "How often each label (rows) was predicted as each (columns).",
            shapes = "(n), (n) -> (classes, classes)",
            gradient = "none")
    static Object confusionMatrix(
            Machine m, Object labels, Object predictions, Object classes, Object dtype, String name, Object weights) {
        return Tensors.wrap(Checks.confusionMatrix(
                TfState.of(m).graph(),
                Operands.of(m, labels),
                Operands.of(m, predictions),
                classes == None.NONE ? null : Operands.of(m, classes),
                Operands.isTensor(classes) || classes == None.NONE ? -1 : (int) Semantics.index(m, classes),
                dtype == None.NONE ? DType.INT32 : DTypeValue.convert(m, dtype),
                weights == None.NONE ? null : Operands.of(m, weights),
                name));
    }
}
