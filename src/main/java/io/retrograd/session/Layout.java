package io.retrograd.session;

import io.retrograd.session.Value.Node;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Gives the tensors of a {@link ShapedPlan} their arrays: one is used again once the last reader of what it held is
 * done. Large arrays are the session's, so that its plans, of which one runs at a time, share them.
 */
final class Layout {
    /** The plan would keep more memory than plans may. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super(null, null, false, false);
        }
    }

    private record Kind(DType dtype, int size) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Kind k && k.dtype == dtype && k.size == size;
        }

        @Override
        public int hashCode() {
            return size * 31 + dtype.ordinal();
        }
    }

    private final SessionState session;
    private final Map<Kind, Deque<Object>> free = new HashMap<>();
    private final Map<Kind, Integer> used = new HashMap<>();
    private final Map<Integer, List<Value>> dying = new HashMap<>();

    /** Whether the plan runs inside others, so that its arrays are its own. */
    private final boolean inner;

    Layout(SessionState session, boolean inner) {
        this.session = session;
        this.inner = inner;
    }

    /** Finds the last step that reads each tensor, the order being that of the steps. */
    static void lifetimes(List<Node> order, Function<Node, List<Node>> members) {
        for (int k = 0; k < order.size(); k++) {
            for (Node n : members.apply(order.get(k))) {
                for (Value v : n.in) {
                    v.root().lastUse = k;
                }
                for (Value v : n.out) {
                    v.lastUse = Math.max(v.lastUse, k);
                }
            }
        }
        for (int k = order.size() - 1; k >= 0; k--) {
            for (Value out : order.get(k).out) {
                if (out.wanted) {
                    out.lastUse = Integer.MAX_VALUE;
                }
                if (out.forwarded) {
                    // It may lie in an input's array.
                    for (Value v : order.get(k).in) {
                        v.root().lastUse = Math.max(v.root().lastUse, out.lastUse);
                    }
                }
            }
        }
    }

    /** An array for the tensor, that of {@code inPlace} if given; null where its shape is unknown or its array another's. */
    NdArray buffer(Value v, Value inPlace) {
        if (v.dims == null || v.forwarded || !v.dtype.isNumeric() && v.dtype != DType.BOOL) {
            return null;
        }
        Object data;
        if (inPlace != null) {
            data = inPlace.cell.array.data();
            inPlace.isFixed = false;
        } else {
            data = take(new Kind(v.dtype, v.size()));
        }
        NdArray array = NdArray.wrap(v.dtype, data, v.dims);
        v.cell.array = array;
        v.isFixed = true;
        dying.computeIfAbsent(v.lastUse, k -> new ArrayList<>()).add(v);
        return array;
    }

    private Object take(Kind kind) {
        Deque<Object> arrays = free.get(kind);
        if (arrays != null && !arrays.isEmpty()) {
            return arrays.pop();
        }
        if (inner || kind.size < BufferPool.LARGE) {
            return NdArray.zeros(kind.dtype, kind.size).data();
        }
        int number = used.merge(kind, 1, Integer::sum) - 1;
        return session.pool().shared(kind.dtype, kind.size, number).orElseThrow(TooLarge::new);
    }

    /** The step of that number is done: what only it still read is free. */
    void free(int step) {
        List<Value> done = dying.remove(step);
        if (done != null) {
            for (Value v : done) {
                if (v.isFixed) {
                    free.computeIfAbsent(new Kind(v.dtype, v.size()), k -> new ArrayDeque<>()).push(v.cell.array.data());
                }
            }
        }
    }
}
