package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python list of tensors and numbers as an operand: where an operation takes it, its numbers become constants
 * {@code name/i} of the tensors' type and all of it a Pack called name.
 */
public record Packed(List<Operand> elements) implements Operand {

    @Override
    public Output toOutput(Graph graph, DType wanted, DType preferred, String name) {
        DType type = wanted;
        for (int i = 0; type == null && i < elements.size(); i++) {
            if (elements.get(i) instanceof Output o) {
                type = o.dtype();
            } else if (elements.get(i) instanceof Variable v) {
                type = v.dtype();
            }
        }
        try (NameScope scope = graph.nameScope(name)) {
            List<Output> parts = new ArrayList<>();
            for (int i = 0; i < elements.size(); i++) {
                Operand x = elements.get(i);
                boolean tensor = x instanceof Output || x instanceof Variable;
                parts.add(x.toOutput(graph, tensor ? null : type, null, String.valueOf(i)));
            }
            return graph.op("Pack").name(scope.operationName()).inputs(parts).output();
        }
    }
}
