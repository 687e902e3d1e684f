package io.retrograd.graph;

import io.retrograd.error.NnError;
import io.retrograd.tensor.DType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation being made, in the order in which TensorFlow's Python makes it: the name scope is opened, the
 * inputs are converted one by one inside it (so that constants are called {@code Add_1/y}), the types are
 * checked, then the operation is added under the scope's own name.
 */
public final class OpCall {
    private final Graph graph;
    private final OpDef definition;
    private final List<Object> operands = new ArrayList<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private String name;

    OpCall(Graph graph, OpDef definition) {
        this.graph = graph;
        this.definition = definition;
        this.name = definition.type();
    }

    /** The name asked for; null leaves the operation's type as its name. */
    public OpCall name(String wanted) {
        if (wanted != null) {
            name = wanted;
        }
        return this;
    }

    public OpCall input(Operand operand) {
        operands.add(operand);
        return this;
    }

    /** A list argument ({@code values: N * T}). */
    public OpCall inputs(List<? extends Operand> list) {
        operands.add(List.copyOf(list));
        return this;
    }

    public OpCall attr(String key, Object value) {
        attributes.put(key, value);
        return this;
    }

    /** Makes it and answers its first output. */
    public Output output() {
        return operation().output(0);
    }

    /** Makes it. */
    public Operation operation() {
        List<Output> converted = new ArrayList<>();
        try (NameScope scope = graph.nameScope(name)) {
            Map<String, String> firstArgument = new HashMap<>();
            List<OpDef.Argument> arguments = definition.inputs();
            for (int i = 0; i < arguments.size(); i++) {
                OpDef.Argument a = arguments.get(i);
                if (a.isList()) {
                    convertList(a, i, converted, firstArgument);
                } else {
                    convertOne(a, (Operand) operands.get(i), converted, firstArgument);
                }
            }
            fillAttributes();
            checkTypes(firstArgument);
            return add(scope.operationName(), converted);
        }
    }

    /** What changes a variable lies where the variable does. */
    private Operation add(String name, List<Output> converted) {
        Deque<Graph.Block> beside = new ArrayDeque<>();
        List<OpDef.Argument> arguments = definition.inputs();
        for (int i = 0; i < arguments.size() && !arguments.get(i).isList(); i++) {
            if (arguments.get(i).reference()) {
                beside.push(graph.colocateWith(converted.get(i).operation()));
            }
        }
        try {
            return graph.add(name, definition, converted, attributes);
        } finally {
            beside.forEach(Graph.Block::close);
        }
    }

    private void convertOne(OpDef.Argument a, Operand operand, List<Output> converted, Map<String, String> first) {
        DType wanted = a.fixed() != null ? a.fixed() : (DType) attributes.get(a.typeAttr());
        DType fallback = wanted == null ? defaultType(a.typeAttr()) : null;
        Output in;
        if (a.reference()) {
            in = operand.toReference(graph, a.name(), definition.type());
        } else if (operand instanceof Output || operand instanceof Variable) {
            in = operand.toOutput(graph, null, null, a.name());
            if (wanted != null && in.dtype() != wanted) {
                throw a.fixed() != null || !first.containsKey(a.typeAttr())
                        ? NnError.type("Input '" + a.name() + "' of '" + definition.type() + "' Op has type "
                                + in.dtype().tfName() + " that does not match expected type of " + wanted.tfName() + ".")
                        : NnError.type("Input '" + a.name() + "' of '" + definition.type() + "' Op has type "
                                + in.dtype().tfName() + " that does not match type " + wanted.tfName() + " of argument '"
                                + first.get(a.typeAttr()) + "'.");
            }
        } else {
            in = convertValue(a, operand, wanted, fallback);
        }
        if (a.typeAttr() != null && attributes.get(a.typeAttr()) == null) {
            attributes.put(a.typeAttr(), in.dtype());
        }
        if (a.typeAttr() != null) {
            first.putIfAbsent(a.typeAttr(), a.name());
        }
        converted.add(in);
    }

    private Output convertValue(OpDef.Argument a, Operand operand, DType wanted, DType fallback) {
        try {
            return operand.toOutput(graph, wanted, fallback, a.name());
        } catch (NnError failure) {
            if (wanted == null || failure.getMessage().startsWith("None values")) {
                throw failure;
            }
            throw NnError.type("Expected " + wanted.tfName() + " passed to parameter '" + a.name() + "' of op '"
                            + definition.type() + "', got " + operand.describeValue() + " of type '"
                            + operand.describeType() + "' instead. Error: " + failure.getMessage())
                    .help(failure.help());
        }
    }

    private void convertList(OpDef.Argument a, int at, List<Output> converted, Map<String, String> first) {
        List<?> list = (List<?>) operands.get(at);
        if (a.typeListAttr() != null) {
            List<DType> types = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                Output in = ((Operand) list.get(i)).toOutput(graph, null, null, a.name() + "_" + i);
                converted.add(in);
                types.add(in.dtype());
            }
            attributes.put(a.typeListAttr(), types);
            return;
        }
        DType wanted = a.fixed() != null ? a.fixed() : (DType) attributes.get(a.typeAttr());
        for (int i = 0; wanted == null && i < list.size(); i++) {
            if (list.get(i) instanceof Output o) {
                wanted = o.dtype();
            } else if (list.get(i) instanceof Variable v) {
                wanted = v.dtype();
            }
        }
        List<Output> ins = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Operand operand = (Operand) list.get(i);
            boolean tensor = operand instanceof Output || operand instanceof Variable;
            Output in = operand.toOutput(graph, tensor ? null : wanted, null, a.name() + "_" + i);
            ins.add(in);
            if (wanted == null) {
                wanted = in.dtype();
            }
        }
        for (Output in : ins) {
            if (in.dtype() != wanted) {
                StringBuilder types = new StringBuilder();
                for (Output o : ins) {
                    types.append(types.isEmpty() ? "" : ", ").append(o.dtype().tfName());
                }
                throw NnError.type("Tensors in list passed to '" + a.name() + "' of '" + definition.type()
                        + "' Op have types [" + types + "] that don't all match.");
            }
        }
        attributes.put(a.numberAttr(), (long) ins.size());
        if (a.typeAttr() != null && attributes.get(a.typeAttr()) == null && wanted != null) {
            attributes.put(a.typeAttr(), wanted);
            first.putIfAbsent(a.typeAttr(), a.name());
        }
        converted.addAll(ins);
    }

    private DType defaultType(String attr) {
        OpDef.Attribute a = attr == null ? null : definition.attributes().get(attr);
        return a != null && a.fallback() instanceof DType t ? t : null;
    }

    private void fillAttributes() {
        for (OpDef.Attribute a : definition.attributes().values()) {
            if (attributes.get(a.name()) == null && a.fallback() != null) {
                attributes.put(a.name(), a.fallback());
            }
        }
    }

    private void checkTypes(Map<String, String> firstArgument) {
        for (OpDef.Attribute a : definition.attributes().values()) {
            if (a.allowed().isEmpty() || !(attributes.get(a.name()) instanceof DType t)) {
                continue;
            }
            boolean allowed = false;
            StringBuilder names = new StringBuilder();
            for (String type : a.allowed()) {
                allowed |= OpDef.typeNamed(type) == t;
                names.append(names.isEmpty() ? "" : ", ").append(OpDef.pythonName(type));
            }
            if (!allowed) {
                String parameter = firstArgument.getOrDefault(a.name(), a.name());
                throw NnError.type("Value passed to parameter '" + parameter + "' has DataType " + t.tfName()
                        + " not in list of allowed values: " + names);
            }
        }
    }
}
