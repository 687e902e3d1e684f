package io.retrograd.lib.tf.input;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.Structure;
import io.retrograd.lib.tf.Tensors;
import io.retrograd.lib.tf.TfState;

/** {@code tf.data.Iterator}: a place in a dataset, from which runs take elements. */
public record IteratorValue(Output handle, Object starter, DatasetValue elements) implements Value {
    /** The class, whose static functions are builtins under its name. */
    public static final TypeValue TYPE =
            new TypeValue("tensorflow.python.data.ops.iterator_ops", "Iterator", CoreTypes.OBJECT, IteratorValueTable.TABLE, null) {
                @Override
                public Object attribute(Machine m, String name) {
                    BuiltinFunction f = DatasetFunctionsTable.TABLE.find("data.Iterator." + name);
                    return f != null ? f : super.attribute(m, name);
                }
            };

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean sameAs(Object other) {
        return other instanceof IteratorValue i && i.handle == handle;
    }

    @Builtin(value = "get_next", signature = "name=None", method = true, doc = "Tensors that are the next element, at each run another.")
    static Object getNext(Machine m, IteratorValue self, String name) {
        Operation op = TfState.of(m).graph().op("IteratorGetNext").name(name).input(self.handle)
                .attr("output_types", self.elements.types()).attr("output_shapes", self.elements.shapes()).operation();
        return Structure.of(m, self.elements.structure()).pack(op.outputs());
    }

    @Builtin(value = "initializer", property = true, doc = "The operation that starts it from the beginning.")
    static Object initializer(Machine m, IteratorValue self) {
        if (self.starter == None.NONE) {
            throw NnError.value("Iterator does not have an initializer.");
        }
        return self.starter;
    }

    @Builtin(value = "make_initializer", signature = "dataset, name=None", method = true, doc = "An operation that starts it on a dataset.")
    static Object makeInitializer(Machine m, IteratorValue self, DatasetValue dataset, String name) {
        Graph g = TfState.of(m).graph();
        for (int i = 0; i < dataset.types().size(); i++) {
            if (i >= self.elements.types().size() || dataset.types().get(i) != self.elements.types().get(i)) {
                throw NnError.type("Expected output types " + Semantics.repr(m, self.elements.describe(m, false))
                        + " but got dataset with output types "
                        + Semantics.repr(m, dataset.describe(m, false)) + ".");
            }
        }
        try (NameScope scope = g.nameScope(name == null ? "make_initializer" : name)) {
            return Tensors.wrap(g.op("MakeIterator").name(scope.operationName()).input(dataset.variant()).input(self.handle).operation());
        }
    }

    @Builtin(value = "output_types", property = true, doc = "The types of an element's components.")
    static Object outputTypes(Machine m, IteratorValue self) {
        return self.elements.describe(m, false);
    }

    @Builtin(value = "output_shapes", property = true, doc = "The shapes of an element's components.")
    static Object outputShapes(Machine m, IteratorValue self) {
        return self.elements.describe(m, true);
    }
}
