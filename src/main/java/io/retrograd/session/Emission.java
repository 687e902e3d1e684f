package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.graph.VariableState;
import io.retrograd.kernel.FloatChain;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.session.Value.Node;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the steps of a {@link ShapedPlan}, each with the arrays that it reads and fills. */
final class Emission {
    private final SessionState session;
    private final Plan plan;
    private final Subgraph part;
    private final Fusion fusion;
    private final Value[] values;
    private final List<VariableState> saved = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    Emission(SessionState session, Plan plan, Subgraph part, Fusion fusion, Value[] values) {
        this.session = session;
        this.plan = plan;
        this.part = part;
        this.fusion = fusion;
        this.values = values;
    }

    /** The plan of these steps, good while the guards hold. */
    ShapedPlan emit(List<Node> order, ShapedPlan.Guard[] guards) {
        Cell[] feedCells = new Cell[plan.feedSlots.length];
        boolean[] parts = new boolean[feedCells.length];
        for (int i = 0; i < feedCells.length; i++) {
            Value v = values[plan.feedSlots[i]];
            v.placed = true;
            feedCells[i] = v.cell;
            parts[i] = mayBePart(v);
        }
        ShapedPlan.Fetched[] fetched = new ShapedPlan.Fetched[plan.fetchSlots.length];
        handOver();
        Layout layout = new Layout(session, plan.into != null);
        for (int k = 0; k < order.size(); k++) {
            Node n = order.get(k);
            if (n.chain != null) {
                chain(n, k, layout);
            } else {
                kernel(n, layout);
            }
            layout.free(k);
        }
        for (int i = 0; i < fetched.length; i++) {
            Value v = values[plan.fetchSlots[i]];
            Cell cell = place(v, part.fetches().get(i).operation());
            boolean first = v.handedOver;
            v.handedOver = false;
            boolean elsewhere = v.root().feed >= 0 || v.root().constant != null || v.root().variable != null;
            boolean passesOn = plan.into != null && elsewhere && (!plan.into.keepsFetch(i) || cell.kept);
            fetched[i] = new ShapedPlan.Fetched(
                    cell, v.dtype, v.dtype.isNumeric() || v.dtype == DType.BOOL ? v.dims : null, first, passesOn);
        }
        return new ShapedPlan(
                session,
                steps.toArray(new Step[0]),
                feedCells,
                parts,
                fetched,
                guards,
                saved,
                plan.into);
    }

    /** Whether all that read it take parts of larger arrays. */
    private static boolean mayBePart(Value v) {
        boolean can = v.dtype == DType.FLOAT32 && !v.hasViews && !v.wanted;
        for (Node n : v.users) {
            can &= n.chain == null && n.x.definition.takesParts();
        }
        return can;
    }

    private void handOver() {
        for (int i = plan.fetchSlots.length - 1; i >= 0; i--) {
            Value v = values[plan.fetchSlots[i]];
            boolean made = v.base == null && v.producer != null && v.variable == null && v.constant == null && v.dims != null;
            v.handedOver = made && !v.forwarded && (v.dtype.isNumeric() || v.dtype == DType.BOOL);
            // The first fetch of a tensor gets the array that its step fills.
            if (v.handedOver) {
                v.cell.kept = plan.into != null && plan.into.keepsFetch(i);
            }
        }
    }

    /** The cell that holds the value from here on; a view is shown by a step where its base's array may change. */
    private Cell place(Value v, Operation reader) {
        if (v.placed) {
            return v.cell;
        }
        v.placed = true;
        if (v.constant != null) {
            v.cell.array = v.constant;
        } else if (v.variable != null) {
            v.cell.variable = v.variable;
        } else if (v.base != null) {
            Cell from = place(v.base, reader);
            if (v.base.isFixed) {
                v.cell.array = from.array.reshape(v.dims);
            } else {
                steps.add(new ViewStep(reader, from, v.cell, v.dims));
            }
        }
        return v.cell;
    }

    private Cell[] inputs(Node n) {
        Cell[] cells = new Cell[n.in.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = place(n.in[i], n.x.operation);
        }
        return cells;
    }

    private void kernel(Node n, Layout layout) {
        Cell[] in = inputs(n);
        Cell[] out = new Cell[n.out.length];
        NdArray[] buffers = new NdArray[out.length];
        boolean[] forwards = new boolean[out.length];
        for (int i = 0; i < out.length; i++) {
            Value v = n.out[i];
            out[i] = v.producer == null ? place(v, n.x.operation) : v.cell;
            v.placed = true;
            forwards[i] = v.forwarded;
            if (v.producer == n && !v.handedOver) {
                buffers[i] = v.isKept ? keep(v) : layout.buffer(v, null);
            }
        }
        steps.add(new KernelStep(
                session, n.x.operation, in, out, buffers, handedOver(n), forwards, n.x.updated, saved,
                !part.updates().isEmpty()));
    }

    /** Lets the step compute it in a new array in each run. */
    private NdArray keep(Value v) {
        v.cell.kept = true;
        v.cell.source = new KeptArrays.Source(session.kept(), v.dtype, v.dims);
        return null;
    }

    private static boolean[] handedOver(Node n) {
        boolean[] all = new boolean[n.out.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = n.out[i].handedOver;
        }
        return all;
    }

    private void chain(Node last, int at, Layout layout) {
        List<Node> list = fusion.members(last);
        int[] dims = last.out[0].dims;
        Map<Value, Integer> register = new LinkedHashMap<>();
        List<FloatChain.Operand> operands = new ArrayList<>();
        List<Cell> in = new ArrayList<>();
        Set<Value> inner = new HashSet<>();
        list.forEach(n -> inner.add(n.out[0]));
        Map<Value, Integer> lastReader = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            for (Value v : list.get(i).in) {
                lastReader.put(v, i);
                if (!inner.contains(v) && !register.containsKey(v)) {
                    register.put(v, operands.size());
                    operands.add(Fusion.lie(v, dims));
                    in.add(place(v, list.get(i).x.operation));
                }
            }
        }
        List<Integer> free = new ArrayList<>();
        int registers = operands.size();
        FloatChain.Instruction[] code = new FloatChain.Instruction[list.size()];
        int[][] abc = new int[list.size()][];
        for (int i = 0; i < list.size(); i++) {
            Node n = list.get(i);
            int a = register.get(n.in[0]);
            int b = register.get(n.in[n.in.length - 1]);
            for (Value v : n.in) {
                if (inner.contains(v) && lastReader.get(v) == i && !free.contains(register.get(v))) {
                    free.add(register.get(v));
                }
            }
            int c = free.isEmpty() ? registers++ : free.remove(free.size() - 1);
            register.put(n.out[0], c);
            abc[i] = new int[] {a, b, c};
        }
        for (int i = 0; i < code.length; i++) {
            Node n = list.get(i);
            FloatLoop loop = Fusion.loop(n).orElseThrow();
            int c = i == code.length - 1 ? registers : abc[i][2];
            code[i] = new FloatChain.Instruction(loop, abc[i][0], abc[i][1], c);
        }
        FloatChain chain = new FloatChain(
                (int) Specializer.product(dims), operands.toArray(new FloatChain.Operand[0]), code, registers - operands.size(), Fusion.weight(list),
                session.loops());
        Value out = last.out[0];
        out.placed = true;
        NdArray buffer = null;
        if (out.isKept && !out.handedOver) {
            keep(out);
        } else if (!out.handedOver) {
            Value inPlace = null;
            for (Value v : register.keySet()) {
                boolean whole = !inner.contains(v) && v.size() == Specializer.product(dims);
                if (whole && v.root().lastUse == at && v.root().isFixed) {
                    inPlace = v.root();
                }
            }
            buffer = layout.buffer(out, inPlace);
        }
        steps.add(new ChainStep(
                Fusion.operations(list), session.options(), chain, in.toArray(new Cell[0]), out.cell, buffer));
    }
}
