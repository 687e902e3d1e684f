package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.IntMath;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.python.io.StreamValue;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.Half;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The module {@code struct}: values as bytes in the layout that a format says. */
final class StructModule {
    private StructModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("struct").with(StructModuleTable.TABLE)
                .with("error", (Machine machine) -> ExceptionTypes.of(ErrorKind.VALUE_ERROR));
    }

    /** One code with its repetition. */
    private record Field(char code, int count) {}

    /** A format: byte order, alignment and fields. */
    private record Layout(boolean little, boolean aligned, List<Field> fields) {
        private static final int MOST_DIGITS = 9;
        private static final long MOST = 1L << 30;

        static Layout parse(String format) {
            boolean little = true;
            boolean aligned = true;
            int at = 0;
            if (!format.isEmpty() && "@=<>!".indexOf(format.charAt(0)) >= 0) {
                char order = format.charAt(0);
                little = order != '>' && order != '!';
                aligned = order == '@';
                at = 1;
            }
            List<Field> fields = new ArrayList<>();
            long total = 0;
            while (at < format.length()) {
                char c = format.charAt(at);
                if (Character.isWhitespace(c)) {
                    at++;
                    continue;
                }
                int start = at;
                while (at < format.length() && Character.isDigit(format.charAt(at))) {
                    at++;
                }
                if (at == format.length()) {
                    throw NnError.value("repeat count given without format specifier");
                }
                if (at - start > MOST_DIGITS) {
                    throw NnError.value("total struct size too long");
                }
                int count = at == start ? 1 : Integer.parseInt(format, start, at, 10);
                char code = format.charAt(at++);
                size(code, aligned);
                total += (long) count * size(code, aligned);
                if (total > MOST) {
                    throw NnError.value("total struct size too long");
                }
                fields.add(new Field(code, count));
            }
            return new Layout(little, aligned, fields);
        }

        static int size(char code, boolean aligned) {
            return switch (code) {
                case 'x', 'c', 'b', 'B', '?', 's', 'p' -> 1;
                case 'h', 'H', 'e' -> 2;
                case 'i', 'I', 'f' -> 4;
                case 'l', 'L' -> aligned ? 8 : 4;
                case 'q', 'Q', 'd', 'n', 'N', 'P' -> 8;
                default -> throw NnError.value("bad char in struct format");
            };
        }

        int padding(int offset, char code) {
            int size = size(code, aligned);
            return aligned && code != 's' && code != 'p' && code != 'x' ? Math.floorMod(-offset, size) : 0;
        }

        int size() {
            int total = 0;
            for (Field f : fields) {
                total += padding(total, f.code()) + f.count() * size(f.code(), aligned);
            }
            return total;
        }
    }

    @Builtin(value = "calcsize", signature = "format, /", doc = "How many bytes a format takes.")
    static long size(Machine m, Object format) {
        return Layout.parse(text(format)).size();
    }

    private static String text(Object format) {
        return format instanceof BytesValue b ? new String(b.bytes(), StandardCharsets.ISO_8859_1) : (String) format;
    }

    @Builtin(value = "pack", signature = "format, /, *values", doc = "Values as bytes.")
    static Object pack(Machine m, Object format, Object[] values) {
        Layout layout = Layout.parse(text(format));
        Budget.require(layout.size());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int next = 0;
        for (Field f : layout.fields()) {
            for (int i = layout.padding(out.size(), f.code()); i > 0; i--) {
                out.write(0);
            }
            if (f.code() == 'x') {
                out.writeBytes(new byte[f.count()]);
                continue;
            }
            int wanted = f.code() == 's' || f.code() == 'p' ? 1 : f.count();
            if (next + wanted > values.length) {
                throw NnError.value("pack expected more items for packing (got " + values.length + ")");
            }
            for (int i = 0; i < wanted; i++) {
                Object value = values[next++];
                if (f.code() == 's' || f.code() == 'p') {
                    out.writeBytes(Arrays.copyOf(StreamValue.bytes(m, value), f.count()));
                } else {
                    number(m, out, f.code(), layout, value);
                }
            }
        }
        if (next != values.length) {
            throw NnError.value("pack expected " + next + " items for packing (got " + values.length + ")");
        }
        return new BytesValue(out.toByteArray());
    }

    private static void number(Machine m, ByteArrayOutputStream out, char code, Layout layout, Object value) {
        int size = Layout.size(code, layout.aligned());
        long bits = switch (code) {
            case 'c' -> StreamValue.bytes(m, value)[0];
            case '?' -> Semantics.truth(m, value) ? 1 : 0;
            case 'e' -> Half.toBits(Half.round(Semantics.real(m, value)));
            case 'f' -> Float.floatToIntBits((float) Semantics.real(m, value));
            case 'd' -> Double.doubleToLongBits(Semantics.real(m, value));
            default -> integer(m, code, size, value);
        };
        for (int i = 0; i < size; i++) {
            out.write((int) (bits >>> 8 * (layout.little() ? i : size - 1 - i)));
        }
    }

    private static long integer(Machine m, char code, int size, Object value) {
        Object index = Semantics.indexOrNull(m, value);
        if (index == null) {
            throw NnError.value("required argument is not an integer");
        }
        BigInteger v = IntMath.big(index);
        boolean unsigned = Character.isUpperCase(code);
        boolean fits = unsigned ? v.signum() >= 0 && v.bitLength() <= 8 * size : v.bitLength() < 8 * size;
        if (!fits) {
            throw NnError.value("'" + code + "' format requires a number in its range");
        }
        return v.longValue();
    }

    @Builtin(value = "unpack", signature = "format, buffer, /", doc = "The values that bytes stand for.")
    static Object unpack(Machine m, Object format, Object buffer) {
        Layout layout = Layout.parse(text(format));
        byte[] bytes = StreamValue.bytes(m, buffer);
        if (bytes.length != layout.size()) {
            throw NnError.value("unpack requires a buffer of " + layout.size() + " bytes");
        }
        return values(layout, bytes, 0);
    }

    @Builtin(value = "unpack_from", signature = "format, buffer, offset=0", doc = "The values that bytes from a place on stand for.")
    static Object unpackFrom(Machine m, Object format, Object buffer, int offset) {
        Layout layout = Layout.parse(text(format));
        byte[] bytes = StreamValue.bytes(m, buffer);
        if (bytes.length - offset < layout.size()) {
            throw NnError.value("unpack_from requires a buffer of at least " + (offset + layout.size()) + " bytes for unpacking "
                    + layout.size() + " bytes at offset " + offset + " (actual buffer size is " + bytes.length + ")");
        }
        return values(layout, bytes, offset);
    }

    @Builtin(value = "iter_unpack", signature = "format, buffer, /", doc = "The values of one piece of bytes after the other.")
    static Object unpackAll(Machine m, Object format, Object buffer) {
        Layout layout = Layout.parse(text(format));
        byte[] bytes = StreamValue.bytes(m, buffer);
        int[] at = {0};
        return Iterators.of("unpack_iterator", machine -> {
            if (at[0] + layout.size() > bytes.length || layout.size() == 0) {
                return null;
            }
            at[0] += layout.size();
            return values(layout, bytes, at[0] - layout.size());
        });
    }

    private static TupleValue values(Layout layout, byte[] bytes, int from) {
        List<Object> found = new ArrayList<>();
        int offset = 0;
        for (Field f : layout.fields()) {
            offset += layout.padding(offset, f.code());
            int size = Layout.size(f.code(), layout.aligned());
            if (f.code() == 's' || f.code() == 'p') {
                found.add(new BytesValue(Arrays.copyOfRange(bytes, from + offset, from + offset + f.count())));
            } else if (f.code() != 'x') {
                for (int i = 0; i < f.count(); i++) {
                    found.add(value(f.code(), size, bits(bytes, from + offset + i * size, size, layout.little())));
                }
            }
            offset += f.count() * size;
        }
        return TupleValue.of(found.toArray());
    }

    private static long bits(byte[] bytes, int at, int size, boolean little) {
        long bits = 0;
        for (int i = 0; i < size; i++) {
            bits = bits << 8 | bytes[at + (little ? size - 1 - i : i)] & 0xff;
        }
        return bits;
    }

    private static Object value(char code, int size, long bits) {
        return switch (code) {
            case 'c' -> new BytesValue(new byte[] {(byte) bits});
            case '?' -> bits != 0;
            case 'e' -> (double) Half.fromBits((short) bits);
            case 'f' -> (double) Float.intBitsToFloat((int) bits);
            case 'd' -> Double.longBitsToDouble(bits);
            case 'Q', 'N', 'P' -> IntMath.normal(new BigInteger(Long.toUnsignedString(bits)));
            default -> Character.isUpperCase(code) || size == 8 ? bits : bits << 64 - 8 * size >> 64 - 8 * size;
        };
    }
}
