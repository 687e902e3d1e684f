package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What scripts can ask bytes. Most methods are those of a str, asked through the characters of the same codes. */
final class BytesMethods {
    private BytesMethods() {}

    static Object percent(Machine m, BytesValue self, Object values) {
        Object texts = values instanceof BytesValue || values instanceof TupleValue ? text(values) : values;
        return self.like(PercentFormat.format(m, self.latin(), texts).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Object back(BytesValue self, Object text) {
        if (text instanceof String s) {
            return self.like(s.getBytes(StandardCharsets.ISO_8859_1));
        }
        if (text instanceof ListValue list) {
            for (int i = 0; i < list.size; i++) {
                list.elements[i] = back(self, list.elements[i]);
            }
            return list;
        }
        Object[] all = ((TupleValue) text).elements;
        for (int i = 0; i < all.length; i++) {
            all[i] = back(self, all[i]);
        }
        return text;
    }

    /** What a method of str takes for a bytes argument. */
    private static Object text(Object o) {
        if (o instanceof BytesValue b) {
            return b.latin();
        }
        if (o instanceof TupleValue tuple) {
            Object[] all = tuple.toArray();
            for (int i = 0; i < all.length; i++) {
                all[i] = text(all[i]);
            }
            return TupleValue.of(all);
        }
        if (o instanceof String) {
            throw NnError.type("a bytes-like object is required, not 'str'");
        }
        return o;
    }

    @Builtin(value = "__new__", signature = "source=None, encoding=None, errors=None", doc = "Bytes from a text and its encoding, from ints, or so many zeros.")
    static Object make(Machine m, Object source, Object encoding, Object errors) {
        if (source instanceof String s) {
            if (encoding == None.NONE) {
                throw NnError.type("string argument without an encoding");
            }
            return new BytesValue(Encodings.encode(s, (String) encoding, errors == None.NONE ? "strict" : (String) errors));
        }
        if (source == None.NONE) {
            return new BytesValue(new byte[0]);
        }
        if (source instanceof BytesValue b) {
            return new BytesValue(b.bytes().clone());
        }
        if (source instanceof Long n) {
            if (n < 0) {
                throw NnError.value("negative count");
            }
            return new BytesValue(new byte[Sequences.times(n)]);
        }
        Object own = source instanceof Value v ? v.special(m, "__bytes__") : null;
        return own != null ? own : new BytesValue(collect(m, source));
    }

    /** The bytes of an iterable of ints. */
    static byte[] collect(Machine m, Object source) {
        if (source instanceof BytesValue b) {
            return b.bytes();
        }
        if (!(source instanceof Value)) {
            throw NnError.type("cannot convert '" + Semantics.typeOf(source).name() + "' object to bytes");
        }
        Object[] all = Semantics.elements(m, source);
        byte[] bytes = new byte[all.length];
        for (int i = 0; i < all.length; i++) {
            Object index = Semantics.indexOrNull(m, all[i]);
            if (index != null && !(index instanceof Long l && l >= 0 && l < 256)) {
                throw NnError.value("bytes must be in range(0, 256)");
            }
            bytes[i] = (byte) BytesValue.byteOf(m, all[i]);
        }
        return bytes;
    }

    @Builtin(value = "decode", method = true, signature = "encoding='utf-8', errors='strict'", doc = "The text that they stand for in an encoding.")
    static String decode(Machine m, BytesValue self, String encoding, String errors) {
        return Encodings.decode(self.bytes(), encoding, errors);
    }

    @Builtin(value = "hex", method = true, signature = "sep=None", doc = "Two hexadecimal digits for each byte.")
    static String hex(Machine m, BytesValue self, String sep) {
        StringBuilder out = new StringBuilder();
        for (byte b : self.bytes()) {
            if (sep != null && !out.isEmpty()) {
                out.append(sep);
            }
            StringText.hex(out, b & 0xff, 2);
        }
        return out.toString();
    }

    @Builtin(value = "fromhex", signature = "text, /", doc = "The bytes that hexadecimal digits say.")
    static Object fromHex(Machine m, String text) {
        String s = text.replace(" ", "");
        byte[] out = new byte[s.length() / 2];
        for (int i = 0; i < s.length(); i += 2) {
            int high = Character.digit(s.charAt(i), 16);
            int low = i + 1 < s.length() ? Character.digit(s.charAt(i + 1), 16) : -1;
            if (high < 0 || low < 0) {
                throw NnError.value("non-hexadecimal number found in fromhex() arg at position " + (high < 0 ? i : i + 1));
            }
            out[i / 2] = (byte) (high * 16 + low);
        }
        return new BytesValue(out);
    }

    @Builtin(value = "join", method = true, signature = "iterable, /", doc = "The bytes of an iterable with these between them.")
    static Object join(Machine m, BytesValue self, Object iterable) {
        Object[] all = Semantics.elements(m, iterable);
        for (int i = 0; i < all.length; i++) {
            if (!(all[i] instanceof BytesValue b)) {
                throw NnError.type("sequence item " + i + ": expected a bytes-like object, " + Semantics.typeOf(all[i]).name() + " found");
            }
            all[i] = b.latin();
        }
        return back(self, StrMethods.join(m, self.latin(), ListValue.of(all)));
    }

    @Builtin(value = "split", method = true, signature = "sep=None, maxsplit=-1", doc = "The parts between separators, by default runs of white space.")
    static Object split(Machine m, BytesValue self, Object sep, long maxsplit) {
        return back(self, StrMethods.split(m, self.latin(), text(sep), maxsplit));
    }

    @Builtin(value = "rsplit", method = true, signature = "sep=None, maxsplit=-1", doc = "As split, counting from the end.")
    static Object rsplit(Machine m, BytesValue self, Object sep, long maxsplit) {
        return back(self, StrMethods.rsplit(m, self.latin(), text(sep), maxsplit));
    }

    @Builtin(value = "splitlines", method = true, signature = "keepends=False", doc = "The lines, with their ends if these are kept.")
    static Object splitLines(Machine m, BytesValue self, boolean keepends) {
        return back(self, StrMethods.splitLines(m, self.latin(), keepends));
    }

    @Builtin(value = "strip", method = true, signature = "chars=None, /", doc = "Without white space, or those bytes, at both ends.")
    static Object strip(Machine m, BytesValue self, Object chars) {
        return back(self, StrMethods.strip(m, self.latin(), text(chars)));
    }

    @Builtin(value = "lstrip", method = true, signature = "chars=None, /", doc = "Without white space, or those bytes, at the start.")
    static Object lstrip(Machine m, BytesValue self, Object chars) {
        return back(self, StrMethods.lstrip(m, self.latin(), text(chars)));
    }

    @Builtin(value = "rstrip", method = true, signature = "chars=None, /", doc = "Without white space, or those bytes, at the end.")
    static Object rstrip(Machine m, BytesValue self, Object chars) {
        return back(self, StrMethods.rstrip(m, self.latin(), text(chars)));
    }

    @Builtin(value = "replace", method = true, signature = "old, new, count=-1, /", doc = "With each occurrence of old replaced by new.")
    static Object replace(Machine m, BytesValue self, Object old, Object by, long count) {
        return back(self, StrMethods.replace(m, self.latin(), text(old), text(by), count));
    }

    @Builtin(value = "startswith", method = true, signature = "prefix, start=None, end=None, /", doc = "Whether they begin so.")
    static boolean startsWith(Machine m, BytesValue self, Object prefix, Object start, Object end) {
        return StrMethods.startsWith(m, self.latin(), text(prefix), start, end);
    }

    @Builtin(value = "endswith", method = true, signature = "suffix, start=None, end=None, /", doc = "Whether they end so.")
    static boolean endsWith(Machine m, BytesValue self, Object suffix, Object start, Object end) {
        return StrMethods.endsWith(m, self.latin(), text(suffix), start, end);
    }

    @Builtin(value = "find", method = true, signature = "sub, start=None, end=None, /", doc = "The place of the first occurrence, -1 if there is none.")
    static long find(Machine m, BytesValue self, Object sub, Object start, Object end) {
        return StrMethods.find(m, self.latin(), text(single(m, sub)), start, end);
    }

    @Builtin(value = "rfind", method = true, signature = "sub, start=None, end=None, /", doc = "The place of the last occurrence, -1 if there is none.")
    static long findLast(Machine m, BytesValue self, Object sub, Object start, Object end) {
        return StrMethods.rfind(m, self.latin(), text(single(m, sub)), start, end);
    }

    @Builtin(value = "count", method = true, signature = "sub, start=None, end=None, /", doc = "How often it occurs, without overlap.")
    static long count(Machine m, BytesValue self, Object sub, Object start, Object end) {
        return StrMethods.count(m, self.latin(), text(single(m, sub)), start, end);
    }

    private static Object single(Machine m, Object sub) {
        return sub instanceof Long ? new BytesValue(new byte[] {(byte) BytesValue.byteOf(m, sub)}) : sub;
    }

    @Builtin(value = "index", method = true, signature = "sub, start=None, end=None, /", doc = "The place of the first occurrence; ValueError if there is none.")
    static long index(Machine m, BytesValue self, Object sub, Object start, Object end) {
        long at = find(m, self, sub, start, end);
        if (at < 0) {
            throw NnError.value("subsection not found");
        }
        return at;
    }

    @Builtin(value = "lower", method = true, doc = "In lower case.")
    static Object lower(Machine m, BytesValue self) {
        byte[] out = self.bytes().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += out[i] >= 'A' && out[i] <= 'Z' ? 32 : 0;
        }
        return self.like(out);
    }

    @Builtin(value = "upper", method = true, doc = "In upper case.")
    static Object upper(Machine m, BytesValue self) {
        byte[] out = self.bytes().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] -= out[i] >= 'a' && out[i] <= 'z' ? 32 : 0;
        }
        return self.like(out);
    }

    @Builtin(value = "isdigit", method = true, doc = "Whether they are digits only, at least one.")
    static boolean isDigit(Machine m, BytesValue self) {
        for (byte b : self.bytes()) {
            if (b < '0' || b > '9') {
                return false;
            }
        }
        return self.bytes().length > 0;
    }

    @Builtin(value = "ljust", method = true, signature = "width, fillbyte=None, /", doc = "Filled at the end up to the width.")
    static Object ljust(Machine m, BytesValue self, int width, Object fillbyte) {
        byte[] out = Arrays.copyOf(self.bytes(), Math.max(width, self.bytes().length));
        Arrays.fill(out, self.bytes().length, out.length, fillbyte instanceof BytesValue b ? b.bytes()[0] : (byte) ' ');
        return self.like(out);
    }
}
