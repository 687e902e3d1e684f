package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.Indexing;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.EllipsisValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SliceValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;

/** {@code t[...]}: the strided slice that an index of a tensor means. */
final class TensorIndexing {
    private TensorIndexing() {}

    static Object item(Machine m, Output tensor, Object key) {
        Graph g = TfState.of(m).graph();
        if (isMask(key)) {
            Operand mask = Operands.of(m, key);
            return Tensors.wrap(ArrayOps.booleanMask(g, tensor, mask, 0, null));
        }
        Indexing index = new Indexing(g);
        Object[] parts = key instanceof TupleValue t ? t.toArray() : key instanceof ListValue l ? l.toArray() : new Object[] {key};
        for (Object part : parts) {
            add(m, g, index, part);
        }
        return Tensors.wrap(index.of(tensor));
    }

    private static boolean isMask(Object key) {
        return key instanceof Boolean
                || key instanceof TensorValue t && t.output().dtype() == DType.BOOL
                || key instanceof ArrayLike a && a.array().dtype() == DType.BOOL;
    }

    private static void add(Machine m, Graph g, Indexing index, Object part) {
        if (part == None.NONE) {
            index.newAxis();
        } else if (part == EllipsisValue.ELLIPSIS) {
            index.ellipsis();
        } else if (part instanceof SliceValue s) {
            index.range(place(m, g, s.start()), place(m, g, s.stop()), place(m, g, s.step()));
        } else {
            Object at = place(m, g, part);
            if (at instanceof Long n) {
                index.at((long) n);
            } else {
                index.at((Output) at);
            }
        }
    }

    /** A Long, an Output, or null for None. */
    private static Object place(Machine m, Graph g, Object value) {
        if (value == None.NONE) {
            return null;
        }
        if (value instanceof Long n) {
            return n;
        }
        if (value instanceof DimensionValue d && d.asNumber() instanceof Long n) {
            return n;
        }
        if (Operands.isTensor(value)) {
            Output t = Operands.of(m, value).toOutput(g, null, null, "Const");
            boolean scalar = !t.shape().hasRank() || t.shape().rank() != 1;
            if ((t.dtype() == DType.INT32 || t.dtype() == DType.INT64) && scalar) {
                return t;
            }
        }
        if (value instanceof ArrayLike a && a.array().rank() == 0 && a.array().dtype().isInteger()) {
            return a.array().getLong(0);
        }
        throw NnError.type("Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 "
                + "tensors are valid indices, got " + Semantics.repr(m, value));
    }
}
