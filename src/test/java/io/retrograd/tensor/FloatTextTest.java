package io.retrograd.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shortest digits and C formats against CPython's and numpy's: rows of kind, bits, text. */
class FloatTextTest {
    @Test
    void writesAsPythonAndNumpy() throws IOException {
        String table;
        try (InputStream in = FloatTextTest.class.getResourceAsStream("/numpy/float-text.tsv")) {
            table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String row : table.split("\n")) {
            String[] f = row.split("\t");
            long bits = Long.parseUnsignedLong(f[1], 16);
            char kind = f[0].charAt(0);
            String got = switch (kind) {
                case 'd' -> FloatText.repr(Double.longBitsToDouble(bits));
                case 's' -> FloatText.repr(Float.intBitsToFloat((int) bits));
                case 'h' -> FloatText.reprHalf(Half.fromBits((short) bits));
                default -> FloatText.format(Double.longBitsToDouble(bits), kind, Integer.parseInt(f[0].substring(1)), false);
            };
            assertEquals(f[2], got, row);
        }
    }

    @ParameterizedTest
    @CsvSource({"1_000.5, 1000.5", "' -.5e3 ', -500", "inf, Infinity", "-Infinity, -Infinity", "nAn, NaN", "1., 1"})
    void readsAsPython(String text, double value) {
        assertEquals(value, FloatText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1f", "1d", "0x1p3", "1__0", "_1", "", ".", "1e", "infinit"})
    void refusesWhatPythonRefuses(String text) {
        assertThrows(NumberFormatException.class, () -> FloatText.parse(text));
    }

    @Test
    void halvesSurviveTheirBits() {
        for (int i = 0; i < 0x10000; i++) {
            float v = Half.fromBits((short) i);
            if (!Float.isNaN(v)) {
                assertEquals((short) i, Half.toBits(v));
                assertEquals(v, Half.round(v));
            }
        }
    }
}
