package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.Clipping;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayList;
import java.util.List;

/** Clipping by length, which keeps gradients from exploding. */
final class ClipFunctions {
    private ClipFunctions() {}

    private static Gradient gradient(Machine m, Object value, String name) {
        if (value == None.NONE) {
            return null;
        }
        return value instanceof IndexedSlicesValue rows
                ? rows.slices()
                : Operands.of(m, value).toOutput(TfState.of(m).graph(), null, null, name);
    }

    private static List<Gradient> gradients(Machine m, Object list) {
        if (!(list instanceof ListValue) && !(list instanceof TupleValue)) {
            throw NnError.type("t_list should be a sequence");
        }
        List<Gradient> all = new ArrayList<>();
        var each = Semantics.iterate(m, list);
        for (Object x = each.next(m); x != null; x = each.next(m)) {
            m.step();
            all.add(gradient(m, x, "t_" + all.size()));
        }
        return all;
    }

    @Builtin(
            value = "clip_by_norm",
            signature = "t, clip_norm, axes=None, name=None",
            doc = "The tensor, scaled down if it is longer than clip_norm.",
            shapes = "the shape of its operand stays",
            gradient = "dt = dy where the norm is below clip_norm, else that of t * clip_norm / norm(t)")
    static Object clipByNorm(Machine m, Object t, Object most, Object axes, String name) {
        Operand dims = axes == None.NONE ? null : Operands.of(m, axes);
        Graph g = TfState.of(m).graph();
        return Tensors.wrap(Clipping.byNorm(g, gradient(m, t, "t"), Operands.of(m, most), dims, name));
    }

    @Builtin(
            value = "clip_by_average_norm",
            signature = "t, clip_norm, name=None",
            doc = "The tensor, scaled down if its length per element is more than clip_norm.",
            shapes = "the shape of its operand stays",
            gradient = "that of t * clip_norm / (norm(t) / size)")
    static Object clipByAverageNorm(Machine m, Object t, Object most, String name) {
        Graph g = TfState.of(m).graph();
        Output x = Operands.of(m, t).toOutput(g, null, null, "t");
        return Tensors.wrap(Clipping.byAverageNorm(g, x, Operands.of(m, most), name));
    }

    @Builtin(
            value = {"global_norm", "linalg.global_norm"},
            signature = "t_list, name=None",
            doc = "The length of all tensors as one vector.",
            shapes = "a list of any -> ()",
            gradient = "dt_i = dy * t_i / norm")
    static Object globalNorm(Machine m, Object list, String name) {
        return Tensors.wrap(Clipping.globalNorm(TfState.of(m).graph(), gradients(m, list), name));
    }

    @Builtin(
            value = "clip_by_global_norm",
            signature = "t_list, clip_norm, use_norm=None, name=None",
            doc = "The tensors, all scaled down by one factor if together they are longer than clip_norm; and the length"
                    + " that they had.",
            shapes = "a list -> the same list, and ()",
            gradient = "dt_i = dy_i * clip_norm / norm where the norm is above, else dy_i; and through the norm",
            example = "grads, norm = tf.clip_by_global_norm(tf.gradients(loss, variables), 5.0)")
    static Object clipByGlobalNorm(Machine m, Object list, Object most, Object norm, String name) {
        Graph g = TfState.of(m).graph();
        Output given = norm == None.NONE ? null : Operands.of(m, norm).toOutput(g, null, null, "use_norm");
        Clipping.Clipped clipped = Clipping.byGlobalNorm(g, gradients(m, list), Operands.of(m, most), given, name);
        Object tensors = ListValue.of(clipped.tensors().stream().map(Tensors::wrap).toArray());
        return TupleValue.of(tensors, Tensors.wrap(clipped.norm()));
    }
}
