package io.retrograd.train;

import io.retrograd.graph.Graph;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimizer that is nothing but its update operation: which slots stand beside a variable and how they start,
 * which hyperparameters there are, and in which order the operation takes them. {@link Rules} has them all.
 */
public final class RuleOptimizer extends Optimizer {
    /** A slot and how it starts: filled by an initializer of that name, or by a constant where it is empty. */
    record Slot(String name, double start, String initializer) {}

    /**
     * @param type the update operation; its sparse form is called the same with {@code Sparse} in front
     * @param slots in the order in which they are made
     * @param references the slots' names in the operation's order
     * @param order the hyperparameters' names in the operation's order, {@code grad} for the gradient's place
     */
    record Rule(String type, List<Slot> slots, List<String> references, List<String> order) {
        /** The operation takes the slots in the order in which they are made. */
        Rule(String type, List<Slot> slots, List<String> order) {
            this(type, slots, slots.stream().map(Slot::name).toList(), order);
        }
    }

    private final Rule rule;
    private final Map<String, Operand> hyperparameters;
    private final Map<String, Output> prepared = new LinkedHashMap<>();

    RuleOptimizer(String name, boolean locking, Rule rule, Map<String, Operand> hyperparameters) {
        super(name, locking);
        this.rule = rule;
        this.hyperparameters = hyperparameters;
    }

    @Override
    protected void createSlots(Graph g, List<Variable> variables) {
        for (Variable v : variables) {
            for (Slot s : rule.slots()) {
                if (s.initializer().isEmpty()) {
                    constantSlot(v, s.name(), s.start());
                } else {
                    filledSlot(v, s.name(), s.start(), s.initializer());
                }
            }
        }
    }

    @Override
    protected void prepare(Graph g) {
        prepared.clear();
        hyperparameters.forEach((key, value) -> prepared.put(key, hyperparameter(g, value, key)));
    }

    @Override
    protected Operation applyDense(Graph g, Output gradient, Variable v) {
        return apply(g, rule.type(), v, List.of(gradient));
    }

    @Override
    protected Operation applySparse(Graph g, Output values, Output indices, Variable v) {
        return apply(g, "Sparse" + rule.type(), v, List.of(values, indices));
    }

    private Operation apply(Graph g, String type, Variable v, List<Output> gradient) {
        List<Output> arguments = new ArrayList<>();
        for (String key : rule.order()) {
            if (key.equals("grad")) {
                arguments.addAll(gradient);
            } else {
                arguments.add(as(g, prepared.get(key), v.dtype()));
            }
        }
        OpCall call = update(g, type).input(v);
        for (String name : rule.references()) {
            call.input(slot(v, name));
        }
        arguments.forEach(call::input);
        return call.operation();
    }
}
