package io.retrograd.lang.value;

/**
 * The elements of a set, in the order in which CPython 3.7 to 3.12 would walk them: the same table sizes, the same
 * probing, the same moments of growth (Objects/setobject.c tells the figures). So a script that prints
 * {@code set([3, 1, 2])} prints what it did in Python.
 */
final class SetTable {
    private static final int SMALLEST = 8;
    /** Neighbouring slots tried before the next jump. */
    private static final int LINEAR_PROBES = 9;
    private static final int PERTURB_SHIFT = 5;
    /** Beyond this size a growing table doubles instead of quadrupling. */
    private static final int LARGE = 50_000;
    private static final Object REMOVED = new Object();

    private Object[] keys = new Object[SMALLEST];
    private long[] hashes = new long[SMALLEST];
    private int mask = SMALLEST - 1;
    /** Slots taken, removed elements included. */
    private int fill;
    private int used;
    private int finger;

    int size() {
        return used;
    }

    /** Slots; those that answer {@link #at} with null are empty. */
    int slots() {
        return mask + 1;
    }

    Object at(int slot) {
        Object key = keys[slot];
        return key == REMOVED ? null : key;
    }

    long hashAt(int slot) {
        return hashes[slot];
    }

    boolean contains(Machine m, Object key, long hash) {
        return find(m, key, hash) >= 0;
    }

    private int find(Machine m, Object key, long hash) {
        long perturb = hash;
        int i = (int) hash & mask;
        while (true) {
            int end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
            for (int slot = i; slot <= end; slot++) {
                Object held = keys[slot];
                if (held == null) {
                    return -1;
                }
                if (held != REMOVED && hashes[slot] == hash && Semantics.sameOrEqual(m, held, key)) {
                    return slot;
                }
            }
            perturb >>>= PERTURB_SHIFT;
            i = (int) (i * 5L + 1 + perturb) & mask;
        }
    }

    /** Whether it was not there before. */
    boolean add(Machine m, Object key, long hash) {
        long perturb = hash;
        int i = (int) hash & mask;
        while (true) {
            int end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
            for (int slot = i; slot <= end; slot++) {
                Object held = keys[slot];
                if (held == null) {
                    keys[slot] = key;
                    hashes[slot] = hash;
                    fill++;
                    used++;
                    if (fill * 5L >= mask * 3L) {
                        resize(used > LARGE ? used * 2 : used * 4);
                    }
                    return true;
                }
                if (held != REMOVED && hashes[slot] == hash && Semantics.sameOrEqual(m, held, key)) {
                    return false;
                }
            }
            perturb >>>= PERTURB_SHIFT;
            i = (int) (i * 5L + 1 + perturb) & mask;
        }
    }

    boolean remove(Machine m, Object key, long hash) {
        int slot = find(m, key, hash);
        if (slot < 0) {
            return false;
        }
        keys[slot] = REMOVED;
        used--;
        return true;
    }

    /** Removes and answers some element; null if there is none. */
    Object pop() {
        if (used == 0) {
            return null;
        }
        int slot = finger & mask;
        while (at(slot) == null) {
            slot = slot + 1 & mask;
        }
        Object key = keys[slot];
        keys[slot] = REMOVED;
        used--;
        finger = slot + 1;
        return key;
    }

    private void resize(int atLeast) {
        int n = SMALLEST;
        while (n <= atLeast) {
            n <<= 1;
        }
        Object[] oldKeys = keys;
        long[] oldHashes = hashes;
        keys = new Object[n];
        hashes = new long[n];
        mask = n - 1;
        fill = used;
        for (int slot = 0; slot < oldKeys.length; slot++) {
            if (oldKeys[slot] != null && oldKeys[slot] != REMOVED) {
                insertNew(oldKeys[slot], oldHashes[slot]);
            }
        }
    }

    private void insertNew(Object key, long hash) {
        long perturb = hash;
        int i = (int) hash & mask;
        while (true) {
            int end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
            for (int slot = i; slot <= end; slot++) {
                if (keys[slot] == null) {
                    keys[slot] = key;
                    hashes[slot] = hash;
                    return;
                }
            }
            perturb >>>= PERTURB_SHIFT;
            i = (int) (i * 5L + 1 + perturb) & mask;
        }
    }

    /** Adds all elements of another table, in its order. */
    void addAll(Machine m, SetTable other) {
        if (other == this || other.used == 0) {
            return;
        }
        if ((fill + other.used) * 5L >= mask * 3L) {
            resize((used + other.used) * 2);
        }
        if (fill == 0 && mask == other.mask && other.fill == other.used) {
            keys = other.keys.clone();
            hashes = other.hashes.clone();
            fill = other.fill;
            used = other.used;
            return;
        }
        boolean fresh = fill == 0;
        for (int slot = 0; slot <= other.mask; slot++) {
            Object key = other.at(slot);
            if (key == null) {
                continue;
            }
            if (fresh) {
                insertNew(key, other.hashes[slot]);
                fill++;
                used++;
            } else {
                add(m, key, other.hashes[slot]);
            }
        }
    }

    /** Adds the elements of one table that are in the other too, in the order of the first. */
    void addCommon(Machine m, SetTable walked, SetTable asked) {
        for (int slot = 0; slot <= walked.mask; slot++) {
            Object key = walked.at(slot);
            if (key != null) {
                m.step();
                if (asked.contains(m, key, walked.hashes[slot])) {
                    add(m, key, walked.hashes[slot]);
                }
            }
        }
    }

    /** Removes all elements of another table. */
    void removeAll(Machine m, SetTable other) {
        for (int slot = 0; slot <= other.mask; slot++) {
            Object key = other.at(slot);
            if (key != null) {
                m.step();
                remove(m, key, other.hashes[slot]);
            }
        }
    }

    /** Makes room for the keys of a dict, as a set made from one does. */
    void reserveForDict(int count) {
        if ((fill + count) * 5L >= mask * 3L) {
            resize((used + count) * 2);
        }
    }
}
