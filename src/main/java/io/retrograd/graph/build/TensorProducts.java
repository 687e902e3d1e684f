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
import java.util.Arrays;
import java.util.List;

/** Products over several dimensions, norms, and counts: {@code tf.tensordot}, {@code tf.norm}, {@code tf.bincount}. */
public final class TensorProducts {
    private TensorProducts() {}

    /** A factor turned into a matrix; its free dimensions as a tensor, and as far as they are known. */
    private record Matrix(Output value, Output freeTensor, int[] free) {}

    /**
     * {@code tf.tensordot}: sums products over pairs of dimensions.
     *
     * @param axesA the dimensions of a, negative ones counted from the end
     * @param axesB the dimensions of b that they are paired with
     */
    public static Output tensordot(Graph g, Operand a, Operand b, int[] axesA, int[] axesB, String name) {
        try (NameScope scope = g.nameScope(name == null ? "Tensordot" : name)) {
            Output x = a.toOutput(g, null, null, "a");
            Output y = b.toOutput(g, null, null, "b");
            return product(g, x, y, axesA, axesB, scope);
        }
    }

    /** {@code tf.tensordot} over the last dimensions of a and as many first ones of b. */
    public static Output tensordot(Graph g, Operand a, Operand b, int count, String name) {
        try (NameScope scope = g.nameScope(name == null ? "Tensordot" : name)) {
            Output x = a.toOutput(g, null, null, "a");
            Output y = b.toOutput(g, null, null, "b");
            if (count < 0) {
                throw NnError.value("'axes' must be at least 0.");
            }
            int rank = x.shape().rank();
            if (!x.shape().hasRank()) {
                throw NnError.value("tensordot needs a tensor of known rank, got " + x);
            }
            if (count > rank) {
                throw NnError.value("'axes' must not be larger than the number of dimensions of tensor " + x + ".");
            }
            int[] last = new int[count];
            int[] first = new int[count];
            for (int i = 0; i < count; i++) {
                last[i] = rank - count + i;
                first[i] = i;
            }
            return product(g, x, y, last, first, scope);
        }
    }

    private static Output product(Graph g, Output x, Output y, int[] axesX, int[] axesY, NameScope scope) {
        Matrix left = matrix(g, x, axesX, false);
        Matrix right = matrix(g, y, axesY, true);
        Output product = MathOps.matmul(g, left.value, right.value, false, false, false, false, null);
        int[] free = Arrays.copyOf(left.free, left.free.length + right.free.length);
        System.arraycopy(right.free, 0, free, left.free.length, right.free.length);
        if (left.freeTensor == null && right.freeTensor == null) {
            return MathOps.binary(g, "Reshape", product, Literal.ofInts(free), scope.operationName());
        }
        Output l = left.freeTensor != null ? left.freeTensor : constant(g, left.free, "Const");
        Output r = right.freeTensor != null ? right.freeTensor : constant(g, right.free, "Const");
        Output shape = g.op("ConcatV2").name("concat").inputs(List.of(l, r)).input(Literal.of(0)).output();
        Output out = MathOps.binary(g, "Reshape", product, shape, scope.operationName());
        out.refineShape(Shape.of(free));
        return out;
    }

    private static Output constant(Graph g, int[] values, String name) {
        return g.constant(NdArray.of(values, values.length), name);
    }

    private static Matrix matrix(Graph g, Output x, int[] axesGiven, boolean axesFirst) {
        if (!x.shape().hasRank()) {
            throw NnError.value("tensordot needs a tensor of known rank, got " + x);
        }
        int rank = x.shape().rank();
        int[] axes = axesGiven.clone();
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < axes.length; i++) {
            axes[i] = axes[i] < 0 ? axes[i] + rank : axes[i];
        }
        for (int i = 0; i < rank; i++) {
            int dim = i;
            if (Arrays.stream(axes).noneMatch(a -> a == dim)) {
                free.add(i);
            }
        }
        int[] freeAxes = free.stream().mapToInt(Integer::intValue).toArray();
        int[] freeDims = Arrays.stream(freeAxes).map(x.shape()::dim).toArray();
        if (x.shape().isFullyDefined()) {
            int rows = Arrays.stream(freeDims).reduce(1, (p, q) -> p * q);
            int columns = Arrays.stream(axes).map(x.shape()::dim).reduce(1, (p, q) -> p * q);
            int[] order = joined(axesFirst ? axes : freeAxes, axesFirst ? freeAxes : axes);
            Output turned = MathOps.binary(g, "Transpose", x, Literal.ofInts(order), "transpose");
            int[] to = axesFirst ? new int[] {columns, rows} : new int[] {rows, columns};
            return new Matrix(MathOps.binary(g, "Reshape", turned, Literal.ofInts(to), null), null, freeDims);
        }
        Output axesTensor = constant(g, axes, "axes");
        Output freeTensor = constant(g, freeAxes, "free");
        Output shape = Shapes.shape(g, x, null);
        Output freeSizes = gather(g, shape, freeTensor);
        Output axesSizes = gather(g, shape, axesTensor);
        Output rows = MathOps.reduce(g, "Prod", freeSizes, null, false, null);
        Output columns = MathOps.reduce(g, "Prod", axesSizes, null, false, null);
        List<Output> order = axesFirst ? List.of(axesTensor, freeTensor) : List.of(freeTensor, axesTensor);
        Output permutation = g.op("ConcatV2").name("concat").inputs(order).input(Literal.of(0)).output();
        Output to = g.op("Pack").name("stack").inputs(axesFirst ? List.of(columns, rows) : List.of(rows, columns)).output();
        Output turned = MathOps.binary(g, "Transpose", x, permutation, "transpose");
        return new Matrix(MathOps.binary(g, "Reshape", turned, to, null), freeSizes, freeDims);
    }

    private static int[] joined(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static Output gather(Graph g, Output from, Output indices) {
        return g.op("GatherV2").input(from).input(indices).input(Literal.of(0)).output();
    }

    /**
     * {@code tf.norm} of vectors: the Euclidean norm, or the p-norm.
     *
     * @param p the order; 2 is Euclidean, infinity the largest absolute value
     * @param axes the dimensions of one vector (or, for p = 2, matrix); null for the whole tensor as a vector
     */
    public static Output norm(Graph g, Operand tensor, double p, int[] axes, boolean keepDims, String name) {
        try (NameScope scope = g.nameScope(name == null ? "norm" : name)) {
            Output x = tensor.toOutput(g, null, null, "Const");
            Operand all = axes == null ? null : Literal.ofInts(axes);
            Operand first = axes == null ? null : Literal.of(axes[0]);
            boolean matrix = axes != null && axes.length == 2;
            Output result;
            if (p == 2) {
                Output squares = MathOps.times(g, x, MathOps.conj(g, x, null));
                result = MathOps.unary(g, "Sqrt", MathOps.reduce(g, "Sum", squares, all, true, null), null);
            } else if (p == 1) {
                result = MathOps.reduce(g, "Sum", MathOps.abs(g, x, null), first, true, null);
                if (matrix) {
                    result = MathOps.reduce(g, "Max", result, Literal.of(axes[1]), true, null);
                }
            } else if (Double.isInfinite(p)) {
                result = MathOps.abs(g, x, null);
                if (matrix) {
                    result = MathOps.reduce(g, "Sum", result, Literal.of(axes[1]), true, null);
                }
                result = MathOps.reduce(g, "Max", result, first, true, null);
            } else {
                Output powers = MathOps.binary(g, "Pow", MathOps.abs(g, x, null), Literal.of(p), null);
                Output sum = MathOps.reduce(g, "Sum", powers, all, true, null);
                result = MathOps.binary(g, "Pow", sum, Literal.of(1 / p), null);
            }
            if (keepDims) {
                return result;
            }
            List<Long> dims = new ArrayList<>();
            for (int axis : axes == null ? new int[0] : axes) {
                dims.add((long) axis);
            }
            return g.op("Squeeze").input(result).attr("squeeze_dims", dims).output();
        }
    }

    /** {@code tf.bincount}; weights, least and most may be null. */
    public static Output bincount(
            Graph g, Operand values, Operand weights, Operand least, Operand most, DType type, String name) {
        try (NameScope scope = g.nameScope(name == null ? "bincount" : name)) {
            Output arr = values.toOutput(g, DType.INT32, null, "arr");
            Output count = MathOps.reduce(g, "Prod", Shapes.shape(g, arr, null), null, false, null);
            Output some = MathOps.cast(g, MathOps.binary(g, "Greater", count, Literal.of(0), null), DType.INT32, null);
            Output largest = MathOps.reduce(g, "Max", arr, null, false, null);
            Output size = MathOps.times(g, some, MathOps.plus(g, largest, Literal.of(1)));
            if (least != null) {
                size = MathOps.binary(g, "Maximum", least.toOutput(g, DType.INT32, null, "minlength"), size, null);
            }
            if (most != null) {
                size = MathOps.binary(g, "Minimum", most.toOutput(g, DType.INT32, null, "maxlength"), size, null);
            }
            if (weights != null) {
                Output w = weights.toOutput(g, null, null, "weights");
                return g.op("UnsortedSegmentSum").input(w).input(arr).input(size).output();
            }
            Output none = g.constant(NdArray.zeros(type, 0), "Const");
            return g.op("Bincount").input(arr).input(size).input(none).output();
        }
    }

    /** {@code tf.unsorted_segment_mean}, or {@code sqrt_n} where root is true. */
    public static Output segmentMean(
            Graph g, Operand data, Operand segments, Operand count, boolean root, String name) {
        try (NameScope scope = g.nameScope(
                name == null ? root ? "UnsortedSegmentSqrtN" : "UnsortedSegmentMean" : name)) {
            Output x = data.toOutput(g, null, null, "Const");
            Output ids = segments.toOutput(g, null, null, "Const");
            Output ones = Shapes.ones(g, Shapes.shape(g, ids, null), x.dtype(), null);
            Output n = g.op("UnsortedSegmentSum").input(ones).input(ids).input(count).output();
            int further = x.shape().rank() - ids.shape().rank();
            n = reshapeToColumn(g, n, count, further);
            n = MathOps.binary(g, "Maximum", n, Literal.of(1), null);
            Output sum = g.op("UnsortedSegmentSum").input(x).input(ids).input(count).output();
            return MathOps.over(g, sum, root ? MathOps.unary(g, "Sqrt", n, null) : n);
        }
    }

    private static Output reshapeToColumn(Graph g, Output n, Operand count, int further) {
        try (NameScope scope = g.nameScope("Reshape")) {
            List<Operand> dims = new ArrayList<>();
            dims.add(count instanceof Output ? count : count.toOutput(g, DType.INT32, null, "shape/0"));
            for (int i = 0; i < further; i++) {
                dims.add(g.constant(NdArray.scalar(1), "shape/" + (i + 1)));
            }
            Output shape = g.op("Pack").name("shape").inputs(dims).output();
            return MathOps.binary(g, "Reshape", n, shape, scope.operationName());
        }
    }

    /** {@code tf.math.polyval}: the polynomial with these coefficients, the highest power first. */
    public static Output polynomial(Graph g, List<? extends Operand> coefficients, Operand x, String name) {
        try (NameScope scope = g.nameScope(name == null ? "polyval" : name)) {
            Output at = x.toOutput(g, null, null, "x");
            if (coefficients.isEmpty()) {
                return Shapes.zerosLike(g, at, scope.operationName());
            }
            List<Output> all = new ArrayList<>();
            for (Operand c : coefficients) {
                all.add(c.toOutput(g, null, null, "coeff_" + all.size()));
            }
            Output p = all.get(0);
            for (Output c : all.subList(1, all.size())) {
                p = MathOps.plus(g, c, MathOps.times(g, p, at));
            }
            return p;
        }
    }
}
