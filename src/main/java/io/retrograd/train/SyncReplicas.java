package io.retrograd.train;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.ControlFlow;
import io.retrograd.graph.build.GraphKeys;
import io.retrograd.graph.build.Uninitialized;
import io.retrograd.graph.build.Variables;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * {@code tf.train.SyncReplicasOptimizer}: workers compute gradients, each of its own batch; when enough of them are there
 * their mean is applied once, and every worker gets a token with which it may begin the next step (Chen et al.,
 * "Revisiting Distributed Synchronous SGD", 2016).
 */
public final class SyncReplicas extends Optimizer {
    private final Optimizer inner;
    private final int needed;
    private final int replicas;
    private final Function<Operation, Operation> afterwards;
    private Parts parts;

    /**
     * What the workers run besides the step itself.
     *
     * @param globalStep counts the updates
     * @param tokens the queue of tokens
     * @param dummyQueue the queue that the chief's queue runner is said to fill
     * @param sync one update: takes the mean of the gradients, applies it, hands out tokens; the chief runs it again and again
     * @param localInit what every worker but the chief runs before its first step
     * @param chiefInit what the chief runs before its first step
     * @param readyForLocalInit the names of variables that have no value yet
     */
    public record Parts(
            Variable globalStep, Output tokens, Output dummyQueue, Operation sync, Operation localInit, Operation chiefInit,
            Output readyForLocalInit) {}

    /**
     * @param inner the optimizer that applies the mean
     * @param needed how many gradients make one update
     * @param replicas how many workers there are
     * @param afterwards makes what is to happen after each update, given the operation that ends it
     */
    public SyncReplicas(
            Optimizer inner, int needed, int replicas, boolean locking, String name, Function<Operation, Operation> afterwards) {
        super(name, locking);
        this.inner = inner;
        this.needed = needed;
        this.replicas = replicas;
        this.afterwards = afterwards;
    }

    /** ValueError with that message before {@link #applyGradients}. */
    public Parts parts(String message) {
        if (parts == null) {
            throw NnError.value(message);
        }
        return parts;
    }

    public Optimizer inner() {
        return inner;
    }

    @Override
    protected void prepare(Graph g) {
        throw new IllegalStateException("the inner optimizer makes the updates");
    }

    @Override
    protected Operation applyDense(Graph g, Output gradient, Variable v) {
        throw new IllegalStateException("the inner optimizer makes the updates");
    }

    @Override
    protected Operation applySparse(Graph g, Output values, Output indices, Variable v) {
        throw new IllegalStateException("the inner optimizer makes the updates");
    }

    @Override
    public List<Variable> variables() {
        return inner.variables();
    }

    @Override
    public Operation applyGradients(Graph g, List<GradientAndVariable> pairs, Variable globalStep, String stepName) {
        if (pairs.isEmpty()) {
            throw NnError.value("Must supply at least one variable");
        }
        if (globalStep == null) {
            throw NnError.value("Global step is required to check staleness");
        }
        Variable local = localStep(g, globalStep);
        Operation localInit = assign(g, local, globalStep.toOutput(g, null, null, "value"));
        Output ready = Uninitialized.report(g, Variables.global(g), "report_uninitialized_variables");

        List<Operation> given = new ArrayList<>();
        List<GradientAndVariable> means = new ArrayList<>();
        List<Output> accumulators = new ArrayList<>();
        Operation step;
        Operation sync;
        Output tokens;
        Output dummy;
        Operation chiefInit;
        try (NameScope scope = g.nameScope(name())) {
            for (GradientAndVariable p : pairs) {
                means.add(new GradientAndVariable(mean(g, p, local, given, accumulators), p.variable()));
            }
            try (Graph.Block place = g.device(globalStep.operation().device()); NameScope root = g.nameScope(null)) {
                Operation update = inner.applyGradients(g, means, globalStep, null);
                tokens = queue(g, "sync_token_q", -1, globalStep.dtype());
                dummy = queue(g, "dummy_queue", 1, DType.INT32);
                Output token;
                try (Graph.Block after = g.controlDependencies(given)) {
                    token = g.op("QueueDequeueV2").name("sync_token_q_Dequeue").input(tokens)
                            .attr("component_types", List.of(globalStep.dtype())).output();
                }
                step = assign(g, local, token);
                try (Graph.Block after = g.controlDependencies(List.of(update))) {
                    sync = put(g, tokens, Math.max(replicas, needed), globalStep);
                }
                sync = afterwards.apply(sync);
            }
            List<Operation> first = new ArrayList<>(List.of(localInit));
            for (Output each : accumulators) {
                try (Graph.Block place = g.device(each.operation().device())) {
                    first.add(g.op("ResourceAccumulatorSetGlobalStep").name("SetGlobalStep").input(each)
                            .input(whole(g, globalStep.toOutput(g, null, null, "new_global_step"))).operation());
                }
            }
            chiefInit = ControlFlow.group(g, first, null);
        }
        parts = new Parts(globalStep, tokens, dummy, sync, localInit, chiefInit, ready);
        return step;
    }

    /** The step that this worker's gradients belong to; it lies on the worker. */
    private static Variable localStep(Graph g, Variable globalStep) {
        Operation anchor = g.op("NoOp").operation();
        try (Graph.Block beside = g.colocateWith(anchor)) {
            return Variables.create(
                    g, Literal.of(0), globalStep.dtype(), "sync_rep_local_step",
                    new Variables.Settings(false, List.of(GraphKeys.LOCAL_VARIABLES), true, null));
        }
    }

    private static Operation assign(Graph g, Variable v, Output value) {
        return g.op("Assign").input(v).input(value).attr("validate_shape", true).attr("use_locking", true).operation();
    }

    private static Output whole(Graph g, Output step) {
        return step.dtype() == DType.INT64 ? step : g.op("Cast").input(step).attr("DstT", DType.INT64).output();
    }

    private Output mean(Graph g, GradientAndVariable p, Variable local, List<Operation> given, List<Output> accumulators) {
        if (p.gradient() == null) {
            return null;
        }
        if (!(p.gradient() instanceof Output gradient)) {
            throw new NnError(
                    ErrorKind.NOT_IMPLEMENTED_ERROR,
                    "SyncReplicasOptimizer takes dense gradients only, and that of " + p.variable().name() + " is one of rows");
        }
        try (Graph.Block place = g.device(p.variable().operation().device())) {
            Output accumulator = g.op("ResourceConditionalAccumulator").name("conditional_accumulator")
                    .attr("dtype", gradient.dtype()).attr("shape", p.variable().shape())
                    .attr("shared_name", p.variable().name() + "/grad_accum").output();
            given.add(g.op("ResourceAccumulatorApplyGradient").name("AccumulatorApplyGradient").input(accumulator)
                    .input(whole(g, local.toOutput(g, null, null, "local_step"))).input(gradient).operation());
            accumulators.add(accumulator);
            return g.op("ResourceAccumulatorTakeGradient").name("AccumulatorTakeGradient").input(accumulator)
                    .input(Literal.of(needed)).attr("dtype", gradient.dtype()).output();
        }
    }

    private static Output queue(Graph g, String name, long capacity, DType type) {
        return g.op("FIFOQueueV2").name(name).attr("component_types", List.of(type)).attr("shapes", List.of(Shape.scalar()))
                .attr("capacity", capacity).attr("shared_name", name).output();
    }

    /** Puts that many tokens with the number of the step into the queue. */
    private static Operation put(Graph g, Output tokens, int count, Variable globalStep) {
        Output all = g.op("Fill").input(Literal.ofInts(count)).input(globalStep).output();
        return g.op("QueueEnqueueManyV2").name("sync_token_q_EnqueueMany").input(tokens).inputs(List.of(all)).operation();
    }

    /**
     * What the chief runs once, so that the first step can begin.
     *
     * @param count how many tokens; -1 for as many as gradients are needed
     */
    public Operation initTokens(int count) {
        Parts made = parts("get_init_tokens_op() should be called after apply_gradients().");
        int least = needed - replicas;
        int tokens = count == -1 ? needed : count;
        if (count != -1 && count < least) {
            throw NnError.value("Too few tokens to finish the first step: " + count + " (given) vs " + least + " (needed)");
        }
        Graph g = made.globalStep().graph();
        if (tokens <= 0) {
            return g.op("NoOp").name("no_init_tokens").operation();
        }
        try (Graph.Block place = g.device(made.globalStep().operation().device()); NameScope root = g.nameScope(null)) {
            return put(g, made.tokens(), tokens, made.globalStep());
        }
    }
}
