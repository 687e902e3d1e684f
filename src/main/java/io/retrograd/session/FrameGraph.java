package io.retrograd.session;

import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A part of a graph with branches or loops, prepared for the token machine: who hands which value to whom, in which loop. */
final class FrameGraph {
    /** What the machine does with an operation. */
    enum Kind {
        KERNEL,
        READ,
        SWITCH,
        MERGE,
        ENTER,
        EXIT,
        NEXT,
        TRIGGER
    }

    /** The static side of a loop: its operations and what they wait for. */
    static final class Frame {
        final String name;
        final Frame parent;
        final List<Node> nodes = new ArrayList<>();
        /** How much each node waits for; none where nothing of a loop is needed but what leads into it. */
        int[] pending = {};
        int inputCount;
        int enters;

        Frame(String name, Frame parent) {
            this.name = name;
            this.parent = parent;
        }
    }

    /** An operation, with the edges that lead from it. An output of -1 is a control edge. */
    static final class Node {
        final Operation operation;
        final Kind kind;
        final int inputs;
        boolean isUpdate;
        boolean constant;
        Frame frame;
        Frame childFrame;
        int index;
        int inputBase;
        Instruction instruction;
        Node[] targets = {};
        int[] targetOutput = {};
        int[] targetInput = {};
        int[] fetchOutput = {};
        int[] fetchIndex = {};

        Node(Operation operation) {
            this.operation = operation;
            this.kind = kindOf(operation.type());
            this.inputs = operation.inputCount();
            this.constant = kind == Kind.ENTER && operation.flag("is_constant");
        }

        private static Kind kindOf(String type) {
            return switch (type) {
                case "Switch", "RefSwitch" -> Kind.SWITCH;
                case "Merge", "RefMerge" -> Kind.MERGE;
                case "Enter", "RefEnter" -> Kind.ENTER;
                case "Exit", "RefExit" -> Kind.EXIT;
                case "NextIteration", "RefNextIteration" -> Kind.NEXT;
                case "ControlTrigger" -> Kind.TRIGGER;
                case "Identity" -> Kind.READ;
                default -> Kind.KERNEL;
            };
        }
    }

    private record FedInput(Node node, int input, int feed) {}

    private record FedFetch(int fetch, int feed) {}

    final Frame root = new Frame("", null);
    final List<Node> starts = new ArrayList<>();
    private final Map<Operation, Node> nodes = new IdentityHashMap<>();
    private final List<FedInput> fedInputs = new ArrayList<>();
    private final List<FedFetch> fedFetches = new ArrayList<>();

    FrameGraph(SessionState session, Subgraph part) {
        for (Operation op : part.operations()) {
            Node n = new Node(op);
            n.isUpdate = part.updates().contains(op);
            nodes.put(op, n);
        }
        Map<Output, Integer> fed = new IdentityHashMap<>();
        for (int i = 0; i < part.feeds().size(); i++) {
            fed.put(part.feeds().get(i), i);
        }
        connect(part, fed);
        assignFrames(part, fed);
        number(part, fed);
        makeInstructions(session, part);
        markFetches(part, fed);
    }

    private record Edge(Node to, int output, int input) {}

    private void connect(Subgraph part, Map<Output, Integer> fed) {
        Map<Node, List<Edge>> edges = new IdentityHashMap<>();
        for (Operation op : part.operations()) {
            Node to = nodes.get(op);
            for (int i = 0; i < op.inputCount(); i++) {
                Output in = op.input(i);
                Integer feed = fed.get(in);
                if (feed != null) {
                    fedInputs.add(new FedInput(to, i, feed));
                } else {
                    edges.computeIfAbsent(nodes.get(in.operation()), k -> new ArrayList<>()).add(new Edge(to, in.index(), i));
                }
            }
            for (Operation c : part.controlInputs(op)) {
                edges.computeIfAbsent(nodes.get(c), k -> new ArrayList<>()).add(new Edge(to, -1, -1));
            }
        }
        edges.forEach((from, list) -> {
            from.targets = list.stream().map(Edge::to).toArray(Node[]::new);
            from.targetOutput = list.stream().mapToInt(Edge::output).toArray();
            from.targetInput = list.stream().mapToInt(Edge::input).toArray();
        });
    }

    /** An operation lies in the loop that its inputs come from; an Enter leads into one, an Exit out of it. */
    private void assignFrames(Subgraph part, Map<Output, Integer> fed) {
        Map<String, Frame> named = new HashMap<>();
        Deque<Node> open = new ArrayDeque<>();
        for (Node n : nodes.values()) {
            boolean fromOutside = part.controlInputs(n.operation).isEmpty();
            for (Output in : n.operation.inputs()) {
                fromOutside &= fed.containsKey(in);
            }
            if (fromOutside) {
                n.frame = root;
                open.add(n);
            }
        }
        while (!open.isEmpty()) {
            Node n = open.poll();
            Frame out = n.frame;
            if (n.kind == Kind.ENTER) {
                Frame parent = n.frame;
                out = named.computeIfAbsent(n.operation.attribute("frame_name"), name -> new Frame(name, parent));
                n.childFrame = out;
                out.enters++;
            } else if (n.kind == Kind.EXIT && n.frame.parent != null) {
                out = n.frame.parent;
            }
            for (Node to : n.targets) {
                if (to.frame == null) {
                    to.frame = out;
                    open.add(to);
                } else if (to.frame != out) {
                    throw NnError.invalidArgument("The node '" + to.operation.name() + "' has inputs from different frames.");
                }
            }
        }
    }

    private void number(Subgraph part, Map<Output, Integer> fed) {
        Set<Frame> frames = new HashSet<>();
        for (Operation op : part.operations()) {
            Node n = nodes.get(op);
            if (n.frame == null) {
                throw NnError.invalidArgument("Graph is invalid: '" + op.name() + "' waits for itself.");
            }
            frames.add(n.frame);
            n.index = n.frame.nodes.size();
            n.inputBase = n.frame.inputCount;
            n.frame.nodes.add(n);
            n.frame.inputCount += n.inputs;
        }
        for (Frame f : frames) {
            f.pending = new int[f.nodes.size()];
            for (Node n : f.nodes) {
                int data = 0;
                for (Output in : n.operation.inputs()) {
                    data += fed.containsKey(in) ? 0 : 1;
                }
                int control = part.controlInputs(n.operation).size();
                // A Merge waits for one value: the lowest bit; and for all control edges: the others.
                f.pending[n.index] = n.kind == Kind.MERGE ? 1 + 2 * control : data + control;
                if (f.pending[n.index] == 0) {
                    starts.add(n);
                }
            }
        }
    }

    private void makeInstructions(SessionState session, Subgraph part) {
        for (Node n : nodes.values()) {
            if (n.kind != Kind.KERNEL) {
                continue;
            }
            int outputs = n.operation.outputCount();
            int[] in = new int[n.inputs];
            for (int i = 0; i < in.length; i++) {
                in[i] = i;
            }
            Instruction x = new Instruction(
                    session, n.operation, new Slots(n.inputs + outputs), in, n.inputs, Instruction.Kind.PLAIN);
            // In a loop an array may still be needed when its operation runs again.
            Arrays.fill(x.fetched, n.frame != root);
            x.updated = n.isUpdate ? Instruction.updatedInputs(n.operation) : new int[0];
            x.guardsVariables = !part.updates().isEmpty();
            n.instruction = x;
        }
    }

    private void markFetches(Subgraph part, Map<Output, Integer> fed) {
        Map<Node, List<int[]>> marks = new IdentityHashMap<>();
        for (int i = 0; i < part.fetches().size(); i++) {
            Output o = part.fetches().get(i);
            Integer feed = fed.get(o);
            if (feed != null) {
                fedFetches.add(new FedFetch(i, feed));
            } else {
                marks.computeIfAbsent(nodes.get(o.operation()), k -> new ArrayList<>()).add(new int[] {o.index(), i});
            }
        }
        marks.forEach((n, list) -> {
            n.fetchOutput = list.stream().mapToInt(m -> m[0]).toArray();
            n.fetchIndex = list.stream().mapToInt(m -> m[1]).toArray();
        });
    }

    /** Lays the fed values where they are read. */
    void feed(NdArray[] feeds, Object[] inputs, Object[] fetched) {
        for (FedInput f : fedInputs) {
            inputs[f.node.inputBase + f.input] = feeds[f.feed];
        }
        for (FedFetch f : fedFetches) {
            fetched[f.fetch] = feeds[f.feed];
        }
    }
}
