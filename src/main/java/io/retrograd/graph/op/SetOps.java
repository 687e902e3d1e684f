package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Blocks;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sets along the last dimension of dense and sparse tensors: intersection, difference, union, size. */
final class SetOps {
    private static final String TYPES = "int8|int16|int32|int64|uint8|uint16|string";

    private SetOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "DenseToDenseSetOperation" -> new SetOperation(type, "set1: T, set2: T", false, false);
            case "DenseToSparseSetOperation" -> new SetOperation(
                    type, "set1: T, set2_indices: int64, set2_values: T, set2_shape: int64", false, true);
            case "SparseToSparseSetOperation" -> new SetOperation(type, "set1_indices: int64, set1_values: T, set1_shape: int64, "
                    + "set2_indices: int64, set2_values: T, set2_shape: int64", true, true);
            case "SetSize" -> new SetSize();
            default -> null;
        };
    }

    /** Sets by the number of their group: the place in all dimensions but the last. */
    private record Sets(long[] groups, TreeMap<Long, TreeSet<Comparable<Object>>> byGroup) {
        TreeSet<Comparable<Object>> of(long group) {
            return byGroup.getOrDefault(group, new TreeSet<>());
        }
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> element(NdArray values, int i) {
        Object e = values.dtype() == DType.STRING
                ? new String((byte[]) values.getObject(i), StandardCharsets.ISO_8859_1)
                : (Object) values.getLong(i);
        return (Comparable<Object>) e;
    }

    private static Sets dense(NdArray x) {
        if (x.rank() < 2) {
            throw NnError.invalidArgument("Invalid rank " + x.rank() + ", must be at least 2.");
        }
        long[] groups = new long[x.rank() - 1];
        for (int d = 0; d < groups.length; d++) {
            groups[d] = x.dim(d);
        }
        TreeMap<Long, TreeSet<Comparable<Object>>> sets = new TreeMap<>();
        int last = x.dim(x.rank() - 1);
        for (int i = 0; i < x.size(); i++) {
            sets.computeIfAbsent((long) (i / last), n -> new TreeSet<>()).add(element(x, i));
        }
        return new Sets(groups, sets);
    }

    private static Sets sparse(NdArray indices, NdArray values, NdArray shape) {
        int rank = shape.size();
        if (rank < 2) {
            throw NnError.invalidArgument("Invalid rank " + rank + ", must be at least 2.");
        }
        long[] groups = new long[rank - 1];
        for (int d = 0; d < groups.length; d++) {
            groups[d] = shape.getLong(d);
        }
        TreeMap<Long, TreeSet<Comparable<Object>>> sets = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            long group = 0;
            for (int d = 0; d < groups.length; d++) {
                group = group * groups[d] + indices.getLong(i * rank + d);
            }
            sets.computeIfAbsent(group, n -> new TreeSet<>()).add(element(values, i));
        }
        return new Sets(groups, sets);
    }

    static final class SetOperation extends OpDef {
        private final boolean firstSparse;
        private final boolean secondSparse;

        SetOperation(String type, String inputs, boolean firstSparse, boolean secondSparse) {
            super(type, inputs, "result_indices: int64, result_values: T, result_shape: int64", "set_operation: string",
                    "validate_indices: bool = true", "T: " + TYPES);
            this.firstSparse = firstSparse;
            this.secondSparse = secondSparse;
        }

        @Override
        public void infer(ShapeContext c) {
            Shape first = c.input(firstSparse ? 2 : 0);
            int rank = firstSparse
                    ? first.hasRank() && first.rank() == 1 ? first.dim(0) : Shape.UNKNOWN
                    : first.hasRank() ? first.rank() : Shape.UNKNOWN;
            c.output(0, Shape.of(Shape.UNKNOWN, rank));
            c.output(1, Shape.unknownOfRank(1));
            c.output(2, Shape.of(rank));
        }

        @Override
        public void compute(KernelContext k) {
            int next = firstSparse ? 3 : 1;
            Sets a = firstSparse ? sparse(k.input(0), k.input(1), k.input(2)) : dense(k.input(0));
            Sets b = secondSparse ? sparse(k.input(next), k.input(next + 1), k.input(next + 2)) : dense(k.input(next));
            if (!Arrays.equals(a.groups, b.groups)) {
                throw NnError.invalidArgument("Mismatched group shapes " + Arrays.toString(a.groups) + " vs "
                        + Arrays.toString(b.groups) + ".");
            }
            TreeSet<Long> groups = new TreeSet<>(a.byGroup.keySet());
            groups.addAll(b.byGroup.keySet());
            List<Long> owners = new ArrayList<>();
            List<Integer> places = new ArrayList<>();
            List<Object> elements = new ArrayList<>();
            int largest = 0;
            for (long group : groups) {
                TreeSet<Comparable<Object>> result = combined(k.operation().attribute("set_operation"), a.of(group), b.of(group));
                int place = 0;
                for (Object e : result) {
                    owners.add(group);
                    places.add(place++);
                    elements.add(e);
                }
                largest = Math.max(largest, result.size());
            }
            int rank = a.groups.length + 1;
            NdArray indices = k.output(0, elements.size(), rank);
            NdArray values = k.output(1, elements.size());
            for (int i = 0; i < elements.size(); i++) {
                long group = owners.get(i);
                for (int d = rank - 2; d >= 0; d--) {
                    indices.setLong(i * rank + d, group % a.groups[d]);
                    group /= a.groups[d];
                }
                indices.setLong(i * rank + rank - 1, places.get(i));
                if (elements.get(i) instanceof String s) {
                    values.setObject(i, s.getBytes(StandardCharsets.ISO_8859_1));
                } else {
                    values.setLong(i, (Long) elements.get(i));
                }
            }
            NdArray shape = k.output(2, rank);
            for (int d = 0; d < rank - 1; d++) {
                shape.setLong(d, a.groups[d]);
            }
            shape.setLong(rank - 1, largest);
        }

        private static TreeSet<Comparable<Object>> combined(String how, TreeSet<Comparable<Object>> a, TreeSet<Comparable<Object>> b) {
            TreeSet<Comparable<Object>> result = new TreeSet<>(how.equals("b-a") ? b : a);
            switch (how) {
                case "a-b" -> result.removeAll(b);
                case "b-a" -> result.removeAll(a);
                case "intersection" -> result.retainAll(b);
                case "union" -> result.addAll(b);
                default -> throw NnError.invalidArgument("Invalid set_operation " + how + ".");
            }
            return result;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class SetSize extends OpDef {
        SetSize() {
            super("SetSize", "set_indices: int64, set_values: T, set_shape: int64", "size: int32", "validate_indices: bool = true", "T: " + TYPES);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape shape = c.constantAsShape(2);
            c.output(0, shape.hasRank() && shape.rank() > 0 ? shape.slice(0, shape.rank() - 1) : Shape.unknown());
        }

        @Override
        public void compute(KernelContext k) {
            Sets sets = sparse(k.input(0), k.input(1), k.input(2));
            int[] shape = new int[sets.groups.length];
            for (int d = 0; d < shape.length; d++) {
                shape[d] = (int) sets.groups[d];
            }
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            sets.byGroup.forEach((group, set) -> out.setLong((int) (long) group, set.size()));
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
