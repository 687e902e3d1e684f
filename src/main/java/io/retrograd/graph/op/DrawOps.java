package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.Rejection;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import io.retrograd.tensor.random.PhiloxRandom;
import java.util.Arrays;

/** Random numbers. Each operation has a generator of its own in each session, made from its two seed attributes. */
final class DrawOps {
    private static final String FLOATS = "half|bfloat16|float|double";

    /** Random numbers for which a second thread is worth having: some 10 µs of work. */
    private static final int SHARE = 1 << 12;

    private DrawOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "RandomUniform", "RandomStandardNormal", "TruncatedNormal" -> new Continuous(type);
            case "RandomUniformInt" -> new UniformInt();
            case "RandomShuffle" -> new Shuffle();
            case "Multinomial" -> new Multinomial();
            case "RandomGamma" -> new Gamma();
            case "RandomPoissonV2" -> new Poisson();
            default -> null;
        };
    }

    /** What all of them share: state, and no gradient. */
    abstract static class Draw extends OpDef {
        Draw(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, withSeeds(attributes));
        }

        private static String[] withSeeds(String... attributes) {
            String[] all = Arrays.copyOf(attributes, attributes.length + 2);
            all[attributes.length] = "seed: int = 0";
            all[attributes.length + 1] = "seed2: int = 0";
            return all;
        }

        static PhiloxRandom generator(KernelContext k) {
            return k.state(
                    PhiloxRandom.class,
                    () -> new PhiloxRandom(k.operation().intAttribute("seed"), k.operation().intAttribute("seed2")));
        }

        static int[] shape(NdArray dims) {
            if (dims.rank() != 1) {
                throw NnError.invalidArgument("shape must be a vector of {int32,int64}, got shape "
                        + Broadcast.brackets(dims.shape()));
            }
            for (int i = 0; i < dims.size(); i++) {
                if (dims.getLong(i) < 0) {
                    throw NnError.invalidArgument("Dimension " + dims.getLong(i) + " must be >= 0");
                }
            }
            return dims.toInts();
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

    static final class Continuous extends Draw {
        Continuous(String type) {
            super(type, "shape: T", "output: dtype", "dtype: " + FLOATS, "T: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.constantAsShape(0));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, shape(k.input(0)));
            PhiloxRandom g = generator(k);
            int n = out.size();
            switch (type()) {
                case "RandomUniform" -> {
                    switch (out.dtype()) {
                        case FLOAT32 -> {
                            float[] floats = out.floats();
                            Tiles.share(n, SHARE, k.threads(), k::checkInterrupt, (from, to) -> g.uniforms(floats, 0, from, to));
                            g.finish(n);
                        }
                        case FLOAT64 -> g.fillUniform(out.doubles(), 0, n);
                        default -> g.fillUniformHalf(out.floats(), 0, n);
                    }
                }
                case "RandomStandardNormal" -> {
                    switch (out.dtype()) {
                        case FLOAT32 -> g.fillNormal(out.floats(), 0, n);
                        case FLOAT64 -> g.fillNormal(out.doubles(), 0, n);
                        default -> g.fillNormalHalf(out.floats(), 0, n);
                    }
                }
                default -> {
                    switch (out.dtype()) {
                        case FLOAT32 -> g.fillTruncatedNormal(out.floats(), 0, n);
                        case FLOAT64 -> g.fillTruncatedNormal(out.doubles(), 0, n);
                        default -> g.fillTruncatedNormalHalf(out.floats(), 0, n);
                    }
                }
            }
        }
    }

    static final class UniformInt extends Draw {
        UniformInt() {
            super(
                    "RandomUniformInt",
                    "shape: T, minval: Tout, maxval: Tout",
                    "output: Tout",
                    "Tout: int32|int64",
                    "T: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(1, 0);
            c.withRank(2, 0);
            c.output(0, c.constantAsShape(0));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, shape(k.input(0)));
            if (out.size() == 0) {
                return;
            }
            long low = k.input(1).getLong(0);
            long high = k.input(2).getLong(0);
            if (low >= high) {
                throw NnError.invalidArgument("Need minval < maxval, got " + low + " >= " + high);
            }
            if (out.dtype() == DType.INT32) {
                generator(k).fillUniformInt(out.ints(), 0, out.size(), (int) low, (int) high);
            } else {
                generator(k).fillUniformInt(out.longs(), 0, out.size(), low, high);
            }
        }
    }

    static final class Shuffle extends Draw {
        Shuffle() {
            super("RandomShuffle", "value: T", "output: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray out = k.output(0, in.shape());
            if (in.rank() == 0 || in.dim(0) <= 1) {
                out.assign(in);
                return;
            }
            int run = in.size() / Math.max(1, in.dim(0));
            int[] order = generator(k).shuffledOrder(in.dim(0));
            for (int i = 0; i < order.length; i++) {
                Blocks.copy(in, order[i] * run, out, i * run, run);
            }
        }

        /** The rows came from other places, but TensorFlow has no gradient for it. */
        @Override
        public boolean isNotDifferentiable() {
            return false;
        }
    }

    static final class Multinomial extends Draw {
        Multinomial() {
            super(
                    "Multinomial",
                    "logits: T, num_samples: int32",
                    "output: output_dtype",
                    "T: " + Types.REAL,
                    "output_dtype: int32|int64 = int64");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape logits = c.withRank(0, 2);
            c.withRank(1, 0);
            int n = c.constant(1).map(v -> v.getInt(0)).orElse(Shape.UNKNOWN);
            c.output(0, Shape.of(logits.dim(0), n));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray logits = k.input(0);
            if (logits.rank() != 2) {
                throw NnError.invalidArgument("logits should be a matrix, got shape " + Broadcast.brackets(logits.shape()));
            }
            int samples = k.input(1).getInt(0);
            if (samples < 0) {
                throw NnError.invalidArgument("num_samples should be nonnegative, got " + samples);
            }
            if (logits.dim(1) == 0) {
                throw NnError.invalidArgument("num_classes should be positive, got 0");
            }
            NdArray out = k.output(0, logits.dim(0), samples);
            long[] drawn = generator(k).multinomial(logits.toDoubles(), logits.dim(0), logits.dim(1), samples);
            for (int i = 0; i < drawn.length; i++) {
                out.setLong(i, drawn[i]);
            }
        }
    }

    /** Distributions that draw a sample of the given shape for each parameter. */
    abstract static class PerParameter extends Draw {
        PerParameter(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        abstract double draw(double parameter, PhiloxRandom.Draws draws);

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.constantAsShape(0).concatenate(c.input(1)));
        }

        @Override
        public void compute(KernelContext k) {
            int[] samples = shape(k.input(0));
            NdArray parameters = k.input(1);
            int[] whole = Arrays.copyOf(samples, samples.length + parameters.rank());
            System.arraycopy(parameters.shape(), 0, whole, samples.length, parameters.rank());
            NdArray out = k.output(0, whole);
            PhiloxRandom g = generator(k);
            int n = Blocks.product(samples, 0, samples.length);
            int count = parameters.size();
            for (int p = 0; p < count; p++) {
                for (int s = 0; s < n; s++) {
                    out.setDouble(s * count + p, draw(parameters.getDouble(p), g.draws(p * n + s)));
                }
            }
            g.finish((long) n * count);
        }
    }

    static final class Gamma extends PerParameter {
        Gamma() {
            super("RandomGamma", "shape: S, alpha: T", "output: T", "S: int32|int64", "T: half|float|double");
        }

        @Override
        double draw(double alpha, PhiloxRandom.Draws draws) {
            return Rejection.gamma(alpha, draws);
        }

        @Override
        public boolean isNotDifferentiable() {
            return false;
        }
    }

    static final class Poisson extends PerParameter {
        Poisson() {
            super(
                    "RandomPoissonV2",
                    "shape: S, rate: R",
                    "output: dtype",
                    "S: int32|int64",
                    "R: half|float|double|int32|int64 = double",
                    "dtype: half|float|double|int32|int64 = int64");
        }

        @Override
        double draw(double rate, PhiloxRandom.Draws draws) {
            return Rejection.poisson(rate, draws);
        }
    }
}
