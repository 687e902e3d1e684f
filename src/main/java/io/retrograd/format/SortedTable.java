package io.retrograd.format;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table format of LevelDB in which a checkpoint keeps its index: data blocks of entries with shared key
 * prefixes, an index block, a footer. Uncompressed, as TensorFlow writes it.
 */
final class SortedTable {
    private static final int BLOCK_SIZE = 262_144;
    private static final int RESTART_INTERVAL = 16;
    private static final int FOOTER = 48;
    private static final long MAGIC = 0xdb4775248b80fb57L;

    private SortedTable() {}

    /** One block in the making. */
    private static final class Block {
        final int interval;
        final WireBuffer entries = new WireBuffer();
        final List<Integer> restarts = new ArrayList<>(List.of(0));
        byte[] last = new byte[0];
        int sinceRestart;

        Block(int interval) {
            this.interval = interval;
        }

        void add(byte[] key, byte[] value) {
            int shared = 0;
            if (sinceRestart < interval) {
                int most = Math.min(last.length, key.length);
                while (shared < most && last[shared] == key[shared]) {
                    shared++;
                }
            } else {
                restarts.add(entries.size());
                sinceRestart = 0;
            }
            entries.varint(shared).varint(key.length - shared).varint(value.length);
            entries.raw(Arrays.copyOfRange(key, shared, key.length)).raw(value);
            last = key;
            sinceRestart++;
        }

        int size() {
            return entries.size() + 4 * restarts.size() + 4;
        }

        byte[] finish() {
            WireBuffer all = new WireBuffer().raw(entries.toBytes());
            restarts.forEach(all::fixed32);
            return all.fixed32(restarts.size()).toBytes();
        }
    }

    /** The whole file for these entries, keys in the order of their unsigned bytes. */
    static byte[] write(TreeMap<byte[], byte[]> entries) {
        WireBuffer file = new WireBuffer();
        Block index = new Block(1);
        Block block = new Block(RESTART_INTERVAL);
        byte[] lastKey = null;
        byte[] pending = null;
        for (Map.Entry<byte[], byte[]> e : entries.entrySet()) {
            if (pending != null) {
                index.add(separator(lastKey, e.getKey()), pending);
                pending = null;
            }
            block.add(e.getKey(), e.getValue());
            lastKey = e.getKey();
            if (block.size() >= BLOCK_SIZE) {
                pending = append(file, block);
                block = new Block(RESTART_INTERVAL);
            }
        }
        if (block.entries.size() > 0) {
            pending = append(file, block);
        }
        if (pending != null) {
            index.add(successor(lastKey), pending);
        }
        byte[] meta = append(file, new Block(RESTART_INTERVAL));
        byte[] indexHandle = append(file, index);
        WireBuffer footer = new WireBuffer().raw(meta).raw(indexHandle);
        footer.raw(new byte[FOOTER - 8 - footer.size()]).fixed64(MAGIC);
        return file.raw(footer.toBytes()).toBytes();
    }

    /** Writes the block and its trailer; answers its handle. */
    private static byte[] append(WireBuffer file, Block block) {
        byte[] bytes = block.finish();
        byte[] handle = new WireBuffer().varint(file.size()).varint(bytes.length).toBytes();
        byte[] checked = Arrays.copyOf(bytes, bytes.length + 1);
        file.raw(checked).fixed32(MaskedCrc.of(checked));
        return handle;
    }

    /** A short key that is not below the one and below the other. */
    private static byte[] separator(byte[] low, byte[] high) {
        int i = 0;
        int most = Math.min(low.length, high.length);
        while (i < most && low[i] == high[i]) {
            i++;
        }
        if (i < most) {
            int b = low[i] & 0xff;
            if (b < 0xff && b + 1 < (high[i] & 0xff)) {
                byte[] key = Arrays.copyOf(low, i + 1);
                key[i]++;
                return key;
            }
        }
        return low;
    }

    /** A short key that is not below the one. */
    private static byte[] successor(byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if ((key[i] & 0xff) != 0xff) {
                byte[] shorter = Arrays.copyOf(key, i + 1);
                shorter[i]++;
                return shorter;
            }
        }
        return key;
    }

    /** All entries of a file. */
    static TreeMap<byte[], byte[]> read(byte[] file) {
        if (file.length < FOOTER || new WireReader(file, file.length - 8, file.length).fixed64() != MAGIC) {
            throw new NnError(ErrorKind.DATA_LOSS_ERROR, "not an sstable (bad magic number)");
        }
        WireReader footer = new WireReader(file, file.length - FOOTER, file.length);
        footer.varint();
        footer.varint();
        TreeMap<byte[], byte[]> all = new TreeMap<>(Arrays::compareUnsigned);
        for (byte[] handle : block(file, footer.varint(), footer.varint()).values()) {
            WireReader h = new WireReader(handle);
            all.putAll(block(file, h.varint(), h.varint()));
        }
        return all;
    }

    private static TreeMap<byte[], byte[]> block(byte[] file, long offset, long size) {
        if (offset < 0 || size < 4 || offset + size + 5 > file.length) {
            throw new NnError(ErrorKind.DATA_LOSS_ERROR, "truncated block read");
        }
        int from = (int) offset;
        int length = (int) size;
        if (file[from + length] != 0) {
            throw new NnError(ErrorKind.DATA_LOSS_ERROR, "bad block type");
        }
        if (new WireReader(file, from + length + 1, file.length).fixed32() != MaskedCrc.of(file, from, length + 1)) {
            throw new NnError(ErrorKind.DATA_LOSS_ERROR, "block checksum mismatch");
        }
        int restarts = new WireReader(file, from + length - 4, file.length).fixed32();
        WireReader in = new WireReader(file, from, from + length - 4 - 4 * restarts);
        TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        byte[] last = new byte[0];
        while (!in.isAtEnd()) {
            int shared = (int) in.varint();
            int rest = (int) in.varint();
            int valueLength = (int) in.varint();
            byte[] key = Arrays.copyOf(last, shared + rest);
            System.arraycopy(in.take(rest), 0, key, shared, rest);
            entries.put(key, in.take(valueLength));
            last = key;
        }
        return entries;
    }
}
