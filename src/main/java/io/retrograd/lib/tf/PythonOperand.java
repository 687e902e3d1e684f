package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python number, string or list as an operand. A list that holds tensors is packed: {@code name/i} for its
 * constants, then a Pack called name.
 */
public record PythonOperand(Machine machine, Object value) implements Operand {

    @Override
    public Output toOutput(Graph graph, DType wanted, DType preferred, String name) {
        if (value == None.NONE) {
            throw NnError.value("None values not supported.");
        }
        if (holdsTensor(value)) {
            // Const stands for no name given, and without one TensorFlow calls what it packs so.
            return pack(graph, wanted != null ? wanted : tensorType(value), name.equals("Const") ? "packed" : name);
        }
        if (value instanceof ShapeValue s) {
            return graph.constant(shapeArray(s, wanted), name);
        }
        if (value instanceof DimensionValue d) {
            return graph.constant(PythonArrays.convert(machine, d.asNumber(), wanted), name);
        }
        if (wanted == null && preferred != null) {
            NdArray fits;
            try {
                fits = PythonArrays.convert(machine, value, preferred);
            } catch (NnError doesNotFit) {
                fits = PythonArrays.convert(machine, value, null);
            }
            return graph.constant(fits, name);
        }
        return graph.constant(PythonArrays.convert(machine, value, wanted), name);
    }

    private static NdArray shapeArray(ShapeValue s, DType wanted) {
        if (!s.shape().isFullyDefined()) {
            throw NnError.value("Cannot convert a partially known TensorShape to a Tensor: " + s.shape());
        }
        NdArray dims = NdArray.of(s.shape().toInts(), s.shape().rank());
        return wanted == null ? dims : dims.astype(wanted);
    }

    private static boolean isList(Object v) {
        return v instanceof ListValue || v instanceof TupleValue;
    }

    private boolean holdsTensor(Object v) {
        if (!isList(v)) {
            return Operands.isTensor(v);
        }
        Iteration all = Semantics.iterate(machine, v);
        for (Object x = all.next(machine); x != null; x = all.next(machine)) {
            machine.step();
            if (holdsTensor(x)) {
                return true;
            }
        }
        return false;
    }

    private DType tensorType(Object v) {
        if (v instanceof TensorValue t) {
            return t.output().dtype();
        }
        if (v instanceof VariableValue w) {
            return w.variable().dtype();
        }
        if (isList(v)) {
            Iteration all = Semantics.iterate(machine, v);
            for (Object x = all.next(machine); x != null; x = all.next(machine)) {
                machine.step();
                DType t = tensorType(x);
                if (t != null) {
                    return t;
                }
            }
        }
        return null;
    }

    private Output pack(Graph graph, DType type, String name) {
        return pack(graph, casted(graph, value, type), type, name);
    }

    /** The list with its tensors cast to the type that is wanted; TensorFlow does that before it opens a scope. */
    private Object casted(Graph graph, Object v, DType type) {
        if (Operands.isTensor(v)) {
            Output t = Operands.of(machine, v).toOutput(graph, null, null, "x");
            return t.dtype() == type ? v : Tensors.wrap(graph.op("Cast").input(t).attr("DstT", type).output());
        }
        if (!isList(v)) {
            return v;
        }
        List<Object> elements = new ArrayList<>();
        Iteration all = Semantics.iterate(machine, v);
        for (Object x = all.next(machine); x != null; x = all.next(machine)) {
            machine.step();
            elements.add(casted(graph, x, type));
        }
        return ListValue.of(elements.toArray());
    }

    private Output pack(Graph graph, Object list, DType type, String name) {
        try (NameScope scope = graph.nameScope(name)) {
            List<Object> elements = new ArrayList<>();
            Iteration all = Semantics.iterate(machine, list);
            for (Object x = all.next(machine); x != null; x = all.next(machine)) {
                machine.step();
                int i = elements.size();
                if (isList(x) && holdsTensor(x)) {
                    elements.add(Tensors.wrap(pack(graph, x, type, String.valueOf(i))));
                } else {
                    if (isList(x)) {
                        // A list without tensors becomes a constant later, but TensorFlow has used the name for a scope by then.
                        graph.nameScope(String.valueOf(i)).close();
                    }
                    elements.add(x);
                }
            }
            List<Output> parts = new ArrayList<>();
            for (int i = 0; i < elements.size(); i++) {
                Object x = elements.get(i);
                DType wanted = Operands.isTensor(x) ? null : type;
                parts.add(Operands.of(machine, x).toOutput(graph, wanted, null, String.valueOf(i)));
            }
            return graph.op("Pack").name(scope.operationName()).inputs(parts).output();
        }
    }

    @Override
    public String describeValue() {
        return Semantics.repr(machine, value);
    }

    @Override
    public String describeType() {
        return Semantics.typeOf(value).name();
    }
}
