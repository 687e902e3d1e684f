package io.retrograd.tensor.random;

import io.retrograd.error.StopCheck;
import io.retrograd.tensor.Half;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The generator behind one of TensorFlow's random operations in one session, bit for bit: Philox4x32-10 (Salmon et
 * al., "Parallel random numbers: as easy as 1, 2, 3", SC'11) and TensorFlow's distributions over it. Each draw goes on
 * where the last one reserved its end: 256 blocks per output element, whatever was used.
 */
public final class PhiloxRandom {
    private static final int BLOCKS_PER_OUTPUT = 256;
    private static final float SMALLEST_UNIFORM = 1e-7f;
    private static final double SMALLEST_UNIFORM_64 = 1e-7;
    private static final double TRUNCATION = 2;

    private final int key0;
    private final int key1;
    private final long counterHigh;
    /** Blocks between two looks whether the numbers are still wanted. */
    private static final int ASK = 1 << 14;

    private long base;

    /** The generator of an operation with attributes {@code seed} and {@code seed2}; both 0 means a seed of chance. */
    public PhiloxRandom(long seed, long seed2) {
        boolean unseeded = seed == 0 && seed2 == 0;
        long key = unseeded ? ThreadLocalRandom.current().nextLong() : seed;
        this.key0 = (int) key;
        this.key1 = (int) (key >>> 32);
        this.counterHigh = unseeded ? ThreadLocalRandom.current().nextLong() : seed2;
    }

    /** How far it is; {@link #position(long)} goes back there. */
    public long position() {
        return base;
    }

    /** Goes on from there: the same draws follow that followed then. */
    public void position(long at) {
        base = at;
    }

    private void advance(long outputs) {
        base += outputs * BLOCKS_PER_OUTPUT;
    }

    /** The four words of block {@code number} into {@code out}. */
    private void block(long number, int[] out) {
        if ((number & ASK - 1) == 0) {
            StopCheck.ask();
        }
        int c0 = (int) number;
        int c1 = (int) (number >>> 32);
        int c2 = (int) counterHigh;
        int c3 = (int) (counterHigh >>> 32);
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < 10; round++) {
            long p = (c0 & 0xffffffffL) * 0xD2511F53L;
            long q = (c2 & 0xffffffffL) * 0xCD9E8D57L;
            c0 = (int) (q >>> 32) ^ c1 ^ k0;
            c2 = (int) (p >>> 32) ^ c3 ^ k1;
            c1 = (int) q;
            c3 = (int) p;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }

    /**
     * Words one by one, from where the last draw reserved its end; the next draw begins that many words further on,
     * used or not.
     */
    public Words words(long reserved) {
        Words words = new Words(base);
        base += (reserved + 3) / 4;
        return words;
    }

    /** A sequence of random words, as kernels take it that do not know beforehand how many they need. */
    public final class Words {
        private final int[] block = new int[4];
        private long next;
        private int used = 4;

        private Words(long from) {
            next = from;
        }

        /** The next 32 bits. */
        public int nextInt() {
            if (used == 4) {
                block(next++, block);
                used = 0;
            }
            return block[used++];
        }

        /** The next 64 bits, low word first. */
        public long nextLong() {
            long low = nextInt() & 0xffffffffL;
            return low | (long) nextInt() << 32;
        }

        /** A double in [0, 1) of two words. */
        public double nextDouble() {
            int high = nextInt();
            return uniform(high, nextInt());
        }

        /** A float in [0, 1) of one word. */
        public float nextFloat() {
            return uniform(nextInt());
        }

        /** An integer in [0, n) of one word, every one as probable as any other. */
        public long nextInt(int n) {
            if ((n & n - 1) == 0) {
                return nextInt() & n - 1;
            }
            int remainder = Integer.remainderUnsigned(-1, n) + 1;
            int bits;
            do {
                bits = nextInt();
            } while (Integer.compareUnsigned(bits, remainder) < 0);
            return Integer.remainderUnsigned(bits, n);
        }

        /** An integer in [0, n), every one as probable as any other. */
        public long nextLong(long n) {
            if ((n & n - 1) == 0) {
                return nextLong() & n - 1;
            }
            long remainder = Long.remainderUnsigned(-1L, n) + 1;
            long bits;
            do {
                bits = nextLong();
            } while (Long.compareUnsigned(bits, remainder) < 0);
            return Long.remainderUnsigned(bits, n);
        }
    }

    private static float uniform(int word) {
        return Float.intBitsToFloat(word & 0x7fffff | 0x3f800000) - 1f;
    }

    private static double uniform(int high, int low) {
        long mantissa = (high & 0xfffffL) << 32 | low & 0xffffffffL;
        return Double.longBitsToDouble(mantissa | 0x3ff0000000000000L) - 1;
    }

    /** Uniform floats in [0, 1). */
    public void fillUniform(float[] out, int offset, int n) {
        uniforms(out, offset, 0, n);
        advance(n);
    }

    /**
     * The elements {@code from} (inclusive, a multiple of 4) to {@code to} (exclusive) of the uniform floats that a draw
     * here gives; {@link #finish} ends the draw. Threads may share it.
     */
    public void uniforms(float[] out, int offset, int from, int to) {
        PhiloxBlocks blocks = new PhiloxBlocks(key0, key1, counterHigh);
        int whole = from + (to - from & ~3);
        for (int i = from; i < whole; i += 4 * PhiloxBlocks.MOST) {
            int count = Math.min(PhiloxBlocks.MOST, (whole - i) / 4);
            if ((i - from) % ASK == 0) {
                StopCheck.ask();
            }
            blocks.generate(base + (i >>> 2), count);
            for (int b = 0, at = offset + i; b < count; b++, at += 4) {
                out[at] = uniform(blocks.word(0, b));
                out[at + 1] = uniform(blocks.word(1, b));
                out[at + 2] = uniform(blocks.word(2, b));
                out[at + 3] = uniform(blocks.word(3, b));
            }
        }
        if (whole < to) {
            int[] w = new int[4];
            block(base + (whole >>> 2), w);
            for (int i = whole; i < to; i++) {
                out[offset + i] = uniform(w[i & 3]);
            }
        }
    }

    /** Uniform doubles in [0, 1). */
    public void fillUniform(double[] out, int offset, int n) {
        int[] w = new int[4];
        for (int i = 0; i < n; i++) {
            if ((i & 1) == 0) {
                block(base + (i >>> 1), w);
            }
            int j = (i & 1) * 2;
            out[offset + i] = uniform(w[j], w[j + 1]);
        }
        advance(n);
    }

    /** Uniform half-precision numbers in [0, 1), as floats. */
    public void fillUniformHalf(float[] out, int offset, int n) {
        int[] w = new int[4];
        for (int i = 0; i < n; i++) {
            if ((i & 3) == 0) {
                block(base + (i >>> 2), w);
            }
            out[offset + i] = (w[i & 3] & 0x3ff) / 1024f;
        }
        advance(n);
    }

    /** Standard normal floats (Box-Muller). */
    public void fillNormal(float[] out, int offset, int n) {
        int[] w = new int[4];
        for (int i = 0; i < n; i += 2) {
            int j = i & 2;
            if (j == 0) {
                block(base + (i >>> 2), w);
            }
            float angle = angle(w[j + 1]);
            float r = radius(w[j]);
            out[offset + i] = Glibc.sin(angle) * r;
            if (i + 1 < n) {
                out[offset + i + 1] = Glibc.cos(angle) * r;
            }
        }
        advance(n);
    }

    /** Standard normal half-precision numbers, as floats. */
    public void fillNormalHalf(float[] out, int offset, int n) {
        fillNormal(out, offset, n);
        for (int i = 0; i < n; i++) {
            out[offset + i] = Half.round(out[offset + i]);
        }
    }

    /** Standard normal doubles (Box-Muller). */
    public void fillNormal(double[] out, int offset, int n) {
        int[] w = new int[4];
        for (int i = 0; i < n; i += 2) {
            block(base + (i >>> 1), w);
            double angle = 2 * Math.PI * uniform(w[2], w[3]);
            double r = radius(uniform(w[0], w[1]));
            out[offset + i] = Math.sin(angle) * r;
            if (i + 1 < n) {
                out[offset + i + 1] = Math.cos(angle) * r;
            }
        }
        advance(n);
    }

    private static float angle(int word) {
        return (float) (2 * Math.PI * uniform(word));
    }

    private static float radius(int word) {
        float u = Math.max(uniform(word), SMALLEST_UNIFORM);
        return (float) Math.sqrt(-2f * Glibc.log(u));
    }

    private static double radius(double uniform) {
        return Math.sqrt(-2 * Glibc.log(Math.max(uniform, SMALLEST_UNIFORM_64)));
    }

    /** Standard normal floats, drawn again where they are 2 or more from 0. */
    public void fillTruncatedNormal(float[] out, int offset, int n) {
        int[] w = new int[4];
        for (int group = 0; group * 4 < n; group++) {
            long number = base + (long) BLOCKS_PER_OUTPUT * group;
            int from = group * 4;
            int to = Math.min(from + 4, n);
            for (int pair = 0; from < to; pair ^= 2) {
                if (pair == 0) {
                    block(number++, w);
                }
                float angle = angle(w[pair + 1]);
                float r = radius(w[pair]);
                float s = Glibc.sin(angle) * r;
                if (Math.abs(s) < TRUNCATION) {
                    out[offset + from++] = s;
                }
                float c = Glibc.cos(angle) * r;
                if (from < to && Math.abs(c) < TRUNCATION) {
                    out[offset + from++] = c;
                }
            }
        }
        advance(n);
    }

    /** Truncated normal half-precision numbers, as floats. */
    public void fillTruncatedNormalHalf(float[] out, int offset, int n) {
        // Kept or drawn again by the value before rounding, as TensorFlow has it.
        fillTruncatedNormal(out, offset, n);
        for (int i = 0; i < n; i++) {
            out[offset + i] = Half.round(out[offset + i]);
        }
    }

    /** Standard normal doubles, drawn again where they are 2 or more from 0. */
    public void fillTruncatedNormal(double[] out, int offset, int n) {
        int[] w = new int[4];
        for (int group = 0; group * 2 < n; group++) {
            long number = base + (long) BLOCKS_PER_OUTPUT / 2 * group;
            int from = group * 2;
            int to = Math.min(from + 2, n);
            while (from < to) {
                block(number++, w);
                double angle = 2 * Math.PI * uniform(w[2], w[3]);
                double r = radius(uniform(w[0], w[1]));
                double s = Math.sin(angle) * r;
                if (Math.abs(s) < TRUNCATION) {
                    out[offset + from++] = s;
                }
                double c = Math.cos(angle) * r;
                if (from < to && Math.abs(c) < TRUNCATION) {
                    out[offset + from++] = c;
                }
            }
        }
        advance(n);
    }

    /** Uniform integers in [min, max). */
    public void fillUniformInt(int[] out, int offset, int n, int min, int max) {
        int[] w = new int[4];
        for (int i = 0; i < n; i++) {
            if ((i & 3) == 0) {
                block(base + (i >>> 2), w);
            }
            out[offset + i] = min + Integer.remainderUnsigned(w[i & 3], max - min);
        }
        advance(n);
    }

    /** Uniform integers in [min, max). */
    public void fillUniformInt(long[] out, int offset, int n, long min, long max) {
        int[] w = new int[4];
        for (int i = 0; i < n; i++) {
            if ((i & 1) == 0) {
                block(base + (i >>> 1), w);
            }
            int j = (i & 1) * 2;
            long bits = w[j] & 0xffffffffL | (long) w[j + 1] << 32;
            out[offset + i] = min + Long.remainderUnsigned(bits, max - min);
        }
        advance(n);
    }

    /** The order in which RandomShuffle takes the {@code n} rows of its input. */
    public int[] shuffledOrder(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        if (n < 2) {
            return order;
        }
        int[] w = new int[4];
        for (int i = 0; i < n - 1; i++) {
            if ((i & 3) == 0) {
                block(base + (i >>> 2), w);
            }
            int j = i + Integer.remainderUnsigned(w[i & 3], n - i);
            int t = order[i];
            order[i] = order[j];
            order[j] = t;
        }
        base += (n + 3L) / 4;
        return order;
    }

    /**
     * Draws classes by their unnormalised log-probabilities (tf.multinomial).
     *
     * @param logits {@code batch} rows of {@code classes}, row-major; entries that are not finite count as impossible
     * @return {@code batch} rows of {@code samples} class numbers
     */
    public long[] multinomial(double[] logits, int batch, int classes, int samples) {
        long[] out = new long[batch * samples];
        double[] cumulative = new double[classes];
        int[] w = new int[4];
        int word = 0;
        for (int b = 0; b < batch; b++) {
            double max = -Double.MAX_VALUE;
            for (int j = 0; j < classes; j++) {
                double v = logits[b * classes + j];
                if (Double.isFinite(v)) {
                    max = Math.max(max, v);
                }
            }
            double total = 0;
            for (int j = 0; j < classes; j++) {
                double v = logits[b * classes + j];
                total += Double.isFinite(v) ? Math.exp(v - max) : 0;
                cumulative[j] = total;
            }
            for (int s = 0; s < samples; s++, word += 2) {
                if ((word & 3) == 0) {
                    block(base + (word >>> 2), w);
                }
                double target = uniform(w[word & 3], w[(word & 3) + 1]) * total;
                int k = 0;
                while (k < classes && cumulative[k] <= target) {
                    k++;
                }
                out[b * samples + s] = k;
            }
        }
        if (out.length > 0) {
            advance((long) batch * ((samples + 3) / 4 * 4) * 2);
        }
        return out;
    }

    /** A run of draws for one output element: distributions that reject take as many numbers as they need. */
    public final class Draws {
        private final int[] words = new int[4];
        private final double[] uniforms = new double[2];
        private final double[] normals = new double[2];
        private long block;
        private int uniformsLeft;
        private int normalsLeft;

        private Draws(long block) {
            this.block = block;
        }

        /** Uniform in [0, 1). */
        public double uniform() {
            if (uniformsLeft == 0) {
                block(block++, words);
                uniforms[0] = PhiloxRandom.uniform(words[0], words[1]);
                uniforms[1] = PhiloxRandom.uniform(words[2], words[3]);
                uniformsLeft = 2;
            }
            return uniforms[--uniformsLeft];
        }

        /** Standard normal. */
        public double normal() {
            if (normalsLeft == 0) {
                block(block++, words);
                double angle = 2 * Math.PI * PhiloxRandom.uniform(words[2], words[3]);
                double r = radius(PhiloxRandom.uniform(words[0], words[1]));
                normals[0] = Math.sin(angle) * r;
                normals[1] = Math.cos(angle) * r;
                normalsLeft = 2;
            }
            return normals[--normalsLeft];
        }
    }

    /** The draws of output element {@code i} of the present run; {@link #finish} ends the run. */
    public Draws draws(int i) {
        return new Draws(base + (long) BLOCKS_PER_OUTPUT * i);
    }

    /** Ends a run of so many output elements. */
    public void finish(long outputs) {
        advance(outputs);
    }

    /** The words from where the generator stands. */
    public Words words() {
        return new Words(base);
    }
}
