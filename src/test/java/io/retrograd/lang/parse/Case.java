package io.retrograd.lang.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Tables of cases beside the tests: a row a line, columns between tabs, lines that start with {@code ##} are comments. In the first
 * column ⏎ stands for a line end, ⇥ for a tab.
 */
final class Case {
    private Case() {}

    static Stream<Arguments> rows(String table, int columns) {
        return read(table)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("##"))
                .map(line -> {
                    Object[] row = new Object[columns];
                    String[] given = line.split("\t", -1);
                    for (int i = 0; i < columns; i++) {
                        row[i] = i < given.length ? given[i] : "";
                    }
                    return Arguments.of(row);
                });
    }

    /** What the first column of a row stands for. */
    static String text(String column) {
        return column.replace('⏎', '\n').replace('⇥', '\t');
    }

    private static String read(String table) {
        try (InputStream in = Case.class.getResourceAsStream(table)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
