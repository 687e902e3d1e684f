package io.retrograd.lang.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the scripts of a table that end with an error, and compares the whole report literally. */
class ErrorTest {
    private static final Path TABLE = Path.of("src/test/resources/lang/errors.txt");

    static Stream<Arguments> cases() throws Exception {
        return Arrays.stream(Files.readString(TABLE).split("====\n")).map(c -> {
            int cut = c.indexOf("----\n");
            return Arguments.of(c.substring(0, cut), c.substring(cut + 5));
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isReported(String script, String report) throws Exception {
        assertEquals(report, ScriptTest.run(Path.of("target"), "case.nn", script, Integer.MAX_VALUE));
        assertEquals(report, ScriptTest.run(Path.of("target"), "case.nn", script, 0));
    }
}
