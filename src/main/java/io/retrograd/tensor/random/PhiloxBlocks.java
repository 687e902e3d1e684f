package io.retrograd.tensor.random;

/**
 * Many blocks of {@link PhiloxRandom} at a time: each round is a loop over all of them, on longs, so that the compiler
 * makes vector instructions of it. A block alone has to wait for one multiplication after the other.
 */
final class PhiloxBlocks {
    /** Blocks at a time: they stay in the first-level cache. */
    static final int MOST = 64;

    private static final long WORD = 0xffffffffL;
    private static final int ROUNDS = 10;

    private final int key0;
    private final int key1;
    private final long counterHigh;
    /** The words of all blocks, each in the lower half of a long. */
    private final long[] c0 = new long[MOST];
    private final long[] c1 = new long[MOST];
    private final long[] c2 = new long[MOST];
    private final long[] c3 = new long[MOST];

    PhiloxBlocks(int key0, int key1, long counterHigh) {
        this.key0 = key0;
        this.key1 = key1;
        this.counterHigh = counterHigh;
    }

    /** Computes {@code count} blocks from number {@code first} on. */
    void generate(long first, int count) {
        for (int i = 0; i < count; i++) {
            c0[i] = first + i & WORD;
            c1[i] = first + i >>> 32;
            c2[i] = counterHigh & WORD;
            c3[i] = counterHigh >>> 32;
        }
        int k0 = key0;
        int k1 = key1;
        for (int r = 0; r < ROUNDS; r++) {
            round(c0, c1, c2, c3, k0 & WORD, k1 & WORD, count);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
    }

    private static void round(long[] c0, long[] c1, long[] c2, long[] c3, long k0, long k1, int count) {
        for (int i = 0; i < count; i++) {
            long p = c0[i] * 0xD2511F53L;
            long q = c2[i] * 0xCD9E8D57L;
            c0[i] = q >>> 32 ^ c1[i] ^ k0;
            c2[i] = p >>> 32 ^ c3[i] ^ k1;
            c1[i] = q & WORD;
            c3[i] = p & WORD;
        }
    }

    /** Word {@code i} of the block in place {@code b}. */
    int word(int i, int b) {
        return (int) switch (i) {
            case 0 -> c0[b];
            case 1 -> c1[b];
            case 2 -> c2[b];
            default -> c3[b];
        };
    }
}
