package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.FileAccess;
import io.retrograd.format.RecordFile;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Operation;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.ElementQueue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Readers: they take file names from a queue and give out the records of those files, each with a key. */
final class ReaderOps {
    private ReaderOps() {}

    static QueueOps.Effect find(String type) {
        return switch (type) {
            case "WholeFileReaderV2", "IdentityReaderV2" -> new ReaderOp(type);
            case "TextLineReaderV2" -> new ReaderOp(type, "skip_header_lines: int = 0");
            case "TFRecordReaderV2" -> new ReaderOp(type, "compression_type: string = ");
            case "FixedLengthRecordReaderV2" -> new ReaderOp(
                    type, "header_bytes: int = 0", "record_bytes: int", "footer_bytes: int = 0", "hop_bytes: int = 0",
                    "encoding: string = ");
            case "ReaderReadV2" -> new Read();
            case "ReaderReadUpToV2" -> new ReadUpTo();
            case "ReaderNumRecordsProducedV2", "ReaderNumWorkUnitsCompletedV2" -> new Count(type);
            case "ReaderResetV2" -> new Reset();
            default -> null;
        };
    }

    /** A key and its record. */
    private record Entry(byte[] key, byte[] value) {}

    /** The records of one file. */
    private interface Source {
        Entry next() throws IOException;

        default void close() throws IOException {}
    }

    private static byte[] key(String file, long number) {
        return (file + ":" + number).getBytes(StandardCharsets.UTF_8);
    }

    /** A reader's place in one session. */
    private static final class Reader {
        private final Operation op;
        private Source source;
        private String file;
        private long produced;
        private long completed;

        Reader(Operation op) {
            this.op = op;
        }

        /** The next record; where a file ends the next one is taken from the queue, for which it waits. */
        Entry next(FileAccess files, ElementQueue queue) {
            while (true) {
                if (source == null) {
                    file = new String((byte[]) queue.take(1, false).get(0)[0].getObject(0), StandardCharsets.UTF_8);
                    source = open(files);
                }
                try {
                    Entry entry = source.next();
                    if (entry != null) {
                        produced++;
                        return entry;
                    }
                    source.close();
                } catch (IOException e) {
                    throw new NnError(ErrorKind.DATA_LOSS_ERROR, file + "; " + e.getMessage());
                }
                source = null;
                completed++;
            }
        }

        private Source open(FileAccess files) {
            String name = file;
            return switch (op.type()) {
                case "IdentityReaderV2" -> once(new Entry(bytes(name), bytes(name)));
                case "WholeFileReaderV2" -> once(new Entry(bytes(name), FileOps.read(files, name)));
                case "TextLineReaderV2" -> lines(name, FileOps.read(files, name));
                case "TFRecordReaderV2" -> records(files, name);
                default -> pieces(name, FileOps.read(files, name));
            };
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private static Source once(Entry entry) {
            Entry[] left = {entry};
            return () -> {
                Entry e = left[0];
                left[0] = null;
                return e;
            };
        }

        private Source lines(String name, byte[] text) {
            List<byte[]> lines = new ArrayList<>();
            FileOps.lines(text, lines);
            int[] at = {(int) op.intAttribute("skip_header_lines")};
            return () -> at[0] < lines.size() ? new Entry(key(name, at[0] + 1L), lines.get(at[0]++)) : null;
        }

        private Source records(FileAccess files, String name) {
            Path path = files.readable(name);
            if (!Files.exists(path)) {
                throw new NnError(ErrorKind.NOT_FOUND_ERROR, name + "; No such file or directory");
            }
            try {
                RecordFile.Reader reader =
                        new RecordFile.Reader(path, RecordFile.Compression.named(op.attribute("compression_type")));
                return new Source() {
                    @Override
                    public Entry next() throws IOException {
                        long offset = reader.offset();
                        byte[] record = reader.next();
                        return record == null ? null : new Entry(key(name, offset), record);
                    }

                    @Override
                    public void close() throws IOException {
                        reader.close();
                    }
                };
            } catch (IOException e) {
                throw new NnError(ErrorKind.DATA_LOSS_ERROR, name + "; " + e.getMessage());
            }
        }

        private Source pieces(String name, byte[] bytes) {
            int length = (int) op.intAttribute("record_bytes");
            int hop = (int) op.intAttribute("hop_bytes");
            int end = bytes.length - (int) op.intAttribute("footer_bytes");
            int[] at = {(int) op.intAttribute("header_bytes"), 0};
            return () -> {
                if (at[0] + length > end) {
                    return null;
                }
                byte[] piece = Arrays.copyOfRange(bytes, at[0], at[0] + length);
                at[0] += hop == 0 ? length : hop;
                return new Entry(key(name, at[1]++), piece);
            };
        }

        void reset() {
            source = null;
            produced = 0;
            completed = 0;
        }
    }

    private static Reader reader(KernelContext k) {
        return (Reader) k.input(0).getObject(0);
    }

    static final class ReaderOp extends QueueOps.Effect {
        ReaderOp(String type, String... more) {
            super(type, "", "reader_handle: resource", all(more));
        }

        private static String[] all(String... more) {
            List<String> all = new ArrayList<>(List.of(more));
            all.add("container: string = ");
            all.add("shared_name: string = ");
            return all.toArray(new String[0]);
        }

        @Override
        public void compute(KernelContext k) {
            Operation op = k.operation();
            k.forward(0, NdArray.wrap(DType.RESOURCE, new Object[] {k.state(Reader.class, () -> new Reader(op))}));
        }
    }

    static final class Read extends QueueOps.Effect {
        Read() {
            super("ReaderReadV2", "reader_handle: resource, queue_handle: resource", "key: string, value: string");
        }

        @Override
        public void compute(KernelContext k) {
            Entry entry = reader(k).next(k.files(), QueueOps.queue(k, 1));
            k.forward(0, NdArray.scalar(entry.key()));
            k.forward(1, NdArray.scalar(entry.value()));
        }
    }

    /** As many as asked for from one file; fewer where it ends. */
    static final class ReadUpTo extends QueueOps.Effect {
        ReadUpTo() {
            super(
                    "ReaderReadUpToV2",
                    "reader_handle: resource, queue_handle: resource, num_records: int64",
                    "keys: string, values: string");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(Shape.UNKNOWN));
            c.output(1, Shape.of(Shape.UNKNOWN));
        }

        @Override
        public void compute(KernelContext k) {
            Reader reader = reader(k);
            long most = k.input(2).getLong(0);
            if (most <= 0) {
                throw NnError.invalidArgument("num_records must be positive, got " + most);
            }
            List<Entry> entries = new ArrayList<>();
            entries.add(reader.next(k.files(), QueueOps.queue(k, 1)));
            while (entries.size() < most && reader.source != null) {
                try {
                    Entry next = reader.source.next();
                    if (next == null) {
                        break;
                    }
                    reader.produced++;
                    entries.add(next);
                } catch (IOException e) {
                    throw new NnError(ErrorKind.DATA_LOSS_ERROR, reader.file + "; " + e.getMessage());
                }
            }
            NdArray keys = k.output(0, entries.size());
            NdArray values = k.output(1, entries.size());
            for (int i = 0; i < entries.size(); i++) {
                keys.setObject(i, entries.get(i).key());
                values.setObject(i, entries.get(i).value());
            }
        }
    }

    static final class Count extends QueueOps.Effect {
        Count(String type) {
            super(type, "reader_handle: resource", type.contains("Records") ? "records_produced: int64" : "units_completed: int64");
        }

        @Override
        public void compute(KernelContext k) {
            Reader reader = reader(k);
            k.forward(0, NdArray.scalar(type().contains("Records") ? reader.produced : reader.completed));
        }
    }

    static final class Reset extends QueueOps.Effect {
        Reset() {
            super("ReaderResetV2", "reader_handle: resource", "");
        }

        @Override
        public void compute(KernelContext k) {
            reader(k).reset();
        }
    }
}
