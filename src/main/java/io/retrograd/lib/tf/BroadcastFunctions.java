package io.retrograd.lib.tf;

import io.retrograd.graph.build.MathOps;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;

/** Elementwise functions of two operands, which are broadcast: one operation each. */
final class BroadcastFunctions {
    private BroadcastFunctions() {}

    private static Object binary(Machine m, String type, Object x, Object y, String name) {
        return Tensors.wrap(MathOps.binary(TfState.of(m).graph(), type, Operands.of(m, x), Operands.of(m, y), name));
    }

    @Builtin(
            value = {"add", "math.add"},
            signature = "x, y, name=None",
            doc = "x + y",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz, dy = dz")
    static Object add(Machine m, Object x, Object y, String name) {
        return binary(m, "Add", x, y, name);
    }

    @Builtin(
            value = {"subtract", "math.subtract", "sub"},
            signature = "x, y, name=None",
            doc = "x - y",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz, dy = -dz")
    static Object subtract(Machine m, Object x, Object y, String name) {
        return binary(m, "Sub", x, y, name);
    }

    @Builtin(
            value = {"multiply", "math.multiply", "mul"},
            signature = "x, y, name=None",
            doc = "x * y, element by element.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz * y, dy = dz * x")
    static Object multiply(Machine m, Object x, Object y, String name) {
        return binary(m, "Mul", x, y, name);
    }

    @Builtin(
            value = "realdiv",
            signature = "x, y, name=None",
            doc = "x / y for floats.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz / y, dy = -dz * x / y**2")
    static Object realdiv(Machine m, Object x, Object y, String name) {
        return binary(m, "RealDiv", x, y, name);
    }

    @Builtin(
            value = "floor_div",
            signature = "x, y, name=None",
            doc = "x / y rounded down.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object floorDiv(Machine m, Object x, Object y, String name) {
        return binary(m, "FloorDiv", x, y, name);
    }

    @Builtin(
            value = "truncatediv",
            signature = "x, y, name=None",
            doc = "x / y cut towards 0.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object truncatediv(Machine m, Object x, Object y, String name) {
        return binary(m, "TruncateDiv", x, y, name);
    }

    @Builtin(
            value = {"floormod", "mod", "math.floormod", "math.mod"},
            signature = "x, y, name=None",
            doc = "The remainder of x / y, with the sign of y.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz, dy = -dz * floor(x / y)")
    static Object floormod(Machine m, Object x, Object y, String name) {
        return binary(m, "FloorMod", x, y, name);
    }

    @Builtin(
            value = "truncatemod",
            signature = "x, y, name=None",
            doc = "The remainder of x / y, with the sign of x.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object truncatemod(Machine m, Object x, Object y, String name) {
        return binary(m, "TruncateMod", x, y, name);
    }

    @Builtin(
            value = {"pow", "math.pow"},
            signature = "x, y, name=None",
            doc = "x to the power y.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz * y * x**(y-1), dy = dz * z * log(x)")
    static Object pow(Machine m, Object x, Object y, String name) {
        return binary(m, "Pow", x, y, name);
    }

    @Builtin(
            value = {"maximum", "math.maximum"},
            signature = "x, y, name=None",
            doc = "The larger of x and y.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dz to the larger, to x where they are equal")
    static Object maximum(Machine m, Object x, Object y, String name) {
        return binary(m, "Maximum", x, y, name);
    }

    @Builtin(
            value = {"minimum", "math.minimum"},
            signature = "x, y, name=None",
            doc = "The smaller of x and y.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dz to the smaller, to x where they are equal")
    static Object minimum(Machine m, Object x, Object y, String name) {
        return binary(m, "Minimum", x, y, name);
    }

    @Builtin(
            value = {"squared_difference", "math.squared_difference"},
            signature = "x, y, name=None",
            doc = "(x - y)**2",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz * 2 * (x - y), dy = -dx")
    static Object squaredDifference(Machine m, Object x, Object y, String name) {
        return binary(m, "SquaredDifference", x, y, name);
    }

    @Builtin(
            value = "math.xdivy",
            signature = "x, y, name=None",
            doc = "x / y, and 0 where x is 0.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz / y, dy = -dz * x / y**2")
    static Object xdivy(Machine m, Object x, Object y, String name) {
        return binary(m, "Xdivy", x, y, name);
    }

    @Builtin(
            value = "math.xlogy",
            signature = "x, y, name=None",
            doc = "x * log(y), and 0 where x is 0.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz * log(y), dy = dz * x / y")
    static Object xlogy(Machine m, Object x, Object y, String name) {
        return binary(m, "Xlogy", x, y, name);
    }

    @Builtin(
            value = {"equal", "math.equal"},
            signature = "x, y, name=None",
            doc = "Whether x = y.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object equal(Machine m, Object x, Object y, String name) {
        return binary(m, "Equal", x, y, name);
    }

    @Builtin(
            value = {"not_equal", "math.not_equal"},
            signature = "x, y, name=None",
            doc = "Whether x and y differ.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object notEqual(Machine m, Object x, Object y, String name) {
        return binary(m, "NotEqual", x, y, name);
    }

    @Builtin(
            value = {"less", "math.less"},
            signature = "x, y, name=None",
            doc = "Whether x < y.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object less(Machine m, Object x, Object y, String name) {
        return binary(m, "Less", x, y, name);
    }

    @Builtin(
            value = {"less_equal", "math.less_equal"},
            signature = "x, y, name=None",
            doc = "Whether x <= y.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object lessEqual(Machine m, Object x, Object y, String name) {
        return binary(m, "LessEqual", x, y, name);
    }

    @Builtin(
            value = {"greater", "math.greater"},
            signature = "x, y, name=None",
            doc = "Whether x > y.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object greater(Machine m, Object x, Object y, String name) {
        return binary(m, "Greater", x, y, name);
    }

    @Builtin(
            value = {"greater_equal", "math.greater_equal"},
            signature = "x, y, name=None",
            doc = "Whether x >= y.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object greaterEqual(Machine m, Object x, Object y, String name) {
        return binary(m, "GreaterEqual", x, y, name);
    }

    @Builtin(
            value = {"logical_and", "math.logical_and"},
            signature = "x, y, name=None",
            doc = "x and y.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object logicalAnd(Machine m, Object x, Object y, String name) {
        return binary(m, "LogicalAnd", x, y, name);
    }

    @Builtin(
            value = {"logical_or", "math.logical_or"},
            signature = "x, y, name=None",
            doc = "x or y.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object logicalOr(Machine m, Object x, Object y, String name) {
        return binary(m, "LogicalOr", x, y, name);
    }

    @Builtin(
            value = {"atan2", "math.atan2"},
            signature = "y, x, name=None",
            doc = "The angle of the point (x, y).",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dy = dz * x / (x**2 + y**2), dx = -dz * y / (x**2 + y**2)")
    static Object atan2(Machine m, Object y, Object x, String name) {
        return binary(m, "Atan2", y, x, name);
    }

    @Builtin(
            value = {"igamma", "math.igamma"},
            signature = "a, x, name=None",
            doc = "The lower regularised incomplete gamma function.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dy * exp(-x) * x**(a - 1) / gamma(a)")
    static Object igamma(Machine m, Object a, Object x, String name) {
        return binary(m, "Igamma", a, x, name);
    }

    @Builtin(
            value = {"igammac", "math.igammac"},
            signature = "a, x, name=None",
            doc = "The upper regularised incomplete gamma function.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = -dy * exp(-x) * x**(a - 1) / gamma(a)")
    static Object igammac(Machine m, Object a, Object x, String name) {
        return binary(m, "Igammac", a, x, name);
    }

    @Builtin(
            value = {"zeta", "math.zeta"},
            signature = "x, q, name=None",
            doc = "Hurwitz's zeta function.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dq = -dy * x * zeta(x + 1, q)")
    static Object zeta(Machine m, Object x, Object q, String name) {
        return binary(m, "Zeta", x, q, name);
    }

    @Builtin(
            value = {"polygamma", "math.polygamma"},
            signature = "a, x, name=None",
            doc = "The a-th derivative of digamma.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dy * polygamma(a + 1, x)")
    static Object polygamma(Machine m, Object a, Object x, String name) {
        return binary(m, "Polygamma", a, x, name);
    }
}
