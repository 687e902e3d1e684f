package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask a tuple. */
final class TupleMethods {
    private TupleMethods() {}

    @Builtin(value = "__new__", signature = "iterable=None, /", doc = "A tuple of the elements of an iterable.")
    static Object make(Machine m, Object iterable) {
        if (iterable == None.NONE) {
            return TupleValue.EMPTY;
        }
        return iterable instanceof TupleValue t && t.type() == TupleValue.TYPE ? t : TupleValue.of(Semantics.elements(m, iterable));
    }

    @Builtin(value = "count", method = true, signature = "value, /", doc = "How many elements equal the value.")
    static long count(Machine m, TupleValue self, Object value) {
        return ListMethods.count(m, self.elements, self.elements.length, value);
    }

    @Builtin(value = "index", method = true, signature = "value, start=0, stop=None, /", doc = "The place of the first element that equals the value.")
    static long index(Machine m, TupleValue self, Object value, long start, Object stop) {
        long at = ListMethods.find(m, self.elements, self.elements.length, value, start, stop);
        if (at < 0) {
            throw NnError.value("tuple.index(x): x not in tuple");
        }
        return at;
    }
}
