package io.retrograd.repl;

import io.retrograd.lang.parse.Lexeme;
import io.retrograd.lang.parse.Lexeme.Kind;
import io.retrograd.lang.parse.Lexemes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours an entry while it is typed: its syntax, the bracket that matches the one at the cursor, names that mean nothing. */
final class EntryHighlighter implements Highlighter {
    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle KEYWORD = PLAIN.bold().foreground(AttributedStyle.BLUE);
    private static final AttributedStyle STRING = PLAIN.foreground(AttributedStyle.YELLOW);
    private static final AttributedStyle NUMBER = PLAIN.foreground(AttributedStyle.CYAN);
    private static final AttributedStyle COMMENT = PLAIN.faint().italic();
    private static final AttributedStyle COMMAND = PLAIN.foreground(AttributedStyle.MAGENTA);
    private static final AttributedStyle DEFINED = PLAIN.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle MISTAKE = PLAIN.foreground(AttributedStyle.RED);
    private static final AttributedStyle PARTNER = PLAIN.bold().foreground(AttributedStyle.GREEN).underline();

    private final Workspace workspace;
    private final Lookup names;

    EntryHighlighter(Workspace workspace, Lookup names) {
        this.workspace = workspace;
        this.names = names;
    }

    @Override
    public AttributedString highlight(LineReader reader, String text) {
        boolean plain = !workspace.colours() || reader instanceof EntryReader own && own.isPlainText();
        if (plain) {
            return new AttributedString(text);
        }
        if (ReplCommands.isCommand(text)) {
            int end = text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ');
            return new AttributedStringBuilder()
                    .styled(COMMAND, text.substring(0, end))
                    .append(text.substring(end))
                    .toAttributedString();
        }
        List<Lexeme> words = Lexemes.of(text);
        int cursor = reader.getBuffer().cursor();
        Set<Integer> partners = partners(words, cursor);
        Set<String> local = boundIn(words);
        AttributedStringBuilder out = new AttributedStringBuilder(text.length());
        int at = 0;
        for (int i = 0; i < words.size(); i++) {
            Lexeme word = words.get(i);
            out.style(PLAIN).append(text, at, word.start());
            out.style(partners.contains(i) ? PARTNER : style(words, i, local, cursor)).append(word.text());
            at = word.end();
        }
        out.style(PLAIN).append(text, at, text.length());
        return out.toAttributedString();
    }

    private AttributedStyle style(List<Lexeme> words, int i, Set<String> local, int cursor) {
        Lexeme word = words.get(i);
        return switch (word.kind()) {
            case KEYWORD -> KEYWORD;
            case STRING, OPEN_STRING -> STRING;
            case NUMBER -> NUMBER;
            case COMMENT -> COMMENT;
            case UNKNOWN -> word.is("?") || word.is("$") ? PLAIN : MISTAKE;
            case NAME -> name(words, i, local, cursor);
            default -> PLAIN;
        };
    }

    private AttributedStyle name(List<Lexeme> words, int i, Set<String> local, int cursor) {
        Lexeme word = words.get(i);
        Lexeme before = i > 0 ? words.get(i - 1) : null;
        if (before != null && (before.is("def") || before.is("class"))) {
            return DEFINED;
        }
        boolean attribute = before != null && before.is(".");
        boolean growing = word.end() == cursor && names.beginsSomething(word.text());
        boolean known = attribute || growing || local.contains(word.text()) || names.isKnown(word.text());
        return known ? PLAIN : PLAIN.underline();
    }

    /** The names that the text itself binds, by where they stand. */
    private static Set<String> boundIn(List<Lexeme> words) {
        Set<String> bound = new HashSet<>();
        String until = "";
        for (int i = 0; i < words.size(); i++) {
            Lexeme word = words.get(i);
            if (word.is(until) || word.kind() == Kind.LINE_END && !until.equals(":")) {
                until = "";
            }
            switch (word.text()) {
                case "for" -> until = "in";
                case "def", "lambda", "class" -> until = ":";
                case "import", "from", "as", "global", "nonlocal" -> until = "\n";
                default -> { }
            }
            if (word.kind() == Kind.NAME) {
                boolean assigned = i + 1 < words.size() && words.get(i + 1).is("=");
                if (assigned || !until.isEmpty()) {
                    bound.add(word.text());
                }
                if (assigned) {
                    tupleBefore(words, i, bound);
                }
            }
        }
        return bound;
    }

    /** {@code a, b = ...}: the names before the last one. */
    private static void tupleBefore(List<Lexeme> words, int last, Set<String> bound) {
        int i = last - 1;
        while (i >= 1 && words.get(i).is(",") && words.get(i - 1).kind() == Kind.NAME) {
            bound.add(words.get(i - 1).text());
            i -= 2;
        }
    }

    /** The bracket at or before the cursor and its partner, as places in the list. */
    private static Set<Integer> partners(List<Lexeme> words, int cursor) {
        Deque<Integer> open = new ArrayDeque<>();
        Set<Integer> found = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            Lexeme word = words.get(i);
            if (word.kind() == Kind.OPENING) {
                open.push(i);
            } else if (word.kind() == Kind.CLOSING && !open.isEmpty()) {
                int start = open.pop();
                Lexeme first = words.get(start);
                boolean at = word.end() == cursor || word.start() == cursor || first.start() == cursor;
                if (at && matches(first.text(), word.text())) {
                    found.add(start);
                    found.add(i);
                }
            }
        }
        return found;
    }

    private static boolean matches(String opening, String closing) {
        return "([{".indexOf(opening) == ")]}".indexOf(closing);
    }
}
