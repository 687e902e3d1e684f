package io.retrograd.lang.parse;

import io.retrograd.lang.tree.Dialect;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** One run of the generated parser over a stretch of text. */
final class Recognition {
    private final Places places;
    private final Dialect dialect;
    private final IndentingTokenSource lines;
    private final CommonTokenStream words;

    /** A whole text, already cut into words. */
    Recognition(Places places, List<Token> words, Dialect dialect, boolean printIsStatement) {
        this.places = places;
        this.dialect = dialect;
        this.lines = new IndentingTokenSource(words, places, dialect, printIsStatement, false);
        this.words = filled(lines);
    }

    /** A field of an f-string. */
    Recognition(Construction construction, int start, int end) {
        this.places = construction.places();
        this.dialect = construction.dialect();
        List<Token> cut = new Words(places).cut(start, end);
        this.lines = new IndentingTokenSource(cut, places, dialect, false, true);
        this.words = filled(lines);
    }

    /** Reading to the end first brings errors of words and indentation before those of grammar, as CPython does. */
    private static CommonTokenStream filled(IndentingTokenSource lines) {
        CommonTokenStream words = new CommonTokenStream(lines);
        words.fill();
        return words;
    }

    NnParser.ScriptContext script() {
        return recognised(NnParser::script);
    }

    NnParser.FieldContext field() {
        return recognised(NnParser::field);
    }

    /** SLL prediction is the faster and nearly always enough; where it fails, LL decides whether the text is really wrong. */
    private <T extends ParserRuleContext> T recognised(Function<NnParser, T> rule) {
        try {
            return run(rule, PredictionMode.SLL);
        } catch (Rejected e) {
            // Tried once more below.
        } catch (TooDeep e) {
            throw tooDeep(e);
        }
        try {
            return run(rule, PredictionMode.LL);
        } catch (Rejected e) {
            throw Diagnosis.of(e, words, lines.openBracket(), places, dialect);
        } catch (TooDeep e) {
            throw tooDeep(e);
        }
    }

    private <T> T run(Function<NnParser, T> rule, PredictionMode mode) throws ParseCancellationException {
        words.seek(0);
        NnParser parser = new NnParser(words);
        parser.removeErrorListeners();
        parser.setErrorHandler(new FirstError());
        parser.getInterpreter().setPredictionMode(mode);
        return rule.apply(parser);
    }

    private SyntaxError tooDeep(TooDeep error) {
        return places.wrong("expression is nested too deep", places.of(error.at()))
                .help("give parts of it names of their own");
    }
}
