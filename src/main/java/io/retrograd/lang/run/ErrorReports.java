package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.diagnose.ErrorReport;
import io.retrograd.lang.parse.SyntaxError;
import io.retrograd.lang.tree.Span;
import io.retrograd.lang.value.ExceptionValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers what there is to say about an error that no script caught. */
public final class ErrorReports {
    /** Longer values of the plain kind say less than they cost to read. */
    private static final int LONGEST_PLAIN = 40;

    private ErrorReports() {}

    public static ErrorReport of(Machine m, NnError e) {
        if (e instanceof ScriptException s) {
            return of(m, s);
        }
        Place place = syntaxPlace(e);
        String text = e.getMessage();
        String name = e.kind().scriptName();
        return ErrorReport.of(text.isEmpty() ? name : name + ": " + text, place, e.help());
    }

    private static ErrorReport of(Machine m, ScriptException e) {
        Place wrong = e.origin() == null ? Place.NOWHERE : syntaxPlace(e.origin());
        Place place = wrong.isKnown() ? wrong : e.place();
        List<String> notes = new ArrayList<>();
        if (e.origin() != null) {
            notes.addAll(e.origin().notes());
        }
        chain(m, e.value(), notes);
        List<ErrorReport.Operand> operands =
                e.frame() instanceof Frame f && place == e.place() ? operands(m, f, place) : List.of();
        return new ErrorReport(e.describe(m), place, operands, notes, e.help(), e.calls(), e.callsLeftOut());
    }

    /** Where a text is wrong; nowhere for errors of other kinds. */
    private static Place syntaxPlace(NnError e) {
        if (e instanceof SyntaxError s) {
            return new Place(s.source(), s.span());
        }
        return e instanceof SyntaxProblem p ? p.place() : Place.NOWHERE;
    }

    /** The errors behind it: what it was raised from, or what was being handled. */
    private static void chain(Machine m, ExceptionValue e, List<String> notes) {
        ExceptionValue at = e;
        for (int i = 0; i < 5; i++) {
            boolean direct = at.cause() instanceof ExceptionValue;
            Object behind = direct ? at.cause() : at.context();
            if (!(behind instanceof ExceptionValue next)) {
                return;
            }
            String text = next.str(m);
            Place place = next.raised() == null ? Place.NOWHERE : next.raised().place();
            notes.add((direct ? "caused by " : "while handling ") + next.type().name()
                    + (text.isEmpty() ? "" : ": " + text)
                    + (place.isKnown() ? ", " + place.source().name() + ":" + place.span().line() : ""));
            at = next;
        }
    }

    private static List<ErrorReport.Operand> operands(Machine m, Frame f, Place place) {
        if (!place.isKnown()) {
            return List.of();
        }
        String text = place.source().text();
        Span span = place.span();
        Set<String> names = names(text.substring(
                Math.min(span.start(), text.length()), Math.min(Math.max(span.start(), span.end()), text.length())));
        List<ErrorReport.Operand> all = new ArrayList<>();
        boolean telling = false;
        for (String name : names) {
            Object value = f.code.local(f, name);
            if (value == null) {
                value = f.code.module().get(name);
            }
            String described = value == null ? "" : describe(m, value);
            if (!described.isEmpty()) {
                telling |= value instanceof Value v && !v.describe(m).isEmpty();
                all.add(new ErrorReport.Operand(name, described, where(f, name, place)));
            }
        }
        // Plain numbers and lists help beside tensors and arrays, whose shapes they give; alone they are obvious.
        return telling ? all : List.of();
    }

    private static String describe(Machine m, Object value) {
        boolean plain = value instanceof Long || value instanceof Double || value instanceof Boolean
                || value instanceof ListValue l && l.size() <= 8
                || value instanceof TupleValue t && t.size() <= 8;
        if (!plain) {
            return value instanceof Value v ? v.describe(m) : "";
        }
        String text;
        try {
            text = Semantics.repr(m, value);
        } catch (NnError noRepresentation) {
            // The error that is told is another one.
            return "";
        }
        return text.length() <= LONGEST_PLAIN && text.indexOf('\n') < 0 ? text : "";
    }

    /** The variables that a piece of source text names, in order; attributes and keywords are none. */
    private static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '#') {
                while (i < text.length() && text.charAt(i) != '\n') {
                    i++;
                }
            } else if (c == '"' || c == '\'') {
                i = afterString(text, i);
            } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
                int start = i;
                while (i < text.length() && (Character.isUnicodeIdentifierPart(text.charAt(i)) || text.charAt(i) == '_')) {
                    i++;
                }
                boolean attribute = start > 0 && text.charAt(start - 1) == '.';
                if (!attribute && !isKeyword(text, i)) {
                    names.add(text.substring(start, i));
                }
            } else if (c >= '0' && c <= '9') {
                while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '.')) {
                    i++;
                }
            } else {
                i++;
            }
        }
        return names;
    }

    private static boolean isKeyword(String text, int end) {
        int i = end;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i < text.length() && text.charAt(i) == '=' && (i + 1 == text.length() || text.charAt(i + 1) != '=');
    }

    private static int afterString(String text, int start) {
        String quote = text.startsWith(text.substring(start, start + 1).repeat(3), start)
                ? text.substring(start, start + 3)
                : text.substring(start, start + 1);
        int i = start + quote.length();
        while (i < text.length() && !text.startsWith(quote, i)) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), i + quote.length());
    }

    /** The line of the last assignment before the error, or the earlier entry of a session; empty if there is none. */
    private static String where(Frame f, String name, Place error) {
        List<Span> local = f.code.scope().assignments(name);
        if (f.code.local(f, name) != null && !local.isEmpty()) {
            return "line " + last(local, error.span().line());
        }
        List<Span> global = new ArrayList<>();
        String entry = "";
        for (GlobalSlot.Assignment a : f.code.module().slot(name).assignments()) {
            if (a.source() == error.source()) {
                global.add(a.span());
            } else if (a.source().name().startsWith("In [")) {
                boolean oneLine = a.source().text().strip().indexOf('\n') < 0;
                entry = a.source().name() + (oneLine ? "" : ", line " + a.span().line());
            }
        }
        boolean inModule = f.code.localNames().isEmpty() && f.code.name().equals("<module>");
        boolean later = inModule && global.stream().noneMatch(span -> span.start() < error.span().start());
        return global.isEmpty() || later && !entry.isEmpty() ? entry : "line " + last(global, inModule ? error.span().line() : Integer.MAX_VALUE);
    }

    private static int last(List<Span> spans, int before) {
        int best = 0;
        for (Span span : spans) {
            if (span.line() < before && span.line() > best) {
                best = span.line();
            }
        }
        return best > 0 ? best : spans.get(spans.size() - 1).line();
    }
}
