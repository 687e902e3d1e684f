package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.GraphKeys;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Regularizer;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.PercentFormat;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loss terms that keep weights small. */
final class RegularizerFunctions {
    private RegularizerFunctions() {}

    /** What a script gives as a regularizer; null for None. */
    static Regularizer convert(Machine m, Object given) {
        if (given == None.NONE) {
            return null;
        }
        if (given instanceof RegularizerValue r) {
            return (g, v) -> Optional.ofNullable(r.term().of(g, v));
        }
        return (g, v) -> {
            Object term = Semantics.call(m, given, Tensors.wrap(v));
            return term == None.NONE ? Optional.empty() : Optional.of(((TensorValue) term).output());
        };
    }

    private static double scale(Machine m, String name, Object scale, String end) {
        if (scale instanceof Long || scale instanceof Boolean) {
            throw NnError.value(name + " cannot be an integer: " + Semantics.str(m, scale));
        }
        double s = Semantics.real(m, scale);
        if (s < 0) {
            throw NnError.value("Setting a scale less than 0 on a regularizer: " + PercentFormat.format(
                    m, "%g", s) + end);
        }
        return s;
    }

    private static RegularizerValue scaled(Machine m, Object scale, double value, String scopeName, boolean squares) {
        if (value == 0) {
            return new RegularizerValue((g, w) -> null);
        }
        return new RegularizerValue((g, w) -> {
            try (NameScope scope = g.nameScope(scopeName)) {
                Output weights = w.toOutput(g, null, null, "Const");
                Output s = Operands.of(m, scale).toOutput(g, weights.dtype(), null, "scale");
                Output size = squares
                        ? MathOps.unary(g, "L2Loss", weights, null)
                        : MathOps.reduce(g, "Sum", MathOps.abs(g, weights, null), null, false, null);
                return MathOps.binary(g, "Mul", s, size, scope.operationName());
            }
        });
    }

    @Builtin(
            value = "contrib.layers.l1_regularizer",
            signature = "scale, scope=None",
            doc = "scale * sum(|w|).",
            gradient = "dw = scale * sign(w)",
            example = "tf.contrib.layers.l1_regularizer(0.01)(w)")
    static Object l1(Machine m, Object scale, String scope) {
        return scaled(m, scale, scale(m, "scale", scale, ""), scope == null ? "l1_regularizer" : scope, false);
    }

    @Builtin(
            value = "contrib.layers.l2_regularizer",
            signature = "scale, scope=None",
            doc = "scale * sum(w**2) / 2.",
            gradient = "dw = scale * w",
            example = "tf.contrib.layers.l2_regularizer(0.01)(w)")
    static Object l2(Machine m, Object scale, String scope) {
        return scaled(m, scale, scale(m, "scale", scale, "."), scope == null ? "l2_regularizer" : scope, true);
    }

    @Builtin(
            value = "contrib.layers.l1_l2_regularizer",
            signature = "scale_l1=1.0, scale_l2=1.0, scope=None",
            doc = "The sum of an l1 and an l2 regularizer.",
            gradient = "dw = scale_l1 * sign(w) + scale_l2 * w")
    static Object l1l2(Machine m, Object scaleL1, Object scaleL2, String scopeName) {
        double a = scale(m, "scale_l1", scaleL1, "");
        double b = scale(m, "scale_l2", scaleL2, ".");
        String name = scopeName == null ? "l1_l2_regularizer" : scopeName;
        if (a == 0) {
            return l2(m, scaleL2, name);
        }
        if (b == 0) {
            return l1(m, scaleL1, name);
        }
        return sum(List.of(((RegularizerValue) l1(m, scaleL1, null)).term(), ((RegularizerValue) l2(m, scaleL2, null)).term()), name);
    }

    private static RegularizerValue sum(List<RegularizerValue.Term> parts, String name) {
        return new RegularizerValue((g, w) -> {
            try (NameScope scope = g.nameScope(name)) {
                List<Output> terms = new ArrayList<>();
                for (RegularizerValue.Term part : parts) {
                    Output term = part.of(g, w);
                    if (term != null) {
                        terms.add(term);
                    }
                }
                return terms.isEmpty() ? null : MathOps.addN(g, terms, scope.operationName());
            }
        });
    }

    @Builtin(
            value = "contrib.layers.sum_regularizer",
            signature = "regularizer_list, scope=None",
            doc = "The sum of several regularizers.",
            gradient = "that of each regularizer, added")
    static Object sumRegularizer(Machine m, Object list, String scope) {
        List<RegularizerValue.Term> parts = new ArrayList<>();
        for (Object r : Semantics.elements(m, list)) {
            if (r instanceof RegularizerValue v) {
                parts.add(v.term());
            } else if (r != None.NONE) {
                parts.add((g, w) -> {
                    Object weights = w instanceof Variable v ? Tensors.wrap(v) : Tensors.wrap((Output) w);
                    Object term = Semantics.call(m, r, weights);
                    return term == None.NONE ? null : ((TensorValue) term).output();
                });
            }
        }
        return parts.isEmpty() ? None.NONE : sum(parts, scope == null ? "sum_regularizer" : scope);
    }

    @Builtin(
            value = "contrib.layers.apply_regularization",
            signature = "regularizer, weights_list=None",
            doc = "The sum of a regularizer's terms for these weights, added to the regularization losses.",
            shapes = "the shape of its operand stays",
            gradient = "dw = that of the regularizer")
    static Object applyRegularization(Machine m, Object regularizer, Object weights) {
        Graph g = TfState.of(m).graph();
        List<Object> list = new ArrayList<>();
        if (weights != None.NONE) {
            list.addAll(List.of(Semantics.elements(m, weights)));
        }
        if (list.isEmpty()) {
            g.collection(GraphKeys.WEIGHTS).forEach(w -> list.add(Elements.wrap(w)));
        }
        if (list.isEmpty()) {
            throw NnError.value("No weights to regularize.");
        }
        try (NameScope scope = g.nameScope("get_regularization_penalty")) {
            List<Output> terms = new ArrayList<>();
            for (Object w : list) {
                Object term = Semantics.call(m, regularizer, w);
                terms.add(term == None.NONE ? g.constant(NdArray.scalar(0f), "Const") : ((TensorValue) term).output());
            }
            for (Output t : terms) {
                if (t.shape().hasRank() && t.shape().rank() != 0) {
                    throw NnError.value("regularizer must return a scalar Tensor instead of a Tensor with rank "
                            + t.shape().rank() + ".");
                }
            }
            Output sum = MathOps.addN(g, terms, scope.operationName());
            g.addToCollection(GraphKeys.REGULARIZATION_LOSSES, sum);
            return Tensors.wrap(sum);
        }
    }

    @Builtin(
            value = {"keras.regularizers.l1_l2", "keras.regularizers.L1L2"},
            signature = "l1=0.01, l2=0.01",
            doc = "l1 * sum(|w|) + l2 * sum(w**2), as Keras counts.",
            gradient = "dw = l1 * sign(w) + 2 * l2 * w")
    static Object kerasL1L2(Machine m, double l1, double l2) {
        return new RegularizerValue((g, w) -> {
            if (l1 == 0 && l2 == 0) {
                return g.constant(NdArray.scalar(0f), "Const");
            }
            Output total = g.constant(NdArray.scalar(0f), "Const");
            total = l1 == 0 ? total : kerasTerm(g, total, l1, MathOps.abs(g, w, null));
            return l2 == 0 ? total : kerasTerm(g, total, l2, MathOps.unary(g, "Square", w, null));
        });
    }

    private static Output kerasTerm(Graph g, Output total, double scale, Operand sizes) {
        Output scaled = MathOps.operator(g, "mul", Literal.of(scale), sizes);
        return MathOps.plus(g, total, MathOps.reduce(g, "Sum", scaled, null, false, null));
    }

    @Builtin(value = "keras.regularizers.l2", signature = "l=0.01", doc = "l * sum(w**2), as Keras counts.",
            gradient = "dw = 2 * l * w")
    static Object kerasL2(Machine m, double l) {
        return kerasL1L2(m, 0, l);
    }

    @Builtin(value = "keras.regularizers.l1", signature = "l=0.01", doc = "l * sum(|w|), as Keras counts.",
            gradient = "dw = l * sign(w)")
    static Object kerasL1(Machine m, double l) {
        return kerasL1L2(m, l, 0);
    }
}
