package io.retrograd.lang.parse;

import io.retrograd.lang.tree.Dialect;
import io.retrograd.lang.tree.Features;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Statement;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** The way from text to tree. */
public final class ScriptParser {
    private final Places places;
    private final Features known;
    private Python2Signs signs;

    private ScriptParser(Source source, Features known) {
        this.places = new Places(source);
        this.known = known;
    }

    /**
     * Parses a script and finds out which Python it is written in.
     *
     * @throws SyntaxError at the first place that is wrong
     */
    public static Script parse(Source source) {
        return parse(source, Features.NONE);
    }

    /** As {@link #parse(Source)}, for a text of which something is known already. */
    public static Script parse(Source source, Features known) {
        return new ScriptParser(source, known).script();
    }

    /** What a text says of its Python: certain signs of Python 2, imports from {@code __future__}. */
    public static Features features(Source source) {
        ScriptParser parser = new ScriptParser(source, Features.NONE);
        try {
            Python2Signs signs = Python2Signs.read(parser.words());
            return new Features(signs.certain(), signs.division(), signs.printFunction());
        } catch (SyntaxError mistake) {
            return Features.NONE;
        }
    }

    /** Whether a text typed so far is a whole entry of an interactive session; an empty one is. */
    public static Completeness completeness(String text) {
        try {
            Script script = parse(new Source("<stdin>", text));
            List<Statement> body = script.body();
            boolean blockMayGoOn = !body.isEmpty() && hasBlock(body.get(body.size() - 1)) && !endsWithBlankLine(text);
            return blockMayGoOn ? Completeness.INCOMPLETE : Completeness.COMPLETE;
        } catch (SyntaxError e) {
            return e.atEnd() ? Completeness.INCOMPLETE : Completeness.WRONG;
        }
    }

    private static boolean hasBlock(Statement statement) {
        return statement instanceof Statement.If
                || statement instanceof Statement.While
                || statement instanceof Statement.For
                || statement instanceof Statement.Try
                || statement instanceof Statement.With
                || statement instanceof Statement.FunctionDef
                || statement instanceof Statement.ClassDef;
    }

    private static boolean endsWithBlankLine(String text) {
        String[] lines = text.split("\r\n|\r|\n", -1);
        return lines.length > 2 && lines[lines.length - 1].isBlank() && lines[lines.length - 2].isBlank();
    }

    private Script script() {
        List<Token> words = words();
        signs = Python2Signs.read(words).and(known);
        if (signs.certain()) {
            return attempt(words, Dialect.PYTHON2, !signs.printFunction()).script;
        }
        return signs.likely() ? likelyPython2(words) : attempt(words, Dialect.PYTHON3, false).script;
    }

    /** A name such as {@code xrange} is there: it is Python 2's unless the script defines it, which only the tree tells. */
    private Script likelyPython2(List<Token> words) {
        Optional<SyntaxError> asPython3;
        try {
            Attempt attempt = attempt(words, Dialect.PYTHON3, false);
            if (!attempt.usesPython2Names) {
                return attempt.script;
            }
            asPython3 = Optional.empty();
        } catch (SyntaxError e) {
            asPython3 = Optional.of(e);
        }
        try {
            Attempt attempt = attempt(words(), Dialect.PYTHON2, !signs.printFunction());
            if (attempt.usesPython2Names) {
                return attempt.script;
            }
        } catch (SyntaxError e) {
            // What Python 3's print allows, print(a, file=f), is wrong for Python 2's; then the script means Python 3's.
            if (asPython3.isEmpty()) {
                return attempt(words(), Dialect.PYTHON2, false).script;
            }
        }
        throw asPython3.orElseThrow();
    }

    private List<Token> words() {
        int start = places.text().startsWith("\uFEFF") ? 1 : 0;
        return new Words(places).cut(start, places.text().length());
    }

    private record Attempt(Script script, boolean usesPython2Names) {}

    private Attempt attempt(List<Token> words, Dialect dialect, boolean printIsStatement) {
        NnParser.ScriptContext recognised = new Recognition(places, words, dialect, printIsStatement).script();
        Construction construction = new Construction(places, dialect);
        List<Statement> body = new StatementBuilder(construction).script(recognised);
        boolean trueDivision = dialect == Dialect.PYTHON3 || signs.division();
        return new Attempt(new Script(places.source(), dialect, trueDivision, body), construction.usesPython2Names());
    }
}
