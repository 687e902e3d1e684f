package io.retrograd.graph.op;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The way back through a reduction: the result's shape with the reduced dimensions kept as ones, and how often to
 * repeat the gradient along each dimension.
 *
 * @param kept the shape with ones, a tensor or known numbers
 * @param tiles the input's size divided by {@code kept}, dimension by dimension
 */
record ReducedShape(Operand kept, Operand tiles) {

    private record Key(Shape shape, List<Integer> axes) {}

    /** As operations: works for any input. */
    static ReducedShape of(Graph g, Output inputShape, Output axes) {
        Output kept = keptShape(g, inputShape, axes);
        return new ReducedShape(kept, tiles(g, inputShape, kept));
    }

    /** How often kept fits into the input's shape, 0 / 0 being 0. */
    static Output tiles(Graph g, Operand inputShape, Output kept) {
        Output divisor = MathOps.binary(g, "Maximum", kept, Literal.of(1), null);
        return MathOps.operator(g, "floordiv", inputShape, divisor);
    }

    /** Shape and axes are known: TensorFlow makes the operations once for each such pair, and evaluates them at once. */
    static ReducedShape known(Graph g, Shape shape, NdArray axes) {
        int[] dims = axes.toInts();
        Key key = new Key(shape, Arrays.stream(dims).boxed().toList());
        if (!g.cache().containsKey(key)) {
            Output kept = keptShape(g, Literal.ofInts(shape.toInts()), Literal.ofInts(dims));
            Output divisor = MathOps.binary(g, "Maximum", Literal.ofInts(keptDims(shape, dims)), Literal.of(1), null);
            MathOps.operator(g, "floordiv", Literal.ofInts(shape.toInts()), divisor);
            g.cache().put(key, Boolean.TRUE);
        }
        int[] kept = keptDims(shape, dims);
        int[] tiles = shape.toInts();
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] /= Math.max(1, kept[i]);
        }
        return new ReducedShape(Literal.ofInts(kept), Literal.ofInts(tiles));
    }

    private static int[] keptDims(Shape shape, int[] axes) {
        int[] kept = shape.toInts();
        for (int axis : axes) {
            kept[axis < 0 ? axis + kept.length : axis] = 1;
        }
        return kept;
    }

    /** The shape with ones in place of the reduced dimensions ({@code math_ops.reduced_shape}). */
    static Output keptShape(Graph g, Operand inputShape, Operand axes) {
        Output shape = MathOps.cast(g, inputShape, DType.INT32, null);
        Output dims = MathOps.cast(g, axes, DType.INT32, null);
        Output rank = Shapes.size(g, shape, DType.INT32, null);
        dims = MathOps.operator(g, "mod", MathOps.plus(g, dims, rank), rank);
        Output count = Shapes.shape(g, dims, null);
        Output all = MathOps.range(g, rank);
        Output ones = Shapes.fill(g, count, Literal.of(1), null);
        return g.op("DynamicStitch").inputs(List.of(all, dims)).inputs(List.of(shape, ones)).output();
    }
}
