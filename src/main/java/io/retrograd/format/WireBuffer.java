package io.retrograd.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes in the making: varints, little-endian numbers and the fields of small protocol buffers. */
final class WireBuffer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WireBuffer raw(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    WireBuffer octet(int b) {
        out.write(b);
        return this;
    }

    WireBuffer varint(long value) {
        long v = value;
        while ((v & ~0x7fL) != 0) {
            out.write((int) (v & 0x7f | 0x80));
            v >>>= 7;
        }
        out.write((int) v);
        return this;
    }

    WireBuffer fixed32(int v) {
        for (int i = 0; i < 4; i++) {
            out.write(v >>> 8 * i);
        }
        return this;
    }

    WireBuffer fixed64(long v) {
        for (int i = 0; i < 8; i++) {
            out.write((int) (v >>> 8 * i));
        }
        return this;
    }

    /** A field of wire type 0; left out where it is zero, as proto3 does. */
    WireBuffer number(int field, long value) {
        return value == 0 ? this : varint((long) field << 3).varint(value);
    }

    WireBuffer bytes(int field, byte[] value) {
        return varint((long) field << 3 | 2).varint(value.length).raw(value);
    }

    WireBuffer text(int field, String value) {
        return value.isEmpty() ? this : bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    WireBuffer message(int field, WireBuffer value) {
        return bytes(field, value.toBytes());
    }

    WireBuffer real(int field, float value) {
        return varint((long) field << 3 | 5).fixed32(Float.floatToRawIntBits(value));
    }

    WireBuffer real(int field, double value) {
        return varint((long) field << 3 | 1).fixed64(Double.doubleToRawLongBits(value));
    }

    int size() {
        return out.size();
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
