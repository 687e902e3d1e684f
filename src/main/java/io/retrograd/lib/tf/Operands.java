package io.retrograd.lib.tf;

import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Operand;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayList;
import java.util.List;

/** Values of a script as operands of operations. */
public final class Operands {
    private Operands() {}

    /** Any value; what it becomes is decided where an operation takes it. */
    public static Operand of(Machine m, Object value) {
        if (value instanceof TensorValue t) {
            return t.output();
        }
        if (value instanceof VariableValue v) {
            return v.variable();
        }
        if (value instanceof IndexedSlicesValue s) {
            return GradientContext.dense(s.slices().values().graph(), s.slices());
        }
        if (value instanceof ArrayLike a) {
            return new ArrayOperand(m, a);
        }
        return new PythonOperand(m, value);
    }

    /** The elements of a list or tuple, or the one value that is none. */
    public static List<Operand> list(Machine m, Object value) {
        List<Operand> list = new ArrayList<>();
        if (value instanceof ListValue || value instanceof TupleValue) {
            var all = Semantics.iterate(m, value);
            for (Object x = all.next(m); x != null; x = all.next(m)) {
                m.step();
                list.add(of(m, x));
            }
        } else {
            list.add(of(m, value));
        }
        return list;
    }

    /** Whether the value is a tensor or a variable. */
    public static boolean isTensor(Object value) {
        return value instanceof TensorValue || value instanceof VariableValue;
    }
}
