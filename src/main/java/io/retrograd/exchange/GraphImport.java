package io.retrograd.exchange;

import com.google.protobuf.ByteString;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.GraphFunction;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NodeDef;

/**
 * Adds the operations of a GraphDef to a graph: each once its inputs are there, those that stand first in the file
 * first, as TensorFlow's importer does; the back edges of loops last.
 */
public final class GraphImport {
    /** Graphs of an older producer say of a placeholder of unknown shape that it is a scalar. */
    private static final int PLACEHOLDERS_WITH_SHAPES = 24;

    private static final Set<String> MERGES = Set.of("Merge", "RefMerge");
    private static final Set<String> BACK_EDGES = Set.of("NextIteration", "RefNextIteration");

    private final Graph graph;
    private final GraphDef def;
    private final String prefix;
    private final Map<String, Output> inputMap;
    private final boolean lenient;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Operation> made = new LinkedHashMap<>();
    private final Set<String> mapped = new HashSet<>();
    private final Set<String> unknownTypes = new TreeSet<>();
    private ForeignOps foreign;

    private GraphImport(Graph graph, GraphDef def, String prefix, Map<String, Output> inputMap, boolean lenient) {
        this.graph = graph;
        this.def = InlinedDatasets.of(def, graph::find);
        this.prefix = prefix;
        this.inputMap = inputMap;
        this.lenient = lenient;
    }

    /**
     * Adds a graph to another.
     *
     * @param prefix the scope in which its names are put, without a slash at its end; empty for none
     * @param inputMap what to use instead of tensors ({@code x:0}) or operations to wait for ({@code ^x}) of the file
     * @return the new operations by their names in the file
     * @throws NnError NotFoundError for an operation type that is unknown to TensorFlow, ValueError for a graph that does
     *     not hold together
     */
    public static Map<String, Operation> into(Graph graph, GraphDef def, String prefix, Map<String, Output> inputMap) {
        GraphImport work = new GraphImport(graph, def, prefix, inputMap, false);
        work.run();
        return work.made;
    }

    /**
     * Adds a graph to another to be looked at: operations of unknown types become stand-ins.
     *
     * @return the unknown types
     */
    public static Set<String> toLookAt(Graph graph, GraphDef def) {
        GraphImport work = new GraphImport(graph, def, "", Map.of(), true);
        work.run();
        return work.unknownTypes;
    }

    /** One input of a node: a tensor, or an operation to wait for where the index is -1. */
    private record Input(String node, int index) {
        static Input of(String text) {
            if (text.startsWith("^")) {
                return new Input(text.substring(1), -1);
            }
            int colon = text.lastIndexOf(':');
            if (colon > 0 && text.substring(colon + 1).matches("[0-9]{1,9}")) {
                return new Input(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
            }
            return new Input(text, 0);
        }

        String key() {
            return index < 0 ? "^" + node : node + ":" + index;
        }
    }

    private Output replacement(Input in) {
        Output other = inputMap.get(in.key());
        if (other == null && in.index == 0) {
            other = inputMap.get(in.node);
        }
        return other;
    }

    private void run() {
        for (int i = 0; i < def.getNodeCount(); i++) {
            String name = def.getNode(i).getName();
            if (places.put(name, i) != null) {
                throw NnError.value("Node '" + name + "' is not unique");
            }
        }
        int[] waitingFor = new int[def.getNodeCount()];
        List<List<Integer>> users = new ArrayList<>();
        for (int i = 0; i < waitingFor.length; i++) {
            users.add(new ArrayList<>());
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < waitingFor.length; i++) {
            NodeDef node = def.getNode(i);
            for (String text : node.getInputList()) {
                Input in = Input.of(text);
                if (replacement(in) != null) {
                    mapped.add(in.key());
                    continue;
                }
                Integer from = places.get(in.node);
                if (from == null && lenient) {
                    continue;
                }
                if (from == null) {
                    throw NnError.value("Node '" + node.getName() + "': Unknown input node '" + text + "'");
                }
                if (!isBackEdge(node, in)) {
                    waitingFor[i]++;
                    users.get(from).add(i);
                }
            }
            if (waitingFor[i] == 0) {
                ready.add(i);
            }
        }
        checkInputMap();
        while (!ready.isEmpty()) {
            int at = ready.poll();
            NodeDef node = def.getNode(at);
            made.put(node.getName(), add(node));
            for (int user : users.get(at)) {
                if (--waitingFor[user] == 0) {
                    ready.add(user);
                }
            }
        }
        if (made.size() < def.getNodeCount()) {
            throw NnError.value((def.getNodeCount() - made.size()) + " nodes in a cycle");
        }
        closeLoops();
    }

    private boolean isBackEdge(NodeDef node, Input in) {
        if (!places.containsKey(in.node)) {
            return false;
        }
        return MERGES.contains(node.getOp()) && in.index >= 0 && replacement(in) == null
                && BACK_EDGES.contains(def.getNode(places.get(in.node)).getOp());
    }

    private void checkInputMap() {
        List<String> unused = new ArrayList<>();
        for (String key : inputMap.keySet()) {
            String full = Input.of(key).key();
            if (!mapped.contains(full)) {
                unused.add(full);
            }
        }
        if (!unused.isEmpty()) {
            throw NnError.value("Attempted to map inputs that were not found in graph_def: [" + String.join(", ", unused) + "]");
        }
    }

    private Operation add(NodeDef node) {
        try {
            return addChecked(node);
        } catch (NnError mistake) {
            if (!lenient) {
                throw mistake;
            }
        } catch (IndexOutOfBoundsException | ClassCastException | NullPointerException | IllegalArgumentException malformed) {
            if (!lenient) {
                throw NnError.value("Node '" + node.getName() + "' does not hold together: its attributes or inputs do not fit an "
                        + "operation of type '" + node.getOp() + "'");
            }
        }
        // To be looked at: the inputs that are there, whatever they are.
        List<Output> inputs = new ArrayList<>();
        List<Operation> control = new ArrayList<>();
        for (String text : node.getInputList()) {
            Input in = Input.of(text);
            Operation from = made.get(in.node);
            if (from != null && in.index < 0) {
                control.add(from);
            } else if (from != null && in.index < from.outputCount()) {
                inputs.add(from.output(in.index));
            }
        }
        Map<String, Object> attributes = new HashMap<>();
        node.getAttrMap().forEach((key, value) -> attributes.put(key, value));
        attributes.put("_inputs", inputs.stream().map(Output::dtype).toList());
        Operation op = graph.addImported(
                node.getName(), ForeignOps.standIn(node, inputs.size(), outputsUsed(node.getName())), inputs, control, attributes,
                node.getDevice());
        refine(op, node);
        return op;
    }

    private Operation addChecked(NodeDef node) {
        List<Output> inputs = new ArrayList<>();
        List<Operation> control = new ArrayList<>();
        for (String text : node.getInputList()) {
            Input in = Input.of(text);
            Output other = replacement(in);
            if (in.index < 0) {
                control.add(other != null ? other.operation() : made.get(in.node));
            } else if (other != null) {
                inputs.add(other);
            } else {
                // The back edge of a loop: its source comes later, the value that enters the loop stands in.
                inputs.add(isBackEdge(node, in) ? inputs.get(0) : output(node, in));
            }
        }
        OpDef definition = definition(node, inputs.size());
        Map<String, Object> attributes = attributes(node, definition);
        function(node).ifPresent(f -> attributes.put("_host_function", f));
        if (!prefix.isEmpty() && (node.getOp().equals("Enter") || node.getOp().equals("RefEnter"))) {
            // As TensorFlow does it: what is read twice has two loops.
            attributes.computeIfPresent("frame_name", (key, frame) -> prefix + "/" + frame);
        }
        if (!inputs.isEmpty() && attributes.get("_inputs") == null && isStandIn(definition)) {
            List<DType> types = new ArrayList<>();
            inputs.forEach(in -> types.add(in.dtype()));
            attributes.put("_inputs", types);
        }
        if (!unknownTypes.contains(node.getOp())) {
            checkInputs(node, definition, inputs, attributes);
        }
        String name = prefix.isEmpty() ? node.getName() : prefix + "/" + node.getName();
        Operation op = graph.addImported(name, definition, inputs, control, attributes, node.getDevice());
        refine(op, node);
        return op;
    }

    /** The function of the file that an operation of a dataset calls. */
    private Optional<GraphFunction> function(NodeDef node) {
        String attribute = node.getOp().equals("FilterDataset") ? "predicate" : "f";
        String name = node.getAttrOrDefault(attribute, AttrValue.getDefaultInstance()).getFunc().getName();
        return name.isEmpty() || lenient ? Optional.empty() : def.getLibrary().getFunctionList().stream()
                .filter(f -> f.getSignature().getName().equals(name))
                .findFirst()
                .map(f -> new ImportedFunction(f, def.getLibrary()));
    }

    private boolean isStandIn(OpDef definition) {
        return unknownTypes.contains(definition.type());
    }

    private Output output(NodeDef node, Input in) {
        Operation from = made.get(in.node);
        if (in.index >= from.outputCount()) {
            throw NnError.value("Node '" + node.getName() + "': Connecting to invalid output " + in.index + " of source node "
                    + in.node + " which has " + from.outputCount() + " outputs");
        }
        return from.output(in.index);
    }

    private OpDef definition(NodeDef node, int inputs) {
        Optional<OpDef> ours = graph.find(node.getOp());
        if (ours.isPresent()) {
            return ours.get();
        }
        if (foreign == null) {
            foreign = new ForeignOps();
        }
        Optional<OpDef> known = foreign.find(node.getOp());
        if (known.isPresent()) {
            return known.get();
        }
        if (!lenient) {
            throw new NnError(
                            ErrorKind.NOT_FOUND_ERROR,
                            "Op type not registered '" + node.getOp() + "' in binary running on localhost. Make sure the Op and "
                                    + "Kernel are registered in the binary running in this process.")
                    .help("node '" + node.getName() + "' is of that type; `nn graph FILE` shows the rest of a file");
        }
        unknownTypes.add(node.getOp());
        return ForeignOps.standIn(node, inputs, outputsUsed(node.getName()));
    }

    private int outputsUsed(String name) {
        int most = 1;
        for (NodeDef user : def.getNodeList()) {
            for (String text : user.getInputList()) {
                Input in = Input.of(text);
                if (in.node.equals(name)) {
                    most = Math.max(most, in.index + 1);
                }
            }
        }
        return most;
    }

    private Map<String, Object> attributes(NodeDef node, OpDef definition) {
        Map<String, Object> attributes = new HashMap<>();
        for (Map.Entry<String, AttrValue> a : node.getAttrMap().entrySet()) {
            switch (a.getKey()) {
                case "_output_shapes" -> { }
                case "_class" -> attributes.put("_class", colocation(a.getValue()));
                default -> attributes.put(a.getKey(), Attributes.value(a.getValue()));
            }
        }
        if (def.getVersions().getProducer() < PLACEHOLDERS_WITH_SHAPES && node.getOp().equals("Placeholder")
                && attributes.get("shape") instanceof Shape s && s.hasRank() && s.rank() == 0) {
            attributes.put("shape", Shape.unknown());
        }
        if (definition instanceof ForeignOps.ForeignOp f) {
            f.defaults().forEach(attributes::putIfAbsent);
        }
        for (OpDef.Attribute a : definition.attributes().values()) {
            if (attributes.get(a.name()) == null) {
                if (a.fallback() == null) {
                    throw NnError.value("NodeDef missing attr '" + a.name() + "' from Op<name=" + definition.type()
                            + ">; NodeDef: {{node " + node.getName() + "}}");
                }
                attributes.put(a.name(), a.fallback());
            }
            if (a.kind().equals("type") && attributes.get(a.name()) instanceof AttrValue type) {
                throw NnError.value("Node '" + node.getName() + "' has elements of type " + type.getType()
                        + ", which is not known here");
            }
            if (!(definition instanceof ForeignOps.ForeignOp) && !isOfKind(a.kind(), attributes.get(a.name()))) {
                throw NnError.value("AttrValue of node '" + node.getName() + "' must have type " + a.kind() + " for attr '" + a.name() + "'");
            }
        }
        return attributes;
    }

    private static boolean isOfKind(String kind, Object value) {
        return switch (kind) {
            case "int" -> value instanceof Long;
            case "float" -> value instanceof Float;
            case "bool" -> value instanceof Boolean;
            case "type" -> value instanceof DType;
            case "string" -> value instanceof String;
            default -> !kind.startsWith("list(") || value instanceof List<?>;
        };
    }

    private List<String> colocation(AttrValue value) {
        List<String> classes = new ArrayList<>();
        for (ByteString s : value.getList().getSList()) {
            String text = s.toStringUtf8();
            boolean moves = text.startsWith("loc:@") && !prefix.isEmpty();
            classes.add(moves ? "loc:@" + prefix + "/" + text.substring(5) : text);
        }
        return classes;
    }

    private void checkInputs(NodeDef node, OpDef definition, List<Output> inputs, Map<String, Object> attributes) {
        List<DType> wanted = new ArrayList<>();
        for (OpDef.Argument a : definition.inputs()) {
            if (a.typeListAttr() != null) {
                for (Object t : (List<?>) attributes.get(a.typeListAttr())) {
                    wanted.add((DType) t);
                }
                continue;
            }
            long n = a.numberAttr() == null ? 1 : (Long) attributes.get(a.numberAttr());
            Object type = a.fixed() != null ? a.fixed() : attributes.get(a.typeAttr());
            for (long i = 0; i < n; i++) {
                wanted.add(type instanceof DType t ? t : null);
            }
        }
        if (wanted.size() != inputs.size()) {
            throw NnError.value("NodeDef expected " + wanted.size() + " inputs but " + inputs.size() + " inputs specified; "
                    + "Op<name=" + definition.type() + ">; NodeDef: {{node " + node.getName() + "}}");
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i) != null && wanted.get(i) != inputs.get(i).dtype()) {
                throw NnError.value("Input " + i + " of node " + node.getName() + " was passed "
                        + inputs.get(i).dtype().typeName() + " from " + inputs.get(i).name() + " incompatible with expected "
                        + wanted.get(i).typeName() + ".");
            }
        }
    }

    /** Takes over the shapes that the file knows. */
    private static void refine(Operation op, NodeDef node) {
        AttrValue shapes = node.getAttrMap().get("_output_shapes");
        for (int i = 0; shapes != null && i < Math.min(op.outputCount(), shapes.getList().getShapeCount()); i++) {
            Shape known = TensorProtos.shape(shapes.getList().getShape(i));
            if (op.output(i).shape().isCompatibleWith(known)) {
                op.output(i).refineShape(known);
            }
        }
    }

    private void closeLoops() {
        for (NodeDef node : def.getNodeList()) {
            if (!MERGES.contains(node.getOp())) {
                continue;
            }
            for (int i = 0; i < node.getInputCount(); i++) {
                Input in = Input.of(node.getInput(i));
                if (isBackEdge(node, in)) {
                    made.get(node.getName()).replaceInput(i, made.get(in.node).output(in.index));
                }
            }
        }
    }
}
