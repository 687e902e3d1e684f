package io.retrograd.lib.python.io;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.limit.Budget;
import java.util.Arrays;

/** Bytes in memory with a place in them: io.BytesIO, and a binary file that is read or changed. */
public class ByteStream extends MemoryStream {
    public static final TypeValue TYPE = new TypeValue("_io", "BytesIO", CoreTypes.OBJECT, StreamMethodsTable.TABLE,
            ByteStream::construct);
    private static final long LONGEST = Integer.MAX_VALUE - 16;

    private byte[] data;
    private int size;

    ByteStream(TypeValue type, byte[] content) {
        this(type, null, content);
    }

    ByteStream(TypeValue type, OpenedFile file, byte[] content) {
        super(type, file);
        this.data = content;
        this.size = content.length;
        begin();
    }

    private static Object construct(Machine m, Object[] arguments, String[] keywords) {
        return new ByteStream(TYPE, arguments.length > 0 ? bytes(m, arguments[0]).clone() : new byte[0]);
    }

    @Override
    final int size() {
        return size;
    }

    @Override
    final byte[] encoded() {
        return Arrays.copyOf(data, size);
    }

    @Override
    final String placeName() {
        return "value";
    }

    private BytesValue part(int from, int to) {
        at = to;
        return new BytesValue(Arrays.copyOfRange(data, from, to));
    }

    @Override
    Object read(Machine m, long n) {
        int start = Math.min(at, size);
        return part(start, n < 0 ? size : (int) Math.min(size, start + n));
    }

    @Override
    Object readLine(Machine m, long limit) {
        int start = Math.min(at, size);
        int end = start;
        while (end < size && data[end] != '\n') {
            end++;
        }
        end = Math.min(size, end + 1);
        return part(start, limit >= 0 ? (int) Math.min(end, start + limit) : end);
    }

    @Override
    long write(Machine m, Object written) {
        beforeWrite();
        byte[] b = bytes(m, written);
        long end = (long) at + b.length;
        if (end > data.length) {
            resize(Math.max(end, Math.min(2L * data.length, LONGEST)));
        }
        System.arraycopy(b, 0, data, at, b.length);
        at += b.length;
        size = Math.max(size, at);
        changed(m);
        return b.length;
    }

    private void resize(long length) {
        if (length > LONGEST) {
            Budget.require(length);
            throw new NnError(ErrorKind.MEMORY_ERROR, "");
        }
        Budget.require(length);
        data = Arrays.copyOf(data, (int) length);
        Budget.hold(data, length);
    }

    @Override
    void truncate(Machine m, long newSize) {
        if (newSize < size) {
            resize(Math.max(0, newSize));
            size = data.length;
        }
        changed(m);
    }

    @Override
    Object content() {
        return new BytesValue(encoded());
    }
}
