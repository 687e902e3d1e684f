package io.retrograd.graph.op;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.HostFunction;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Operations that reach out of the graph: printing, calling the script's functions. */
final class HostOps {
    private HostOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Print" -> new Print();
            case "PyFunc", "PyFuncStateless", "EagerPyFunc" -> new PyFunc(type);
            default -> null;
        };
    }

    /** Passes its input on and prints the data. */
    static final class Print extends OpDef {
        Print() {
            super("Print", "input: T, data: list(U)", "output: T", "T: type", "U: list(type)", "message: string = ",
                    "first_n: int = -1", "summarize: int = 3");
        }

        /** How often it has printed in this session. */
        private static final class Count {
            long printed;
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(0));
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, k.input(0));
            long most = k.operation().intAttribute("first_n");
            Count count = k.state(Count.class, Count::new);
            if (most >= 0 && count.printed >= most) {
                return;
            }
            count.printed++;
            StringBuilder line = new StringBuilder(k.operation().<String>attribute("message"));
            for (int i = 1; i < k.inputCount(); i++) {
                line.append(Summary.of(k.input(i), k.operation().intAttribute("summarize")));
            }
            k.log(line.toString());
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Gradient[] all = new Gradient[g.operation().inputCount()];
            all[0] = g.upstream(0);
            return all;
        }

        @Override
        public boolean isStateful() {
            return true;
        }
    }

    /** Calls a function of the script with arrays; what it returns must have the types declared. */
    static final class PyFunc extends OpDef {
        PyFunc(String type) {
            super(type, "input: list(Tin)", "output: list(Tout)", "token: string", "Tin: list(type)", "Tout: list(type)");
        }

        @Override
        public void infer(ShapeContext c) {}

        @Override
        public void compute(KernelContext k) {
            List<NdArray> inputs = new ArrayList<>();
            for (int i = 0; i < k.inputCount(); i++) {
                // The function may keep or change what it is given.
                inputs.add(k.input(i).copy());
            }
            List<NdArray> results = HostFunction.callOf(k.operation(), inputs);
            for (int i = 0; i < results.size(); i++) {
                k.forward(i, results.get(i));
            }
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

    /** Arrays as the C++ side prints them: {@code [1 2 3...]}. */
    static final class Summary {
        private Summary() {}

        static String of(NdArray a, long most) {
            StringBuilder s = new StringBuilder();
            int[] left = {(int) (most < 0 ? a.size() : Math.min(most, a.size()))};
            if (a.rank() == 0) {
                return "[" + element(a, 0) + "]";
            }
            append(a, 0, 0, left, s);
            return s.toString();
        }

        private static void append(NdArray a, int axis, int from, int[] left, StringBuilder s) {
            int n = a.dim(axis);
            int step = 1;
            for (int i = axis + 1; i < a.rank(); i++) {
                step *= a.dim(i);
            }
            s.append('[');
            for (int i = 0; i < n; i++) {
                if (left[0] == 0) {
                    s.append("...");
                    break;
                }
                if (axis == a.rank() - 1) {
                    s.append(i == 0 ? "" : " ").append(element(a, from + i));
                    left[0]--;
                } else {
                    append(a, axis + 1, from + i * step, left, s);
                }
            }
            s.append(']');
        }

        private static String element(NdArray a, int i) {
            if (a.dtype() == DType.STRING) {
                return new String((byte[]) a.getObject(i), StandardCharsets.UTF_8);
            }
            if (a.dtype() == DType.BOOL) {
                return a.getBoolean(i) ? "1" : "0";
            }
            return a.dtype().isFloating() ? ControlFlowOps.general(a.getDouble(i)) : Long.toString(a.getLong(i));
        }
    }
}
