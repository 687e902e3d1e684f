package io.retrograd.gradient;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.GradientRule;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.LoopGradients;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Backpropagation. The operations between the ys and the xs are visited from the ys backwards, each as soon as all
 * that was made from it has been visited. Its outputs' gradients are summed, and its own rule turns them into
 * gradients of its inputs. What comes out are operations of the same graph, made in TensorFlow's order.
 */
public final class Gradients {
    private final Graph graph;
    private final GradientOptions options;
    /** What has flowed back so far: for each operation and output, the gradients not yet summed. */
    private final Map<Operation, List<List<Gradient>>> arriving = new HashMap<>();
    /** The sums, for operations that were visited. */
    private final Map<Operation, Gradient[]> sums = new HashMap<>();
    /** How many uses of an operation's outputs, between ys and xs, are still to be visited. */
    private final Map<Operation, Integer> pending = new HashMap<>();
    private final Queue<Operation> queue = new ArrayDeque<>();
    private final List<Backpropagation.Step> steps = new ArrayList<>();
    /** The backward loops; null where no loop lies between. */
    private LoopGradients loops;

    private Gradients(Graph graph, GradientOptions options) {
        this.graph = graph;
        this.options = options;
    }

    /**
     * The gradients of the sum of all ys with respect to each x: {@code tf.gradients}.
     *
     * @return one entry for each x, null where no y depends on it
     * @throws NnError LookupError where an operation in between has no gradient
     */
    public static List<Gradient> gradients(
            Graph graph, List<? extends Operand> ys, List<? extends Operand> xs, GradientOptions options) {
        return new Gradients(graph, options).run(ys, xs);
    }

    private List<Gradient> run(List<? extends Operand> ysGiven, List<? extends Operand> xsGiven) {
        try (NameScope scope = graph.nameScope(options.name() == null ? "gradients" : options.name())) {
            graph.uniqueName("uid", true);
            List<Output> ys = new ArrayList<>();
            List<Output> xs = new ArrayList<>();
            for (Operand y : ysGiven) {
                ys.add(y.toOutput(graph, null, null, "y_" + ys.size()));
            }
            for (Operand x : xsGiven) {
                xs.add(x.toReference(graph, "x_" + xs.size(), ""));
            }
            Set<Operation> from = operations(xs);
            Set<Operation> to = operations(ys);
            List<Gradient> start = Seeds.of(graph, ys, options);
            Set<Operation> between = between(to, from);
            for (int i = 0; i < ys.size(); i++) {
                arrive(ys.get(i), start.get(i));
            }
            for (Operation op : to) {
                if (between.contains(op) && pending.getOrDefault(op, 0) == 0) {
                    queue.add(op);
                }
            }
            if (loops != null) {
                for (Output exit : loops.unusedExits(pending, Set.copyOf(queue))) {
                    zeroExit(exit);
                    queue.add(exit.operation());
                }
            }
            Set<Operation> stop = stops(from);
            while (!queue.isEmpty()) {
                Operation op = queue.remove();
                Graph.Block place = options.colocate() ? graph.colocateWith(op) : () -> {};
                try (place) {
                    visit(op, stop.contains(op), from);
                }
                for (Output in : op.inputs()) {
                    used(in);
                }
            }
            if (loops != null) {
                loops.finish();
            }
            List<Gradient> result = new ArrayList<>();
            for (Output x : xs) {
                result.add(result(x));
            }
            Backpropagation.of(graph).add(new Backpropagation(ys, xs, result, steps));
            return result;
        }
    }

    private void visit(Operation op, boolean stops, Set<Operation> from) {
        if (loops != null) {
            loops.enter(op, true);
        }
        Gradient[] upstream = sum(op);
        if (loops != null) {
            loops.exit(op, true);
            loops.enter(op, false);
        }
        boolean any = false;
        for (Gradient g : upstream) {
            any |= g != null;
        }
        Optional<GradientRule> rule = any && !stops ? graph.gradientRule(op) : Optional.empty();
        if (any && !stops && (rule.isPresent() || !op.definition().isNotDifferentiable())) {
            if (LoopGradients.isLoopSwitch(op) && op.controlFlowContext() == graph.controlFlowContext()) {
                throw throughInitialValue(op, from);
            }
            pass(op, upstream, rule);
        }
        if (loops != null) {
            loops.exit(op, false);
        }
    }

    /** Applies the operation's rule and lets its results arrive at the inputs. */
    private void pass(Operation op, Gradient[] upstream, Optional<GradientRule> rule) {
        for (int i = 0; i < upstream.length; i++) {
            if (upstream[i] == null && flows(op.output(i).dtype())) {
                upstream[i] = loops != null ? loops.zerosLike(op, i) : LoopGradients.zerosOutsideLoop(op, i);
            }
        }
        Gradient[] downstream;
        try (NameScope scope = graph.nameScope(op.name() + "_grad")) {
            GradientContext context = new GradientContext(op, upstream);
            downstream = rule.isPresent() ? rule.get().gradient(context) : op.definition().gradient(context);
            if (options.gate()) {
                downstream = Gate.close(graph, downstream);
            }
        }
        steps.add(new Backpropagation.Step(op, upstream, downstream));
        for (int i = 0; i < downstream.length; i++) {
            if (downstream[i] != null) {
                checkShape(op, i, downstream[i]);
                arrive(op.input(i), downstream[i]);
            }
        }
    }

    /** One use of a tensor was visited; its operation is next once all were. */
    private void used(Output tensor) {
        Operation op = tensor.operation();
        int left = pending.merge(op, -1, Integer::sum);
        // The Switch of a loop variable closes a cycle: it is visited as soon as anything arrives, and again later.
        boolean ready = left == 0 || loops != null && left > 0 && LoopGradients.isLoopSwitch(op);
        if (!ready) {
            return;
        }
        if (loops == null || !LoopGradients.isLoopExit(op)) {
            queue.add(op);
            return;
        }
        LoopGradients.ReadyExits exits = loops.exitReady(tensor, this::hasArrived);
        for (Output exit : exits.zeros()) {
            zeroExit(exit);
        }
        queue.addAll(exits.operations());
    }

    private void zeroExit(Output exit) {
        if (flows(exit.dtype())) {
            arrive(exit, loops.zerosForExit(exit));
        }
    }

    private static NnError throughInitialValue(Operation loopSwitch, Set<Operation> from) {
        Set<Operation> seen = new HashSet<>();
        Queue<Operation> back = new ArrayDeque<>(List.of(loopSwitch));
        String target = loopSwitch.name();
        while (!back.isEmpty()) {
            Operation op = back.remove();
            if (from.contains(op)) {
                target = op.name();
                break;
            }
            if (seen.add(op)) {
                for (Output in : op.inputs()) {
                    back.add(in.operation());
                }
            }
        }
        return NnError.value("Cannot compute gradient inside while loop with respect to op '" + target
                + "'. We do not support taking the gradient wrt or through the initial value of a loop variable. "
                + "Gradients can be computed through loop invariants or wrt the input parameters to the loop body.");
    }

    private static void checkShape(Operation op, int i, Gradient gradient) {
        if (!(gradient instanceof Output dense)) {
            return;
        }
        if (!dense.shape().isCompatibleWith(op.input(i).shape())) {
            throw NnError.value("Incompatible shapes between op input and calculated input gradient.  Forward operation: "
                    + op.name() + ".  Input index: " + i + ". Original input shape: " + op.input(i).shape()
                    + ".  Calculated input gradient shape: " + dense.shape());
        }
        dense.refineShape(op.input(i).shape());
    }

    // Which operations take part

    private static Set<Operation> operations(List<Output> outputs) {
        Set<Operation> all = new LinkedHashSet<>();
        for (Output o : outputs) {
            all.add(o.operation());
        }
        return all;
    }

    /** The operations on the way from the xs to the ys; counts the uses of each on that way. */
    private Set<Operation> between(Set<Operation> to, Set<Operation> from) {
        Set<Operation> reached = reachedFrom(from);
        Set<Operation> between = new HashSet<>();
        List<Operation> order = new ArrayList<>();
        Queue<Operation> back = new ArrayDeque<>(to);
        while (!back.isEmpty()) {
            Operation op = back.remove();
            if (reached.contains(op) && between.add(op)) {
                order.add(op);
                for (Output in : op.inputs()) {
                    back.add(in.operation());
                }
            }
        }
        loops = LoopGradients.over(graph, order, between);
        for (Operation op : order) {
            for (Output in : op.inputs()) {
                if (between.contains(in.operation())) {
                    pending.merge(in.operation(), 1, Integer::sum);
                }
            }
        }
        return between;
    }

    private Set<Operation> reachedFrom(Set<Operation> from) {
        Map<Output, List<Operation>> consumers = new HashMap<>();
        for (Operation op : graph.operations()) {
            for (Output in : op.inputs()) {
                consumers.computeIfAbsent(in, k -> new ArrayList<>()).add(op);
            }
        }
        Set<Operation> reached = new HashSet<>();
        Queue<Operation> queue = new ArrayDeque<>(from);
        while (!queue.isEmpty()) {
            Operation op = queue.remove();
            if (reached.add(op)) {
                for (Output o : op.outputs()) {
                    if (flows(o.dtype())) {
                        queue.addAll(consumers.getOrDefault(o, List.of()));
                    }
                }
            }
        }
        return reached;
    }

    /** Xs that depend on no other x, and what the caller named: their inputs get nothing. */
    private Set<Operation> stops(Set<Operation> from) {
        Set<Operation> stops = operations(options.stop());
        for (Operation op : from) {
            boolean first = true;
            for (Output in : op.inputs()) {
                first &= pending.getOrDefault(in.operation(), 0) == 0;
            }
            if (first) {
                stops.add(op);
            }
        }
        return stops;
    }

    /** Whether gradients flow through tensors of that type. */
    static boolean flows(DType type) {
        return type.isFloating() || type.isComplex();
    }

    // What has flowed back

    private void arrive(Output at, Gradient gradient) {
        Gradient[] visited = sums.get(at.operation());
        if (visited != null && LoopGradients.isLoopSwitch(at.operation())) {
            visited[at.index()] = gradient;
            return;
        }
        List<List<Gradient>> outputs = arriving.computeIfAbsent(at.operation(), op -> {
            List<List<Gradient>> empty = new ArrayList<>();
            for (int i = 0; i < op.outputCount(); i++) {
                empty.add(new ArrayList<>());
            }
            return empty;
        });
        outputs.get(at.index()).add(gradient);
    }

    private boolean hasArrived(Operation op) {
        return arriving.getOrDefault(op, List.of()).stream().anyMatch(list -> !list.isEmpty());
    }

    private Gradient[] sum(Operation op) {
        Gradient[] all = sums.get(op);
        List<List<Gradient>> lists = arriving.get(op);
        if (all == null && lists != null) {
            all = new Gradient[op.outputCount()];
            for (int i = 0; i < all.length; i++) {
                all[i] = Aggregate.sum(graph, op, lists.get(i), options.aggregation());
            }
            sums.put(op, all);
        }
        return all == null ? new Gradient[op.outputCount()] : all.clone();
    }

    private Gradient result(Output x) {
        Gradient[] all = sums.get(x.operation());
        if (all == null) {
            return options.zeros() ? Shapes.zerosLike(graph, x, null) : null;
        }
        return all[x.index()];
    }

    /** The gradients that backpropagation starts from. */
    private static final class Seeds {
        static List<Gradient> of(Graph graph, List<Output> ys, GradientOptions options) {
            List<? extends Operand> given = options.upstream();
            if (!given.isEmpty() && given.size() != ys.size()) {
                throw NnError.value("Passed " + given.size() + " grad_ys for " + ys.size() + " ys");
            }
            List<Output> converted = new ArrayList<>();
            for (Operand dy : given) {
                converted.add(dy == null ? null : dy.toOutput(graph, null, null, "grad_y_" + converted.size()));
            }
            List<Gradient> start = new ArrayList<>();
            for (int i = 0; i < ys.size(); i++) {
                Output y = ys.get(i);
                Graph.Block place = options.colocate() ? graph.colocateWith(y.operation()) : () -> {};
                try (place) {
                    Output dy = given.isEmpty() ? null : converted.get(i);
                    start.add(dy == null ? ones(graph, y, i) : named(graph, y, dy, i));
                }
            }
            return start;
        }

        private static Output ones(Graph graph, Output y, int i) {
            if (y.dtype().isComplex()) {
                throw NnError.type(
                        "Gradients of complex tensors must set grad_ys (y.dtype = tf." + y.dtype().tfName() + ")");
            }
            Output shape = Shapes.shape(graph, y, null);
            return Shapes.fill(graph, shape, graph.constant(NdArray.full(y.dtype(), 1), "grad_ys_" + i), null);
        }

        private static Output named(Graph graph, Output y, Output dy, int i) {
            boolean real = y.dtype().isFloating() || y.dtype().isInteger();
            if (!real && !y.dtype().isComplex()) {
                throw NnError.type("Tensor " + y + " with type " + y.dtype().tfName()
                        + " must be numeric to obtain a default gradient");
            }
            boolean fits = real ? dy.dtype().isFloating() || dy.dtype().isInteger() : dy.dtype().isComplex();
            if (!fits) {
                throw NnError.type("Gradient type " + dy.dtype().tfName() + " generated for "
                        + (real ? "real or integer-valued" : "complex-valued") + " tensor " + y + " with type "
                        + y.dtype().tfName() + " must be real" + (real ? " or integer" : ""));
            }
            return MathOps.unary(graph, "Identity", dy, "grad_ys_" + i);
        }
    }
}
