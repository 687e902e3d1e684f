package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.gradient.GradientOptions;
import io.retrograd.gradient.Gradients;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayList;
import java.util.List;

/** Backpropagation as scripts call it. */
final class GradientFunctions {
    private GradientFunctions() {}

    @Builtin(
            value = "gradients",
            signature = "ys, xs, grad_ys=None, name='gradients', colocate_gradients_with_ops=False, gate_gradients=False,"
                    + " aggregation_method=None, stop_gradients=None, unconnected_gradients='none'",
            doc = "The derivatives of the sum of all ys by each x, as tensors; None where ys do not depend on x.",
            example = "grad, = tf.gradients(loss, [w])")
    static Object gradients(
            Machine m,
            Object ys,
            Object xs,
            Object gradYs,
            String name,
            boolean colocate,
            boolean gate,
            Object aggregation,
            Object stop,
            Object unconnected) {
        List<Operand> upstream = new ArrayList<>();
        if (gradYs != None.NONE) {
            for (Object g : elements(m, gradYs)) {
                upstream.add(g == None.NONE ? null : Operands.of(m, g));
            }
        }
        List<Output> stops = new ArrayList<>();
        if (stop != None.NONE) {
            for (Operand s : Operands.list(m, stop)) {
                stops.add(s.toReference(TfState.of(m).graph(), "stop", ""));
            }
        }
        GradientOptions options = new GradientOptions(
                upstream, name, colocate, gate, aggregation(m, aggregation), stops, zeros(m, unconnected));
        List<Gradient> gradients = Gradients.gradients(
                TfState.of(m).graph(), Operands.list(m, ys), Operands.list(m, xs), options);
        return ListValue.of(gradients.stream().map(Tensors::wrap).toArray());
    }

    private static List<Object> elements(Machine m, Object value) {
        List<Object> all = new ArrayList<>();
        if (value instanceof ListValue || value instanceof TupleValue) {
            var each = Semantics.iterate(m, value);
            for (Object x = each.next(m); x != null; x = each.next(m)) {
                m.step();
                all.add(x);
            }
        } else {
            all.add(value);
        }
        return all;
    }

    private static GradientOptions.Aggregation aggregation(Machine m, Object value) {
        long i = value == None.NONE ? 0 : Semantics.index(m, value);
        GradientOptions.Aggregation[] all = GradientOptions.Aggregation.values();
        if (i < 0 || i >= all.length) {
            throw NnError.value("Invalid aggregation_method specified " + i + ".");
        }
        return all[(int) i];
    }

    private static boolean zeros(Machine m, Object unconnected) {
        if ("none".equals(unconnected) || "zero".equals(unconnected)) {
            return "zero".equals(unconnected);
        }
        throw NnError.value("Unknown value for unconnected_gradients: " + Semantics.repr(m, unconnected));
    }
}
