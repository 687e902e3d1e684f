package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/**
 * Shapes as tensors, and tensors made from a shape: {@code tf.shape}, {@code size}, {@code rank}, {@code fill},
 * {@code zeros}, {@code ones} and their kin. What is known while the graph is built becomes a Const.
 */
public final class Shapes {
    /** Constants of fewer elements are written out; larger ones are filled when they run. */
    private static final int SMALL = 1000;

    private Shapes() {}

    /** {@code tf.shape}: a Const where the shape is fully known. */
    public static Output shape(Graph g, Operand input, String name) {
        return shape(g, input, DType.INT32, true, name);
    }

    /** A Shape operation even where the shape is known. */
    public static Output shapeOperation(Graph g, Operand input, String name) {
        return shape(g, input, DType.INT32, false, name);
    }

    /** The shape of the input as a vector of {@code type}; {@code fold} allows a Const. */
    public static Output shape(Graph g, Operand input, DType type, boolean fold, String name) {
        try (NameScope scope = g.nameScope(name == null ? "Shape" : name)) {
            Output x = input.toOutput(g, null, null, "Const");
            if (fold && x.shape().isFullyDefined()) {
                return g.constant(vector(x.shape()).astype(type), scope.operationName());
            }
            return g.op("Shape").name(scope.operationName()).input(x).attr("out_type", type).output();
        }
    }

    /** {@code tf.size}. */
    public static Output size(Graph g, Operand input, DType type, String name) {
        try (NameScope scope = g.nameScope(name == null ? "Size" : name)) {
            Output x = input.toOutput(g, null, null, "Const");
            if (x.shape().isFullyDefined()) {
                return g.constant(NdArray.scalar(x.shape().numElements()).astype(type), scope.operationName());
            }
            return g.op("Size").name(scope.operationName()).input(x).attr("out_type", type).output();
        }
    }

    /** {@code tf.rank}. */
    public static Output rank(Graph g, Operand input, String name) {
        try (NameScope scope = g.nameScope(name == null ? "Rank" : name)) {
            Output x = input.toOutput(g, null, null, "Const");
            if (x.shape().hasRank()) {
                return g.constant(NdArray.scalar(x.shape().rank()), scope.operationName());
            }
            return g.op("Rank").name(scope.operationName()).input(x).output();
        }
    }

    /** {@code tf.fill}. */
    public static Output fill(Graph g, Operand dims, Operand value, String name) {
        return g.op("Fill").name(name).input(dims).input(value).output();
    }

    /** {@code tf.zeros} of a known shape. */
    public static Output zeros(Graph g, Shape shape, DType type, String name) {
        return filled(g, shape, NdArray.zeros(type), name == null ? "zeros" : name);
    }

    /** {@code tf.ones} of a known shape. */
    public static Output ones(Graph g, Shape shape, DType type, String name) {
        return filled(g, shape, NdArray.full(type, 1), name == null ? "ones" : name);
    }

    private static Output filled(Graph g, Shape shape, NdArray value, String name) {
        try (NameScope scope = g.nameScope(name)) {
            if (shape.numElements() < SMALL) {
                return g.constant(value.broadcastTo(shape.toInts()).copy(), scope.operationName());
            }
            Output dims = g.constant(vector(shape), "shape_as_tensor");
            return fill(g, dims, g.constant(value, "Const"), scope.operationName());
        }
    }

    /** {@code tf.zeros} of a shape that is a tensor. */
    public static Output zeros(Graph g, Output shape, DType type, String name) {
        return filled(g, shape, NdArray.zeros(type), name == null ? "zeros" : name);
    }

    /** {@code tf.ones} of a shape that is a tensor. */
    public static Output ones(Graph g, Output shape, DType type, String name) {
        return filled(g, shape, NdArray.full(type, 1), name == null ? "ones" : name);
    }

    private static Output filled(Graph g, Output shape, NdArray value, String name) {
        try (NameScope scope = g.nameScope(name)) {
            Output dims = shape;
            if (shape.shape().hasRank() && shape.shape().rank() == 0) {
                dims = g.op("Reshape").input(shape).input(Literal.ofInts(-1)).output();
            }
            return fill(g, dims, g.constant(value, "Const"), scope.operationName());
        }
    }

    /** {@code tf.zeros_like}: a Const where the shape is known. */
    public static Output zerosLike(Graph g, Operand tensor, String name) {
        return zerosLike(g, tensor, null, true, name);
    }

    /**
     * {@code tf.zeros_like}.
     *
     * @param type element type, null for the tensor's own
     * @param fold whether a known shape may make it a Const
     */
    public static Output zerosLike(Graph g, Operand tensor, DType type, boolean fold, String name) {
        try (NameScope scope = g.nameScope(name == null ? "zeros_like" : name)) {
            Output x = tensor.toOutput(g, null, null, "tensor");
            DType t = type == null ? x.dtype() : type;
            if (fold && x.shape().isFullyDefined()) {
                return zeros(g, x.shape(), t, scope.operationName());
            }
            if (t != x.dtype()) {
                return zeros(g, shape(g, x, DType.INT32, fold, null), t, scope.operationName());
            }
            return g.op("ZerosLike").name(scope.operationName()).input(x).output();
        }
    }

    /** {@code tf.ones_like}; type null for the tensor's own. */
    public static Output onesLike(Graph g, Operand tensor, DType type, boolean fold, String name) {
        try (NameScope scope = g.nameScope(name == null ? "ones_like" : name)) {
            Output x = tensor.toOutput(g, null, null, "tensor");
            Output ones = ones(
                    g,
                    shape(g, x, DType.INT32, fold, null),
                    type == null ? x.dtype() : type,
                    scope.operationName());
            ones.refineShape(x.shape());
            return ones;
        }
    }

    /** A known shape as a vector of int32. */
    public static NdArray vector(Shape shape) {
        return NdArray.of(shape.toInts(), shape.rank());
    }
}
