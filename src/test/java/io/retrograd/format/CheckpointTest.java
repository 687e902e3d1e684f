package io.retrograd.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.tensor.NdArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that is written over another one of the same name: at no moment is neither of them whole. */
final class CheckpointTest {
    @TempDir
    private Path folder;

    private static Map<String, NdArray> values(int n, double value) {
        double[] all = new double[n];
        Arrays.fill(all, value);
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        tensors.put("a", NdArray.of(all, n));
        tensors.put("b", NdArray.of(new double[] {value, -value}, 2));
        return tensors;
    }

    private static void assertHolds(Path prefix, int n, double value) {
        Checkpoint c = Checkpoint.open(prefix, prefix.toString());
        NdArray a = c.read("a");
        assertEquals(n, a.size());
        for (int i = 0; i < n; i++) {
            assertEquals(value, a.getDouble(i));
        }
        assertEquals(-value, c.read("b").getDouble(1));
    }

    @Test
    void theOldIndexIsRightUntilTheNewOneIsThere() throws IOException {
        Path prefix = folder.resolve("m");
        Path index = Checkpoint.indexFile(prefix);
        int[] sizes = {10, 10, 10, 4, 12, 3, 3, 40};
        int before = 0;
        for (int i = 0; i < sizes.length; i++) {
            byte[] old = i == 0 ? null : Files.readAllBytes(index);
            Checkpoint.write(prefix, values(sizes[i], i + 1));
            assertHolds(prefix, sizes[i], i + 1);
            Path data = Checkpoint.dataFile(prefix, 0, 1);
            boolean trimmed = i > 0 && Files.size(data) <= 8L * (sizes[i] + 2);
            if (i > 0 && !trimmed) {
                // As after a kill between the renaming of the data and that of the index.
                byte[] now = Files.readAllBytes(index);
                Files.write(index, old);
                assertHolds(prefix, before, i);
                Files.write(index, now);
            }
            assertTrue(Files.size(data) <= 8L * (sizes[i] + 2 + before + 2) + 8L * 12, "the file does not grow for ever");
            before = sizes[i];
        }
    }
}
