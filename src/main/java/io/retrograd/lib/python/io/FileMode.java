package io.retrograd.lib.python.io;

import io.retrograd.error.NnError;

/** The mode of {@code open}: one of r, w, a, x, and whether bytes are meant and both reading and writing. */
record FileMode(char kind, boolean binary, boolean both) {
    static FileMode parse(String mode) {
        char kind = 0;
        boolean binary = false;
        boolean text = false;
        boolean both = false;
        for (int i = 0; i < mode.length(); i++) {
            char c = mode.charAt(i);
            switch (c) {
                case 'r', 'w', 'a', 'x' -> {
                    if (kind != 0) {
                        throw NnError.value("must have exactly one of create/read/write/append mode");
                    }
                    kind = c;
                }
                case 'b' -> binary = true;
                case 't' -> text = true;
                case '+' -> both = true;
                case 'U' -> kind = kind == 0 ? 'r' : kind;
                default -> throw NnError.value("invalid mode: '" + mode + "'");
            }
        }
        if (kind == 0) {
            throw NnError.value("Must have exactly one of create/read/write/append mode and at most one plus");
        }
        if (binary && text) {
            throw NnError.value("can't have text and binary mode at once");
        }
        return new FileMode(kind, binary, both);
    }

    boolean writes() {
        return kind != 'r' || both;
    }
}
