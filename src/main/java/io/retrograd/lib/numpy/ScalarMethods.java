package io.retrograd.lib.numpy;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.IntMath;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;

/** What numpy's scalars have beside what arrays have. */
final class ScalarMethods {
    private ScalarMethods() {}

    @Builtin(value = "item", signature = "*args", method = true, doc = "The Python number that it equals.")
    static Object item(Machine m, ScalarValue self, Object[] args) {
        return self.toPython();
    }

    @Builtin(value = "tolist", method = true, doc = "The Python number that it equals.")
    static Object tolist(Machine m, ScalarValue self) {
        return self.toPython();
    }

    @Builtin(value = "dtype", property = true, doc = "Its element type.")
    static Object dtype(Machine m, ScalarValue self) {
        return new ElementType(self.dtype());
    }

    @Builtin(value = "shape", property = true, doc = "The empty tuple.")
    static Object shape(Machine m, ScalarValue self) {
        return TupleValue.EMPTY;
    }

    @Builtin(value = "T", property = true, doc = "Itself.")
    static Object transposed(Machine m, ScalarValue self) {
        return self;
    }

    @Builtin(value = "astype", signature = "dtype, order='K', casting='unsafe', subok=True, copy=True", method = true, doc = "A scalar of another type.")
    static Object astype(Machine m, ScalarValue self, Object dtype, Object order, Object casting, Object subok, Object copy) {
        return ArrayValue.orScalar(ArrayMaker.cast(m, self.array(), ElementType.convert(m, dtype)));
    }

    @Builtin(value = {"transpose", "squeeze"}, signature = "*args", method = true, doc = "Itself.")
    static Object transpose(Machine m, ScalarValue self, Object[] args) {
        return self;
    }

    @Builtin(value = "copy", signature = "order='C'", method = true, doc = "A scalar of the same value.")
    static Object copy(Machine m, ScalarValue self, Object order) {
        return self;
    }

    @Builtin(value = "is_integer", method = true, doc = "Whether it is a whole number.")
    static boolean isInteger(Machine m, ScalarValue self) {
        double v = self.doubleValue();
        return Double.isFinite(v) && v == Math.rint(v);
    }

    @Builtin(value = "__abs__", method = true, doc = "Its absolute value.")
    static Object abs(Machine m, ScalarValue self) {
        return ArrayValue.orScalar(Elementwise.unary(m, UnaryFunctions.ABSOLUTE, ArrayMaker.from(m, self), null));
    }

    @Builtin(value = "__round__", signature = "ndigits=None", method = true, doc = "The nearest whole number, or that many digits.")
    static Object round(Machine m, ScalarValue self, Object digits) {
        if (digits == None.NONE) {
            return self.dtype().isFloating() ? IntMath.truncate(Math.rint(self.doubleValue())) : self.toPython();
        }
        if (!self.dtype().isFloating()) {
            return self;
        }
        double v = Rounding.round(self.doubleValue(), Semantics.index(m, digits));
        return self.dtype() == DType.FLOAT64 ? ScalarValue.of(v) : ScalarValue.of(self.dtype(), (float) v);
    }

    @Builtin(value = "__divmod__", signature = "other", method = true, doc = "Quotient and remainder.")
    static Object divmod(Machine m, ScalarValue self, Object other) {
        return TupleValue.of(
                ArrayOperators.binary(m, BinaryOperator.FLOOR_DIVIDE, self, other),
                ArrayOperators.binary(m, BinaryOperator.REMAINDER, self, other));
    }
}
