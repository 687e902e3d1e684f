package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Blocks;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Strings to numbers and back: printing, reading, base64, raw bytes, CSV. */
final class TextCodecOps {
    private TextCodecOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "AsString" -> new AsString();
            case "StringToNumber" -> new StringToNumber();
            case "EncodeBase64" -> new Base64Op(type, true);
            case "DecodeBase64" -> new Base64Op(type, false);
            case "DecodeRaw" -> new DecodeRaw();
            case "DecodeCSV" -> new DecodeCsv();
            default -> null;
        };
    }

    static final class AsString extends TextOps.Text {
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
                            ? FloatText.repr(in.getDouble(i))
                            : String.format(Locale.ROOT, form, in.getDouble(i));
                }
                Budget.require(2 * width);
                String margin = (fill.equals("0") ? "0" : " ").repeat((int) Math.max(0, width - s.length()));
                out.setObject(i, TextOps.bytes(fill.equals("-") ? s + margin : margin + s));
            }
        }
    }

    static final class StringToNumber extends TextOps.Text {
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

    static final class Base64Op extends TextOps.Text {
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

    static final class DecodeRaw extends TextOps.Text {
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

    static final class DecodeCsv extends TextOps.Text {
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
                Blocks.copy(fallback, 0, out, i, 1);
            } else if (out.dtype() == DType.STRING) {
                out.setObject(i, TextOps.bytes(value));
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
