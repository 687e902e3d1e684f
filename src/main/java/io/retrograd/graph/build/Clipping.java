package io.retrograd.graph.build;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;

/** Scaling tensors and gradients down to a largest length: {@code tf.clip_by_norm} and its kin. */
public final class Clipping {
    private Clipping() {}

    private static Output values(Gradient t) {
        return t instanceof IndexedSlices rows ? rows.values() : (Output) t;
    }

    private static Gradient like(Gradient t, Output values) {
        return t instanceof IndexedSlices rows ? new IndexedSlices(values, rows.indices(), rows.denseShape()) : values;
    }

    /** {@code tf.clip_by_norm}; axes null for the length of the whole tensor. */
    public static Gradient byNorm(Graph g, Gradient tensor, Operand most, Operand axes, String name) {
        try (NameScope scope = g.nameScope(name == null ? "clip_by_norm" : name)) {
            Output x = values(tensor);
            Output sum = MathOps.reduce(g, "Sum", MathOps.times(g, x, x), axes, true, null);
            Output positive = MathOps.binary(g, "Greater", sum, Literal.of(0), null);
            Output safe = select(g, positive, sum, Shapes.onesLike(g, sum, null, true, null));
            Output norm = select(g, positive, MathOps.unary(g, "Sqrt", safe, null), sum);
            Output scaled = MathOps.times(g, x, most);
            x.shape().merge(scaled.shape());
            Output divisor = MathOps.binary(g, "Maximum", norm, most, null);
            Output clipped = MathOps.over(g, scaled, divisor);
            return like(tensor, MathOps.unary(g, "Identity", clipped, scope.operationName()));
        }
    }

    private static Output select(Graph g, Output condition, Output yes, Output no) {
        return g.op("Select").input(condition).input(yes).input(no).output();
    }

    /** {@code tf.clip_by_average_norm}. */
    public static Output byAverageNorm(Graph g, Output x, Operand most, String name) {
        try (NameScope scope = g.nameScope(name == null ? "clip_by_average_norm" : name)) {
            Output count = MathOps.cast(g, Shapes.size(g, x, DType.INT32, null), DType.FLOAT32, null);
            Output squares = MathOps.times(g, x, x);
            Output all = MathOps.range(g, Shapes.rank(g, x, null));
            Output inverse = MathOps.unary(g, "Rsqrt", MathOps.sum(g, squares, all), null);
            Output scaled = MathOps.times(g, x, most);
            Output perElement = MathOps.times(g, inverse, count);
            Output one = g.constant(NdArray.scalar(1f), "Const");
            Output factor = MathOps.binary(g, "Minimum", perElement, MathOps.over(g, one, most), null);
            return MathOps.unary(g, "Identity", MathOps.times(g, scaled, factor), scope.operationName());
        }
    }

    /** {@code tf.global_norm}: the length of all tensors as one vector; null entries are left out. */
    public static Output globalNorm(Graph g, List<? extends Gradient> tensors, String name) {
        try (NameScope scope = g.nameScope(name == null ? "global_norm" : name)) {
            List<Output> halves = new ArrayList<>();
            for (Gradient t : tensors) {
                if (t != null) {
                    try (Graph.Block place = g.colocateWith(values(t).operation())) {
                        halves.add(MathOps.unary(g, "L2Loss", values(t), null));
                    }
                }
            }
            Output stacked = g.op("Pack").name("stack").inputs(halves).output();
            Output half = MathOps.reduce(g, "Sum", stacked, null, false, null);
            Output two = g.constant(NdArray.full(half.dtype(), 2), "Const");
            return MathOps.unary(g, "Sqrt", MathOps.times(g, half, two), "global_norm");
        }
    }

    /** The clipped tensors, null where there was none, and the norm that they had before. */
    public record Clipped(List<Gradient> tensors, Output norm) {}

    /** {@code tf.clip_by_global_norm}; norm null to compute it. NaN everywhere if the norm is not finite. */
    public static Clipped byGlobalNorm(
            Graph g, List<? extends Gradient> tensors, Operand most, Output norm, String name) {
        Output length = norm != null ? norm : globalNorm(g, tensors, name);
        try (NameScope scope = g.nameScope(name == null ? "clip_by_global_norm" : name)) {
            Output inverse = MathOps.over(g, Literal.of(1.0), length);
            Output one = g.constant(NdArray.full(length.dtype(), 1), "Const");
            Output least = MathOps.binary(g, "Minimum", inverse, MathOps.over(g, one, most), null);
            Output finite = MathOps.operator(g, "mul", most, least);
            Output isFinite = MathOps.unary(g, "IsFinite", length, null);
            Output nan = g.constant(NdArray.full(length.dtype(), Double.NaN), "Const");
            Output scale = select(g, isFinite, finite, nan);
            List<Gradient> clipped = new ArrayList<>();
            for (int i = 0; i < tensors.size(); i++) {
                Gradient t = tensors.get(i);
                if (t == null) {
                    clipped.add(null);
                    continue;
                }
                try (Graph.Block place = g.colocateWith(values(t).operation())) {
                    Output scaled = MathOps.times(g, values(t), scale);
                    clipped.add(like(t, MathOps.unary(g, "Identity", scaled, scope.path() + "_" + i)));
                }
            }
            return new Clipped(clipped, length);
        }
    }
}
