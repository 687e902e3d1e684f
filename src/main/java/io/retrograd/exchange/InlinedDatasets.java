package io.retrograd.exchange;

import io.retrograd.graph.OpDef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.framework.FunctionDef;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NodeDef;

/**
 * Puts what makes the dataset of a one-shot iterator beside the iterator: TensorFlow writes it as a function, a graph
 * here has it as the iterator's input.
 */
final class InlinedDatasets {
    private static final String FACTORY = "dataset_factory";

    private InlinedDatasets() {}

    /** @param definitions of operation types, as far as they are known */
    static GraphDef of(GraphDef def, Function<String, Optional<OpDef>> definitions) {
        Map<String, FunctionDef> functions = new HashMap<>();
        for (FunctionDef f : def.getLibrary().getFunctionList()) {
            functions.put(f.getSignature().getName(), f);
        }
        if (functions.isEmpty()) {
            return def;
        }
        GraphDef.Builder out = def.toBuilder().clearNode();
        for (NodeDef node : def.getNodeList()) {
            FunctionDef maker = functions.get(node.getAttrOrDefault(FACTORY, org.tensorflow.framework.AttrValue.getDefaultInstance())
                    .getFunc().getName());
            if (!node.getOp().equals("OneShotIterator") || maker == null || maker.getRetCount() != 1) {
                out.addNode(node);
                continue;
            }
            String scope = node.getName() + "/dataset/";
            Map<String, NodeDef> inside = new HashMap<>();
            maker.getNodeDefList().forEach(n -> inside.put(n.getName(), n));
            for (NodeDef n : maker.getNodeDefList()) {
                NodeDef.Builder copy = n.toBuilder().setName(scope + n.getName()).clearInput();
                n.getInputList().forEach(in -> copy.addInput(input(in, scope, inside, definitions)));
                out.addNode(copy);
            }
            String dataset = input(maker.getRetMap().values().iterator().next(), scope, inside, definitions);
            NodeDef.Builder iterator = node.toBuilder().removeAttr(FACTORY);
            out.addNode(iterator.clearInput().addInput(dataset).addAllInput(node.getInputList()));
        }
        return out.build();
    }

    /** {@code node:argument:place} of a function as {@code node:index} of a graph. */
    private static String input(String text, String scope, Map<String, NodeDef> inside, Function<String, Optional<OpDef>> definitions) {
        if (text.startsWith("^")) {
            return "^" + scope + text.substring(1);
        }
        String[] parts = text.split(":");
        if (parts.length < 3) {
            return scope + text;
        }
        NodeDef from = inside.get(parts[0]);
        int index = Integer.parseInt(parts[2]);
        if (from != null && definitions.apply(from.getOp()).isPresent()) {
            for (OpDef.Argument a : definitions.apply(from.getOp()).get().outputs()) {
                if (a.name().equals(parts[1])) {
                    break;
                }
                index += length(a, from);
            }
        }
        return scope + parts[0] + ":" + index;
    }

    private static int length(OpDef.Argument a, NodeDef node) {
        if (a.numberAttr() != null) {
            return (int) node.getAttrOrThrow(a.numberAttr()).getI();
        }
        return a.typeListAttr() != null ? node.getAttrOrThrow(a.typeListAttr()).getList().getTypeCount() : 1;
    }
}
