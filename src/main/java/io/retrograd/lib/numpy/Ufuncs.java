package io.retrograd.lib.numpy;

import io.retrograd.lang.value.ModuleValue;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/** The ufuncs of the module, by name. */
final class Ufuncs {
    static final UnaryFunction NEGATIVE = new UnaryFunction("negative", x -> -x, x -> -x, false);
    static final UnaryFunction POSITIVE = new UnaryFunction("positive", x -> x, x -> x, false);
    static final UnaryFunction INVERT = new UnaryFunction("invert", null, x -> ~x, false);
    static final UnaryFunction SQUARE = new UnaryFunction("square", x -> x * x, x -> x * x, false);
    static final UnaryFunction SQRT = new UnaryFunction("sqrt", Math::sqrt, null, false);
    static final UnaryFunction LOGICAL_NOT = new UnaryFunction("logical_not", x -> x == 0 ? 1 : 0, x -> x == 0 ? 1 : 0, true);
    static final UnaryFunction CONJUGATE = new UnaryFunction("conjugate", x -> x, x -> x, false);
    static final Ufunc ABSOLUTE = new Ufunc(new UnaryFunction("absolute", Math::abs, Math::abs, false), "The absolute value.");

    private Ufuncs() {}

    private static void add(ModuleValue numpy, UnaryFunction f, String doc, String... aliases) {
        Ufunc u = new Ufunc(f, doc);
        numpy.with(f.name(), u);
        for (String alias : aliases) {
            numpy.with(alias, u);
        }
    }

    private static void add(ModuleValue numpy, BinaryFunction f, String doc, String... aliases) {
        Ufunc u = new Ufunc(f, doc);
        numpy.with(f.name, u);
        for (String alias : aliases) {
            numpy.with(alias, u);
        }
    }

    private static void real(ModuleValue numpy, String name, DoubleUnaryOperator f, String doc, String... aliases) {
        add(numpy, new UnaryFunction(name, f, null, false), doc, aliases);
    }

    private static void any(ModuleValue numpy, String name, DoubleUnaryOperator f, LongUnaryOperator g, String doc) {
        add(numpy, new UnaryFunction(name, f, g, false), doc);
    }

    private static void test(ModuleValue numpy, String name, DoubleUnaryOperator f, LongUnaryOperator g, String doc) {
        add(numpy, new UnaryFunction(name, f, g, true), doc);
    }

    /** Puts all of them into the module. */
    static void addTo(ModuleValue numpy) {
        addArithmetic(numpy);
        addElementary(numpy);
        addTests(numpy);
    }

    private static void addArithmetic(ModuleValue numpy) {
        add(numpy, BinaryFunctions.ADD, "The sum of two arrays, element by element.");
        add(numpy, BinaryFunctions.SUBTRACT, "The difference of two arrays, element by element.");
        add(numpy, BinaryFunctions.MULTIPLY, "The product of two arrays, element by element.");
        add(numpy, BinaryFunctions.DIVIDE, "The quotient of two arrays, element by element.", "true_divide");
        add(numpy, BinaryFunctions.FLOOR_DIVIDE, "The quotient rounded down.");
        add(numpy, BinaryFunctions.REMAINDER, "The remainder with the divisor's sign.", "mod");
        add(numpy, BinaryFunctions.FMOD, "The remainder with the dividend's sign.");
        add(numpy, BinaryFunctions.POWER, "The first array to the power of the second.");
        add(numpy, BinaryFunctions.FLOAT_POWER, "The first array to the power of the second, in doubles.");
        add(numpy, BinaryFunctions.MAXIMUM, "The larger of two, element by element; NaN if either is.");
        add(numpy, BinaryFunctions.MINIMUM, "The smaller of two, element by element; NaN if either is.");
        add(numpy, BinaryFunctions.FMAX, "The larger of two, element by element; NaN if both are.");
        add(numpy, BinaryFunctions.FMIN, "The smaller of two, element by element; NaN if both are.");
        add(numpy, BinaryFunctions.ARCTAN2, "The angle of the point (x2, x1).");
        add(numpy, BinaryFunctions.HYPOT, "The length of the hypotenuse.");
        add(numpy, BinaryFunctions.COPYSIGN, "The first's size with the second's sign.");
        add(numpy, BinaryFunctions.LOGADDEXP, "log(exp(x1) + exp(x2)).");
        add(numpy, BinaryFunctions.GCD, "The greatest common divisor.");
        add(numpy, BinaryFunctions.LCM, "The least common multiple.");
        add(numpy, BinaryFunctions.BIT_AND, "Bitwise and.");
        add(numpy, BinaryFunctions.BIT_OR, "Bitwise or.");
        add(numpy, BinaryFunctions.BIT_XOR, "Bitwise exclusive or.");
        add(numpy, BinaryFunctions.LEFT_SHIFT, "Bits shifted to the left.");
        add(numpy, BinaryFunctions.RIGHT_SHIFT, "Bits shifted to the right.");
        numpy.with("absolute", ABSOLUTE).with("abs", ABSOLUTE);
        add(numpy, new UnaryFunction("fabs", Math::abs, null, false), "The absolute value as a real number.");
        add(numpy, NEGATIVE, "The number with the other sign.");
        add(numpy, POSITIVE, "The number itself.");
        add(numpy, INVERT, "All bits turned over; truth values negated.", "bitwise_not");
        add(numpy, SQUARE, "The number times itself.", "square");
        add(numpy, CONJUGATE, "The complex conjugate.", "conj");
        any(numpy, "reciprocal", x -> 1 / x, x -> x == 0 ? 0 : 1 / x, "One divided by the number.");
        any(numpy, "sign", x -> Double.isNaN(x) ? x : Math.signum(x) + 0.0, x -> Long.signum(x), "-1, 0 or 1.");
    }

    private static void addElementary(ModuleValue numpy) {
        add(numpy, SQRT, "The square root.");
        real(numpy, "cbrt", Math::cbrt, "The cube root.");
        real(numpy, "exp", Math::exp, "e to the power of the number.");
        real(numpy, "exp2", x -> Math.pow(2, x), "2 to the power of the number.");
        real(numpy, "expm1", Math::expm1, "exp(x) - 1.");
        real(numpy, "log", Math::log, "The natural logarithm.");
        real(numpy, "log2", Ufuncs::log2, "The logarithm to base 2.");
        real(numpy, "log10", Math::log10, "The logarithm to base 10.");
        real(numpy, "log1p", Math::log1p, "log(1 + x).");
        real(numpy, "sin", Math::sin, "The sine.");
        real(numpy, "cos", Math::cos, "The cosine.");
        real(numpy, "tan", Math::tan, "The tangent.");
        real(numpy, "arcsin", Math::asin, "The angle whose sine is the number.", "asin");
        real(numpy, "arccos", Math::acos, "The angle whose cosine is the number.", "acos");
        real(numpy, "arctan", Math::atan, "The angle whose tangent is the number.", "atan");
        real(numpy, "sinh", Math::sinh, "The hyperbolic sine.");
        real(numpy, "cosh", Math::cosh, "The hyperbolic cosine.");
        real(numpy, "tanh", Math::tanh, "The hyperbolic tangent.");
        real(numpy, "arcsinh", x -> Math.copySign(Math.log(Math.abs(x) + Math.hypot(x, 1)), x), "The inverse of sinh.");
        real(numpy, "arccosh", x -> Math.log(x + Math.sqrt(x * x - 1)), "The inverse of cosh.");
        real(numpy, "arctanh", x -> 0.5 * (Math.log1p(x) - Math.log1p(-x)), "The inverse of tanh.");
        real(numpy, "degrees", x -> x * (180 / Math.PI), "Radians as degrees.", "rad2deg");
        real(numpy, "radians", x -> x * (Math.PI / 180), "Degrees as radians.", "deg2rad");
        any(numpy, "rint", Math::rint, x -> x, "The nearest whole number, halves to even.");
        real(numpy, "floor", Math::floor, "The next whole number below.");
        real(numpy, "ceil", Math::ceil, "The next whole number above.");
        real(numpy, "trunc", x -> x < 0 ? Math.ceil(x) : Math.floor(x), "The number without its fraction.");
        real(numpy, "spacing", Math::ulp, "The distance to the next larger number.");
    }

    private static double log2(double x) {
        if (x > 0 && x < Double.POSITIVE_INFINITY && Double.doubleToRawLongBits(x) << 12 == 0) {
            return Math.getExponent(x);
        }
        return Math.log(x) / Math.log(2);
    }

    private static void addTests(ModuleValue numpy) {
        test(numpy, "isnan", x -> Double.isNaN(x) ? 1 : 0, x -> 0, "Whether it is not a number.");
        test(numpy, "isinf", x -> Double.isInfinite(x) ? 1 : 0, x -> 0, "Whether it is infinite.");
        test(numpy, "isfinite", x -> Double.isFinite(x) ? 1 : 0, x -> 1, "Whether it is a number and finite.");
        test(numpy, "signbit", x -> Double.doubleToRawLongBits(x) < 0 ? 1 : 0, x -> x < 0 ? 1 : 0, "Whether its sign is minus.");
        add(numpy, LOGICAL_NOT, "Whether it is zero.");
        add(numpy, BinaryFunctions.EQUAL, "Whether two are equal, element by element.");
        add(numpy, BinaryFunctions.NOT_EQUAL, "Whether two differ, element by element.");
        add(numpy, BinaryFunctions.LESS, "Whether the first is smaller, element by element.");
        add(numpy, BinaryFunctions.LESS_EQUAL, "Whether the first is not larger, element by element.");
        add(numpy, BinaryFunctions.GREATER, "Whether the first is larger, element by element.");
        add(numpy, BinaryFunctions.GREATER_EQUAL, "Whether the first is not smaller, element by element.");
        add(numpy, BinaryFunctions.LOGICAL_AND, "Whether both are true, element by element.");
        add(numpy, BinaryFunctions.LOGICAL_OR, "Whether either is true, element by element.");
        add(numpy, BinaryFunctions.LOGICAL_XOR, "Whether exactly one is true, element by element.");
    }
}
