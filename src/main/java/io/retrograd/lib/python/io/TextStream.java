package io.retrograd.lib.python.io;

import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.LargeText;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import java.nio.charset.StandardCharsets;

/** Text in memory with a place in it: io.StringIO, and a text file that is read or changed. */
public class TextStream extends MemoryStream {
    public static final TypeValue TYPE = new TypeValue("_io", "StringIO", CoreTypes.OBJECT, StreamMethodsTable.TABLE,
            TextStream::construct);

    private final StringBuilder text;

    TextStream(TypeValue type, CharSequence content) {
        this(type, null, content);
    }

    TextStream(TypeValue type, OpenedFile file, CharSequence content) {
        super(type, file);
        this.text = new StringBuilder(content);
        begin();
    }

    private static Object construct(Machine m, Object[] arguments, String[] keywords) {
        return new TextStream(TYPE, arguments.length > 0 && arguments[0] instanceof String s ? s : "");
    }

    final CharSequence text() {
        return text;
    }

    @Override
    final int size() {
        return text.length();
    }

    @Override
    byte[] encoded() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    final String placeName() {
        return "position";
    }

    @Override
    Object read(Machine m, long n) {
        int start = Math.min(at, text.length());
        at = n < 0 ? text.length() : (int) Math.min(text.length(), start + n);
        return text.substring(start, at);
    }

    @Override
    Object readLine(Machine m, long limit) {
        int start = Math.min(at, text.length());
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n') {
            end++;
        }
        end = Math.min(text.length(), end + 1);
        if (limit >= 0) {
            end = (int) Math.min(end, start + limit);
        }
        at = end;
        return text.substring(start, end);
    }

    @Override
    long write(Machine m, Object data) {
        beforeWrite();
        String s = text(data);
        if (text.length() < at) {
            LargeText.grow(text, at - text.length());
            text.setLength(at);
        }
        LargeText.grow(text, s.length());
        text.replace(at, Math.min(text.length(), at + s.length()), s);
        at += s.length();
        changed(m);
        return s.codePointCount(0, s.length());
    }

    @Override
    void truncate(Machine m, long size) {
        text.setLength((int) Math.min(size, text.length()));
        changed(m);
    }

    @Override
    Object content() {
        return text.toString();
    }
}
