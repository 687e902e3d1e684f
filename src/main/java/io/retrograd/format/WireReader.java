package io.retrograd.format;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.util.Arrays;

/** Reads what {@link WireBuffer} writes; a file that ends too early is DataLossError. */
final class WireReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    WireReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    WireReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    boolean isAtEnd() {
        return at >= end;
    }

    int position() {
        return at;
    }

    int octet() {
        if (at >= end) {
            throw new NnError(ErrorKind.DATA_LOSS_ERROR, "the file ends in the middle of a record");
        }
        return bytes[at++] & 0xff;
    }

    long varint() {
        long v = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = octet();
            v |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return v;
            }
        }
        throw new NnError(ErrorKind.DATA_LOSS_ERROR, "a number in the file has too many bytes");
    }

    int fixed32() {
        int v = 0;
        for (int i = 0; i < 4; i++) {
            v |= octet() << 8 * i;
        }
        return v;
    }

    long fixed64() {
        long low = fixed32() & 0xffff_ffffL;
        return low | (long) fixed32() << 32;
    }

    byte[] take(long length) {
        if (length < 0 || length > end - at) {
            throw new NnError(ErrorKind.DATA_LOSS_ERROR, "the file ends in the middle of a record");
        }
        byte[] part = Arrays.copyOfRange(bytes, at, at + (int) length);
        at += (int) length;
        return part;
    }

    /** Passes over a field of that wire type. */
    void skip(int wireType) {
        switch (wireType) {
            case 0 -> varint();
            case 1 -> take(8);
            case 2 -> take(varint());
            case 5 -> take(4);
            default -> throw new NnError(ErrorKind.DATA_LOSS_ERROR, "unknown wire type " + wireType);
        }
    }
}
