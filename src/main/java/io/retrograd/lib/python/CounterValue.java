package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Sorting;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import java.util.Arrays;
import java.util.Map;

/** {@code collections.Counter}: a dict of how often things occur; what is not there occurs zero times. */
final class CounterValue extends DictValue {
    static final TypeValue TYPE = new TypeValue("collections", "Counter", DictValue.TYPE, CounterValueTable.TABLE, null);

    @Override
    public boolean hasPlainAttributes() {
        return true;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    protected Object missing(Machine m, Object key) {
        return 0L;
    }

    @Override
    public void deleteItem(Machine m, Object key) {
        remove(m, key);
    }

    @Override
    public CounterValue copy(Machine m) {
        CounterValue all = new CounterValue();
        all.putAll(m, this);
        return all;
    }

    private void countAll(Machine m, Object source, Map<String, Object> kwargs, BinaryOperator op) {
        if (source instanceof DictValue dict) {
            for (Entries e = dict.entries(); e.next();) {
                count(m, e.key(), op, e.value());
            }
        } else if (source != None.NONE) {
            Iteration all = Semantics.iterate(m, source);
            for (Object x = all.next(m); x != null; x = all.next(m)) {
                m.step();
                count(m, x, op, 1L);
            }
        }
        kwargs.forEach((name, value) -> count(m, name, op, value));
    }

    private Object[] pairs() {
        Object[] pairs = new Object[size()];
        int n = 0;
        for (Entries e = entries(); e.next();) {
            pairs[n++] = TupleValue.of(e.key(), e.value());
        }
        return pairs;
    }

    private Object[] byCount(Machine m) {
        Object[] pairs = pairs();
        Sorting.sort(m, pairs, new NativeFunction("count", (machine, a) -> ((TupleValue) a[0]).get(1)), true);
        return pairs;
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        if (!(right instanceof CounterValue other)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        CounterValue result = new CounterValue();
        for (Entries e = entries(); e.next();) {
            Object theirs = other.get(m, e.key());
            result.keep(m, e.key(), combine(m, op, e.value(), theirs == null ? 0L : theirs));
        }
        for (Entries e = other.entries(); e.next();) {
            if (!containsKey(m, e.key())) {
                result.keep(m, e.key(), combine(m, op, 0L, e.value()));
            }
        }
        return result;
    }

    private void keep(Machine m, Object key, Object value) {
        if (Semantics.less(m, 0L, value)) {
            put(m, key, value);
        }
    }

    private static Object combine(Machine m, BinaryOperator op, Object mine, Object theirs) {
        return switch (op) {
            case ADD, SUBTRACT -> Semantics.binary(m, op, mine, theirs);
            case BIT_AND -> Semantics.less(m, mine, theirs) ? mine : theirs;
            case BIT_OR -> Semantics.less(m, mine, theirs) ? theirs : mine;
            default -> throw Semantics.unsupported(op, op.symbol(), new CounterValue(), new CounterValue());
        };
    }

    @Override
    public Object inPlace(Machine m, BinaryOperator op, Object right) {
        Object result = binary(m, op, right);
        if (result instanceof CounterValue counted) {
            clear();
            putAll(m, counted);
            return this;
        }
        return result;
    }

    @Override
    public String repr(Machine m) {
        if (size() == 0) {
            return "Counter()";
        }
        StringBuilder out = new StringBuilder("Counter({");
        String between = "";
        for (Object pair : byCount(m)) {
            TupleValue entry = (TupleValue) pair;
            out.append(between).append(Semantics.repr(m, entry.get(0))).append(": ").append(Semantics.repr(m, entry.get(1)));
            between = ", ";
        }
        return out.append("})").toString();
    }

    @Builtin(value = "__new__", signature = "iterable=None, /, **kwargs", doc = "How often each element of an iterable occurs.")
    static Object make(Machine m, Object iterable, Map<String, Object> kwargs) {
        CounterValue made = new CounterValue();
        made.countAll(m, iterable, kwargs, BinaryOperator.ADD);
        return made;
    }

    @Builtin(value = "update", method = true, signature = "iterable=None, /, **kwargs", doc = "Adds the counts of more elements.")
    static void update(Machine m, CounterValue self, Object iterable, Map<String, Object> kwargs) {
        self.countAll(m, iterable, kwargs, BinaryOperator.ADD);
    }

    @Builtin(value = "subtract", method = true, signature = "iterable=None, /, **kwargs", doc = "Subtracts the counts of elements.")
    static void subtract(Machine m, CounterValue self, Object iterable, Map<String, Object> kwargs) {
        self.countAll(m, iterable, kwargs, BinaryOperator.SUBTRACT);
    }

    @Builtin(value = "most_common", method = true, signature = "n=None", doc = "The n most frequent elements with their counts, the most frequent first.")
    static Object mostCommon(Machine m, CounterValue self, Object n) {
        Object[] pairs = self.byCount(m);
        int wanted = n == None.NONE ? pairs.length : (int) Math.max(0, Math.min(pairs.length, Semantics.index(m, n)));
        return ListValue.of(Arrays.copyOf(pairs, wanted));
    }

    @Builtin(value = "elements", method = true, doc = "Each element as often as it was counted.")
    static Object elements(Machine m, CounterValue self) {
        ListValue all = new ListValue();
        for (Entries e = self.entries(); e.next();) {
            for (long left = Semantics.index(m, e.value()); left > 0; left--) {
                all.add(e.key());
            }
        }
        return Iterators.of("chain", all.iterate(m));
    }

    @Builtin(value = "total", method = true, doc = "The sum of all counts.")
    static Object total(Machine m, CounterValue self) {
        Object sum = 0L;
        for (Entries e = self.entries(); e.next();) {
            sum = Semantics.binary(m, BinaryOperator.ADD, sum, e.value());
        }
        return sum;
    }
}
