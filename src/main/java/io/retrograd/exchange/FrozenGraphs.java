package io.retrograd.exchange;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NodeDef;

/** Graphs made smaller for use without training: {@code tf.graph_util}. */
public final class FrozenGraphs {
    private static final Set<String> VARIABLES = Set.of("Variable", "VariableV2");

    private FrozenGraphs() {}

    private static String nodeName(String input) {
        int from = input.startsWith("^") ? 1 : 0;
        int colon = input.indexOf(':');
        return input.substring(from, colon < 0 ? input.length() : colon);
    }

    /**
     * The part of a graph that some of its nodes need, in the graph's order.
     *
     * @throws NnError AssertionError for a name that is not in the graph
     */
    public static GraphDef extract(GraphDef graph, Collection<String> names) {
        Map<String, NodeDef> nodes = new HashMap<>();
        graph.getNodeList().forEach(n -> nodes.put(n.getName(), n));
        Deque<String> next = new ArrayDeque<>();
        for (String name : names) {
            if (!nodes.containsKey(name)) {
                throw new NnError(ErrorKind.ASSERTION_ERROR, name + " is not in graph");
            }
            next.add(name);
        }
        Set<String> kept = new HashSet<>();
        while (!next.isEmpty()) {
            String name = next.poll();
            NodeDef node = nodes.get(name);
            if (node == null || !kept.add(name)) {
                continue;
            }
            node.getInputList().forEach(in -> next.add(nodeName(in)));
            AttrValue classes = node.getAttrMap().get("_class");
            if (classes != null) {
                classes.getList().getSList().forEach(s -> {
                    if (s.toStringUtf8().startsWith("loc:@")) {
                        next.add(s.toStringUtf8().substring("loc:@".length()));
                    }
                });
            }
        }
        GraphDef.Builder out = GraphDef.newBuilder().setLibrary(graph.getLibrary()).setVersions(graph.getVersions());
        graph.getNodeList().stream().filter(n -> kept.contains(n.getName())).forEach(out::addNode);
        return out.build();
    }

    /** The names of the variables in a graph, in its order. */
    public static List<String> variables(GraphDef graph) {
        return graph.getNodeList().stream().filter(n -> VARIABLES.contains(n.getOp())).map(NodeDef::getName).toList();
    }

    /** The graph with constants in place of those variables. */
    public static GraphDef freeze(GraphDef graph, Map<String, NdArray> values) {
        GraphDef.Builder out = GraphDef.newBuilder().setLibrary(graph.getLibrary());
        for (NodeDef node : graph.getNodeList()) {
            NdArray value = values.get(node.getName());
            out.addNode(value == null ? node : NodeDef.newBuilder()
                    .setName(node.getName())
                    .setOp("Const")
                    .putAttr("dtype", node.getAttrOrThrow("dtype"))
                    .putAttr("value", AttrValue.newBuilder().setTensor(TensorProtos.of(value)).build())
                    .build());
        }
        return out.build();
    }

    /** The graph without checks of numbers and without identities that nothing waits for. */
    public static GraphDef withoutTraining(GraphDef graph, Collection<String> kept) {
        Set<String> removed = new HashSet<>();
        Set<String> waitedFor = new HashSet<>();
        Set<String> waiting = new HashSet<>();
        for (NodeDef node : graph.getNodeList()) {
            if (node.getOp().equals("CheckNumerics") && !kept.contains(node.getName())) {
                removed.add(node.getName());
            }
        }
        GraphDef.Builder checked = GraphDef.newBuilder();
        for (NodeDef node : graph.getNodeList()) {
            if (removed.contains(node.getName())) {
                continue;
            }
            NodeDef.Builder copy = node.toBuilder().clearInput();
            for (String in : node.getInputList()) {
                String from = in.startsWith("^") ? in.substring(1) : in;
                if (!removed.contains(from)) {
                    copy.addInput(in);
                    if (in.startsWith("^")) {
                        waitedFor.add(from);
                        waiting.add(node.getName());
                    }
                }
            }
            checked.addNode(copy);
        }
        Map<String, String> spliced = new HashMap<>();
        for (NodeDef node : checked.getNodeList()) {
            boolean identity = node.getOp().equals("Identity") && !kept.contains(node.getName());
            if (identity && !waiting.contains(node.getName()) && !waitedFor.contains(node.getName())) {
                spliced.put(node.getName(), node.getInput(0));
            }
        }
        GraphDef.Builder out = GraphDef.newBuilder();
        for (NodeDef node : checked.getNodeList()) {
            if (spliced.containsKey(node.getName())) {
                continue;
            }
            NodeDef.Builder copy = node.toBuilder().clearInput();
            for (String in : node.getInputList()) {
                String full = in;
                while (spliced.containsKey(full.startsWith("^") ? full.substring(1) : full)) {
                    full = spliced.get(full.startsWith("^") ? full.substring(1) : full);
                }
                copy.addInput(full);
            }
            out.addNode(copy);
        }
        return out.build();
    }
}
