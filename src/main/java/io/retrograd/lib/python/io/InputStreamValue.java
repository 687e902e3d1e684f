package io.retrograd.lib.python.io;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** {@code sys.stdin}: standard input as UTF-8 text, read no further than asked. */
public final class InputStreamValue extends StreamValue {
    private static final TypeValue TYPE = kind("TextIOWrapper");

    private final InputStream in;

    private InputStreamValue(Machine m) {
        super(TYPE);
        this.in = m.world().in();
    }

    /** The standard input of this interpreter. */
    public static InputStreamValue of(Machine m) {
        return m.state(InputStreamValue.class, InputStreamValue::new);
    }

    @Override
    boolean writable() {
        return false;
    }

    @Override
    String name() {
        return "<stdin>";
    }

    @Override
    String mode() {
        return "r";
    }

    /** The next line with its end; empty at the end. */
    public String line(Machine m) {
        m.world().out().flush();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                line.write(b);
                if (b == '\n') {
                    break;
                }
            }
        } catch (IOException e) {
            throw OsErrors.of(e, "<stdin>");
        }
        String s = line.toString(StandardCharsets.UTF_8);
        return s.endsWith("\r\n") ? s.substring(0, s.length() - 2) + "\n" : s;
    }

    @Override
    Object readLine(Machine m, long limit) {
        return line(m);
    }

    @Override
    Object read(Machine m, long n) {
        StringBuilder all = new StringBuilder();
        while (n < 0 || all.length() < n) {
            if (n >= 0) {
                try {
                    int b = in.read();
                    if (b < 0) {
                        break;
                    }
                    all.append((char) b);
                } catch (IOException e) {
                    throw OsErrors.of(e, "<stdin>");
                }
                continue;
            }
            String line = line(m);
            if (line.isEmpty()) {
                break;
            }
            all.append(line);
        }
        return all.toString();
    }
}
