package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;

/** Python's operators on tensors; {@link MathOps#operator} says what each creates. */
final class TensorOperators {
    private TensorOperators() {}

    static Object binary(Machine m, BinaryOperator operator, Output left, Object right) {
        return apply(m, left.graph(), stem(operator), left, Operands.of(m, right));
    }

    static Object reflected(Machine m, BinaryOperator operator, Object left, Output right) {
        return apply(m, right.graph(), stem(operator), Operands.of(m, left), right);
    }

    /** {@code /} as Python 2 means it: whole numbers are rounded down. */
    static Object oldDivide(Machine m, Output self, Object other, boolean reflected) {
        Operand o = Operands.of(m, other);
        return apply(m, self.graph(), "div", reflected ? o : self, reflected ? self : o);
    }

    private static Object apply(Machine m, Graph g, String stem, Operand x, Operand y) {
        return stem.isEmpty() ? NotImplementedValue.NOT_IMPLEMENTED : Tensors.wrap(MathOps.operator(g, stem, x, y));
    }

    static Object compare(Machine m, CompareOperator operator, Output left, Object right) {
        String op = switch (operator) {
            case LESS -> "Less";
            case LESS_EQUAL -> "LessEqual";
            case GREATER -> "Greater";
            default -> "GreaterEqual";
        };
        if (right == None.NONE) {
            throw NnError.value("Tried to convert 'y' to a tensor and failed. Error: None values not supported.");
        }
        return Tensors.wrap(MathOps.binary(left.graph(), op, left, Operands.of(m, right), null));
    }

    static Object unary(Machine m, UnaryOperator operator, Output x) {
        return switch (operator) {
            case NEGATIVE -> Tensors.wrap(MathOps.negate(x.graph(), x));
            case INVERT -> Tensors.wrap(MathOps.unary(x.graph(), "LogicalNot", x, null));
            default -> throw NnError.type("bad operand type for unary " + operator.symbol() + ": 'Tensor'");
        };
    }

    /** The operator's name as {@link MathOps#operator} knows it; empty where tensors have none. */
    private static String stem(BinaryOperator operator) {
        return switch (operator) {
            case LEFT_SHIFT, RIGHT_SHIFT -> "";
            default -> operator.method().replace("_", "");
        };
    }
}
