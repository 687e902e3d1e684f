package io.retrograd.lib.numpy;

import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.tensor.DType;

/** Arithmetic of single numbers without the way through arrays: the pairs of types that loops over elements meet. */
final class ScalarMath {
    private ScalarMath() {}

    /** {@code a OP b}; null where the general way has to decide. */
    static ScalarValue quick(BinaryOperator op, ScalarValue a, Object b) {
        DType ta = a.dtype();
        DType tb = b instanceof ScalarValue s ? s.dtype() : b instanceof Double ? DType.FLOAT64 : DType.INT64;
        if (ta == DType.FLOAT64 && (tb == DType.FLOAT64 || tb == DType.INT64 || tb == DType.FLOAT32)
                || tb == DType.FLOAT64 && (ta == DType.INT64 || ta == DType.FLOAT32)
                || ta == DType.FLOAT32 && tb == DType.INT64) {
            double x = a.doubleValue();
            double y = b instanceof ScalarValue s ? s.doubleValue() : ((Number) b).doubleValue();
            return floats(op, x, y, DType.FLOAT64);
        }
        if (ta == DType.FLOAT32 && tb == DType.FLOAT32) {
            return floats(op, a.doubleValue(), ((ScalarValue) b).doubleValue(), DType.FLOAT32);
        }
        if (ta == DType.INT64 && tb == DType.INT64) {
            return ints(op, a.longValue(), b instanceof ScalarValue s ? s.longValue() : (Long) b);
        }
        return null;
    }

    private static ScalarValue floats(BinaryOperator op, double x, double y, DType t) {
        double v;
        switch (op) {
            case ADD -> v = x + y;
            case SUBTRACT -> v = x - y;
            case MULTIPLY -> v = x * y;
            case DIVIDE -> v = x / y;
            case POWER -> v = BinaryFunctions.power(x, y);
            default -> {
                return null;
            }
        }
        return t == DType.FLOAT32 ? ScalarValue.of((float) v) : ScalarValue.of(v);
    }

    private static ScalarValue ints(BinaryOperator op, long x, long y) {
        return switch (op) {
            case ADD -> ScalarValue.of(x + y);
            case SUBTRACT -> ScalarValue.of(x - y);
            case MULTIPLY -> ScalarValue.of(x * y);
            case DIVIDE -> ScalarValue.of((double) x / y);
            case REMAINDER -> y == 0 ? null : ScalarValue.of(Math.floorMod(x, y));
            case FLOOR_DIVIDE -> y == 0 ? null : ScalarValue.of(Math.floorDiv(x, y));
            default -> null;
        };
    }
}
