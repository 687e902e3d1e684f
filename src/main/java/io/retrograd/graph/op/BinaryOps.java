package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.conj;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.FloatFormula;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;

/** Sums, products, powers, the larger and the smaller of two numbers, element by element, each with its derivatives. */
final class BinaryOps {
    static final String MORE =
            "bfloat16|half|float|double|uint8|int8|uint16|int16|int32|int64|complex64|complex128";
    private static final String FEWER = "bfloat16|half|float|double|int32|int64|complex64|complex128";
    private static final String ADD = "bfloat16|half|float|double|uint8|int8|int16|int32|int64|complex64|complex128";
    private static final String NO_NAN = "half|float|double|complex64|complex128";

    private BinaryOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Add" -> new Add(type, ADD + "|string");
            case "AddV2" -> new Add(type, ADD);
            case "Sub" -> new Sub();
            case "Mul" -> new Mul();
            case "MulNoNan" -> new MulNoNan();
            case "Pow" -> new Pow();
            case "Maximum" -> new Maximum();
            case "Minimum" -> new Minimum();
            case "SquaredDifference" -> new SquaredDifference();
            case "Atan2" -> new Atan2();
            case "BroadcastGradientArgs" -> new BroadcastGradientArgs();
            default -> null;
        };
    }

    static final class Add extends BinaryFunction {
        Add(String type, String types) {
            super(type, types);
        }

        @Override
        double of(double x, double y) {
            return x + y;
        }

        @Override
        long of(long x, long y) {
            return x + y;
        }

        @Override
        boolean complex(double xr, double xi, double yr, double yi, double[] to) {
            to[0] = xr + yr;
            to[1] = xi + yi;
            return true;
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.ADD;
        }

        @Override
        void strings(KernelContext k, NdArray a, NdArray b, NdArray z) {
            for (int i = 0; i < z.size(); i++) {
                byte[] u = (byte[]) a.getObject(i);
                byte[] v = (byte[]) b.getObject(i);
                byte[] w = Arrays.copyOf(u, u.length + v.length);
                System.arraycopy(v, 0, w, u.length, v.length);
                z.setObject(i, w);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output y = c.input(1);
            if (c.upstream(0) instanceof IndexedSlices) {
                BroadcastGradient[] back = BroadcastGradient.always(g, x, y);
                Output dense = c.dense();
                return new Gradient[] {back[0].reduce(g, dense), back[1].reduce(g, dense)};
            }
            Output dz = c.dense();
            if (BroadcastGradient.nothingRepeated(x, y, dz)) {
                return new Gradient[] {dz, dz};
            }
            BroadcastGradient[] back = BroadcastGradient.whereNeeded(g, x, y, dz);
            return new Gradient[] {back[0].reduce(g, dz), back[1].reduce(g, dz)};
        }
    }

    static final class Sub extends BinaryFunction {
        Sub() {
            super("Sub", MORE);
        }

        @Override
        double of(double x, double y) {
            return x - y;
        }

        @Override
        long of(long x, long y) {
            return x - y;
        }

        @Override
        boolean complex(double xr, double xi, double yr, double yi, double[] to) {
            to[0] = xr - yr;
            to[1] = xi - yi;
            return true;
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.SUBTRACT;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output y = c.input(1);
            Output dz = c.dense();
            if (BroadcastGradient.nothingRepeated(x, y, dz)) {
                return new Gradient[] {dz, negate(g, dz)};
            }
            BroadcastGradient[] back = BroadcastGradient.whereNeeded(g, x, y, dz);
            return new Gradient[] {back[0].reduce(g, dz), back[1].reduce(g, negate(g, dz))};
        }
    }

    static final class Mul extends BinaryFunction {
        Mul() {
            super("Mul", MORE);
        }

        @Override
        double of(double x, double y) {
            return x * y;
        }

        @Override
        long of(long x, long y) {
            return x * y;
        }

        @Override
        boolean complex(double xr, double xi, double yr, double yi, double[] to) {
            to[0] = xr * yr - xi * yi;
            to[1] = xr * yi + xi * yr;
            return true;
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.MULTIPLY;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output y = c.input(1);
            Output dz = c.dense();
            boolean simple = dz.dtype() == DType.FLOAT32 || dz.dtype() == DType.INT32;
            if (simple && BroadcastGradient.nothingRepeated(x, y, dz)) {
                return new Gradient[] {binary(g, "Mul", dz, y, null), binary(g, "Mul", dz, x, null)};
            }
            BroadcastGradient[] back = BroadcastGradient.whereNeeded(g, x, y, dz);
            Output[] in = inputs(c);
            return new Gradient[] {
                back[0].reduce(g, binary(g, "Mul", dz, in[1], null)),
                back[1].reduce(g, binary(g, "Mul", in[0], dz, null))
            };
        }
    }

    static final class MulNoNan extends BinaryFunction {
        MulNoNan() {
            super("MulNoNan", NO_NAN);
        }

        @Override
        double of(double x, double y) {
            return y == 0 ? 0 : x * y;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output y = c.input(1);
            Output dz = c.dense();
            if (BroadcastGradient.nothingRepeated(x, y, dz)) {
                return new Gradient[] {binary(g, "MulNoNan", dz, y, null), binary(g, "MulNoNan", x, dz, null)};
            }
            BroadcastGradient[] back = BroadcastGradient.always(g, x, y);
            return new Gradient[] {
                back[0].reduce(g, binary(g, "MulNoNan", dz, y, null)),
                back[1].reduce(g, binary(g, "MulNoNan", x, dz, null))
            };
        }
    }

    static final class Pow extends BinaryFunction {
        Pow() {
            super("Pow", "bfloat16|float|half|double|int32|int64|complex64|complex128");
        }

        @Override
        double of(double x, double y) {
            return Math.pow(x, y);
        }

        @Override
        long of(long x, long y) {
            if (y < 0) {
                throw NnError.invalidArgument("Integers to negative integer powers are not allowed");
            }
            long result = 1;
            long base = x;
            for (long e = y; e != 0; e >>= 1, base *= base) {
                if ((e & 1) == 1) {
                    result *= base;
                }
            }
            return result;
        }

        @Override
        FloatLoop loop() {
            return (x, y, z, from, to) -> {
                for (int i = from; i < to; i++) {
                    float a = x[i];
                    float e = y[i];
                    z[i] = e == 2 ? a * a : (float) Math.pow(a, e);
                }
            };
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dz = c.dense();
            BroadcastGradient[] back = BroadcastGradient.whereNeeded(g, c.input(0), c.input(1), dz);
            Output[] in = inputs(c);
            Output x = in[0];
            Output y = in[1];
            Output scaled = times(g, dz, y);
            Output dx = times(g, scaled, binary(g, "Pow", x, minus(g, y, Literal.of(1)), null));
            dx = back[0].reduce(g, dx);
            Output z = conj(g, c.output(0), null);
            Output mask = binary(g, x.dtype().isComplex() ? "NotEqual" : "Greater", x, Literal.of(0), null);
            Output safe = select(g, mask, x, Shapes.onesLike(g, x, null, true, null));
            Output log = unary(g, "Log", safe, null);
            log = select(g, mask, log, Shapes.zerosLike(g, x, null));
            Output dy = times(g, times(g, dz, z), log);
            return new Gradient[] {dx, back[1].reduce(g, dy)};
        }
    }

    private static Output select(Graph g, Output condition, Output yes, Output no) {
        return g.op("Select").input(condition).input(yes).input(no).output();
    }

    /** Maximum and Minimum: the gradient goes to the input that was chosen, to the first where both are equal. */
    abstract static class Choice extends BinaryFunction {
        private final String firstChosen;

        Choice(String type, String firstChosen) {
            super(type, "bfloat16|half|float|double|int32|int64");
            this.firstChosen = firstChosen;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output y = c.input(1);
            Output dz = c.dense();
            Output sx = Shapes.shape(g, x, null);
            Output sy = Shapes.shape(g, y, null);
            Output zeros = Shapes.zeros(g, Shapes.shape(g, dz, null), dz.dtype(), null);
            Output mask = binary(g, firstChosen, x, y, null);
            BroadcastGradient[] back = BroadcastGradient.from(g, sx, sy);
            Output dx = back[0].reduce(g, select(g, mask, dz, zeros));
            return new Gradient[] {dx, back[1].reduce(g, select(g, mask, zeros, dz))};
        }
    }

    static final class Maximum extends Choice {
        Maximum() {
            super("Maximum", "GreaterEqual");
        }

        @Override
        double of(double x, double y) {
            return Math.max(x, y);
        }

        @Override
        long of(long x, long y) {
            return Math.max(x, y);
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.MAXIMUM;
        }
    }

    static final class Minimum extends Choice {
        Minimum() {
            super("Minimum", "LessEqual");
        }

        @Override
        double of(double x, double y) {
            return Math.min(x, y);
        }

        @Override
        long of(long x, long y) {
            return Math.min(x, y);
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.MINIMUM;
        }
    }

    static final class SquaredDifference extends BinaryFunction {
        SquaredDifference() {
            super("SquaredDifference", FEWER);
        }

        @Override
        double of(double x, double y) {
            return (x - y) * (x - y);
        }

        @Override
        long of(long x, long y) {
            return (x - y) * (x - y);
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.SQUARED_DIFFERENCE;
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output y = c.input(1);
            Output dz = c.dense();
            Output dx;
            try (Graph.Block after = c.afterUpstream()) {
                Output twice = MathOps.scalarMultiply(g, Literal.of(2.0), dz, null);
                dx = times(g, twice, minus(g, x, y));
            }
            if (BroadcastGradient.nothingRepeated(x, y, dz)) {
                return new Gradient[] {dx, negate(g, dx)};
            }
            BroadcastGradient[] back = BroadcastGradient.whereNeeded(g, x, y, dz);
            return new Gradient[] {back[0].reduce(g, dx), negate(g, back[1].reduce(g, dx))};
        }
    }

    /** The angle of the point (x, y), without broadcasting in its gradient, as in TensorFlow. */
    static final class Atan2 extends BinaryFunction {
        Atan2() {
            super("Atan2", "y: T, x: T", "bfloat16|half|float|double");
        }

        @Override
        double of(double y, double x) {
            return Math.atan2(y, x);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output y = c.input(0);
            Output x = c.input(1);
            Output dz = c.dense();
            try (Graph.Block after = c.afterUpstream()) {
                Output norm = plus(g, unary(g, "Square", x, null), unary(g, "Square", y, null));
                Output scaled = over(g, dz, norm);
                return new Gradient[] {times(g, x, scaled), times(g, negate(g, y), scaled)};
            }
        }
    }

    /** From the shapes of two inputs, the dimensions over which the gradient of each is summed. */
    static final class BroadcastGradientArgs extends OpDef {
        BroadcastGradientArgs() {
            super("BroadcastGradientArgs", "s0: T, s1: T", "r0: T, r1: T", "T: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 1);
            c.withRank(1, 1);
            c.output(0, Shape.unknownOfRank(1));
            c.output(1, Shape.unknownOfRank(1));
        }

        @Override
        public void compute(KernelContext k) {
            int[] x = k.input(0).toInts();
            int[] y = k.input(1).toInts();
            Broadcast.shape(x, y);
            put(k, 0, BroadcastGradient.reduced(x, y));
            put(k, 1, BroadcastGradient.reduced(y, x));
        }

        private static void put(KernelContext k, int i, int[] dims) {
            NdArray to = k.output(i, dims.length);
            for (int j = 0; j < dims.length; j++) {
                to.setLong(j, dims[j]);
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
