package io.retrograd.lang.value;

import java.util.Arrays;

/**
 * The keys of a dict in the order of insertion, with an open-addressing index on them. Equal numbers are one key
 * whatever their type; strings and ints, the usual keys, are compared without the protocol.
 */
final class HashIndex {
    private static final int SMALLEST = 8;
    private static final int FREE = -1;
    private static final int REMOVED = -2;

    /** What an empty one looks in, until its first key; many dicts stay empty. */
    private static final int[] NO_INDEX = {FREE};
    private static final long[] NO_HASHES = {};

    Object[] keys = Semantics.NO_ARGUMENTS;
    private long[] hashes = NO_HASHES;
    private int[] index = NO_INDEX;
    /** Places in {@code keys} in use, removed ones included. */
    int used;
    int size;
    /** Slots of the index that are not free. */
    private int filled;

    /** The same keys with the same hashes. */
    HashIndex copy() {
        HashIndex made = new HashIndex();
        made.keys = keys.clone();
        made.hashes = hashes.clone();
        made.index = index.clone();
        made.used = used;
        made.size = size;
        made.filled = filled;
        return made;
    }

    private static int[] newIndex(int n) {
        int[] index = new int[n];
        Arrays.fill(index, FREE);
        return index;
    }

    private static int spread(long hash) {
        int h = (int) (hash ^ hash >>> 32) * 0x9E3779B9;
        return h ^ h >>> 15;
    }

    /** The place of a key, or -1. */
    int find(Machine m, Object key, long hash) {
        if (key instanceof String text) {
            return findText(m, text, hash);
        }
        return key instanceof Long number ? findInt(m, number, hash) : findAny(m, key, hash);
    }

    private int findInt(Machine m, Long key, long hash) {
        long number = key;
        int[] places = index;
        int mask = places.length - 1;
        for (int slot = spread(hash) & mask;; slot = slot + 1 & mask) {
            int at = places[slot];
            if (at == FREE) {
                return -1;
            }
            if (at != REMOVED && hashes[at] == hash) {
                Object held = keys[at];
                if (held instanceof Long other ? other == number : matches(m, held, key)) {
                    return at;
                }
            }
        }
    }

    private int findText(Machine m, String key, long hash) {
        int[] places = index;
        int mask = places.length - 1;
        for (int slot = spread(hash) & mask;; slot = slot + 1 & mask) {
            int at = places[slot];
            if (at == FREE) {
                return -1;
            }
            if (at != REMOVED && hashes[at] == hash) {
                Object held = keys[at];
                if (held == key || (held instanceof String other ? other.equals(key) : matches(m, held, key))) {
                    return at;
                }
            }
        }
    }

    private int findAny(Machine m, Object key, long hash) {
        int[] places = index;
        int mask = places.length - 1;
        for (int slot = spread(hash) & mask;; slot = slot + 1 & mask) {
            int at = places[slot];
            if (at == FREE) {
                return -1;
            }
            if (at != REMOVED && hashes[at] == hash && matches(m, keys[at], key)) {
                return at;
            }
        }
    }

    private static boolean matches(Machine m, Object held, Object key) {
        if (held == key) {
            return true;
        }
        if (held instanceof String a) {
            return key instanceof String ? a.equals(key) : key instanceof Value && Semantics.equal(m, held, key);
        }
        return Semantics.equal(m, held, key);
    }

    /** Adds a key that is not there and answers its place, the one behind the last. */
    int append(Object key, long hash) {
        if (filled >= index.length * 2 / 3) {
            rebuild();
        }
        if (used == keys.length) {
            int room = Math.max(SMALLEST / 2, 2 * used);
            keys = ListValue.grown(keys, room);
            hashes = Arrays.copyOf(hashes, room);
        }
        int at = used++;
        keys[at] = key;
        hashes[at] = hash;
        insert(hash, at);
        filled++;
        size++;
        return at;
    }

    private void insert(long hash, int at) {
        int mask = index.length - 1;
        int slot = spread(hash) & mask;
        while (index[slot] != FREE) {
            slot = slot + 1 & mask;
        }
        index[slot] = at;
    }

    private void rebuild() {
        int n = SMALLEST;
        while (n < size * 3) {
            n <<= 1;
        }
        index = newIndex(n);
        for (int at = 0; at < used; at++) {
            if (keys[at] != null) {
                insert(hashes[at], at);
            }
        }
        filled = size;
    }

    void remove(int at) {
        int mask = index.length - 1;
        int slot = spread(hashes[at]) & mask;
        while (index[slot] != at) {
            slot = slot + 1 & mask;
        }
        index[slot] = REMOVED;
        keys[at] = null;
        size--;
    }

    /** Whether so many places are of removed keys that {@link #compact} is worth it. */
    boolean isSparse() {
        return used > 32 && size < used / 2;
    }

    /** Closes the gaps; {@code values} move along. */
    void compact(Object[] values) {
        int n = 0;
        for (int at = 0; at < used; at++) {
            if (keys[at] != null) {
                keys[n] = keys[at];
                hashes[n] = hashes[at];
                values[n++] = values[at];
            }
        }
        Arrays.fill(keys, n, used, null);
        Arrays.fill(values, n, used, null);
        used = n;
        rebuild();
    }
}
