package io.retrograd.lib.numpy;

import io.retrograd.tensor.DType;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * A function of one number that numpy applies element by element.
 *
 * @param real what it does to real numbers
 * @param whole what it does to whole ones; null if they become real first
 * @param test it answers with truth values
 */
record UnaryFunction(String name, DoubleUnaryOperator real, LongUnaryOperator whole, boolean test) {

    /** The type to compute in; null if the function does not know the operand's. */
    DType computeType(DType t) {
        if (t == DType.OBJECT || t.isFloating() || t.isComplex()) {
            return t;
        }
        if (t.isReference()) {
            return null;
        }
        return whole != null ? t : BinaryFunction.real(t);
    }

    DType resultType(DType compute) {
        return test ? DType.BOOL : compute;
    }
}
