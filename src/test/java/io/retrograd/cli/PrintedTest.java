package io.retrograd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which texts count as the same: {@code /} separates lines; the number is the first line that differs, 0 for none. */
final class PrintedTest {
    @ParameterizedTest
    @CsvSource({
        "a 1.0/b, a 1.0/b, 0",
        "loss 0.50001, loss 0.50002, 0",
        "loss 0.5, loss 0.6, 1",
        "x/loss 5, x/cost 5, 2",
        "[[1. 2.]], [[1.  2.]], 0",
        "a/b, a, 2",
        "a, a/b, 2",
        "1e-6, 2e-6, 0",
        "nan, 1.0, 1",
        "nan, nan, 0",
        "after 100 steps, after 101 steps, 1",
    })
    void findsTheFirstDifference(String first, String second, int line) {
        assertEquals(line, Printed.firstDifference(first.replace('/', '\n'), second.replace('/', '\n')).map(Printed.Difference::line).orElse(0));
    }
}
