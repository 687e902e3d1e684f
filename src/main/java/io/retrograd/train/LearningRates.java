package io.retrograd.train;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;

/** Learning rates that fall with the global step, as the operations that TensorFlow makes of them. */
public final class LearningRates {
    private final Graph g;
    private final Output rate;
    private final Arithmetic a;

    private LearningRates(Graph g, Operand rate) {
        this.g = g;
        this.rate = rate.toOutput(g, null, null, "initial_learning_rate");
        this.a = new Arithmetic(g, this.rate.dtype());
    }

    private static NameScope scope(Graph g, String name, String otherwise) {
        return g.nameScope(name == null ? otherwise : name);
    }

    /** The value in the rate's type: a Cast of its own name scope, which a value that has the type already uses up. */
    private Output cast(Operand value) {
        if (value instanceof Output t && t.dtype() == a.dtype()) {
            return t;
        }
        try (NameScope scope = g.nameScope("Cast")) {
            Output x = value.toOutput(g, null, null, "x");
            return x.dtype() == a.dtype() ? x : g.op("Cast").name(scope.path()).input(x).attr("DstT", a.dtype()).output();
        }
    }

    private Output named(String type, NameScope scope, Operand x, Operand y) {
        return g.op(type).name(scope.path()).input(x).input(y).output();
    }

    private Output number(double value) {
        return Literal.of(value).toOutput(g, a.dtype(), null, "Const");
    }

    /** rate * decay ^ (step / steps); the exponent is rounded down where it is a staircase. */
    public static Output exponential(
            Graph g, Operand rate, Operand step, Operand steps, Operand decay, boolean staircase, String name) {
        try (NameScope scope = scope(g, name, "ExponentialDecay")) {
            LearningRates s = new LearningRates(g, rate);
            Output n = s.cast(steps);
            Output d = s.cast(decay);
            Output p = s.a.div(s.cast(step), n);
            if (staircase) {
                p = s.a.op("Floor", p);
            }
            Output factor = g.op("Pow").input(d).input(p).output();
            return s.named("Mul", scope, s.rate, factor);
        }
    }

    /** rate * exp(-decay) ^ (step / steps). */
    public static Output naturalExponential(
            Graph g, Operand rate, Operand step, Operand steps, Operand decay, boolean staircase, String name) {
        Output negative = g.op("Neg").input(decay).output();
        Output base = g.op("Exp").input(negative).output();
        return exponential(g, rate, step, steps, base, staircase, name);
    }

    /** rate / (1 + decay * step / steps). */
    public static Output inverseTime(
            Graph g, Operand rate, Operand step, Operand steps, Operand decay, boolean staircase, String name) {
        try (NameScope scope = scope(g, name, "InverseTimeDecay")) {
            LearningRates s = new LearningRates(g, rate);
            Output n = s.cast(steps);
            Output d = s.cast(decay);
            Output p = s.a.div(s.cast(step), n);
            if (staircase) {
                p = s.a.op("Floor", p);
            }
            Output one = s.cast(g.constant(NdArray.scalar(1), "Const"));
            Output grown = g.op("Mul").input(d).input(p).output();
            Output below = g.op("Add").input(one).input(grown).output();
            return s.named("RealDiv", scope, s.rate, below);
        }
    }

    /** (rate - end) * (1 - step / steps) ^ power + end. */
    public static Output polynomial(
            Graph g, Operand rate, Operand step, Operand steps, Operand end, Operand power, boolean cycle, String name) {
        try (NameScope scope = scope(g, name, "PolynomialDecay")) {
            LearningRates s = new LearningRates(g, rate);
            Output e = s.cast(end);
            Output pw = s.cast(power);
            Output now = s.cast(step);
            Output n = s.cast(steps);
            if (cycle) {
                Output zero = g.op("Equal").input(now).attr("T", s.a.dtype()).input(Literal.of(0)).output();
                Output times = s.a.op("Ceil", s.a.div(now, steps instanceof Output t && t.dtype() == s.a.dtype() ? t : n));
                Output multiplier = g.op("Select").input(zero).input(s.number(1)).input(times).output();
                n = g.op("Mul").input(n).input(multiplier).output();
            } else {
                now = g.op("Minimum").input(now).input(n).output();
            }
            Output p = s.a.div(now, n);
            Output span = s.a.sub(s.rate, e);
            Output left = s.a.minus(1, p);
            Output factor = g.op("Pow").input(left).input(pw).output();
            return s.named("Add", scope, g.op("Mul").input(span).input(factor).output(), e);
        }
    }

    /** Half a cosine from the rate to alpha times the rate (Loshchilov and Hutter 2017). */
    public static Output cosine(Graph g, Operand rate, Operand step, Operand steps, double alpha, String name) {
        try (NameScope scope = scope(g, name, "CosineDecay")) {
            LearningRates s = new LearningRates(g, rate);
            Output n = s.cast(steps);
            Output now = g.op("Minimum").input(s.cast(step)).input(n).output();
            Output completed = s.a.div(now, n);
            Output wave = s.wave(completed, s.number(Math.PI));
            Output scaled = s.times(1 - alpha, wave);
            Output decayed = g.op("AddV2").name("add").input(scaled).attr("T", s.a.dtype()).input(Literal.of(alpha)).output();
            return g.op("Mul").input(s.rate).input(decayed).output();
        }
    }

    /** (alpha + linear) * wave + beta, where the wave runs {@code periods} times (Bello et al. 2017). */
    public static Output linearCosine(
            Graph g, Operand rate, Operand step, Operand steps, double periods, double alpha, double beta, String name) {
        try (NameScope scope = scope(g, name, "LinearCosineDecay")) {
            LearningRates s = new LearningRates(g, rate);
            Output n = s.cast(steps);
            Output cycles = s.cast(Literal.of(periods));
            Output al = s.cast(Literal.of(alpha));
            Output be = s.cast(Literal.of(beta));
            Output now = g.op("Minimum").input(s.cast(step)).input(n).output();
            Output linear = s.a.div(s.a.sub(n, now), n);
            Output completed = s.a.div(now, n);
            Output fraction = s.a.mul(s.times(2, cycles), completed);
            Output wave = s.wave(fraction, s.number(Math.PI));
            Output decayed = s.a.add(s.a.mul(s.a.add(al, linear), wave), be);
            return s.named("Mul", scope, s.rate, decayed);
        }
    }

    private Output times(double factor, Output x) {
        return g.op("Mul").name("mul").attr("T", a.dtype()).input(Literal.of(factor)).input(x).output();
    }

    /** 0.5 * (1 + cos(pi * x)). */
    private Output wave(Output x, Output pi) {
        Output angle = a.mul(pi, x);
        Output cosine = a.op("Cos", angle);
        Output up = g.op("AddV2").name("add").attr("T", a.dtype()).input(Literal.of(1)).input(cosine).output();
        return times(0.5, up);
    }
}
