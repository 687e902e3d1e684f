package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.IntMath;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;

/** The module {@code math}: its constants, and its functions on floats. */
final class MathModule {
    private static final double LN2 = Math.log(2);

    private MathModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("math").with(MathModuleTable.TABLE)
                .with(IntegerFunctionsTable.TABLE)
                .with("pi", Math.PI)
                .with("e", Math.E)
                .with("tau", 2 * Math.PI)
                .with("inf", Double.POSITIVE_INFINITY)
                .with("nan", Double.NaN);
    }

    private static NnError domain() {
        return NnError.value("math domain error");
    }

    /** A result of a finite argument: not a number means out of the domain, infinite out of the range. */
    private static double checked(double argument, double result) {
        if (Double.isNaN(result) && !Double.isNaN(argument)) {
            throw domain();
        }
        if (Double.isInfinite(result) && !Double.isInfinite(argument)) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "math range error");
        }
        return result;
    }

    @Builtin(value = "sin", signature = "x, /", doc = "The sine of an angle in radians.")
    static double sin(Machine m, double x) {
        return checked(x, Math.sin(x));
    }

    @Builtin(value = "cos", signature = "x, /", doc = "The cosine of an angle in radians.")
    static double cos(Machine m, double x) {
        return checked(x, Math.cos(x));
    }

    @Builtin(value = "tan", signature = "x, /", doc = "The tangent of an angle in radians.")
    static double tan(Machine m, double x) {
        return checked(x, Math.tan(x));
    }

    @Builtin(value = "asin", signature = "x, /", doc = "The angle of a sine.")
    static double asin(Machine m, double x) {
        return checked(x, Math.asin(x));
    }

    @Builtin(value = "acos", signature = "x, /", doc = "The angle of a cosine.")
    static double acos(Machine m, double x) {
        return checked(x, Math.acos(x));
    }

    @Builtin(value = "atan", signature = "x, /", doc = "The angle of a tangent.")
    static double atan(Machine m, double x) {
        return checked(x, Math.atan(x));
    }

    @Builtin(value = "sinh", signature = "x, /", doc = "The hyperbolic sine.")
    static double sinh(Machine m, double x) {
        return checked(x, HyperbolicFunctions.sinh(x));
    }

    @Builtin(value = "cosh", signature = "x, /", doc = "The hyperbolic cosine.")
    static double cosh(Machine m, double x) {
        return checked(x, HyperbolicFunctions.cosh(x));
    }

    @Builtin(value = "tanh", signature = "x, /", doc = "The hyperbolic tangent.")
    static double tanh(Machine m, double x) {
        return checked(x, HyperbolicFunctions.tanh(x));
    }

    @Builtin(value = "asinh", signature = "x, /", doc = "The inverse of sinh.")
    static double asinh(Machine m, double x) {
        return checked(x, HyperbolicFunctions.inverseSinh(x));
    }

    @Builtin(value = "acosh", signature = "x, /", doc = "The inverse of cosh.")
    static double acosh(Machine m, double x) {
        return checked(x, HyperbolicFunctions.inverseCosh(x));
    }

    @Builtin(value = "atanh", signature = "x, /", doc = "The inverse of tanh.")
    static double atanh(Machine m, double x) {
        if (Math.abs(x) >= 1) {
            throw domain();
        }
        return checked(x, HyperbolicFunctions.inverseTanh(x));
    }

    @Builtin(value = "exp", signature = "x, /", doc = "e to the power x.")
    static double exp(Machine m, double x) {
        return checked(x, Math.exp(x));
    }

    @Builtin(value = "exp2", signature = "x, /", doc = "2 to the power x.")
    static double exp2(Machine m, double x) {
        return checked(x, Math.pow(2, x));
    }

    @Builtin(value = "expm1", signature = "x, /", doc = "exp(x) - 1, exact for small x.")
    static double expm1(Machine m, double x) {
        return checked(x, Math.expm1(x));
    }

    @Builtin(value = "log1p", signature = "x, /", doc = "log(1 + x), exact for small x.")
    static double log1p(Machine m, double x) {
        if (x <= -1) {
            throw domain();
        }
        return checked(x, Math.log1p(x));
    }

    @Builtin(value = "sqrt", signature = "x, /", doc = "The square root.")
    static double sqrt(Machine m, double x) {
        return checked(x, Math.sqrt(x));
    }

    @Builtin(value = "cbrt", signature = "x, /", doc = "The cube root.")
    static double cbrt(Machine m, double x) {
        return checked(x, Math.cbrt(x));
    }

    @Builtin(value = "fabs", signature = "x, /", doc = "The magnitude, as a float.")
    static double fabs(Machine m, double x) {
        return checked(x, Math.abs(x));
    }

    @Builtin(value = "degrees", signature = "x, /", doc = "An angle in degrees.")
    static double degrees(Machine m, double x) {
        return checked(x, x * (180 / Math.PI));
    }

    @Builtin(value = "radians", signature = "x, /", doc = "An angle in radians.")
    static double radians(Machine m, double x) {
        return checked(x, x * (Math.PI / 180));
    }

    @Builtin(value = "erf", signature = "x, /", doc = "The error function.")
    static double erf(Machine m, double x) {
        return checked(x, SpecialFunctions.erf(x));
    }

    @Builtin(value = "erfc", signature = "x, /", doc = "1 - erf(x), exact for large x.")
    static double erfc(Machine m, double x) {
        return checked(x, SpecialFunctions.erfc(x));
    }

    @Builtin(value = "ulp", signature = "x, /", doc = "The value of the last bit.")
    static double ulp(Machine m, double x) {
        return checked(x, Double.isNaN(x) ? x : Math.ulp(x));
    }

    @Builtin(value = "ceil", signature = "x, /", doc = "The smallest int that is not below x.")
    static Object ceil(Machine m, Object x) {
        Object own = whole(m, x, "__ceil__");
        return own != null ? own : IntMath.truncate(Math.ceil(Semantics.real(m, x)));
    }

    @Builtin(value = "floor", signature = "x, /", doc = "The largest int that is not above x.")
    static Object floor(Machine m, Object x) {
        Object own = whole(m, x, "__floor__");
        return own != null ? own : IntMath.truncate(Math.floor(Semantics.real(m, x)));
    }

    @Builtin(value = "trunc", signature = "x, /", doc = "The int nearest to x on the way to zero.")
    static Object trunc(Machine m, Object x) {
        Object own = whole(m, x, "__trunc__");
        return own != null ? own : IntMath.truncate(Semantics.real(m, x));
    }

    private static Object whole(Machine m, Object x, String method) {
        if (x instanceof Value v) {
            return v.special(m, method);
        }
        return x instanceof Double ? null : Semantics.indexOrNull(m, x);
    }

    @Builtin(value = "log", signature = "x, base=None, /", doc = "The natural logarithm, or that to a base.")
    static double log(Machine m, Object x, Object base) {
        double natural = naturalLog(m, x);
        if (base == None.NONE) {
            return natural;
        }
        double below = naturalLog(m, base);
        if (below == 0) {
            throw new NnError(ErrorKind.ZERO_DIVISION_ERROR, "float division by zero");
        }
        return natural / below;
    }

    private static double naturalLog(Machine m, Object x) {
        return anyLog(m, x, Math::log, LN2);
    }

    /** A logarithm as Java computes it. */
    private interface Log {
        double of(double x);
    }

    private static double anyLog(Machine m, Object x, Log log, double ofTwo) {
        if (x instanceof BigInteger b && b.bitLength() > 1000) {
            if (b.signum() < 0) {
                throw domain();
            }
            int shift = b.bitLength() - 64;
            return log.of(b.shiftRight(shift).doubleValue()) + shift * ofTwo;
        }
        double v = Semantics.real(m, x);
        if (v <= 0) {
            throw domain();
        }
        return checked(v, log.of(v));
    }

    @Builtin(value = "log10", signature = "x, /", doc = "The logarithm to base 10.")
    static double log10(Machine m, Object x) {
        return anyLog(m, x, Math::log10, Math.log10(2));
    }

    @Builtin(value = "log2", signature = "x, /", doc = "The logarithm to base 2.")
    static double log2(Machine m, Object x) {
        return anyLog(m, x, MathModule::binaryLog, 1);
    }

    /** Exact for powers of two: the exponent apart, the mantissa's logarithm near zero. */
    private static double binaryLog(double x) {
        if (Double.isInfinite(x) || Double.isNaN(x)) {
            return x;
        }
        int e = Math.getExponent(x);
        double mantissa = Math.scalb(x, -e);
        if (mantissa > Math.sqrt(2)) {
            mantissa /= 2;
            e++;
        }
        return Math.log(mantissa) / LN2 + e;
    }

    @Builtin(value = "pow", signature = "x, y, /", doc = "x to the power y, as floats.")
    static double pow(Machine m, double x, double y) {
        if (x == 0 && y < 0 || x < 0 && y != Math.rint(y) && !Double.isInfinite(y) && !Double.isInfinite(x)) {
            throw domain();
        }
        if (x == 1 || x == -1 && Double.isInfinite(y)) {
            return 1;
        }
        double r = Math.pow(x, y);
        if (Double.isInfinite(r) && !Double.isInfinite(x) && !Double.isInfinite(y)) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "math range error");
        }
        return r;
    }

    @Builtin(value = "atan2", signature = "y, x, /", doc = "The angle of the point (x, y).")
    static double atan2(Machine m, double y, double x) {
        return Math.atan2(y, x);
    }

    @Builtin(value = "hypot", signature = "*coordinates", doc = "The distance of a point from the origin.")
    static double hypot(Machine m, Object[] coordinates) {
        double[] all = new double[coordinates.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Semantics.real(m, coordinates[i]);
        }
        return norm(all);
    }

    private static double norm(double[] all) {
        if (all.length == 2) {
            return Math.hypot(all[0], all[1]);
        }
        double largest = 0;
        for (double v : all) {
            largest = Math.max(largest, Math.abs(v));
        }
        if (largest == 0 || Double.isInfinite(largest) || Double.isNaN(largest)) {
            return largest;
        }
        double sum = 0;
        for (double v : all) {
            sum += v / largest * (v / largest);
        }
        return largest * Math.sqrt(sum);
    }

    @Builtin(value = "dist", signature = "p, q, /", doc = "The distance of two points.")
    static double dist(Machine m, Object p, Object q) {
        Object[] a = Semantics.elements(m, p);
        Object[] b = Semantics.elements(m, q);
        if (a.length != b.length) {
            throw NnError.value("both points must have the same number of dimensions");
        }
        double[] all = new double[a.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Semantics.real(m, a[i]) - Semantics.real(m, b[i]);
        }
        return norm(all);
    }

    @Builtin(value = "fmod", signature = "x, y, /", doc = "The remainder with the sign of x.")
    static double fmod(Machine m, double x, double y) {
        return Double.isNaN(x) || Double.isNaN(y) ? Double.NaN : checked(0, x % y);
    }

    @Builtin(value = "remainder", signature = "x, y, /", doc = "The difference of x and the nearest multiple of y.")
    static double remainder(Machine m, double x, double y) {
        return Double.isNaN(x) || Double.isNaN(y) ? Double.NaN : checked(0, Math.IEEEremainder(x, y));
    }

    @Builtin(value = "copysign", signature = "x, y, /", doc = "The magnitude of x with the sign of y.")
    static double copySign(Machine m, double x, double y) {
        return Math.copySign(x, y);
    }

    @Builtin(value = "nextafter", signature = "x, y, /", doc = "The float next to x on the way to y.")
    static double nextAfter(Machine m, double x, double y) {
        return Math.nextAfter(x, y);
    }

    @Builtin(value = "frexp", signature = "x, /", doc = "A mantissa between 0.5 and 1 and an exponent.")
    static Object frexp(Machine m, double x) {
        if (x == 0 || Double.isNaN(x) || Double.isInfinite(x)) {
            return TupleValue.of(x, 0L);
        }
        double v = x;
        int extra = 0;
        if (Math.abs(v) < Double.MIN_NORMAL) {
            v *= 0x1p54;
            extra = -54;
        }
        int e = Math.getExponent(v) + 1;
        return TupleValue.of(Math.scalb(v, -e), (long) e + extra);
    }

    @Builtin(value = "ldexp", signature = "x, i, /", doc = "x * 2**i.")
    static double ldexp(Machine m, double x, long i) {
        return checked(x, Math.scalb(x, (int) Math.max(-5000, Math.min(5000, i))));
    }

    @Builtin(value = "modf", signature = "x, /", doc = "The fractional and the whole part.")
    static Object modf(Machine m, double x) {
        if (Double.isInfinite(x)) {
            return TupleValue.of(Math.copySign(0.0, x), x);
        }
        double whole = x < 0 ? Math.ceil(x) : Math.floor(x);
        return TupleValue.of(Math.copySign(x - whole, x), Math.copySign(whole, x));
    }

    @Builtin(value = "isnan", signature = "x, /", doc = "Whether it is not a number.")
    static boolean isNan(Machine m, double x) {
        return Double.isNaN(x);
    }

    @Builtin(value = "isinf", signature = "x, /", doc = "Whether it is infinite.")
    static boolean isInfinite(Machine m, double x) {
        return Double.isInfinite(x);
    }

    @Builtin(value = "isfinite", signature = "x, /", doc = "Whether it is neither infinite nor not a number.")
    static boolean isFinite(Machine m, double x) {
        return Double.isFinite(x);
    }

    @Builtin(value = "isclose", signature = "a, b, *, rel_tol=1e-09, abs_tol=0.0", doc = "Whether two numbers are nearly equal.")
    static boolean isClose(Machine m, double a, double b, double relative, double absolute) {
        if (relative < 0 || absolute < 0) {
            throw NnError.value("tolerances must be non-negative");
        }
        if (a == b) {
            return true;
        }
        if (Double.isInfinite(a) || Double.isInfinite(b)) {
            return false;
        }
        double apart = Math.abs(b - a);
        return apart <= Math.abs(relative * b) || apart <= Math.abs(relative * a) || apart <= absolute;
    }

    @Builtin(value = "prod", signature = "iterable, /, *, start=1", doc = "The product of all elements.")
    static Object prod(Machine m, Object iterable, Object start) {
        Object total = start;
        Iteration all = Semantics.iterate(m, iterable);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            total = Semantics.binary(m, BinaryOperator.MULTIPLY, total, x);
        }
        return total;
    }

    @Builtin(value = "fsum", signature = "iterable, /", doc = "The sum of all elements, rounded once.")
    static double fsum(Machine m, Object iterable) {
        BigDecimal total = BigDecimal.ZERO;
        double special = 0;
        Iteration all = Semantics.iterate(m, iterable);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            double v = Semantics.real(m, x);
            if (Double.isFinite(v)) {
                total = total.add(new BigDecimal(v));
            } else {
                special += v;
            }
        }
        return special != 0 ? special : total.doubleValue();
    }

    @Builtin(value = "gamma", signature = "x, /", doc = "The gamma function.")
    static double gamma(Machine m, double x) {
        if (x == Math.rint(x) && x <= 0) {
            throw domain();
        }
        return checked(x, SpecialFunctions.gamma(x));
    }

    @Builtin(value = "lgamma", signature = "x, /", doc = "The logarithm of the magnitude of the gamma function.")
    static double logGamma(Machine m, double x) {
        if (x == Math.rint(x) && x <= 0) {
            throw domain();
        }
        return checked(x, SpecialFunctions.logGamma(x));
    }
}
