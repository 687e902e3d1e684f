package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.FlowGradients;
import io.retrograd.tensor.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Branches and loops as dataflow (Yu et al., "Dynamic Control Flow in Large-Scale Machine Learning", EuroSys'18,
 * section 4): the session's token machine gives the operations here their meaning, so most have no kernel.
 */
final class ControlFlowOps {
    private ControlFlowOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Switch", "RefSwitch" -> new Switch(type);
            case "Merge", "RefMerge" -> new Merge(type);
            case "Enter", "RefEnter" -> new Enter(type);
            case "Exit", "RefExit", "NextIteration", "RefNextIteration" -> new Passing(type);
            case "LoopCond" -> new LoopCond();
            case "ControlTrigger" -> new ControlTrigger();
            case "Assert" -> new Assert();
            default -> null;
        };
    }

    private static String tensor(String type, String t) {
        return type.startsWith("Ref") ? "Ref(" + t + ")" : t;
    }

    /** One input for one of two outputs. */
    static final class Switch extends OpDef {
        Switch(String type) {
            super(
                    type,
                    "data: " + tensor(type, "T") + ", pred: bool",
                    "output_false: " + tensor(type, "T") + ", output_true: " + tensor(type, "T"),
                    "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(0));
            c.output(1, c.input(0));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return FlowGradients.ofSwitch(g);
        }
    }

    /** Whichever input is there. */
    static final class Merge extends OpDef {
        Merge(String type) {
            super(
                    type,
                    type.startsWith("Ref") ? "inputs: Ref(N * T)" : "inputs: N * T",
                    "output: " + tensor(type, "T") + ", value_index: int32",
                    "T: type",
                    "N: int");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape common = c.input(0);
            for (int i = 1; i < c.inputCount(); i++) {
                common = common.relax(c.input(i));
            }
            c.output(0, common);
            c.output(1, Shape.scalar());
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return FlowGradients.ofMerge(g);
        }
    }

    /** Into a loop: as the first value of a loop variable, or as a constant of all iterations. */
    static final class Enter extends OpDef {
        Enter(String type) {
            super(
                    type,
                    "data: " + tensor(type, "T"),
                    "output: " + tensor(type, "T"),
                    "T: type",
                    "frame_name: string",
                    "is_constant: bool = false",
                    "parallel_iterations: int = 10");
        }

        @Override
        public void infer(ShapeContext c) {
            if (c.operation().flag("is_constant")) {
                c.output(0, c.input(0));
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return FlowGradients.ofEnter(g);
        }
    }

    /** Out of a loop, or into its next iteration. */
    static final class Passing extends OpDef {
        Passing(String type) {
            super(type, "data: " + tensor(type, "T"), "output: " + tensor(type, "T"), "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return type().endsWith("Exit") ? FlowGradients.ofExit(g) : new Gradient[] {g.upstream(0)};
        }
    }

    /** Whether the loop goes on. */
    static final class LoopCond extends OpDef {
        LoopCond() {
            super("LoopCond", "input: bool", "output: bool");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 0);
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, k.input(0));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[1];
        }
    }

    /** Runs whether what it waits for is alive or dead. */
    static final class ControlTrigger extends OpDef {
        ControlTrigger() {
            super("ControlTrigger", "", "");
        }

        @Override
        public void infer(ShapeContext c) {}

        @Override
        public void compute(KernelContext k) {}

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** Fails with the values it was given unless its condition holds. */
    static final class Assert extends OpDef {
        Assert() {
            super("Assert", "condition: bool, data: list(T)", "", "T: list(type)", "summarize: int = 3");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 0);
        }

        @Override
        public void compute(KernelContext k) {
            if (k.input(0).getBoolean(0)) {
                return;
            }
            StringBuilder text = new StringBuilder("assertion failed:");
            long most = k.operation().intAttribute("summarize");
            for (int i = 1; i < k.inputCount(); i++) {
                text.append(' ').append(HostOps.Summary.of(k.input(i), most));
            }
            throw NnError.invalidArgument(text.toString());
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** C++'s default format: six significant digits. */
    static String general(double v) {
        if (Double.isNaN(v) || Double.isInfinite(v)) {
            return Double.isNaN(v) ? "nan" : v > 0 ? "inf" : "-inf";
        }
        BigDecimal d = new BigDecimal(v).round(new MathContext(6));
        int exponent = d.signum() == 0 ? 0 : d.precision() - d.scale() - 1;
        if (exponent < -5 || exponent >= 6) {
            String digits = d.unscaledValue().abs().toString().replaceAll("0+$", "");
            String mantissa = digits.length() > 1 ? digits.charAt(0) + "." + digits.substring(1) : digits;
            return (v < 0 ? "-" : "") + mantissa + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
        }
        return d.signum() == 0 ? "0" : d.stripTrailingZeros().toPlainString();
    }
}
