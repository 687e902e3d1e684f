package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.format.ExampleMessage;
import io.retrograd.format.ExampleMessage.Feature;
import io.retrograd.format.ExampleMessage.Kind;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Serialized Examples as tensors: features of a fixed size as dense ones, the others as sparse ones. */
final class ExampleOps {
    private ExampleOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "ParseSingleExample" -> new ParseSingle();
            case "ParseExample" -> new ParseBatch();
            default -> null;
        };
    }

    private static Kind kind(DType type) {
        return type == DType.STRING ? Kind.BYTES : type == DType.FLOAT32 ? Kind.FLOAT : Kind.INT64;
    }

    private static DType typeOf(Kind kind) {
        return kind == Kind.BYTES ? DType.STRING : kind == Kind.FLOAT ? DType.FLOAT32 : DType.INT64;
    }

    private static String word(DType type) {
        return type == DType.FLOAT32 ? "float" : type.tfName();
    }

    private static void set(NdArray to, int at, Object value) {
        switch (to.dtype()) {
            case STRING -> to.setObject(at, value);
            case FLOAT32 -> to.setDouble(at, (Float) value);
            default -> to.setLong(at, (Long) value);
        }
    }

    private static void copy(NdArray from, int i, NdArray to, int at) {
        switch (to.dtype()) {
            case STRING -> to.setObject(at, from.getObject(i));
            case FLOAT32 -> to.setDouble(at, from.getDouble(i));
            default -> to.setLong(at, from.getLong(i));
        }
    }

    private static boolean isSequence(Shape shape) {
        return shape.rank() > 0 && shape.dim(0) == Shape.UNKNOWN;
    }

    private static int elements(Shape shape) {
        int n = 1;
        for (int d = isSequence(shape) ? 1 : 0; d < shape.rank(); d++) {
            n *= shape.dim(d);
        }
        return n;
    }

    /** One or many serialized Examples, their keys and what to make of them. */
    private abstract static class Parse extends OpDef {
        Parse(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }

        static Map<String, Feature> read(byte[] serialized) {
            try {
                return ExampleMessage.read(serialized);
            } catch (NnError damaged) {
                throw NnError.invalidArgument("Could not parse example input, value: '"
                        + new String(serialized, StandardCharsets.UTF_8) + "'");
            }
        }

        /** The feature's values if it has the type; null if it is not there. */
        static List<Object> values(Map<String, Feature> example, String key, DType wanted, String where) {
            Feature feature = example.get(key);
            if (feature == null || feature.kind() == Kind.NONE) {
                return null;
            }
            if (feature.kind() != kind(wanted)) {
                throw NnError.invalidArgument(where + "Key: " + key + ".  Data types don't match. Data type: "
                        + word(typeOf(feature.kind())) + " but expected type: " + word(wanted));
            }
            return feature.values();
        }

        static NnError absent(String where, String key, DType type) {
            return NnError.invalidArgument(
                    where + "Feature: " + key + " (data type: " + word(type) + ") is required but could not be found.");
        }

        static NnError size(String where, String key, DType type, int found, Shape shape) {
            return NnError.invalidArgument(where + "Key: " + key + ".  Number of " + word(type)
                    + " values != expected.  Values size: " + found + " but output shape: " + shape.toBrackets());
        }

        /** One component of dense values over all examples; {@code rows} is negative where there is no batch dimension. */
        static void dense(
                KernelContext k, int output, List<Map<String, Feature>> examples, String key, Shape shape, NdArray fallback,
                String where, boolean batch) {
            DType type = k.operation().output(output).dtype();
            List<List<Object>> all = new ArrayList<>();
            int each = elements(shape);
            int longest = 0;
            for (Map<String, Feature> example : examples) {
                List<Object> values = values(example, key, type, where);
                if (isSequence(shape)) {
                    values = values == null ? List.of() : values;
                    if (values.size() % Math.max(1, each) != 0) {
                        throw size(where, key, type, values.size(), shape);
                    }
                } else if (values == null && fallback.size() == 0 && each != 0) {
                    throw absent(where, key, type);
                } else if (values != null && values.size() != each) {
                    throw size(where, key, type, values.size(), shape);
                }
                all.add(values);
                longest = Math.max(longest, values == null ? 0 : values.size());
            }
            int perRow = isSequence(shape) ? longest : each;
            int[] dims = new int[shape.rank() + (batch ? 1 : 0)];
            int at = 0;
            if (batch) {
                dims[at++] = examples.size();
            }
            for (int d = 0; d < shape.rank(); d++) {
                dims[at++] = d == 0 && isSequence(shape) ? longest / Math.max(1, each) : shape.dim(d);
            }
            NdArray out = k.output(output, dims);
            for (int r = 0; r < all.size(); r++) {
                List<Object> values = all.get(r);
                for (int i = 0; i < perRow; i++) {
                    if (values != null && i < values.size()) {
                        set(out, r * perRow + i, values.get(i));
                    } else {
                        copy(fallback, fallback.size() == 1 ? 0 : i, out, r * perRow + i);
                    }
                }
            }
        }

        /** Indices, values and shape of a sparse component. */
        static void sparse(
                KernelContext k, int indices, int values, int shape, List<Map<String, Feature>> examples, String key,
                String where, boolean batch) {
            DType type = k.operation().output(values).dtype();
            List<List<Object>> all = new ArrayList<>();
            int total = 0;
            int longest = 0;
            for (Map<String, Feature> example : examples) {
                List<Object> found = values(example, key, type, where);
                all.add(found == null ? List.of() : found);
                total += found == null ? 0 : found.size();
                longest = Math.max(longest, found == null ? 0 : found.size());
            }
            int rank = batch ? 2 : 1;
            NdArray where2 = k.output(indices, total, rank);
            NdArray out = k.output(values, total);
            int at = 0;
            for (int r = 0; r < all.size(); r++) {
                for (int i = 0; i < all.get(r).size(); i++, at++) {
                    if (batch) {
                        where2.setLong(2 * at, r);
                    }
                    where2.setLong(rank * at + rank - 1, i);
                    set(out, at, all.get(r).get(i));
                }
            }
            NdArray whole = k.output(shape, rank);
            whole.setLong(0, batch ? all.size() : longest);
            if (batch) {
                whole.setLong(1, longest);
            }
        }

        static void sparseShapes(ShapeContext c, int sparse, int rank) {
            for (int i = 0; i < sparse; i++) {
                c.output(i, Shape.of(Shape.UNKNOWN, rank));
                c.output(sparse + i, Shape.of(Shape.UNKNOWN));
                c.output(2 * sparse + i, Shape.of(rank));
            }
        }
    }

    static final class ParseSingle extends Parse {
        ParseSingle() {
            super(
                    "ParseSingleExample",
                    "serialized: string, dense_defaults: list(Tdense)",
                    "sparse_indices: num_sparse * int64, sparse_values: list(sparse_types), "
                            + "sparse_shapes: num_sparse * int64, dense_values: list(Tdense)",
                    "num_sparse: int",
                    "sparse_keys: list(string)",
                    "dense_keys: list(string)",
                    "sparse_types: list(type)",
                    "Tdense: list(type)",
                    "dense_shapes: list(shape)");
        }

        @Override
        public void infer(ShapeContext c) {
            int sparse = (int) c.operation().intAttribute("num_sparse");
            sparseShapes(c, sparse, 1);
            List<Shape> shapes = c.operation().attribute("dense_shapes");
            for (int i = 0; i < shapes.size(); i++) {
                c.output(3 * sparse + i, shapes.get(i));
            }
        }

        @Override
        public void compute(KernelContext k) {
            Operation op = k.operation();
            List<Map<String, Feature>> one = List.of(read((byte[]) k.input(0).getObject(0)));
            List<String> sparseKeys = op.attribute("sparse_keys");
            List<String> denseKeys = op.attribute("dense_keys");
            List<Shape> shapes = op.attribute("dense_shapes");
            int sparse = sparseKeys.size();
            for (int i = 0; i < sparse; i++) {
                sparse(k, i, sparse + i, 2 * sparse + i, one, sparseKeys.get(i), "", false);
            }
            for (int i = 0; i < denseKeys.size(); i++) {
                dense(k, 3 * sparse + i, one, denseKeys.get(i), shapes.get(i), k.input(1 + i), "", false);
            }
        }
    }

    static final class ParseBatch extends Parse {
        ParseBatch() {
            super(
                    "ParseExample",
                    "serialized: string, names: string, sparse_keys: Nsparse * string, dense_keys: Ndense * string, "
                            + "dense_defaults: list(Tdense)",
                    "sparse_indices: Nsparse * int64, sparse_values: list(sparse_types), sparse_shapes: Nsparse * int64, "
                            + "dense_values: list(Tdense)",
                    "Nsparse: int",
                    "Ndense: int",
                    "sparse_types: list(type)",
                    "Tdense: list(type)",
                    "dense_shapes: list(shape)");
        }

        @Override
        public void infer(ShapeContext c) {
            int sparse = (int) c.operation().intAttribute("Nsparse");
            sparseShapes(c, sparse, 2);
            Shape batch = c.withRank(0, 1);
            List<Shape> shapes = c.operation().attribute("dense_shapes");
            for (int i = 0; i < shapes.size(); i++) {
                c.output(3 * sparse + i, batch.concatenate(shapes.get(i)));
            }
        }

        @Override
        public void compute(KernelContext k) {
            Operation op = k.operation();
            List<Map<String, Feature>> all = new ArrayList<>();
            for (int i = 0; i < k.input(0).size(); i++) {
                all.add(read((byte[]) k.input(0).getObject(i)));
            }
            int sparse = (int) op.intAttribute("Nsparse");
            int dense = (int) op.intAttribute("Ndense");
            List<Shape> shapes = op.attribute("dense_shapes");
            String where = "Name: <unknown>, ";
            for (int i = 0; i < sparse; i++) {
                sparse(k, i, sparse + i, 2 * sparse + i, all, FileOps.text(k.input(2 + i), 0), where, true);
            }
            for (int i = 0; i < dense; i++) {
                String key = FileOps.text(k.input(2 + sparse + i), 0);
                dense(k, 3 * sparse + i, all, key, shapes.get(i), k.input(2 + sparse + dense + i), where, true);
            }
        }
    }
}
