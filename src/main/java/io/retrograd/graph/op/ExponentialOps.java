package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.conj;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.kernel.FloatActivations;
import io.retrograd.kernel.FloatFunctions;
import io.retrograd.kernel.FloatLoop;

/** Exponentials, logarithms and the functions made of them, each with its derivative. */
final class ExponentialOps {
    private static final String COMPLEX = "bfloat16|half|float|double|complex64|complex128";

    private ExponentialOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Exp" -> new Exp();
            case "Expm1" -> new Expm1();
            case "Log" -> new Log();
            case "Log1p" -> new Log1p();
            case "Tanh" -> new Tanh();
            case "Sigmoid" -> new Sigmoid();
            default -> null;
        };
    }

    static final class Exp extends UnaryFunction {
        Exp() {
            super("Exp", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.exp(x);
        }

        @Override
        FloatLoop loop() {
            return (x, none, y, from, to) -> FloatFunctions.exp(x, y, from, to);
        }

        @Override
        boolean complex(double re, double im, double[] to) {
            to[0] = Math.exp(re) * Math.cos(im);
            to[1] = Math.exp(re) * Math.sin(im);
            return true;
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output dy = g.dense();
            try (Graph.Block after = g.afterUpstream()) {
                return new Gradient[] {times(g.graph(), dy, conj(g.graph(), g.output(0), null))};
            }
        }
    }

    static final class Expm1 extends UnaryFunction {
        Expm1() {
            super("Expm1", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.expm1(x);
        }

        @Override
        FloatLoop loop() {
            return (x, none, y, from, to) -> FloatActivations.expm1(x, y, from, to);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Exp", x, null));
        }
    }

    static final class Log extends UnaryFunction {
        Log() {
            super("Log", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.log(x);
        }

        @Override
        FloatLoop loop() {
            return (x, none, y, from, to) -> FloatFunctions.log(x, y, from, to);
        }

        @Override
        boolean complex(double re, double im, double[] to) {
            to[0] = Math.log(Math.hypot(re, im));
            to[1] = Math.atan2(im, re);
            return true;
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Reciprocal", x, null));
        }
    }

    static final class Log1p extends UnaryFunction {
        Log1p() {
            super("Log1p", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.log1p(x);
        }

        @Override
        FloatLoop loop() {
            return (x, none, y, from, to) -> FloatActivations.log1p(x, y, from, to);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Reciprocal", plus(g, Literal.of(1), x), null));
        }
    }

    static final class Tanh extends UnaryFunction {
        Tanh() {
            super("Tanh", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.tanh(x);
        }

        @Override
        FloatLoop loop() {
            return (x, none, y, from, to) -> FloatFunctions.tanh(x, y, from, to);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return binary(g, "TanhGrad", conj(g, y, null), dy, null);
        }
    }

    static final class Sigmoid extends UnaryFunction {
        Sigmoid() {
            super("Sigmoid", COMPLEX);
        }

        @Override
        double of(double x) {
            return 1 / (1 + Math.exp(-x));
        }

        @Override
        FloatLoop loop() {
            return (x, none, y, from, to) -> FloatFunctions.logistic(x, y, from, to);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return binary(g, "SigmoidGrad", conj(g, y, null), dy, null);
        }
    }
}
