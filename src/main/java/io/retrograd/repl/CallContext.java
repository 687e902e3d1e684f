package io.retrograd.repl;

import io.retrograd.lang.parse.Lexeme;
import io.retrograd.lang.parse.Lexeme.Kind;
import io.retrograd.lang.parse.Lexemes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The call whose parentheses the cursor is in.
 *
 * @param callee the expression that is called, most often a dotted name
 * @param argument how many arguments stand before the cursor's
 * @param keyword the keyword that the cursor's argument begins with; empty for none
 * @param given the keywords that the call has already
 * @param inBraces whether the cursor is inside a dict within the call
 */
record CallContext(String callee, int argument, String keyword, Set<String> given, boolean inBraces) {

    private static final class Level {
        final String callee;
        final boolean brace;
        final Set<String> given = new HashSet<>();
        int commas;
        String keyword = "";

        Level(String callee, boolean brace) {
            this.callee = callee;
            this.brace = brace;
        }
    }

    static Optional<CallContext> at(String text, int cursor) {
        List<Lexeme> words = Lexemes.of(text.substring(0, cursor));
        Deque<Level> open = new ArrayDeque<>();
        for (int i = 0; i < words.size(); i++) {
            Lexeme word = words.get(i);
            if (word.kind() == Kind.OPENING) {
                open.push(new Level(word.is("(") ? before(text, words, i) : "", word.is("{")));
            } else if (word.kind() == Kind.CLOSING) {
                open.poll();
            } else if (!open.isEmpty() && word.is(",")) {
                open.peek().commas++;
                open.peek().keyword = "";
            } else if (!open.isEmpty() && word.is("=") && i > 0 && words.get(i - 1).kind() == Kind.NAME) {
                open.peek().keyword = words.get(i - 1).text();
                open.peek().given.add(words.get(i - 1).text());
            }
        }
        boolean inBraces = !open.isEmpty() && open.peek().brace;
        for (Level level : open) {
            if (!level.callee.isEmpty()) {
                return Optional.of(new CallContext(level.callee, level.commas, level.keyword, level.given, inBraces));
            }
        }
        return Optional.empty();
    }

    /** The expression that ends before a word; empty if there is none. */
    private static String before(String text, List<Lexeme> words, int i) {
        int start = Knowledge.start(words, i);
        return start < 0 ? "" : text.substring(words.get(start).start(), words.get(i - 1).end());
    }
}
