package io.retrograd.train;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operations through which a Saver saves and restores.
 *
 * @param filename the tensor to feed the prefix to
 * @param save evaluates to the prefix once everything is saved
 * @param restore runs when everything is restored
 */
public record SaverGraph(Output filename, Output save, Operation restore) {

    /**
     * @param variables by the keys under which they are saved
     * @param reshape whether a saved value may have another shape of as many elements
     */
    public static SaverGraph build(Graph g, Map<String, Variable> variables, String name, String defaultFile, boolean reshape) {
        if (variables.isEmpty()) {
            throw NnError.value("No variables to save");
        }
        TreeMap<String, Variable> sorted = new TreeMap<>(variables);
        List<String> keys = new ArrayList<>(sorted.keySet());
        List<DType> types = new ArrayList<>();
        List<Operand> references = new ArrayList<>();
        for (Variable v : sorted.values()) {
            types.add(v.dtype());
            references.add(v.reference());
        }
        try (NameScope scope = g.nameScope(name == null ? "save" : name)) {
            Output file = g.op("PlaceholderWithDefault").name("filename")
                    .input(new Text(List.of(defaultFile), true)).attr("shape", Shape.scalar()).output();
            Output prefix = g.op("PlaceholderWithDefault").name("Const").input(file).attr("shape", Shape.scalar()).output();
            try (Graph.Block cpu = g.device("/device:CPU:0")) {
                Operation saving = g.op("SaveV2").input(prefix).input(new Text(keys, false))
                        .input(new Text(blanks(keys.size()), false)).inputs(references).operation();
                Output saved;
                try (Graph.Block after = g.controlDependencies(List.of(saving))) {
                    saved = g.op("Identity").name("control_dependency").input(prefix).output();
                }
                Operation restored = g.op("RestoreV2").input(prefix).input(new Text(keys, false))
                        .input(new Text(blanks(keys.size()), false)).attr("dtypes", types).operation();
                List<Operation> assigns = new ArrayList<>();
                int i = 0;
                for (Variable v : sorted.values()) {
                    try (Graph.Block colocated = g.colocateWith(v.operation())) {
                        Output value = restored.output(i++);
                        if (reshape) {
                            value = g.op("Reshape").input(value).input(Literal.ofInts(v.shape().toInts())).output();
                        }
                        assigns.add(g.op("Assign").input(v).input(value).attr("validate_shape", !reshape && v.shape().isFullyDefined())
                                .attr("use_locking", true).operation());
                    }
                }
                try (Graph.Block after = g.controlDependencies(assigns)) {
                    return new SaverGraph(prefix, saved, g.op("NoOp").name("restore_all").operation());
                }
            }
        }
    }

    private static List<String> blanks(int n) {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            list.add("");
        }
        return list;
    }

    /** Strings as a constant: one alone, or a vector. */
    private record Text(List<String> strings, boolean scalar) implements Operand {
        @Override
        public Output toOutput(Graph graph, DType wanted, DType preferred, String name) {
            Object[] bytes = new Object[strings.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = strings.get(i).getBytes(StandardCharsets.UTF_8);
            }
            int[] shape = scalar ? new int[0] : new int[] {bytes.length};
            return graph.constant(NdArray.wrap(DType.STRING, bytes, shape), name);
        }
    }
}
