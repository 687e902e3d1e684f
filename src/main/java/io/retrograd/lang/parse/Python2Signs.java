package io.retrograd.lang.parse;

import io.retrograd.lang.tree.Features;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/**
 * What the words of a script say about its Python before it is parsed.
 *
 * @param certain whether something stands there that only Python 2 knows
 * @param likely whether a name is used that Python 3 has no more; the script may still define it itself
 * @param division whether the script imports Python 3's division
 * @param printFunction whether it imports Python 3's print
 */
record Python2Signs(boolean certain, boolean likely, boolean division, boolean printFunction) {
    /** Builtin names that went with Python 2. */
    static final Set<String> NAMES = Set.of("xrange", "raw_input", "unicode");

    /** What cannot follow the name print, but begins a value that a print statement prints. */
    private static final Set<Integer> PRINTED = Set.of(
            NnLexer.STRING, NnLexer.NAME, NnLexer.NUMBER, NnLexer.NOT, NnLexer.LAMBDA, NnLexer.NONE, NnLexer.TRUE, NnLexer.FALSE,
            NnLexer.LEFT_BRACE, NnLexer.TILDE, NnLexer.RIGHT_SHIFT);

    /** These signs and what is known besides. */
    Python2Signs and(Features known) {
        return new Python2Signs(
                certain || known.python2(), likely, division || known.division(), printFunction || known.printFunction());
    }

    static Python2Signs read(List<Token> words) {
        boolean certain = false;
        boolean likely = false;
        boolean division = false;
        boolean printFunction = false;
        boolean statementStarts = true;
        int depth = 0;
        for (int i = 0; i < words.size(); i++) {
            Token word = words.get(i);
            boolean starts = statementStarts;
            statementStarts = false;
            switch (word.getType()) {
                case NnLexer.NEWLINE, NnLexer.SEMICOLON, NnLexer.COLON -> statementStarts = depth == 0 || starts;
                case NnLexer.LEFT_PARENTHESIS, NnLexer.LEFT_BRACKET, NnLexer.LEFT_BRACE -> depth++;
                case NnLexer.RIGHT_PARENTHESIS, NnLexer.RIGHT_BRACKET, NnLexer.RIGHT_BRACE -> depth--;
                case NnLexer.BACKQUOTE -> certain = true;
                case NnLexer.NOT_EQUAL -> certain |= word.getText().equals("<>");
                case NnLexer.NUMBER -> certain |= Numbers.isPython2(word.getText());
                case NnLexer.STRING -> certain |= word.getText().toLowerCase(Locale.ROOT).startsWith("ur");
                case NnLexer.EXCEPT -> certain |= commaFollows(words, i, NnLexer.COLON);
                case NnLexer.RAISE -> certain |= commaFollows(words, i, NnLexer.SEMICOLON);
                case NnLexer.NAME -> {
                    String name = word.getText();
                    int following = words.get(i + 1).getType();
                    if (starts && name.equals("print")) {
                        certain |= PRINTED.contains(following);
                    } else if (starts && name.equals("exec")) {
                        certain |= following == NnLexer.STRING || following == NnLexer.NAME;
                    } else if (name.equals("__future__")) {
                        division |= imports(words, i, "division");
                        printFunction |= imports(words, i, "print_function");
                    } else {
                        likely |= NAMES.contains(name);
                    }
                }
                default -> {}
            }
        }
        return new Python2Signs(certain, likely, division, printFunction);
    }

    /** Whether a comma stands outside brackets before the line or the given word ends. */
    private static boolean commaFollows(List<Token> words, int from, int end) {
        int depth = 0;
        for (int i = from + 1; i < words.size(); i++) {
            int type = words.get(i).getType();
            switch (type) {
                case NnLexer.LEFT_PARENTHESIS, NnLexer.LEFT_BRACKET, NnLexer.LEFT_BRACE -> depth++;
                case NnLexer.RIGHT_PARENTHESIS, NnLexer.RIGHT_BRACKET, NnLexer.RIGHT_BRACE -> depth--;
                default -> {
                    if (depth == 0 && (type == NnLexer.NEWLINE || type == end)) {
                        return false;
                    }
                    if (depth == 0 && type == NnLexer.COMMA) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean imports(List<Token> words, int from, String feature) {
        int depth = 0;
        for (int i = from; i < words.size(); i++) {
            Token word = words.get(i);
            switch (word.getType()) {
                case NnLexer.LEFT_PARENTHESIS -> depth++;
                case NnLexer.RIGHT_PARENTHESIS -> depth--;
                case NnLexer.NEWLINE -> {
                    if (depth <= 0) {
                        return false;
                    }
                }
                case NnLexer.NAME -> {
                    if (word.getText().equals(feature)) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }
}
