package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Blocks;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What values occur: each one once, and those of one list that another lacks. */
final class UniqueOps {
    private UniqueOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Unique" -> new Unique(false);
            case "UniqueWithCounts" -> new Unique(true);
            case "ListDiff" -> new ListDiff();
            default -> null;
        };
    }

    /** An element as a key by value. */
    private static Object key(NdArray a, int i) {
        return switch (a.dtype()) {
            case STRING -> ByteBuffer.wrap((byte[]) a.getObject(i));
            case FLOAT16, FLOAT32, FLOAT64 -> (Object) (a.getDouble(i) + 0.0);
            case COMPLEX64, COMPLEX128 -> List.of(a.getDouble(i), a.getImaginary(i));
            default -> (Object) a.getLong(i);
        };
    }

    static final class Unique extends OpDef {
        private final boolean counts;

        Unique(boolean counts) {
            super(
                    counts ? "UniqueWithCounts" : "Unique",
                    "x: T",
                    counts ? "y: T, idx: out_idx, count: out_idx" : "y: T, idx: out_idx",
                    "T: type",
                    "out_idx: int32|int64 = int32");
            this.counts = counts;
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(Shape.UNKNOWN));
            c.output(1, c.withRank(0, 1));
            if (counts) {
                c.output(2, Shape.of(Shape.UNKNOWN));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            if (x.rank() != 1) {
                throw NnError.invalidArgument("unique expects a 1D vector.");
            }
            Map<Object, Integer> seen = new HashMap<>();
            List<Integer> first = new ArrayList<>();
            NdArray idx = k.output(1, x.size());
            int[] number = new int[x.size()];
            for (int i = 0; i < x.size(); i++) {
                Integer at = seen.get(key(x, i));
                if (at == null) {
                    at = first.size();
                    seen.put(key(x, i), at);
                    first.add(i);
                }
                idx.setLong(i, at);
                number[at]++;
            }
            NdArray y = k.output(0, first.size());
            for (int i = 0; i < first.size(); i++) {
                Blocks.copy(x, first.get(i), y, i, 1);
            }
            if (counts) {
                NdArray count = k.output(2, first.size());
                for (int i = 0; i < first.size(); i++) {
                    count.setLong(i, number[i]);
                }
            }
        }
    }

    static final class ListDiff extends OpDef {
        ListDiff() {
            super("ListDiff", "x: T, y: T", "out: T, idx: out_idx", "T: type", "out_idx: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 1);
            c.withRank(1, 1);
            c.output(0, Shape.of(Shape.UNKNOWN));
            c.output(1, Shape.of(Shape.UNKNOWN));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray y = k.input(1);
            Set<Object> without = new HashSet<>();
            for (int i = 0; i < y.size(); i++) {
                without.add(key(y, i));
            }
            List<Integer> left = new ArrayList<>();
            for (int i = 0; i < x.size(); i++) {
                if (!without.contains(key(x, i))) {
                    left.add(i);
                }
            }
            NdArray out = k.output(0, left.size());
            NdArray idx = k.output(1, left.size());
            for (int i = 0; i < left.size(); i++) {
                Blocks.copy(x, left.get(i), out, i, 1);
                idx.setLong(i, left.get(i));
            }
        }
    }
}
