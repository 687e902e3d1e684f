package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Broadcast;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Strings: joined, split, cut, converted from and to numbers. */
final class TextOps {
    private TextOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "StringJoin" -> new StringJoin();
            case "AsString" -> new AsString();
            case "StringToNumber" -> new StringToNumber();
            case "StringSplit" -> new StringSplit();
            case "ReduceJoin" -> new ReduceJoin();
            case "Substr" -> new Substr();
            case "StringLength" -> new StringLength();
            case "StringStrip" -> new PerString(type, String::strip);
            case "StringLower" -> new PerString(type, s -> s.toLowerCase(Locale.ROOT));
            case "StringUpper" -> new PerString(type, s -> s.toUpperCase(Locale.ROOT));
            case "EncodeBase64" -> new Base64Op(type, true);
            case "DecodeBase64" -> new Base64Op(type, false);
            case "RegexReplace" -> new RegexReplace();
            case "RegexFullMatch" -> new RegexFullMatch();
            case "DecodeRaw" -> new DecodeRaw();
            case "DecodeCSV" -> new DecodeCsv();
            default -> null;
        };
    }

    private static byte[] bytes(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    /** Operations on text: nothing flows back through them. */
    abstract static class Text extends OpDef {
        Text(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class StringJoin extends Text {
        StringJoin() {
            super("StringJoin", "inputs: N * string", "output: string", "N: int", "separator: string = ");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape all = Shape.scalar();
            for (int i = 0; i < c.inputCount(); i++) {
                Shape s = c.input(i);
                if (!s.hasRank()) {
                    all = Shape.unknown();
                    break;
                }
                if (s.rank() > 0) {
                    all = all.rank() == 0 ? s : c.mergeShapes(all, s);
                }
            }
            c.output(0, all);
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = {};
            for (int i = 0; i < k.inputCount(); i++) {
                int[] s = k.input(i).shape();
                if (s.length > 0) {
                    if (shape.length > 0 && !Arrays.equals(s, shape)) {
                        throw NnError.invalidArgument("Input shapes do not match: " + Broadcast.brackets(shape) + " vs. "
                                + Broadcast.brackets(s));
                    }
                    shape = s;
                }
            }
            NdArray out = k.output(0, shape);
            String separator = k.operation().attribute("separator");
            for (int e = 0; e < out.size(); e++) {
                StringBuilder s = new StringBuilder();
                for (int i = 0; i < k.inputCount(); i++) {
                    String part = FileOps.text(k.input(i), k.input(i).rank() == 0 ? 0 : e);
                    Budget.require(2L * (s.length() + part.length()));
                    s.append(i > 0 ? separator : "").append(part);
                }
                byte[] joined = bytes(s.toString());
                Budget.hold(joined, joined.length);
                out.setObject(e, joined);
            }
        }
    }

    static final class AsString extends Text {
        AsString() {
            super(
                    "AsString",
                    "input: T",
                    "output: string",
                    "T: int8|int16|int32|int64|complex64|complex128|float|double|bool",
                    "precision: int = -1",
                    "scientific: bool = false",
                    "shortest: bool = false",
                    "width: int = -1",
                    "fill: string = ");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray out = k.output(0, in.shape());
            long precision = k.operation().intAttribute("precision");
            boolean scientific = k.operation().flag("scientific");
            boolean shortest = k.operation().flag("shortest");
            long width = k.operation().intAttribute("width");
            String fill = k.operation().attribute("fill");
            String digits = precision < 0 ? "" : "." + precision;
            for (int i = 0; i < in.size(); i++) {
                String s;
                if (in.dtype() == DType.BOOL) {
                    s = in.getBoolean(i) ? "true" : "false";
                } else if (in.dtype().isInteger()) {
                    s = String.valueOf(in.getLong(i));
                } else if (Double.isNaN(in.getDouble(i)) || Double.isInfinite(in.getDouble(i))) {
                    double v = in.getDouble(i);
                    s = Double.isNaN(v) ? "nan" : v > 0 ? "inf" : "-inf";
                } else {
                    String form = "%" + digits + (scientific ? "e" : "f");
                    s = shortest
                            ? io.retrograd.tensor.FloatText.repr(in.getDouble(i))
                            : String.format(Locale.ROOT, form, in.getDouble(i));
                }
                Budget.require(2 * width);
                String margin = (fill.equals("0") ? "0" : " ").repeat((int) Math.max(0, width - s.length()));
                out.setObject(i, bytes(fill.equals("-") ? s + margin : margin + s));
            }
        }
    }

    static final class StringToNumber extends Text {
        StringToNumber() {
            super("StringToNumber", "string_tensor: string", "output: out_type", "out_type: float|double|int32|int64 = float");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray out = k.output(0, in.shape());
            for (int i = 0; i < in.size(); i++) {
                put(FileOps.text(in, i), out, i);
            }
        }

        static void put(String text, NdArray out, int i) {
            String s = text.strip();
            try {
                if (out.dtype() == DType.INT32) {
                    out.setLong(i, Integer.parseInt(s));
                } else if (out.dtype() == DType.INT64) {
                    out.setLong(i, Long.parseLong(s));
                } else if (out.dtype() == DType.FLOAT32) {
                    out.floats()[i] = Float.parseFloat(checked(s));
                } else {
                    out.setDouble(i, Double.parseDouble(checked(s)));
                }
            } catch (NumberFormatException e) {
                throw NnError.invalidArgument("StringToNumberOp could not correctly convert string: " + text);
            }
        }

        /** Java also reads {@code 1f} and {@code 0x1p3}; TensorFlow does not. */
        private static String checked(String s) {
            String lower = s.toLowerCase(Locale.ROOT);
            if (lower.matches("[-+]?(inf|infinity)")) {
                return lower.startsWith("-") ? "-Infinity" : "Infinity";
            }
            if (lower.matches("[-+]?nan")) {
                return "NaN";
            }
            if (lower.endsWith("f") || lower.endsWith("d") || lower.contains("x")) {
                throw new NumberFormatException(s);
            }
            return s;
        }
    }

    static final class StringSplit extends Text {
        StringSplit() {
            super(
                    "StringSplit",
                    "input: string, delimiter: string",
                    "indices: int64, values: string, shape: int64",
                    "skip_empty: bool = true");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 1);
            c.output(0, Shape.of(Shape.UNKNOWN, 2));
            c.output(1, Shape.of(Shape.UNKNOWN));
            c.output(2, Shape.of(2));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            String delimiters = FileOps.text(k.input(1), 0);
            boolean skip = k.operation().flag("skip_empty");
            List<long[]> places = new ArrayList<>();
            List<byte[]> parts = new ArrayList<>();
            int widest = 0;
            for (int i = 0; i < in.size(); i++) {
                List<String> own = split(FileOps.text(in, i), delimiters, skip);
                for (int j = 0; j < own.size(); j++) {
                    places.add(new long[] {i, j});
                    parts.add(bytes(own.get(j)));
                }
                widest = Math.max(widest, own.size());
            }
            NdArray indices = k.output(0, parts.size(), 2);
            NdArray values = k.output(1, parts.size());
            for (int i = 0; i < parts.size(); i++) {
                indices.setLong(2 * i, places.get(i)[0]);
                indices.setLong(2 * i + 1, places.get(i)[1]);
                values.setObject(i, parts.get(i));
            }
            NdArray shape = k.output(2, 2);
            shape.setLong(0, in.size());
            shape.setLong(1, widest);
        }

        /** Each character of {@code delimiters} separates; without any, every character is a part. */
        private static List<String> split(String text, String delimiters, boolean skip) {
            List<String> parts = new ArrayList<>();
            int from = 0;
            for (int i = 0; i <= text.length(); i++) {
                if (delimiters.isEmpty() ? i > from : i == text.length() || delimiters.indexOf(text.charAt(i)) >= 0) {
                    if (i > from || !skip) {
                        parts.add(text.substring(from, i));
                    }
                    from = delimiters.isEmpty() ? i : i + 1;
                }
            }
            return parts;
        }
    }

    static final class ReduceJoin extends Text {
        ReduceJoin() {
            super(
                    "ReduceJoin",
                    "inputs: string, reduction_indices: int32",
                    "output: string",
                    "keep_dims: bool = false",
                    "separator: string = ");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            if (!in.hasRank() || c.constant(1).isEmpty()) {
                return;
            }
            boolean[] gone = reduced(c.constant(1).get(), in.rank());
            List<Integer> dims = new ArrayList<>();
            for (int i = 0; i < in.rank(); i++) {
                if (!gone[i] || c.operation().flag("keep_dims")) {
                    dims.add(gone[i] ? 1 : in.dim(i));
                }
            }
            c.output(0, Shape.of(dims.stream().mapToInt(i -> i).toArray()));
        }

        private static boolean[] reduced(NdArray axes, int rank) {
            boolean[] gone = new boolean[rank];
            for (int i = 0; i < axes.size(); i++) {
                int a = axes.getInt(i);
                if (a < -rank || a >= rank) {
                    throw NnError.invalidArgument("Invalid reduction dimension " + a + " for input with " + rank + " dimension(s)");
                }
                gone[a < 0 ? a + rank : a] = true;
            }
            return gone;
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            boolean[] gone = reduced(k.input(1), in.rank());
            String separator = k.operation().attribute("separator");
            List<Integer> order = new ArrayList<>();
            List<Integer> shape = new ArrayList<>();
            int rows = 1;
            for (int i = 0; i < in.rank(); i++) {
                if (!gone[i]) {
                    order.add(i);
                    rows *= in.dim(i);
                }
                if (!gone[i] || k.operation().flag("keep_dims")) {
                    shape.add(gone[i] ? 1 : in.dim(i));
                }
            }
            for (int i = 0; i < k.input(1).size(); i++) {
                int a = k.input(1).getInt(i);
                order.add(a < 0 ? a + in.rank() : a);
            }
            NdArray turned = in.transpose(order.stream().mapToInt(i -> i).toArray()).copy();
            NdArray out = k.output(0, shape.stream().mapToInt(i -> i).toArray());
            int n = rows == 0 ? 0 : in.size() / rows;
            for (int r = 0; r < rows; r++) {
                StringBuilder s = new StringBuilder();
                for (int j = 0; j < n; j++) {
                    String part = FileOps.text(turned, r * n + j);
                    Budget.require(2L * (s.length() + part.length()));
                    s.append(j > 0 ? separator : "").append(part);
                }
                byte[] joined = bytes(s.toString());
                Budget.hold(joined, joined.length);
                out.setObject(r, joined);
            }
        }
    }

    static final class Substr extends Text {
        Substr() {
            super("Substr", "input: string, pos: T, len: T", "output: string", "T: int32|int64", "unit: string = BYTE");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray out = k.output(0, in.shape());
            NdArray starts = k.input(1).broadcastTo(in.shape());
            NdArray lengths = k.input(2).broadcastTo(in.shape());
            for (int i = 0; i < in.size(); i++) {
                byte[] s = (byte[]) in.getObject(i);
                long at = starts.getLong(i);
                int from = (int) (at < 0 ? at + s.length : at);
                if (from < 0 || from > s.length) {
                    throw NnError.invalidArgument("pos " + at + " out of range for string b'"
                            + new String(s, StandardCharsets.UTF_8) + "' at index " + i);
                }
                int to = (int) Math.min(s.length, from + Math.max(0, lengths.getLong(i)));
                out.setObject(i, Arrays.copyOfRange(s, from, to));
            }
        }
    }

    static final class StringLength extends Text {
        StringLength() {
            super("StringLength", "input: string", "output: int32", "unit: string = BYTE");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(0).shape());
            boolean characters = k.operation().attribute("unit").equals("UTF8_CHAR");
            for (int i = 0; i < out.size(); i++) {
                String s = FileOps.text(k.input(0), i);
                out.setLong(i, characters ? s.codePointCount(0, s.length()) : ((byte[]) k.input(0).getObject(i)).length);
            }
        }
    }

    static final class PerString extends Text {
        private final UnaryOperator<String> change;

        PerString(String type, UnaryOperator<String> change) {
            super(type, "input: string", "output: string", type.equals("StringStrip") ? new String[0] : new String[] {"encoding: string = "});
            this.change = change;
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(0).shape());
            for (int i = 0; i < out.size(); i++) {
                out.setObject(i, bytes(change.apply(FileOps.text(k.input(0), i))));
            }
        }
    }

    static final class Base64Op extends Text {
        private final boolean encode;

        Base64Op(String type, boolean encode) {
            super(type, "input: string", "output: string", encode ? new String[] {"pad: bool = false"} : new String[0]);
            this.encode = encode;
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(0).shape());
            for (int i = 0; i < out.size(); i++) {
                byte[] s = (byte[]) k.input(0).getObject(i);
                try {
                    Base64.Encoder encoder = Base64.getUrlEncoder();
                    out.setObject(i, !encode ? Base64.getUrlDecoder().decode(s)
                            : k.operation().flag("pad") ? encoder.encode(s) : encoder.withoutPadding().encode(s));
                } catch (IllegalArgumentException e) {
                    throw NnError.invalidArgument("Invalid character found in base64.");
                }
            }
        }
    }

    static final class RegexReplace extends Text {
        RegexReplace() {
            super(
                    "RegexReplace",
                    "input: string, pattern: string, rewrite: string",
                    "output: string",
                    "replace_global: bool = true");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(0).shape());
            Pattern pattern = Pattern.compile(FileOps.text(k.input(1), 0));
            // RE2 writes groups as \1, Java as $1.
            String rewrite = FileOps.text(k.input(2), 0).replace("$", "\\$").replaceAll("\\\\(\\d)", "\\$$1");
            for (int i = 0; i < out.size(); i++) {
                Matcher m = pattern.matcher(FileOps.text(k.input(0), i));
                out.setObject(i, bytes(k.operation().flag("replace_global") ? m.replaceAll(rewrite) : m.replaceFirst(rewrite)));
            }
        }
    }

    static final class RegexFullMatch extends Text {
        RegexFullMatch() {
            super("RegexFullMatch", "input: string, pattern: string", "output: bool");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(0).shape());
            Pattern pattern = Pattern.compile(FileOps.text(k.input(1), 0));
            for (int i = 0; i < out.size(); i++) {
                out.booleans()[i] = pattern.matcher(FileOps.text(k.input(0), i)).matches();
            }
        }
    }

    static final class DecodeRaw extends Text {
        DecodeRaw() {
            super(
                    "DecodeRaw",
                    "bytes: string",
                    "output: out_type",
                    "out_type: half|float|double|int32|uint16|uint8|int16|int8|int64",
                    "little_endian: bool = true");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(0).concatenate(Shape.of(Shape.UNKNOWN)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            DType type = k.operation().output(0).dtype();
            int width = type.byteSize();
            int bytes = in.size() == 0 ? 0 : ((byte[]) in.getObject(0)).length;
            if (bytes % width != 0) {
                throw NnError.invalidArgument("Input to DecodeRaw has length " + bytes + " that is not a multiple of "
                        + width + ", the size of " + type.typeName());
            }
            int n = bytes / width;
            int[] shape = Arrays.copyOf(in.shape(), in.rank() + 1);
            shape[in.rank()] = n;
            NdArray out = k.output(0, shape);
            for (int i = 0; i < in.size(); i++) {
                byte[] raw = (byte[]) in.getObject(i);
                if (raw.length != bytes) {
                    throw NnError.invalidArgument("DecodeRaw requires input strings to all be the same size, but element "
                            + i + " has size " + raw.length + " != " + bytes);
                }
                ByteBuffer b = ByteBuffer.wrap(raw)
                        .order(k.operation().flag("little_endian") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
                for (int j = 0; j < n; j++) {
                    int at = i * n + j;
                    switch (type) {
                        case FLOAT32 -> out.floats()[at] = b.getFloat();
                        case FLOAT64 -> out.setDouble(at, b.getDouble());
                        case INT32 -> out.setLong(at, b.getInt());
                        case INT64 -> out.setLong(at, b.getLong());
                        case INT16, UINT16 -> out.setLong(at, b.getShort());
                        default -> out.setLong(at, b.get());
                    }
                }
            }
        }
    }

    static final class DecodeCsv extends Text {
        DecodeCsv() {
            super(
                    "DecodeCSV",
                    "records: string, record_defaults: list(OUT_TYPE)",
                    "output: list(OUT_TYPE)",
                    "OUT_TYPE: list(type)",
                    "field_delim: string = ,",
                    "use_quote_delim: bool = true",
                    "na_value: string = ",
                    "select_cols: list(int) = []");
        }

        @Override
        public void infer(ShapeContext c) {
            for (int i = 0; i < c.operation().outputCount(); i++) {
                c.output(i, c.input(0));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray records = k.input(0);
            int fields = k.operation().outputCount();
            String missing = k.operation().attribute("na_value");
            char delimiter = k.operation().<String>attribute("field_delim").charAt(0);
            List<Long> columns = k.operation().attribute("select_cols");
            NdArray[] outs = new NdArray[fields];
            for (int f = 0; f < fields; f++) {
                outs[f] = k.output(f, records.shape());
            }
            for (int i = 0; i < records.size(); i++) {
                List<String> row = fields(FileOps.text(records, i), delimiter, k.operation().flag("use_quote_delim"));
                if (columns.isEmpty() && row.size() != fields) {
                    throw NnError.invalidArgument("Expect " + fields + " fields but have " + row.size() + " in record " + i);
                }
                for (int f = 0; f < fields; f++) {
                    String value = row.get(columns.isEmpty() ? f : (int) (long) columns.get(f));
                    field(k, f, value, missing, outs[f], i);
                }
            }
        }

        private static void field(KernelContext k, int f, String value, String missing, NdArray out, int i) {
            if (value.isEmpty() || value.equals(missing)) {
                NdArray fallback = k.input(1 + f);
                if (fallback.size() == 0) {
                    throw NnError.invalidArgument("Field " + f + " is required but missing in record " + i + "!");
                }
                io.retrograd.kernel.Blocks.copy(fallback, 0, out, i, 1);
            } else if (out.dtype() == DType.STRING) {
                out.setObject(i, bytes(value));
            } else {
                try {
                    StringToNumber.put(value, out, i);
                } catch (NnError notANumber) {
                    throw NnError.invalidArgument("Field " + f + " in record " + i + " is not a valid "
                            + out.dtype().typeName() + ": " + value);
                }
            }
        }

        private static List<String> fields(String record, char delimiter, boolean quotes) {
            List<String> all = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < record.length(); i++) {
                char c = record.charAt(i);
                if (quoted && c == '"' && i + 1 < record.length() && record.charAt(i + 1) == '"') {
                    field.append(c);
                    i++;
                } else if (quotes && c == '"') {
                    quoted = !quoted;
                } else if (c == delimiter && !quoted) {
                    all.add(field.toString());
                    field.setLength(0);
                } else if (quoted || c != '\n' && c != '\r') {
                    field.append(c);
                }
            }
            all.add(field.toString());
            return all;
        }
    }
}
