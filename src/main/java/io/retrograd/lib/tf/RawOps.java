package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.exchange.OperationNames;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code tf.raw_ops}: each operation type as a function of its inputs and attributes, all by keyword. */
final class RawOps extends ModuleValue {
    RawOps() {
        super("tensorflow.raw_ops");
    }

    @Override
    public Object exact(Machine m, String attribute) {
        OpDef definition = attribute.isEmpty() || !Character.isUpperCase(attribute.charAt(0)) ? null : TfState.of(m).operations().find(attribute);
        return definition != null ? new Function(definition) : super.exact(m, attribute);
    }

    @Override
    public Object ignoringCase(Machine m, String attribute) {
        return null;
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        Set<String> names = new TreeSet<>();
        for (String name : OperationNames.all()) {
            if (TfState.of(m).operations().find(name) != null) {
                names.add(name);
            }
        }
        return names;
    }

    private static final class Function implements Value {
        private final OpDef definition;

        Function(OpDef definition) {
            this.definition = definition;
        }

        @Override
        public TypeValue type() {
            return CoreTypes.BUILTIN_FUNCTION;
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        @Override
        public boolean sameAs(Object other) {
            return equals(other);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Function f && f.definition == definition;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(definition);
        }

        @Override
        public Object attribute(Machine m, String attribute) {
            return attribute.equals("__name__") || attribute.equals("__qualname__") ? definition.type() : Value.super.attribute(m, attribute);
        }

        @Override
        public String repr(Machine m) {
            return "<function " + definition.type() + ">";
        }

        private List<String> keys() {
            List<String> keys = new ArrayList<>();
            definition.inputs().forEach(a -> keys.add(a.name()));
            definition.attributes().keySet().stream().filter(a -> !isInferred(a)).forEach(keys::add);
            keys.add("name");
            return keys;
        }

        /** Whether the inputs say what the attribute is. */
        private boolean isInferred(String attribute) {
            return definition.inputs().stream().anyMatch(a -> attribute.equals(a.typeAttr()) || attribute.equals(a.numberAttr())
                    || attribute.equals(a.typeListAttr()));
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            List<String> keys = keys();
            if (arguments.length > keywords.length) {
                throw NnError.type(definition.type() + " only takes keyword args (possible keys: " + keys
                        + "). Please pass these args as kwargs instead.");
            }
            Map<String, Object> given = new LinkedHashMap<>();
            for (int i = 0; i < keywords.length; i++) {
                if (!keys.contains(keywords[i])) {
                    throw NnError.type(definition.type() + "() got an unexpected keyword argument '" + keywords[i] + "'");
                }
                given.put(keywords[i], arguments[i]);
            }
            OpCall op = TfState.of(m).graph().op(definition.type());
            if (given.get("name") instanceof String name) {
                op.name(name);
            }
            for (OpDef.Argument a : definition.inputs()) {
                Object value = given.get(a.name());
                if (value == null) {
                    throw NnError.type(definition.type() + "() missing 1 required positional argument: '" + a.name() + "'");
                }
                if (a.isList()) {
                    List<Operand> list = new ArrayList<>();
                    for (Object each : Semantics.elements(m, value)) {
                        list.add(Operands.of(m, each));
                    }
                    op.inputs(list);
                } else {
                    op.input(Operands.of(m, value));
                }
            }
            for (OpDef.Attribute a : definition.attributes().values()) {
                Object value = given.get(a.name());
                if (value != null && value != None.NONE) {
                    op.attr(a.name(), attribute(m, a.kind(), value));
                } else if (a.fallback() == null && !isInferred(a.name())) {
                    throw NnError.type(definition.type() + "() missing 1 required positional argument: '" + a.name() + "'");
                }
            }
            return results(op.operation());
        }

        private static Object attribute(Machine m, String kind, Object value) {
            if (kind.startsWith("list(")) {
                List<Object> items = new ArrayList<>();
                for (Object each : Semantics.elements(m, value)) {
                    items.add(attribute(m, kind.substring(5, kind.length() - 1), each));
                }
                return items;
            }
            return switch (kind) {
                case "type" -> DTypeValue.convert(m, value);
                case "bool" -> Semantics.truth(m, value);
                case "int" -> Semantics.index(m, value instanceof DimensionValue d ? d.asNumber() : value);
                case "float" -> (float) Semantics.real(m, value);
                case "shape" -> ShapeValue.convert(m, value);
                case "string" -> value instanceof String ? value : Semantics.str(m, value);
                default -> throw NnError.type("an attribute of kind " + kind + " cannot be given here");
            };
        }

        private Object results(Operation op) {
            if (op.outputCount() == 0) {
                return Tensors.wrap(op);
            }
            List<OpDef.Argument> outputs = definition.outputs();
            if (outputs.size() == 1) {
                return outputs.get(0).isList() ? Tensors.wrap(op.outputs()) : Tensors.wrap(op.output(0));
            }
            return outputs.stream().anyMatch(OpDef.Argument::isList) ? grouped(op) : OutputTuple.of(op);
        }

        /** Outputs of which some are lists. */
        private Object grouped(Operation op) {
            Object[] parts = new Object[definition.outputs().size()];
            int at = 0;
            for (int i = 0; i < parts.length; i++) {
                OpDef.Argument a = definition.outputs().get(i);
                if (!a.isList()) {
                    parts[i] = Tensors.wrap(op.output(at++));
                    continue;
                }
                long n = a.numberAttr() != null ? (Long) op.attributes().get(a.numberAttr()) : ((List<?>) op.attributes().get(a.typeListAttr())).size();
                Object[] items = new Object[(int) n];
                for (int k = 0; k < n; k++) {
                    items[k] = Tensors.wrap(op.output(at++));
                }
                parts[i] = ListValue.of(items);
            }
            return OutputTuple.of(op.type(), String.join(" ", definition.outputs().stream().map(OpDef.Argument::name).toList()), parts);
        }
    }
}
