package io.retrograd.lang.tree;

/**
 * A text with the name under which errors mention it. A line ends at {@code \n}, {@code \r\n} or {@code \r}, as in Python.
 *
 * @param name the file name as the user wrote it, or something like {@code <stdin>}
 * @param text the whole text, decoded
 */
public record Source(String name, String text) {
    private static final String LIBRARY = "<library ";

    /** The text of a module that the library has in the language itself. */
    public static Source library(String module, String text) {
        return new Source(LIBRARY + module + ">", text);
    }

    /** Whether it is such a module, whose lines no script's author knows. */
    public boolean ofLibrary() {
        return name.startsWith(LIBRARY);
    }

    /** The text of a line without its end; empty where there is no such line. Lines count from 1. */
    public String line(int number) {
        int start = 0;
        for (int line = 1; line < number; line++) {
            start = afterLine(start);
            if (start < 0) {
                return "";
            }
        }
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return text.substring(start, end);
    }

    private int afterLine(int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                return i + 1;
            }
            if (c == '\r') {
                return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
            }
        }
        return -1;
    }
}
