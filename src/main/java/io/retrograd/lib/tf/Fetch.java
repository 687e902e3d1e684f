package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;

/**
 * What a script asks a session for: one tensor, operation or name, or lists, tuples and dicts of them to any depth.
 * The results come back in the same structure.
 */
final class Fetch {
    private final Machine machine;
    private final Graph graph;
    final List<Output> outputs = new ArrayList<>();
    final List<Operation> targets = new ArrayList<>();
    private final Part root;

    /** A place in the structure: rebuilds its value from the results. */
    private interface Part {
        Object build(Object[] results);
    }

    private Fetch(Machine m, Graph graph, Object fetches) {
        this.machine = m;
        this.graph = graph;
        this.root = read(fetches);
    }

    static Fetch of(Machine m, Graph graph, Object fetches) {
        return new Fetch(m, graph, fetches);
    }

    boolean isEmpty() {
        return outputs.isEmpty() && targets.isEmpty();
    }

    /** The results in the structure of the request. */
    Object build(NdArray[] arrays) {
        Object[] values = new Object[arrays.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = NumpyBridge.result(arrays[i]);
        }
        return root.build(values);
    }

    private Part read(Object fetch) {
        if (fetch instanceof TensorValue t && t.output().graph() == graph) {
            return output(t.output());
        }
        if (fetch == None.NONE) {
            throw NnError.type("Fetch argument None has invalid type <class 'NoneType'>");
        }
        if (fetch instanceof ListValue list) {
            Part[] parts = parts(list.toArray());
            return results -> ListValue.of(build(parts, results));
        }
        if (fetch instanceof TupleValue tuple) {
            Part[] parts = parts(tuple.toArray());
            boolean named = tuple.type() != TupleValue.TYPE;
            return results -> {
                Object[] values = build(parts, results);
                return named ? Semantics.call(machine, tuple.type(), values) : TupleValue.of(values);
            };
        }
        if (fetch instanceof DictValue dict) {
            Object[] keys = dict.keyArray();
            Part[] parts = new Part[keys.length];
            for (int i = 0; i < keys.length; i++) {
                parts[i] = read(dict.get(machine, keys[i]));
            }
            return results -> {
                DictValue built = dict.getClass() == DictValue.class
                        ? new DictValue()
                        : (DictValue) Semantics.call(machine, dict.type());
                for (int i = 0; i < keys.length; i++) {
                    built.put(machine, keys[i], parts[i].build(results));
                }
                return built;
            };
        }
        if (fetch instanceof IndexedSlicesValue s) {
            List<Part> parts = new ArrayList<>(List.of(output(s.slices().values()), output(s.slices().indices())));
            if (s.slices().denseShape() != null) {
                parts.add(output(s.slices().denseShape()));
            }
            return results -> new SlicesResult(
                    parts.get(0).build(results),
                    parts.get(1).build(results),
                    parts.size() > 2 ? parts.get(2).build(results) : None.NONE);
        }
        if (fetch instanceof CompositeFetch composite) {
            List<Part> parts = new ArrayList<>();
            composite.fetchedTensors().forEach(o -> parts.add(output(o)));
            return results -> composite.fetched(machine, parts.stream().map(p -> p.build(results)).toArray());
        }
        return element(fetch);
    }

    private Part[] parts(Object[] elements) {
        Part[] parts = new Part[elements.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = read(elements[i]);
        }
        return parts;
    }

    private static Object[] build(Part[] parts, Object[] results) {
        Object[] values = new Object[parts.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts[i].build(results);
        }
        return values;
    }

    private Part element(Object fetch) {
        Object found;
        try {
            found = Elements.find(machine, graph, fetch, true, true);
        } catch (NnError mistake) {
            String shown = "Fetch argument " + Semantics.repr(machine, fetch);
            if (mistake.kind() == ErrorKind.TYPE_ERROR) {
                throw NnError.type(shown + " has invalid type <class '" + Semantics.typeOf(fetch).qualifiedName()
                                + "'>, must be a string or Tensor. (" + mistake.getMessage() + ")")
                        .help("did the script assign a result to the tensor's own name?");
            }
            throw NnError.value(shown + " cannot be interpreted as a Tensor. (" + mistake.getMessage() + ")");
        }
        if (found instanceof Operation op) {
            checkFetchable(op);
            if (!targets.contains(op)) {
                targets.add(op);
            }
            return results -> None.NONE;
        }
        return output((Output) found);
    }

    private Part output(Output o) {
        if (o.operation().graph() != graph) {
            throw NnError.value("Fetch argument " + o.toRepr() + " cannot be interpreted as a Tensor. (Tensor " + o
                    + " is not an element of this graph.)");
        }
        checkFetchable(o.operation());
        int known = outputs.indexOf(o);
        int at = known >= 0 ? known : outputs.size();
        if (known < 0) {
            outputs.add(o);
        }
        return results -> results[at];
    }

    private static void checkFetchable(Operation op) {
        if (!op.isFetchable()) {
            throw NnError.value("Operation '" + op.name() + "' has been marked as not fetchable. Typically this happens when "
                    + "it is defined in another function or code block. Use return values,explicit Python locals or "
                    + "TensorFlow collections to access it.");
        }
    }
}
