package io.retrograd.cli;

/**
 * Which of the standard streams are terminals, as the launcher saw them. Without the launcher the JVM knows only
 * whether both input and output are.
 */
final class Terminals {
    private static final String SEEN = System.getProperty("retrograd.terminals");

    private Terminals() {}

    static boolean isInput() {
        return SEEN != null ? SEEN.indexOf('0') >= 0 : System.console() != null;
    }

    static boolean isOutput() {
        return SEEN != null ? SEEN.indexOf('1') >= 0 : System.console() != null;
    }

    static boolean isError() {
        return SEEN != null ? SEEN.indexOf('2') >= 0 : System.console() != null;
    }
}
