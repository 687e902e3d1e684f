package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.graph.VariableState;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is known of a tensor while a {@link ShapedPlan} is made. */
final class Value {
    final DType dtype;
    /** Null where only the run will tell. */
    final int[] dims;
    /** Its elements, where they are the same in each run. */
    NdArray constant;
    /** The variable that it stands for. */
    VariableState variable;
    int feed = -1;
    Node producer;
    /** The tensor whose elements these are under another shape. */
    final Value base;
    /** The kernel passes an input on as this. */
    boolean forwarded;
    /** A loop keeps it beyond the iteration. */
    boolean isKept;
    boolean fetched;
    /** The caller gets the array that the step fills. */
    boolean handedOver;
    /** Steps that read it, or a view of it. */
    final List<Node> users = new ArrayList<>();
    boolean hasViews;
    /** It or a view of it is fetched; set on the base alone. */
    boolean wanted;
    /** It lies in the same array in each run. */
    boolean isFixed;
    /** The last step that reads it; set on the base alone. */
    int lastUse = -1;
    final Cell cell = new Cell();
    boolean placed;
    private final List<Value> views = new ArrayList<>();

    Value(DType dtype, int[] dims, Value base) {
        this.dtype = dtype;
        this.dims = dims;
        this.base = base;
    }

    static Value of(NdArray constant) {
        Value v = new Value(constant.dtype(), constant.shape(), null);
        v.constant = constant;
        return v;
    }

    Value root() {
        return base != null ? base : this;
    }

    int size() {
        int n = 1;
        for (int d : dims) {
            n *= d;
        }
        return n;
    }

    /** The same elements under that shape. */
    Value view(int[] shape) {
        Value root = root();
        if (root.constant != null) {
            return Arrays.equals(shape, dims) ? this : of(root.constant.reshape(shape));
        }
        if (Arrays.equals(root.dims, shape)) {
            return root;
        }
        for (Value v : root.views) {
            if (Arrays.equals(v.dims, shape)) {
                return v;
            }
        }
        Value v = new Value(dtype, shape, root);
        root.views.add(v);
        return v;
    }

    /** An operation that stays in the plan. */
    static final class Node {
        final Instruction x;
        Value[] in;
        final Value[] out;
        /** What it does to each element, where that is not what its operation alone does. */
        FloatLoop loop;
        /** Operations that it does besides its own. */
        final List<Operation> also = new ArrayList<>(0);
        final boolean after;
        final boolean pure;
        boolean kept;
        /** The last operation of the chain that it is part of; null where it is not elementwise. */
        Node chain;

        Node(Instruction x, Value[] in, Value[] out, boolean after, boolean pure) {
            this.x = x;
            this.in = in;
            this.out = out;
            this.after = after;
            this.pure = pure;
        }
    }
}
