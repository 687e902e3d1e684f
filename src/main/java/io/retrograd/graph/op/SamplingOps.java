package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import io.retrograd.tensor.random.PhiloxRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Drawing some of many classes, for losses that cannot afford them all (nce_loss, sampled_softmax_loss). */
final class SamplingOps {
    static final String[] ATTRIBUTES = {
        "num_true: int", "num_sampled: int", "unique: bool", "range_max: int", "seed: int = 0", "seed2: int = 0"
    };

    /** Words that one draw may take at most before it meets those of the next, for each sample. */
    private static final long WORDS_PER_SAMPLE = 2048;

    private SamplingOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "UniformCandidateSampler" -> new UniformSampler();
            case "LogUniformCandidateSampler" -> new LogUniformSampler();
            case "LearnedUnigramCandidateSampler", "ThreadUnsafeUnigramCandidateSampler" -> new UnigramSampler(type);
            case "FixedUnigramCandidateSampler" -> new FixedSampler();
            case "AllCandidateSampler" -> new AllSampler();
            case "ComputeAccidentalHits" -> new AccidentalHits();
            default -> null;
        };
    }

    /** How classes are drawn. */
    interface Distribution {
        long sample(PhiloxRandom.Words random);

        float probability(long value);
    }

    /** What a sampler keeps from run to run. */
    private static final class Drawing {
        final PhiloxRandom generator;
        Object memory;

        Drawing(PhiloxRandom generator) {
            this.generator = generator;
        }
    }

    /** The classes that were drawn, and how often the true and the drawn ones are expected. */
    private static void inferSampled(ShapeContext c) {
        Shape classes = c.withRank(0, 2);
        int sampled = (int) c.operation().intAttribute("num_sampled");
        c.output(0, Shape.of(sampled));
        c.output(1, Shape.of(classes.dim(0), (int) c.operation().intAttribute("num_true")));
        c.output(2, Shape.of(sampled));
    }

    abstract static class Sampler extends OpDef {
        static final String OUTPUTS = "sampled_candidates: int64, true_expected_count: float, sampled_expected_count: float";

        Sampler(String type, String... attributes) {
            super(type, "true_classes: int64", OUTPUTS, attributes.length == 0 ? ATTRIBUTES : attributes);
        }

        abstract Distribution distribution(KernelContext k, long range);

        /** Learns from the classes that occurred. */
        void update(KernelContext k, NdArray trueClasses) {}

        @Override
        public void infer(ShapeContext c) {
            inferSampled(c);
        }

        @Override
        public final void compute(KernelContext k) {
            NdArray classes = k.input(0);
            int wanted = (int) k.operation().intAttribute("num_true");
            int n = (int) k.operation().intAttribute("num_sampled");
            long range = k.operation().intAttribute("range_max");
            boolean unique = k.operation().flag("unique");
            if (classes.rank() != 2) {
                throw NnError.invalidArgument("true_classes must be a matrix");
            }
            if (classes.dim(1) != wanted) {
                throw NnError.invalidArgument("true_classes must have num_true columns, expected: " + classes.dim(1)
                        + " was: " + wanted);
            }
            if (unique && n > range) {
                throw NnError.invalidArgument("Sampler's range is too small.");
            }
            PhiloxRandom.Words random = drawing(k).generator.words(WORDS_PER_SAMPLE * n);
            Distribution distribution = distribution(k, range);
            NdArray sampled = k.output(0, n);
            NdArray trueCount = k.output(1, classes.shape());
            NdArray sampledCount = k.output(2, n);
            Set<Long> used = new HashSet<>();
            int tries = 0;
            for (int picked = 0; picked < n; tries++) {
                long value = distribution.sample(random);
                if (!unique || used.add(value)) {
                    sampled.setLong(picked++, value);
                }
                k.checkInterrupt();
            }
            for (int i = 0; i < n; i++) {
                sampledCount.setDouble(i, expected(distribution.probability(sampled.getLong(i)), n, tries));
            }
            for (int i = 0; i < classes.size(); i++) {
                trueCount.setDouble(i, expected(distribution.probability(classes.getLong(i)), n, tries));
            }
            update(k, classes);
        }

        private static Drawing drawing(KernelContext k) {
            return k.state(Drawing.class, () -> new Drawing(
                    new PhiloxRandom(k.operation().intAttribute("seed"), k.operation().intAttribute("seed2"))));
        }

        /** What the sampler knows of its classes, made at its first run. */
        static <T> T memory(KernelContext k, Class<T> kind, Supplier<T> make) {
            Drawing drawing = drawing(k);
            if (drawing.memory == null) {
                drawing.memory = make.get();
            }
            return kind.cast(drawing.memory);
        }

        /** How often a class of that probability is among n samples that took so many tries. */
        private static float expected(float p, int n, int tries) {
            return tries == n ? p * n : -(float) Math.expm1(tries * (float) Math.log1p(-p));
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

    static final class UniformSampler extends Sampler {
        UniformSampler() {
            super("UniformCandidateSampler");
        }

        @Override
        Distribution distribution(KernelContext k, long range) {
            return new Distribution() {
                @Override
                public long sample(PhiloxRandom.Words random) {
                    return random.nextLong(range);
                }

                @Override
                public float probability(long value) {
                    return (float) (1.0 / range);
                }
            };
        }
    }

    /** Zipf's law: class k with probability log((k + 2) / (k + 1)) / log(range + 1). */
    static final class LogUniformSampler extends Sampler {
        LogUniformSampler() {
            super("LogUniformCandidateSampler");
        }

        @Override
        Distribution distribution(KernelContext k, long range) {
            double logRange = Math.log1p(range);
            return new Distribution() {
                @Override
                public long sample(PhiloxRandom.Words random) {
                    return ((long) Math.exp(random.nextDouble() * logRange) - 1) % range;
                }

                @Override
                public float probability(long value) {
                    return (float) (Math.log((value + 2.0) / (value + 1.0)) / logRange);
                }
            };
        }
    }

    /** Classes by how often they occurred so far, each once to begin with. */
    static final class UnigramSampler extends Sampler {
        UnigramSampler(String type) {
            super(type);
        }

        /** How often each class occurred; prefix sums would have to be changed at each step, so the list is walked. */
        private static final class Counts {
            final long[] of;
            long total;

            Counts(int range) {
                of = new long[range];
                Arrays.fill(of, 1);
                total = range;
            }
        }

        @Override
        Distribution distribution(KernelContext k, long range) {
            Counts counts = memory(k, Counts.class, () -> new Counts((int) range));
            return new Distribution() {
                @Override
                public long sample(PhiloxRandom.Words random) {
                    long left = random.nextLong(counts.total);
                    int i = 0;
                    while (left >= counts.of[i]) {
                        left -= counts.of[i++];
                    }
                    return i;
                }

                @Override
                public float probability(long value) {
                    return (float) counts.of[(int) value] / counts.total;
                }
            };
        }

        @Override
        void update(KernelContext k, NdArray classes) {
            Counts counts = memory(k, Counts.class, () -> new Counts((int) k.operation().intAttribute("range_max")));
            for (int i = 0; i < classes.size(); i++) {
                counts.of[classes.getInt(i)]++;
                counts.total++;
            }
        }
    }

    /** Every class, once, in order. */
    static final class AllSampler extends OpDef {
        AllSampler() {
            super("AllCandidateSampler", "true_classes: int64", Sampler.OUTPUTS,
                    "num_true: int", "num_sampled: int", "unique: bool", "seed: int = 0", "seed2: int = 0");
        }

        @Override
        public void infer(ShapeContext c) {
            inferSampled(c);
        }

        @Override
        public void compute(KernelContext k) {
            int n = (int) k.operation().intAttribute("num_sampled");
            NdArray sampled = k.output(0, n);
            NdArray trueCount = k.output(1, k.input(0).shape());
            NdArray sampledCount = k.output(2, n);
            for (int i = 0; i < n; i++) {
                sampled.setLong(i, i);
                sampledCount.setDouble(i, 1);
            }
            for (int i = 0; i < trueCount.size(); i++) {
                trueCount.setDouble(i, 1);
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

    /** Which samples happen to be a true class of their row. */
    static final class AccidentalHits extends OpDef {
        AccidentalHits() {
            super("ComputeAccidentalHits", "true_classes: int64, sampled_candidates: int64",
                    "indices: int32, ids: int64, weights: float", "num_true: int", "seed: int = 0", "seed2: int = 0");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 2);
            for (int i = 0; i < 3; i++) {
                c.output(i, Shape.of(Shape.UNKNOWN));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray classes = k.input(0);
            NdArray sampled = k.input(1);
            if (classes.rank() != 2 || classes.dim(1) != k.operation().intAttribute("num_true")) {
                throw NnError.invalidArgument("true_candidates must be a batch_size * num_true matrix");
            }
            if (sampled.rank() != 1) {
                throw NnError.invalidArgument(
                        "sampled_candidates must be a vector, which is typically an output from CandidateSampler");
            }
            Map<Long, Integer> position = new HashMap<>();
            for (int i = 0; i < sampled.size(); i++) {
                position.put(sampled.getLong(i), i);
            }
            List<int[]> hits = new ArrayList<>();
            for (int i = 0; i < classes.size(); i++) {
                Integer at = position.get(classes.getLong(i));
                if (at != null) {
                    hits.add(new int[] {i / classes.dim(1), at});
                }
            }
            NdArray rows = k.output(0, hits.size());
            NdArray ids = k.output(1, hits.size());
            NdArray weights = k.output(2, hits.size());
            for (int i = 0; i < hits.size(); i++) {
                rows.setLong(i, hits.get(i)[0]);
                ids.setLong(i, hits.get(i)[1]);
                weights.setDouble(i, -Float.MAX_VALUE);
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
