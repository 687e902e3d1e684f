package io.retrograd.lib.python.io;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.LargeText;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;

/** Text in memory with a place in it: io.StringIO, and a text file that is read or changed. */
public class TextStream extends StreamValue {
    public static final TypeValue TYPE = new TypeValue("_io", "StringIO", CoreTypes.OBJECT, StreamMethodsTable.TABLE,
            TextStream::construct);

    private final StringBuilder text;
    private int at;

    TextStream(TypeValue type, CharSequence content) {
        super(type);
        this.text = new StringBuilder(content);
    }

    private static Object construct(Machine m, Object[] arguments, String[] keywords) {
        return new TextStream(TYPE, arguments.length > 0 && arguments[0] instanceof String s ? s : "");
    }

    /** Called after each change. */
    void changed(Machine m) {}

    final CharSequence text() {
        return text;
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

    final void toEnd() {
        at = text.length();
    }

    @Override
    long seek(Machine m, long offset, int from) {
        long target = offset + (from == 1 ? at : from == 2 ? text.length() : 0);
        if (target < 0) {
            throw NnError.value("negative seek position " + target);
        }
        at = (int) Math.min(Integer.MAX_VALUE, target);
        return at;
    }

    @Override
    long tell(Machine m) {
        return at;
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
