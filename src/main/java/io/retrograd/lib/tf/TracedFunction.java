package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.GraphFunction;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.tf.input.DatasetValue;
import io.retrograd.session.PlanKey;
import io.retrograd.session.Session;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function of the script, called once with placeholders in a graph of its own; from then on that graph runs in its
 * place. Tensors that it uses from around it become arguments.
 */
public final class TracedFunction {
    private final Machine machine;
    private final Graph body;
    private final List<Output> arguments = new ArrayList<>();
    private final Map<Output, Output> captured = new LinkedHashMap<>();
    private List<Output> results;
    private Object result;
    private Session session;

    private TracedFunction(Machine m) {
        machine = m;
        body = TfState.of(m).newGraph();
    }

    /** Calls the function with placeholders in the structure of a dataset's elements; a tuple is spread over its parameters. */
    public static TracedFunction trace(Machine m, Object function, Object structure, List<DType> types, List<Shape> shapes) {
        Graph outer = TfState.of(m).graph();
        TracedFunction traced = new TracedFunction(m);
        traced.body.seed(outer.seed().orElse(null));
        traced.body.fallbackSeed(outer.fallbackSeed().orElse(null));
        for (int i = 0; i < types.size(); i++) {
            traced.arguments.add(traced.placeholder("arg" + i, types.get(i), shapes.get(i)));
        }
        traced.body.captures(traced::capture);
        Object element = Structure.of(m, structure).pack(traced.arguments);
        TfState.of(m).enter(traced.body);
        try {
            Object[] arguments = element instanceof TupleValue t ? t.toArray() : new Object[] {element};
            traced.finish(Semantics.call(m, function, arguments));
        } finally {
            TfState.of(m).leave(traced.body);
        }
        return traced;
    }

    private Output placeholder(String name, DType type, Shape shape) {
        return body.op("Placeholder").name(name).attr("dtype", type).attr("shape", shape).output();
    }

    private Output capture(Output foreign) {
        Output inside = captured.get(foreign);
        if (inside == null) {
            try (Graph.Block block = body.clearControlDependencies()) {
                inside = placeholder(foreign.operation().name().replace('/', '_'), foreign.dtype(), foreign.shape());
            }
            captured.put(foreign, inside);
        }
        return inside;
    }

    private void finish(Object returned) {
        results = new ArrayList<>();
        if (returned instanceof DatasetValue dataset) {
            result = dataset;
            results.add(dataset.variant());
            return;
        }
        result = tensors(machine, body, returned, results, "Const");
    }

    /** Tuples and dicts with every other value in them made a tensor; the tensors are listed in TensorFlow's order. */
    public static Object tensors(Machine m, Graph g, Object value, List<Output> found, String name) {
        if (value instanceof TupleValue t) {
            Object[] elements = t.toArray();
            for (int i = 0; i < elements.length; i++) {
                elements[i] = tensors(m, g, elements[i], found, name);
            }
            return t.type() == TupleValue.TYPE ? TupleValue.of(elements) : Semantics.call(m, t.type(), elements);
        }
        if (value instanceof DictValue d) {
            DictValue made = new DictValue();
            Object[] keys = d.keyArray();
            Arrays.sort(keys, (a, b) -> Semantics.less(m, a, b) ? -1 : Semantics.less(m, b, a) ? 1 : 0);
            Map<Object, Object> values = new LinkedHashMap<>();
            for (Object key : keys) {
                values.put(key, tensors(m, g, d.get(m, key), found, name));
            }
            for (Object key : d.keyArray()) {
                made.put(m, key, values.get(key));
            }
            return made;
        }
        Output t = Operands.of(m, value).toOutput(g, null, null, name.endsWith("_") ? name + found.size() : name);
        found.add(t);
        return Tensors.wrap(t);
    }

    /** What the call returned, its tensors in the function's graph. */
    public Object result() {
        return result;
    }

    /** What the function returned, flat. */
    public List<Output> results() {
        return results;
    }

    /** The tensors from around it, to be given after the arguments. */
    public List<Output> captured() {
        return List.copyOf(captured.keySet());
    }

    /** Runs the function's graph. */
    public GraphFunction host() {
        List<Output> fed = new ArrayList<>(arguments);
        fed.addAll(captured.values());
        PlanKey key = new PlanKey(results, List.of(), fed);
        return new GraphFunction() {
            @Override
            public List<Output> arguments() {
                return fed;
            }

            @Override
            public List<Output> results() {
                return results;
            }

            @Override
            public List<NdArray> call(List<NdArray> inputs) {
                if (session == null) {
                    session = ((SessionValue) SessionFunctions.session(machine, "", GraphValue.of(body), None.NONE)).session();
                }
                return List.of(session.run(key, inputs.toArray(new NdArray[0])));
            }
        };
    }
}
