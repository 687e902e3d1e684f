package io.retrograd.lib.numpy;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.ArrayFormat;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Elements as bytes and back, as numpy lays them out in memory and in files. */
final class RawBytes {
    private RawBytes() {}

    /** The elements in row-major order, little-endian. */
    static byte[] write(NdArray a) {
        DType t = a.dtype();
        if (t == DType.STRING || t == DType.UNICODE) {
            return text(a);
        }
        long bytes = (long) a.size() * t.byteSize();
        Budget.require(bytes);
        if (bytes > Integer.MAX_VALUE) {
            throw new NnError(ErrorKind.MEMORY_ERROR, "");
        }
        ByteBuffer b = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < a.size(); i++) {
            switch (t) {
                case FLOAT16 -> b.putShort(Half.toBits(a.getFloat(i)));
                case FLOAT32 -> b.putFloat(a.getFloat(i));
                case FLOAT64 -> b.putDouble(a.getDouble(i));
                case COMPLEX64 -> b.putFloat((float) a.getDouble(i)).putFloat((float) a.getImaginary(i));
                case COMPLEX128 -> b.putDouble(a.getDouble(i)).putDouble(a.getImaginary(i));
                default -> {
                    long v = a.getLong(i);
                    switch (t.byteSize()) {
                        case 1 -> b.put((byte) v);
                        case 2 -> b.putShort((short) v);
                        case 4 -> b.putInt((int) v);
                        default -> b.putLong(v);
                    }
                }
            }
        }
        return b.array();
    }

    private static byte[] text(NdArray a) {
        int width = ArrayFormat.textWidth(a);
        boolean wide = a.dtype() == DType.UNICODE;
        ByteBuffer b = ByteBuffer.allocate(a.size() * width * (wide ? 4 : 1)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < a.size(); i++) {
            if (wide) {
                int[] points = ((String) a.getObject(i)).codePoints().toArray();
                for (int k = 0; k < width; k++) {
                    b.putInt(k < points.length ? points[k] : 0);
                }
            } else {
                byte[] s = (byte[]) a.getObject(i);
                b.put(s).put(new byte[width - s.length]);
            }
        }
        return b.array();
    }

    /** {@code n} elements from byte {@code from} on. */
    static NdArray read(byte[] bytes, int from, int n, DType t, boolean bigEndian) {
        ByteBuffer b = ByteBuffer.wrap(bytes, from, n * t.byteSize()).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        NdArray a = NdArray.zeros(t, n);
        if (t.byteSize() == 1 && t != DType.BOOL) {
            System.arraycopy(bytes, from, a.bytes(), 0, n);
            return a;
        }
        for (int i = 0; i < n; i++) {
            switch (t) {
                case FLOAT16 -> a.setDouble(i, Half.fromBits(b.getShort()));
                case FLOAT32 -> a.floats()[i] = b.getFloat();
                case FLOAT64 -> a.doubles()[i] = b.getDouble();
                case COMPLEX64 -> a.setComplex(i, b.getFloat(), b.getFloat());
                case COMPLEX128 -> a.setComplex(i, b.getDouble(), b.getDouble());
                case BOOL -> a.setLong(i, b.get());
                default -> a.setLong(i, t.byteSize() == 2 ? b.getShort() : t.byteSize() == 4 ? b.getInt() : b.getLong());
            }
        }
        return a;
    }

    /** {@code n} strings of {@code width} characters. */
    static NdArray readText(byte[] bytes, int from, int n, DType t, int width) {
        NdArray a = NdArray.zeros(t, n);
        ByteBuffer b = ByteBuffer.wrap(bytes, from, bytes.length - from).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            if (t == DType.UNICODE) {
                StringBuilder s = new StringBuilder();
                for (int k = 0; k < width; k++) {
                    int c = b.getInt();
                    if (c != 0) {
                        s.appendCodePoint(c);
                    }
                }
                a.setObject(i, s.toString());
            } else {
                byte[] s = new byte[width];
                b.get(s);
                int end = width;
                while (end > 0 && s[end - 1] == 0) {
                    end--;
                }
                a.setObject(i, Arrays.copyOf(s, end));
            }
        }
        return a;
    }
}
