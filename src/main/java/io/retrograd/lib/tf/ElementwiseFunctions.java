package io.retrograd.lib.tf;

import io.retrograd.graph.build.MathOps;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;

/** Elementwise functions of {@code tf} and {@code tf.math} of one operand: one operation each. */
final class ElementwiseFunctions {
    private ElementwiseFunctions() {}

    private static Object unary(Machine m, String type, Object x, String name) {
        return Tensors.wrap(MathOps.unary(TfState.of(m).graph(), type, Operands.of(m, x), name));
    }

    @Builtin(
            value = {"negative", "math.negative", "neg"},
            signature = "x, name=None",
            doc = "-x",
            shapes = "the shape of its operand stays",
            gradient = "dx = -dy")
    static Object negative(Machine m, Object x, String name) {
        return unary(m, "Neg", x, name);
    }

    @Builtin(
            value = {"sign", "math.sign"},
            signature = "x, name=None",
            doc = "-1, 0 or 1 by the sign of x.",
            shapes = "the shape of its operand stays",
            gradient = "0")
    static Object sign(Machine m, Object x, String name) {
        return unary(m, "Sign", x, name);
    }

    @Builtin(
            value = {"square", "math.square"},
            signature = "x, name=None",
            doc = "x * x",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * 2 * x")
    static Object square(Machine m, Object x, String name) {
        return unary(m, "Square", x, name);
    }

    @Builtin(
            value = {"sqrt", "math.sqrt"},
            signature = "x, name=None",
            doc = "The square root of x.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / (2 * y)")
    static Object sqrt(Machine m, Object x, String name) {
        return unary(m, "Sqrt", x, name);
    }

    @Builtin(
            value = {"rsqrt", "math.rsqrt"},
            signature = "x, name=None",
            doc = "1 / sqrt(x)",
            shapes = "the shape of its operand stays",
            gradient = "dx = -dy * y**3 / 2")
    static Object rsqrt(Machine m, Object x, String name) {
        return unary(m, "Rsqrt", x, name);
    }

    @Builtin(
            value = {"reciprocal", "math.reciprocal"},
            signature = "x, name=None",
            doc = "1 / x",
            shapes = "the shape of its operand stays",
            gradient = "dx = -dy * y**2")
    static Object reciprocal(Machine m, Object x, String name) {
        return unary(m, "Reciprocal", x, name);
    }

    @Builtin(
            value = "inv",
            signature = "x, name=None",
            doc = "1 / x, under its first name.",
            shapes = "the shape of its operand stays",
            gradient = "dx = -dy * y**2")
    static Object inv(Machine m, Object x, String name) {
        return unary(m, "Inv", x, name);
    }

    @Builtin(
            value = {"exp", "math.exp"},
            signature = "x, name=None",
            doc = "e to the power x.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * y")
    static Object exp(Machine m, Object x, String name) {
        return unary(m, "Exp", x, name);
    }

    @Builtin(
            value = {"expm1", "math.expm1"},
            signature = "x, name=None",
            doc = "exp(x) - 1, exact near 0.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * exp(x)")
    static Object expm1(Machine m, Object x, String name) {
        return unary(m, "Expm1", x, name);
    }

    @Builtin(
            value = {"log", "math.log"},
            signature = "x, name=None",
            doc = "The natural logarithm of x.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / x")
    static Object log(Machine m, Object x, String name) {
        return unary(m, "Log", x, name);
    }

    @Builtin(
            value = {"log1p", "math.log1p"},
            signature = "x, name=None",
            doc = "log(1 + x), exact near 0.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / (1 + x)")
    static Object log1p(Machine m, Object x, String name) {
        return unary(m, "Log1p", x, name);
    }

    @Builtin(
            value = {"sin", "math.sin"},
            signature = "x, name=None",
            doc = "The sine of x in radians.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * cos(x)")
    static Object sin(Machine m, Object x, String name) {
        return unary(m, "Sin", x, name);
    }

    @Builtin(
            value = {"cos", "math.cos"},
            signature = "x, name=None",
            doc = "The cosine of x in radians.",
            shapes = "the shape of its operand stays",
            gradient = "dx = -dy * sin(x)")
    static Object cos(Machine m, Object x, String name) {
        return unary(m, "Cos", x, name);
    }

    @Builtin(
            value = {"tan", "math.tan"},
            signature = "x, name=None",
            doc = "The tangent of x in radians.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / cos(x)**2")
    static Object tan(Machine m, Object x, String name) {
        return unary(m, "Tan", x, name);
    }

    @Builtin(
            value = {"asin", "math.asin"},
            signature = "x, name=None",
            doc = "The angle whose sine is x.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / sqrt(1 - x**2)")
    static Object asin(Machine m, Object x, String name) {
        return unary(m, "Asin", x, name);
    }

    @Builtin(
            value = {"acos", "math.acos"},
            signature = "x, name=None",
            doc = "The angle whose cosine is x.",
            shapes = "the shape of its operand stays",
            gradient = "dx = -dy / sqrt(1 - x**2)")
    static Object acos(Machine m, Object x, String name) {
        return unary(m, "Acos", x, name);
    }

    @Builtin(
            value = {"atan", "math.atan"},
            signature = "x, name=None",
            doc = "The angle whose tangent is x.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / (1 + x**2)")
    static Object atan(Machine m, Object x, String name) {
        return unary(m, "Atan", x, name);
    }

    @Builtin(
            value = {"sinh", "math.sinh"},
            signature = "x, name=None",
            doc = "The hyperbolic sine of x.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * cosh(x)")
    static Object sinh(Machine m, Object x, String name) {
        return unary(m, "Sinh", x, name);
    }

    @Builtin(
            value = {"cosh", "math.cosh"},
            signature = "x, name=None",
            doc = "The hyperbolic cosine of x.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * sinh(x)")
    static Object cosh(Machine m, Object x, String name) {
        return unary(m, "Cosh", x, name);
    }

    @Builtin(
            value = {"tanh", "math.tanh", "nn.tanh"},
            signature = "x, name=None",
            doc = "The hyperbolic tangent of x.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * (1 - y**2)")
    static Object tanh(Machine m, Object x, String name) {
        return unary(m, "Tanh", x, name);
    }

    @Builtin(
            value = {"asinh", "math.asinh"},
            signature = "x, name=None",
            doc = "The inverse of sinh.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / cosh(y)")
    static Object asinh(Machine m, Object x, String name) {
        return unary(m, "Asinh", x, name);
    }

    @Builtin(
            value = {"acosh", "math.acosh"},
            signature = "x, name=None",
            doc = "The inverse of cosh.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / sinh(y)")
    static Object acosh(Machine m, Object x, String name) {
        return unary(m, "Acosh", x, name);
    }

    @Builtin(
            value = {"atanh", "math.atanh"},
            signature = "x, name=None",
            doc = "The inverse of tanh.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy / (1 - x**2)")
    static Object atanh(Machine m, Object x, String name) {
        return unary(m, "Atanh", x, name);
    }

    @Builtin(
            value = {"sigmoid", "math.sigmoid", "nn.sigmoid"},
            signature = "x, name=None",
            doc = "1 / (1 + exp(-x))",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * y * (1 - y)")
    static Object sigmoid(Machine m, Object x, String name) {
        return unary(m, "Sigmoid", x, name);
    }

    @Builtin(
            value = {"floor", "math.floor"},
            signature = "x, name=None",
            doc = "The largest whole number that is not above x.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object floor(Machine m, Object x, String name) {
        return unary(m, "Floor", x, name);
    }

    @Builtin(
            value = {"ceil", "math.ceil"},
            signature = "x, name=None",
            doc = "The smallest whole number that is not below x.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object ceil(Machine m, Object x, String name) {
        return unary(m, "Ceil", x, name);
    }

    @Builtin(
            value = {"rint", "math.rint"},
            signature = "x, name=None",
            doc = "The nearest whole number, halves to even.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object rint(Machine m, Object x, String name) {
        return unary(m, "Rint", x, name);
    }

    @Builtin(
            value = {"erf", "math.erf"},
            signature = "x, name=None",
            doc = "The Gauss error function.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * 2 / sqrt(pi) * exp(-x**2)")
    static Object erf(Machine m, Object x, String name) {
        return unary(m, "Erf", x, name);
    }

    @Builtin(
            value = {"erfc", "math.erfc"},
            signature = "x, name=None",
            doc = "1 - erf(x)",
            shapes = "the shape of its operand stays",
            gradient = "dx = -dy * 2 / sqrt(pi) * exp(-x**2)")
    static Object erfc(Machine m, Object x, String name) {
        return unary(m, "Erfc", x, name);
    }

    @Builtin(
            value = {"lgamma", "math.lgamma"},
            signature = "x, name=None",
            doc = "The logarithm of |gamma(x)|.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * digamma(x)")
    static Object lgamma(Machine m, Object x, String name) {
        return unary(m, "Lgamma", x, name);
    }

    @Builtin(
            value = {"digamma", "math.digamma"},
            signature = "x, name=None",
            doc = "The derivative of lgamma.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * polygamma(1, x)")
    static Object digamma(Machine m, Object x, String name) {
        return unary(m, "Digamma", x, name);
    }

    @Builtin(
            value = "math.bessel_i0e",
            signature = "x, name=None",
            doc = "The modified Bessel function of order 0, times exp(-|x|).",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * (i1e(x) - sign(x) * y)")
    static Object besselI0e(Machine m, Object x, String name) {
        return unary(m, "BesselI0e", x, name);
    }

    @Builtin(
            value = "math.bessel_i1e",
            signature = "x, name=None",
            doc = "The modified Bessel function of order 1, times exp(-|x|).",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * (i0e(x) - y * (sign(x) + 1 / x))")
    static Object besselI1e(Machine m, Object x, String name) {
        return unary(m, "BesselI1e", x, name);
    }

    @Builtin(
            value = {"is_nan", "math.is_nan", "debugging.is_nan"},
            signature = "x, name=None",
            doc = "Whether x is not a number.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object isNan(Machine m, Object x, String name) {
        return unary(m, "IsNan", x, name);
    }

    @Builtin(
            value = {"is_inf", "math.is_inf", "debugging.is_inf"},
            signature = "x, name=None",
            doc = "Whether x is infinite.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object isInf(Machine m, Object x, String name) {
        return unary(m, "IsInf", x, name);
    }

    @Builtin(
            value = {"is_finite", "math.is_finite", "debugging.is_finite"},
            signature = "x, name=None",
            doc = "Whether x is neither infinite nor NaN.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object isFinite(Machine m, Object x, String name) {
        return unary(m, "IsFinite", x, name);
    }

    @Builtin(
            value = {"logical_not", "math.logical_not"},
            signature = "x, name=None",
            doc = "Not x.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object logicalNot(Machine m, Object x, String name) {
        return unary(m, "LogicalNot", x, name);
    }

    @Builtin(
            value = "bitwise.invert",
            signature = "x, name=None",
            doc = "x with every bit turned.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object invert(Machine m, Object x, String name) {
        return unary(m, "Invert", x, name);
    }
}
