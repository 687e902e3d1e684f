package io.retrograd.lang.value;

import io.retrograd.lang.builtin.Builtin;
import java.nio.charset.StandardCharsets;

/** What scripts can ask bytes. */
final class BytesMethods {
    private BytesMethods() {}

    static Object percent(Machine m, BytesValue self, Object values) {
        String text = new String(self.bytes, StandardCharsets.ISO_8859_1);
        return self.like(PercentFormat.format(m, text, values).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Builtin(value = "hex", method = true, doc = "Two hexadecimal digits for each byte.")
    static String hex(Machine m, BytesValue self) {
        StringBuilder out = new StringBuilder();
        for (byte b : self.bytes) {
            StringText.hex(out, b & 0xff, 2);
        }
        return out.toString();
    }
}
