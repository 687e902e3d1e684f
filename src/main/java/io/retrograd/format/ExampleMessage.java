package io.retrograd.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of {@code tf.train.Example}: features by name, each a list of byte strings, floats or ints. TensorFlow's
 * record files hold them.
 */
public final class ExampleMessage {
    /** What a feature's list holds; a feature with no list at all is {@code NONE}. */
    public enum Kind {
        NONE,
        BYTES,
        FLOAT,
        INT64
    }

    /** One feature: elements are {@code byte[]}, {@code Float} or {@code Long} by kind. */
    public record Feature(Kind kind, List<Object> values) {}

    private ExampleMessage() {}

    /** The message's bytes. */
    public static byte[] write(Map<String, Feature> features) {
        return new WireBuffer().bytes(1, writeFeatures(features)).toBytes();
    }

    /** The bytes of a {@code Features} message. */
    public static byte[] writeFeatures(Map<String, Feature> features) {
        WireBuffer all = new WireBuffer();
        features.forEach((name, feature) -> all.message(1, new WireBuffer()
                .bytes(1, name.getBytes(StandardCharsets.UTF_8))
                .bytes(2, writeFeature(feature))));
        return all.toBytes();
    }

    /** The bytes of a {@code Feature} message. */
    public static byte[] writeFeature(Feature feature) {
        return feature.kind() == Kind.NONE
                ? new byte[0]
                : new WireBuffer().bytes(feature.kind().ordinal(), writeList(feature)).toBytes();
    }

    /** The bytes of a {@code BytesList}, {@code FloatList} or {@code Int64List} message. */
    public static byte[] writeList(Feature feature) {
        WireBuffer list = new WireBuffer();
        WireBuffer packed = new WireBuffer();
        for (Object value : feature.values()) {
            switch (feature.kind()) {
                case BYTES -> list.bytes(1, (byte[]) value);
                case FLOAT -> packed.fixed32(Float.floatToRawIntBits((Float) value));
                default -> packed.varint((Long) value);
            }
        }
        return packed.size() > 0 ? list.bytes(1, packed.toBytes()).toBytes() : list.toBytes();
    }

    /**
     * Reads a message.
     *
     * @throws io.retrograd.error.NnError DataLossError if the bytes are none
     */
    public static Map<String, Feature> read(byte[] bytes) {
        Map<String, Feature> features = new LinkedHashMap<>();
        WireReader in = new WireReader(bytes);
        while (!in.isAtEnd()) {
            long tag = in.varint();
            if (tag == (1 << 3 | 2)) {
                readFeatures(in.take(in.varint()), features);
            } else {
                in.skip((int) tag & 7);
            }
        }
        return features;
    }

    private static void readFeatures(byte[] bytes, Map<String, Feature> features) {
        WireReader in = new WireReader(bytes);
        while (!in.isAtEnd()) {
            long tag = in.varint();
            if (tag != (1 << 3 | 2)) {
                in.skip((int) tag & 7);
                continue;
            }
            WireReader entry = new WireReader(in.take(in.varint()));
            String name = "";
            Feature feature = new Feature(Kind.NONE, List.of());
            while (!entry.isAtEnd()) {
                long field = entry.varint();
                if (field == (1 << 3 | 2)) {
                    name = new String(entry.take(entry.varint()), StandardCharsets.UTF_8);
                } else if (field == (2 << 3 | 2)) {
                    feature = readFeature(entry.take(entry.varint()));
                } else {
                    entry.skip((int) field & 7);
                }
            }
            features.put(name, feature);
        }
    }

    private static Feature readFeature(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        Kind kind = Kind.NONE;
        List<Object> values = new ArrayList<>();
        while (!in.isAtEnd()) {
            long tag = in.varint();
            int field = (int) (tag >>> 3);
            if ((tag & 7) != 2 || field < 1 || field > 3) {
                in.skip((int) tag & 7);
                continue;
            }
            kind = Kind.values()[field];
            readList(kind, new WireReader(in.take(in.varint())), values);
        }
        return new Feature(kind, values);
    }

    /** Numbers are packed, or one field each as older writers have it. */
    private static void readList(Kind kind, WireReader in, List<Object> values) {
        while (!in.isAtEnd()) {
            int wireType = (int) in.varint() & 7;
            if (kind == Kind.BYTES) {
                values.add(in.take(in.varint()));
                continue;
            }
            WireReader numbers = wireType == 2 ? new WireReader(in.take(in.varint())) : in;
            do {
                values.add(kind == Kind.FLOAT ? (Object) Float.intBitsToFloat(numbers.fixed32()) : (Object) numbers.varint());
            } while (wireType == 2 && !numbers.isAtEnd());
        }
    }
}
