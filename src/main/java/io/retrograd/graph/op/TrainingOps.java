package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.DoubleRules;
import io.retrograd.kernel.FloatRules;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;

/**
 * The operations that optimizers end in: a variable and its slots by reference, hyperparameters as scalars, a
 * gradient. Each has a sparse form that applies the same rule to the rows that the gradient names.
 */
final class TrainingOps {
    private static final String NUMBERS = "T: float|double|int32|uint8|int16|int8|int64|half|complex64|complex128";
    private static final String LOCKING = "use_locking: bool = false";

    /** Elements updated at a time: those of a variable, its slots and the gradient fit the second-level cache. */
    private static final int TILE = 1 << 13;

    private TrainingOps() {}

    static OpDef find(String type) {
        boolean sparse = type.startsWith("Sparse");
        return switch (type) {
            case "ApplyGradientDescent" -> new ApplyGradientDescent();
            case "ApplyMomentum", "SparseApplyMomentum" -> new ApplyMomentum(sparse);
            case "ApplyAdam" -> new ApplyAdam();
            case "ApplyAdagrad", "SparseApplyAdagrad" -> new ApplyAdagrad(sparse);
            case "ApplyAdadelta", "SparseApplyAdadelta" -> new ApplyAdadelta(sparse);
            case "ApplyRMSProp", "SparseApplyRMSProp" -> new ApplyRmsProp(sparse);
            case "ApplyCenteredRMSProp", "SparseApplyCenteredRMSProp" -> new ApplyCenteredRmsProp(sparse);
            case "ApplyFtrl", "SparseApplyFtrl" -> new ApplyFtrl(sparse, false);
            case "ApplyFtrlV2", "SparseApplyFtrlV2" -> new ApplyFtrl(sparse, true);
            case "ApplyProximalGradientDescent", "SparseApplyProximalGradientDescent" -> new ApplyProximalGradientDescent(sparse);
            case "ApplyProximalAdagrad", "SparseApplyProximalAdagrad" -> new ApplyProximalAdagrad(sparse);
            case "ApplyAdagradDA", "SparseApplyAdagradDA" -> new ApplyAdagradDa(sparse);
            case "ApplyRprop" -> new ApplyRprop();
            default -> null;
        };
    }

    /** One rule. Arguments: the references, then what {@code order} names, the gradient among them. */
    private abstract static class Rule extends OpDef {
        private final boolean sparse;
        private final int references;
        private final int gradient;
        private final int indices;

        /** {@code references} and {@code others} are argument names; one of the others is {@code grad} or {@code delta}. */
        Rule(String type, boolean sparse, String references, String others, String... attributes) {
            super(sparse ? "Sparse" + type : type, arguments(sparse, references, others), "out: Ref(T)",
                    sparse ? join(attributes, "Tindices: int32|int64") : attributes);
            this.sparse = sparse;
            this.references = references.split(" ").length;
            int at = 0;
            for (String name : others.split(" ")) {
                if (name.equals("grad") || name.equals("delta")) {
                    break;
                }
                at++;
            }
            this.gradient = this.references + at;
            this.indices = gradient + 1;
        }

        private static String arguments(boolean sparse, String references, String others) {
            StringBuilder out = new StringBuilder();
            for (String name : references.split(" ")) {
                out.append(out.isEmpty() ? "" : ", ").append(name).append(": Ref(T)");
            }
            for (String name : others.split(" ")) {
                out.append(", ").append(name).append(name.equals("global_step") ? ": int64" : ": T");
                if (sparse && name.equals("grad")) {
                    out.append(", indices: Tindices");
                }
            }
            return out.toString();
        }

        private static String[] join(String[] attributes, String one) {
            String[] all = Arrays.copyOf(attributes, attributes.length + 1);
            all[attributes.length] = one;
            return all;
        }

        /** Updates the elements {@code from} (inclusive) to {@code to} (exclusive). */
        abstract void apply(float[][] refs, float[] g, int from, int to, KernelContext k);

        abstract void apply(double[][] refs, double[] g, KernelContext k);

        /** The scalar at that place behind the references, the gradient and its indices left out. */
        final double scalar(KernelContext k, int place) {
            int i = references + place;
            i = i >= gradient ? i + (sparse ? 2 : 1) : i;
            return k.input(i).getDouble(0);
        }

        /** Whether roots are TensorFlow's estimates. It takes exact ones in single rows. */
        final boolean estimates(KernelContext k) {
            return !sparse && k.kernels().estimatesRoots();
        }

        final float f(KernelContext k, int place) {
            return (float) scalar(k, place);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape s = c.input(0);
            for (int i = 1; i < references; i++) {
                s = c.mergeShapes(s, c.input(i));
            }
            for (int i = references; i < c.inputCount(); i++) {
                if (i != gradient && !(sparse && i == indices)) {
                    c.withRank(i, 0);
                }
            }
            c.output(0, sparse ? s : c.mergeShapes(s, c.input(gradient)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray variable = k.variable(0).value();
            NdArray g = k.input(gradient);
            if (!sparse && !variable.hasShapeOf(g)) {
                throw NnError.invalidArgument("var and delta do not have the same shape"
                        + Shape.of(variable.shape()).toBrackets() + " " + Shape.of(g.shape()).toBrackets());
            }
            if (variable.dtype() != DType.FLOAT32 && variable.dtype() != DType.FLOAT64) {
                throw NnError.invalidArgument(type() + " works on float32 and float64, not on " + variable.dtype().tfName());
            }
            if (sparse) {
                rows(k, variable, g);
            } else if (variable.dtype() == DType.FLOAT32) {
                replace(k, g.floats());
            } else {
                double[][] refs = new double[references][];
                for (int i = 0; i < references; i++) {
                    k.variable(i).protect(k.threads());
                    refs[i] = k.variable(i).value().doubles();
                }
                apply(refs, g.doubles(), k);
            }
            k.forwardReference(0, k.variable(0));
        }

        /** Where the elements of a row lie while it is updated. */
        private record Row(float[][] refs, float[] g) {
            Row(int references, int width) {
                this(new float[references][width], new float[width]);
            }
        }

        /** The arrays of one run: the values before, and those after. */
        private record Values(float[][] old, float[][] now, NdArray[] next) {
            Values(int n) {
                this(new float[n][], new float[n][], new NdArray[n]);
            }
        }

        /** Writes the new values beside the old ones, a tile at a time: copied, then updated while it is in the cache. */
        private void replace(KernelContext k, float[] g) {
            Values values = k.state(Values.class, () -> new Values(references));
            for (int i = 0; i < references; i++) {
                values.old[i] = k.variable(i).value().floats();
                values.next[i] = k.variable(i).successor();
                values.now[i] = values.next[i].floats();
            }
            Tiles.share(g.length, k.threads(), k::checkInterrupt, (start, end) -> {
                for (int from = start; from < end; from += TILE) {
                    int to = Math.min(end, from + TILE);
                    for (int i = 0; i < references; i++) {
                        if (values.old[i] != values.now[i]) {
                            System.arraycopy(values.old[i], from, values.now[i], from, to - from);
                        }
                    }
                    apply(values.now, g, from, to, k);
                }
            });
            for (int i = 0; i < references; i++) {
                k.variable(i).assign(values.next[i]);
            }
            Arrays.fill(values.old, null);
        }

        @Override
        public boolean savesWhatItUpdates() {
            return true;
        }

        private void rows(KernelContext k, NdArray variable, NdArray g) {
            NdArray index = k.input(indices);
            int width = variable.size() / Math.max(1, variable.dim(0));
            Row one = k.state(Row.class, () -> new Row(references, width));
            if (one.g.length != width) {
                one = new Row(references, width);
            }
            for (int r = 0; r < index.size(); r++) {
                long row = index.getLong(r);
                if (row < 0 || row >= variable.dim(0)) {
                    throw NnError.invalidArgument("Index " + row + " at offset " + r + " in indices is out of range");
                }
                int at = (int) row * width;
                for (int i = 0; i < references; i++) {
                    k.variable(i).keep(at, width);
                }
                if (variable.dtype() == DType.FLOAT32) {
                    for (int i = 0; i < references; i++) {
                        System.arraycopy(k.variable(i).value().floats(), at, one.refs[i], 0, width);
                    }
                    System.arraycopy(g.floats(), r * width, one.g, 0, width);
                    apply(one.refs, one.g, 0, width, k);
                    for (int i = 0; i < references; i++) {
                        System.arraycopy(one.refs[i], 0, k.variable(i).value().floats(), at, width);
                    }
                } else {
                    double[][] refs = new double[references][];
                    for (int i = 0; i < references; i++) {
                        refs[i] = Arrays.copyOfRange(k.variable(i).value().doubles(), at, at + width);
                    }
                    apply(refs, Arrays.copyOfRange(g.doubles(), r * width, (r + 1) * width), k);
                    for (int i = 0; i < references; i++) {
                        System.arraycopy(refs[i], 0, k.variable(i).value().doubles(), at, width);
                    }
                }
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

    static final class ApplyGradientDescent extends Rule {
        ApplyGradientDescent() {
            super("ApplyGradientDescent", false, "var", "alpha delta", NUMBERS, LOCKING);
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.gradientDescent(from, to, v[0], g, f(k, 0));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.gradientDescent(v[0], g, scalar(k, 0));
        }
    }

    static final class ApplyMomentum extends Rule {
        ApplyMomentum(boolean sparse) {
            super("ApplyMomentum", sparse, "var accum", "lr grad momentum", NUMBERS, LOCKING, "use_nesterov: bool = false");
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.momentum(from, to, v[0], v[1], g, f(k, 0), f(k, 1), k.operation().flag("use_nesterov"));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.momentum(v[0], v[1], g, scalar(k, 0), scalar(k, 1), k.operation().flag("use_nesterov"));
        }
    }

    static final class ApplyAdam extends Rule {
        ApplyAdam() {
            super("ApplyAdam", false, "var m v", "beta1_power beta2_power lr beta1 beta2 epsilon grad", NUMBERS, LOCKING,
                    "use_nesterov: bool = false");
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.adam(from, to, v[0], v[1], v[2], g, f(k, 0), f(k, 1), f(k, 2), f(k, 3), f(k, 4), f(k, 5),
                    k.operation().flag("use_nesterov"), estimates(k));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.adam(v[0], v[1], v[2], g, scalar(k, 0), scalar(k, 1), scalar(k, 2), scalar(k, 3), scalar(k, 4),
                    scalar(k, 5), k.operation().flag("use_nesterov"));
        }
    }

    static final class ApplyAdagrad extends Rule {
        ApplyAdagrad(boolean sparse) {
            super("ApplyAdagrad", sparse, "var accum", "lr grad", NUMBERS, LOCKING, "update_slots: bool = true");
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.adagrad(from, to, v[0], v[1], g, f(k, 0), k.operation().flag("update_slots"), estimates(k));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.adagrad(v[0], v[1], g, scalar(k, 0), k.operation().flag("update_slots"));
        }
    }

    static final class ApplyAdadelta extends Rule {
        ApplyAdadelta(boolean sparse) {
            super("ApplyAdadelta", sparse, "var accum accum_update", "lr rho epsilon grad", NUMBERS, LOCKING);
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.adadelta(from, to, v[0], v[1], v[2], g, f(k, 0), f(k, 1), f(k, 2), estimates(k));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.adadelta(v[0], v[1], v[2], g, scalar(k, 0), scalar(k, 1), scalar(k, 2));
        }
    }

    static final class ApplyRmsProp extends Rule {
        ApplyRmsProp(boolean sparse) {
            super("ApplyRMSProp", sparse, "var ms mom", "lr rho momentum epsilon grad", NUMBERS, LOCKING);
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.rmsProp(from, to, v[0], v[1], v[2], g, f(k, 0), f(k, 1), f(k, 2), f(k, 3), estimates(k));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.rmsProp(v[0], v[1], v[2], g, scalar(k, 0), scalar(k, 1), scalar(k, 2), scalar(k, 3));
        }
    }

    static final class ApplyCenteredRmsProp extends Rule {
        ApplyCenteredRmsProp(boolean sparse) {
            super("ApplyCenteredRMSProp", sparse, "var mg ms mom", "lr rho momentum epsilon grad", NUMBERS, LOCKING);
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.centeredRmsProp(from, to, v[0], v[1], v[2], v[3], g, f(k, 0), f(k, 1), f(k, 2), f(k, 3), estimates(k));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.centeredRmsProp(v[0], v[1], v[2], v[3], g, scalar(k, 0), scalar(k, 1), scalar(k, 2), scalar(k, 3));
        }
    }

    static final class ApplyFtrl extends Rule {
        private final boolean shrinks;

        ApplyFtrl(boolean sparse, boolean shrinks) {
            super(shrinks ? "ApplyFtrlV2" : "ApplyFtrl", sparse, "var accum linear",
                    shrinks ? "grad lr l1 l2 l2_shrinkage lr_power" : "grad lr l1 l2 lr_power", NUMBERS, LOCKING);
            this.shrinks = shrinks;
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.ftrl(from, to, v[0], v[1], v[2], g, f(k, 0), f(k, 1), f(k, 2), shrinks ? f(k, 3) : 0, f(k, shrinks ? 4 : 3), estimates(k));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.ftrl(v[0], v[1], v[2], g, scalar(k, 0), scalar(k, 1), scalar(k, 2), shrinks ? scalar(k, 3) : 0,
                    scalar(k, shrinks ? 4 : 3));
        }
    }

    static final class ApplyProximalGradientDescent extends Rule {
        ApplyProximalGradientDescent(boolean sparse) {
            super("ApplyProximalGradientDescent", sparse, "var", sparse ? "alpha l1 l2 grad" : "alpha l1 l2 delta", NUMBERS,
                    LOCKING);
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.proximalGradientDescent(from, to, v[0], g, f(k, 0), f(k, 1), f(k, 2));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.proximalGradientDescent(v[0], g, scalar(k, 0), scalar(k, 1), scalar(k, 2));
        }
    }

    static final class ApplyProximalAdagrad extends Rule {
        ApplyProximalAdagrad(boolean sparse) {
            super("ApplyProximalAdagrad", sparse, "var accum", "lr l1 l2 grad", NUMBERS, LOCKING);
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.proximalAdagrad(from, to, v[0], v[1], g, f(k, 0), f(k, 1), f(k, 2), estimates(k));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.proximalAdagrad(v[0], v[1], g, scalar(k, 0), scalar(k, 1), scalar(k, 2));
        }
    }

    static final class ApplyAdagradDa extends Rule {
        ApplyAdagradDa(boolean sparse) {
            super("ApplyAdagradDA", sparse, "var gradient_accumulator gradient_squared_accumulator",
                    "grad lr l1 l2 global_step", NUMBERS, LOCKING);
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.adagradDa(from, to, v[0], v[1], v[2], g, f(k, 0), f(k, 1), f(k, 2), (long) scalar(k, 3), estimates(k));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.adagradDa(v[0], v[1], v[2], g, scalar(k, 0), scalar(k, 1), scalar(k, 2), (long) scalar(k, 3));
        }
    }

    /** Retrograd's own: TensorFlow has no resilient backpropagation. */
    static final class ApplyRprop extends Rule {
        ApplyRprop() {
            super("ApplyRprop", false, "var previous step change", "eta_minus eta_plus step_min step_max grad", NUMBERS,
                    LOCKING);
        }

        @Override
        void apply(float[][] v, float[] g, int from, int to, KernelContext k) {
            FloatRules.rprop(from, to, v[0], v[1], v[2], v[3], g, f(k, 0), f(k, 1), f(k, 2), f(k, 3));
        }

        @Override
        void apply(double[][] v, double[] g, KernelContext k) {
            DoubleRules.rprop(v[0], v[1], v[2], v[3], g, scalar(k, 0), scalar(k, 1), scalar(k, 2), scalar(k, 3));
        }
    }
}
