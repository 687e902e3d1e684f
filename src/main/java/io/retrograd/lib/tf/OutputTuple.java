package io.retrograd.lib.tf;

import io.retrograd.graph.Operation;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The named outputs of an operation that has several: {@code TopKV2(values=…, indices=…)}. */
final class OutputTuple extends TupleValue {
    private final String name;
    private final List<String> fields;

    private OutputTuple(String name, List<String> fields, Object[] elements) {
        super(elements);
        this.name = name;
        this.fields = fields;
    }

    /** The outputs of an operation under the names that its definition gives them. */
    static OutputTuple of(Operation op) {
        Object[] outputs = op.outputs().stream().map(o -> (Object) Tensors.wrap(o)).toArray();
        return new OutputTuple(op.type(), op.definition().outputs().stream().map(a -> a.name()).toList(), outputs);
    }

    static OutputTuple of(String name, String fields, Object... elements) {
        return new OutputTuple(name, Arrays.asList(fields.split(" ")), elements);
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        int at = fields.indexOf(attribute);
        return at >= 0 ? get(at) : super.attribute(m, attribute);
    }

    @Override
    public String repr(Machine m) {
        return describe(x -> Semantics.repr(m, x));
    }

    /** The names with what {@code show} makes of the outputs. */
    String describe(Function<Object, String> show) {
        StringBuilder s = new StringBuilder(name).append('(');
        for (int i = 0; i < size(); i++) {
            s.append(i > 0 ? ", " : "").append(fields.get(i)).append('=').append(show.apply(get(i)));
        }
        return s.append(')').toString();
    }

    @Override
    public String str(Machine m) {
        return repr(m);
    }
}
