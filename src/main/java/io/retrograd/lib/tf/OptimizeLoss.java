package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.build.VariableScopes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayList;
import java.util.List;

/** {@code tf.contrib.layers.optimize_loss}: a whole training operation out of a loss, with summaries on the way. */
final class OptimizeLoss {
    private static final List<String> SUMMARIES =
            List.of("learning_rate", "loss", "gradients", "gradient_norm", "global_gradient_norm");
    private static final List<String> OPTIMIZERS = List.of("Adagrad", "Adam", "Ftrl", "Momentum", "RMSProp", "SGD");

    private final Machine m;

    private OptimizeLoss(Machine m) {
        this.m = m;
    }

    @Builtin(
            value = "contrib.layers.optimize_loss",
            signature = "loss, global_step, learning_rate, optimizer, gradient_noise_scale=None, gradient_multipliers=None, "
                    + "clip_gradients=None, learning_rate_decay_fn=None, update_ops=None, variables=None, name=None, "
                    + "summaries=None, colocate_gradients_with_ops=False, increment_global_step=True",
            doc = "An operation that takes one step of an optimizer, given as 'Adam', as a class or as an object, and answers the loss.",
            example = "train = tf.contrib.layers.optimize_loss(loss, tf.train.get_global_step(), 0.1, 'Adagrad')")
    static Object optimizeLoss(
            Machine m, Object loss, Object globalStep, Object rate, Object optimizer, Object noise, Object multipliers,
            Object clip, Object decay, Object updates, Object variables, String name, Object summaries, boolean colocate,
            boolean increments) {
        OptimizeLoss o = new OptimizeLoss(m);
        Graph g = TfState.of(m).graph();
        Object y = o.tf("convert_to_tensor", loss);
        if (!((TensorValue) y).output().shape().hasRank() || ((TensorValue) y).output().shape().rank() != 0) {
            throw NnError.value("Expected scalar shape for " + ((TensorValue) y).output().name() + ", saw shape: "
                    + ((TensorValue) y).output().shape() + ".");
        }
        Object step = globalStep;
        if (step == None.NONE) {
            step = o.tf("train.get_global_step");
        } else {
            o.tf("train.assert_global_step", step);
        }
        VariableScopes scopes = VariableScopes.of(g);
        try (VariableScopes.Open open = name == null
                ? scopes.enterUnique("OptimizeLoss", VariableScopes.Options.NONE, true)
                : scopes.enter(name, VariableScopes.Options.NONE, true)) {
            Object before = updates == None.NONE ? o.tf("get_collection", "update_ops") : updates;
            if (Semantics.truth(m, before)) {
                y = o.after(before, y);
            }
            List<Object> shown = o.shown(summaries);
            Object lr = o.decayed(o.rate(rate), rate, decay, step, shown);
            Object rule = o.optimizer(optimizer, lr, rate);
            Object all = variables == None.NONE ? o.tf("trainable_variables") : variables;
            Object pairs = Semantics.callMethod(m, rule, "compute_gradients", y, all);
            pairs = o.scaled(o.noisy(pairs, noise), multipliers);
            boolean norms = shown.contains("global_gradient_norm") || shown.contains("gradient_norm");
            if (norms) {
                o.tf("summary.scalar", "global_norm/gradient_norm", o.tf("global_norm", o.gradients(pairs)));
            }
            pairs = o.clipped(pairs, clip);
            if (shown.contains("loss")) {
                o.tf("summary.scalar", "loss", y);
            }
            o.describe(pairs, shown);
            if (clip != None.NONE && norms) {
                o.tf("summary.scalar", "global_norm/clipped_gradient_norm", o.tf("global_norm", o.gradients(pairs)));
            }
            Object train = Semantics.call(m, Semantics.attribute(m, rule, "apply_gradients"),
                    new Object[] {pairs, increments ? step : None.NONE, "train"}, new String[] {"global_step", "name"});
            return o.after(ListValue.of(train), y);
        }
    }

    private Object tf(String path, Object... arguments) {
        Object at = m.library().module(m, "tensorflow");
        for (String part : path.split("\\.")) {
            at = Semantics.attribute(m, at, part);
        }
        return Semantics.call(m, at, arguments);
    }

    /** The tensor once the operations ran. */
    private Object after(Object operations, Object tensor) {
        Object block = tf("control_dependencies", operations);
        Semantics.callMethod(m, block, "__enter__");
        try {
            return tf("identity", tensor, "control_dependency");
        } finally {
            Semantics.callMethod(m, block, "__exit__", None.NONE, None.NONE, None.NONE);
        }
    }

    private Object rate(Object rate) {
        if (rate == None.NONE || rate instanceof TensorValue t && t.output().shape().hasRank() && t.output().shape().rank() == 0) {
            return rate;
        }
        if (!(rate instanceof Double number)) {
            throw NnError.value("Learning rate should be 0d Tensor or float. Got " + Semantics.str(m, rate) + " of type "
                    + Semantics.str(m, Semantics.typeOf(rate)));
        }
        if (number < 0) {
            throw NnError.value("('Invalid learning_rate %s.', " + Semantics.repr(m, rate) + ")");
        }
        Object get = Semantics.attribute(m, m.library().module(m, "tensorflow"), "get_variable");
        return Semantics.call(m, get, new Object[] {"learning_rate", ListValue.of(), false, tf("constant_initializer", rate)},
                new String[] {"trainable", "initializer"});
    }

    private List<Object> shown(Object summaries) {
        if (summaries == None.NONE) {
            return List.of("loss", "learning_rate", "global_gradient_norm");
        }
        List<Object> shown = List.of(Semantics.elements(m, summaries));
        for (Object each : shown) {
            if (!SUMMARIES.contains(each)) {
                throw NnError.value("Summaries should be one of [" + String.join(", ", SUMMARIES) + "], you provided "
                        + Semantics.str(m, each) + ".");
            }
        }
        return shown;
    }

    private Object decayed(Object lr, Object rate, Object decay, Object step, List<Object> shown) {
        if (rate == None.NONE || decay == None.NONE) {
            return lr;
        }
        if (step == None.NONE) {
            throw NnError.value("global_step is required for learning_rate_decay_fn.");
        }
        Object now = Semantics.call(m, decay, lr, step);
        if (shown.contains("learning_rate")) {
            tf("summary.scalar", "learning_rate", now);
        }
        return now;
    }

    private Object optimizer(Object optimizer, Object lr, Object rate) {
        if (optimizer instanceof String name) {
            if (lr == None.NONE) {
                throw NnError.value("Learning rate is None, but should be specified if optimizer is string (" + name + ").");
            }
            if (!OPTIMIZERS.contains(name)) {
                throw NnError.value("Optimizer name should be one of [" + String.join(", ", OPTIMIZERS) + "], you provided " + name
                        + ".");
            }
            return switch (name) {
                case "SGD" -> tf("train.GradientDescentOptimizer", lr);
                case "Momentum" -> tf("train.MomentumOptimizer", lr, 0.9);
                default -> tf("train." + name + "Optimizer", lr);
            };
        }
        if (optimizer instanceof OptimizerValue) {
            return optimizer;
        }
        if (!Semantics.isCallable(optimizer)) {
            throw NnError.value("Unrecognized optimizer: should be string, subclass of Optimizer, instance of subclass of Optimizer "
                    + "or function with one argument. Got " + Semantics.str(m, optimizer) + ".");
        }
        Object made = rate == None.NONE ? Semantics.call(m, optimizer) : Semantics.call(m, optimizer, lr);
        if (!(made instanceof OptimizerValue)) {
            throw NnError.value("Unrecognized optimizer: function should return subclass of Optimizer. Got " + Semantics.str(m, made)
                    + ".");
        }
        return made;
    }

    /** One value of each pair: 0 the gradients, 1 the variables. */
    private Object column(Object pairs, long which) {
        List<Object> all = new ArrayList<>();
        for (Object pair : Semantics.elements(m, pairs)) {
            all.add(Semantics.item(m, pair, which));
        }
        return TupleValue.of(all.toArray());
    }

    private Object gradients(Object pairs) {
        return column(pairs, 0);
    }

    private interface Change {
        Object of(Object gradient, Object variable);
    }

    private Object changed(Object pairs, Change change) {
        List<Object> all = new ArrayList<>();
        for (Object pair : Semantics.elements(m, pairs)) {
            Object gradient = Semantics.item(m, pair, 0L);
            Object variable = Semantics.item(m, pair, 1L);
            all.add(TupleValue.of(gradient == None.NONE ? gradient : change.of(gradient, variable), variable));
        }
        return ListValue.of(all.toArray());
    }

    private Object noisy(Object pairs, Object scale) {
        if (scale == None.NONE) {
            return pairs;
        }
        return changed(pairs, (gradient, variable) -> {
            Object shape = gradient instanceof IndexedSlicesValue
                    ? Semantics.attribute(m, gradient, "dense_shape")
                    : Semantics.callMethod(m, gradient, "get_shape");
            Object noise = Semantics.binary(m, BinaryOperator.MULTIPLY, tf("truncated_normal", shape), scale);
            Object dense = gradient instanceof IndexedSlicesValue ? tf("convert_to_tensor", gradient) : gradient;
            return Semantics.binary(m, BinaryOperator.ADD, dense, noise);
        });
    }

    private Object scaled(Object pairs, Object multipliers) {
        if (!(multipliers instanceof DictValue factors)) {
            return pairs;
        }
        Object result = changed(pairs, (gradient, variable) -> {
            Object factor = factors.get(m, variable);
            if (factor == null) {
                factor = factors.get(m, Semantics.attribute(m, variable, "name"));
            }
            if (factor == null) {
                return gradient;
            }
            if (gradient instanceof IndexedSlicesValue) {
                Object values = Semantics.binary(m, BinaryOperator.MULTIPLY, Semantics.attribute(m, gradient, "values"), factor);
                return tf("IndexedSlices", values, Semantics.attribute(m, gradient, "indices"),
                        Semantics.attribute(m, gradient, "dense_shape"));
            }
            Object number = tf("cast", factor, Semantics.attribute(m, gradient, "dtype"));
            return Semantics.binary(m, BinaryOperator.MULTIPLY, gradient, number);
        });
        if (Semantics.length(m, result) == 0) {
            throw NnError.value("Empty list of (gradient, var) pairs encountered. This is most likely to be caused by an improper "
                    + "value of gradient_multipliers.");
        }
        return result;
    }

    private Object clipped(Object pairs, Object clip) {
        if (clip instanceof Double norm) {
            Object both = tf("clip_by_global_norm", gradients(pairs), norm);
            Object[] gradients = Semantics.elements(m, Semantics.item(m, both, 0L));
            Object[] variables = Semantics.elements(m, column(pairs, 1));
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < gradients.length; i++) {
                all.add(TupleValue.of(gradients[i], variables[i]));
            }
            return ListValue.of(all.toArray());
        }
        if (clip == None.NONE) {
            return pairs;
        }
        if (!Semantics.isCallable(clip)) {
            throw NnError.value("Unknown type " + Semantics.str(m, Semantics.typeOf(clip)) + " for clip_gradients");
        }
        return Semantics.call(m, clip, pairs);
    }

    /** Summaries of each gradient, where they were asked for. */
    private void describe(Object pairs, List<Object> shown) {
        changed(pairs, (gradient, variable) -> {
            Object values = gradient instanceof IndexedSlicesValue ? Semantics.attribute(m, gradient, "values") : gradient;
            String name = Semantics.str(m, Semantics.attribute(m, variable, "name")).replace(':', '_');
            if (shown.contains("gradients")) {
                tf("summary.histogram", "gradients/" + name, values);
            }
            if (shown.contains("gradient_norm")) {
                tf("summary.scalar", "gradient_norm/" + name, tf("global_norm", ListValue.of(values)));
            }
            return gradient;
        });
    }
}
