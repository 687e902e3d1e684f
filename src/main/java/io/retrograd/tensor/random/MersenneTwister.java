package io.retrograd.tensor.random;

import io.retrograd.error.StopCheck;

/**
 * MT19937 (Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random
 * number generator", 1998), seeded as its authors' reference code does: the source of numpy's and Python's numbers.
 */
public final class MersenneTwister {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] key = new int[N];
    private int pos = N;

    /** Seeded with one word ({@code init_genrand}). */
    public void seed(int seed) {
        for (int i = 0; i < N; i++) {
            key[i] = seed;
            seed = 1812433253 * (seed ^ seed >>> 30) + i + 1;
        }
        pos = N;
    }

    /** Seeded with several words ({@code init_by_array}). */
    public void seed(int[] words) {
        seed(19650218);
        int i = 1;
        int j = 0;
        for (int k = Math.max(N, words.length); k > 0; k--) {
            key[i] = (key[i] ^ (key[i - 1] ^ key[i - 1] >>> 30) * 1664525) + words[j] + j;
            i++;
            j++;
            if (i >= N) {
                key[0] = key[N - 1];
                i = 1;
            }
            if (j >= words.length) {
                j = 0;
            }
        }
        for (int k = N - 1; k > 0; k--) {
            key[i] = (key[i] ^ (key[i - 1] ^ key[i - 1] >>> 30) * 1566083941) - i;
            i++;
            if (i >= N) {
                key[0] = key[N - 1];
                i = 1;
            }
        }
        key[0] = 0x80000000;
        pos = N;
    }

    /** The next 32 bits. */
    public int nextInt() {
        if (pos == N) {
            refill();
        }
        int y = key[pos++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    /** The next 32 bits as a number from 0 on. */
    public long nextUnsigned() {
        return nextInt() & 0xffffffffL;
    }

    /** 64 bits: the first word drawn is the high one. */
    public long nextLong() {
        long high = nextUnsigned() << 32;
        return high | nextUnsigned();
    }

    /** A double in [0, 1) of 53 bits. */
    public double nextDouble() {
        long a = nextInt() >>> 5;
        long b = nextInt() >>> 6;
        return (a * 67108864.0 + b) / 9007199254740992.0;
    }

    private void refill() {
        StopCheck.ask();
        for (int i = 0; i < N; i++) {
            int y = key[i] & 0x80000000 | key[(i + 1) % N] & 0x7fffffff;
            key[i] = key[(i + M) % N] ^ y >>> 1 ^ -(y & 1) & 0x9908b0df;
        }
        pos = 0;
    }

    /** A copy of the 624 words of the state. */
    public int[] key() {
        return key.clone();
    }

    /** How many words of the state are used up. */
    public int position() {
        return pos;
    }

    /** Takes over a state that {@link #key()} and {@link #position()} gave. */
    public void restore(int[] words, int position) {
        System.arraycopy(words, 0, key, 0, N);
        pos = position;
    }
}
