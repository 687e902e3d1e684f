package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import java.util.Map;

/** {@code collections.OrderedDict}: a dict whose order counts. */
final class OrderedDictValue extends DictValue {
    static final TypeValue TYPE = new TypeValue("collections", "OrderedDict", DictValue.TYPE, OrderedDictValueTable.TABLE, null);

    @Override
    public boolean hasPlainAttributes() {
        return true;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public DictValue copy(Machine m) {
        DictValue all = new OrderedDictValue();
        all.putAll(m, this);
        return all;
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        Object equal = super.compare(m, op, other);
        if (other instanceof OrderedDictValue dict && (op == CompareOperator.EQUAL ? equal.equals(true) : equal.equals(false))) {
            boolean sameOrder = Semantics.equal(m, TupleValue.of(keyArray()), TupleValue.of(dict.keyArray()));
            return sameOrder == (op == CompareOperator.EQUAL);
        }
        return equal;
    }

    @Override
    public String repr(Machine m) {
        if (size() == 0) {
            return "OrderedDict()";
        }
        StringBuilder out = new StringBuilder("OrderedDict([");
        String between = "";
        for (Entries e = entries(); e.next();) {
            out.append(between).append('(').append(Semantics.repr(m, e.key())).append(", ").append(Semantics.repr(m, e.value())).append(')');
            between = ", ";
        }
        return out.append("])").toString();
    }

    @Builtin(value = "__new__", signature = "mapping_or_iterable=None, /, **kwargs", doc = "A dict whose order counts.")
    static Object make(Machine m, Object source, Map<String, Object> kwargs) {
        DictValue made = new OrderedDictValue();
        if (source != None.NONE) {
            Semantics.callMethod(m, made, "update", source);
        }
        kwargs.forEach(made::putText);
        return made;
    }

    @Builtin(value = "move_to_end", method = true, signature = "key, last=True", doc = "Makes a key the last, or the first.")
    static void moveToEnd(Machine m, OrderedDictValue self, Object key, boolean last) {
        Object value = self.remove(m, key);
        if (value == null) {
            throw Semantics.noKey(m, key);
        }
        if (last) {
            self.put(m, key, value);
            return;
        }
        DictValue others = self.copy(m);
        self.clear();
        self.put(m, key, value);
        self.putAll(m, others);
    }
}
