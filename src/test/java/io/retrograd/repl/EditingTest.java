package io.retrograd.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.lang.parse.Completeness;
import io.retrograd.lang.parse.Lexemes;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the editor makes of a text: its words, its indentation, the call at its end. Line feeds are written as backslash n. */
class EditingTest {
    private static String lines(String text) {
        return text.replace("\\n", "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "x = 1 # one       | NAME OPERATOR NUMBER COMMENT",
        "if 'a             | KEYWORD OPEN_STRING",
        "f('a', \"b        | NAME OPENING STRING OPERATOR OPEN_STRING",
        "'a\\nx            | OPEN_STRING LINE_END NAME",
        "'''a\\nx          | OPEN_STRING",
        "x $ y             | NAME UNKNOWN NAME",
        "名 = [1]           | NAME OPERATOR OPENING NUMBER CLOSING",
    })
    void cutsUnfinishedTexts(String text, String kinds) {
        assertEquals(kinds, Lexemes.of(lines(text)).stream().map(w -> w.kind().name()).collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "x = 1                             | 0",
        "if x:                             | 4",
        "if x: # why                       | 4",
        "if x:\\n    y = 1                 | 4",
        "if x:\\n    return 1              | 0",
        "for i in x:\\n    if i:           | 8",
        "f(                                | 4",
        "f(1,\\n    2)                     | 0",
        "x = '''                           | 0",
    })
    void indents(String text, int columns) {
        assertEquals(columns, Indentation.after(lines(text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "x = 1\\n                                            | COMPLETE",
        "for i in x:\\n    a = 1\\n                           | INCOMPLETE",
        "for i in x:\\n    a = 1\\n\\n                         | COMPLETE",
        "    x = 1\\n                                        | COMPLETE",
        "    for i in x:\\n                                  | INCOMPLETE",
        "    for i in x:\\n        a = 1\\n                   | INCOMPLETE",
        "    for i in x:\\n        a = 1\\n\\n                 | COMPLETE",
        "f(1,\\n                                              | INCOMPLETE",
    })
    void knowsWhetherAnEntryIsWhole(String text, Completeness expected) {
        assertEquals(expected, Entries.completeness(lines(text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "f(a,                              | f 1 false",
        "tf.nn.relu(f(1, 2), x             | tf.nn.relu 1 false",
        "run(loss, {x: 1,                  | run 1 true",
        "f(a, [1, 2, 3                     | f 1 false",
        "f(x)[0].g(a, b                    | f(x)[0].g 1 false",
        "'a'.join(x                        | 'a'.join 0 false",
        "def f(a                           | none",
        "f(a)                              | none",
    })
    void findsTheCall(String text, String call) {
        assertEquals(call, CallContext.at(text, text.length())
                .map(c -> c.callee() + " " + c.argument() + " " + c.inBraces())
                .orElse("none"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        ">>> x = 1\\n>>> x\\n1             | x = 1\\nx\\n",
        ">>> for i in x:\\n...     i\\n... | for i in x:\\n    i\\n\\n",
        "\\n    a\\n\\n      b             | \\na\\n\\n  b",
        "a\\n    b                         | a\\n    b",
        "In [1]: a = 5\\n\\nIn [2]: for i in a:\\n   ...:     i\\n   ...:\\nOut[2]: 7\\nIn [3]: a | a = 5\\nfor i in a:\\n    i\\n\\na\\n",
    })
    void freesPastedCode(String text, String code) {
        assertEquals(lines(code), Pasted.plain(lines(text)));
    }
}
