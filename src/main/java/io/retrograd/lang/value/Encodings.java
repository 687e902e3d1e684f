package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;

/** Text to bytes and back, with Python's names of encodings, its error handlers and its error texts. */
public final class Encodings {
    private static final byte[] UTF8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private Encodings() {}

    private static String plainName(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    /** The character set that Python calls by that name; LookupError if there is none. */
    public static Charset of(String name) {
        String plain = plainName(name);
        switch (plain) {
            case "utf-8", "utf8", "u8", "utf-8-sig", "utf8-sig":
                return StandardCharsets.UTF_8;
            case "ascii", "us-ascii", "646":
                return StandardCharsets.US_ASCII;
            case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "8859", "l1", "raw-unicode-escape":
                return StandardCharsets.ISO_8859_1;
            case "utf-16", "utf16":
                return StandardCharsets.UTF_16LE;
            case "gbk", "gb2312", "cp936":
                return Charset.forName("GBK");
            case "cp1252", "windows-1252", "ansi", "mbcs":
                return Charset.forName("windows-1252");
            default:
                break;
        }
        try {
            return Charset.forName(plain);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new NnError(ErrorKind.LOOKUP_ERROR, "unknown encoding: " + name);
        }
    }

    private static boolean marksUtf8(String name) {
        return plainName(name).endsWith("-sig");
    }

    private static boolean marksUtf16(String name) {
        String plain = plainName(name);
        return plain.equals("utf-16") || plain.equals("utf16");
    }

    /** {@code text.encode(name, errors)}. */
    public static byte[] encode(String text, String name, String errors) {
        Charset charset = of(name);
        byte[] body = charset == StandardCharsets.UTF_8 && !CodePoints.hasSurrogates(text)
                ? text.getBytes(charset)
                : encode(text, charset, name, errors);
        if (marksUtf8(name)) {
            return concatenate(UTF8_MARK, body);
        }
        return marksUtf16(name) ? concatenate(new byte[] {(byte) 0xff, (byte) 0xfe}, body) : body;
    }

    private static byte[] concatenate(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static byte[] encode(String text, Charset charset, String name, String errors) {
        CharsetEncoder encoder = charset.newEncoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer in = CharBuffer.wrap(text);
        ByteBuffer out = ByteBuffer.allocate((int) (text.length() * encoder.maxBytesPerChar()) + 16);
        while (true) {
            CoderResult result = encoder.encode(in, out, true);
            if (result.isOverflow()) {
                out = ByteBuffer.allocate(out.capacity() * 2).put(out.flip());
                continue;
            }
            if (result.isUnderflow()) {
                encoder.flush(out);
                return Arrays.copyOf(out.array(), out.position());
            }
            int at = in.position();
            int code = text.codePointAt(at);
            String instead = switch (errors) {
                case "ignore" -> "";
                case "replace" -> "?";
                case "backslashreplace" -> StringText.asciiOnly(Character.toString(code));
                case "xmlcharrefreplace" -> "&#" + code + ";";
                default -> throw cannotEncode(text, at, code, name, charset);
            };
            in.position(at + Character.charCount(code));
            byte[] bytes = instead.getBytes(charset);
            if (out.remaining() < bytes.length) {
                out = ByteBuffer.allocate(out.capacity() * 2 + bytes.length).put(out.flip());
            }
            out.put(bytes);
        }
    }

    private static NnError cannotEncode(String text, int at, int code, String name, Charset charset) {
        String shown = shownName(name, charset);
        String reason = charset == StandardCharsets.US_ASCII
                ? "ordinal not in range(128)"
                : charset == StandardCharsets.ISO_8859_1
                        ? "ordinal not in range(256)"
                        : charset == StandardCharsets.UTF_8 ? "surrogates not allowed" : "illegal multibyte sequence";
        return new NnError(ErrorKind.UNICODE_ENCODE_ERROR, "'" + shown + "' codec can't encode character '"
                + StringText.asciiOnly(Character.toString(code)) + "' in position " + text.codePointCount(0, at) + ": " + reason);
    }

    private static String shownName(String name, Charset charset) {
        if (charset == StandardCharsets.UTF_8) {
            return "utf-8";
        }
        return charset == StandardCharsets.ISO_8859_1 ? "latin-1" : charset == StandardCharsets.US_ASCII ? "ascii" : plainName(name);
    }

    /** {@code bytes.decode(name, errors)}. */
    public static String decode(byte[] bytes, String name, String errors) {
        Charset charset = of(name);
        int from = 0;
        if (marksUtf8(name) && bytes.length >= 3 && Arrays.equals(bytes, 0, 3, UTF8_MARK, 0, 3)) {
            from = 3;
        }
        if (marksUtf16(name) && bytes.length >= 2) {
            boolean big = bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff;
            if (big || bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe) {
                from = 2;
                charset = big ? StandardCharsets.UTF_16BE : charset;
            }
        }
        if (charset == StandardCharsets.ISO_8859_1) {
            return new String(bytes, from, bytes.length - from, charset);
        }
        CharsetDecoder decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        StringBuilder out = new StringBuilder(bytes.length);
        CharBuffer part = CharBuffer.allocate(Math.min(bytes.length + 16, 1 << 13));
        while (true) {
            CoderResult result = decoder.decode(in, part, true);
            out.append(part.flip());
            part.clear();
            if (result.isOverflow()) {
                continue;
            }
            if (result.isUnderflow()) {
                decoder.flush(part);
                return out.append(part.flip()).toString();
            }
            int at = in.position();
            switch (errors) {
                case "ignore" -> { }
                case "replace" -> out.append('\ufffd');
                case "backslashreplace", "surrogateescape" -> {
                    for (int i = 0; i < result.length(); i++) {
                        StringText.hex(out.append("\\x"), bytes[at + i] & 0xff, 2);
                    }
                }
                default -> throw cannotDecode(bytes, at, name, charset, result.length());
            }
            in.position(at + result.length());
        }
    }

    private static NnError cannotDecode(byte[] bytes, int at, String name, Charset charset, int length) {
        int b = bytes[at] & 0xff;
        String reason = "illegal multibyte sequence";
        if (charset == StandardCharsets.US_ASCII) {
            reason = "ordinal not in range(128)";
        } else if (charset == StandardCharsets.UTF_8) {
            boolean start = b >= 0xc2 && b <= 0xf4;
            reason = !start ? "invalid start byte" : at + length >= bytes.length ? "unexpected end of data" : "invalid continuation byte";
        }
        StringBuilder shown = new StringBuilder();
        StringText.hex(shown.append("0x"), b, 2);
        return new NnError(ErrorKind.UNICODE_DECODE_ERROR, "'" + shownName(name, charset) + "' codec can't decode byte "
                + shown + " in position " + at + ": " + reason);
    }
}
