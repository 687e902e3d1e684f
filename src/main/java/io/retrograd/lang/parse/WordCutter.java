package io.retrograd.lang.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.misc.Pair;

/**
 * Cuts a stretch of text into the words of the lexer's grammar, the longest first and of equals the rule that comes first, with the
 * automaton that was worked out when the project was built. NnLexer gives the same words, only later.
 */
final class WordCutter {
    private static final char[] CLASS_OF = LexerTable.classOf();
    private static final char[] NEXT = LexerTable.next();
    private static final char[] ACCEPTED = LexerTable.accepted();

    private final SourceStream text;
    private final Pair<TokenSource, CharStream> source;
    private int position;

    WordCutter(SourceStream text) {
        this.text = text;
        this.source = new Pair<>(null, text);
        this.position = text.index();
    }

    /** The next word; at the end of the text one of type EOF and no length, again and again. */
    Token next() {
        while (position < text.size()) {
            int start = position;
            char type = advance();
            if (type != LexerTable.SKIPPED) {
                return new CommonToken(source, type, Token.DEFAULT_CHANNEL, start, position - 1);
            }
        }
        return new CommonToken(source, Token.EOF, Token.DEFAULT_CHANNEL, position, position - 1);
    }

    /** Goes behind the word that starts here and answers its type. */
    private char advance() {
        int end = text.size();
        char type = 0;
        int state = 1;
        for (int at = position; at < end; ) {
            state = NEXT[state * LexerTable.CLASSES + CLASS_OF[text.at(at)]];
            if (state == 0) {
                break;
            }
            at++;
            char accepted = ACCEPTED[state];
            if (accepted != 0) {
                type = accepted;
                position = at;
            }
        }
        return type;
    }
}
