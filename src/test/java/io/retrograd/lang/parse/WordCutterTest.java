package io.retrograd.lang.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The automaton of the lexer cuts as ANTLR's own lexer does. */
class WordCutterTest {
    private static List<String> byAntlr(String text) {
        NnLexer lexer = new NnLexer(new SourceStream(text, 0, text.length()));
        List<String> words = new ArrayList<>();
        for (Token word = lexer.nextToken(); ; word = lexer.nextToken()) {
            words.add(shown(word));
            if (word.getType() == Token.EOF) {
                return words;
            }
        }
    }

    private static List<String> byAutomaton(String text) {
        WordCutter cutter = new WordCutter(new SourceStream(text, 0, text.length()));
        List<String> words = new ArrayList<>();
        for (Token word = cutter.next(); ; word = cutter.next()) {
            words.add(shown(word));
            if (word.getType() == Token.EOF) {
                return words;
            }
        }
    }

    private static String shown(Token word) {
        String text = word.getType() == Token.EOF ? "" : word.getText();
        return NnLexer.VOCABULARY.getDisplayName(word.getType()) + " " + word.getStartIndex() + "-" + word.getStopIndex() + " " + text;
    }

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("samples"))) {
            return files.filter(f -> f.toString().endsWith(".nn")).sorted().collect(Collectors.toList()).stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void ofSamples(Path script) throws IOException {
        String text = Files.readString(script);
        assertEquals(byAntlr(text), byAutomaton(text));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "and", "assert", "elif", "No", "None", "nonlocal", "is", "not", "_", "x1", "0", "0x", "1F", "0b1", "_", "7L", ".", "e", "+", "E-", "j",
                "'", "\"", "'''", "\"\"\"", "\\", "\n", "\r", "\r\n", " ", "\t", "\f", "#", "r", "bR", "uf", "*", "**", "=", "<", ">", "!", "!=", ":", ":=",
                "->", "-", "%", "@", "(", ")", "[", "]", "{", "}", ",", ";", "...", "`", "?", "$", "é", "中", "\u007F", "\u0000", "\uD83D\uDE00");
        return pieces.list().ofMaxSize(30).map(p -> String.join("", p));
    }

    @Property(tries = 3000)
    void ofAnything(@ForAll("texts") String text) {
        assertEquals(byAntlr(text), byAutomaton(text));
    }
}
