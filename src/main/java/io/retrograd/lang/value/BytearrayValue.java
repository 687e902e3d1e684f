package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import java.util.Arrays;

/** A Python bytearray: bytes that can be changed. */
public final class BytearrayValue extends BytesValue {
    public static final TypeValue TYPE =
            new TypeValue("builtins", "bytearray", BytesValue.TYPE, BytearrayMethodsTable.TABLE, null);

    private static final byte[] NOTHING = {};
    private static final int SMALLEST = 16;

    /** The bytes, and room for more behind them. */
    private byte[] room;

    private int size;

    public BytearrayValue(byte[] bytes) {
        super(NOTHING);
        become(bytes);
    }

    private void become(byte[] bytes) {
        room = bytes;
        size = bytes.length;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte[] bytes() {
        if (room.length != size) {
            room = Arrays.copyOf(room, size);
        }
        return room;
    }

    @Override
    long byteAt(int at) {
        return room[at] & 0xffL;
    }

    void append(byte... more) {
        int needed = Math.addExact(size, more.length);
        if (needed > room.length) {
            room = Arrays.copyOf(room, Math.max(needed, size + size / 2 + SMALLEST));
        }
        System.arraycopy(more, 0, room, size, more.length);
        size = needed;
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
            become(BytesMethods.collect(m, all));
            return;
        }
        int at = Sequences.place(Sequences.index(m, key, "bytearray"), size);
        if (at < 0) {
            throw NnError.index("bytearray index out of range");
        }
        room[at] = (byte) byteOf(m, value);
    }

    @Override
    public void deleteItem(Machine m, Object key) {
        ListValue all = ListValue.of(Semantics.elements(m, this));
        all.deleteItem(m, key);
        become(BytesMethods.collect(m, all));
    }

    @Override
    public Object inPlace(Machine m, BinaryOperator op, Object right) {
        Object result = binary(m, op, right);
        if (result instanceof BytesValue b) {
            become(b.bytes());
            return this;
        }
        return result;
    }

    @Override
    public String repr(Machine m) {
        return "bytearray(" + literal() + ")";
    }
}
