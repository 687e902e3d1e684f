package io.retrograd.lang.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderFilesTest {
    @ParameterizedTest
    @CsvSource({"a.txt, /home/a.txt", "./b/../a.txt, /home/a.txt", "../a.txt, /a.txt", "/tmp/a.txt, /tmp/a.txt", "'', /home"})
    void pathsStartInTheWorkingFolder(String path, String found) {
        Files files = new FolderFiles(Path.of("/home"));
        assertEquals(Path.of(found), files.readable(path));
        assertEquals(Path.of(found), files.writable(path));
    }

    @Test
    void aChangeOfFolderIsItsOwn() {
        Files files = new FolderFiles(Path.of("/home"));
        Files others = new FolderFiles(Path.of("/home"));
        files.changeFolder("data");
        files.changeFolder("train");
        assertEquals(Path.of("/home/data/train"), files.workingFolder());
        assertEquals(Path.of("/home/data/train/x"), files.readable("x"));
        assertEquals(Path.of("/home"), others.workingFolder());
    }

    @Test
    void whatIsNoPathIsAnErrorOfTheScript() {
        Files files = new FolderFiles(Path.of("/home"));
        NnError nul = assertThrows(NnError.class, () -> files.readable("a\0b"));
        assertEquals(ErrorKind.VALUE_ERROR, nul.kind());
        assertEquals("embedded null byte", nul.getMessage());
        NnError tooLong = assertThrows(NnError.class, () -> files.writable("a".repeat(5000)));
        assertEquals(ErrorKind.OS_ERROR, tooLong.kind());
    }
}
