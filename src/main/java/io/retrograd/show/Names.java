package io.retrograd.show;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.run.ModuleScope;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.VariableValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a script calls its tensors: the variable that holds one, or else the operation's own name. */
public final class Names {
    /** Operations that let a value into a branch or a loop: to a reader it stays what it was. */
    private static final Set<String> PASSING = Set.of("Enter", "RefEnter", "Switch", "RefSwitch");

    private final Map<Output, String> names = new HashMap<>();

    /** No script: operations' names alone. */
    public static Names none() {
        return new Names();
    }

    /** The names that are bound in that module now, and beyond them those that functions of the script use for a graph's tensors. */
    public static Names of(ModuleScope scope, Graph graph) {
        Names n = of(scope);
        SourceNames.of(graph, new HashSet<>(n.names.values())).forEach((o, name) -> {
            if (!n.names.containsKey(o)) {
                n.names.put(o, name);
            }
        });
        return n;
    }

    /** The names that are bound in that module now. */
    public static Names of(ModuleScope scope) {
        Names n = new Names();
        for (String name : scope.names()) {
            Object value = scope.get(name);
            if (name.matches("_+\\d*")) {
                // The last value of a session: it names nothing.
                continue;
            }
            if (value instanceof TensorValue t) {
                n.names.putIfAbsent(t.output(), name);
            } else if (value instanceof VariableValue v) {
                n.names.putIfAbsent(v.variable().reference(), name);
                n.names.putIfAbsent(v.variable().snapshot(), name);
            } else if (value instanceof ListValue || value instanceof DictValue) {
                n.container(name, value);
            }
        }
        return n;
    }

    private void container(String name, Object value) {
        if (value instanceof ListValue list) {
            for (int i = 0; i < list.size(); i++) {
                element(name + "[" + i + "]", list.get(i));
            }
        } else if (value instanceof DictValue dict) {
            DictValue.Entries entries = dict.entries();
            while (entries.next()) {
                if (entries.key() instanceof String key) {
                    element(name + "['" + key + "']", entries.value());
                }
            }
        }
    }

    private void element(String name, Object value) {
        if (value instanceof TensorValue t) {
            names.putIfAbsent(t.output(), name);
        } else if (value instanceof VariableValue v) {
            names.putIfAbsent(v.variable().reference(), name);
            names.putIfAbsent(v.variable().snapshot(), name);
        }
    }

    /** These names, and one more. */
    Names with(Output o, String name) {
        Names n = new Names();
        n.names.putAll(names);
        n.names.put(o, name);
        return n;
    }

    static boolean isPassing(Operation op) {
        return PASSING.contains(op.type());
    }

    /** Whether the script has a name for it. */
    public boolean has(Output o) {
        return names.containsKey(o);
    }

    /** The script's name; else the operation's, with the output's number where it is not the first. */
    public String of(Output o) {
        String name = names.get(o);
        if (name != null) {
            return name;
        }
        if (PASSING.contains(o.operation().type()) && o.operation().inputCount() > 0) {
            return of(o.operation().input(0));
        }
        String op = o.operation().name();
        if (op.endsWith("/read") && o.operation().inputCount() == 1 && o.operation().input(0).isReference()) {
            return of(o.operation().input(0));
        }
        return o.index() == 0 ? op : op + ":" + o.index();
    }
}
