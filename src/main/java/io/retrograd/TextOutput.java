package io.retrograd;

import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** A stream of the embedder's, as somewhere to put text. */
interface TextOutput {
    void write(String text) throws IOException;

    void flush() throws IOException;

    static TextOutput to(OutputStream stream) {
        if (stream instanceof PrintStream print) {
            return ofText(print);
        }
        return new TextOutput() {
            @Override
            public void write(String text) throws IOException {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void flush() throws IOException {
                stream.flush();
            }
        };
    }

    static TextOutput to(Writer text) {
        return ofText(text);
    }

    static TextOutput to(StringBuilder text) {
        return ofText(text);
    }

    private static TextOutput ofText(Appendable text) {
        return new TextOutput() {
            @Override
            public void write(String part) throws IOException {
                text.append(part);
            }

            @Override
            public void flush() throws IOException {
                if (text instanceof Flushable f) {
                    f.flush();
                }
            }
        };
    }
}
