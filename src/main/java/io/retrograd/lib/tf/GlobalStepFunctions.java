package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.GraphKeys;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import java.util.List;

/** The global step: the variable that counts training steps, found by its collection or its name. */
public final class GlobalStepFunctions {
    private GlobalStepFunctions() {}

    private static Graph graph(Machine m, Object given) {
        return given instanceof GraphValue g ? g.graph() : TfState.of(m).graph();
    }

    @Builtin(
            value = {"train.get_global_step", "contrib.framework.get_global_step"},
            signature = "graph=None",
            doc = "The variable that counts training steps, or None.")
    public static Object get(Machine m, Object given) {
        Graph graph = graph(m, given);
        List<Object> collected = graph.collection(GraphKeys.GLOBAL_STEP);
        if (collected.size() > 1) {
            m.world().err().write("ERROR:tensorflow:Multiple tensors in global_step collection.\n");
            return None.NONE;
        }
        if (collected.size() == 1) {
            return Elements.wrap(collected.get(0));
        }
        return graph.operation(GraphKeys.GLOBAL_STEP).filter(op -> op.outputCount() > 0)
                .map(op -> (Object) Tensors.wrap(op.output(0))).orElse(None.NONE);
    }

    @Builtin(
            value = {"train.create_global_step", "contrib.framework.create_global_step"},
            signature = "graph=None",
            doc = "Makes the variable that counts training steps.")
    static Object create(Machine m, Object given) {
        if (get(m, given) != None.NONE) {
            throw NnError.value("\"global_step\" already exists.");
        }
        Graph graph = graph(m, given);
        TfState.of(m).enter(graph);
        try (NameScope root = graph.nameScope(null)) {
            Object zeros = InitializerFunctionsTable.TABLE.find("zeros_initializer").call(m, Semantics.NO_ARGUMENTS, Semantics.NO_KEYWORDS);
            return VariableFunctionsTable.TABLE.find("get_variable").call(
                    m,
                    new Object[] {
                        GraphKeys.GLOBAL_STEP, TupleValue.EMPTY, DTypeValue.of(DType.INT64), zeros, false,
                        ListValue.of(GraphKeys.GLOBAL_VARIABLES, GraphKeys.GLOBAL_STEP)
                    },
                    new String[] {"shape", "dtype", "initializer", "trainable", "collections"});
        } finally {
            TfState.of(m).leave(graph);
        }
    }

    @Builtin(
            value = {"train.get_or_create_global_step", "contrib.framework.get_or_create_global_step"},
            signature = "graph=None",
            doc = "The variable that counts training steps; made if it is not there.",
            example = "step = tf.train.get_or_create_global_step()")
    static Object getOrCreate(Machine m, Object given) {
        Object found = get(m, given);
        return found == None.NONE ? create(m, given) : found;
    }

    @Builtin(
            value = {"train.assert_global_step", "contrib.framework.assert_global_step"},
            signature = "global_step_tensor",
            doc = "TypeError unless it is a scalar of whole numbers.")
    static void check(Machine m, Object step) {
        Output tensor = step instanceof TensorValue t ? t.output() : step instanceof VariableValue v ? reference(v) : null;
        if (tensor == null) {
            throw NnError.type("Existing \"global_step\" must be a Variable or Tensor: " + Semantics.str(m, step) + ".");
        }
        if (!tensor.dtype().isInteger()) {
            throw NnError.type("Existing \"global_step\" does not have integer type: " + Semantics.str(m, DTypeValue.of(tensor.dtype())));
        }
        if (tensor.shape().isFullyDefined() && tensor.shape().rank() != 0) {
            throw NnError.type("Existing \"global_step\" is not scalar: " + tensor.shape());
        }
    }

    private static Output reference(VariableValue value) {
        Variable variable = value.variable();
        return variable.reference();
    }

    @Builtin(
            value = {"train.global_step"},
            signature = "sess, global_step_tensor",
            doc = "The number of training steps, as an int.",
            example = "tf.train.global_step(sess, step)")
    static Object value(Machine m, SessionValue session, Object step) {
        return FileWriterValue.number(m, session.run(m, step, None.NONE));
    }
}
