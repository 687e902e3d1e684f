package io.retrograd.graph.op;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the gradient of a broadcasting operation back to the shapes of its two inputs: sums it over the dimensions
 * along which an input was repeated. TensorFlow has two forms, and operations keep to one of them.
 *
 * @param shape the input's shape, as a tensor or known numbers
 * @param reduction the dimensions to sum over
 * @param needed false where the gradient has the input's shape already
 */
record BroadcastGradient(Operand shape, Operand reduction, boolean needed) {

    /** The key under which a graph remembers that the reductions for a pair of known shapes were worked out. */
    private record Pair(Shape x, Shape y) {}

    /** The form of Div, Maximum and most others: the reductions are operations, always. */
    static BroadcastGradient[] always(Graph g, Output x, Output y) {
        return from(g, Shapes.shape(g, x, null), Shapes.shape(g, y, null));
    }

    /** The reductions for two tensors that hold shapes. */
    static BroadcastGradient[] from(Graph g, Output shapeX, Output shapeY) {
        Operation args = g.op("BroadcastGradientArgs").input(shapeX).input(shapeY).operation();
        return new BroadcastGradient[] {
            new BroadcastGradient(shapeX, args.output(0), true), new BroadcastGradient(shapeY, args.output(1), true)
        };
    }

    /** The form of Add, Sub, Mul, Pow and SquaredDifference: known shapes are compared while the graph is built. */
    static BroadcastGradient[] whereNeeded(Graph g, Output x, Output y, Output gradient) {
        if (!x.shape().isFullyDefined() || !y.shape().isFullyDefined()) {
            return from(g, Shapes.shapeOperation(g, x, null), Shapes.shapeOperation(g, y, null));
        }
        Pair key = new Pair(x.shape(), y.shape());
        int[] sx = x.shape().toInts();
        int[] sy = y.shape().toInts();
        if (!g.cache().containsKey(key)) {
            // TensorFlow evaluates this operation once for each pair of shapes; it stays in the graph.
            g.op("BroadcastGradientArgs").input(Literal.ofInts(sx)).input(Literal.ofInts(sy)).operation();
            g.cache().put(key, Boolean.TRUE);
        }
        return new BroadcastGradient[] {
            new BroadcastGradient(
                    Literal.ofInts(sx), Literal.ofInts(reduced(sx, sy)), !x.shape().equals(gradient.shape())),
            new BroadcastGradient(
                    Literal.ofInts(sy), Literal.ofInts(reduced(sy, sx)), !y.shape().equals(gradient.shape()))
        };
    }

    /** Shapes of both inputs and of the gradient are known and the same: nothing was repeated. */
    static boolean nothingRepeated(Output x, Output y, Output gradient) {
        return x.shape().isFullyDefined() && x.shape().equals(y.shape()) && x.shape().equals(gradient.shape());
    }

    /** The dimensions of the common shape in which an input of shape {@code own} is 1 wide; none if the shapes are the same. */
    static int[] reduced(int[] own, int[] other) {
        int missing = Math.max(0, other.length - own.length);
        List<Integer> dims = new ArrayList<>();
        for (int i = 0; i < missing + own.length && !Arrays.equals(own, other); i++) {
            if (i < missing || own[i - missing] == 1) {
                dims.add(i);
            }
        }
        return dims.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The gradient, summed and reshaped where that is needed. */
    Output reduce(Graph g, Output gradient) {
        if (!needed) {
            return gradient;
        }
        return MathOps.binary(g, "Reshape", MathOps.sum(g, gradient, reduction), shape, null);
    }
}
