package io.retrograd.graph;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A TensorFlow graph under construction: operations in order of creation, their names and scopes, collections,
 * seeds, and the stacks of {@code with} blocks (control dependencies, devices, colocation, branches and loops).
 */
public final class Graph {
    private final OpLibrary library;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Operation> byName = new HashMap<>();
    private final Map<String, List<Object>> collections = new LinkedHashMap<>();
    private final Map<Object, Object> cache = new HashMap<>();
    private final Deque<ControlDependencies> controlDependencies = new ArrayDeque<>();
    private final Deque<Colocation> colocations = new ArrayDeque<>();
    private Deque<DeviceFunction> devices = new ArrayDeque<>();
    private Names names = new Names();
    private String scope = "";
    private int lastId;
    private long rollbacks;
    private Long seed;
    private Long fallbackSeed;
    private boolean finalized;
    private ControlFlowContext context;
    private UnaryOperator<Output> captures;
    private Supplier<Object> origins = () -> null;

    private Map<String, GradientRule> gradientRules = Map.of();
    private Map<String, String> gradientOverrides = Map.of();

    public Graph(OpLibrary library) {
        this.library = library;
    }

    /** Starts an operation of that type. */
    public OpCall op(String type) {
        return new OpCall(this, definition(type));
    }

    /** The definition of an operation type; NotFoundError if there is none. */
    public OpDef definition(String type) {
        OpDef definition = library.find(type);
        if (definition == null) {
            throw new NnError(ErrorKind.NOT_FOUND_ERROR, "Op type not registered '" + type + "'");
        }
        return definition;
    }

    /** A Const of that array. */
    public Output constant(NdArray value, String name) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("value", value);
        attributes.put("dtype", value.dtype());
        return add(name, definition("Const"), List.of(), attributes).output(0);
    }

    /**
     * Adds an operation. The name is made unique in the current scope; one that ends in a slash is taken as it is.
     * Inputs pass through the current control-flow context, control dependencies are added, shapes inferred.
     *
     * @throws NnError ValueError where the shapes do not fit; the id is used up all the same, as in TensorFlow
     */
    public Operation add(String name, OpDef definition, List<Output> inputs, Map<String, Object> attributes) {
        StopCheck.ask();
        checkNotFinalized();
        String unique = operationName(name);
        List<Operation> control = controlInputsFor(inputs);
        if (!colocations.isEmpty() && !attributes.containsKey("_class")) {
            attributes.put("_class", colocationClasses());
        }
        String gradient = gradientOverrides.get(definition.type());
        if (gradient != null) {
            attributes.putIfAbsent(GRADIENT_TYPE, gradient);
        }
        Operation op = new Operation(
                this,
                ++lastId,
                unique,
                definition,
                inputs.toArray(new Output[0]),
                control,
                attributes,
                definition.outputTypes(attributes),
                "",
                origins.get(),
                context);
        inferShapes(op);
        place(op);
        operations.add(op);
        byName.put(unique, op);
        recordSeen(op);
        if (context != null) {
            context.addOp(op);
        }
        return op;
    }

    /**
     * Adds an operation that was written elsewhere: under its full name, made unique, with control inputs and a device of
     * its own. The open blocks of control dependencies hold for it too.
     *
     * @param attributes all that the definition asks for; the graph keeps the map
     * @throws NnError ValueError where the shapes do not fit
     */
    public Operation addImported(
            String name,
            OpDef definition,
            List<Output> inputs,
            List<Operation> control,
            Map<String, Object> attributes,
            String device) {
        checkNotFinalized();
        List<Operation> before = new ArrayList<>(control);
        for (Operation op : controlInputsFor(inputs)) {
            if (!before.contains(op)) {
                before.add(op);
            }
        }
        String unique = names.unique(name, true);
        Operation op = new Operation(
                this, ++lastId, unique, definition, inputs.toArray(new Output[0]), before, attributes,
                definition.outputTypes(attributes), device, origins.get(), context);
        inferShapes(op);
        place(op);
        operations.add(op);
        byName.put(unique, op);
        recordSeen(op);
        return op;
    }

    /** The definition of an operation type; empty if it is unknown. */
    public Optional<OpDef> find(String type) {
        return Optional.ofNullable(library.find(type));
    }

    private String operationName(String name) {
        if (name.endsWith("/")) {
            return name.substring(0, name.length() - 1);
        }
        Names.checkOperation(scope.isEmpty() ? name : scope + "/" + name);
        return uniqueName(name, true);
    }

    /** Runs the operation's shape rule again, after an input's shape became more precise or a loop was closed. */
    public void inferShapes(Operation op) {
        ShapeContext shapes = new ShapeContext(op);
        try {
            op.definition().infer(shapes);
        } catch (ShapeContext.ShapeError mistake) {
            StringBuilder inputs = new StringBuilder();
            for (Output in : op.inputs()) {
                inputs.append(inputs.isEmpty() ? "" : ", ").append(in.shape().toBrackets());
            }
            throw NnError.value(mistake.getMessage() + " for '" + op.name() + "' (op: '" + op.type()
                            + "') with input shapes: " + inputs + shapes.valuesLookedAt(mistake.getMessage()) + ".")
                    .help(mistake.help());
        }
    }

    // Gradients that scripts write

    /** The attribute that names the gradient of an operation where it is not its type's. */
    public static final String GRADIENT_TYPE = "_gradient_op_type";

    /** The gradients that scripts registered, by name; changes of the map count. */
    public void gradientRules(Map<String, GradientRule> rules) {
        gradientRules = rules;
    }

    /** The registered gradient that an operation asks for, or one for its type; empty where its own is meant. */
    public Optional<GradientRule> gradientRule(Operation op) {
        Object asked = op.attributes().get(GRADIENT_TYPE);
        if (asked != null && !gradientRules.containsKey(asked) && !asked.equals(op.type())) {
            OpDef other = library.find((String) asked);
            if (other == null) {
                throw new NnError(ErrorKind.LOOKUP_ERROR,
                        "No gradient defined for operation '" + op.name() + "' (op type: " + op.type() + ")")
                        .help("no gradient called " + asked + " is registered");
            }
            return Optional.of(other::gradient);
        }
        return Optional.ofNullable(gradientRules.get(asked == null ? op.type() : asked));
    }

    /** Operations of the types made in the block take the gradients of those names. */
    public Block gradientOverrides(Map<String, String> more) {
        Map<String, String> before = gradientOverrides;
        gradientOverrides = new HashMap<>(before);
        gradientOverrides.putAll(more);
        return () -> gradientOverrides = before;
    }

    // Names and scopes

    /** The name made unique below the current scope. */
    public String uniqueName(String name, boolean mark) {
        return names.unique(scope.isEmpty() ? name : scope + "/" + name, mark);
    }

    /**
     * Opens a name scope: null or the empty name the root, one that ends in a slash exactly that scope again, any
     * other a new one below the current.
     */
    public NameScope nameScope(String name) {
        String before = scope;
        if (name == null || name.isEmpty()) {
            scope = "";
        } else if (name.endsWith("/")) {
            scope = name.substring(0, name.length() - 1);
        } else {
            Names.checkScope(name, !scope.isEmpty());
            scope = uniqueName(name, true);
        }
        return new NameScope(this, scope, before);
    }

    void leaveScope(String before) {
        scope = before;
    }

    /** The current scope without a slash at its end; empty at the root. */
    public String currentScope() {
        return scope;
    }

    // Operations

    public List<Operation> operations() {
        return Collections.unmodifiableList(operations);
    }

    /** How many ids were handed out: what op seeds are made of. */
    public int lastId() {
        return lastId;
    }

    public Optional<Operation> operation(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The operation of that name; KeyError in TensorFlow's words. */
    public Operation operationNamed(String name) {
        Operation op = byName.get(name);
        if (op == null) {
            throw new NnError(
                    ErrorKind.KEY_ERROR,
                    "The name '" + name + "' refers to an Operation not in the graph.");
        }
        return op;
    }

    // Control dependencies

    /** A {@code with tf.control_dependencies(...)} block. */
    private static final class ControlDependencies {
        final List<Operation> inputs;
        final Set<Operation> seen = new HashSet<>();
        final boolean clears;
        final ControlFlowContext contextBefore;

        ControlDependencies(List<Operation> inputs, boolean clears, ControlFlowContext contextBefore) {
            this.inputs = inputs;
            this.clears = clears;
            this.contextBefore = contextBefore;
        }
    }

    /** Undoes what a {@code with} block did; never throws. */
    public interface Block extends AutoCloseable {
        @Override
        void close();
    }

    /** Operations made inside the block run after these. */
    public Block controlDependencies(Collection<Operation> before) {
        controlDependencies.push(new ControlDependencies(List.copyOf(before), false, context));
        return controlDependencies::pop;
    }

    /** Operations made inside the block depend on nothing around it, nor lie in its branch or loop. */
    public Block clearControlDependencies() {
        ControlFlowContext outer = context;
        controlDependencies.push(new ControlDependencies(List.of(), true, outer));
        context = null;
        return () -> {
            controlDependencies.pop();
            context = outer;
        };
    }

    /** An operation that counts as made inside the open blocks of control dependencies. */
    public void recordSeen(Operation op) {
        for (ControlDependencies c : controlDependencies) {
            c.seen.add(op);
        }
    }

    /** The operations that the open blocks make an operation with these inputs wait for. */
    public List<Operation> controlInputsFor(List<Output> inputs) {
        List<Operation> all = new ArrayList<>();
        for (ControlDependencies c : controlDependencies) {
            if (c.clears) {
                break;
            }
            // An input made inside the block has waited already.
            boolean waited = false;
            for (Output in : inputs) {
                waited |= c.seen.contains(in.operation());
            }
            if (!waited) {
                for (Operation op : c.inputs) {
                    boolean isInput = false;
                    for (Output in : inputs) {
                        isInput |= in.operation() == op;
                    }
                    if (!isInput && !all.contains(op)) {
                        all.add(op);
                    }
                }
            }
        }
        return all;
    }

    // Devices, colocation, branches and loops

    /** A {@code with tf.device(...)} block; ValueError for what is no device. */
    public Block device(String name) {
        return device(DeviceFunction.merging(name));
    }

    /** A block that asks a function for the device of each operation; {@link DeviceFunction#NONE} silences those around it. */
    public Block device(DeviceFunction function) {
        Deque<DeviceFunction> stack = devices;
        stack.push(function);
        return stack::pop;
    }

    /** Asks the open blocks, the innermost first; the operation that it must lie beside has the last word. */
    private void place(Operation op) {
        for (DeviceFunction each : devices) {
            if (each == DeviceFunction.NONE) {
                break;
            }
            op.device(each.device(op));
        }
        for (Colocation each : colocations) {
            if (each.operation() != null && !each.operation().device().isEmpty()) {
                op.device(each.operation().device());
            }
        }
    }

    /** An open block of colocation; the operation is null where it is yet to be made. */
    private record Colocation(String name, Operation operation) {}

    /** Operations made inside the block carry {@code _class=["loc:@op"]}, or the op's own, and its device; the blocks around it say no more of devices. */
    public Block colocateWith(Operation op) {
        Deque<DeviceFunction> before = devices;
        devices = new ArrayDeque<>();
        colocations.push(new Colocation(op.name(), op));
        return () -> {
            colocations.pop();
            devices = before;
        };
    }

    /** Operations made inside the block carry {@code _class=["loc:@name"]}, the name of an operation that is yet to be made. */
    public Block colocateWith(String operationName) {
        colocations.push(new Colocation(operationName, null));
        return colocations::pop;
    }

    /** Whom a new operation lies beside: those of the open blocks that are there, and whom these lie beside. */
    private List<String> colocationClasses() {
        TreeSet<String> classes = new TreeSet<>();
        for (Colocation each : colocations) {
            if (each.operation() != null) {
                classes.addAll(classesOf(each.operation()));
            }
        }
        return classes.isEmpty() ? List.of("loc:@" + colocations.peek().name()) : new ArrayList<>(classes);
    }

    private static List<String> classesOf(Operation op) {
        List<String> classes = new ArrayList<>();
        if (op.attributes().get("_class") instanceof List<?> own) {
            for (Object each : own) {
                if (each.toString().startsWith("loc:@")) {
                    classes.add(each.toString());
                }
            }
        }
        return classes.isEmpty() ? List.of("loc:@" + op.name()) : classes;
    }

    public ControlFlowContext controlFlowContext() {
        return context;
    }

    /** Enters or leaves a branch or loop body. */
    public void controlFlowContext(ControlFlowContext now) {
        context = now;
    }

    // Collections, seeds, caches

    public void addToCollection(String key, Object value) {
        checkNotFinalized();
        collections.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }

    /** The collection's own list, to be changed in place; made if it is not there. */
    public List<Object> collectionReference(String key) {
        return collections.computeIfAbsent(key, k -> new ArrayList<>());
    }

    /** A copy of the collection; empty if there is none. */
    public List<Object> collection(String key) {
        return new ArrayList<>(collections.getOrDefault(key, List.of()));
    }

    public Set<String> collectionKeys() {
        return Collections.unmodifiableSet(collections.keySet());
    }

    /** The graph-level seed of {@code tf.set_random_seed}. */
    public Optional<Long> seed() {
        return Optional.ofNullable(seed);
    }

    public void seed(Long value) {
        seed = value;
    }

    /** The seed that stands in for the graph's where neither the script nor the operation gives one. */
    public Optional<Long> fallbackSeed() {
        return Optional.ofNullable(fallbackSeed);
    }

    public void fallbackSeed(Long value) {
        fallbackSeed = value;
    }

    /** What builders remember about this graph, such as reductions that were worked out before. */
    public Map<Object, Object> cache() {
        return cache;
    }

    /** A tensor of another graph that an operation of this one uses: its stand-in here, null where there can be none. */
    Output capture(Output foreign) {
        return captures == null ? null : captures.apply(foreign);
    }

    /** Gives a function's graph a way to use tensors from around it. */
    public void captures(UnaryOperator<Output> standIn) {
        captures = standIn;
    }

    /** From now on every operation remembers what this supplies as its origin. */
    public void origins(Supplier<Object> supplier) {
        origins = supplier;
    }

    /** No operation can be added any more. */
    public void finish() {
        finalized = true;
    }

    public boolean isFinalized() {
        return finalized;
    }

    private void checkNotFinalized() {
        if (finalized) {
            throw NnError.runtime("Graph is finalized and cannot be modified.");
        }
    }

    // Going back

    /** How often operations were dropped: what was found in the graph before may be gone since. */
    public long rollbacks() {
        return rollbacks;
    }

    /** A point to which {@link #rollback} returns: the REPL's undo, and a statement that failed half-way there. */
    public record Mark(int operations, int lastId, Object names, Map<String, Integer> collectionSizes, Long seed) {}

    public Mark mark() {
        Map<String, Integer> sizes = new HashMap<>();
        collections.forEach((k, v) -> sizes.put(k, v.size()));
        return new Mark(operations.size(), lastId, names.copy(), sizes, seed);
    }

    /** Drops every operation and collection entry made since the mark. */
    public void rollback(Mark mark) {
        rollbacks++;
        while (operations.size() > mark.operations()) {
            byName.remove(operations.remove(operations.size() - 1).name());
        }
        lastId = mark.lastId();
        names = ((Names) mark.names()).copy();
        seed = mark.seed();
        cache.clear();
        collections.forEach((k, v) -> {
            int size = mark.collectionSizes().getOrDefault(k, 0);
            while (v.size() > size) {
                v.remove(v.size() - 1);
            }
        });
    }
}
