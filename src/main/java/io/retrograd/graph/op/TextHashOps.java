package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Fingerprint;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text put in buckets by its hash, split at separators, and joined by segment. */
final class TextHashOps {
    private TextHashOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "StringToHashBucketFast" -> new Bucket(type, "input: string");
            case "StringToHashBucket" -> new Bucket(type, "string_tensor: string");
            case "StringToHashBucketStrong" -> new Bucket(type, "input: string", "key: list(int)");
            case "StringSplitV2" -> new Split();
            case "UnsortedSegmentJoin" -> new SegmentJoin();
            default -> null;
        };
    }

    static final class Bucket extends TextOps.Text {
        Bucket(String type, String inputs, String... more) {
            super(type, inputs, "output: int64", more.length == 0
                    ? new String[] {"num_buckets: int"}
                    : new String[] {"num_buckets: int", more[0]});
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            long buckets = k.operation().intAttribute("num_buckets");
            NdArray out = k.output(0, in.shape());
            for (int i = 0; i < in.size(); i++) {
                out.setLong(i, Long.remainderUnsigned(hash(k, (byte[]) in.getObject(i)), buckets));
            }
        }

        private long hash(KernelContext k, byte[] text) {
            return switch (type()) {
                case "StringToHashBucketFast" -> Fingerprint.farm(text);
                case "StringToHashBucket" -> murmur(text);
                default -> {
                    List<?> key = k.operation().attribute("key");
                    yield Fingerprint.sip((Long) key.get(0), (Long) key.get(1), text);
                }
            };
        }

        /** TensorFlow's first hash, after MurmurHash64A (Appleby). */
        private static long murmur(byte[] text) {
            final long m = 0xc6a4a7935bd1e995L;
            long h = 0xDECAFCAFFEL ^ text.length * m;
            ByteBuffer s = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN);
            int whole = text.length / 8 * 8;
            for (int at = 0; at < whole; at += 8) {
                long w = s.getLong(at) * m;
                w = (w ^ w >>> 47) * m;
                h = (h ^ w) * m;
            }
            if (whole < text.length) {
                for (int i = text.length - 1; i >= whole; i--) {
                    h ^= (text[i] & 0xffL) << 8 * (i - whole);
                }
                h *= m;
            }
            h = (h ^ h >>> 47) * m;
            return h ^ h >>> 47;
        }
    }

    static final class Split extends TextOps.Text {
        Split() {
            super("StringSplitV2", "input: string, sep: string", "indices: int64, values: string, shape: int64", "maxsplit: int = -1");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 1);
            c.output(0, Shape.of(Shape.UNKNOWN, 2));
            c.output(1, Shape.unknownOfRank(1));
            c.output(2, Shape.of(2));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            String separator = new String((byte[]) k.input(1).getObject(0), StandardCharsets.ISO_8859_1);
            long most = k.operation().intAttribute("maxsplit");
            List<List<String>> rows = new ArrayList<>();
            int longest = 0;
            int total = 0;
            for (int i = 0; i < in.size(); i++) {
                String text = new String((byte[]) in.getObject(i), StandardCharsets.ISO_8859_1);
                List<String> parts = separator.isEmpty() ? words(text, most) : parts(text, separator, most);
                rows.add(parts);
                longest = Math.max(longest, parts.size());
                total += parts.size();
            }
            NdArray indices = k.output(0, total, 2);
            NdArray values = k.output(1, total);
            int at = 0;
            for (int i = 0; i < rows.size(); i++) {
                for (int j = 0; j < rows.get(i).size(); j++) {
                    indices.setLong(2 * at, i);
                    indices.setLong(2 * at + 1, j);
                    values.setObject(at++, rows.get(i).get(j).getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            NdArray shape = k.output(2, 2);
            shape.setLong(0, in.size());
            shape.setLong(1, longest);
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c >= '\t' && c <= '\r';
        }

        private static List<String> words(String text, long most) {
            List<String> words = new ArrayList<>();
            int at = 0;
            while (true) {
                while (at < text.length() && isBlank(text.charAt(at))) {
                    at++;
                }
                if (at == text.length()) {
                    return words;
                }
                if (most >= 0 && words.size() == most) {
                    words.add(text.substring(at));
                    return words;
                }
                int end = at;
                while (end < text.length() && !isBlank(text.charAt(end))) {
                    end++;
                }
                words.add(text.substring(at, end));
                at = end;
            }
        }

        private static List<String> parts(String text, String separator, long most) {
            List<String> parts = new ArrayList<>();
            int at = 0;
            while (most < 0 || parts.size() < most) {
                int next = text.indexOf(separator, at);
                if (next < 0) {
                    break;
                }
                parts.add(text.substring(at, next));
                at = next + separator.length();
            }
            parts.add(text.substring(at));
            return parts;
        }
    }

    static final class SegmentJoin extends TextOps.Text {
        SegmentJoin() {
            super("UnsortedSegmentJoin", "inputs: string, segment_ids: Tindices, num_segments: Tnumsegments", "output: string",
                    "separator: string = ", "Tindices: int32|int64", "Tnumsegments: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.unknown());
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray ids = k.input(1);
            int segments = k.input(2).getInt(0);
            int width = ids.size() == 0 ? 1 : in.size() / ids.size();
            int[] shape = new int[1 + in.rank() - ids.rank()];
            shape[0] = segments;
            System.arraycopy(in.shape(), ids.rank(), shape, 1, shape.length - 1);
            NdArray out = k.output(0, shape);
            String separator = k.operation().attribute("separator");
            StringBuilder[] joined = new StringBuilder[out.size()];
            for (int i = 0; i < ids.size(); i++) {
                int segment = ids.getInt(i);
                if (segment >= segments) {
                    throw NnError.invalidArgument("segment_ids[" + i + "] = " + segment + " is out of range [0, " + segments + ")");
                }
                for (int j = 0; j < width && segment >= 0; j++) {
                    int to = segment * width + j;
                    String text = new String((byte[]) in.getObject(i * width + j), StandardCharsets.ISO_8859_1);
                    joined[to] = joined[to] == null ? new StringBuilder(text) : joined[to].append(separator).append(text);
                }
            }
            for (int i = 0; i < joined.length; i++) {
                out.setObject(i, (joined[i] == null ? "" : joined[i].toString()).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }
}
