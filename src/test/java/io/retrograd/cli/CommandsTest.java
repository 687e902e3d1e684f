package io.retrograd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A first word that is neither a script nor a command, but nearly one. */
final class CommandsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "chek       | ; did you mean 'nn check'?",
        "exlpain    | ; did you mean 'nn explain'?",
        "Trace      | ; did you mean 'nn trace'?",
        "net.nn     | none",
        "lesson     | none",
        "-v         | none"
    })
    void suggestsACommand(String word, String expected) {
        assertEquals(expected == null ? "" : expected, Commands.meant(word));
    }
}
