package io.retrograd.cli;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;

/** The exit statuses of the command. */
final class ExitStatus {
    static final int OK = 0;
    /** The script ended with an error. */
    static final int SCRIPT_ERROR = 1;
    /** Wrong usage, or a script that cannot be read. */
    static final int USAGE = 2;
    /** A fault of Retrograd's own. */
    static final int INTERNAL_FAULT = 70;
    static final int INTERRUPTED = 130;

    /** What a script's error gives. */
    static int of(NnError error) {
        return error.kind() == ErrorKind.KEYBOARD_INTERRUPT ? INTERRUPTED : SCRIPT_ERROR;
    }

    private ExitStatus() {}
}
