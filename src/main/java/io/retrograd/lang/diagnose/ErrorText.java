package io.retrograd.lang.diagnose;

import io.retrograd.lang.value.Place;
import java.util.List;

/** Renders an {@link ErrorReport} as text, with or without colours. */
public final class ErrorText {
    /** How many calls of a deep recursion are shown at either end. */
    private static final int CALLS_SHOWN = 5;

    private static final String RED = "\u001B[1;31m";
    private static final String BLUE = "\u001B[34m";
    private static final String BOLD = "\u001B[1m";
    private static final String PLAIN = "\u001B[0m";

    private final boolean colours;
    private final StringBuilder out = new StringBuilder();
    private String indent = "  ";

    private ErrorText(boolean colours) {
        this.colours = colours;
    }

    /** The whole text; each line ends with a line feed. */
    public static String of(ErrorReport report, boolean colours) {
        ErrorText text = new ErrorText(colours);
        text.render(report);
        return text.out.toString();
    }

    private String paint(String colour, String text) {
        return colours && !text.isEmpty() ? colour + text + PLAIN : text;
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void render(ErrorReport report) {
        headline(report.headline());
        Place place = report.place();
        if (place.isKnown()) {
            excerpt(place);
        }
        int width = 0;
        for (ErrorReport.Operand operand : report.operands()) {
            width = Math.max(width, Columns.width(operand.name()));
        }
        for (ErrorReport.Operand operand : report.operands()) {
            String name = operand.name() + " ".repeat(width - Columns.width(operand.name()));
            note(name + " is " + operand.description() + (operand.where().isEmpty() ? "" : ", " + operand.where()));
        }
        for (String each : report.notes()) {
            note(each);
        }
        if (!report.help().isEmpty()) {
            note(paint(BOLD, "help:") + " " + report.help());
        }
        calls(report);
    }

    private void headline(String headline) {
        int colon = headline.indexOf(':');
        boolean named = colon > 0 && headline.substring(0, colon).chars().allMatch(Character::isJavaIdentifierPart);
        String kind = named ? headline.substring(0, colon) : "";
        line(paint(RED, kind) + headline.substring(kind.length()));
    }

    private void excerpt(Place place) {
        String number = Integer.toString(place.span().line());
        indent = " ".repeat(number.length());
        String line = place.source().line(place.span().line());
        int column = line.codePointCount(0, Math.min(place.span().column(), line.length())) + 1;
        line(paint(BLUE, indent + "-->") + " " + place.source().name() + ":" + number + ":" + column);
        Excerpt excerpt = Excerpt.of(place);
        line(paint(BLUE, indent + " |"));
        line(paint(BLUE, number + " |") + " " + excerpt.line());
        line(paint(BLUE, indent + " |") + " " + paint(RED, excerpt.marks()));
    }

    private void note(String text) {
        String[] lines = text.split("\n", -1);
        line(paint(BLUE, indent + " =") + " " + lines[0]);
        for (int i = 1; i < lines.length; i++) {
            line(indent + "   " + lines[i]);
        }
    }

    private void calls(ErrorReport report) {
        List<Place> calls = report.calls();
        int n = calls.size();
        boolean all = n <= 2 * CALLS_SHOWN && report.callsLeftOut() == 0;
        for (int i = 0; i < n; i++) {
            if (!all && i == CALLS_SHOWN) {
                int hidden = n - 2 * CALLS_SHOWN + report.callsLeftOut();
                line(indent + " ... " + hidden + " more calls");
                i = n - CALLS_SHOWN;
            }
            Place call = calls.get(i);
            if (call.isKnown()) {
                line(indent + " called from " + call.source().name() + ":" + call.span().line());
            }
        }
    }
}
