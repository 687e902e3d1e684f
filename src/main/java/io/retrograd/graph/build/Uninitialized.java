package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code tf.report_uninitialized_variables}: the names of variables without a value, picked by a boolean mask. */
public final class Uninitialized {
    private Uninitialized() {}

    /** A string tensor of the names. */
    public static Output report(Graph g, List<Variable> variables, String name) {
        try (NameScope scope = g.nameScope(name); Graph.Block cpu = g.device("/device:CPU:0")) {
            if (variables.isEmpty()) {
                return g.constant(NdArray.zeros(DType.STRING, 0), "Const");
            }
            List<Output> ready = new ArrayList<>();
            Object[] names = new Object[variables.size()];
            for (int i = 0; i < names.length; i++) {
                names[i] = variables.get(i).operation().name().getBytes(StandardCharsets.UTF_8);
            }
            for (Variable v : variables) {
                ready.add(Variables.isInitialized(g, v, null));
            }
            Output missing = g.op("LogicalNot").input(g.op("Pack").name("stack").inputs(ready).output()).output();
            Output all = g.constant(NdArray.wrap(DType.STRING, names, names.length), "Const");
            return mask(g, all, missing);
        }
    }

    /** {@code tf.boolean_mask} of a vector by a vector. */
    private static Output mask(Graph g, Output tensor, Output mask) {
        try (NameScope scope = g.nameScope("boolean_mask")) {
            Output shape = Shapes.shape(g, tensor, null);
            Output masked = slice(g, shape, 0, 1, 0, 0);
            Output leading = MathOps.reduce(g, "Prod", masked, Literal.ofInts(0), false, null);
            Output before = slice(g, Shapes.shape(g, tensor, null), 0, 0, 1, 0);
            Output after = slice(g, Shapes.shape(g, tensor, null), 1, 0, 0, 1);
            Output middle = g.op("Pack").name("concat/values_1").inputs(List.of(leading)).output();
            Output to = g.op("ConcatV2").name("concat").inputs(List.of(before, middle, after)).input(Literal.of(0)).output();
            Output flat = g.op("Reshape").input(tensor).input(to).output();
            Output flatMask = g.op("Reshape").input(mask).input(Literal.ofInts(-1)).output();
            Output where = g.op("Where").input(flatMask).output();
            Output indices = g.op("Squeeze").input(where).attr("squeeze_dims", List.of(1L)).output();
            return g.op("GatherV2").input(flat).input(indices).input(Literal.of(0)).output();
        }
    }

    private static Output slice(Graph g, Output x, int from, int to, int beginMask, int endMask) {
        try (NameScope scope = g.nameScope("strided_slice")) {
            Output begin = g.constant(NdArray.of(new int[] {from}), "stack");
            Output end = g.constant(NdArray.of(new int[] {to}), "stack_1");
            Output step = g.constant(NdArray.of(new int[] {1}), "stack_2");
            return g.op("StridedSlice").name(scope.operationName()).input(x).input(begin).input(end).input(step)
                    .attr("begin_mask", (long) beginMask).attr("end_mask", (long) endMask).output();
        }
    }
}
