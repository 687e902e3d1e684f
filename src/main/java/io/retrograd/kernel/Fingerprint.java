package io.retrograd.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Hashes of text that never change: the 64-bit FarmHash fingerprint (Pike and Alakuijala, 2014) by which TensorFlow puts
 * text in buckets, and SipHash-2-4 (Aumasson and Bernstein, 2012) for its strong ones.
 */
public final class Fingerprint {
    private static final long K0 = 0xc3a5c85c97cb3127L;
    private static final long K1 = 0xb492b66fbe98f273L;
    private static final long K2 = 0x9ae16a3b2f90404fL;
    private static final int BLOCK = 64;

    private Fingerprint() {}

    /** The FarmHash fingerprint, to be read without sign. */
    public static long farm(byte[] text) {
        ByteBuffer s = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN);
        int n = text.length;
        if (n <= 16) {
            return upTo16(s, n);
        }
        if (n <= 32) {
            return upTo32(s, n);
        }
        return n <= BLOCK ? upTo64(s, n) : longer(s, n);
    }

    private static long shiftMix(long v) {
        return v ^ v >>> 47;
    }

    private static long mixed(long u, long v, long multiplier) {
        long a = shiftMix((u ^ v) * multiplier);
        return shiftMix((v ^ a) * multiplier) * multiplier;
    }

    private static long rotate(long v, int by) {
        return Long.rotateRight(v, by);
    }

    private static long upTo16(ByteBuffer s, int n) {
        if (n >= 8) {
            long mul = K2 + n * 2L;
            long a = s.getLong(0) + K2;
            long b = s.getLong(n - 8);
            long c = rotate(b, 37) * mul + a;
            long d = (rotate(a, 25) + b) * mul;
            return mixed(c, d, mul);
        }
        if (n >= 4) {
            long mul = K2 + n * 2L;
            long a = s.getInt(0) & 0xffffffffL;
            return mixed(n + (a << 3), s.getInt(n - 4) & 0xffffffffL, mul);
        }
        if (n > 0) {
            int a = s.get(0) & 0xff;
            int b = s.get(n >> 1) & 0xff;
            int c = s.get(n - 1) & 0xff;
            long y = a + (b << 8) & 0xffffffffL;
            long z = n + (c << 2) & 0xffffffffL;
            return shiftMix(y * K2 ^ z * K0) * K2;
        }
        return K2;
    }

    private static long upTo32(ByteBuffer s, int n) {
        long mul = K2 + n * 2L;
        long a = s.getLong(0) * K1;
        long b = s.getLong(8);
        long c = s.getLong(n - 8) * mul;
        long d = s.getLong(n - 16) * K2;
        return mixed(rotate(a + b, 43) + rotate(c, 30) + d, a + rotate(b + K2, 18) + c, mul);
    }

    private static long upTo64(ByteBuffer s, int n) {
        long mul = K2 + n * 2L;
        long a = s.getLong(0) * K2;
        long b = s.getLong(8);
        long c = s.getLong(n - 8) * mul;
        long d = s.getLong(n - 16) * K2;
        long y = rotate(a + b, 43) + rotate(c, 30) + d;
        long z = mixed(y, a + rotate(b + K2, 18) + c, mul);
        long e = s.getLong(16) * mul;
        long f = s.getLong(24);
        long g = (y + s.getLong(n - 32)) * mul;
        long h = (z + s.getLong(n - 24)) * mul;
        return mixed(rotate(e + f, 43) + rotate(g, 30) + h, e + rotate(f + a, 18) + g, mul);
    }

    private record Pair(long first, long second) {}

    private static Pair weak(ByteBuffer s, int at, long seedA, long seedB) {
        long w = s.getLong(at);
        long z = s.getLong(at + 24);
        long a = seedA + w;
        long b = rotate(seedB + a + z, 21);
        long c = a;
        a += s.getLong(at + 8) + s.getLong(at + 16);
        b += rotate(a, 44);
        return new Pair(a + z, b + c);
    }

    private static long longer(ByteBuffer s, int n) {
        long seed = 81;
        long x = seed * K2 + s.getLong(0);
        long y = seed * K1 + 113;
        long z = shiftMix(y * K2 + 113) * K2;
        Pair v = new Pair(0, 0);
        Pair w = new Pair(0, 0);
        int end = (n - 1) / BLOCK * BLOCK;
        for (int at = 0; at < end; at += BLOCK) {
            x = rotate(x + y + v.first + s.getLong(at + 8), 37) * K1;
            y = rotate(y + v.second + s.getLong(at + 48), 42) * K1;
            x ^= w.second;
            y += v.first + s.getLong(at + 40);
            z = rotate(z + w.first, 33) * K1;
            v = weak(s, at, v.second * K1, x + w.first);
            w = weak(s, at + 32, z + w.second, y + s.getLong(at + 16));
            long swap = z;
            z = x;
            x = swap;
        }
        int last = end + (n - 1 & 63) - 63;
        long mul = K1 + ((z & 0xff) << 1);
        w = new Pair(w.first + (n - 1 & 63), w.second);
        v = new Pair(v.first + w.first, v.second);
        w = new Pair(w.first + v.first, w.second);
        x = rotate(x + y + v.first + s.getLong(last + 8), 37) * mul;
        y = rotate(y + v.second + s.getLong(last + 48), 42) * mul;
        x ^= w.second * 9;
        y += v.first * 9 + s.getLong(last + 40);
        z = rotate(z + w.first, 33) * mul;
        v = weak(s, last, v.second * mul, x + w.first);
        w = weak(s, last + 32, z + w.second, y + s.getLong(last + 16));
        long swap = z;
        z = x;
        x = swap;
        return mixed(mixed(v.first, w.first, mul) + shiftMix(y) * K0 + z, mixed(v.second, w.second, mul) + x, mul);
    }

    /** SipHash-2-4 under a key of two words. */
    public static long sip(long key0, long key1, byte[] text) {
        long[] v = {
            key0 ^ 0x736f6d6570736575L, key1 ^ 0x646f72616e646f6dL, key0 ^ 0x6c7967656e657261L, key1 ^ 0x7465646279746573L
        };
        ByteBuffer s = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN);
        int whole = text.length / 8 * 8;
        for (int at = 0; at < whole; at += 8) {
            absorb(v, s.getLong(at));
        }
        long rest = (long) text.length << 56;
        for (int i = whole; i < text.length; i++) {
            rest |= (text[i] & 0xffL) << 8 * (i - whole);
        }
        absorb(v, rest);
        v[2] ^= 0xff;
        for (int i = 0; i < 4; i++) {
            round(v);
        }
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void absorb(long[] v, long word) {
        v[3] ^= word;
        round(v);
        round(v);
        v[0] ^= word;
    }

    private static void round(long[] v) {
        v[0] += v[1];
        v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
        v[0] = Long.rotateLeft(v[0], 32);
        v[2] += v[3];
        v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
        v[2] = Long.rotateLeft(v[2], 32);
    }
}
