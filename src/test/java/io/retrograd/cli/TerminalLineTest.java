package io.retrograd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A status comes and goes without touching what a script prints. */
class TerminalLineTest {
    private static void print(TerminalLine line, FileOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        line.write(out, bytes, bytes.length);
    }

    @Test
    void standsOnlyWhereNothingUnfinishedDoes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("screen");
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            TerminalLine line = new TerminalLine();
            line.status(out, "step 1");
            print(line, out, "a\n");
            line.status(out, "step 2");
            line.status(out, "step 3");
            print(line, out, "b");
            line.status(out, "step 4");
            print(line, out, "c\n");
            line.reading(true);
            line.status(out, "step 5");
            line.reading(false);
            line.status(out, "step 6");
            line.clear();
            line.clear();
        }
        assertEquals(
                "CstepS1Ca\nCstepS2CstepS3CbcL\nCstepS6C".replace("L", ""),
                Files.readString(file).replace("\r\u001b[K", "C").replace("step ", "stepS"));
    }
}
