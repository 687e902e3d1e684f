package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;

/** What {@code t[i, a:b, ..., None]} creates: three vectors, constants where all is known, and a StridedSlice. */
public final class Indexing {
    private final Graph graph;
    private final List<Object> begin = new ArrayList<>();
    private final List<Object> end = new ArrayList<>();
    private final List<Object> stride = new ArrayList<>();
    private long beginMask;
    private long endMask;
    private long ellipsisMask;
    private long newAxisMask;
    private long shrinkMask;

    public Indexing(Graph graph) {
        this.graph = graph;
    }

    private long bit() {
        return 1L << begin.size();
    }

    private Indexing add(Object from, Object to, Object step) {
        begin.add(from);
        end.add(to);
        stride.add(step);
        return this;
    }

    /** One element of a dimension, which is dropped. */
    public Indexing at(long i) {
        shrinkMask |= bit();
        return add(i, i + 1, 1L);
    }

    /** One element of a dimension, which is dropped; the index is a tensor. */
    public Indexing at(Output i) {
        shrinkMask |= bit();
        return add(i, MathOps.plus(graph, i, Literal.of(1)), 1L);
    }

    /** {@code from:to:step}; each a Long, an Output, or null where it is left out. */
    public Indexing range(Object from, Object to, Object step) {
        if (from == null) {
            beginMask |= bit();
        }
        if (to == null) {
            endMask |= bit();
        }
        return add(from == null ? 0L : from, to == null ? 0L : to, step == null ? 1L : step);
    }

    /** {@code ...}. */
    public Indexing ellipsis() {
        ellipsisMask |= bit();
        return add(0L, 0L, 1L);
    }

    /** {@code tf.newaxis}. */
    public Indexing newAxis() {
        newAxisMask |= bit();
        return add(0L, 0L, 1L);
    }

    /** The slice of a tensor. */
    public Output of(Output tensor) {
        try (NameScope scope = graph.nameScope("strided_slice")) {
            Output from = vector(begin);
            Output to = vector(end);
            Output step = vector(stride);
            if (from.dtype() == DType.INT64 || to.dtype() == DType.INT64 || step.dtype() == DType.INT64) {
                from = MathOps.cast(graph, from, DType.INT64, null);
                to = MathOps.cast(graph, to, DType.INT64, null);
                step = MathOps.cast(graph, step, DType.INT64, null);
            }
            return graph.op("StridedSlice")
                    .name(scope.operationName())
                    .input(tensor)
                    .input(from)
                    .input(to)
                    .input(step)
                    .attr("begin_mask", beginMask)
                    .attr("end_mask", endMask)
                    .attr("ellipsis_mask", ellipsisMask)
                    .attr("new_axis_mask", newAxisMask)
                    .attr("shrink_axis_mask", shrinkMask)
                    .output();
        }
    }

    private Output vector(List<Object> values) {
        boolean known = true;
        boolean wide = false;
        for (Object v : values) {
            known &= v instanceof Long;
            wide |= v instanceof Long n && n != (int) (long) n;
        }
        if (known) {
            NdArray array = NdArray.zeros(wide ? DType.INT64 : DType.INT32, values.size());
            for (int i = 0; i < values.size(); i++) {
                array.setLong(i, (Long) values.get(i));
            }
            return graph.constant(array, "stack");
        }
        List<Operand> parts = new ArrayList<>();
        for (Object v : values) {
            parts.add(v instanceof Long n ? Literal.of((long) n) : (Output) v);
        }
        return new Packed(parts).toOutput(graph, null, null, "stack");
    }
}
