package io.retrograd.exchange;

import io.retrograd.graph.OpDef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.FunctionDef;
import org.tensorflow.framework.FunctionDefLibrary;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.framework.OpDef.ArgDef;
import org.tensorflow.framework.TensorShapeProto;

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
            FunctionDef maker = functions.get(node.getAttrOrDefault(FACTORY, AttrValue.getDefaultInstance())
                    .getFunc().getName());
            if (!node.getOp().equals("OneShotIterator") || maker == null || maker.getRetCount() != 1) {
                out.addNode(node);
                continue;
            }
            String scope = node.getName() + "/dataset/";
            Map<String, NodeDef> inside = nodes(maker);
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

    /** The body of a function as a graph of its own, with placeholders for the arguments. */
    static GraphDef body(FunctionDef function, FunctionDefLibrary library, Function<String, Optional<OpDef>> definitions) {
        GraphDef.Builder out = GraphDef.newBuilder().setLibrary(library).setVersions(GraphDefs.versions());
        for (ArgDef argument : function.getSignature().getInputArgList()) {
            out.addNode(NodeDef.newBuilder().setName(argument.getName()).setOp("Placeholder")
                    .putAttr("dtype", AttrValue.newBuilder().setType(argument.getType()).build())
                    .putAttr("shape", AttrValue.newBuilder().setShape(TensorShapeProto.newBuilder().setUnknownRank(true)).build()));
        }
        Map<String, NodeDef> inside = nodes(function);
        for (NodeDef n : function.getNodeDefList()) {
            NodeDef.Builder copy = n.toBuilder().clearInput();
            n.getInputList().forEach(in -> copy.addInput(input(in, "", inside, definitions)));
            out.addNode(copy);
        }
        return out.build();
    }

    /** The tensor of a function's body that it answers under that name. */
    static String result(FunctionDef function, String name, Function<String, Optional<OpDef>> definitions) {
        return input(function.getRetOrThrow(name), "", nodes(function), definitions);
    }

    private static Map<String, NodeDef> nodes(FunctionDef function) {
        Map<String, NodeDef> inside = new HashMap<>();
        function.getNodeDefList().forEach(n -> inside.put(n.getName(), n));
        return inside;
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
