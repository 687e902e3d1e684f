package io.retrograd.session;

import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Operation;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.VariableState;
import io.retrograd.session.Value.Node;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a {@link ShapedPlan} of a plan's instructions once the shapes of the feeds are known: shapes are inferred
 * through the whole plan and held against those of a run, what depends on them alone is computed, tensors that are
 * others under a new shape become views, equal operations one, what nobody needs is left out, elementwise operations
 * are fused.
 */
final class Specializer {
    /** Larger results of constants are computed anew by each run: memory is dearer. */
    private static final int MOST_FOLDED = 1 << 20;

    private static final Set<String> LOOK_AT_SHAPES = Set.of("Shape", "ShapeN", "Rank", "Size", "ZerosLike", "OnesLike");

    private static final Set<String> SAME_ELEMENTS = Set.of(
            "Identity", "StopGradient", "PreventGradient", "GuaranteeConst", "Reshape", "ExpandDims", "Squeeze");

    /** With nothing to reduce they hand on their input. */
    private static final Set<String> REDUCTIONS = Set.of("Sum", "Mean", "Prod", "Max", "Min");

    private final SessionState session;
    private final Plan plan;
    private final Subgraph part;
    private final int[][] seen;
    private final NdArray[] ahead;
    private final Value[] values;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Object, Value[]> known = new HashMap<>();
    private final Map<VariableState, ShapedPlan.Guard> guards = new LinkedHashMap<>();
    /** Whether an assignment gives a variable another shape, which no plan for fixed shapes bears. */
    private boolean reshapes;
    private final Map<Operation, Node> nodeOf = new IdentityHashMap<>();

    private Specializer(SessionState session, Plan plan, Subgraph part, int[][] seen, NdArray[] ahead) {
        this.ahead = ahead;
        this.session = session;
        this.plan = plan;
        this.part = part;
        this.seen = seen;
        this.values = new Value[seen.length];
    }

    /**
     * The plan for these shapes, if it pays.
     *
     * @param seen each slot's dimensions in a run with feeds of these shapes, null where it had none
     * @param ahead what the plan's foresight told before that run
     */
    static Optional<ShapedPlan> make(SessionState session, Plan plan, Subgraph part, int[][] seen, NdArray[] ahead) {
        if (plan.hasSnapshots()) {
            return Optional.empty();
        }
        try {
            return new Specializer(session, plan, part, seen, ahead).make();
        } catch (Layout.TooLarge tooLarge) {
            return Optional.empty();
        }
    }

    private Optional<ShapedPlan> make() {
        for (int i = 0; i < plan.feedSlots.length; i++) {
            int slot = plan.feedSlots[i];
            Value v = new Value(part.feeds().get(i).dtype(), seen[slot], null);
            v.feed = i;
            v.cell.kept = plan.into != null && plan.into.keepsFeed(i);
            values[slot] = v;
        }
        for (int slot : plan.constantSlots) {
            values[slot] = constant(plan.slots.values[slot]);
        }
        for (Map.Entry<Integer, Operation> e : plan.variableSlots.entrySet()) {
            VariableState state = session.variable(e.getValue());
            if (!state.isInitialized()) {
                return Optional.empty();
            }
            Value v = new Value(state.value().dtype(), state.value().shape(), null);
            v.variable = state;
            values[e.getKey()] = v;
            guards.put(state, new ShapedPlan.Guard(state, v.dims));
        }
        for (int k = 0; k < plan.code.length; k++) {
            translate(plan.code[k], plan.secondPart >= 0 && k >= plan.secondPart);
        }
        if (reshapes) {
            return Optional.empty();
        }
        markFetches();
        prune();
        Fusion fusion = new Fusion(nodes);
        keepForRun();
        List<Node> order = fusion.order();
        Layout.lifetimes(order, fusion::members);
        return Optional.of(new Emission(session, plan, part, fusion, values)
                .emit(order, guards.values().toArray(new ShapedPlan.Guard[0])));
    }

    private Value constant(NdArray array) {
        if (array.size() != 1 || !array.dtype().isNumeric() || array.dtype().isComplex()) {
            return Value.of(array);
        }
        // Equal numbers are one tensor: so equal operations on them are one, too.
        Object key = List.of(array.dtype(), array.rank(), array.dtype().isFloating()
                ? (Object) Double.doubleToRawLongBits(array.getDouble(0)) : (Object) array.getLong(0));
        return known.computeIfAbsent(key, k -> new Value[] {Value.of(array)})[0];
    }

    // Folding

    private void translate(Instruction x, boolean after) {
        Operation op = x.operation;
        Value[] in = new Value[x.in.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = values[x.in[i]];
        }
        if (x.kind == Instruction.Kind.READ) {
            values[x.out] = in[0];
            return;
        }
        int outputs = op.outputCount();
        boolean update = part.updates().contains(op);
        boolean reference = false;
        for (int i = 0; i < outputs; i++) {
            reference |= op.output(i).isReference();
        }
        boolean pure = !op.definition().isStateful() && !update && !reference;
        int[][] dims = dims(x, in);
        if (pure && (fold(x, in) || alias(x, in, dims))) {
            return;
        }
        Object key = pure && !after ? key(op, in) : null;
        Value[] before = key == null ? null : known.get(key);
        if (before != null) {
            System.arraycopy(before, 0, values, x.out, outputs);
            return;
        }
        Value[] out = new Value[outputs];
        Node node = new Node(x, in, out, after, pure);
        int foreseen = plan.foresight.indexOf(x);
        NdArray next = foreseen < 0 ? null : ahead[foreseen];
        if (next != null && next.hasShape(seen[x.out])) {
            dims[0] = next.shape();
        }
        for (int i = 0; i < outputs; i++) {
            if (update && op.output(i).isReference()) {
                reshapes |= in.length > 1 && op.type().equals("Assign") && !op.flag("validate_shape")
                        && (in[0].dims == null || !Arrays.equals(in[0].dims, in[1].dims));
                out[i] = in[0];
            } else {
                out[i] = new Value(op.output(i).dtype(), dims[i], null);
                out[i].producer = node;
                out[i].forwarded = x.forwarded[i] || op.output(i).isReference();
            }
            values[x.out + i] = out[i];
        }
        if (next != null && dims[0] != null && plan.foresight.isSure(foreseen, ahead)) {
            values[x.out] = constant(next);
        }
        if (key != null) {
            known.put(key, out);
        }
        nodes.add(node);
        nodeOf.put(op, node);
    }

    /** The outputs' dimensions where the inputs' decide them. */
    private int[][] dims(Instruction x, Value[] in) {
        Shape[] shapes = new Shape[in.length];
        NdArray[] constants = new NdArray[in.length];
        for (int i = 0; i < in.length; i++) {
            shapes[i] = in[i].dims == null ? Shape.unknown() : Shape.of(in[i].dims);
            constants[i] = in[i].constant;
        }
        Shape[] inferred = ShapeContext.tryOn(x.operation, shapes, constants);
        int[][] dims = new int[inferred.length][];
        for (int i = 0; i < dims.length; i++) {
            int[] actual = seen[x.out + i];
            if (inferred[i].isFullyDefined() && actual != null && Arrays.equals(inferred[i].toInts(), actual)) {
                dims[i] = actual;
            }
        }
        return dims;
    }

    /** Computes what constants and shapes decide. */
    private boolean fold(Instruction x, Value[] in) {
        String type = x.operation.type();
        boolean likeInput = type.endsWith("Like");
        boolean shapesOnly = LOOK_AT_SHAPES.contains(type);
        List<NdArray> inputs = new ArrayList<>(in.length);
        for (Value v : in) {
            if (v.constant != null) {
                inputs.add(v.constant);
            } else if (shapesOnly && v.dims != null && (v.dtype.isNumeric() || !likeInput)) {
                inputs.add(NdArray.zeros(likeInput ? v.dtype : DType.FLOAT32).broadcastTo(v.dims));
            } else {
                return false;
            }
        }
        if (in.length == 0) {
            return false;
        }
        for (int i = 0; i < x.operation.outputCount(); i++) {
            int[] d = seen[x.out + i];
            if (d == null || product(d) > MOST_FOLDED) {
                return false;
            }
        }
        Optional<NdArray[]> folded = ConstantValue.fold(x.operation, inputs);
        folded.ifPresent(all -> {
            for (int i = 0; i < all.length; i++) {
                values[x.out + i] = constant(all[i].compact());
            }
        });
        return folded.isPresent();
    }

    /** Lets what has the elements of its input be that input. */
    private boolean alias(Instruction x, Value[] in, int[][] dims) {
        String type = x.operation.type();
        boolean isVariable = in.length > 0 && in[0].root().variable != null;
        if (dims.length != 1 || dims[0] == null || in.length == 0 || in[0].dims == null || isVariable && !part.updates().isEmpty()) {
            return false;
        }
        boolean same = SAME_ELEMENTS.contains(type)
                || type.equals("Cast") && x.operation.output(0).dtype() == in[0].dtype
                || (type.equals("Tile") || type.equals("BroadcastTo")) && Arrays.equals(dims[0], in[0].dims)
                || REDUCTIONS.contains(type) && product(dims[0]) == product(in[0].dims) && product(dims[0]) > 0;
        if (same) {
            values[x.out] = in[0].view(dims[0]);
        }
        return same;
    }

    private record Key(String type, List<Value> in, Map<String, Object> attributes) {
        // Written out: what a record does by itself costs 20 ms of linking at the first look-up.
        @Override
        public boolean equals(Object other) {
            return other instanceof Key k && k.type.equals(type) && k.in.equals(in) && k.attributes.equals(attributes);
        }

        @Override
        public int hashCode() {
            return (type.hashCode() * 31 + in.hashCode()) * 31 + attributes.hashCode();
        }
    }

    private static Object key(Operation op, Value[] in) {
        Map<String, Object> attributes = op.attributes();
        if (attributes.containsKey("_class")) {
            attributes = new HashMap<>(attributes);
            attributes.remove("_class");
        }
        return new Key(op.type(), List.of(in), attributes);
    }

    static long product(int[] dims) {
        long n = 1;
        for (int d : dims) {
            n *= d;
        }
        return n;
    }

    // Pruning

    private void markFetches() {
        for (int slot : plan.fetchSlots) {
            values[slot].fetched = true;
            values[slot].root().wanted = true;
        }
    }

    private void prune() {
        List<Node> open = new ArrayList<>();
        for (Node n : nodes) {
            if (!n.pure) {
                keep(n, open);
            }
        }
        for (int slot : plan.fetchSlots) {
            keep(values[slot].root().producer, open);
        }
        for (Operation target : part.targets()) {
            keep(nodeOf.get(target), open);
        }
        for (Operation op : part.operations()) {
            for (Operation c : part.controlInputs(op)) {
                keep(nodeOf.get(c), open);
            }
        }
        while (!open.isEmpty()) {
            for (Value v : open.remove(open.size() - 1).in) {
                keep(v.root().producer, open);
            }
        }
        nodes.removeIf(n -> !n.kept);
        for (Node n : nodes) {
            for (Value v : n.in) {
                v.root().users.add(n);
                v.root().hasViews |= v.base != null;
            }
        }
        for (int slot : plan.fetchSlots) {
            values[slot].root().hasViews |= values[slot].base != null;
        }
    }

    private static void keep(Node n, List<Node> open) {
        if (n != null && !n.kept) {
            n.kept = true;
            open.add(n);
        }
    }

    /** What a loop keeps beyond an iteration is computed in arrays that stay as they are. */
    private void keepForRun() {
        if (plan.into == null) {
            return;
        }
        for (Node n : nodes) {
            int i = n.x.definition.keptInput();
            Value v = i < 0 ? null : n.in[i];
            if (v == null) {
                continue;
            }
            if (v.constant != null) {
                v.cell.kept = true;
            } else if (v.base == null && v.producer != null && v.variable == null && v.dims != null && !v.forwarded
                    && KeptArrays.Source.isFor(v.dtype)) {
                v.isKept = true;
            }
        }
    }
}
