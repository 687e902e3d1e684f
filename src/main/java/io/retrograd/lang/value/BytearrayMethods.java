package io.retrograd.lang.value;

import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask a bytearray beyond what bytes answer. */
final class BytearrayMethods {
    private BytearrayMethods() {}

    @Builtin(value = "__new__", signature = "source=None, encoding=None, errors=None", doc = "Bytes that can be changed, from bytes, a text, ints, or so many zeros.")
    static Object make(Machine m, Object source, Object encoding, Object errors) {
        return new BytearrayValue(((BytesValue) BytesMethods.make(m, source, encoding, errors)).bytes().clone());
    }

    @Builtin(value = "append", method = true, signature = "item, /", doc = "Adds a byte at the end.")
    static void append(Machine m, BytearrayValue self, Object item) {
        self.append((byte) BytesValue.byteOf(m, item));
    }

    @Builtin(value = "extend", method = true, signature = "iterable, /", doc = "Adds bytes at the end.")
    static void extend(Machine m, BytearrayValue self, Object iterable) {
        byte[] more = BytesMethods.collect(m, iterable);
        self.append(more);
    }
}
