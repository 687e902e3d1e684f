package io.retrograd.show;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.gradient.Backpropagation;
import io.retrograd.tensor.DType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a graph is drawn: the operations that compute something, a variable as one node with its reads and
 * initializers, no bookkeeping of shapes.
 */
public final class GraphView {
    /** What a node stands for; pictures colour by it. */
    public enum Kind {
        INPUT,
        VARIABLE,
        OPERATION,
        LOSS,
        GRADIENT,
        UPDATE,
        FOLDED
    }

    /**
     * @param id the operation's name, or the scope's where it is folded
     * @param label what the script calls it
     * @param scopes from the outermost; empty at top level
     * @param line of the script; 0 if unknown
     */
    public record Node(String id, String label, String type, Kind kind, List<String> scopes, int line, List<String> operations) {}

    /** A tensor on its way; the label is its shape. */
    public record Edge(String from, String to, String label) {}

    /**
     * What to leave out.
     *
     * @param gradients whether backpropagation and updates are drawn
     * @param of draw only what this tensor needs; null for everything
     * @param fold what is drawn as one node
     */
    public record Choice(boolean gradients, Output of, Fold fold) {
        Choice folded(Fold by) {
            return new Choice(gradients, of, by);
        }
    }

    /** What becomes one node. */
    public enum Fold {
        /** Nothing: every operation is drawn. */
        NONE,
        /** Every outermost scope. */
        SCOPES,
        /** What leads to each tensor that the script has a name for. */
        NAMES,
        /** What each line of the script made. */
        LINES
    }

    /** The layout of more nodes takes longer than anybody waits, and shows less than anybody sees. */
    private static final int MOST_NODES = 300;

    /** The view of a graph, folded as far as it must be to be drawn. */
    public static GraphView fitting(Graph graph, Names names, Choice choice) {
        GraphView view = of(graph, names, choice);
        for (Fold more : Fold.values()) {
            // With few names everything leads to the end, and nothing is left to see.
            boolean unfit = view.nodes.size() > MOST_NODES || view.fold == Fold.NAMES && choice.fold() != Fold.NAMES && view.nodes.size() < 3;
            if (unfit && more.compareTo(choice.fold()) > 0) {
                view = of(graph, names, choice.folded(more));
            }
        }
        return view;
    }

    /** How it is folded. */
    public Fold fold() {
        return fold;
    }

    /** Of a line of the script. */
    private static final int MOST_LETTERS = 40;

    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Fold fold;

    private GraphView(Fold fold) {
        this.fold = fold;
    }

    public List<Node> nodes() {
        return nodes;
    }

    public List<Edge> edges() {
        return edges;
    }

    /** The view of a graph. */
    public static GraphView of(Graph graph, Names names, Choice choice) {
        GraphView view = new GraphView(choice.fold());
        Set<Operation> wanted = wanted(graph, choice);
        Set<Operation> losses = new HashSet<>();
        for (Backpropagation b : Backpropagation.of(graph)) {
            b.ys().forEach(y -> losses.add(y.operation()));
        }
        Map<Operation, Boolean> data = new HashMap<>();
        Map<String, Node> byId = new LinkedHashMap<>();
        Map<Operation, String> idOf = new HashMap<>();
        List<Operation> drawn = new ArrayList<>();
        for (Operation op : graph.operations()) {
            if (wanted.contains(op) && isDrawn(op, data)) {
                drawn.add(op);
            }
        }
        Map<Operation, Operation> leads = choice.fold() == Fold.NAMES ? leads(drawn, names, losses) : Map.of();
        for (Operation op : drawn) {
            Operation to = leads.getOrDefault(op, op);
            Node own = node(to, names, losses, choice);
            Node n = to == op ? own : new Node(own.id(), own.label(), own.type(), own.kind(), own.scopes(), own.line(), List.of(op.name()));
            idOf.put(op, n.id());
            byId.merge(n.id(), n, GraphView::joined);
        }
        view.nodes.addAll(byId.values());
        Set<Edge> seen = new LinkedHashSet<>();
        for (Operation op : drawn) {
            for (Output in : op.inputs()) {
                Output source = source(in);
                String from = idOf.get(source.operation());
                String to = idOf.get(op);
                if (from != null && !from.equals(to)) {
                    seen.add(new Edge(from, to, source.shape().hasRank() ? source.shape().toString().replace("None", "?") : ""));
                }
            }
        }
        view.edges.addAll(seen);
        return view;
    }

    /** For each operation that only leads to a named tensor, that one; variables are taken in by what uses them first. */
    private static Map<Operation, Operation> leads(List<Operation> drawn, Names names, Set<Operation> losses) {
        Map<Operation, List<Operation>> consumers = new HashMap<>();
        for (Operation op : drawn) {
            for (Output in : op.inputs()) {
                consumers.computeIfAbsent(source(in).operation(), k -> new ArrayList<>()).add(op);
            }
        }
        Map<Operation, Operation> leads = new HashMap<>();
        for (int i = drawn.size() - 1; i >= 0; i--) {
            Operation op = drawn.get(i);
            Kind kind = kind(op, losses);
            boolean own = kind == Kind.INPUT || kind == Kind.LOSS || kind != Kind.VARIABLE && names.has(op.output(0))
                    || !consumers.containsKey(op);
            Operation first = op;
            for (Operation next : own ? List.<Operation>of() : consumers.get(op)) {
                // A weight belongs to its layer rather than to the loss, where it may be regularised.
                Operation lead = leads.getOrDefault(next, next);
                boolean later = first != op && (losses.contains(lead) || !losses.contains(first) && lead.id() >= first.id());
                first = later ? first : lead;
            }
            leads.put(op, first);
        }
        return leads;
    }

    private static Node joined(Node a, Node b) {
        List<String> all = new ArrayList<>(a.operations());
        all.addAll(b.operations());
        return new Node(a.id(), a.label(), all.size() + " ops", a.kind() == Kind.LOSS || b.kind() == Kind.LOSS ? Kind.LOSS : Kind.FOLDED,
                a.scopes(), a.line(), all);
    }

    private static Node node(Operation op, Names names, Set<Operation> losses, Choice choice) {
        String[] path = op.name().split("/");
        String label = op.outputCount() > 0 ? names.of(op.output(0)) : op.name();
        Explanation.Origin origin = Explainer.origin(op);
        if (choice.fold() == Fold.LINES && origin.line() > 0 && kind(op, losses) != Kind.INPUT) {
            String text = origin.text().length() > MOST_LETTERS ? origin.text().substring(0, MOST_LETTERS - 1) + "…" : origin.text();
            return new Node(origin.file() + ":" + origin.line(), text, op.type(), kind(op, losses), List.of(), origin.line(), List.of(op.name()));
        }
        if ((choice.fold() == Fold.SCOPES || choice.fold() == Fold.LINES) && path.length > 1 && kind(op, losses) != Kind.INPUT) {
            String scope = path[0];
            return new Node(scope + "/", scope, op.type(), kind(op, losses) == Kind.LOSS ? Kind.LOSS : Kind.FOLDED, List.of(),
                    Explainer.origin(op).line(), List.of(op.name()));
        }
        if (label.equals(op.name())) {
            label = path[path.length - 1];
        }
        List<String> scopes = choice.fold() == Fold.NAMES ? List.of() : List.of(path).subList(0, path.length - 1);
        return new Node(op.name(), label, op.type(), kind(op, losses), scopes, Explainer.origin(op).line(), List.of(op.name()));
    }

    private static Kind kind(Operation op, Set<Operation> losses) {
        String type = op.type();
        if (type.startsWith("Placeholder") || type.equals("Const")) {
            return Kind.INPUT;
        }
        if (type.startsWith("Variable")) {
            return Kind.VARIABLE;
        }
        if (losses.contains(op)) {
            return Kind.LOSS;
        }
        return isUpdate(op) ? Kind.UPDATE : isGradient(op) ? Kind.GRADIENT : Kind.OPERATION;
    }

    static boolean isUpdate(Operation op) {
        return op.type().contains("Apply") && op.inputCount() > 0 && op.input(0).isReference() || op.type().startsWith("Assign")
                || op.type().startsWith("Scatter");
    }

    /** By the scope that backpropagation works in. */
    static boolean isGradient(Operation op) {
        for (String part : op.name().split("/")) {
            if (part.equals("gradients") || part.startsWith("gradients_") && part.substring(10).chars().allMatch(Character::isDigit)) {
                return true;
            }
        }
        return false;
    }

    private static Set<Operation> wanted(Graph graph, Choice choice) {
        Deque<Operation> open = new ArrayDeque<>();
        if (choice.of() != null) {
            open.add(choice.of().operation());
        } else {
            open.addAll(ends(graph.operations(), choice.gradients()));
        }
        Set<Operation> wanted = new HashSet<>();
        while (!open.isEmpty()) {
            Operation op = open.pop();
            if (wanted.add(op)) {
                for (int i = 0; i < op.inputCount(); i++) {
                    if (!isMemory(op, i)) {
                        open.push(op.input(i).operation());
                    }
                }
            }
        }
        if (!choice.gradients() && choice.of() == null) {
            wanted.removeIf(op -> isGradient(op) || isUpdate(op));
        }
        return wanted;
    }

    /** What an optimizer only remembers from step to step: the picture is of what flows. */
    private static boolean isMemory(Operation op, int i) {
        if (!op.type().contains("Apply") || !isUpdate(op) || i == 0) {
            return false;
        }
        String argument = UpdateRules.argument(op, i);
        return !argument.equals("grad") && !argument.equals("delta") && !argument.equals("indices") && !argument.equals("lr")
                && !argument.equals("alpha");
    }

    /** What the script computes in the end: results that nothing else takes, and updates by gradients. */
    private static List<Operation> ends(Collection<Operation> operations, boolean gradients) {
        Set<Operation> consumed = new HashSet<>();
        for (Operation op : operations) {
            boolean counts = gradients || isUpdate(op) || !isGradient(op);
            for (Output in : op.inputs()) {
                if (counts || isGradient(in.operation())) {
                    consumed.add(in.operation());
                }
            }
        }
        List<Operation> ends = new ArrayList<>();
        for (Operation op : operations) {
            boolean result = !consumed.contains(op) && op.outputCount() > 0 && op.inputCount() > 0 && !isUpdate(op)
                    && op.output(0).dtype() != DType.BOOL && !Formula.isRead(op) && !op.name().startsWith("save/") && !isInitializing(op)
                    && (gradients || !isGradient(op));
            boolean update = gradients && op.type().contains("Apply") && isUpdate(op);
            if (result || update) {
                ends.add(op);
            }
        }
        return ends;
    }

    private static boolean isInitializing(Operation op) {
        return op.name().contains("/Initializer/") || op.type().equals("IsVariableInitialized") || isGuarded(op);
    }

    /** What stands for a variable in another's initial value: it itself, or its initial value as long as it has none. */
    private static boolean isGuarded(Operation op) {
        int end = op.name().lastIndexOf('/');
        return op.type().equals("Merge") && end > 0
                && op.graph().operation(op.name().substring(0, end) + "/pred_id")
                        .filter(p -> p.input(0).operation().type().equals("IsVariableInitialized"))
                        .isPresent();
    }

    private static boolean isDrawn(Operation op, Map<Operation, Boolean> data) {
        if (op.type().equals("NoOp") || isPassing(op) || op.outputCount() == 0) {
            return false;
        }
        if (op.type().equals("Const")) {
            return op.output(0).dtype().isFloating() && op.output(0).shape().numElements() > 1 && !isInitializing(op);
        }
        return carriesData(op, data);
    }

    /** An Identity that reads a variable or waits at a gate. */
    private static boolean isPassing(Operation op) {
        return op.type().equals("Identity") && (op.input(0).isReference() || op.name().contains("/tuple/control_dependency"));
    }

    private static Output source(Output o) {
        Output at = o;
        while (isPassing(at.operation())) {
            at = at.operation().input(0);
        }
        return at;
    }

    private static boolean carriesData(Operation op, Map<Operation, Boolean> known) {
        Boolean found = known.get(op);
        if (found != null) {
            return found;
        }
        known.put(op, false);
        boolean carries = op.type().startsWith("Placeholder") || op.definition().isStateful();
        if (!op.type().equals("Shape") && !op.type().equals("ShapeN") && !op.type().equals("Rank") && !op.type().equals("Size")) {
            for (Output in : op.inputs()) {
                Operation from = in.operation();
                boolean constant = from.type().equals("Const") && in.dtype().isFloating() && in.shape().numElements() > 1;
                carries |= constant || carriesData(from, known);
            }
        }
        known.put(op, carries);
        return carries;
    }
}
