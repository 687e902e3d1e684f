package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.complexPart;
import static io.retrograd.graph.build.MathOps.conj;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** From one element type to another: casts, bits seen as another type, complex numbers and their parts. */
final class CastOps {
    private CastOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Cast" -> new Cast();
            case "Bitcast" -> new Bitcast();
            case "Complex" -> new Complex();
            case "Real", "Imag", "Angle" -> new Part(type);
            case "ComplexAbs" -> new ComplexAbs();
            case "Conj" -> new Conj();
            default -> null;
        };
    }

    static final class Cast extends OpDef {
        Cast() {
            super("Cast", "x: SrcT", "y: DstT", "SrcT: type", "DstT: type", "Truncate: bool = false");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            DType to = k.operation().output(0).dtype();
            if (x.dtype().isReference() || to.isReference()) {
                throw new NnError(
                        ErrorKind.UNIMPLEMENTED_ERROR,
                        "Cast " + x.dtype().typeName() + " to " + to.typeName() + " is not supported");
            }
            if (x.dtype() == DType.BOOL && to == DType.FLOAT32) {
                ofBooleans(x, k.output(0, x.shape()));
            } else {
                k.forward(0, x.astype(to));
            }
        }

        /** The masks of dropout and of accuracies, without a copy on the way. */
        private static void ofBooleans(NdArray x, NdArray y) {
            boolean[] from = x.booleans();
            float[] to = y.floats();
            int n = y.size();
            for (int i = 0; i < n; i++) {
                to[i] = from[i] ? 1 : 0;
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            DType from = c.input(0).dtype();
            Gradient dy = c.upstream(0);
            DType to = dy instanceof Output o ? o.dtype() : c.dense().dtype();
            boolean flows = (from.isFloating() || from.isComplex()) && (to.isFloating() || to.isComplex());
            return new Gradient[] {flows ? MathOps.cast(c.graph(), c.dense(), from, null) : null};
        }
    }

    static final class Bitcast extends OpDef {
        private static final String TYPES = "half|float|double|int64|int32|uint8|uint16|uint32|uint64|int8|int16|complex64"
                + "|complex128|qint8|quint8|qint16|quint16|qint32";

        Bitcast() {
            super("Bitcast", "input: T", "output: type", "T: bfloat16|" + TYPES, "type: bfloat16|" + TYPES);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape x = c.input(0);
            int from = c.operation().typeAttribute("T").byteSize();
            int to = c.operation().typeAttribute("type").byteSize();
            if (!x.hasRank()) {
                c.output(0, x);
            } else if (from > to) {
                c.output(0, x.concatenate(Shape.of(from / to)));
            } else if (from < to) {
                if (x.rank() == 0 || x.dim(-1) != Shape.UNKNOWN && x.dim(-1) != to / from) {
                    throw c.invalid("Cannot bitcast due to shape. "
                            + (x.rank() == 0 ? "?" : x.dim(-1)) + " is not evenly divisible by " + to / from + ".");
                }
                c.output(0, x.slice(0, x.rank() - 1));
            } else {
                c.output(0, x);
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            DType to = k.operation().output(0).dtype();
            int from = x.dtype().byteSize();
            int[] shape = x.shape();
            if (from > to.byteSize()) {
                shape = Arrays.copyOf(shape, shape.length + 1);
                shape[shape.length - 1] = from / to.byteSize();
            } else if (from < to.byteSize()) {
                if (shape.length == 0 || shape[shape.length - 1] != to.byteSize() / from) {
                    throw NnError.invalidArgument("Cannot bitcast from " + x.dtype().typeName() + " to " + to.typeName()
                            + ": shape " + Broadcast.brackets(shape));
                }
                shape = Arrays.copyOf(shape, shape.length - 1);
            }
            ByteBuffer bytes = ByteBuffer.allocate(x.size() * from).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < x.size(); i++) {
                write(bytes, x, i);
            }
            bytes.flip();
            NdArray y = k.output(0, shape);
            for (int i = 0; i < y.size(); i++) {
                read(bytes, y, i);
            }
        }

        private static void write(ByteBuffer to, NdArray x, int i) {
            switch (x.dtype()) {
                case FLOAT16 -> to.putShort(Half.toBits(x.getFloat(i)));
                case FLOAT32 -> to.putFloat(x.getFloat(i));
                case FLOAT64 -> to.putDouble(x.getDouble(i));
                case COMPLEX64 -> to.putFloat((float) x.getDouble(i)).putFloat((float) x.getImaginary(i));
                case COMPLEX128 -> to.putDouble(x.getDouble(i)).putDouble(x.getImaginary(i));
                case INT8, UINT8 -> to.put((byte) x.getLong(i));
                case INT16, UINT16 -> to.putShort((short) x.getLong(i));
                case INT32, UINT32 -> to.putInt((int) x.getLong(i));
                default -> to.putLong(x.getLong(i));
            }
        }

        private static void read(ByteBuffer from, NdArray y, int i) {
            switch (y.dtype()) {
                case FLOAT16 -> y.floats()[i] = Half.fromBits(from.getShort());
                case FLOAT32 -> y.floats()[i] = from.getFloat();
                case FLOAT64 -> y.doubles()[i] = from.getDouble();
                case COMPLEX64 -> y.setComplex(i, from.getFloat(), from.getFloat());
                case COMPLEX128 -> y.setComplex(i, from.getDouble(), from.getDouble());
                case INT8, UINT8 -> y.setLong(i, from.get());
                case INT16, UINT16 -> y.setLong(i, from.getShort());
                case INT32, UINT32 -> y.setLong(i, from.getInt());
                default -> y.setLong(i, from.getLong());
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Complex extends OpDef {
        Complex() {
            super(
                    "Complex",
                    "real: T, imag: T",
                    "out: Tout",
                    "T: float|double = float",
                    "Tout: complex64|complex128 = complex64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.broadcast(c.input(0), c.input(1)));
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = Broadcast.shape(k.input(0).shape(), k.input(1).shape());
            NdArray re = Broadcast.expand(k.input(0), shape);
            NdArray im = Broadcast.expand(k.input(1), shape);
            NdArray z = k.output(0, shape);
            for (int i = 0; i < z.size(); i++) {
                z.setComplex(i, re.getDouble(i), im.getDouble(i));
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dz = c.dense();
            BroadcastGradient[] back = BroadcastGradient.always(g, c.input(0), c.input(1));
            return new Gradient[] {
                back[0].reduce(g, complexPart(g, "Real", dz, null)), back[1].reduce(g, complexPart(g, "Imag", dz, null))
            };
        }
    }

    /** A real number for each complex one. */
    abstract static class FromComplex extends OpDef {
        FromComplex(String type, String inputs, String outputs) {
            super(type, inputs, outputs, "T: complex64|complex128 = complex64", "Tout: float|double = float");
        }

        abstract double of(double re, double im);

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray y = k.output(0, x.shape());
            for (int i = 0; i < x.size(); i++) {
                y.setDouble(i, of(x.getDouble(i), x.getImaginary(i)));
            }
        }
    }

    /** The real part, the imaginary part or the angle of complex numbers. */
    static final class Part extends FromComplex {
        Part(String type) {
            super(type, "input: T", "output: Tout");
        }

        @Override
        double of(double re, double im) {
            return switch (type()) {
                case "Real" -> re;
                case "Imag" -> im;
                default -> Math.atan2(im, re);
            };
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dy = c.dense();
            if (!type().equals("Angle")) {
                Output zero = g.constant(NdArray.zeros(dy.dtype()), "Const");
                boolean real = type().equals("Real");
                return new Gradient[] {MathOps.complex(g, real ? dy : zero, real ? zero : dy, null)};
            }
            Output x = c.input(0);
            try (Graph.Block after = c.afterUpstream()) {
                Output re = complexPart(g, "Real", x, null);
                Output im = complexPart(g, "Imag", x, null);
                Output z = unary(g, "Reciprocal", MathOps.complex(g, im, re, null), null);
                Output zero = g.constant(NdArray.zeros(dy.dtype()), "Const");
                return new Gradient[] {times(g, negate(g, MathOps.complex(g, dy, zero, null)), z)};
            }
        }
    }

    static final class ComplexAbs extends FromComplex {
        ComplexAbs() {
            super("ComplexAbs", "x: T", "y: Tout");
        }

        @Override
        double of(double re, double im) {
            return Math.hypot(re, im);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dy = c.dense();
            Output scaled = MathOps.complex(g, dy, Shapes.zerosLike(g, dy, null), null);
            scaled = times(g, scaled, c.input(0));
            Output norm = MathOps.complex(g, c.output(0), Shapes.zerosLike(g, c.output(0), null), null);
            return new Gradient[] {MathOps.likeFirst(g, "DivNoNan", "div_no_nan", scaled, norm, null)};
        }
    }

    static final class Conj extends OpDef {
        Conj() {
            super("Conj", "input: T", "output: T", "T: complex64|complex128|variant = complex64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray y = k.output(0, x.shape());
            for (int i = 0; i < x.size(); i++) {
                y.setComplex(i, x.getDouble(i), -x.getImaginary(i));
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            return new Gradient[] {conj(c.graph(), c.dense(), null)};
        }
    }
}
