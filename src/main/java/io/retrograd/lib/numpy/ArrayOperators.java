package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ComplexValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** The operators of the language between arrays, scalars and what converts to them. */
final class ArrayOperators {
    private ArrayOperators() {}

    /** What numpy takes part in an operation with; anything else (a tensor, say) gets to answer itself. */
    static boolean isOperand(Object o) {
        return !(o instanceof Value) || o instanceof ArrayValue || o instanceof ScalarValue || o instanceof ListValue
                || o instanceof TupleValue || o instanceof RangeValue || o instanceof ComplexValue || o instanceof None
                || o instanceof BytesValue;
    }

    static Object binary(Machine m, BinaryOperator op, Object a, Object b) {
        if (!isOperand(a) || !isOperand(b)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        if (op == BinaryOperator.MATRIX_MULTIPLY) {
            return wrap(Products.matmul(m, ArrayMaker.from(m, a), ArrayMaker.from(m, b)), a, b);
        }
        if (a instanceof MatrixValue || b instanceof MatrixValue) {
            Object special = MatrixValue.operator(m, op, a, b);
            if (special != null) {
                return special;
            }
        }
        return wrap(Elementwise.binary(m, BinaryFunctions.of(op), ArrayMaker.from(m, a), ArrayMaker.from(m, b), null), a, b);
    }

    /** {@code a OP= b}: into the array itself. */
    static Object inPlace(Machine m, BinaryOperator op, ArrayValue a, Object b) {
        if (!isOperand(b)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        if (op == BinaryOperator.MATRIX_MULTIPLY || a instanceof MatrixValue) {
            return binary(m, op, a, b);
        }
        BinaryFunction f = BinaryFunctions.of(op);
        NdArray right = ArrayMaker.from(m, b);
        if (Elementwise.inPlace(f, a.array(), right)) {
            return a;
        }
        NdArray result = Elementwise.binary(m, f, a.array(), right, null);
        if (!Casting.sameKind(result.dtype(), a.array().dtype())) {
            throw Casting.cannotCast(f.name, result.dtype(), a.array().dtype());
        }
        if (!result.hasShapeOf(a.array())) {
            throw NnError.value("non-broadcastable output operand with shape " + NdArray.tuple(a.array().shape())
                    + " doesn't match the broadcast shape " + NdArray.tuple(result.shape()));
        }
        a.array().assign(result);
        return a;
    }

    static Object unary(Machine m, UnaryOperator op, Object a) {
        NdArray x = ArrayMaker.from(m, a);
        UnaryFunction f = switch (op) {
            case NEGATIVE -> UnaryFunctions.NEGATIVE;
            case POSITIVE -> UnaryFunctions.POSITIVE;
            default -> UnaryFunctions.INVERT;
        };
        if (op == UnaryOperator.NEGATIVE && x.dtype() == DType.BOOL) {
            throw NnError.type("The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the "
                    + "logical_not function instead.");
        }
        if (op == UnaryOperator.INVERT) {
            if (x.dtype() == DType.BOOL) {
                f = UnaryFunctions.LOGICAL_NOT;
            } else if (!x.dtype().isInteger()) {
                throw Elementwise.noLoop("invert", x.dtype());
            }
        }
        return wrap(Elementwise.unary(m, f, x, null), a, None.NONE);
    }

    static Object compare(Machine m, CompareOperator op, Object a, Object b) {
        if (!isOperand(a) || !isOperand(b)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        NdArray x;
        NdArray y;
        try {
            x = ArrayMaker.from(m, a);
            y = ArrayMaker.from(m, b);
        } catch (NnError ragged) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        boolean text = isText(x.dtype()) != isText(y.dtype()) && x.dtype() != DType.OBJECT && y.dtype() != DType.OBJECT;
        boolean equality = op == CompareOperator.EQUAL || op == CompareOperator.NOT_EQUAL;
        if (text && equality) {
            return ScalarValue.of(op == CompareOperator.NOT_EQUAL);
        }
        try {
            return wrap(Elementwise.binary(m, BinaryFunctions.of(op), x, y, null), a, b);
        } catch (NnError e) {
            if (equality && e.getMessage().startsWith("operands could not be broadcast")) {
                return ScalarValue.of(op == CompareOperator.NOT_EQUAL);
            }
            throw e;
        }
    }

    private static boolean isText(DType t) {
        return t == DType.UNICODE || t == DType.STRING;
    }

    /** A result as a value: a matrix if an operand was one, a scalar if it has no dimensions. */
    static Object wrap(NdArray result, Object a, Object b) {
        if ((a instanceof MatrixValue || b instanceof MatrixValue) && result.rank() == 2) {
            return new MatrixValue(result);
        }
        return ArrayValue.orScalar(result);
    }
}
