package io.retrograd.graph;

import io.retrograd.limit.Budget;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A node of the graph: what it computes ({@link OpDef}), from which tensors, after which operations. */
public final class Operation {
    private final Graph graph;
    private final int id;
    private final String name;
    private final OpDef definition;
    private final Output[] inputs;
    private final List<Operation> controlInputs;
    private final Map<String, Object> attributes;
    private final Output[] outputs;
    private String device;
    private final Object origin;
    private ControlFlowContext controlFlowContext;
    private boolean fetchable = true;
    private boolean feedable = true;

    Operation(
            Graph graph,
            int id,
            String name,
            OpDef definition,
            Output[] inputs,
            List<Operation> controlInputs,
            Map<String, Object> attributes,
            List<OpDef.OutputType> outputTypes,
            String device,
            Object origin,
            ControlFlowContext context) {
        this.graph = graph;
        this.id = id;
        this.name = name;
        this.definition = definition;
        this.inputs = inputs;
        this.controlInputs = new ArrayList<>(controlInputs);
        this.attributes = attributes;
        this.device = device;
        this.origin = origin;
        this.controlFlowContext = context;
        this.outputs = new Output[outputTypes.size()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = new Output(this, i, outputTypes.get(i).dtype(), outputTypes.get(i).reference());
        }
        Budget.hold(this, outputs.length * OpDef.OUTPUT_BYTES);
    }

    private Operation(OpDef definition, Operation like, String name, List<Output> inputs, List<Operation> controlInputs, List<Output> outputs) {
        this.graph = like.graph;
        this.id = like.id;
        this.name = name;
        this.definition = definition;
        this.inputs = inputs.toArray(new Output[0]);
        this.controlInputs = new ArrayList<>(controlInputs);
        this.attributes = Map.of();
        this.device = like.device;
        this.origin = like.origin;
        this.outputs = outputs.toArray(new Output[0]);
    }

    /**
     * What stands for several operations where a graph runs. It is no operation of the graph, and its outputs are still
     * theirs.
     *
     * @param like the one of them whose place, device and origin it takes
     * @param outputs theirs, in the order in which the definition's kernel computes them
     */
    public static Operation standIn(
            OpDef definition, Operation like, String name, List<Output> inputs, List<Operation> controlInputs, List<Output> outputs) {
        return new Operation(definition, like, name, inputs, controlInputs, outputs);
    }

    /** The graph that it belongs to. */
    public Graph graph() {
        return graph;
    }

    /** Its place in the order of creation, from 1. */
    public int id() {
        return id;
    }

    /** Its name, unique in the graph, scopes included. */
    public String name() {
        return name;
    }

    /** The operation's type: {@code MatMul}. */
    public String type() {
        return definition.type();
    }

    /** What its type is: arguments, shape rule, kernel, gradient. */
    public OpDef definition() {
        return definition;
    }

    /** How many inputs it has, control inputs not counted. */
    public int inputCount() {
        return inputs.length;
    }

    /** The input of that number, from 0. */
    public Output input(int i) {
        return inputs[i];
    }

    /** All inputs, control inputs not among them. */
    public List<Output> inputs() {
        return List.of(inputs);
    }

    /** Closes the cycle of a while loop: the back edge is known only after its target was made. */
    public void replaceInput(int i, Output with) {
        inputs[i] = with;
    }

    /** Operations that must have run before this one. */
    public List<Operation> controlInputs() {
        return Collections.unmodifiableList(controlInputs);
    }

    /** From now on the other runs first. */
    public void addControlInput(Operation before) {
        if (!controlInputs.contains(before)) {
            controlInputs.add(before);
        }
    }

    /** How many outputs it has. */
    public int outputCount() {
        return outputs.length;
    }

    /** The output of that number, from 0. */
    public Output output(int i) {
        return outputs[i];
    }

    /** All outputs. */
    public List<Output> outputs() {
        return List.of(outputs);
    }

    /** Its attributes: DType, Shape, Long, Float, Boolean, String, NdArray, or a List of these. */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /** The attribute of that name; the caller knows its Java type. */
    @SuppressWarnings("unchecked")
    public <T> T attribute(String key) {
        return (T) attributes.get(key);
    }

    public long intAttribute(String key) {
        return (Long) attributes.get(key);
    }

    public boolean flag(String key) {
        return attributes.get(key) == Boolean.TRUE;
    }

    public DType typeAttribute(String key) {
        return (DType) attributes.get(key);
    }

    public Shape shapeAttribute(String key) {
        return (Shape) attributes.get(key);
    }

    /** The device that the script asked for; empty if none. */
    public String device() {
        return device;
    }

    void device(String now) {
        device = now;
    }

    /** Where in a script it was made; what the language put there, null outside of a script. */
    public Object origin() {
        return origin;
    }

    /** The conditional branch or loop body that it belongs to; null at top level. */
    public ControlFlowContext controlFlowContext() {
        return controlFlowContext;
    }

    /** Moves it to another context: a Switch or Enter belongs to the context that it leads into. */
    public void controlFlowContext(ControlFlowContext now) {
        controlFlowContext = now;
    }

    /** Replaces the operations that must have run before. */
    public void controlInputs(List<Operation> now) {
        controlInputs.clear();
        controlInputs.addAll(now);
    }

    /** From now on a run cannot ask for it: it lies in a branch or loop. */
    public void preventFetching() {
        fetchable = false;
    }

    /** Whether run may fetch it. */
    public boolean isFetchable() {
        return fetchable;
    }

    /** From now on its outputs cannot be fed. */
    public void preventFeeding() {
        feedable = false;
    }

    /** Whether run may feed its outputs. */
    public boolean isFeedable() {
        return feedable;
    }

    /** {@code <tf.Operation 'init' type=NoOp>}. */
    @Override
    public String toString() {
        return "<tf.Operation '" + name + "' type=" + type() + ">";
    }
}
