package io.retrograd.lib.python.io;

import io.retrograd.lang.value.Encodings;

/**
 * How text lies in a file.
 *
 * @param newline null: any line end is read as a line feed, which is written as it is; empty: nothing is
 *     translated; else what a line feed is written as
 */
record TextForm(String encoding, String errors, String newline) {
    String decode(byte[] content) {
        String s = Encodings.decode(content, encoding, errors);
        if (newline != null || s.indexOf('\r') < 0) {
            return s;
        }
        return s.replace("\r\n", "\n").replace('\r', '\n');
    }

    byte[] encode(String s) {
        boolean translate = newline != null && !newline.isEmpty() && !newline.equals("\n");
        return Encodings.encode(translate ? s.replace("\n", newline) : s, encoding, errors);
    }
}
