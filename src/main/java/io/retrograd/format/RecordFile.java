package io.retrograd.format;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** Files of records, TensorFlow's TFRecord format: each record framed by its length and two checksums. */
public final class RecordFile {
    /** How the whole file is compressed; TensorFlow's names are {@code ""}, {@code "ZLIB"} and {@code "GZIP"}. */
    public enum Compression {
        NONE,
        ZLIB,
        GZIP;

        /** InvalidArgumentError for an unknown name. */
        public static Compression named(String name) {
            return switch (name) {
                case "" -> NONE;
                case "ZLIB" -> ZLIB;
                case "GZIP" -> GZIP;
                default -> throw NnError.invalidArgument("Unsupported compression_type:" + name);
            };
        }
    }

    private RecordFile() {}

    /** Reads the records of a file one after the other. */
    public static final class Reader implements AutoCloseable {
        private final InputStream in;
        private long at;

        public Reader(Path file, Compression compression) throws IOException {
            InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            in = switch (compression) {
                case NONE -> raw;
                case ZLIB -> new InflaterInputStream(raw);
                case GZIP -> new GZIPInputStream(raw, 1 << 16);
            };
        }

        /** Where the next record begins, in bytes of the uncompressed file. */
        public long offset() {
            return at;
        }

        /**
         * The next record; null at the end.
         *
         * @throws NnError DataLossError where the file is cut off or damaged
         */
        public byte[] next() throws IOException {
            byte[] head = in.readNBytes(12);
            if (head.length == 0) {
                return null;
            }
            if (head.length < 12) {
                throw damaged("truncated");
            }
            WireReader header = new WireReader(head);
            long length = header.fixed64();
            if (header.fixed32() != MaskedCrc.of(head, 0, 8) || length < 0 || length > Integer.MAX_VALUE - 16) {
                throw damaged("corrupted");
            }
            byte[] record = in.readNBytes((int) length);
            byte[] foot = in.readNBytes(4);
            if (record.length < length || foot.length < 4) {
                throw damaged("truncated");
            }
            if (new WireReader(foot).fixed32() != MaskedCrc.of(record)) {
                throw damaged("corrupted");
            }
            at += 16 + length;
            return record;
        }

        private NnError damaged(String how) {
            return new NnError(ErrorKind.DATA_LOSS_ERROR, how + " record at " + at);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Writes records to a new file. */
    public static final class Writer implements AutoCloseable {
        private final OutputStream out;

        public Writer(Path file, Compression compression) throws IOException {
            OutputStream raw = Files.newOutputStream(file);
            out = switch (compression) {
                case NONE -> new BufferedOutputStream(raw, 1 << 16);
                case ZLIB -> new DeflaterOutputStream(raw, true);
                case GZIP -> new GZIPOutputStream(raw, 1 << 16, true);
            };
        }

        public void write(byte[] record) throws IOException {
            byte[] length = new WireBuffer().fixed64(record.length).toBytes();
            out.write(length);
            out.write(new WireBuffer().fixed32(MaskedCrc.of(length)).toBytes());
            out.write(record);
            out.write(new WireBuffer().fixed32(MaskedCrc.of(record)).toBytes());
        }

        /** Hands everything written so far to the system. */
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
