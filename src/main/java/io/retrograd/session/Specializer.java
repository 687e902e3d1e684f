package io.retrograd.session;

import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Operation;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.VariableState;
import io.retrograd.kernel.FloatChain;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.session.Value.Node;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
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

    private static final int MOST_OPERANDS = 16;

    /** Elementwise operations that cost as much as several additions. */
    private static final Set<String> FUNCTIONS = Set.of(
            "Sigmoid", "Tanh", "Exp", "Log", "Log1p", "Expm1", "Pow", "Softplus", "Elu", "Selu", "Erf", "Sin", "Cos", "Tan");

    private static final int FUNCTION_WEIGHT = 4;

    /** Operations between one and the end of its chain, among the updates: they are looked through one by one. */
    private static final int FARTHEST = 256;

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
    private final List<VariableState> saved = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

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
        masks();
        fuse();
        keepForRun();
        List<Node> order = order();
        Layout.lifetimes(order, this::chainMembers);
        return Optional.of(emit(order));
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
        if (next != null && Arrays.equals(next.shape(), seen[x.out])) {
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

    // Fusion

    /** A comparison whose truth values are only made floats of, as dropout does, becomes one elementwise operation. */
    private void masks() {
        for (Node cast : nodes) {
            Value truth = cast.x.operation.type().equals("Cast") ? cast.in[0] : null;
            Node comparison = truth == null ? null : truth.producer;
            if (comparison == null || cast.after || truth.users.size() > 1 || truth.wanted || comparison.after || !comparison.pure
                    || cast.out[0].dtype != DType.FLOAT32 || comparison.in[0].dtype != DType.FLOAT32) {
                continue;
            }
            Optional<FloatLoop> mask = comparison.x.definition.mask(comparison.x.operation);
            if (mask.isPresent() && Arrays.equals(truth.dims, cast.out[0].dims)) {
                comparison.kept = false;
                cast.also.add(comparison.x.operation);
                cast.in = comparison.in;
                cast.loop = mask.get();
                for (Value v : cast.in) {
                    v.root().users.replaceAll(n -> n == comparison ? cast : n);
                }
            }
        }
        nodes.removeIf(n -> !n.kept);
    }

    private static Optional<FloatLoop> loop(Node n) {
        return n.loop != null ? Optional.of(n.loop) : n.x.definition.elementwise(n.x.operation);
    }

    private static List<Operation> operations(List<Node> nodes) {
        List<Operation> all = new ArrayList<>();
        for (Node n : nodes) {
            all.addAll(n.also);
            all.add(n.x.operation);
        }
        return all;
    }

    private void fuse() {
        Map<Node, Set<Value>> operandsOf = new IdentityHashMap<>();
        for (int k = nodes.size() - 1; k >= 0; k--) {
            Node n = nodes.get(k);
            if (!isElementwise(n)) {
                continue;
            }
            n.chain = n;
            Value out = n.out[0];
            if (out.fetched || out.hasViews || out.users.isEmpty()) {
                continue;
            }
            Node chain = out.users.get(0).chain;
            if (chain == null || !Arrays.equals(chain.out[0].dims, out.dims) || chain.after && isOvertaken(k, chain)) {
                continue;
            }
            boolean theirs = true;
            for (Node user : out.users) {
                theirs &= user.chain == chain;
            }
            Set<Value> operands = operandsOf.computeIfAbsent(chain, c -> new HashSet<>(Arrays.asList(c.in)));
            if (theirs && operands.size() + n.in.length - 1 <= MOST_OPERANDS) {
                n.chain = chain;
                operands.remove(out);
                operands.addAll(Arrays.asList(n.in));
            }
        }
    }

    /** Whether a variable that the node reads is changed before the end of the chain, or may be. */
    private boolean isOvertaken(int at, Node chain) {
        Node n = nodes.get(at);
        for (int k = at + 1; nodes.get(k) != chain; k++) {
            if (k - at > FARTHEST) {
                return true;
            }
            Node between = nodes.get(k);
            for (int i : between.x.updated) {
                for (Value v : n.in) {
                    if (v.root() == between.in[i].root() || v.root().forwarded) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isElementwise(Node n) {
        if (!n.pure || n.out.length != 1 || n.out[0].dtype != DType.FLOAT32 || n.out[0].dims == null
                || product(n.out[0].dims) == 0 || n.in.length > 2
                || loop(n).isEmpty()) {
            return false;
        }
        for (Value v : n.in) {
            if (v.dtype != DType.FLOAT32 || v.dims == null || lie(v, n.out[0].dims) == null) {
                return false;
            }
        }
        return true;
    }

    /** How the operand lies over a result of that shape; null if in none of the simple ways. */
    private static FloatChain.Operand lie(Value v, int[] over) {
        int n = (int) product(over);
        int size = v.size();
        float[] fixed = v.constant == null ? null : v.constant.floats();
        if (size == n) {
            return new FloatChain.Operand(FloatChain.Lie.WHOLE, 1, fixed);
        }
        if (size == 1) {
            return new FloatChain.Operand(FloatChain.Lie.ONE, 1, fixed);
        }
        int[] d = new int[over.length];
        for (int i = 0; i < d.length; i++) {
            int at = i - (d.length - v.dims.length);
            d[i] = at < 0 ? 1 : v.dims[at];
        }
        int i = 0;
        while (d[i] == 1) {
            i++;
        }
        if (Arrays.equals(Arrays.copyOfRange(d, i, d.length), Arrays.copyOfRange(over, i, d.length))) {
            return new FloatChain.Operand(FloatChain.Lie.ROW, size, fixed);
        }
        int j = d.length;
        while (d[j - 1] == 1) {
            j--;
        }
        if (Arrays.equals(Arrays.copyOf(d, j), Arrays.copyOf(over, j))) {
            return new FloatChain.Operand(FloatChain.Lie.COLUMN, n / size, fixed);
        }
        return null;
    }

    private final Map<Node, List<Node>> members = new IdentityHashMap<>();

    private List<Node> chainMembers(Node last) {
        return members.getOrDefault(last, List.of(last));
    }

    /** One node for each step. */
    private List<Node> order() {
        List<Node> order = new ArrayList<>();
        for (Node n : nodes) {
            if (n.chain != null) {
                members.computeIfAbsent(n.chain, k -> new ArrayList<>()).add(n);
            }
            if (n.chain == null || n.chain == n) {
                order.add(n);
            }
        }
        return order;
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

    // Emission

    private ShapedPlan emit(List<Node> order) {
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
                guards.values().toArray(new ShapedPlan.Guard[0]),
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

    private static int weight(List<Node> nodes) {
        int sum = 0;
        for (Node n : nodes) {
            sum += FUNCTIONS.contains(n.x.operation.type()) ? FUNCTION_WEIGHT : 1;
        }
        return sum;
    }

    private static boolean[] handedOver(Node n) {
        boolean[] all = new boolean[n.out.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = n.out[i].handedOver;
        }
        return all;
    }

    private void chain(Node last, int at, Layout layout) {
        List<Node> list = chainMembers(last);
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
                    operands.add(lie(v, dims));
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
            FloatLoop loop = loop(n).orElseThrow();
            int c = i == code.length - 1 ? registers : abc[i][2];
            code[i] = new FloatChain.Instruction(loop, abc[i][0], abc[i][1], c);
        }
        FloatChain chain = new FloatChain(
                (int) product(dims), operands.toArray(new FloatChain.Operand[0]), code, registers - operands.size(), weight(list),
                session.loops());
        Value out = last.out[0];
        out.placed = true;
        NdArray buffer = null;
        if (out.isKept && !out.handedOver) {
            keep(out);
        } else if (!out.handedOver) {
            Value inPlace = null;
            for (Value v : register.keySet()) {
                boolean whole = !inner.contains(v) && v.size() == product(dims);
                if (whole && v.root().lastUse == at && v.root().isFixed) {
                    inPlace = v.root();
                }
            }
            buffer = layout.buffer(out, inPlace);
        }
        steps.add(new ChainStep(
                operations(list), session.options(), chain, in.toArray(new Cell[0]), out.cell, buffer));
    }
}
