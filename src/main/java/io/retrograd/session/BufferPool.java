package io.retrograd.session;

import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Large arrays that an earlier operation is done with, for a later one of the same length. Small ones are not worth
 * it: they stay with their operation from run to run.
 */
final class BufferPool {
    /** Arrays of fewer elements stay with their operation: 256 KB of floats. */
    static final int LARGE = 1 << 16;

    private record Key(DType dtype, int length) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key k && k.dtype == dtype && k.length == length;
        }

        @Override
        public int hashCode() {
            return length * 31 + dtype.ordinal();
        }
    }

    private final Map<Key, Deque<Object>> free = new HashMap<>();
    private final Map<Key, List<Object>> shared = new HashMap<>();
    private long held;
    private long sharedBytes;

    NdArray take(DType dtype, int size, int[] shape) {
        Deque<Object> arrays = free.get(new Key(dtype, size));
        if (arrays == null || arrays.isEmpty()) {
            return NdArray.zeros(dtype, shape);
        }
        held -= (long) size * dtype.byteSize();
        return NdArray.wrap(dtype, arrays.pop(), shape);
    }

    /**
     * The array of that number, of all that plans share; empty where they would come to more than an eighth of the
     * heap.
     */
    Optional<Object> shared(DType dtype, int size, int number) {
        List<Object> arrays = shared.computeIfAbsent(new Key(dtype, size), k -> new ArrayList<>());
        if (arrays.size() <= number) {
            long bytes = (long) size * dtype.byteSize();
            if (sharedBytes + bytes > Runtime.getRuntime().maxMemory() / 8) {
                return Optional.empty();
            }
            sharedBytes += bytes;
            arrays.add(take(dtype, size, new int[] {size}).data());
        }
        return Optional.of(arrays.get(number));
    }

    void give(NdArray array) {
        free.computeIfAbsent(new Key(array.dtype(), array.size()), k -> new ArrayDeque<>()).push(array.data());
        held += (long) array.size() * array.dtype().byteSize();
    }

    /** After a run: an eighth of the heap may lie idle, no more. */
    void trim() {
        if (held > Runtime.getRuntime().maxMemory() / 8) {
            clear();
        }
    }

    void clear() {
        free.clear();
        held = 0;
    }

    void close() {
        clear();
        shared.clear();
        sharedBytes = 0;
    }
}
