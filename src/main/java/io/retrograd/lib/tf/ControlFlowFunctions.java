package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.CondContext;
import io.retrograd.graph.build.ControlFlow;
import io.retrograd.graph.build.ControlFlow.LoopSettings;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** tf.cond, case, while_loop, group, tuple, no_op, Assert. */
final class ControlFlowFunctions {
    private ControlFlowFunctions() {}

    @Builtin(value = "no_op", signature = "name=None", doc = "An operation that does nothing.")
    static Object noOp(Machine m, String name) {
        return Tensors.wrap(ControlFlow.noOp(TfState.of(m).graph(), name));
    }

    @Builtin(
            value = "group",
            signature = "*inputs, name=None",
            doc = "An operation that has run when all of these have.",
            example = "step = tf.group(train, update_average)")
    static Object group(Machine m, Object[] inputs, String name) {
        List<Operation> operations = new ArrayList<>();
        for (Object x : inputs) {
            addTo(m, operations, x);
        }
        return Tensors.wrap(ControlFlow.group(TfState.of(m).graph(), operations, name));
    }

    private static void addTo(Machine m, List<Operation> operations, Object x) {
        if (x instanceof ListValue || x instanceof TupleValue) {
            for (Object e : Semantics.elements(m, x)) {
                addTo(m, operations, e);
            }
        } else {
            operations.add(operation(m, x));
        }
    }

    private static Operation operation(Machine m, Object x) {
        if (x instanceof OperationValue op) {
            return op.operation();
        }
        if (x instanceof TensorValue t) {
            return t.output().operation();
        }
        if (x instanceof VariableValue v) {
            return v.variable().operation();
        }
        if (x instanceof IndexedSlicesValue s) {
            return s.slices().values().operation();
        }
        throw NnError.type("Expected tf.group() expected Tensor arguments not '" + Semantics.str(m, x) + "' with type '<class '"
                + Semantics.typeOf(x).qualifiedName() + "'>'");
    }

    @Builtin(
            value = "tuple",
            signature = "tensors, name=None, control_inputs=None",
            doc = "The same tensors, there only when all of them have been computed.")
    static Object tuple(Machine m, Object tensors, String name, Object controlInputs) {
        Graph g = TfState.of(m).graph();
        List<Output> list = new ArrayList<>();
        for (Object t : Semantics.elements(m, tensors)) {
            list.add(t == None.NONE ? null : Operands.of(m, t).toOutput(g, null, null, "Const"));
        }
        List<Operation> more = new ArrayList<>();
        if (controlInputs != None.NONE) {
            for (Object c : Semantics.elements(m, controlInputs)) {
                more.add(operation(m, c));
            }
        }
        List<Object> gated = new ArrayList<>();
        for (Output o : ControlFlow.tuple(g, list, more, name)) {
            gated.add(o == null ? None.NONE : Tensors.wrap(o));
        }
        return ListValue.of(gated.toArray());
    }

    @Builtin(
            value = {"Assert", "debugging.Assert"},
            signature = "condition, data, summarize=None, name=None",
            doc = "An operation that fails with the data unless the condition holds.")
    static Object assertTrue(Machine m, Object condition, Object data, Object summarize, String name) {
        return Tensors.wrap(ControlFlow.assertTrue(
                TfState.of(m).graph(),
                Operands.of(m, condition),
                Operands.list(m, data),
                summarize == None.NONE ? null : Semantics.index(m, summarize),
                name));
    }

    // cond and case

    @Builtin(
            value = "cond",
            signature = "pred, true_fn=None, false_fn=None, strict=False, name=None, fn1=None, fn2=None",
            doc = "What one of two functions builds, chosen when it runs.",
            gradient = "through the branch that was taken",
            example = "tf.cond(x < y, lambda: x, lambda: y)")
    static Object cond(
            Machine m, Object pred, Object whenTrue, Object whenFalse, boolean strict, String name, Object fn1, Object fn2) {
        Object t = either(whenTrue, fn1, "true_fn", "fn1");
        Object f = either(whenFalse, fn2, "false_fn", "fn2");
        if (!Semantics.isCallable(t)) {
            throw NnError.type("true_fn must be callable.");
        }
        if (!Semantics.isCallable(f)) {
            throw NnError.type("false_fn must be callable.");
        }
        if (pred instanceof Boolean) {
            throw NnError.type("pred must not be a Python bool");
        }
        Branch first = new Branch(m, t, "true_fn", strict);
        List<Output> merged = ControlFlow.cond(
                TfState.of(m).graph(), Operands.of(m, pred), first, new Branch(m, f, "false_fn", strict), name);
        return first.structure.pack(merged, strict);
    }

    private static Object either(Object given, Object old, String name, String oldName) {
        if (old != None.NONE) {
            if (given != None.NONE) {
                throw NnError.type("cond(): " + name + " and " + oldName + " may not be set simultaneously.");
            }
            return old;
        }
        if (given == None.NONE) {
            throw NnError.type("cond(): " + name + " argument required");
        }
        return given;
    }

    /** A function of the script as one branch; remembers the structure of what it returned. */
    private static final class Branch implements ControlFlow.Branch {
        private final Machine m;
        private final Object function;
        private final String name;
        private final boolean strict;
        private Structure structure;

        Branch(Machine m, Object function, String name, boolean strict) {
            this.m = m;
            this.function = function;
            this.name = name;
            this.strict = strict;
        }

        @Override
        public List<Output> build(CondContext context) {
            Object result = Semantics.call(m, function);
            if (result == None.NONE) {
                throw NnError.value(name + " must have a return value.");
            }
            structure = Structure.of(m, result);
            List<Output> outputs = new ArrayList<>();
            for (Object leaf : structure.leaves()) {
                outputs.add(leaf instanceof OperationValue op
                        ? context.result(op.operation())
                        : context.result(Operands.of(m, leaf)));
            }
            return outputs;
        }
    }

    @Builtin(
            value = "case",
            signature = "pred_fn_pairs, default=None, exclusive=False, strict=False, name='case'",
            doc = "What the first function whose condition holds builds, else what the default does.",
            gradient = "through the branch that was taken")
    static Object caseOf(Machine m, Object pairs, Object defaultFunction, boolean exclusive, boolean strict, String name) {
        List<Output> conditions = new ArrayList<>();
        List<ControlFlow.Branch> actions = new ArrayList<>();
        List<Object[]> list = new ArrayList<>();
        if (pairs instanceof DictValue dict) {
            DictValue.Entries entries = dict.entries();
            while (entries.next()) {
                list.add(new Object[] {entries.key(), entries.value()});
            }
            list.sort(Comparator.comparing(p -> p[0] instanceof TensorValue t ? t.output().name() : ""));
        } else if (pairs instanceof ListValue || pairs instanceof TupleValue) {
            for (Object p : Semantics.elements(m, pairs)) {
                if (!(p instanceof TupleValue pair) || pair.size() != 2) {
                    throw NnError.type("Each entry in pred_fn_pairs must be a 2-tuple");
                }
                list.add(pair.toArray());
            }
        } else {
            throw NnError.type("fns must be a list, tuple, or dict");
        }
        Branch first = null;
        for (Object[] pair : list) {
            if (!(pair[0] instanceof TensorValue t)) {
                throw NnError.type("pred must be a Tensor, got: " + Semantics.str(m, pair[0]));
            }
            if (t.output().dtype() != DType.BOOL) {
                throw NnError.type("pred must be Tensor of type bool: " + t.output().name());
            }
            if (!Semantics.isCallable(pair[1])) {
                throw NnError.type("fn for pred " + t.output().name() + " must be callable.");
            }
            conditions.add(t.output());
            Branch action = new Branch(m, pair[1], "true_fn", strict);
            first = first == null ? action : first;
            actions.add(action);
        }
        Graph g = TfState.of(m).graph();
        if (conditions.isEmpty()) {
            return Semantics.call(m, defaultFunction);
        }
        if (defaultFunction == None.NONE && conditions.size() == 1) {
            throw NnError.value("tf.case with a single condition needs a default");
        }
        Branch last = defaultFunction == None.NONE ? null : new Branch(m, defaultFunction, "false_fn", strict);
        List<Output> merged = ControlFlow.caseOf(g, conditions, actions, last, exclusive, name);
        return first.structure.pack(merged, strict);
    }

    // Loops

    @Builtin(
            value = "while_loop",
            signature = "cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True, "
                    + "swap_memory=False, name=None, maximum_iterations=None, return_same_structure=False",
            doc = "The loop variables after the body was applied to them as long as the condition held.",
            gradient = "backwards through the turns of the loop, the last one first",
            example = "tf.while_loop(lambda i: i < 10, lambda i: i + 1, [tf.constant(0)])")
    static Object whileLoop(
            Machine m, Object cond, Object body, Object loopVars, Object invariants, long parallel, boolean backProp,
            boolean swap, String name, Object maximum, boolean sameStructure) {
        if (!Semantics.isCallable(cond)) {
            throw NnError.type("cond must be callable.");
        }
        if (!Semantics.isCallable(body)) {
            throw NnError.type("body must be callable.");
        }
        if (parallel < 1) {
            throw NnError.type("parallel_iterations must be a positive integer.");
        }
        Graph g = TfState.of(m).graph();
        try (var scope = g.nameScope(name == null ? "while" : name)) {
            if (!(loopVars instanceof ListValue) && !(loopVars instanceof TupleValue)) {
                loopVars = ListValue.of(loopVars);
            }
            if (Semantics.length(m, loopVars) == 0) {
                throw NnError.value("No loop variables provided");
            }
            Structure structure = Structure.of(m, loopVars);
            List<Output> variables = new ArrayList<>();
            for (Object leaf : structure.leaves()) {
                variables.add(Structure.tensor(m, g, leaf));
            }
            List<Shape> shapes = invariants == None.NONE ? null : shapes(m, invariants);
            if (shapes != null && shapes.size() != variables.size()) {
                throw NnError.value("The two structures don't have the same number of elements. First structure: "
                        + Semantics.repr(m, loopVars) + ", second structure: " + Semantics.repr(m, invariants));
            }
            Operand most = maximum == None.NONE ? null : Operands.of(m, maximum);
            LoopSettings settings = new LoopSettings(most, (int) parallel, backProp, swap);
            Structure[] returned = new Structure[1];
            List<Output> exits = ControlFlow.whileLoopHere(
                    g,
                    v -> Operands.of(m, Semantics.call(m, cond, Semantics.elements(m, structure.pack(v)))),
                    v -> {
                        Object result = Semantics.call(m, body, Semantics.elements(m, structure.pack(v)));
                        if (!(result instanceof ListValue) && !(result instanceof TupleValue)) {
                            result = ListValue.of(result);
                        }
                        returned[0] = Structure.of(m, result);
                        List<Output> next = new ArrayList<>();
                        for (Object leaf : returned[0].leaves()) {
                            next.add(Structure.tensor(m, g, leaf));
                        }
                        return next;
                    },
                    variables,
                    shapes,
                    settings);
            Object packed = returned[0].pack(exits);
            return exits.size() == 1 && !sameStructure ? Semantics.elements(m, packed)[0] : packed;
        }
    }

    private static List<Shape> shapes(Machine m, Object invariants) {
        List<Shape> shapes = new ArrayList<>();
        collect(m, invariants, shapes);
        return shapes;
    }

    private static void collect(Machine m, Object x, List<Shape> shapes) {
        if (x instanceof ListValue || x instanceof TupleValue) {
            for (Object e : Semantics.elements(m, x)) {
                collect(m, e, shapes);
            }
        } else {
            shapes.add(x instanceof ShapeValue s ? s.shape() : ShapeValue.convert(m, x));
        }
    }
}
