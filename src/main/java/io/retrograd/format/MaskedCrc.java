package io.retrograd.format;

import java.util.zip.CRC32C;

/** The checksum of TensorFlow's files: CRC-32C, rotated and shifted so that a checksum of checksums stays random. */
final class MaskedCrc {
    private static final int DELTA = 0xa282ead8;

    private MaskedCrc() {}

    static int of(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return mask((int) crc.getValue());
    }

    static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static int mask(int crc) {
        return (crc >>> 15 | crc << 17) + DELTA;
    }
}
