package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ControlFlow;
import io.retrograd.graph.build.ControlFlow.LoopSettings;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.graph.build.TensorArray;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Loops over the elements of tensors: tf.map_fn, scan, foldl, foldr; and the arrays that they use. */
final class LoopFunctions {
    private LoopFunctions() {}

    @Builtin(
            value = "TensorArray",
            signature = "dtype, size=None, dynamic_size=None, clear_after_read=None, tensor_array_name=None, handle=None, "
                    + "flow=None, infer_shape=True, element_shape=None, colocate_with_first_write_call=True, name=None",
            doc = "An array of tensors for loops, written and read element by element.")
    static Object tensorArray(
            Machine m, Object dtype, Object size, Object dynamic, Object clear, String arrayName, Object handle, Object flow,
            boolean infer, Object elementShape, boolean colocate, String name) {
        Graph g = TfState.of(m).graph();
        DType type = DTypeValue.convert(m, dtype);
        if (handle instanceof TensorValue h) {
            if (!(flow instanceof TensorValue f)) {
                throw NnError.value("flow must not be None if handle is not None.");
            }
            return new TensorArrayValue(TensorArray.of(g, type, h.output(), f.output()));
        }
        if (size == None.NONE) {
            throw NnError.value("Size must be provided if handle is not provided");
        }
        TensorArray.Settings settings = new TensorArray.Settings(
                dynamic != None.NONE && Semantics.truth(m, dynamic),
                clear == None.NONE || Semantics.truth(m, clear),
                infer,
                elementShape == None.NONE ? Shape.unknown() : ShapeValue.convert(m, elementShape),
                arrayName == null ? "" : arrayName);
        return new TensorArrayValue(TensorArray.create(g, type, Operands.of(m, size), settings, name));
    }

    /** What these loops go over: one tensor or a structure of them, and how many elements they have. */
    private static final class Elems {
        final Structure structure;
        final List<Output> tensors = new ArrayList<>();
        final List<TensorArray> arrays = new ArrayList<>();
        final Operand count;
        final int known;

        Elems(Machine m, Graph g, Object elems) {
            structure = Structure.of(m, elems);
            for (Object leaf : structure.leaves()) {
                tensors.add(Operands.of(m, leaf).toOutput(g, null, null, "elem"));
            }
            Shape first = tensors.get(0).shape();
            if (first.hasRank() && first.rank() < 1) {
                throw NnError.value(tensors.size() == 1
                        ? "elems must be a 1+ dimensional Tensor, not a scalar"
                        : "elements in elems must be 1+ dimensional Tensors, not scalars");
            }
            known = first.hasRank() ? first.dim(0) : Shape.UNKNOWN;
            // 0 counts as unknown, as in TensorFlow.
            count = known > 0 ? Literal.of(known) : first(g, tensors.get(0));
        }

        private static Output first(Graph g, Output tensor) {
            Output shape = Shapes.shape(g, tensor, null);
            try (NameScope scope = g.nameScope("strided_slice")) {
                Output begin = g.constant(NdArray.of(new int[] {0}), "stack");
                Output end = g.constant(NdArray.of(new int[] {1}), "stack_1");
                Output step = g.constant(NdArray.of(new int[] {1}), "stack_2");
                return g.op("StridedSlice").name(scope.operationName()).input(shape).input(begin).input(end).input(step)
                        .attr("shrink_axis_mask", 1L).output();
            }
        }

        void unstack(Graph g) {
            List<TensorArray> made = new ArrayList<>();
            for (Output t : tensors) {
                made.add(TensorArray.create(g, t.dtype(), count, TensorArray.Settings.DEFAULT, null));
            }
            for (int i = 0; i < made.size(); i++) {
                arrays.add(made.get(i).unstack(tensors.get(i), null));
            }
        }

        Object at(Operand index) {
            List<Output> parts = new ArrayList<>();
            for (TensorArray a : arrays) {
                parts.add(a.read(index, null));
            }
            return structure.pack(parts);
        }
    }

    private static LoopSettings settings(Operand count, Object parallel, boolean backProp, boolean swap, Machine m) {
        int n = parallel == None.NONE ? 10 : (int) Semantics.index(m, parallel);
        return new LoopSettings(count, n, backProp, swap);
    }

    private static void checkCallable(Object fn) {
        if (!Semantics.isCallable(fn)) {
            throw NnError.type("fn must be callable.");
        }
    }

    @Builtin(
            value = "map_fn",
            signature = "fn, elems, dtype=None, parallel_iterations=None, back_prop=True, swap_memory=False, infer_shape=True, "
                    + "name=None",
            doc = "The function applied to each element along the first dimension.",
            shapes = "(n, ...) -> (n, what fn gives)",
            gradient = "through fn, element by element",
            example = "tf.map_fn(lambda x: x * 2, tf.constant([1, 2, 3]))")
    static Object mapFn(
            Machine m, Object fn, Object elems, Object dtype, Object parallel, boolean backProp, boolean swap, boolean infer,
            String name) {
        checkCallable(fn);
        Graph g = TfState.of(m).graph();
        try (NameScope scope = g.nameScope(name == null ? "map" : name)) {
            Elems in = new Elems(m, g, elems);
            List<DType> types = new ArrayList<>();
            Structure shape = in.structure;
            if (dtype == None.NONE) {
                in.tensors.forEach(t -> types.add(t.dtype()));
            } else {
                shape = Structure.of(m, dtype);
                for (Object t : shape.leaves()) {
                    types.add(DTypeValue.convert(m, t));
                }
            }
            in.unstack(g);
            Output start = g.constant(NdArray.scalar(0), "Const");
            List<TensorArray> results = new ArrayList<>();
            for (DType t : types) {
                results.add(TensorArray.create(g, t, in.count, inferring(infer, Shape.unknown()), null));
            }
            List<Output> variables = new ArrayList<>(List.of(start));
            results.forEach(r -> variables.add(r.flow()));
            List<Output> exits = ControlFlow.whileLoop(
                    g,
                    v -> g.op("Less").input(v.get(0)).input(in.count).output(),
                    v -> {
                        Object made = Semantics.call(m, fn, in.at(v.get(0)));
                        List<Object> leaves = Structure.of(m, made).leaves();
                        if (leaves.size() != types.size()) {
                            throw NnError.value("The two structures don't have the same number of elements: fn returned "
                                    + leaves.size() + ", expected " + types.size());
                        }
                        List<Output> flows = new ArrayList<>();
                        for (int i = 0; i < leaves.size(); i++) {
                            flows.add(results.get(i).with(v.get(i + 1))
                                    .write(v.get(0), Operands.of(m, leaves.get(i)), null).flow());
                        }
                        List<Output> next = new ArrayList<>(List.of(MathOps.plus(g, v.get(0), Literal.of(1))));
                        next.addAll(flows);
                        return next;
                    },
                    variables,
                    null,
                    settings(in.count, parallel, backProp, swap, m),
                    null);
            return shape.pack(stacked(results, exits, 1, in.known));
        }
    }

    private static TensorArray.Settings inferring(boolean infer, Shape shape) {
        return new TensorArray.Settings(false, true, infer, shape, "");
    }

    private static List<Output> stacked(List<TensorArray> arrays, List<Output> exits, int from, int known) {
        List<Output> all = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            all.add(arrays.get(i).with(exits.get(from + i)).stack(null));
        }
        for (Output o : all) {
            if (o.shape().hasRank()) {
                o.refineShape(o.shape().withDim(0, known));
            }
        }
        return all;
    }

    @Builtin(
            value = "foldl",
            signature = "fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None",
            doc = "fn(fn(fn(initializer, elems[0]), elems[1]), ...).",
            shapes = "(n, ...) -> what fn gives",
            gradient = "backwards through the calls of fn")
    static Object foldl(
            Machine m, Object fn, Object elems, Object initializer, Object parallel, boolean backProp, boolean swap,
            String name) {
        return fold(m, "foldl", fn, elems, initializer, parallel, backProp, swap, name);
    }

    @Builtin(
            value = "foldr",
            signature = "fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None",
            doc = "fn(fn(fn(initializer, elems[-1]), elems[-2]), ...).",
            shapes = "(n, ...) -> what fn gives",
            gradient = "backwards through the calls of fn")
    static Object foldr(
            Machine m, Object fn, Object elems, Object initializer, Object parallel, boolean backProp, boolean swap,
            String name) {
        return fold(m, "foldr", fn, elems, initializer, parallel, backProp, swap, name);
    }

    private static Object fold(
            Machine m, String kind, Object fn, Object elems, Object initializer, Object parallel, boolean backProp,
            boolean swap, String name) {
        checkCallable(fn);
        boolean right = kind.equals("foldr");
        Graph g = TfState.of(m).graph();
        try (NameScope scope = g.nameScope(name == null ? kind : name)) {
            Elems in = new Elems(m, g, elems);
            in.unstack(g);
            Operand index;
            Structure shape;
            List<Output> variables = new ArrayList<>();
            if (initializer == None.NONE) {
                if (right) {
                    index = in.known > 0 ? Literal.of(in.known - 1) : MathOps.minus(g, in.count, Literal.of(1));
                    shape = Structure.of(m, in.at(index));
                } else {
                    shape = Structure.of(m, in.at(Literal.of(0)));
                    index = g.constant(NdArray.scalar(1), "Const");
                }
            } else {
                shape = Structure.of(m, initializer);
                index = right ? in.count : g.constant(NdArray.scalar(0), "Const");
            }
            variables.add(index.toOutput(g, null, null, "Const"));
            for (Object leaf : shape.leaves()) {
                variables.add(Structure.tensor(m, g, leaf));
            }
            List<Output> exits = ControlFlow.whileLoop(
                    g,
                    v -> right
                            ? g.op("Greater").input(v.get(0)).input(Literal.of(0)).output()
                            : g.op("Less").input(v.get(0)).input(in.count).output(),
                    v -> {
                        Output i = v.get(0);
                        Output at = right ? MathOps.minus(g, i, Literal.of(1)) : i;
                        Object element = in.at(at);
                        Object made = Semantics.call(m, fn, shape.pack(v.subList(1, v.size())), element);
                        List<Output> next = new ArrayList<>(List.of(right ? at : MathOps.plus(g, i, Literal.of(1))));
                        for (Object leaf : Structure.of(m, made).leaves()) {
                            next.add(Structure.tensor(m, g, leaf));
                        }
                        return next;
                    },
                    variables,
                    null,
                    settings(in.count, parallel, backProp, swap, m),
                    null);
            return shape.pack(exits.subList(1, exits.size()));
        }
    }

    @Builtin(
            value = "scan",
            signature = "fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, "
                    + "infer_shape=True, reverse=False, name=None",
            doc = "All values that foldl comes by, as one tensor.",
            shapes = "(n, ...) -> (n, what fn gives)",
            gradient = "backwards through the calls of fn",
            example = "tf.scan(lambda a, x: a + x, tf.constant([1, 2, 3]))")
    static Object scan(
            Machine m, Object fn, Object elems, Object initializer, Object parallel, boolean backProp, boolean swap,
            boolean infer, boolean reverse, String name) {
        checkCallable(fn);
        Graph g = TfState.of(m).graph();
        try (NameScope scope = g.nameScope(name == null ? "scan" : name)) {
            Elems in = new Elems(m, g, elems);
            in.unstack(g);
            Operand last = !reverse ? null
                    : in.known > 0 ? Literal.of(in.known - 1) : MathOps.minus(g, in.count, Literal.of(1));
            Structure shape;
            Operand index;
            List<Output> first = new ArrayList<>();
            if (initializer == None.NONE) {
                shape = Structure.of(m, in.at(reverse ? last : Literal.of(0)));
                index = Literal.of(1);
            } else {
                shape = Structure.of(m, initializer);
                index = Literal.of(0);
            }
            for (Object leaf : shape.leaves()) {
                first.add(Structure.tensor(m, g, leaf));
            }
            List<TensorArray> results = new ArrayList<>();
            for (Output a : first) {
                results.add(TensorArray.create(
                        g, a.dtype(), in.count, inferring(infer, infer ? a.shape() : Shape.unknown()), null));
            }
            if (initializer == None.NONE) {
                for (int i = 0; i < results.size(); i++) {
                    results.set(i, results.get(i).write(reverse ? last : Literal.of(0), first.get(i), null));
                }
            }
            if (reverse) {
                index = initializer == None.NONE
                        ? in.known > 0 ? Literal.of(in.known - 2) : MathOps.minus(g, in.count, Literal.of(2))
                        : last;
            }
            List<Output> variables = new ArrayList<>(List.of(index.toOutput(g, null, null, "Const")));
            variables.addAll(first);
            results.forEach(r -> variables.add(r.flow()));
            int n = first.size();
            List<Output> exits = ControlFlow.whileLoop(
                    g,
                    v -> reverse
                            ? g.op("GreaterEqual").input(v.get(0)).input(Literal.of(0)).output()
                            : g.op("Less").input(v.get(0)).input(in.count).output(),
                    v -> {
                        Object element = in.at(v.get(0));
                        Object made = Semantics.call(m, fn, shape.pack(v.subList(1, 1 + n)), element);
                        List<Output> values = new ArrayList<>();
                        for (Object leaf : Structure.of(m, made).leaves()) {
                            values.add(Structure.tensor(m, g, leaf));
                        }
                        List<Output> flows = new ArrayList<>();
                        for (int i = 0; i < n; i++) {
                            flows.add(results.get(i).with(v.get(1 + n + i)).write(v.get(0), values.get(i), null).flow());
                        }
                        Output next = reverse
                                ? MathOps.minus(g, v.get(0), Literal.of(1))
                                : MathOps.plus(g, v.get(0), Literal.of(1));
                        List<Output> all = new ArrayList<>(List.of(next));
                        all.addAll(values);
                        all.addAll(flows);
                        return all;
                    },
                    variables,
                    null,
                    settings(in.count, parallel, backProp, swap, m),
                    null);
            return shape.pack(stacked(results, exits, 1 + n, in.known));
        }
    }
}
