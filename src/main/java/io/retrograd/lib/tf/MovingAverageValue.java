package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.train.MovingAverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code tf.train.ExponentialMovingAverage}: shadows of variables that follow them slowly. */
final class MovingAverageValue implements Value {
    static final TypeValue TYPE = TypeValue.opaque(
            "tensorflow.python.training.moving_averages", "ExponentialMovingAverage", MovingAverageValueTable.TABLE);

    private final MovingAverage average;

    MovingAverageValue(MovingAverage average) {
        this.average = average;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private static List<Operand> operands(Machine m, Object given) {
        List<Operand> list = new ArrayList<>();
        Iteration all = Semantics.iterate(m, given);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            list.add(followed(m, x));
        }
        return list;
    }

    private static Operand followed(Machine m, Object x) {
        Operand operand = Operands.of(m, x);
        return operand instanceof Variable || operand instanceof Output
                ? operand
                : operand.toOutput(TfState.of(m).graph(), null, null, "Const");
    }

    @Builtin(
            value = "apply",
            signature = "var_list=None",
            method = true,
            doc = "The operation that moves each shadow a step towards its variable; default: all trainable ones.",
            example = "ema.apply(tf.trainable_variables())")
    static Object apply(Machine m, MovingAverageValue self, Object variables) {
        Graph g = TfState.of(m).graph();
        List<Operand> list = new ArrayList<>();
        if (variables == None.NONE) {
            for (Object v : g.collection("trainable_variables")) {
                list.add((Variable) v);
            }
        } else {
            list = operands(m, variables);
        }
        return Tensors.wrap(self.average.apply(g, list));
    }

    @Builtin(value = "average", signature = "var", method = true, doc = "The variable's shadow, or None.")
    static Object average(Machine m, MovingAverageValue self, Object variable) {
        Variable shadow = self.average.average(followed(m, variable));
        return shadow == null ? None.NONE : Tensors.wrap(shadow);
    }

    @Builtin(value = "average_name", signature = "var", method = true, doc = "The name under which the shadow is saved.")
    static String averageName(Machine m, MovingAverageValue self, Object variable) {
        return self.average.averageName(followed(m, variable));
    }

    @Builtin(
            value = "variables_to_restore",
            signature = "moving_avg_variables=None",
            method = true,
            doc = "For a Saver that gives the variables the values of their shadows.",
            example = "saver = tf.train.Saver(ema.variables_to_restore())")
    static Object variablesToRestore(Machine m, MovingAverageValue self, Object given) {
        List<Variable> list = null;
        if (given != None.NONE) {
            list = new ArrayList<>();
            for (Operand operand : operands(m, given)) {
                list.add((Variable) operand);
            }
        }
        DictValue map = new DictValue();
        for (Map.Entry<String, Variable> e : self.average.variablesToRestore(TfState.of(m).graph(), list).entrySet()) {
            map.setItem(m, e.getKey(), Tensors.wrap(e.getValue()));
        }
        return map;
    }

    @Builtin(value = "name", property = true, doc = "The name given when it was made.")
    static String name(Machine m, MovingAverageValue self) {
        return self.average.name();
    }
}
