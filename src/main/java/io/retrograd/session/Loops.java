package io.retrograd.session;

import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the loops of a part of a graph as {@code tf.while_loop} and its gradient build them, and puts one operation
 * ({@link LoopOp}) in the place of each: what remains has no loops, nor have the condition and the body of one, so that
 * all of them can be plans.
 */
final class Loops {
    /** The part is not built of such loops alone. */
    private static final class Irregular extends Exception {
        private static final long serialVersionUID = 1L;

        Irregular() {
            super(null, null, false, false);
        }
    }

    /** A loop, or what lies outside of all. */
    private static final class Frame {
        final String name;
        final Frame parent;
        final List<Operation> operations = new ArrayList<>();
        final List<Operation> enters = new ArrayList<>();
        final List<Frame> children = new ArrayList<>();

        Frame(String name, Frame parent) {
            this.name = name;
            this.parent = parent;
        }
    }

    /** A loop variable: Enter, Merge, Switch, NextIteration, Exits; null for a Switch that nobody needs. */
    private static final class Variable {
        final Operation enter;
        final Operation merge;
        final Operation next;
        Operation decide;
        final List<Operation> exits = new ArrayList<>();

        Variable(Operation enter, Operation merge, Operation next) {
            this.enter = enter;
            this.merge = merge;
            this.next = next;
        }
    }

    private final SessionState session;
    private final Subgraph part;
    private final Set<Output> fed;
    private final Frame root = new Frame("", null);
    private final Map<Operation, Frame> frameOf = new IdentityHashMap<>();
    private final Map<Operation, Frame> entered = new IdentityHashMap<>();
    private final Map<Operation, Operation> standIns = new IdentityHashMap<>();

    private Loops(SessionState session, Subgraph part) {
        this.session = session;
        this.part = part;
        this.fed = new HashSet<>(part.feeds());
    }

    /** The part with each loop as one operation; empty where only tokens can tell what is to run. */
    static Optional<Subgraph> collapse(SessionState session, Subgraph part) {
        try {
            return Optional.of(new Loops(session, part).collapse());
        } catch (Irregular notSo) {
            return Optional.empty();
        }
    }

    private static void require(boolean holds) throws Irregular {
        if (!holds) {
            throw new Irregular();
        }
    }

    private Subgraph collapse() throws Irregular {
        assignFrames();
        check();
        List<Operation> operations = level(root);
        for (Operation op : operations) {
            require(!op.type().equals("Switch") && !op.type().equals("Merge"));
        }
        return new Subgraph(
                part.fetches(), part.targets(), part.feeds(), operations, part.updates(), new HashSet<>(operations), standIns,
                Map.of());
    }

    // Which operation lies in which loop

    private void assignFrames() throws Irregular {
        Map<Operation, List<Operation>> consumers = new IdentityHashMap<>();
        Map<String, Frame> named = new HashMap<>();
        Deque<Operation> open = new ArrayDeque<>();
        for (Operation op : part.operations()) {
            boolean fromOutside = part.controlInputs(op).isEmpty();
            for (Operation c : part.controlInputs(op)) {
                consumers.computeIfAbsent(c, k -> new ArrayList<>()).add(op);
            }
            for (Output in : op.inputs()) {
                if (!fed.contains(in)) {
                    fromOutside = false;
                    consumers.computeIfAbsent(in.operation(), k -> new ArrayList<>()).add(op);
                }
            }
            if (fromOutside) {
                frameOf.put(op, root);
                open.add(op);
            }
        }
        while (!open.isEmpty()) {
            Operation op = open.poll();
            Frame in = frameOf.get(op);
            // No loop changes a variable, so a reference that enters one is as good as the value.
            require(!op.type().startsWith("Ref") || !JvmEngine.isControlFlow(op.type())
                    || op.type().equals("RefEnter") && op.flag("is_constant"));
            if (isEnter(op)) {
                Frame child = named.get(op.<String>attribute("frame_name"));
                if (child == null) {
                    child = new Frame(op.attribute("frame_name"), in);
                    named.put(child.name, child);
                    in.children.add(child);
                }
                require(child.parent == in);
                entered.put(op, child);
                child.enters.add(op);
            }
            require(!op.type().equals("Exit") || in.parent != null);
            Frame out = out(op);
            for (Operation to : consumers.getOrDefault(op, List.of())) {
                if (frameOf.putIfAbsent(to, out) == null) {
                    open.add(to);
                }
            }
        }
        for (Operation op : part.operations()) {
            require(frameOf.containsKey(op));
            frameOf.get(op).operations.add(op);
        }
        for (Frame f : named.values()) {
            f.enters.sort(Comparator.comparingInt(Operation::id));
        }
    }

    private static boolean isEnter(Operation op) {
        return op.type().equals("Enter") || op.type().equals("RefEnter");
    }

    private static boolean needsReference(Operation op) {
        return op.definition().inputs().stream().anyMatch(OpDef.Argument::reference);
    }

    /** Where an operation's outputs are read. */
    private Frame out(Operation op) {
        return switch (op.type()) {
            case "Enter", "RefEnter" -> entered.get(op);
            case "Exit" -> frameOf.get(op).parent;
            default -> frameOf.get(op);
        };
    }

    /** Nothing goes from one loop to another but through Enter and Exit; no loop changes variables or is fed. */
    private void check() throws Irregular {
        for (Operation op : part.operations()) {
            Frame f = frameOf.get(op);
            for (Output in : op.inputs()) {
                require((fed.contains(in) ? root : out(in.operation())) == f);
            }
            for (Operation c : part.controlInputs(op)) {
                require(out(c) == f);
            }
            require(f == root || !part.updates().contains(op) && (JvmEngine.isControlFlow(op.type()) || !needsReference(op)));
        }
        for (Output fetch : part.fetches()) {
            require(fed.contains(fetch) || out(fetch.operation()) == root);
        }
        for (Operation target : part.targets()) {
            require(out(target) == root);
        }
        for (Output feed : part.feeds()) {
            require(!frameOf.containsKey(feed.operation()) || out(feed.operation()) == root);
        }
    }

    // Loops become operations

    /** The operations of a loop, or of what lies outside, in order of creation, with the loops in it as one each. */
    private List<Operation> level(Frame frame) throws Irregular {
        List<Operation> all = new ArrayList<>();
        for (Frame child : frame.children) {
            all.add(loop(child));
        }
        for (Operation op : frame.operations) {
            if (frame == root ? !JvmEngine.isControlFlow(op.type()) || isBranch(op) : !JvmEngine.isControlFlow(op.type())) {
                all.add(op);
            }
        }
        all.sort(Comparator.comparingInt(Operation::id));
        return all;
    }

    private static boolean isBranch(Operation op) {
        return op.type().equals("Switch") || op.type().equals("Merge");
    }

    private Operation loop(Frame frame) throws Irregular {
        List<Variable> variables = new ArrayList<>();
        Operation loopCond = null;
        for (Operation op : frame.operations) {
            if (op.type().equals("LoopCond")) {
                require(loopCond == null);
                loopCond = op;
            } else if (op.type().equals("Merge")) {
                require(op.inputCount() == 2 && frame.enters.contains(op.input(0).operation())
                        && op.input(1).operation().type().equals("NextIteration"));
                variables.add(new Variable(op.input(0).operation(), op, op.input(1).operation()));
            }
        }
        require(loopCond != null);
        for (Operation op : frame.operations) {
            if (op.type().equals("Switch")) {
                require(op.input(1) == loopCond.output(0));
                Variable v = variableOf(variables, op.input(0), 0);
                require(v.decide == null);
                v.decide = op;
            }
        }
        Set<Operation> way = new HashSet<>();
        for (Operation op : frame.operations) {
            if (op.type().equals("Exit")) {
                // On the way out a value may pass Identities, which see nothing but the last one.
                Output left = op.input(0);
                while (left.operation().type().equals("Identity")) {
                    way.add(left.operation());
                    left = left.operation().input(0);
                }
                Variable v = null;
                for (Variable each : variables) {
                    v = each.decide != null && each.decide.output(0) == left ? each : v;
                }
                require(v != null);
                v.exits.add(op);
            }
        }
        List<Operation> constants = new ArrayList<>(frame.enters);
        for (Variable v : variables) {
            require(!v.enter.flag("is_constant") && constants.remove(v.enter));
        }
        for (Operation c : constants) {
            require(c.flag("is_constant"));
        }
        List<Operation> inside = level(frame);
        inside.removeAll(way);
        return make(frame, variables, constants, loopCond, inside);
    }

    private static Variable variableOf(List<Variable> variables, Output merged, int output) throws Irregular {
        for (Variable v : variables) {
            if (v.merge.output(output) == merged) {
                return v;
            }
        }
        throw new Irregular();
    }

    private Operation make(
            Frame frame, List<Variable> variables, List<Operation> constants, Operation loopCond, List<Operation> inside)
            throws Irregular {
        Map<Output, Integer> outside = new IdentityHashMap<>();
        Map<Output, NdArray> known = new HashMap<>();
        List<Output> inputs = new ArrayList<>();
        List<Output> results = new ArrayList<>();
        List<Operation> controls = new ArrayList<>();
        for (Variable v : variables) {
            outside.put(v.merge.output(0), inputs.size());
            if (v.decide != null) {
                outside.put(v.decide.output(1), inputs.size());
            }
            inputs.add(v.enter.input(0));
            controls.addAll(v.enter.controlInputs());
        }
        for (Operation c : constants) {
            NdArray value = constantBehind(c.output(0));
            if (value != null) {
                known.put(c.output(0), value);
            } else {
                outside.put(c.output(0), inputs.size());
                inputs.add(c.input(0));
            }
            controls.addAll(c.controlInputs());
        }
        Set<Operation> body = body(variables, inside);
        List<Operation> before = new ArrayList<>();
        List<Operation> repeated = new ArrayList<>();
        for (Operation op : inside) {
            (body.contains(op) ? repeated : before).add(op);
        }
        List<Output> next = new ArrayList<>();
        for (Variable v : variables) {
            next.add(v.next.input(0));
        }
        // What the body reads of the condition's is fetched beside the decision itself.
        Set<Operation> early = new HashSet<>(before);
        List<Output> decided = new ArrayList<>(List.of(loopCond.input(0)));
        Map<Output, Integer> fromCondition = new IdentityHashMap<>(outside);
        List<Output> read = read(repeated);
        read.addAll(next);
        for (Output o : read) {
            if (early.contains(producer(o)) && !fromCondition.containsKey(o)) {
                fromCondition.put(o, inputs.size() + decided.size() - 1);
                decided.add(o);
            }
        }
        LoopOp.Source condition = source(decided, before, outside, known);
        LoopOp.Source again = source(next, repeated, fromCondition, known);
        List<Integer> exits = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            for (Operation exit : variables.get(i).exits) {
                exits.add(i);
                results.add(exit.output(0));
            }
        }
        LoopOp op = new LoopOp(
                session, condition, again, variables.size(), exits.stream().mapToInt(Integer::intValue).toArray(), inputs.size());
        Operation standIn = Operation.standIn(op, loopCond, frame.name, inputs, controls, results);
        for (Variable v : variables) {
            v.exits.forEach(exit -> standIns.put(exit, standIn));
        }
        return standIn;
    }

    private Operation producer(Output o) {
        return standIns.getOrDefault(o.operation(), o.operation());
    }

    /** The value of a tensor that is a constant outside the loop. */
    private NdArray constantBehind(Output entered) {
        Output o = entered;
        while (isEnter(o.operation()) && o.operation().flag("is_constant")) {
            o = o.operation().input(0);
        }
        boolean constant = o.operation().type().equals("Const") && !fed.contains(o);
        return constant ? o.operation().<NdArray>attribute("value").compact() : null;
    }

    /** What runs only where the loop goes on: what depends on one of its Switches. */
    private Set<Operation> body(List<Variable> variables, List<Operation> inside) {
        Map<Operation, List<Operation>> consumers = new IdentityHashMap<>();
        for (Operation op : inside) {
            for (Output in : op.inputs()) {
                consumers.computeIfAbsent(producer(in), k -> new ArrayList<>()).add(op);
            }
            for (Operation c : op.controlInputs()) {
                consumers.computeIfAbsent(standIns.getOrDefault(c, c), k -> new ArrayList<>()).add(op);
            }
        }
        Set<Operation> body = new HashSet<>();
        Deque<Operation> open = new ArrayDeque<>();
        for (Variable v : variables) {
            if (v.decide != null) {
                open.add(v.decide);
            }
        }
        while (!open.isEmpty()) {
            for (Operation to : consumers.getOrDefault(open.poll(), List.of())) {
                if (body.add(to)) {
                    open.add(to);
                }
            }
        }
        return body;
    }

    private static List<Output> read(List<Operation> operations) {
        List<Output> all = new ArrayList<>();
        operations.forEach(op -> all.addAll(op.inputs()));
        return all;
    }

    /** A part of the loop as a graph of its own. */
    private LoopOp.Source source(
            List<Output> fetches, List<Operation> operations, Map<Output, Integer> outside, Map<Output, NdArray> known)
            throws Irregular {
        Set<Operation> own = new HashSet<>(operations);
        Map<Output, Integer> feeds = new LinkedHashMap<>();
        Map<Output, NdArray> constants = new LinkedHashMap<>();
        List<Output> read = read(operations);
        read.addAll(fetches);
        for (Output o : read) {
            if (known.containsKey(o)) {
                constants.put(o, known.get(o));
            } else if (!own.contains(producer(o))) {
                require(outside.containsKey(o));
                feeds.put(o, outside.get(o));
            }
        }
        Subgraph inner = new Subgraph(
                fetches, List.of(), new ArrayList<>(feeds.keySet()), operations, Set.of(), own, standIns, constants);
        return new LoopOp.Source(inner, feeds.values().stream().mapToInt(Integer::intValue).toArray());
    }
}
