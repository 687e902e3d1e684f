package io.retrograd.lib.numpy;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/** The ufuncs of the module, by name. Each is made when it is first asked for: to link all their functions takes longer than to train a small network. */
final class Ufuncs {
    private static final String[] NAMES = {
            "add", "subtract", "multiply", "divide true_divide", "floor_divide", "remainder mod", "fmod", "power",
            "float_power", "maximum", "minimum", "fmax", "fmin", "arctan2", "hypot", "copysign", "logaddexp", "gcd", "lcm",
            "bitwise_and", "bitwise_or", "bitwise_xor", "left_shift", "right_shift", "absolute abs", "fabs", "negative",
            "positive", "invert bitwise_not", "square", "conjugate conj", "reciprocal", "sign", "sqrt", "cbrt", "exp",
            "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "arcsin asin", "arccos acos",
            "arctan atan", "sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh", "degrees rad2deg", "radians deg2rad",
            "rint", "floor", "ceil", "trunc", "spacing", "isnan", "isinf", "isfinite", "signbit", "logical_not", "equal",
            "not_equal", "less", "less_equal", "greater", "greater_equal", "logical_and", "logical_or", "logical_xor"
    };

    private Ufuncs() {}

    /** Puts all of them into the module; names that stand together are names of one. */
    static void addTo(ModuleValue numpy) {
        for (String names : NAMES) {
            String[] each = names.split(" ");
            numpy.with(each[0], (Machine m) -> of(each[0]));
            for (int i = 1; i < each.length; i++) {
                numpy.with(each[i], (Machine m) -> numpy.exact(m, each[0]));
            }
        }
    }

    /** An arithmetic one, or one of those that follow. */
    private static Ufunc of(String name) {
        return switch (name) {
            case "add" -> new Ufunc(BinaryFunctions.ADD, "The sum of two arrays, element by element.");
            case "subtract" -> new Ufunc(BinaryFunctions.SUBTRACT, "The difference of two arrays, element by element.");
            case "multiply" -> new Ufunc(BinaryFunctions.MULTIPLY, "The product of two arrays, element by element.");
            case "divide" -> new Ufunc(BinaryFunctions.DIVIDE, "The quotient of two arrays, element by element.");
            case "floor_divide" -> new Ufunc(BinaryFunctions.FLOOR_DIVIDE, "The quotient rounded down.");
            case "remainder" -> new Ufunc(BinaryFunctions.REMAINDER, "The remainder with the divisor's sign.");
            case "fmod" -> new Ufunc(BinaryFunctions.FMOD, "The remainder with the dividend's sign.");
            case "power" -> new Ufunc(BinaryFunctions.POWER, "The first array to the power of the second.");
            case "float_power" -> new Ufunc(BinaryFunctions.FLOAT_POWER, "The first array to the power of the second, in doubles.");
            case "maximum" -> new Ufunc(BinaryFunctions.MAXIMUM, "The larger of two, element by element; NaN if either is.");
            case "minimum" -> new Ufunc(BinaryFunctions.MINIMUM, "The smaller of two, element by element; NaN if either is.");
            case "fmax" -> new Ufunc(BinaryFunctions.FMAX, "The larger of two, element by element; NaN if both are.");
            case "fmin" -> new Ufunc(BinaryFunctions.FMIN, "The smaller of two, element by element; NaN if both are.");
            case "arctan2" -> new Ufunc(BinaryFunctions.ARCTAN2, "The angle of the point (x2, x1).");
            case "hypot" -> new Ufunc(BinaryFunctions.HYPOT, "The length of the hypotenuse.");
            case "copysign" -> new Ufunc(BinaryFunctions.COPYSIGN, "The first's size with the second's sign.");
            case "logaddexp" -> new Ufunc(BinaryFunctions.LOGADDEXP, "log(exp(x1) + exp(x2)).");
            case "gcd" -> new Ufunc(BinaryFunctions.GCD, "The greatest common divisor.");
            case "lcm" -> new Ufunc(BinaryFunctions.LCM, "The least common multiple.");
            case "bitwise_and" -> new Ufunc(BinaryFunctions.BIT_AND, "Bitwise and.");
            case "bitwise_or" -> new Ufunc(BinaryFunctions.BIT_OR, "Bitwise or.");
            case "bitwise_xor" -> new Ufunc(BinaryFunctions.BIT_XOR, "Bitwise exclusive or.");
            case "left_shift" -> new Ufunc(BinaryFunctions.LEFT_SHIFT, "Bits shifted to the left.");
            case "right_shift" -> new Ufunc(BinaryFunctions.RIGHT_SHIFT, "Bits shifted to the right.");
            case "absolute" -> new Ufunc(UnaryFunctions.ABSOLUTE, "The absolute value.");
            case "fabs" -> new Ufunc(new UnaryFunction("fabs", Math::abs, null, false), "The absolute value as a real number.");
            case "negative" -> new Ufunc(UnaryFunctions.NEGATIVE, "The number with the other sign.");
            case "positive" -> new Ufunc(UnaryFunctions.POSITIVE, "The number itself.");
            case "invert" -> new Ufunc(UnaryFunctions.INVERT, "All bits turned over; truth values negated.");
            case "square" -> new Ufunc(UnaryFunctions.SQUARE, "The number times itself.");
            case "conjugate" -> new Ufunc(UnaryFunctions.CONJUGATE, "The complex conjugate.");
            case "reciprocal" -> any(name, x -> 1 / x, x -> x == 0 ? 0 : 1 / x, "One divided by the number.");
            case "sign" -> any(name, x -> Double.isNaN(x) ? x : Math.signum(x) + 0.0, x -> Long.signum(x), "-1, 0 or 1.");
            default -> elementary(name);
        };
    }

    /** An elementary function, or one of the last. */
    private static Ufunc elementary(String name) {
        return switch (name) {
            case "sqrt" -> new Ufunc(UnaryFunctions.SQRT, "The square root.");
            case "cbrt" -> real(name, Math::cbrt, "The cube root.");
            case "exp" -> real(name, Math::exp, "e to the power of the number.");
            case "exp2" -> real(name, x -> Math.pow(2, x), "2 to the power of the number.");
            case "expm1" -> real(name, Math::expm1, "exp(x) - 1.");
            case "log" -> real(name, Math::log, "The natural logarithm.");
            case "log2" -> real(name, Ufuncs::log2, "The logarithm to base 2.");
            case "log10" -> real(name, Math::log10, "The logarithm to base 10.");
            case "log1p" -> real(name, Math::log1p, "log(1 + x).");
            case "sin" -> real(name, Math::sin, "The sine.");
            case "cos" -> real(name, Math::cos, "The cosine.");
            case "tan" -> real(name, Math::tan, "The tangent.");
            case "arcsin" -> real(name, Math::asin, "The angle whose sine is the number.");
            case "arccos" -> real(name, Math::acos, "The angle whose cosine is the number.");
            case "arctan" -> real(name, Math::atan, "The angle whose tangent is the number.");
            case "sinh" -> real(name, Math::sinh, "The hyperbolic sine.");
            case "cosh" -> real(name, Math::cosh, "The hyperbolic cosine.");
            case "tanh" -> real(name, Math::tanh, "The hyperbolic tangent.");
            case "arcsinh" -> real(name, x -> Math.copySign(Math.log(Math.abs(x) + Math.hypot(x, 1)), x), "The inverse of sinh.");
            case "arccosh" -> real(name, x -> Math.log(x + Math.sqrt(x * x - 1)), "The inverse of cosh.");
            case "arctanh" -> real(name, x -> 0.5 * (Math.log1p(x) - Math.log1p(-x)), "The inverse of tanh.");
            case "degrees" -> real(name, x -> x * (180 / Math.PI), "Radians as degrees.");
            case "radians" -> real(name, x -> x * (Math.PI / 180), "Degrees as radians.");
            case "rint" -> any(name, Math::rint, x -> x, "The nearest whole number, halves to even.");
            case "floor" -> real(name, Math::floor, "The next whole number below.");
            case "ceil" -> real(name, Math::ceil, "The next whole number above.");
            case "trunc" -> real(name, x -> x < 0 ? Math.ceil(x) : Math.floor(x), "The number without its fraction.");
            case "spacing" -> real(name, Math::ulp, "The distance to the next larger number.");
            default -> test(name);
        };
    }

    /** One that answers with truth values. */
    private static Ufunc test(String name) {
        return switch (name) {
            case "isnan" -> test(name, x -> Double.isNaN(x) ? 1 : 0, x -> 0, "Whether it is not a number.");
            case "isinf" -> test(name, x -> Double.isInfinite(x) ? 1 : 0, x -> 0, "Whether it is infinite.");
            case "isfinite" -> test(name, x -> Double.isFinite(x) ? 1 : 0, x -> 1, "Whether it is a number and finite.");
            case "signbit" -> test(name, x -> Double.doubleToRawLongBits(x) < 0 ? 1 : 0, x -> x < 0 ? 1 : 0, "Whether its sign is minus.");
            case "logical_not" -> new Ufunc(UnaryFunctions.LOGICAL_NOT, "Whether it is zero.");
            case "equal" -> new Ufunc(BinaryFunctions.EQUAL, "Whether two are equal, element by element.");
            case "not_equal" -> new Ufunc(BinaryFunctions.NOT_EQUAL, "Whether two differ, element by element.");
            case "less" -> new Ufunc(BinaryFunctions.LESS, "Whether the first is smaller, element by element.");
            case "less_equal" -> new Ufunc(BinaryFunctions.LESS_EQUAL, "Whether the first is not larger, element by element.");
            case "greater" -> new Ufunc(BinaryFunctions.GREATER, "Whether the first is larger, element by element.");
            case "greater_equal" -> new Ufunc(BinaryFunctions.GREATER_EQUAL, "Whether the first is not smaller, element by element.");
            case "logical_and" -> new Ufunc(BinaryFunctions.LOGICAL_AND, "Whether both are true, element by element.");
            case "logical_or" -> new Ufunc(BinaryFunctions.LOGICAL_OR, "Whether either is true, element by element.");
            case "logical_xor" -> new Ufunc(BinaryFunctions.LOGICAL_XOR, "Whether exactly one is true, element by element.");
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Ufunc real(String name, DoubleUnaryOperator f, String doc) {
        return new Ufunc(new UnaryFunction(name, f, null, false), doc);
    }

    private static Ufunc any(String name, DoubleUnaryOperator f, LongUnaryOperator g, String doc) {
        return new Ufunc(new UnaryFunction(name, f, g, false), doc);
    }

    private static Ufunc test(String name, DoubleUnaryOperator f, LongUnaryOperator g, String doc) {
        return new Ufunc(new UnaryFunction(name, f, g, true), doc);
    }

    private static double log2(double x) {
        if (x > 0 && x < Double.POSITIVE_INFINITY && Double.doubleToRawLongBits(x) << 12 == 0) {
            return Math.getExponent(x);
        }
        return Math.log(x) / Math.log(2);
    }
}
