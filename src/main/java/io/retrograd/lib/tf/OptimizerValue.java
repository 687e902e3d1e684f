package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.cluster.SyncReplicasParts;
import io.retrograd.train.Optimizer;
import io.retrograd.train.Optimizer.Gate;
import io.retrograd.train.Optimizer.GradientAndVariable;
import io.retrograd.train.SyncReplicas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code tf.train.GradientDescentOptimizer(0.1)} and its kin. */
public final class OptimizerValue implements Value {
    static final TypeValue TYPE =
            TypeValue.opaque("tensorflow.python.training.optimizer", "Optimizer", OptimizerValueTable.TABLE);

    private static final String[] DERIVABLE = {
        "GradientDescentOptimizer", "MomentumOptimizer", "AdagradOptimizer", "RMSPropOptimizer", "AdamOptimizer"
    };

    private static final Map<String, TypeValue> TYPES = types();

    /** What scripts call Optimizer: all optimizers are instances. */
    private static final TypeValue BASE =
            new DerivableType("tensorflow.python.training.optimizer", "Optimizer", TYPE, null, "", "optimizers") {
                @Override
                public boolean hasInstance(Machine m, Object o) {
                    return o instanceof OptimizerValue || super.hasInstance(m, o);
                }
            };

    private final Optimizer optimizer;
    private TypeValue type = TYPE;

    private static Map<String, TypeValue> types() {
        Map<String, TypeValue> types = new LinkedHashMap<>();
        for (String name : DERIVABLE) {
            types.put(name, new Kind(name));
        }
        return types;
    }

    /** A script's view of an optimizer. */
    public OptimizerValue(Optimizer optimizer) {
        this.optimizer = optimizer;
    }

    /** One of the optimizers from which scripts may derive. */
    private static final class Kind extends DerivableType {
        Kind(String name) {
            super("tensorflow.python.training." + name, name, TYPE, OptimizerFunctionsTable.TABLE, "train." + name, "optimizers");
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            Object made = super.call(m, arguments, keywords);
            if (made instanceof OptimizerValue o) {
                o.type = this;
            }
            return made;
        }
    }

    /** Adds the classes of optimizers from which scripts may derive. */
    static ModuleValue addTypes(ModuleValue module) {
        TYPES.forEach(module::with);
        return module.with("Optimizer", BASE);
    }

    /** The optimizer behind it. */
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public TypeValue type() {
        return type;
    }

    @Override
    public Object attribute(Machine m, String name) {
        Object found = optimizer instanceof SyncReplicas sync ? SyncReplicasParts.attribute(m, sync, name) : null;
        return found != null ? found : Value.super.attribute(m, name);
    }

    private static Output loss(Machine m, Object loss) {
        Operand operand = Operands.of(m, loss);
        return operand.toOutput(TfState.of(m).graph(), null, null, "Const");
    }

    /** The variables given, or all trainable ones. */
    private static List<Variable> variables(Machine m, Graph g, Object given) {
        List<Variable> list = new ArrayList<>();
        if (given == None.NONE) {
            for (Object v : g.collection("trainable_variables")) {
                list.add((Variable) v);
            }
        } else {
            flatten(m, given, list);
        }
        return list;
    }

    private static boolean isView(Object given) {
        return Semantics.typeOf(given).name().startsWith("dict_");
    }

    private static void flatten(Machine m, Object given, List<Variable> list) {
        if (given instanceof VariableValue v) {
            list.add(v.variable());
        } else if (given instanceof DictValue d) {
            Object[] keys = d.keyArray();
            Arrays.sort(keys, (a, b) -> Semantics.less(m, a, b) ? -1 : 1);
            for (Object key : keys) {
                flatten(m, d.get(m, key), list);
            }
        } else if (given instanceof ListValue || given instanceof TupleValue || isView(given)) {
            Iteration all = Semantics.iterate(m, given);
            for (Object x = all.next(m); x != null; x = all.next(m)) {
                m.step();
                flatten(m, x, list);
            }
        } else {
            throw NnError.type("Argument is not a tf.Variable: " + Semantics.str(m, given));
        }
    }

    private static Gate gate(long number) {
        if (number < 0 || number > 2) {
            throw NnError.value("gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, "
                    + "Optimizer.GATE_GRAPH.  Not " + number);
        }
        return Gate.values()[(int) number];
    }

    private static Optimizer.Options options(Machine m, long gate, boolean colocate, Object gradLoss) {
        return new Optimizer.Options(gate(gate), colocate, gradLoss == None.NONE ? null : Operands.of(m, gradLoss));
    }

    private static Variable step(Object globalStep) {
        if (globalStep == None.NONE) {
            return null;
        }
        if (globalStep instanceof VariableValue v) {
            return v.variable();
        }
        throw NnError.type("Existing \"global_step\" is not a Variable: " + globalStep);
    }

    @Builtin(
            value = "minimize",
            signature = "loss, global_step=None, var_list=None, gate_gradients=1, aggregation_method=None, "
                    + "colocate_gradients_with_ops=False, name=None, grad_loss=None",
            method = true,
            doc = "The operation that makes one training step: gradients of the loss, then an update of each variable.",
            example = "train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)")
    static Object minimize(
            Machine m,
            OptimizerValue self,
            Object loss,
            Object globalStep,
            Object variables,
            long gate,
            Object aggregation,
            boolean colocate,
            String name,
            Object gradLoss) {
        Output l = loss(m, loss);
        return Tensors.wrap(self.optimizer.minimize(
                l, step(globalStep), variables(m, l.graph(), variables), options(m, gate, colocate, gradLoss), name));
    }

    @Builtin(
            value = "compute_gradients",
            signature = "loss, var_list=None, gate_gradients=1, aggregation_method=None, "
                    + "colocate_gradients_with_ops=False, grad_loss=None",
            method = true,
            doc = "The first half of minimize: a list of pairs (gradient, variable).")
    static Object computeGradients(
            Machine m,
            OptimizerValue self,
            Object loss,
            Object variables,
            long gate,
            Object aggregation,
            boolean colocate,
            Object gradLoss) {
        Output l = loss(m, loss);
        List<Object> pairs = new ArrayList<>();
        for (GradientAndVariable p : self.optimizer.computeGradients(
                l, variables(m, l.graph(), variables), options(m, gate, colocate, gradLoss))) {
            pairs.add(TupleValue.of(Tensors.wrap(p.gradient()), Tensors.wrap(p.variable())));
        }
        return ListValue.of(pairs.toArray());
    }

    @Builtin(
            value = "apply_gradients",
            signature = "grads_and_vars, global_step=None, name=None",
            method = true,
            doc = "The second half of minimize: the operation that applies these gradients.")
    static Object applyGradients(Machine m, OptimizerValue self, Object pairs, Object globalStep, String name) {
        List<GradientAndVariable> list = new ArrayList<>();
        Iteration all = Semantics.iterate(m, pairs);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            Object g = Semantics.item(m, x, 0L);
            Object v = Semantics.item(m, x, 1L);
            if (!(v instanceof VariableValue variable)) {
                throw NnError.type("Variable must be a tf.Variable: " + Semantics.str(m, v));
            }
            Gradient gradient = g == None.NONE
                    ? null
                    : g instanceof IndexedSlicesValue s
                            ? s.slices()
                            : Operands.of(m, g).toOutput(TfState.of(m).graph(), null, variable.variable().dtype(), "Const");
            list.add(new GradientAndVariable(gradient, variable.variable()));
        }
        return Tensors.wrap(self.optimizer.applyGradients(TfState.of(m).graph(), list, step(globalStep), name));
    }

    @Builtin(value = "get_slot", signature = "var, name", method = true, doc = "The slot of that name beside the variable, or None.")
    static Object getSlot(Machine m, OptimizerValue self, VariableValue v, String name) {
        Optimizer keeper = self.optimizer instanceof SyncReplicas sync ? sync.inner() : self.optimizer;
        Variable slot = keeper.slot(v.variable(), name);
        return slot == null ? None.NONE : Tensors.wrap(slot);
    }

    @Builtin(value = "get_slot_names", method = true, doc = "The names of the optimizer's slots, sorted.")
    static Object getSlotNames(Machine m, OptimizerValue self) {
        return ListValue.of(self.optimizer.slotNames().toArray());
    }

    @Builtin(value = "get_name", method = true, doc = "The optimizer's name.")
    static String getName(Machine m, OptimizerValue self) {
        return self.optimizer.name();
    }

    @Builtin(value = "variables", method = true, doc = "The variables that the optimizer keeps.")
    static Object variables(Machine m, OptimizerValue self) {
        List<Object> all = new ArrayList<>();
        for (Variable v : self.optimizer.variables()) {
            all.add(Tensors.wrap(v));
        }
        return ListValue.of(all.toArray());
    }

    @Builtin(value = "GATE_NONE", property = true, doc = "Gradients do not wait for each other.")
    static long gateNone(Machine m, Object self) {
        return 0;
    }

    @Builtin(value = "GATE_OP", property = true, doc = "The gradients of one operation wait for each other.")
    static long gateOp(Machine m, Object self) {
        return 1;
    }

    @Builtin(value = "GATE_GRAPH", property = true, doc = "All gradients wait for each other.")
    static long gateGraph(Machine m, Object self) {
        return 2;
    }
}
