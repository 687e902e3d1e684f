package io.retrograd.cli;

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

    private ExitStatus() {}
}
