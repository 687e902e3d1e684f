package io.retrograd.format;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A checkpoint in TensorFlow's V2 format ("tensor bundle"): PREFIX.index, a sorted table of what there is, and
 * PREFIX.data-00000-of-00001, the bytes one behind the other. Written under temporary names and renamed, the
 * index last, so that whoever is killed in the middle leaves the previous checkpoint whole.
 */
public final class Checkpoint {
    private static final byte[] HEADER_KEY = {};
    private static final byte[] HEADER = {0x08, 0x01, 0x1a, 0x02, 0x08, 0x01};

    /** Where one tensor lies. */
    private record Entry(DType dtype, Shape shape, int shard, long offset, long size, int crc, List<TensorSlice> slices) {}

    /**
     * One tensor to write.
     *
     * @param slice the part that it is of a larger one of that name; empty for the whole
     * @param whole the shape of the larger one
     */
    public record Saved(String name, NdArray value, Optional<TensorSlice> slice, Shape whole) {
        /** All of a tensor. */
        public static Saved of(String name, NdArray value) {
            return new Saved(name, value, Optional.empty(), Shape.of(value.shape()));
        }

        private byte[] key() {
            return slice.map(s -> s.key(name)).orElseGet(() -> name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Path prefix;
    private final Map<String, Entry> entries;
    private final Map<ByteBuffer, Entry> parts;
    private final int shards;

    private Checkpoint(Path prefix, Map<String, Entry> entries, Map<ByteBuffer, Entry> parts, int shards) {
        this.prefix = prefix;
        this.entries = entries;
        this.parts = parts;
        this.shards = shards;
    }

    /** PREFIX.index. */
    public static Path indexFile(Path prefix) {
        return prefix.resolveSibling(prefix.getFileName() + ".index");
    }

    /** PREFIX.data-SHARD-of-SHARDS. */
    public static Path dataFile(Path prefix, int shard, int shards) {
        return prefix.resolveSibling(prefix.getFileName() + ".data-" + five(shard) + "-of-" + five(shards));
    }

    private static String five(int n) {
        String digits = Integer.toString(n);
        return "00000".substring(Math.min(5, digits.length())) + digits;
    }

    // Writing

    /**
     * Writes the tensors under the prefix. Where a checkpoint of that prefix is there already, the new data file holds its
     * bytes too, at their old places, until the index is renamed: between the two renames the old index is still right.
     *
     * @throws IOException where the disk does not let it
     */
    public static void write(Path prefix, Map<String, NdArray> tensors) throws IOException {
        List<Saved> all = new ArrayList<>();
        tensors.forEach((name, value) -> all.add(Saved.of(name, value)));
        write(prefix, all);
    }

    /** The same for tensors that may be parts of others. */
    public static void write(Path prefix, List<Saved> tensors) throws IOException {
        TreeMap<byte[], byte[]> index = new TreeMap<>(Arrays::compareUnsigned);
        index.put(HEADER_KEY, HEADER);
        Path data = dataFile(prefix, 0, 1);
        Path temporaryData = temporary(data);
        Path temporaryIndex = temporary(indexFile(prefix));
        List<Encoded> all = new ArrayList<>();
        long size = 0;
        Map<String, List<Saved>> inParts = new LinkedHashMap<>();
        for (Saved tensor : tensors) {
            if (tensor.slice().isPresent()) {
                inParts.computeIfAbsent(tensor.name(), name -> new ArrayList<>()).add(tensor);
            }
            Encoded encoded = Encoded.of(tensor.value());
            all.add(encoded);
            size += encoded.bytes.length;
        }
        inParts.forEach((name, parts) -> index.put(name.getBytes(StandardCharsets.UTF_8), describe(parts)));
        long[] old = extent(prefix, data);
        long start = size <= old[0] ? 0 : old[1];
        try {
            try (RandomAccessFile out = new RandomAccessFile(temporaryData.toFile(), "rw")) {
                copy(data, out, old[0], old[1]);
                out.seek(start);
                try (OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(out.getChannel()), 1 << 16)) {
                    long offset = start;
                    int next = 0;
                    for (Saved t : tensors) {
                        Encoded encoded = all.get(next++);
                        buffered.write(encoded.bytes);
                        index.put(t.key(), describe(t.value(), offset, encoded.bytes.length, encoded.crc));
                        offset += encoded.bytes.length;
                    }
                }
            }
            Files.write(temporaryIndex, SortedTable.write(index));
            sync(temporaryData);
            sync(temporaryIndex);
            Files.move(temporaryData, data, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Files.move(temporaryIndex, indexFile(prefix), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            if (old[1] > start + size) {
                try (RandomAccessFile f = new RandomAccessFile(data.toFile(), "rw")) {
                    f.setLength(start + size);
                }
            }
        } finally {
            Files.deleteIfExists(temporaryData);
            Files.deleteIfExists(temporaryIndex);
        }
    }

    /** From where to where the bytes of the checkpoint reach that is there already; both 0 where there is none. */
    private static long[] extent(Path prefix, Path data) {
        long[] none = new long[2];
        if (!Files.isRegularFile(indexFile(prefix)) || !Files.isRegularFile(data)) {
            return none;
        }
        long from = Long.MAX_VALUE;
        long to = 0;
        try {
            Checkpoint old = open(prefix, prefix.toString());
            List<Entry> all = new ArrayList<>(old.entries.values());
            all.addAll(old.parts.values());
            for (Entry e : all) {
                if (!e.slices().isEmpty()) {
                    continue;
                }
                from = Math.min(from, e.offset());
                to = Math.max(to, e.offset() + e.size());
            }
            return old.shards != 1 || from >= to || to > Files.size(data) ? none : new long[] {from, to};
        } catch (NnError | IOException damaged) {
            return none;
        }
    }

    private static void copy(Path data, RandomAccessFile out, long from, long to) throws IOException {
        if (to > from) {
            try (FileChannel in = FileChannel.open(data)) {
                out.seek(from);
                long at = from;
                while (at < to) {
                    at += in.transferTo(at, to - at, out.getChannel());
                }
            }
        }
    }

    private static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + ".tempstate" + Long.toUnsignedString(System.nanoTime(), 36));
    }

    private static void sync(Path file) throws IOException {
        try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
            f.getFD().sync();
        }
    }

    /** A tensor that is there in parts. */
    private static byte[] describe(List<Saved> parts) {
        WireBuffer shape = new WireBuffer();
        for (int d : parts.get(0).whole().toInts()) {
            shape.message(2, new WireBuffer().number(1, d));
        }
        WireBuffer entry = new WireBuffer().number(1, parts.get(0).value().dtype().tfNumber()).message(2, shape);
        parts.forEach(p -> entry.message(7, new WireBuffer().raw(p.slice().orElseThrow().message())));
        return entry.toBytes();
    }

    private static byte[] describe(NdArray tensor, long offset, long size, int crc) {
        WireBuffer shape = new WireBuffer();
        for (int d : tensor.shape()) {
            shape.message(2, new WireBuffer().number(1, d));
        }
        return new WireBuffer()
                .number(1, tensor.dtype().tfNumber())
                .message(2, shape)
                .number(4, offset)
                .number(5, size)
                .varint(6 << 3 | 5)
                .fixed32(crc)
                .toBytes();
    }

    /** A tensor's bytes and their checksum. */
    private record Encoded(byte[] bytes, int crc) {
        static Encoded of(NdArray tensor) {
            if (tensor.dtype() == DType.STRING) {
                return strings(tensor);
            }
            int width = tensor.dtype().byteSize();
            ByteBuffer b = ByteBuffer.allocate(tensor.size() * width).order(ByteOrder.LITTLE_ENDIAN);
            NdArray t = tensor.contiguous();
            for (int i = 0; i < t.size(); i++) {
                switch (t.dtype()) {
                    case FLOAT32 -> b.putFloat(t.getFloat(i));
                    case FLOAT64 -> b.putDouble(t.getDouble(i));
                    case INT32 -> b.putInt(t.getInt(i));
                    case INT64 -> b.putLong(t.getLong(i));
                    case BOOL -> b.put((byte) (t.getBoolean(i) ? 1 : 0));
                    case INT8, UINT8 -> b.put((byte) t.getLong(i));
                    case INT16, UINT16 -> b.putShort((short) t.getLong(i));
                    case FLOAT16 -> b.putShort(Half.toBits(t.getFloat(i)));
                    case COMPLEX64 -> b.putFloat((float) t.getDouble(i)).putFloat((float) t.getImaginary(i));
                    case COMPLEX128 -> b.putDouble(t.getDouble(i)).putDouble(t.getImaginary(i));
                    default -> throw new NnError(
                            ErrorKind.UNIMPLEMENTED_ERROR, "cannot save tensors of type " + t.dtype().tfName());
                }
            }
            return new Encoded(b.array(), MaskedCrc.of(b.array()));
        }

        /** Lengths as varints, a checksum of the lengths, then the bytes; the entry's checksum skips the varints. */
        private static Encoded strings(NdArray tensor) {
            WireBuffer lengths = new WireBuffer();
            WireBuffer fixed = new WireBuffer();
            for (int i = 0; i < tensor.size(); i++) {
                int n = ((byte[]) tensor.getObject(i)).length;
                lengths.varint(n);
                fixed.fixed32(n);
            }
            CRC32C crc = new CRC32C();
            crc.update(fixed.toBytes());
            byte[] check = new WireBuffer().fixed32(MaskedCrc.mask((int) crc.getValue())).toBytes();
            crc.update(check);
            WireBuffer all = new WireBuffer().raw(lengths.toBytes()).raw(check);
            for (int i = 0; i < tensor.size(); i++) {
                byte[] s = (byte[]) tensor.getObject(i);
                crc.update(s);
                all.raw(s);
            }
            return new Encoded(all.toBytes(), MaskedCrc.mask((int) crc.getValue()));
        }
    }

    // Reading

    /** Opens a checkpoint by its prefix. @throws NnError NotFoundError if there is none, DataLossError if it is damaged */
    public static Checkpoint open(Path prefix, String asWritten) {
        byte[] file;
        try {
            file = Files.readAllBytes(indexFile(prefix));
        } catch (IOException missing) {
            throw new NnError(
                    ErrorKind.NOT_FOUND_ERROR,
                    "Unsuccessful TensorSliceReader constructor: Failed to find any matching files for " + asWritten);
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<ByteBuffer, Entry> parts = new HashMap<>();
        int shards = 1;
        for (Map.Entry<byte[], byte[]> e : SortedTable.read(file).entrySet()) {
            if (e.getKey().length == 0) {
                WireReader header = new WireReader(e.getValue());
                while (!header.isAtEnd()) {
                    long tag = header.varint();
                    if (tag >>> 3 == 1) {
                        shards = (int) header.varint();
                    } else {
                        header.skip((int) tag & 7);
                    }
                }
            } else if (e.getKey()[0] == 0) {
                parts.put(ByteBuffer.wrap(e.getKey()), parse(e.getValue()));
            } else {
                entries.put(new String(e.getKey(), StandardCharsets.UTF_8), parse(e.getValue()));
            }
        }
        return new Checkpoint(prefix, entries, parts, shards);
    }

    private static Entry parse(byte[] value) {
        WireReader in = new WireReader(value);
        DType dtype = DType.FLOAT32;
        List<Long> dims = new ArrayList<>();
        int shard = 0;
        long offset = 0;
        long size = 0;
        int crc = 0;
        List<TensorSlice> slices = new ArrayList<>();
        while (!in.isAtEnd()) {
            long tag = in.varint();
            switch ((int) (tag >>> 3)) {
                case 1 -> {
                    int number = (int) in.varint();
                    dtype = DType.ofTfNumber(number)
                            .orElseThrow(() -> new NnError(ErrorKind.UNIMPLEMENTED_ERROR, "unknown element type " + number));
                }
                case 2 -> shape(in.take(in.varint()), dims);
                case 3 -> shard = (int) in.varint();
                case 4 -> offset = in.varint();
                case 5 -> size = in.varint();
                case 6 -> crc = in.fixed32();
                case 7 -> slices.add(TensorSlice.read(in.take(in.varint())));
                default -> in.skip((int) tag & 7);
            }
        }
        return new Entry(dtype, Shape.ofLongs(dims.stream().mapToLong(Long::longValue).toArray()), shard, offset, size, crc, slices);
    }

    private static void shape(byte[] bytes, List<Long> dims) {
        WireReader in = new WireReader(bytes);
        while (!in.isAtEnd()) {
            long tag = in.varint();
            if (tag >>> 3 == 2) {
                WireReader dim = new WireReader(in.take(in.varint()));
                long size = 0;
                while (!dim.isAtEnd()) {
                    long inner = dim.varint();
                    if (inner >>> 3 == 1) {
                        size = dim.varint();
                    } else {
                        dim.skip((int) inner & 7);
                    }
                }
                dims.add(size);
            } else {
                in.skip((int) tag & 7);
            }
        }
    }

    /** The keys, in the order of their bytes. */
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /** The type of a tensor, if the checkpoint has it. */
    public Optional<DType> dtype(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::dtype);
    }

    /** The shape of a tensor, if the checkpoint has it. */
    public Optional<Shape> shape(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::shape);
    }

    /** Reads a tensor. @throws NnError NotFoundError if there is none, DataLossError where the bytes are damaged */
    public NdArray read(String key) {
        Entry e = entries.get(key);
        if (e == null) {
            throw new NnError(ErrorKind.NOT_FOUND_ERROR, "Key " + key + " not found in checkpoint");
        }
        if (e.slices().isEmpty()) {
            return read(e, key);
        }
        NdArray whole = NdArray.zeros(e.dtype(), e.shape().toInts());
        for (TensorSlice slice : e.slices()) {
            Entry part = parts.get(ByteBuffer.wrap(slice.key(key)));
            if (part == null) {
                throw new NnError(ErrorKind.NOT_FOUND_ERROR, "The part " + slice + " of " + key + " is not in the checkpoint");
            }
            slice.of(whole).assign(read(part, key));
        }
        return whole;
    }

    private NdArray read(Entry e, String key) {
        byte[] bytes = new byte[Math.toIntExact(e.size())];
        Path data = dataFile(prefix, e.shard(), shards);
        if (!Files.exists(data)) {
            throw new NnError(ErrorKind.NOT_FOUND_ERROR, data + "; No such file or directory")
                    .help("the index names tensors whose values would be in this file: copy it beside the index");
        }
        try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "r")) {
            file.seek(e.offset());
            file.readFully(bytes);
        } catch (IOException damaged) {
            throw new NnError(ErrorKind.DATA_LOSS_ERROR, "cannot read " + key + " from the checkpoint: " + damaged.getMessage());
        }
        return decode(e, key, bytes);
    }

    private static NdArray decode(Entry e, String key, byte[] bytes) {
        int[] dims = e.shape().toInts();
        if (e.dtype() == DType.STRING) {
            return strings(e, bytes, dims);
        }
        if (MaskedCrc.of(bytes) != e.crc()) {
            throw new NnError(
                    ErrorKind.DATA_LOSS_ERROR,
                    "Checksum does not match: stored " + Integer.toUnsignedString(e.crc()) + " vs. calculated on the restored "
                            + "bytes " + Integer.toUnsignedString(MaskedCrc.of(bytes)) + " for " + key);
        }
        NdArray t = NdArray.zeros(e.dtype(), dims);
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < t.size(); i++) {
            switch (t.dtype()) {
                case FLOAT32 -> t.floats()[i] = b.getFloat();
                case FLOAT64 -> t.doubles()[i] = b.getDouble();
                case INT32 -> t.ints()[i] = b.getInt();
                case INT64 -> t.longs()[i] = b.getLong();
                case BOOL -> t.booleans()[i] = b.get() != 0;
                case INT8, UINT8 -> t.bytes()[i] = b.get();
                case FLOAT16 -> t.setDouble(i, Half.fromBits(b.getShort()));
                case COMPLEX64 -> t.setComplex(i, b.getFloat(), b.getFloat());
                case COMPLEX128 -> t.setComplex(i, b.getDouble(), b.getDouble());
                default -> t.shorts()[i] = b.getShort();
            }
        }
        return t;
    }

    private static NdArray strings(Entry e, byte[] bytes, int[] dims) {
        int n = (int) e.shape().numElements();
        WireReader in = new WireReader(bytes);
        long[] lengths = new long[n];
        for (int i = 0; i < n; i++) {
            lengths[i] = in.varint();
        }
        in.fixed32();
        Object[] values = new Object[n];
        for (int i = 0; i < n; i++) {
            values[i] = in.take(lengths[i]);
        }
        return NdArray.wrap(DType.STRING, values, dims);
    }
}
