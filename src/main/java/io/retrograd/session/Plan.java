package io.retrograd.session;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.VariableState;
import io.retrograd.session.Instruction.Kind;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A part of a graph without branches and loops, compiled to a fixed order of instructions: first everything that does
 * not depend on an update, then the updates and what depends on them. What depends on constants alone is computed
 * here, once.
 */
final class Plan implements Engine.Runner {
    /** Larger results of constants are computed anew by each run: memory is dearer. */
    private static final long MOST_FOLDED = 1 << 20;

    private static final Set<String> SHAPE_OPS = Set.of("Shape", "ShapeN", "Rank", "Size");

    /** How many instructions pass between two looks at the interrupt flag. */
    private static final int STRIDE = 16;

    private final SessionState session;
    /** Combinations of feed shapes that are remembered. */
    private static final int MOST_VARIANTS = 8;

    private final Subgraph part;
    final Slots slots;
    final Instruction[] code;
    final int[] feedSlots;
    final int[] fetchSlots;
    /** Slots whose values never change. */
    final Set<Integer> constantSlots;
    /** The slots of variables themselves. */
    final Map<Integer, Operation> variableSlots;
    private final boolean[] mayHandOver;
    /** Reads that an update would overtake: copied where the second part begins. */
    private final int[] snapshotFrom;
    private final int[] snapshotTo;
    final int secondPart;
    private final List<Variant> variants = new ArrayList<>();
    /** What the last run took; null for the instructions themselves. */
    private ShapedPlan last;
    private final List<VariableState> saved = new ArrayList<>();
    private final RunObserver.Trace trace;
    /** Who takes the results inside a loop; null outside. */
    final LoopResults into;
    final Foresight foresight;
    private boolean fresh = true;

    /** Reports to the trace where there is one. */
    Plan(SessionState session, Subgraph part, RunObserver.Trace trace) {
        this(session, part, trace, null);
    }

    /** For a part of a loop, whose results go there. */
    Plan(SessionState session, Subgraph part, LoopResults into) {
        this(session, part, null, into);
    }

    private Plan(SessionState session, Subgraph part, RunObserver.Trace trace, LoopResults into) {
        this.session = session;
        this.part = part;
        this.trace = trace;
        this.into = into;
        Compiler c = new Compiler(session, part, trace != null);
        c.compile();
        slots = c.slots;
        code = c.code.toArray(new Instruction[0]);
        feedSlots = c.slotsOf(part.feeds());
        fetchSlots = c.slotsOf(part.fetches());
        mayHandOver = new boolean[fetchSlots.length];
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < fetchSlots.length; i++) {
            mayHandOver[i] = seen.add(fetchSlots[i]) && !c.kept.contains(fetchSlots[i]);
        }
        snapshotFrom = c.snapshotFrom.stream().mapToInt(Integer::intValue).toArray();
        snapshotTo = c.snapshotTo.stream().mapToInt(Integer::intValue).toArray();
        secondPart = c.secondPart;
        constantSlots = c.constant;
        variableSlots = c.variables;
        foresight = into == null ? Foresight.NONE : Foresight.of(this);
        if (trace != null) {
            c.constants.forEach((op, slot) -> trace.executed(op, new NdArray[] {slots.values[slot]}, 0));
        }
    }

    /** What is remembered of runs with feeds of certain shapes. */
    private static final class Variant {
        final int[][] feeds;
        /** Each slot's dimensions then. */
        final int[][] seen;
        /** What was foreseen then. */
        final NdArray[] ahead;
        boolean planned;
        ShapedPlan plan;

        Variant(int[][] feeds, int[][] seen, NdArray[] ahead) {
            this.feeds = feeds;
            this.seen = seen;
            this.ahead = ahead;
        }

        boolean fits(NdArray[] values) {
            for (int i = 0; i < values.length; i++) {
                if (!Shapes.isShape(values[i], feeds[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    boolean hasSnapshots() {
        return snapshotFrom.length > 0;
    }

    /** The first run with feeds of certain shapes takes the instructions as they are; the second makes a plan for those. */
    @Override
    public NdArray[] run(NdArray[] feeds) {
        if (trace != null) {
            return runAll(feeds, null);
        }
        foresight.look(feeds);
        for (int i = 0; i < variants.size(); i++) {
            Variant v = variants.get(i);
            if (v.fits(feeds) && foresight.fits(v.ahead)) {
                if (foresight.differs(v.ahead)) {
                    variants.forEach(w -> w.planned = false);
                }
                if (!v.planned) {
                    v.plan = Specializer.make(session, this, part, v.seen, v.ahead).orElse(null);
                    v.planned = true;
                }
                last = v.plan != null && v.plan.applies() ? v.plan : null;
                return last != null ? last.run(feeds) : runAll(feeds, null);
            }
        }
        last = null;
        int[][] seen = new int[slots.values.length][];
        int[][] shapes = new int[feeds.length][];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = feeds[i].shape();
            seen[feedSlots[i]] = shapes[i];
        }
        NdArray[] ahead = foresight.snapshot();
        NdArray[] results = runAll(feeds, seen);
        if (variants.size() == MOST_VARIANTS) {
            variants.remove(0);
        }
        variants.add(new Variant(shapes, seen, ahead));
        return results;
    }

    @Override
    public boolean takesParts() {
        return true;
    }

    private NdArray[] runAll(NdArray[] feeds, int[][] seen) {
        Runnable interrupt = session.options().interruptCheck();
        interrupt.run();
        for (int i = 0; i < feeds.length; i++) {
            slots.values[feedSlots[i]] = feeds[i].compact();
        }
        int at = 0;
        boolean wasFresh = fresh;
        fresh = true;
        try {
            for (; at < code.length; at++) {
                if (at == secondPart) {
                    for (int i = 0; i < snapshotFrom.length; i++) {
                        slots.values[snapshotTo[i]] = slots.value(snapshotFrom[i]).copy();
                    }
                }
                Instruction x = code[at];
                if (trace == null) {
                    x.execute(wasFresh, saved);
                } else {
                    x.traced(saved, trace);
                }
                if (seen != null) {
                    x.look(seen);
                }
                if (x.dies.length > 0) {
                    x.release();
                }
                if (at % STRIDE == STRIDE - 1) {
                    interrupt.run();
                }
            }
            NdArray[] results = into == null ? collect() : passOn(feeds);
            for (int i = 0; i < saved.size(); i++) {
                saved.get(i).commit();
            }
            saved.clear();
            fresh = false;
            return results;
        } catch (Throwable failure) {
            for (VariableState v : saved) {
                v.rollBack();
            }
            saved.clear();
            throw at < code.length ? RunErrors.located(failure, code[at].operation) : RunErrors.asIs(failure);
        } finally {
            for (int s : feedSlots) {
                slots.values[s] = null;
            }
        }
    }

    @Override
    public Optional<RunPlan> describe() {
        if (last != null) {
            return Optional.of(last.describe(part.operations().size()).withLoops());
        }
        List<RunPlan.Step> steps = new ArrayList<>();
        Map<Object, Long> arrays = new IdentityHashMap<>();
        for (Instruction x : code) {
            RunPlan.Kind kind = x.kind == Kind.READ ? RunPlan.Kind.VIEW : RunPlan.Kind.KERNEL;
            steps.add(new RunPlan.Step(kind, List.of(x.operation)));
            x.describe(arrays);
        }
        long bytes = arrays.values().stream().mapToLong(Long::longValue).sum();
        return Optional.of(new RunPlan(steps, part.operations().size() - code.length, bytes).withLoops());
    }

    /** Inside a loop: what was fed is passed on as it is, unless the next iteration wants an array that nobody changes. */
    private NdArray[] passOn(NdArray[] feeds) {
        NdArray[] results = new NdArray[fetchSlots.length];
        for (int i = 0; i < results.length; i++) {
            int s = fetchSlots[i];
            NdArray value = slots.value(s);
            boolean passes = mayHandOver[i] && slots.handOver[s];
            for (int k = 0; !passes && k < feeds.length; k++) {
                passes = value.data() == feeds[k].data() && !into.keepsFetch(i);
            }
            results[i] = passes ? value : value.copy();
        }
        for (int s : fetchSlots) {
            slots.drop(s, session.pool());
        }
        return results;
    }

    private NdArray[] collect() {
        NdArray[] results = new NdArray[fetchSlots.length];
        for (int i = 0; i < results.length; i++) {
            int s = fetchSlots[i];
            if (mayHandOver[i] && slots.handOver[s]) {
                results[i] = slots.values[s];
            } else {
                results[i] = slots.value(s).copy();
            }
        }
        for (int s : fetchSlots) {
            slots.drop(s, session.pool());
        }
        session.pool().trim();
        return results;
    }

    /** The way from a part of the graph to a plan's instructions. */
    private static final class Compiler {
        private final SessionState session;
        private final Subgraph part;
        private final Map<Output, Integer> slotOf = new IdentityHashMap<>();
        private final Map<Operation, Integer> firstSlot = new IdentityHashMap<>();
        private final Set<Output> fed;
        /** Operations that run after some update. */
        private final Set<Operation> after = new HashSet<>();
        /** Slots whose arrays stay from run to run. */
        final Set<Integer> kept = new HashSet<>();
        /** Slots with values that never change: constants and what was made of them. */
        final Set<Integer> constant = new HashSet<>();
        final Map<Integer, Operation> variables = new HashMap<>();
        private final Set<Integer> derived = new HashSet<>();
        /** Slots that stand for a variable, and for which one where that is known. */
        private final Map<Integer, Operation> variableOf = new HashMap<>();
        final List<Instruction> code = new ArrayList<>();
        final List<Integer> snapshotFrom = new ArrayList<>();
        final List<Integer> snapshotTo = new ArrayList<>();
        int secondPart;
        private int slotCount;
        Slots slots;

        /** Folds nothing: every operation is to be seen. */
        private final boolean whole;
        final Map<Operation, Integer> constants = new LinkedHashMap<>();

        Compiler(SessionState session, Subgraph part, boolean whole) {
            this.session = session;
            this.part = part;
            this.whole = whole;
            this.fed = new HashSet<>(part.feeds());
            fed.addAll(part.known().keySet());
        }

        int[] slotsOf(List<Output> outputs) {
            return outputs.stream().mapToInt(slotOf::get).toArray();
        }

        void compile() {
            for (Output o : part.feeds()) {
                slotOf.put(o, slotCount++);
            }
            for (Output o : part.known().keySet()) {
                slotOf.put(o, slotCount++);
            }
            for (Operation op : part.operations()) {
                // Every output has a place of its own, a fed one too, where its operation runs for another reason.
                firstSlot.put(op, slotCount);
                for (Output o : op.outputs()) {
                    slotOf.putIfAbsent(o, slotCount);
                    slotCount++;
                }
            }
            List<Operation> order = order();
            int spare = 0;
            for (Operation op : order) {
                spare += op.inputCount();
            }
            slots = new Slots(slotCount + spare);
            part.known().forEach((o, value) -> {
                int slot = slotOf.get(o);
                slots.values[slot] = value;
                constant.add(slot);
                kept.add(slot);
            });
            secondPart = -1;
            for (Operation op : order) {
                translate(op);
            }
            markFetches();
            markDeaths();
        }

        /** By dependencies; among those that are free to run, what no update precedes first, updates last. */
        private List<Operation> order() {
            Map<Operation, Integer> waits = new IdentityHashMap<>();
            Map<Operation, List<Operation>> consumers = new IdentityHashMap<>();
            for (Operation op : part.operations()) {
                Set<Operation> before = new HashSet<>(part.controlInputs(op));
                for (Output in : op.inputs()) {
                    if (!fed.contains(in)) {
                        before.add(part.producer(in));
                    }
                }
                waits.put(op, before.size());
                for (Operation b : before) {
                    consumers.computeIfAbsent(b, k -> new ArrayList<>()).add(op);
                }
            }
            List<Operation> open = new ArrayList<>(part.updates());
            while (!open.isEmpty()) {
                Operation op = open.remove(open.size() - 1);
                if (after.add(op)) {
                    open.addAll(consumers.getOrDefault(op, List.of()));
                }
            }
            PriorityQueue<Operation> ready = new PriorityQueue<>((a, b) -> {
                int byPart = Boolean.compare(after.contains(a), after.contains(b));
                int byEffect = byPart != 0 ? byPart : Boolean.compare(part.updates().contains(a), part.updates().contains(b));
                return byEffect != 0 ? byEffect : Integer.compare(a.id(), b.id());
            });
            waits.forEach((op, n) -> {
                if (n == 0) {
                    ready.add(op);
                }
            });
            List<Operation> order = new ArrayList<>();
            while (!ready.isEmpty()) {
                Operation op = ready.poll();
                order.add(op);
                for (Operation next : consumers.getOrDefault(op, List.of())) {
                    if (waits.merge(next, -1, Integer::sum) == 0) {
                        ready.add(next);
                    }
                }
            }
            if (order.size() < part.operations().size()) {
                throw NnError.invalidArgument("Graph is invalid, contains a cycle with "
                        + (part.operations().size() - order.size()) + " nodes.");
            }
            return order;
        }

        private void translate(Operation op) {
            int out = firstSlot.get(op);
            if (secondPart < 0 && after.contains(op)) {
                secondPart = code.size();
            }
            switch (op.type()) {
                case "NoOp":
                    return;
                case "VariableV2", "Variable":
                    variables.put(out, op);
                    slots.variables[out] = session.variable(op);
                    variableOf.put(out, op);
                    return;
                case "Const":
                    slots.values[out] = op.<NdArray>attribute("value").compact();
                    constants.put(op, out);
                    constant.add(out);
                    kept.add(out);
                    return;
                default:
            }
            int[] in = new int[op.inputCount()];
            boolean live = false;
            boolean allConstant = in.length > 0;
            boolean allDerived = in.length > 0;
            for (int i = 0; i < in.length; i++) {
                in[i] = slotOf.get(op.input(i));
                live |= variableOf.containsKey(in[i]);
                allConstant &= constant.contains(in[i]);
                allDerived &= constant.contains(in[i]) || derived.contains(in[i]);
            }
            boolean pure = !op.definition().isStateful() && !part.updates().contains(op) && isSmall(op);
            Kind kind = Kind.PLAIN;
            if (op.type().equals("Identity") && live) {
                kind = Kind.READ;
                variableOf.put(out, variableOf.get(in[0]));
            } else if (SHAPE_OPS.contains(op.type())) {
                kind = Kind.SHAPE;
            } else if (pure && allDerived) {
                kind = Kind.DERIVED;
            }
            Instruction x = new Instruction(session, op, slots, in, out, kind);
            if (!whole && kind == Kind.DERIVED && allConstant && fold(x)) {
                return;
            }
            if (kind == Kind.DERIVED || kind == Kind.SHAPE) {
                for (int i = 0; i < op.outputCount(); i++) {
                    derived.add(out + i);
                    kept.add(out + i);
                }
            }
            if (part.updates().contains(op)) {
                x.updated = Instruction.updatedInputs(op);
                for (int i = 0; i < op.outputCount(); i++) {
                    if (op.output(i).isReference()) {
                        variableOf.put(out + i, variableOf.get(in[0]));
                    }
                }
            }
            x.guardsVariables = live && !part.updates().isEmpty();
            x.pooled = kind == Kind.PLAIN;
            if (after.contains(op)) {
                takeSnapshots(x);
            }
            code.add(x);
        }

        private static boolean isSmall(Operation op) {
            for (Output o : op.outputs()) {
                if (o.isReference() || o.shape().numElements() > MOST_FOLDED) {
                    return false;
                }
            }
            return true;
        }

        private boolean fold(Instruction x) {
            try {
                x.definition.compute(x);
            } catch (NnError mistake) {
                if (mistake.kind() == ErrorKind.KEYBOARD_INTERRUPT) {
                    throw mistake;
                }
                // The run will meet it again and say where.
                return false;
            }
            for (int i = 0; i < x.operation.outputCount(); i++) {
                constant.add(x.out + i);
                kept.add(x.out + i);
            }
            return true;
        }

        /**
         * An operation of the second part that reads a variable without waiting for any of its updates is to see the
         * value before them. Where one was put before it, the read is replaced by a copy made in time.
         */
        private void takeSnapshots(Instruction x) {
            for (int i = 0; i < x.in.length; i++) {
                Operation variable = variableOf.get(x.in[i]);
                if (variable == null || Subgraph.isUpdated(x.operation, i) || x.kind == Kind.READ) {
                    continue;
                }
                boolean overtaken = false;
                boolean waits = false;
                for (int k = Math.max(secondPart, 0); k < code.size(); k++) {
                    Instruction u = code.get(k);
                    for (int r : u.updated) {
                        if (variableOf.get(u.in[r]) == variable) {
                            overtaken = true;
                            waits |= depends(x.operation, u.operation, new HashSet<>());
                        }
                    }
                }
                if (overtaken && !waits) {
                    int copy = slotCount++;
                    snapshotFrom.add(x.in[i]);
                    snapshotTo.add(copy);
                    x.in[i] = copy;
                }
            }
        }

        private boolean depends(Operation op, Operation on, Set<Operation> seen) {
            if (op == on) {
                return true;
            }
            if (!after.contains(op) || !seen.add(op)) {
                return false;
            }
            for (Output in : op.inputs()) {
                if (!fed.contains(in) && depends(part.producer(in), on, seen)) {
                    return true;
                }
            }
            for (Operation before : part.controlInputs(op)) {
                if (depends(before, on, seen)) {
                    return true;
                }
            }
            return false;
        }

        private void markFetches() {
            Set<Integer> fetchedSlots = new HashSet<>();
            part.fetches().forEach(o -> fetchedSlots.add(slotOf.get(o)));
            for (Instruction x : code) {
                for (int i = 0; i < x.fetched.length; i++) {
                    x.fetched[i] = x.kind == Kind.PLAIN && fetchedSlots.contains(x.out + i);
                }
            }
        }

        private void markDeaths() {
            int[] lastReader = new int[slotCount];
            Arrays.fill(lastReader, -1);
            for (int k = 0; k < code.size(); k++) {
                Instruction x = code.get(k);
                for (int i = 0; i < x.operation.outputCount(); i++) {
                    lastReader[x.out + i] = k;
                }
                for (int s : x.in) {
                    lastReader[s] = k;
                }
            }
            part.fetches().forEach(o -> lastReader[slotOf.get(o)] = -1);
            snapshotFrom.forEach(s -> lastReader[s] = -1);
            Map<Integer, List<Integer>> deaths = new HashMap<>();
            for (int s = 0; s < slotCount; s++) {
                boolean own = !kept.contains(s) && !variableOf.containsKey(s) && s >= part.feeds().size();
                if (lastReader[s] >= 0 && own) {
                    deaths.computeIfAbsent(lastReader[s], k -> new ArrayList<>()).add(s);
                }
            }
            deaths.forEach((k, list) -> code.get(k).dies = list.stream().mapToInt(Integer::intValue).toArray());
        }
    }
}
