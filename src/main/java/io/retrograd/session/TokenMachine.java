package io.retrograd.session;

import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.VariableState;
import io.retrograd.session.FrameGraph.Node;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a part of a graph that has branches or loops. Values travel as tokens: a Switch sends its value one way and a
 * dead token the other, an operation with a dead input sends dead tokens on, a Merge takes whichever is alive. Each
 * loop is a frame whose iterations hold tokens of their own (Yu et al. 2018, section 4).
 *
 * <p>Updates of variables outside loops wait until nothing else can run.
 */
final class TokenMachine implements Engine.Runner {
    /** Stands for the value that did not come. */
    private static final Object DEAD = new Object();

    private static final int STRIDE = 16;

    private final SessionState session;
    private final FrameGraph graph;
    private final List<Output> fetches;
    private final List<VariableState> saved = new ArrayList<>();
    private final Deque<Task> ready = new ArrayDeque<>();
    private final Deque<Task> updates = new ArrayDeque<>();
    private final Map<FrameKey, Frame> frames = new HashMap<>();
    private Frame root;
    private Object[] fetched;

    private final RunObserver.Trace trace;

    /** Reports to the trace where there is one. */
    TokenMachine(SessionState session, Subgraph part, RunObserver.Trace trace) {
        this.trace = trace;
        this.session = session;
        this.fetches = part.fetches();
        this.graph = new FrameGraph(session, part);
    }

    private record Task(Node node, Frame frame, Iteration iteration, boolean dead) {}

    private record FrameKey(Frame parent, int iteration, String name) {}

    /** One round of a loop, or the one round outside all loops. */
    private static final class Iteration {
        final int number;
        final int[] pending;
        final int[] dead;
        final Object[] inputs;
        int outstanding;
        int childFrames;

        Iteration(int number, FrameGraph.Frame info) {
            this.number = number;
            this.pending = info.pending.clone();
            this.dead = new int[pending.length];
            this.inputs = new Object[info.inputCount];
        }
    }

    /** A loop that runs, or the world outside. */
    private static final class Frame {
        final FrameGraph.Frame info;
        final Frame parent;
        final Iteration parentIteration;
        final FrameKey key;
        final List<Iteration> iterations = new ArrayList<>();
        final List<Node> deadExits = new ArrayList<>();
        final List<Node> constants = new ArrayList<>();
        final List<Object> constantValues = new ArrayList<>();
        int pendingInputs;
        int last;
        int running = 1;

        Frame(FrameGraph.Frame info, Frame parent, Iteration parentIteration, FrameKey key) {
            this.info = info;
            this.parent = parent;
            this.parentIteration = parentIteration;
            this.key = key;
            this.pendingInputs = info.enters;
            iterations.add(new Iteration(0, info));
        }

        Iteration iteration(int i) {
            return iterations.get(i);
        }
    }

    @Override
    public NdArray[] run(NdArray[] feeds) {
        ready.clear();
        updates.clear();
        frames.clear();
        fetched = new Object[fetches.size()];
        root = new Frame(graph.root, null, null, null);
        Node current = null;
        try {
            graph.feed(feeds, root.iteration(0).inputs, fetched);
            for (Node n : graph.starts) {
                schedule(n, root, root.iteration(0), false);
            }
            int steps = 0;
            while (true) {
                Task task = ready.poll();
                if (task == null) {
                    task = updates.poll();
                    if (task == null) {
                        break;
                    }
                }
                if (steps++ % STRIDE == 0) {
                    session.options().interruptCheck().run();
                }
                current = task.node;
                execute(task);
            }
            current = null;
            NdArray[] results = collect();
            saved.forEach(VariableState::commit);
            saved.clear();
            return results;
        } catch (Throwable failure) {
            saved.forEach(VariableState::rollBack);
            saved.clear();
            throw current == null ? RunErrors.asIs(failure) : RunErrors.located(failure, current.operation);
        } finally {
            root = null;
            frames.clear();
            ready.clear();
            updates.clear();
        }
    }

    private NdArray[] collect() {
        NdArray[] results = new NdArray[fetched.length];
        for (int i = 0; i < results.length; i++) {
            Object value = fetched[i];
            if (value == null || value == DEAD) {
                throw NnError.invalidArgument("Retval[" + i + "] does not have value");
            }
            results[i] = (value instanceof VariableState v ? v.value() : (NdArray) value).copy();
        }
        return results;
    }

    private void schedule(Node node, Frame frame, Iteration iteration, boolean dead) {
        iteration.outstanding++;
        Task task = new Task(node, frame, iteration, dead);
        (node.isUpdate && !dead && frame == root ? updates : ready).add(task);
    }

    private void execute(Task task) {
        Node node = task.node;
        Frame frame = task.frame;
        Iteration iteration = task.iteration;
        int base = node.inputBase;
        Object[] outputs = new Object[node.operation.outputCount()];
        long start = trace == null ? 0 : System.nanoTime();
        if (task.dead && node.kind != FrameGraph.Kind.TRIGGER) {
            Arrays.fill(outputs, DEAD);
        } else {
            Object first = node.inputs > 0 ? iteration.inputs[base] : null;
            switch (node.kind) {
                case SWITCH -> {
                    Object pred = iteration.inputs[base + 1];
                    boolean which = (pred instanceof VariableState v ? v.value() : (NdArray) pred).getBoolean(0);
                    outputs[0] = which ? DEAD : first;
                    outputs[1] = which ? first : DEAD;
                }
                case MERGE -> {
                    for (int i = 0; i < node.inputs; i++) {
                        Object in = iteration.inputs[base + i];
                        if (in != null && in != DEAD) {
                            outputs[0] = in;
                            outputs[1] = NdArray.scalar(i);
                            break;
                        }
                    }
                }
                case ENTER, EXIT, NEXT -> outputs[0] = first;
                case TRIGGER -> { }
                case READ -> {
                    if (first instanceof VariableState v) {
                        v.value();
                    }
                    outputs[0] = first;
                }
                case KERNEL -> compute(node, iteration, outputs);
            }
            if (trace != null) {
                report(node.operation, outputs, System.nanoTime() - start);
            }
        }
        for (int i = 0; i < node.inputs; i++) {
            iteration.inputs[base + i] = null;
        }
        propagate(node, frame, iteration, outputs, task.dead);
        iteration.outstanding--;
        if (iteration.outstanding == 0) {
            cleanUp(frame, iteration.number);
        }
    }

    private void report(Operation operation, Object[] outputs, long nanos) {
        NdArray[] results = new NdArray[outputs.length];
        for (int i = 0; i < results.length; i++) {
            if (outputs[i] instanceof VariableState v) {
                results[i] = v.isInitialized() ? v.value().copy() : null;
            } else if (outputs[i] instanceof NdArray a) {
                results[i] = a.copy();
            }
        }
        trace.executed(operation, results, nanos);
    }

    private void compute(Node node, Iteration iteration, Object[] outputs) {
        Instruction x = node.instruction;
        Slots slots = x.slots;
        for (int i = 0; i < node.inputs; i++) {
            Object in = iteration.inputs[node.inputBase + i];
            if (in instanceof VariableState v) {
                slots.variables[i] = v;
                slots.values[i] = null;
            } else {
                slots.values[i] = (NdArray) in;
            }
        }
        for (int i = 0; i < outputs.length; i++) {
            slots.values[node.inputs + i] = null;
            slots.variables[node.inputs + i] = null;
        }
        x.execute(true, saved);
        for (int i = 0; i < outputs.length; i++) {
            NdArray value = slots.values[node.inputs + i];
            outputs[i] = value != null ? value : slots.variables[node.inputs + i];
        }
    }

    private void propagate(Node node, Frame frame, Iteration iteration, Object[] outputs, boolean dead) {
        boolean nodeDead = dead && node.kind != FrameGraph.Kind.TRIGGER;
        switch (node.kind) {
            case ENTER -> {
                Frame child = child(frame, iteration, node);
                if (node.constant) {
                    child.constants.add(node);
                    child.constantValues.add(outputs[0]);
                    for (int i = 0; i < child.iterations.size(); i++) {
                        if (child.iteration(i) != null) {
                            deliver(node, child, child.iteration(i), outputs, nodeDead);
                        }
                    }
                } else {
                    deliver(node, child, child.iteration(0), outputs, nodeDead);
                }
                child.pendingInputs--;
                cleanUp(child, 0);
            }
            case EXIT -> {
                if (nodeDead) {
                    if (iteration.number == frame.last) {
                        frame.deadExits.add(node);
                    }
                } else {
                    deliver(node, frame.parent, frame.parentIteration, outputs, false);
                }
            }
            case NEXT -> {
                if (!nodeDead) {
                    if (iteration.number == frame.last) {
                        nextIteration(frame);
                    }
                    deliver(node, frame, frame.iteration(iteration.number + 1), outputs, false);
                }
            }
            default -> deliver(node, frame, iteration, outputs, nodeDead);
        }
    }

    private Frame child(Frame parent, Iteration iteration, Node enter) {
        FrameKey key = new FrameKey(parent, iteration.number, enter.childFrame.name);
        Frame found = frames.get(key);
        if (found == null) {
            found = new Frame(enter.childFrame, parent, iteration, key);
            iteration.childFrames++;
            frames.put(key, found);
        }
        return found;
    }

    private void nextIteration(Frame frame) {
        frame.deadExits.clear();
        frame.last++;
        frame.running++;
        Iteration next = new Iteration(frame.last, frame.info);
        frame.iterations.add(next);
        for (int i = 0; i < frame.constants.size(); i++) {
            Object value = frame.constantValues.get(i);
            deliver(frame.constants.get(i), frame, next, new Object[] {value}, value == DEAD);
        }
    }

    /** Hands the outputs to their consumers in that iteration, and starts those that have all they wait for. */
    private void deliver(Node node, Frame frame, Iteration iteration, Object[] outputs, boolean nodeDead) {
        if (frame == root) {
            for (int i = 0; i < node.fetchOutput.length; i++) {
                fetched[node.fetchIndex[i]] = outputs[node.fetchOutput[i]];
            }
        }
        for (int e = 0; e < node.targets.length; e++) {
            Node to = node.targets[e];
            int from = node.targetOutput[e];
            boolean deadEdge = from >= 0 ? outputs[from] == DEAD : nodeDead;
            boolean start;
            boolean startDead;
            if (to.kind == FrameGraph.Kind.MERGE) {
                if (from < 0) {
                    iteration.pending[to.index] -= 2;
                    int left = iteration.pending[to.index];
                    startDead = iteration.dead[to.index] == to.inputs;
                    start = left == 0 || left == 1 && startDead;
                } else if (!deadEdge) {
                    iteration.inputs[to.inputBase + node.targetInput[e]] = outputs[from];
                    start = iteration.pending[to.index] == 1;
                    iteration.pending[to.index] &= ~1;
                    startDead = false;
                } else {
                    iteration.dead[to.index]++;
                    // A loop in the branch that is not taken: its first values are dead, others will never come.
                    startDead = iteration.dead[to.index] == to.inputs || node.kind == FrameGraph.Kind.ENTER;
                    start = iteration.pending[to.index] == 1 && startDead;
                }
            } else {
                if (deadEdge) {
                    iteration.dead[to.index]++;
                } else if (from >= 0) {
                    iteration.inputs[to.inputBase + node.targetInput[e]] = outputs[from];
                }
                start = --iteration.pending[to.index] == 0;
                startDead = iteration.dead[to.index] > 0;
            }
            if (start) {
                schedule(to, frame, iteration, startDead);
            }
        }
    }

    /** Drops iterations that are done, from the given one on, and the frame with the last. */
    private void cleanUp(Frame frame, int from) {
        if (frame == root) {
            return;
        }
        int i = from;
        while (i <= frame.last && isDone(frame, i)) {
            frame.iterations.set(i, null);
            frame.running--;
            i++;
        }
        if (frame.running == 0 && frame.pendingInputs == 0 && frames.remove(frame.key) != null) {
            Object[] deadOutput = {DEAD};
            for (Node exit : frame.deadExits) {
                deliver(exit, frame.parent, frame.parentIteration, deadOutput, true);
            }
            frame.parentIteration.childFrames--;
            if (frame.parentIteration.outstanding == 0) {
                cleanUp(frame.parent, frame.parentIteration.number);
            }
        }
    }

    private static boolean isDone(Frame frame, int i) {
        Iteration it = frame.iteration(i);
        if (it == null || it.outstanding > 0 || it.childFrames > 0) {
            return false;
        }
        return i == 0 ? frame.pendingInputs == 0 : frame.iteration(i - 1) == null;
    }
}
