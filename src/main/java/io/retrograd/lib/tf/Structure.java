package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Lists, tuples and dicts of tensors as one flat list, and back: {@code tf.nest}. Dicts are read in the order of their keys. */
public final class Structure {
    /** A leaf that is a tensor in the graph and something else to the script: a tensor array, known by its flow. */
    interface Leaf {
        Output tensor();

        /** The same thing with another tensor in that place. */
        Object with(Output tensor);
    }

    private final Machine m;
    private final Object shape;
    private final List<Object> leaves = new ArrayList<>();

    private Structure(Machine m, Object shape) {
        this.m = m;
        this.shape = shape;
        flatten(shape);
    }

    public static Structure of(Machine m, Object shape) {
        return new Structure(m, shape);
    }

    List<Object> leaves() {
        return leaves;
    }

    /** The tensor that a leaf stands for. */
    static Output tensor(Machine m, Graph g, Object leaf) {
        return leaf instanceof Leaf l ? l.tensor() : Operands.of(m, leaf).toOutput(g, null, null, "Const");
    }

    private void flatten(Object x) {
        if (x instanceof ListValue list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(list.get(i));
            }
        } else if (x instanceof TupleValue tuple) {
            for (int i = 0; i < tuple.size(); i++) {
                flatten(tuple.get(i));
            }
        } else if (x instanceof DictValue dict) {
            for (Object key : sortedKeys(dict)) {
                flatten(dict.get(m, key));
            }
        } else {
            leaves.add(x);
        }
    }

    private Object[] sortedKeys(DictValue dict) {
        Object[] keys = dict.keyArray();
        Arrays.sort(keys, (a, b) -> Semantics.less(m, a, b) ? -1 : Semantics.less(m, b, a) ? 1 : 0);
        return keys;
    }

    /** The structure with these tensors for leaves. */
    public Object pack(List<Output> tensors) {
        return pack(shape, tensors.iterator(), leaves.iterator());
    }

    /** As {@link #pack(List)}; a list or tuple of one is taken apart unless {@code strict}. */
    public Object pack(List<Output> tensors, boolean strict) {
        Object packed = pack(tensors);
        boolean single = packed instanceof ListValue list && list.size() == 1
                || packed instanceof TupleValue tuple && tuple.size() == 1;
        return single && !strict ? Semantics.elements(m, packed)[0] : packed;
    }

    private Object pack(Object x, Iterator<Output> tensors, Iterator<Object> old) {
        if (x instanceof ListValue list) {
            Object[] elements = new Object[list.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = pack(list.get(i), tensors, old);
            }
            return ListValue.of(elements);
        }
        if (x instanceof TupleValue tuple) {
            Object[] elements = new Object[tuple.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = pack(tuple.get(i), tensors, old);
            }
            return tuple.type() == TupleValue.TYPE ? TupleValue.of(elements) : Semantics.call(m, tuple.type(), elements);
        }
        if (x instanceof DictValue dict) {
            DictValue packed = new DictValue();
            DictValue values = new DictValue();
            for (Object key : sortedKeys(dict)) {
                values.put(m, key, pack(dict.get(m, key), tensors, old));
            }
            for (Object key : dict.keyArray()) {
                packed.put(m, key, values.get(m, key));
            }
            return packed;
        }
        Object before = old.next();
        Output now = tensors.next();
        return before instanceof Leaf leaf ? leaf.with(now) : Tensors.wrap(now);
    }
}
