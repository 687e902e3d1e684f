package io.retrograd.lib.tf;

import io.retrograd.graph.build.FlowContext;
import io.retrograd.graph.build.WhileContext;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** A loop or a branch as scripts meet it in the collections of a graph. */
public record FlowContextValue(FlowContext context) implements Value {
    private static final String MODULE = "tensorflow.python.ops.control_flow_ops";
    static final TypeValue LOOP = TypeValue.opaque(MODULE, "WhileContext", FlowContextValueTable.TABLE);
    static final TypeValue BRANCH = TypeValue.opaque(MODULE, "CondContext", FlowContextValueTable.TABLE);

    @Override
    public TypeValue type() {
        return context instanceof WhileContext ? LOOP : BRANCH;
    }

    @Builtin(value = "name", property = true, doc = "Its name.")
    static String name(Machine m, FlowContextValue self) {
        return self.context.name();
    }
}
