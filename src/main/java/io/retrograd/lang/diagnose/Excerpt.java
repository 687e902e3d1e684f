package io.retrograd.lang.diagnose;

import io.retrograd.lang.tree.Span;
import io.retrograd.lang.value.Place;

/** The source line of an error with the marks below it, cut to a window where the line is very long. */
record Excerpt(String line, String marks) {
    /** What is shown of a long line, in code units. */
    private static final int WINDOW = 96;

    private static final String CUT = "...";

    static Excerpt of(Place place) {
        Span span = place.span();
        String line = place.source().line(span.line());
        int start = Math.min(span.column(), line.length());
        boolean goesOn = span.endLine() > span.line();
        int end = goesOn ? line.stripTrailing().length() : Math.min(span.endColumn(), line.length());
        end = Math.max(end, start);
        int from = 0;
        int to = line.length();
        if (to > WINDOW + CUT.length()) {
            int length = Math.min(end - start, WINDOW);
            from = Math.max(0, start - (WINDOW - length) / 2);
            to = Math.min(line.length(), from + WINDOW);
            from = Math.max(0, Math.min(from, to - WINDOW));
            from = wholeCharacter(line, from);
            to = wholeCharacter(line, to);
        }
        StringBuilder shown = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        if (from > 0) {
            shown.append(CUT);
            marks.append(" ".repeat(CUT.length()));
        }
        shown.append(clean(line.substring(from, to)));
        // Tabs stay tabs, so that the marks stand below their characters however wide a tab is.
        for (int i = from; i < start; ) {
            int c = line.codePointAt(i);
            marks.append(c == '\t' ? "\t" : " ".repeat(Columns.width(c)));
            i += Character.charCount(c);
        }
        marks.append("^".repeat(Math.max(1, Columns.width(line.substring(start, Math.min(end, to))))));
        if (to < line.length()) {
            shown.append(CUT);
        }
        if (goesOn || end > to) {
            marks.append(CUT);
        }
        return new Excerpt(shown.toString().stripTrailing(), marks.toString());
    }

    private static int wholeCharacter(String line, int at) {
        return at > 0 && at < line.length() && Character.isLowSurrogate(line.charAt(at)) ? at - 1 : at;
    }

    /** Control characters must not reach the terminal. */
    private static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c < ' ' && c != '\t' || c == 0x7F ? '\uFFFD' : c);
        }
        return out.toString();
    }
}
