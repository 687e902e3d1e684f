package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** What {@code tf.nn.embedding_lookup} creates: rows of one table, or of one that lies in several parts. */
public final class Embeddings {
    private Embeddings() {}

    /**
     * {@code tf.nn.embedding_lookup}.
     *
     * @param params the parts of the table
     * @param strategy how rows are dealt out to the parts: {@code mod} or {@code div}
     * @param maxNorm length to which each row is cut; null for none
     */
    public static Output lookup(
            Graph g, List<? extends Operand> params, Operand ids, String strategy, Operand maxNorm, String name) {
        if (params.isEmpty()) {
            throw NnError.value("Need at least one param");
        }
        try (NameScope scope = g.nameScope(name == null ? "embedding_lookup" : name)) {
            List<Output> tables = new ArrayList<>();
            for (int i = 0; i < params.size(); i++) {
                tables.add(params.get(i).toOutput(g, null, null, "params_" + i));
            }
            Output at = ids.toOutput(g, null, null, "ids");
            if (tables.size() == 1) {
                Output rows;
                try (Graph.Block block = g.colocateWith(tables.get(0).operation())) {
                    rows = clip(g, ArrayOps.gather(g, tables.get(0), at, Literal.of(0), scope.operationName()), at, maxNorm);
                }
                return g.op("Identity").input(rows).output();
            }
            return clip(g, partitioned(g, tables, at, strategy, scope.operationName()), at, maxNorm);
        }
    }

    private static Output clip(Graph g, Output rows, Output ids, Operand maxNorm) {
        if (maxNorm == null) {
            return rows;
        }
        int from = ids.shape().rank();
        int to = rows.shape().rank();
        int[] axes = new int[Math.max(0, to - from)];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = from + i;
        }
        return (Output) Clipping.byNorm(g, rows, maxNorm, Literal.ofInts(axes), null);
    }

    private static Output partitioned(Graph g, List<Output> tables, Output ids, String strategy, String name) {
        int n = tables.size();
        Output flat = ArrayOps.reshape(g, ids, Literal.ofInts(-1), null);
        Output places = MathOps.range(g, Shapes.size(g, flat, DType.INT32, null));
        Output part;
        Output within;
        if (strategy.equals("mod")) {
            part = MathOps.operator(g, "mod", flat, Literal.of(n));
            within = MathOps.operator(g, "floordiv", flat, Literal.of(n));
        } else if (strategy.equals("div")) {
            Output total = total(g, tables, flat.dtype());
            Output each = MathOps.operator(g, "floordiv", total, Literal.of(n));
            Output extras = MathOps.operator(g, "mod", total, Literal.of(n));
            Output first = MathOps.operator(g, "floordiv", flat, MathOps.plus(g, each, Literal.of(1)));
            Output later = MathOps.operator(g, "floordiv", MathOps.minus(g, flat, extras), each);
            part = MathOps.binary(g, "Maximum", first, later, null);
            Output small = MathOps.binary(g, "Less", part, extras, null);
            Output inLarge = MathOps.operator(g, "mod", flat, MathOps.plus(g, each, Literal.of(1)));
            Output inSmall = MathOps.operator(g, "mod", MathOps.minus(g, flat, extras), each);
            within = ArrayOps.select(g, small, inLarge, inSmall, null);
        } else {
            throw NnError.value("Unrecognized partition strategy: " + strategy);
        }
        part = MathOps.cast(g, part, DType.INT32, null);
        List<Output> rows = deal(g, within, part, n);
        List<Output> order = deal(g, places, part, n);
        List<Output> found = new ArrayList<>();
        Shape element = Shape.unknown();
        for (int i = 0; i < n; i++) {
            try (Graph.Block block = g.colocateWith(tables.get(i).operation())) {
                found.add(ArrayOps.gather(g, tables.get(i), rows.get(i)));
            }
            Shape s = tables.get(i).shape();
            element = s.hasRank() ? element.merge(s.slice(1, s.rank())) : element;
        }
        Output stitched = g.op("ParallelDynamicStitch").name(name).inputs(order).inputs(found).output();
        Operand inner;
        if (element.isFullyDefined()) {
            inner = Literal.ofInts(element.toInts());
        } else {
            Output shape;
            try (Graph.Block block = g.colocateWith(tables.get(0).operation())) {
                shape = Shapes.shape(g, tables.get(0), null);
            }
            inner = ArrayOps.range(g, shape, 1L, null);
        }
        Output whole = ArrayOps.concat(g, 0, Shapes.shape(g, ids, null), inner);
        Output result = ArrayOps.reshape(g, stitched, whole, null);
        result.refineShape(ids.shape().concatenate(element));
        return result;
    }

    private static List<Output> deal(Graph g, Output data, Output part, int n) {
        return g.op("DynamicPartition").input(data).input(part).attr("num_partitions", (long) n).operation().outputs();
    }

    private static Output total(Graph g, List<Output> tables, DType type) {
        long sum = 0;
        for (Output t : tables) {
            int rows = t.shape().hasRank() ? t.shape().dim(0) : Shape.UNKNOWN;
            if (rows == Shape.UNKNOWN) {
                sum = -1;
                break;
            }
            sum += rows;
        }
        if (sum >= 0) {
            return g.constant(NdArray.scalar(sum).astype(type), "Const");
        }
        List<Operand> sizes = new ArrayList<>();
        for (Output t : tables) {
            sizes.add(ArrayOps.at(g, Shapes.shape(g, t, null), 0));
        }
        Output packed = ArrayOps.stack(g, sizes.toArray(new Operand[0]));
        return MathOps.reduce(g, "Sum", MathOps.cast(g, packed, type, null), null, false, null);
    }
}
