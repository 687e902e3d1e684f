package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;

/** A Python bytearray: bytes that can be changed. */
public final class BytearrayValue extends BytesValue {
    public static final TypeValue TYPE =
            new TypeValue("builtins", "bytearray", BytesValue.TYPE, BytearrayMethodsTable.TABLE, null);

    public BytearrayValue(byte[] bytes) {
        super(bytes);
    }

    @Override
    BytesValue like(byte[] content) {
        return new BytearrayValue(content);
    }

    @Override
    public boolean hasPlainAttributes() {
        return true;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public long hash(Machine m) {
        throw NnError.type("unhashable type: 'bytearray'");
    }

    @Override
    public void setItem(Machine m, Object key, Object value) {
        if (key instanceof SliceValue) {
            ListValue all = ListValue.of(Semantics.elements(m, this));
            all.setItem(m, key, value);
            bytes = BytesMethods.collect(m, all);
            return;
        }
        int at = Sequences.place(Sequences.index(m, key, "bytearray"), bytes.length);
        if (at < 0) {
            throw NnError.index("bytearray index out of range");
        }
        bytes[at] = (byte) byteOf(m, value);
    }

    @Override
    public void deleteItem(Machine m, Object key) {
        ListValue all = ListValue.of(Semantics.elements(m, this));
        all.deleteItem(m, key);
        bytes = BytesMethods.collect(m, all);
    }

    @Override
    public Object inPlace(Machine m, BinaryOperator op, Object right) {
        Object result = binary(m, op, right);
        if (result instanceof BytesValue b) {
            bytes = b.bytes;
            return this;
        }
        return result;
    }

    @Override
    public String repr(Machine m) {
        return "bytearray(" + literal() + ")";
    }
}
