package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.tensor.random.PhiloxRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Classes drawn by weights that are given, or stand in a file: as probable as the weight to the power of the distortion. */
final class FixedSampler extends SamplingOps.Sampler {
    FixedSampler() {
        super("FixedUnigramCandidateSampler", "num_true: int", "num_sampled: int", "unique: bool", "range_max: int",
                "vocab_file: string = ", "distortion: float = 1.0", "num_reserved_ids: int = 0", "num_shards: int = 1", "shard: int = 0",
                "unigrams: list(float) = []", "seed: int = 0", "seed2: int = 0");
    }

    @Override
    SamplingOps.Distribution distribution(KernelContext k, long range) {
        return memory(k, Alias.class, () -> new Alias(weights(k, range)));
    }

    private static float[] weights(KernelContext k, long range) {
        List<Float> given = new ArrayList<>();
        for (Object each : (List<?>) k.operation().attribute("unigrams")) {
            given.add(((Number) each).floatValue());
        }
        String file = (String) k.operation().attribute("vocab_file");
        if (given.isEmpty() == file.isEmpty()) {
            throw NnError.invalidArgument("Must provide either vocab_file or unigrams.");
        }
        if (!file.isEmpty()) {
            read(k, file, given);
        }
        long shards = k.operation().intAttribute("num_shards");
        long shard = k.operation().intAttribute("shard");
        float distortion = ((Number) k.operation().attribute("distortion")).floatValue();
        int reserved = (int) k.operation().intAttribute("num_reserved_ids");
        List<Float> weights = new ArrayList<>();
        for (int i = 0; i < reserved + given.size(); i++) {
            if (i % shards == shard) {
                weights.add(i < reserved ? 0f : (float) Math.pow(given.get(i - reserved), distortion));
            }
        }
        if (weights.size() != range) {
            throw NnError.invalidArgument("range_max is " + range + ", but there are " + weights.size() + " weights");
        }
        float[] all = new float[weights.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = weights.get(i);
        }
        return all;
    }

    /** The last field of each line. */
    private static void read(KernelContext k, String file, List<Float> weights) {
        try {
            for (String line : Files.readAllLines(k.files().readable(file), StandardCharsets.UTF_8)) {
                weights.add(Float.valueOf(line.substring(line.lastIndexOf(',') + 1).trim()));
            }
        } catch (NumberFormatException wrong) {
            throw NnError.invalidArgument("Wrong vocabulary format in " + file + ": " + wrong.getMessage());
        } catch (IOException missing) {
            throw new NnError(ErrorKind.NOT_FOUND_ERROR, file + "; No such file or directory");
        }
    }

    /** Draws in constant time by the alias method (Walker 1977): each place holds a class and another that shares its chance. */
    private static final class Alias implements SamplingOps.Distribution {
        private final float[] weights;
        private final float[] chance;
        private final int[] other;
        private float total;

        Alias(float[] weights) {
            this.weights = weights;
            int n = weights.length;
            chance = new float[n];
            other = new int[n];
            double sum = 0;
            for (float w : weights) {
                total += w;
                sum += w;
            }
            double[] rest = new double[n];
            Deque<Integer> high = new ArrayDeque<>();
            Deque<Integer> low = new ArrayDeque<>();
            for (int i = 0; i < n; i++) {
                rest[i] = weights[i] * n / sum;
                (rest[i] < 1 ? low : high).push(i);
            }
            while (!high.isEmpty() && !low.isEmpty()) {
                int l = low.pop();
                int h = high.pop();
                other[l] = h;
                rest[h] -= 1 - rest[l];
                (rest[h] < 1 ? low : high).push(h);
            }
            for (int i = 0; i < n; i++) {
                chance[i] = (float) rest[i];
            }
            for (Deque<Integer> left : List.of(high, low)) {
                for (int i : left) {
                    chance[i] = 1;
                    other[i] = i;
                }
            }
        }

        @Override
        public long sample(PhiloxRandom.Words random) {
            float r = random.nextFloat();
            int i = (int) random.nextInt(weights.length);
            return r < chance[i] ? i : other[i];
        }

        @Override
        public float probability(long value) {
            return value < 0 || value >= weights.length ? 0 : weights[(int) value] / total;
        }
    }
}
