package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lib.numpy.BinaryFunction.Kind;
import io.retrograd.tensor.DType;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** The functions of two numbers that numpy has as ufuncs. */
final class BinaryFunctions {
    static final BinaryFunction ADD = new BinaryFunction("add", Kind.ARITHMETIC, BinaryOperator.ADD, null, 0) {
        @Override
        double apply(double x, double y) {
            return x + y;
        }

        @Override
        long apply(long x, long y) {
            return x + y;
        }

        @Override
        boolean hasFloatLines() {
            return true;
        }

        @Override
        void line(float[] a, int p, int dp, float[] b, int q, int dq, float[] out, int at, int n) {
            if (dp == 1 && dq == 1) {
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] + b[q + i];
                }
            } else if (dp == 1 && dq == 0) {
                float y = b[q];
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] + y;
                }
            } else {
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    out[at + i] = a[p] + b[q];
                }
            }
        }

        @Override
        void line(double[] a, int p, int dp, double[] b, int q, int dq, double[] out, int at, int n) {
            if (dp == 1 && dq == 1) {
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] + b[q + i];
                }
            } else if (dp == 1 && dq == 0) {
                double y = b[q];
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] + y;
                }
            } else {
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    out[at + i] = a[p] + b[q];
                }
            }
        }
    };

    static final BinaryFunction SUBTRACT =
            new BinaryFunction("subtract", Kind.ARITHMETIC, BinaryOperator.SUBTRACT, null, Double.NaN) {
        @Override
        DType computeType(DType common) {
            if (common == DType.BOOL) {
                throw NnError.type("numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the "
                        + "`^` operator, or the logical_xor function instead.");
            }
            return common;
        }

        @Override
        double apply(double x, double y) {
            return x - y;
        }

        @Override
        long apply(long x, long y) {
            return x - y;
        }

        @Override
        boolean hasFloatLines() {
            return true;
        }

        @Override
        void line(float[] a, int p, int dp, float[] b, int q, int dq, float[] out, int at, int n) {
            if (dp == 1 && dq == 1) {
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] - b[q + i];
                }
            } else if (dp == 1 && dq == 0) {
                float y = b[q];
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] - y;
                }
            } else {
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    out[at + i] = a[p] - b[q];
                }
            }
        }

        @Override
        void line(double[] a, int p, int dp, double[] b, int q, int dq, double[] out, int at, int n) {
            if (dp == 1 && dq == 1) {
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] - b[q + i];
                }
            } else if (dp == 1 && dq == 0) {
                double y = b[q];
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] - y;
                }
            } else {
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    out[at + i] = a[p] - b[q];
                }
            }
        }
    };

    static final BinaryFunction MULTIPLY =
            new BinaryFunction("multiply", Kind.ARITHMETIC, BinaryOperator.MULTIPLY, null, 1) {
        @Override
        double apply(double x, double y) {
            return x * y;
        }

        @Override
        long apply(long x, long y) {
            return x * y;
        }

        @Override
        boolean hasFloatLines() {
            return true;
        }

        @Override
        void line(float[] a, int p, int dp, float[] b, int q, int dq, float[] out, int at, int n) {
            if (dp == 1 && dq == 1) {
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] * b[q + i];
                }
            } else if (dp == 1 && dq == 0) {
                float y = b[q];
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] * y;
                }
            } else {
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    out[at + i] = a[p] * b[q];
                }
            }
        }

        @Override
        void line(double[] a, int p, int dp, double[] b, int q, int dq, double[] out, int at, int n) {
            if (dp == 1 && dq == 1) {
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] * b[q + i];
                }
            } else if (dp == 1 && dq == 0) {
                double y = b[q];
                for (int i = 0; i < n; i++) {
                    out[at + i] = a[p + i] * y;
                }
            } else {
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    out[at + i] = a[p] * b[q];
                }
            }
        }
    };

    static final BinaryFunction DIVIDE = new BinaryFunction("divide", Kind.REAL, BinaryOperator.DIVIDE, null, Double.NaN) {
        @Override
        DType computeType(DType common) {
            // Whole numbers of any width divide as doubles, unlike in other functions.
            return common == DType.BOOL || common.isInteger() ? DType.FLOAT64 : super.computeType(common);
        }

        @Override
        double apply(double x, double y) {
            return x / y;
        }

        @Override
        long apply(long x, long y) {
            throw new UnsupportedOperationException();
        }

        @Override
        boolean hasFloatLines() {
            return true;
        }

        @Override
        void line(float[] a, int p, int dp, float[] b, int q, int dq, float[] out, int at, int n) {
            for (int i = 0; i < n; i++, p += dp, q += dq) {
                out[at + i] = a[p] / b[q];
            }
        }

        @Override
        void line(double[] a, int p, int dp, double[] b, int q, int dq, double[] out, int at, int n) {
            for (int i = 0; i < n; i++, p += dp, q += dq) {
                out[at + i] = a[p] / b[q];
            }
        }
    };

    static final BinaryFunction FLOOR_DIVIDE = of("floor_divide", Kind.ARITHMETIC, BinaryOperator.FLOOR_DIVIDE, null,
            Double.NaN, BinaryFunctions::floorDivide, (x, y) -> y == 0 ? 0 : Math.floorDiv(x, y));
    static final BinaryFunction REMAINDER = of("remainder", Kind.ARITHMETIC, BinaryOperator.REMAINDER, null, Double.NaN,
            BinaryFunctions::remainder, (x, y) -> y == 0 ? 0 : Math.floorMod(x, y));
    static final BinaryFunction FMOD = of("fmod", Kind.ARITHMETIC, null, null, Double.NaN,
            (x, y) -> x % y, (x, y) -> y == 0 ? 0 : x % y);
    static final BinaryFunction POWER = of("power", Kind.ARITHMETIC, BinaryOperator.POWER, null, Double.NaN,
            BinaryFunctions::power, BinaryFunctions::power);
    static final BinaryFunction FLOAT_POWER = of("float_power", Kind.REAL, null, null, Double.NaN, BinaryFunctions::power, null);
    static final BinaryFunction MAXIMUM = new BinaryFunction("maximum", Kind.ARITHMETIC, null, null, Double.NaN) {
        @Override
        double apply(double x, double y) {
            return Math.max(x, y);
        }

        @Override
        long apply(long x, long y) {
            return Math.max(x, y);
        }

        @Override
        boolean hasFloatLines() {
            return true;
        }

        @Override
        void line(float[] a, int p, int dp, float[] b, int q, int dq, float[] out, int at, int n) {
            for (int i = 0; i < n; i++, p += dp, q += dq) {
                out[at + i] = Math.max(a[p], b[q]);
            }
        }
    };
    static final BinaryFunction MINIMUM = new BinaryFunction("minimum", Kind.ARITHMETIC, null, null, Double.NaN) {
        @Override
        double apply(double x, double y) {
            return Math.min(x, y);
        }

        @Override
        long apply(long x, long y) {
            return Math.min(x, y);
        }

        @Override
        boolean hasFloatLines() {
            return true;
        }

        @Override
        void line(float[] a, int p, int dp, float[] b, int q, int dq, float[] out, int at, int n) {
            for (int i = 0; i < n; i++, p += dp, q += dq) {
                out[at + i] = Math.min(a[p], b[q]);
            }
        }
    };
    static final BinaryFunction FMAX = of("fmax", Kind.ARITHMETIC, null, null, Double.NaN,
            (x, y) -> Double.isNaN(x) ? y : Double.isNaN(y) ? x : Math.max(x, y), Math::max);
    static final BinaryFunction FMIN = of("fmin", Kind.ARITHMETIC, null, null, Double.NaN,
            (x, y) -> Double.isNaN(x) ? y : Double.isNaN(y) ? x : Math.min(x, y), Math::min);
    static final BinaryFunction ARCTAN2 = of("arctan2", Kind.REAL, null, null, Double.NaN, Math::atan2, null);
    static final BinaryFunction HYPOT = of("hypot", Kind.REAL, null, null, 0, Math::hypot, null);
    static final BinaryFunction COPYSIGN = of("copysign", Kind.REAL, null, null, Double.NaN, Math::copySign, null);
    static final BinaryFunction LOGADDEXP = of("logaddexp", Kind.REAL, null, null, Double.NEGATIVE_INFINITY,
            (x, y) -> x == y ? x + Math.log(2) : Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y))), null);
    static final BinaryFunction BIT_AND = of("bitwise_and", Kind.BITS, BinaryOperator.BIT_AND, null, -1, null, (x, y) -> x & y);
    static final BinaryFunction BIT_OR = of("bitwise_or", Kind.BITS, BinaryOperator.BIT_OR, null, 0, null, (x, y) -> x | y);
    static final BinaryFunction BIT_XOR = of("bitwise_xor", Kind.BITS, BinaryOperator.BIT_XOR, null, 0, null, (x, y) -> x ^ y);
    static final BinaryFunction GCD = of("gcd", Kind.BITS, null, null, 0, null, BinaryFunctions::gcd);
    static final BinaryFunction LCM = of("lcm", Kind.BITS, null, null, Double.NaN, null,
            (x, y) -> x == 0 || y == 0 ? 0 : Math.abs(x / gcd(x, y) * y));
    static final BinaryFunction LEFT_SHIFT = of("left_shift", Kind.BITS, BinaryOperator.LEFT_SHIFT, null, Double.NaN, null,
            (x, y) -> y > 63 || y < 0 ? 0 : x << y);
    static final BinaryFunction RIGHT_SHIFT = of("right_shift", Kind.BITS, BinaryOperator.RIGHT_SHIFT, null, Double.NaN, null,
            (x, y) -> y > 63 || y < 0 ? x < 0 ? -1 : 0 : x >> y);
    static final BinaryFunction EQUAL = compare("equal", CompareOperator.EQUAL, (x, y) -> x == y ? 1 : 0, (x, y) -> x == y ? 1 : 0);
    static final BinaryFunction NOT_EQUAL =
            compare("not_equal", CompareOperator.NOT_EQUAL, (x, y) -> x != y ? 1 : 0, (x, y) -> x != y ? 1 : 0);
    static final BinaryFunction LESS = compare("less", CompareOperator.LESS, (x, y) -> x < y ? 1 : 0, (x, y) -> x < y ? 1 : 0);
    static final BinaryFunction LESS_EQUAL =
            compare("less_equal", CompareOperator.LESS_EQUAL, (x, y) -> x <= y ? 1 : 0, (x, y) -> x <= y ? 1 : 0);
    static final BinaryFunction GREATER =
            compare("greater", CompareOperator.GREATER, (x, y) -> x > y ? 1 : 0, (x, y) -> x > y ? 1 : 0);
    static final BinaryFunction GREATER_EQUAL =
            compare("greater_equal", CompareOperator.GREATER_EQUAL, (x, y) -> x >= y ? 1 : 0, (x, y) -> x >= y ? 1 : 0);
    static final BinaryFunction LOGICAL_AND = of("logical_and", Kind.LOGIC, null, null, 1,
            (x, y) -> x != 0 && y != 0 ? 1 : 0, (x, y) -> x != 0 && y != 0 ? 1 : 0);
    static final BinaryFunction LOGICAL_OR = of("logical_or", Kind.LOGIC, null, null, 0,
            (x, y) -> x != 0 || y != 0 ? 1 : 0, (x, y) -> x != 0 || y != 0 ? 1 : 0);
    static final BinaryFunction LOGICAL_XOR = of("logical_xor", Kind.LOGIC, null, null, 0,
            (x, y) -> x != 0 ^ y != 0 ? 1 : 0, (x, y) -> x != 0 ^ y != 0 ? 1 : 0);

    private BinaryFunctions() {}

    static BinaryFunction of(BinaryOperator op) {
        return switch (op) {
            case ADD -> ADD;
            case SUBTRACT -> SUBTRACT;
            case MULTIPLY -> MULTIPLY;
            case DIVIDE -> DIVIDE;
            case FLOOR_DIVIDE -> FLOOR_DIVIDE;
            case REMAINDER -> REMAINDER;
            case POWER -> POWER;
            case LEFT_SHIFT -> LEFT_SHIFT;
            case RIGHT_SHIFT -> RIGHT_SHIFT;
            case BIT_AND -> BIT_AND;
            case BIT_OR -> BIT_OR;
            case BIT_XOR -> BIT_XOR;
            case MATRIX_MULTIPLY -> throw new IllegalArgumentException();
        };
    }

    static BinaryFunction of(CompareOperator op) {
        return switch (op) {
            case EQUAL -> EQUAL;
            case NOT_EQUAL -> NOT_EQUAL;
            case LESS -> LESS;
            case LESS_EQUAL -> LESS_EQUAL;
            case GREATER -> GREATER;
            case GREATER_EQUAL -> GREATER_EQUAL;
            default -> throw new IllegalArgumentException();
        };
    }

    private static BinaryFunction compare(String name, CompareOperator op, DoubleBinaryOperator d, LongBinaryOperator l) {
        return of(name, Kind.COMPARISON, null, op, Double.NaN, d, l);
    }

    private static BinaryFunction of(String name, Kind kind, BinaryOperator op, CompareOperator comparison, double identity,
            DoubleBinaryOperator d, LongBinaryOperator l) {
        return new BinaryFunction(name, kind, op, comparison, identity) {
            @Override
            double apply(double x, double y) {
                return d.applyAsDouble(x, y);
            }

            @Override
            long apply(long x, long y) {
                return l.applyAsLong(x, y);
            }
        };
    }

    private static double floorDivide(double a, double b) {
        if (b == 0) {
            return a / b;
        }
        double mod = a % b;
        double div = (a - mod) / b;
        if (mod != 0 && b < 0 != mod < 0) {
            div -= 1;
        }
        if (div == 0) {
            return Math.copySign(0, a / b);
        }
        double floor = Math.floor(div);
        return div - floor > 0.5 ? floor + 1 : floor;
    }

    private static double remainder(double a, double b) {
        double mod = a % b;
        if (b == 0 || Double.isNaN(mod)) {
            return mod;
        }
        if (mod == 0) {
            return Math.copySign(0, b);
        }
        return b < 0 != mod < 0 ? mod + b : mod;
    }

    private static long gcd(long x, long y) {
        long a = Math.abs(x);
        long b = Math.abs(y);
        while (b != 0) {
            long t = a % b;
            a = b;
            b = t;
        }
        return a;
    }

    static double power(double x, double y) {
        // C's pow answers 1 where Java's answers NaN.
        return y == 2 ? x * x : x == 1 || x == -1 && Double.isInfinite(y) ? 1 : y == 0.5 ? Math.sqrt(x) : Math.pow(x, y);
    }

    private static long power(long x, long y) {
        if (y < 0) {
            throw NnError.value("Integers to negative integer powers are not allowed.");
        }
        long result = 1;
        for (long e = y, b = x; e > 0; e >>= 1, b *= b) {
            if ((e & 1) == 1) {
                result *= b;
            }
        }
        return result;
    }
}
