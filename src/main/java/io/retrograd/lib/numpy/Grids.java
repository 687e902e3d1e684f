package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.ComplexValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SliceValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** The objects that make arrays from what stands between their brackets: {@code np.c_[…]}, {@code np.mgrid[0:1:3j]}. */
record Grids(Kind kind) implements Value {
    /** Which of them. */
    enum Kind { C, R, S, MGRID, OGRID }

    private static final TypeValue TYPE = TypeValue.opaque("numpy", "index_trick", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object item(Machine m, Object key) {
        return switch (kind) {
            case S -> key;
            case C -> columns(m, key);
            case R -> rows(m, key);
            case MGRID, OGRID -> grid(m, key);
        };
    }

    private static Object[] items(Object key) {
        return key instanceof TupleValue t ? t.toArray() : new Object[] {key};
    }

    /** The numbers that a slice stands for: steps, or so many points where the step is imaginary. */
    private static NdArray range(Machine m, SliceValue s) {
        Object start = s.start() == None.NONE ? 0L : s.start();
        if (s.step() instanceof ComplexValue c) {
            return ((ArrayValue) Creation.linspace(m, start, s.stop(), (long) Math.abs(c.im()), true, false, None.NONE, 0L)).array();
        }
        Object step = s.step() == None.NONE ? 1L : s.step();
        return ((ArrayValue) Creation.arange(m, new Object[] {start, s.stop(), step}, None.NONE, None.NONE, None.NONE, None.NONE, None.NONE)).array();
    }

    private static NdArray part(Machine m, Object item) {
        NdArray a = item instanceof SliceValue s ? range(m, s) : ArrayMaker.from(m, item);
        return a.rank() == 0 ? a.reshape(1) : a;
    }

    private static Object columns(Machine m, Object key) {
        Object[] items = items(key);
        NdArray[] parts = new NdArray[items.length];
        for (int i = 0; i < parts.length; i++) {
            NdArray a = part(m, items[i]);
            parts[i] = a.rank() == 1 ? a.reshape(a.size(), 1) : a;
        }
        return new ArrayValue(Joining.concatenate(m, parts, parts[0].rank() - 1));
    }

    private static Object rows(Machine m, Object key) {
        Object[] items = items(key);
        int from = items[0] instanceof String ? 1 : 0;
        NdArray[] parts = new NdArray[items.length - from];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(m, items[i + from]);
        }
        int axis = 0;
        if (from == 1 && ((String) items[0]).matches("-?\\d+")) {
            axis = Integer.parseInt((String) items[0]);
        }
        return new ArrayValue(Joining.concatenate(m, parts, axis));
    }

    private Object grid(Machine m, Object key) {
        if (key instanceof SliceValue s) {
            return new ArrayValue(range(m, s));
        }
        Object[] items = items(key);
        NdArray[] lines = new NdArray[items.length];
        int[] shape = new int[items.length];
        DType type = DType.INT64;
        for (int i = 0; i < lines.length; i++) {
            if (!(items[i] instanceof SliceValue s)) {
                throw NnError.type("'" + Semantics.typeOf(items[i]).name() + "' object is not a slice");
            }
            lines[i] = range(m, s);
            shape[i] = lines[i].size();
            type = DType.promote(type, lines[i].dtype());
        }
        int[] full = new int[items.length + 1];
        full[0] = items.length;
        System.arraycopy(shape, 0, full, 1, shape.length);
        Object[] open = new Object[items.length];
        NdArray all = kind == Kind.MGRID ? NdArray.zeros(type, full) : null;
        for (int i = 0; i < lines.length; i++) {
            int[] one = new int[items.length];
            Arrays.fill(one, 1);
            one[i] = shape[i];
            NdArray line = lines[i].reshape(one);
            open[i] = new ArrayValue(line);
            if (all != null) {
                all.at(0, i).assign(line);
            }
        }
        return all != null ? new ArrayValue(all) : ListValue.of(open);
    }
}
