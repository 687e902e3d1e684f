package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.Indexing;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Fourier;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;

/** Discrete Fourier transforms over the last one, two or three dimensions, of complex and of real numbers. */
final class FourierOps {
    private FourierOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "FFT" -> new Complex(type, 1, false);
            case "FFT2D" -> new Complex(type, 2, false);
            case "FFT3D" -> new Complex(type, 3, false);
            case "IFFT" -> new Complex(type, 1, true);
            case "IFFT2D" -> new Complex(type, 2, true);
            case "IFFT3D" -> new Complex(type, 3, true);
            case "RFFT" -> new FromReal(type, 1);
            case "RFFT2D" -> new FromReal(type, 2);
            case "RFFT3D" -> new FromReal(type, 3);
            case "IRFFT" -> new ToReal(type, 1);
            case "IRFFT2D" -> new ToReal(type, 2);
            case "IRFFT3D" -> new ToReal(type, 3);
            default -> null;
        };
    }

    private static String name(String kind, int rank) {
        return kind + (rank == 1 ? "" : rank + "D");
    }

    /** How many numbers one transform takes, as a tensor of float32. */
    private static Output size(Graph g, Output x, int rank) {
        Output shape = Shapes.shape(g, x, null);
        Output inner = new Indexing(g).range((long) -rank, null, null).of(shape);
        return MathOps.cast(g, MathOps.reduce(g, "Prod", inner, null, false, null), DType.FLOAT32, null);
    }

    private static Output complex(Graph g, Output real, DType as) {
        return MathOps.cast(g, real, as, null);
    }

    /** A block of complex numbers with its shape, transformed along one dimension after the other. */
    private static final class Block {
        final int[] shape;
        final double[] re;
        final double[] im;

        Block(int[] shape) {
            this.shape = shape;
            int n = Blocks.product(shape, 0, shape.length);
            re = new double[n];
            im = new double[n];
        }

        void transform(KernelContext k, int axis, boolean backward) {
            int n = shape[axis];
            int inner = Blocks.product(shape, axis + 1, shape.length);
            int outer = n == 0 ? 0 : re.length / (n * inner);
            double[] lineRe = new double[n];
            double[] lineIm = new double[n];
            for (int o = 0; o < outer; o++) {
                k.checkInterrupt();
                for (int i = 0; i < inner; i++) {
                    int from = o * n * inner + i;
                    for (int j = 0; j < n; j++) {
                        lineRe[j] = re[from + j * inner];
                        lineIm[j] = im[from + j * inner];
                    }
                    Fourier.transform(lineRe, lineIm, backward);
                    for (int j = 0; j < n; j++) {
                        re[from + j * inner] = lineRe[j];
                        im[from + j * inner] = lineIm[j];
                    }
                }
            }
        }

        /** The numbers of an array, cut or filled up with zeros to the block's shape. */
        void take(NdArray x) {
            int[] at = new int[shape.length];
            for (int i = 0; i < re.length; i++) {
                int p = 0;
                boolean inside = true;
                for (int d = 0; d < shape.length; d++) {
                    inside &= at[d] < x.dim(d);
                    p = p * x.dim(d) + at[d];
                }
                if (inside) {
                    re[i] = x.getDouble(p);
                    im[i] = x.dtype().isComplex() ? x.getImaginary(p) : 0;
                }
                for (int d = shape.length - 1; d >= 0 && ++at[d] == shape[d]; d--) {
                    at[d] = 0;
                }
            }
        }
    }

    private abstract static class Transform extends OpDef {
        final int rank;

        Transform(String type, String inputs, String output, int rank, String... attributes) {
            super(type, inputs, output, attributes);
            this.rank = rank;
        }

        void check(NdArray x) {
            if (x.rank() < rank) {
                throw NnError.invalidArgument("Input must have rank of at least " + rank + " but got: " + NdArray.tuple(x.shape()));
            }
        }
    }

    static final class Complex extends Transform {
        private final boolean backward;

        Complex(String type, int rank, boolean backward) {
            super(type, "input: Tcomplex", "output: Tcomplex", rank, "Tcomplex: complex64|complex128 = complex64");
            this.backward = backward;
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.withRankAtLeast(0, rank));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            check(x);
            Block block = new Block(x.shape());
            block.take(x);
            double scale = 1;
            for (int axis = x.rank() - rank; axis < x.rank(); axis++) {
                block.transform(k, axis, backward);
                scale *= x.dim(axis);
            }
            NdArray out = k.output(0, x.shape());
            double by = backward ? 1 / scale : 1;
            for (int i = 0; i < out.size(); i++) {
                out.setComplex(i, block.re[i] * by, block.im[i] * by);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dy = c.dense();
            Output size = size(g, dy, rank);
            Output other = g.op(name(backward ? "FFT" : "IFFT", rank)).input(dy).output();
            Output scale = complex(g, backward ? MathOps.unary(g, "Reciprocal", size, null) : size, dy.dtype());
            return new Gradient[] {MathOps.times(g, other, scale)};
        }
    }

    static final class FromReal extends Transform {
        FromReal(String type, int rank) {
            super(type, "input: Treal, fft_length: int32", "output: Tcomplex", rank, "Treal: float|double = float",
                    "Tcomplex: complex64|complex128 = complex64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, halfShape(c, rank, true));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            check(x);
            int[] whole = x.shape().clone();
            int[] length = k.input(1).toInts();
            System.arraycopy(length, 0, whole, whole.length - rank, rank);
            Block block = new Block(whole);
            block.take(x);
            for (int axis = 0; axis < rank; axis++) {
                block.transform(k, x.rank() - 1 - axis, false);
            }
            int[] shape = whole.clone();
            int n = whole[whole.length - 1];
            int kept = n == 0 ? 0 : n / 2 + 1;
            shape[shape.length - 1] = kept;
            NdArray out = k.output(0, shape);
            for (int i = 0; i < out.size(); i++) {
                int from = i / kept * n + i % kept;
                out.setComplex(i, block.re[from], block.im[from]);
            }
        }

        /** The adjoint: the half spectrum filled up with zeros, transformed back; what is real of it. */
        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dy = c.dense();
            Output shape = Shapes.shape(g, c.input(0), null);
            Output whole = lengthened(g, dy, c.input(1));
            Output back = g.op(name("IFFT", rank)).input(whole).output();
            Output real = MathOps.unary(g, "Real", back, null);
            Output scaled = MathOps.times(g, real, MathOps.cast(g, size(g, whole, rank), real.dtype(), null));
            return new Gradient[] {fitted(g, scaled, shape), null};
        }
    }

    static final class ToReal extends Transform {
        ToReal(String type, int rank) {
            super(type, "input: Tcomplex, fft_length: int32", "output: Treal", rank, "Treal: float|double = float",
                    "Tcomplex: complex64|complex128 = complex64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, halfShape(c, rank, false));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            check(x);
            int[] length = k.input(1).toInts();
            int[] half = x.shape().clone();
            System.arraycopy(length, 0, half, half.length - rank, rank);
            int n = length[rank - 1];
            half[half.length - 1] = n == 0 ? 0 : n / 2 + 1;
            Block block = new Block(half);
            block.take(x);
            for (int axis = half.length - rank; axis < half.length - 1; axis++) {
                block.transform(k, axis, true);
            }
            int[] whole = half.clone();
            whole[whole.length - 1] = n;
            NdArray out = k.output(0, whole);
            double scale = 1;
            for (int l : length) {
                scale *= l;
            }
            double[] re = new double[n];
            double[] im = new double[n];
            int kept = half[half.length - 1];
            int lines = n == 0 ? 0 : out.size() / n;
            for (int line = 0; line < lines; line++) {
                for (int j = 0; j < n; j++) {
                    boolean mirrored = j >= kept;
                    int from = line * kept + (mirrored ? n - j : j);
                    re[j] = block.re[from];
                    im[j] = mirrored ? -block.im[from] : block.im[from];
                }
                // What a real signal cannot have is left out.
                im[0] = 0;
                if (n % 2 == 0) {
                    im[n / 2] = 0;
                }
                Fourier.transform(re, im, true);
                for (int j = 0; j < n; j++) {
                    out.setDouble(line * n + j, re[j] / scale);
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dy = c.dense();
            DType type = c.input(0).dtype();
            Output length = c.input(1);
            Output shape = Shapes.shape(g, c.input(0), null);
            Output spectrum = g.op(name("RFFT", rank)).input(dy).input(length).attr("Tcomplex", type).output();
            Output n = new Indexing(g).at(-1).of(length);
            Output odd = MathOps.binary(g, "FloorMod", n, Literal.of(2), null);
            Output kept = new Indexing(g).at(-1).of(Shapes.shape(g, spectrum, null));
            Output two = Shapes.fill(g, ArrayOps.expandDims(g, MathOps.plus(g, MathOps.minus(g, kept, Literal.of(2)), odd), 0), Literal.of(2f), null);
            Output last = Shapes.fill(g, ArrayOps.expandDims(g, MathOps.minus(g, Literal.of(1), odd), 0), Literal.of(1f), null);
            Output mask = ArrayOps.concat(g, 0, g.constant(NdArray.of(new float[] {1}, 1), "Const"), two, last);
            Output share = MathOps.over(g, mask, size(g, dy, rank));
            Output gradient = MathOps.times(g, spectrum, complex(g, share, type));
            return new Gradient[] {fitted(g, gradient, shape), null};
        }
    }

    /** The shape of a transform of real numbers, or back, whose lengths are the second input. */
    private static Shape halfShape(ShapeContext c, int rank, boolean halved) {
        Shape in = c.withRankAtLeast(0, rank);
        Shape length = c.constantAsShape(1);
        if (!in.hasRank()) {
            return Shape.unknown();
        }
        int[] dims = new int[in.rank()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = in.dim(i);
        }
        for (int i = 0; i < rank; i++) {
            int n = length.hasRank() && length.rank() == rank ? length.dim(i) : Shape.UNKNOWN;
            dims[dims.length - rank + i] = n;
        }
        int n = dims[dims.length - 1];
        if (halved && n >= 0) {
            dims[dims.length - 1] = n == 0 ? 0 : n / 2 + 1;
        }
        return Shape.of(dims);
    }

    /** Cut or filled up with zeros along the inner dimensions, to those of a shape. */
    private static Output fitted(Graph g, Output x, Output shape) {
        int all = x.shape().rank();
        Output now = Shapes.shape(g, x, null);
        Output least = MathOps.binary(g, "Minimum", now, shape, null);
        Output begin = g.constant(NdArray.zeros(DType.INT32, all), "Const");
        Output cut = g.op("Slice").input(x).input(begin).input(least).output();
        Output missing = MathOps.minus(g, shape, least);
        Output pads = g.op("Pack").inputs(List.of(g.constant(NdArray.zeros(DType.INT32, all), "Const"), missing)).attr("axis", 1L).output();
        return g.op("Pad").input(cut).input(pads).output();
    }

    /** The last dimension filled up with zeros to a whole transform's length. */
    private static Output lengthened(Graph g, Output x, Output length) {
        Output n = new Indexing(g).at(-1).of(length);
        Output now = Shapes.shape(g, x, null);
        Output outer = new Indexing(g).range(null, -1L, null).of(now);
        Output shape = ArrayOps.concat(g, 0, outer, ArrayOps.expandDims(g, n, 0));
        return fitted(g, x, shape);
    }
}
