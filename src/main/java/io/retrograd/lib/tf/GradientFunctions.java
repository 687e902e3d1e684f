package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.gradient.GradientOptions;
import io.retrograd.gradient.Gradients;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
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

    // Gradients that the script writes

    /** A decorator that registers its function under a name. */
    @Builtin(
            value = "RegisterGradient",
            signature = "op_type",
            doc = "A decorator: the function (op, *gradients) gives the gradients of operations that ask for it by this name.",
            example = "@tf.RegisterGradient('Straight') ... with g.gradient_override_map({'Sign': 'Straight'}):")
    static Object register(Machine m, Object type) {
        if (!(type instanceof String name)) {
            throw NnError.type("op_type must be a string");
        }
        return new NativeFunction("RegisterGradient", (machine, a) -> {
            TfState state = TfState.of(machine);
            boolean known = state.gradientRules().containsKey(name) || state.operations().find(name) != null && !name.startsWith("PyFunc");
            if (known) {
                throw new NnError(ErrorKind.KEY_ERROR, "\"Registering two gradient with name '" + name + "'! (Previous registration was "
                        + "in TensorFlow itself or before)\"");
            }
            state.gradientRules().put(name, g -> rule(machine, a[0], g));
            return a[0];
        });
    }

    @Builtin(
            value = {"NotDifferentiable", "NoGradient", "no_gradient"},
            signature = "op_type",
            doc = "Says that nothing flows back through operations of that type.")
    static void notDifferentiable(Machine m, String type) {
        TfState.of(m).gradientRules().put(type, g -> new Gradient[g.operation().inputCount()]);
    }

    private static Gradient[] rule(Machine m, Object function, GradientContext g) {
        Operation op = g.operation();
        List<Object> arguments = new ArrayList<>();
        arguments.add(Tensors.wrap(op));
        for (int i = 0; i < op.outputCount(); i++) {
            arguments.add(g.upstream(i) == null ? None.NONE : Tensors.wrap(g.upstream(i)));
        }
        Object answer = Semantics.call(m, function, arguments.toArray());
        List<Object> given = elements(m, answer);
        if (given.size() != op.inputCount()) {
            throw NnError.value("Num gradients " + given.size() + " generated for op " + op.name() + " do not match num inputs "
                    + op.inputCount());
        }
        Gradient[] gradients = new Gradient[given.size()];
        for (int i = 0; i < gradients.length; i++) {
            Object each = given.get(i);
            gradients[i] = each == None.NONE ? null
                    : each instanceof IndexedSlicesValue rows ? rows.slices()
                    : Operands.of(m, each).toOutput(op.graph(), op.input(i).dtype(), null, "gradient");
        }
        return gradients;
    }
}
