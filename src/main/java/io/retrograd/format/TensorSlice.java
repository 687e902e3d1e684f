package io.retrograd.format;

import io.retrograd.error.NnError;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a tensor that a checkpoint holds in several: what a variable with a partitioner leaves.
 *
 * @param starts where the part begins, for each dimension
 * @param lengths how far it reaches; {@link #WHOLE} for all of a dimension
 */
public record TensorSlice(List<Long> starts, List<Long> lengths) {
    static final long WHOLE = -1;

    /**
     * Reads what SaveV2 and RestoreV2 take: the sizes of the whole tensor, then {@code start,length} for each dimension or
     * {@code -} for all of it, as in {@code "5 2 0,3:-"}.
     *
     * @throws NnError InvalidArgumentError for anything else
     */
    public static TensorSlice parse(String specification) {
        String[] words = specification.trim().split(" +");
        List<Long> starts = new ArrayList<>();
        List<Long> lengths = new ArrayList<>();
        String[] dimensions = words[words.length - 1].split(":");
        if (dimensions.length != words.length - 1) {
            throw NnError.invalidArgument("Could not parse slice specification " + specification);
        }
        for (String each : dimensions) {
            if (!each.matches("-|\\d{1,18},\\d{1,18}")) {
                throw NnError.invalidArgument("Could not parse slice specification " + specification);
            }
            int comma = each.indexOf(',');
            starts.add(comma < 0 ? 0 : Long.parseLong(each.substring(0, comma)));
            lengths.add(comma < 0 ? WHOLE : Long.parseLong(each.substring(comma + 1)));
        }
        return new TensorSlice(starts, lengths);
    }

    /** The shape of the whole tensor in such a text. */
    public static Shape wholeOf(String specification) {
        String[] words = specification.trim().split(" +");
        long[] sizes = new long[words.length - 1];
        for (int i = 0; i < sizes.length; i++) {
            if (!words[i].matches("\\d{1,18}")) {
                throw NnError.invalidArgument("Could not parse slice specification " + specification);
            }
            sizes[i] = Long.parseLong(words[i]);
        }
        return Shape.ofLongs(sizes);
    }

    /** That part of an array, a view of it. @throws NnError InvalidArgumentError where it does not lie in the array */
    public NdArray of(NdArray whole) {
        if (whole.rank() != starts.size()) {
            throw NnError.invalidArgument("The slice " + this + " does not fit the shape " + Shape.of(whole.shape()));
        }
        NdArray part = whole;
        for (int i = 0; i < starts.size(); i++) {
            if (lengths.get(i) != WHOLE) {
                if (starts.get(i) < 0 || lengths.get(i) < 0 || starts.get(i) > whole.dim(i) - lengths.get(i)) {
                    throw NnError.invalidArgument("The slice " + this + " does not fit the shape " + Shape.of(whole.shape()));
                }
                part = part.slice(i, starts.get(i).intValue(), lengths.get(i).intValue(), 1);
            }
        }
        return part;
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            all.add(lengths.get(i) == WHOLE ? "-" : starts.get(i) + "," + lengths.get(i));
        }
        return String.join(":", all);
    }

    // As checkpoints hold it

    /** Its message TensorSliceProto. */
    byte[] message() {
        WireBuffer out = new WireBuffer();
        for (int i = 0; i < starts.size(); i++) {
            WireBuffer extent = new WireBuffer();
            if (lengths.get(i) != WHOLE) {
                if (starts.get(i) != 0) {
                    extent.number(1, starts.get(i));
                }
                extent.varint(2 << 3).varint(lengths.get(i));
            }
            out.message(1, extent);
        }
        return out.toBytes();
    }

    static TensorSlice read(byte[] message) {
        List<Long> starts = new ArrayList<>();
        List<Long> lengths = new ArrayList<>();
        WireReader in = new WireReader(message);
        while (!in.isAtEnd()) {
            long tag = in.varint();
            if (tag >>> 3 != 1) {
                in.skip((int) tag & 7);
                continue;
            }
            WireReader extent = new WireReader(in.take(in.varint()));
            long start = 0;
            long length = WHOLE;
            while (!extent.isAtEnd()) {
                long inner = extent.varint();
                switch ((int) (inner >>> 3)) {
                    case 1 -> start = extent.varint();
                    case 2 -> length = extent.varint();
                    default -> extent.skip((int) inner & 7);
                }
            }
            starts.add(start);
            lengths.add(length);
        }
        return new TensorSlice(starts, lengths);
    }

    /** The key of this part of a tensor in the index, in TensorFlow's code for keys that sort as what they say. */
    byte[] key(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        increasing(out, 0);
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            out.write(b);
            if (b == 0) {
                out.write(0xff);
            } else if (b == -1) {
                out.write(0);
            }
        }
        out.write(0);
        out.write(1);
        increasing(out, starts.size());
        for (int i = 0; i < starts.size(); i++) {
            signed(out, starts.get(i));
            signed(out, lengths.get(i));
        }
        return out.toByteArray();
    }

    /** The number of its bytes, then these, the highest first. */
    private static void increasing(ByteArrayOutputStream out, long n) {
        int bytes = (64 - Long.numberOfLeadingZeros(n) + 7) / 8;
        out.write(bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) (n >>> 8 * i));
        }
    }

    /** Seven bits a byte; as many leading bits as there are bytes say how many, turned round for numbers below zero. */
    private static void signed(ByteArrayOutputStream out, long n) {
        int bits = 64 - Long.numberOfLeadingZeros(n < 0 ? ~n : n);
        int bytes = bits / 7 + 1;
        byte[] all = new byte[10];
        for (int i = 0; i < 10; i++) {
            all[9 - i] = (byte) (i < 8 ? n >> 8 * i : n >> 63);
        }
        int header = 0xffff << 16 - bytes;
        all[10 - bytes] ^= (byte) (header >> 8);
        if (bytes > 1) {
            all[11 - bytes] ^= (byte) header;
        }
        out.write(all, 10 - bytes, bytes);
    }
}
