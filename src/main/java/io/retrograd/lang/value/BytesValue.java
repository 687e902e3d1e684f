package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Python bytes. */
public class BytesValue implements Value {
    public static final TypeValue TYPE = new TypeValue("builtins", "bytes", CoreTypes.OBJECT, BytesMethodsTable.TABLE, null);

    private final byte[] bytes;

    /** The array is the value's from then on. */
    public BytesValue(byte[] bytes) {
        this.bytes = bytes;
    }

    public int size() {
        return bytes().length;
    }

    /** The bytes themselves, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The byte in a place that there is, as a number from 0 to 255. */
    long byteAt(int at) {
        return bytes[at] & 0xffL;
    }

    /** Another value of the same kind. */
    BytesValue like(byte[] content) {
        return new BytesValue(content);
    }

    @Override
    public boolean hasPlainAttributes() {
        return getClass() == BytesValue.class;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean truth(Machine m) {
        return size() != 0;
    }

    @Override
    public int length(Machine m) {
        return size();
    }

    @Override
    public long hash(Machine m) {
        return Arrays.hashCode(bytes());
    }

    @Override
    public Iteration iterate(Machine m) {
        return new Iteration() {
            private int at;

            @Override
            public Object next(Machine machine) {
                return at < size() ? (Object) byteAt(at++) : null;
            }
        };
    }

    @Override
    public boolean contains(Machine m, Object element) {
        if (element instanceof BytesValue part) {
            return indexOf(part.bytes(), 0, bytes().length) >= 0;
        }
        long wanted = byteOf(m, element);
        for (byte b : bytes()) {
            if ((b & 0xff) == wanted) {
                return true;
            }
        }
        return false;
    }

    /** A value of a single byte; ValueError outside 0..255. */
    static int byteOf(Machine m, Object element) {
        Object index = Semantics.indexOrNull(m, element);
        if (index == null) {
            throw NnError.type("'" + Semantics.typeOf(element).name() + "' object cannot be interpreted as an integer");
        }
        if (!(index instanceof Long l) || l < 0 || l > 255) {
            throw NnError.value("byte must be in range(0, 256)");
        }
        return (int) (long) l;
    }

    int indexOf(byte[] part, int from, int to) {
        byte[] all = bytes();
        for (int i = from; i + part.length <= to; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Object item(Machine m, Object key) {
        if (key instanceof SliceValue slice) {
            byte[] all = bytes();
            SliceValue.Indices part = slice.indices(m, all.length);
            byte[] picked = new byte[part.count()];
            for (int i = 0, at = part.start(); i < picked.length; i++, at += part.step()) {
                picked[i] = all[at];
            }
            return like(picked);
        }
        int at = Sequences.place(Sequences.index(m, key, "byte"), size());
        if (at < 0) {
            throw NnError.index(type() == TYPE ? "index out of range" : "bytearray index out of range");
        }
        return byteAt(at);
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        switch (op) {
            case ADD:
                if (right instanceof BytesValue other) {
                    byte[] all = Arrays.copyOf(bytes(), bytes().length + other.bytes().length);
                    System.arraycopy(other.bytes(), 0, all, bytes().length, other.bytes().length);
                    return like(all);
                }
                return NotImplementedValue.NOT_IMPLEMENTED;
            case MULTIPLY:
                return reflected(m, op, right);
            case REMAINDER:
                return BytesMethods.percent(m, this, right);
            default:
                return NotImplementedValue.NOT_IMPLEMENTED;
        }
    }

    @Override
    public Object reflected(Machine m, BinaryOperator op, Object left) {
        Object n = op == BinaryOperator.MULTIPLY ? Semantics.indexOrNull(m, left) : null;
        if (n == null) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        int times = Sequences.times(n);
        byte[] all = new byte[Math.multiplyExact(times, size())];
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes(), 0, all, i * size(), size());
        }
        return like(all);
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (!(other instanceof BytesValue b)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return Semantics.holds(op, Arrays.compareUnsigned(bytes(), b.bytes()));
    }

    @Override
    public String repr(Machine m) {
        return literal();
    }

    /** Each byte as the character of that code. */
    String latin() {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }

    /** {@code b'…'}. */
    String literal() {
        boolean single = false;
        boolean twice = false;
        for (byte b : bytes()) {
            single |= b == '\'';
            twice |= b == '"';
        }
        char quote = single && !twice ? '"' : '\'';
        StringBuilder out = new StringBuilder("b").append(quote);
        for (byte b : bytes()) {
            switch (b) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (b == quote) {
                        out.append('\\').append(quote);
                    } else if (b >= ' ' && b < 127) {
                        out.append((char) b);
                    } else {
                        StringText.hex(out.append("\\x"), b & 0xff, 2);
                    }
                }
            }
        }
        return out.append(quote).toString();
    }
}
