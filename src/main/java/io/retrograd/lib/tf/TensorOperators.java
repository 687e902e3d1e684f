package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Output;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.tensor.DType;

/**
 * Python's operators on tensors. The value at the right of a tensor takes the tensor's type if it can; at the
 * left it must.
 */
final class TensorOperators {
    private TensorOperators() {}

    static Object binary(Machine m, BinaryOperator operator, Output left, Object right) {
        String[] names = names(operator);
        if (names == null) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        Graph g = left.graph();
        try (NameScope scope = g.nameScope(names[1])) {
            Output y = Operands.of(m, right).toOutput(g, null, left.dtype(), "y");
            return Tensors.wrap(apply(g, operator, names[0], left, y, scope));
        }
    }

    static Object reflected(Machine m, BinaryOperator operator, Object left, Output right) {
        String[] names = names(operator);
        if (names == null) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        Graph g = right.graph();
        try (NameScope scope = g.nameScope(names[1])) {
            Output x = Operands.of(m, left).toOutput(g, right.dtype(), null, "x");
            return Tensors.wrap(apply(g, operator, names[0], x, right, scope));
        }
    }

    private static Output apply(Graph g, BinaryOperator operator, String op, Output x, Output y, NameScope scope) {
        if (operator == BinaryOperator.DIVIDE) {
            if (x.dtype() != y.dtype()) {
                throw NnError.type("x and y must have the same dtype, got tf." + x.dtypeName() + " != tf." + y.dtypeName());
            }
            DType wide = switch (x.dtype()) {
                case UINT8, INT8, INT16, UINT16 -> DType.FLOAT32;
                case INT32, INT64 -> DType.FLOAT64;
                default -> x.dtype();
            };
            if (wide != x.dtype()) {
                x = g.op("Cast").input(x).attr("DstT", wide).output();
                y = g.op("Cast").input(y).attr("DstT", wide).output();
            }
        }
        return g.op(op).name(scope.operationName()).input(x).input(y).output();
    }

    static Object compare(Machine m, CompareOperator operator, Output left, Object right) {
        String op = switch (operator) {
            case LESS -> "Less";
            case LESS_EQUAL -> "LessEqual";
            case GREATER -> "Greater";
            default -> "GreaterEqual";
        };
        return Tensors.wrap(left.graph().op(op).input(left).input(Operands.of(m, right)).output());
    }

    static Object unary(Machine m, UnaryOperator operator, Output x) {
        return switch (operator) {
            case NEGATIVE -> Tensors.wrap(x.graph().op("Neg").input(x).output());
            case INVERT -> Tensors.wrap(x.graph().op("LogicalNot").input(x).output());
            default -> throw NnError.type("bad operand type for unary " + operator.symbol() + ": 'Tensor'");
        };
    }

    /** The operation's type and its name. */
    private static String[] names(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> new String[] {"AddV2", "add"};
            case SUBTRACT -> new String[] {"Sub", "sub"};
            case MULTIPLY -> new String[] {"Mul", "mul"};
            case DIVIDE -> new String[] {"RealDiv", "truediv"};
            case FLOOR_DIVIDE -> new String[] {"FloorDiv", "floordiv"};
            case REMAINDER -> new String[] {"FloorMod", "mod"};
            case POWER -> new String[] {"Pow", "pow"};
            case MATRIX_MULTIPLY -> new String[] {"MatMul", "matmul"};
            case BIT_AND -> new String[] {"LogicalAnd", "and"};
            case BIT_OR -> new String[] {"LogicalOr", "or"};
            default -> null;
        };
    }
}
