package io.retrograd.graph;

import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** A known array as an operand: it becomes a Const where an operation takes it. Numbers adapt to the type asked for. */
public final class Literal implements Operand {
    private final NdArray value;
    private final DType own;
    private final boolean adapts;

    private Literal(NdArray value, DType own, boolean adapts) {
        this.value = value;
        this.own = own;
        this.adapts = adapts;
    }

    /** An array with a type of its own. */
    public static Literal of(NdArray value) {
        return new Literal(value, value.dtype(), false);
    }

    /** A Python int: int32 (int64 where it does not fit), or whatever number type is asked for. */
    public static Literal of(long value) {
        return new Literal(NdArray.scalar(value), value == (int) value ? DType.INT32 : DType.INT64, true);
    }

    /** A Python float: float32, or whatever float type is asked for. */
    public static Literal of(double value) {
        return new Literal(NdArray.scalar(value), DType.FLOAT32, true);
    }

    /** A Python list of ints: int32, or whatever number type is asked for. */
    public static Literal ofInts(int... values) {
        return new Literal(NdArray.of(values, values.length), DType.INT32, true);
    }

    @Override
    public Output toOutput(Graph graph, DType wanted, DType preferred, String name) {
        boolean suits = adapts && preferred != null && preferred.isNumeric() && (preferred.isFloating() || !own.isFloating());
        DType target = wanted != null ? wanted : suits ? preferred : own;
        return graph.constant(value.astype(target), name);
    }
}
