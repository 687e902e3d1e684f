package io.retrograd.docs;

import static org.junit.jupiter.api.Assertions.assertIterableEquals;

import io.retrograd.testing.ScriptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds docs/reference to the declarations. After a builtin was added or changed, write the pages anew with
 * {@code mvn -q test -Dtest=ReferenceTest -Dreference=write}.
 */
class ReferenceTest {
    private static final Path FOLDER = Path.of("docs/reference");

    @TestFactory
    Stream<DynamicTest> pagesSayWhatIsDeclared() throws IOException {
        Map<String, String> pages = new ReferencePages(new ScriptRun().machine()).all();
        if ("write".equals(System.getProperty("reference"))) {
            Files.createDirectories(FOLDER);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
            }
        }
        return pages.entrySet().stream().map(page -> DynamicTest.dynamicTest(page.getKey(), () ->
                assertIterableEquals(
                        page.getValue().lines().toList(), Files.readAllLines(FOLDER.resolve(page.getKey())), "write the pages anew")));
    }
}
