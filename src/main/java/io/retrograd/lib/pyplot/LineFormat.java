package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.plot.Colors;
import io.retrograd.plot.LineStyle;
import java.awt.Color;

/** matplotlib's format strings: {@code 'ro'}, {@code 'b--'}, {@code 'g-.'}. Null and empty where nothing is said. */
record LineFormat(Color color, String marker, String dashes) {
    private static final String MARKERS = ".,ov^<>12348spP*hH+xXDd|_";

    /** The line that it says, of that width; null for marks alone. */
    LineStyle style(double width) {
        if (dashes.isEmpty() && !marker.isEmpty()) {
            return null;
        }
        return new LineStyle(color == null ? Colors.cycle(0) : color, width, dashes.isEmpty() ? LineStyle.SOLID : LineStyle.dashes(dashes));
    }

    static LineFormat parse(String text) {
        Color color = null;
        String marker = "";
        String dashes = "";
        int i = 0;
        var whole = Colors.named(text);
        if (whole.isPresent() && text.length() > 1 && !Character.isDigit(text.charAt(0))) {
            return new LineFormat(whole.get(), "", "");
        }
        while (i < text.length()) {
            char c = text.charAt(i);
            if (text.startsWith("--", i) || text.startsWith("-.", i)) {
                dashes = text.substring(i, i + 2);
                i += 2;
            } else if (c == '-' || c == ':') {
                dashes = String.valueOf(c);
                i++;
            } else if (c == 'C' && i + 1 < text.length() && Character.isDigit(text.charAt(i + 1))) {
                color = Colors.cycle(text.charAt(i + 1) - '0');
                i += 2;
            } else if ("bgrcmykw".indexOf(c) >= 0) {
                color = Colors.named(String.valueOf(c)).orElseThrow();
                i++;
            } else if (MARKERS.indexOf(c) >= 0) {
                marker = String.valueOf(c);
                i++;
            } else if (c == ' ') {
                i++;
            } else {
                throw NnError.value("'" + text + "' is not a valid format string (unrecognized character '" + c + "')");
            }
        }
        return new LineFormat(color, marker, dashes);
    }
}
