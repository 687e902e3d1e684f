package io.retrograd.lib.tf.input;

import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.DTypeValue;
import io.retrograd.lib.tf.ShapeValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * {@code tf.data.Dataset}: a dataset in the graph and what its elements look like.
 *
 * @param structure tuples and dicts of anything, one leaf a component
 */
public record DatasetValue(Output variant, Object structure, List<DType> types, List<Shape> shapes) implements Value {
    /** The class, whose static functions are builtins under its name. */
    public static final TypeValue TYPE =
            new TypeValue("tensorflow.python.data.ops.dataset_ops", "DatasetV1Adapter", CoreTypes.OBJECT, DatasetMethodsTable.TABLE, null) {
                @Override
                public Object attribute(Machine m, String name) {
                    BuiltinFunction f = DatasetFunctionsTable.TABLE.find("data.Dataset." + name);
                    return f != null ? f : super.attribute(m, name);
                }
            };

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean sameAs(Object other) {
        return other instanceof DatasetValue d && d.variant == variant;
    }

    /** The structure with something for each component. */
    Object describe(Machine m, boolean ofShapes) {
        return describe(m, structure, new int[1], ofShapes);
    }

    private Object describe(Machine m, Object x, int[] next, boolean ofShapes) {
        if (x instanceof TupleValue t) {
            Object[] parts = t.toArray();
            for (int i = 0; i < parts.length; i++) {
                parts[i] = describe(m, parts[i], next, ofShapes);
            }
            return TupleValue.of(parts);
        }
        if (x instanceof DictValue d) {
            DictValue made = new DictValue();
            Object[] keys = d.keyArray();
            Arrays.sort(keys, (a, b) -> Semantics.less(m, a, b) ? -1 : 1);
            for (Object key : keys) {
                made.put(m, key, describe(m, d.get(m, key), next, ofShapes));
            }
            return made;
        }
        int i = next[0]++;
        return ofShapes ? new ShapeValue(shapes.get(i)) : DTypeValue.of(types.get(i));
    }

    @Override
    public String repr(Machine m) {
        return "<DatasetV1Adapter shapes: " + text(m, describe(m, true)) + ", types: " + text(m, describe(m, false)) + ">";
    }

    private static String text(Machine m, Object x) {
        if (x instanceof TupleValue t) {
            StringBuilder s = new StringBuilder("(");
            for (int i = 0; i < t.size(); i++) {
                s.append(i > 0 ? ", " : "").append(text(m, t.get(i)));
            }
            return s.append(t.size() == 1 ? ",)" : ")").toString();
        }
        if (x instanceof DictValue d) {
            StringBuilder s = new StringBuilder("{");
            for (Object key : d.keyArray()) {
                s.append(s.length() > 1 ? ", " : "").append(Semantics.str(m, key)).append(": ").append(text(m, d.get(m, key)));
            }
            return s.append('}').toString();
        }
        return x instanceof ShapeValue ? Semantics.str(m, x) : Semantics.repr(m, x);
    }

    @Override
    public String str(Machine m) {
        return repr(m);
    }
}
