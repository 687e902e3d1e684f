package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Fingerprint;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Features crossed: each combination of one value of each column, as text or as a number that hashes it. */
final class CrossOps {
    private CrossOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "SparseCross" -> new Cross();
            default -> null;
        };
    }

    static final class Cross extends OpDef {
        Cross() {
            super("SparseCross", "indices: N * int64, values: list(sparse_types), shapes: N * int64, dense_inputs: list(dense_types)",
                    "output_indices: int64, output_values: out_type, output_shape: int64",
                    "N: int", "hashed_output: bool", "num_buckets: int", "hash_key: int", "sparse_types: list(type)", "dense_types: list(type)",
                    "out_type: int64|string", "internal_type: int64|string");
        }

        @Override
        public void infer(ShapeContext c) {
            SparseOp.sparse(c, 0, 2);
        }

        @Override
        public void compute(KernelContext k) {
            int sparse = (int) k.operation().intAttribute("N");
            int dense = k.inputCount() - 3 * sparse;
            boolean hashed = k.operation().flag("hashed_output");
            int batch = batch(k, sparse, dense);
            // One list for each example and column.
            List<List<List<Object>>> rows = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                List<List<Object>> columns = new ArrayList<>();
                for (int j = 0; j < sparse + dense; j++) {
                    columns.add(new ArrayList<>());
                }
                rows.add(columns);
            }
            for (int j = 0; j < sparse; j++) {
                NdArray places = k.input(j);
                for (int i = 0; i < places.dim(0); i++) {
                    rows.get((int) places.getLong(2 * i)).get(j).add(feature(k.input(sparse + j), i, hashed));
                }
            }
            for (int j = 0; j < dense; j++) {
                NdArray values = k.input(3 * sparse + j);
                for (int i = 0; i < values.size(); i++) {
                    rows.get(i / values.dim(1)).get(sparse + j).add(feature(values, i, hashed));
                }
            }
            List<Object> crosses = new ArrayList<>();
            List<int[]> places = new ArrayList<>();
            int most = 0;
            for (int i = 0; i < batch; i++) {
                int before = crosses.size();
                combine(k, rows.get(i), 0, hashed ? (Object) k.operation().intAttribute("hash_key") : "", crosses);
                for (int n = before; n < crosses.size(); n++) {
                    places.add(new int[] {i, n - before});
                }
                most = Math.max(most, crosses.size() - before);
            }
            write(k, crosses, places, batch, most, hashed);
        }

        private static int batch(KernelContext k, int sparse, int dense) {
            int batch = sparse > 0 ? (int) k.input(2 * sparse).getLong(0) : k.input(0).dim(0);
            for (int j = 0; j < sparse; j++) {
                if (k.input(j).rank() != 2 || k.input(j).dim(1) != 2) {
                    throw NnError.invalidArgument("Expected D2 of index to be 2 got " + k.input(j).dim(1) + " at position " + j);
                }
                if (k.input(2 * sparse + j).getLong(0) != batch) {
                    throw NnError.invalidArgument("Expected batch size " + batch + " got " + k.input(2 * sparse + j).getLong(0) + " at position " + j);
                }
            }
            for (int j = 0; j < dense; j++) {
                NdArray values = k.input(3 * sparse + j);
                if (values.rank() != 2) {
                    throw NnError.invalidArgument("Dense inputs should be a matrix but received shape " + values.staticShape() + " at position " + j);
                }
                if (values.dim(0) != batch) {
                    throw NnError.invalidArgument("Expected batch size " + batch + " got " + values.dim(0) + " at dense tensor " + j);
                }
            }
            return batch;
        }

        private static Object feature(NdArray values, int i, boolean hashed) {
            boolean text = values.dtype() == DType.STRING;
            if (hashed) {
                return text ? Fingerprint.farm((byte[]) values.getObject(i)) : values.getLong(i);
            }
            return text ? new String((byte[]) values.getObject(i), StandardCharsets.ISO_8859_1) : Long.toString(values.getLong(i));
        }

        private static void combine(KernelContext k, List<List<Object>> columns, int at, Object sofar, List<Object> crosses) {
            if (at == columns.size()) {
                if (sofar instanceof Long hash) {
                    long buckets = k.operation().intAttribute("num_buckets");
                    crosses.add(Long.remainderUnsigned(hash, buckets > 0 ? buckets : Long.MAX_VALUE));
                } else {
                    crosses.add(((String) sofar).getBytes(StandardCharsets.ISO_8859_1));
                }
                k.checkInterrupt();
                return;
            }
            for (Object each : columns.get(at)) {
                combine(k, columns, at + 1, each instanceof Long hash ? (Object) joined((Long) sofar, hash) : at == 0 ? each : sofar + "_X_" + each, crosses);
            }
        }

        /** The hash of two hashes, after MurmurHash64A (Appleby). */
        private static long joined(long a, long b) {
            final long m = 0xc6a4a7935bd1e995L;
            long h = a ^ m;
            h ^= mixed(b * m) * m;
            h *= m;
            return mixed(mixed(h) * m);
        }

        private static long mixed(long h) {
            return h ^ h >>> 47;
        }

        private static void write(KernelContext k, List<Object> crosses, List<int[]> places, int batch, int most, boolean hashed) {
            NdArray indices = k.output(0, crosses.size(), 2);
            NdArray values = k.output(1, crosses.size());
            for (int i = 0; i < crosses.size(); i++) {
                indices.setLong(2 * i, places.get(i)[0]);
                indices.setLong(2 * i + 1, places.get(i)[1]);
                if (hashed) {
                    values.setLong(i, (Long) crosses.get(i));
                } else {
                    values.setObject(i, crosses.get(i));
                }
            }
            NdArray shape = k.output(2, 2);
            shape.setLong(0, batch);
            shape.setLong(1, most);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
