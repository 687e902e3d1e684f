package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.conj;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.graph.Graph;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;

/** Trigonometric and hyperbolic functions and their inverses, each with its derivative. */
final class TrigonometricOps {
    private static final String ANY = "bfloat16|half|float|double|int32|int64|complex64|complex128";
    private static final String COMPLEX = "bfloat16|half|float|double|complex64|complex128";

    private TrigonometricOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Sin" -> new Sin();
            case "Cos" -> new Cos();
            case "Tan" -> new Tan();
            case "Asin" -> new Asin();
            case "Acos" -> new Acos();
            case "Atan" -> new Atan();
            case "Sinh" -> new Sinh();
            case "Cosh" -> new Cosh();
            case "Asinh" -> new Asinh();
            case "Acosh" -> new Acosh();
            case "Atanh" -> new Atanh();
            default -> null;
        };
    }

    static final class Sin extends UnaryFunction {
        Sin() {
            super("Sin", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.sin(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Cos", x, null));
        }
    }

    static final class Cos extends UnaryFunction {
        Cos() {
            super("Cos", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.cos(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, negate(g, dy), unary(g, "Sin", x, null));
        }
    }

    static final class Tan extends UnaryFunction {
        Tan() {
            super("Tan", ANY);
        }

        @Override
        double of(double x) {
            return Math.tan(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output secant = unary(g, "Reciprocal", unary(g, "Cos", x, null), null);
            return times(g, unary(g, "Square", secant, null), dy);
        }
    }

    static final class Asin extends UnaryFunction {
        Asin() {
            super("Asin", ANY);
        }

        @Override
        double of(double x) {
            return Math.asin(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, inverseCosine(g, x, dy));
        }
    }

    /** 1 / sqrt(1 - x²). */
    private static Output inverseCosine(Graph g, Output x, Output dy) {
        Output square = unary(g, "Square", x, null);
        Output one = g.constant(NdArray.full(dy.dtype(), 1), "Const");
        Output cosine = unary(g, "Sqrt", binary(g, "Sub", one, square, null), null);
        return unary(g, "Reciprocal", cosine, null);
    }

    static final class Acos extends UnaryFunction {
        Acos() {
            super("Acos", ANY);
        }

        @Override
        double of(double x) {
            return Math.acos(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output inverse = inverseCosine(g, x, dy);
            return times(g, negate(g, dy), inverse);
        }
    }

    static final class Atan extends UnaryFunction {
        Atan() {
            super("Atan", ANY);
        }

        @Override
        double of(double x) {
            return Math.atan(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output square = unary(g, "Square", x, null);
            Output one = g.constant(NdArray.full(dy.dtype(), 1), "Const");
            return times(g, dy, unary(g, "Reciprocal", binary(g, "Add", one, square, null), null));
        }
    }

    static final class Sinh extends UnaryFunction {
        Sinh() {
            super("Sinh", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.sinh(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Cosh", x, null));
        }
    }

    static final class Cosh extends UnaryFunction {
        Cosh() {
            super("Cosh", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.cosh(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Sinh", x, null));
        }
    }

    static final class Asinh extends UnaryFunction {
        Asinh() {
            super("Asinh", COMPLEX);
        }

        @Override
        double of(double x) {
            double a = Math.abs(x);
            double y = a < 1e-4 ? a - a * a * a / 6 : Math.log(a + Math.sqrt(a * a + 1));
            return Math.copySign(y, x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return over(g, dy, unary(g, "Cosh", conj(g, y, null), null));
        }
    }

    static final class Acosh extends UnaryFunction {
        Acosh() {
            super("Acosh", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.log(x + Math.sqrt(x * x - 1));
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return over(g, dy, unary(g, "Sinh", conj(g, y, null), null));
        }
    }

    static final class Atanh extends UnaryFunction {
        Atanh() {
            super("Atanh", COMPLEX);
        }

        @Override
        double of(double x) {
            return (Math.log1p(x) - Math.log1p(-x)) / 2;
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output square = unary(g, "Square", x, null);
            Output one = g.constant(NdArray.full(dy.dtype(), 1), "Const");
            return times(g, dy, unary(g, "Reciprocal", binary(g, "Sub", one, square, null), null));
        }
    }
}
