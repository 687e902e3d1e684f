package io.retrograd.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.Evaluator;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files byte by byte. A reader written apart from this project read these bytes and found every checksum right. */
final class EventFileTest {
    @TempDir
    private Path folder;

    /** The records of a file that hold what TensorBoard plots: framing, time, step and summary. */
    private static final List<String> RECORDS = List.of(
            "1800000000000000a37f4b2209b7e607e02f8dd7411a0d627261696e2e4576656e743a3251e3b182",
            "1800000000000000a37f4b2209b7e607e02f8dd7412a0d0a0b0a046c6f7373150000000012746c94",
            "1a00000000000000129bd82d09b7e607e02f8dd74110012a0d0a0b0a046c6f7373150000003f19fc1047",
            "1a00000000000000129bd82d09b7e607e02f8dd74110022a0d0a0b0a046c6f7373150000803f0eac1e33");

    @Test
    void scalarsAreWrittenAsTensorBoardReadsThem() throws IOException {
        Evaluator.of(new TestWorld(folder)).run(new Source("test.nn", """
                import tensorflow as tf
                x = tf.placeholder(tf.float32)
                loss = tf.summary.scalar('loss', x)
                with tf.Session() as sess:
                    writer = tf.summary.FileWriter('log')
                    for i in range(3):
                        writer.add_summary(sess.run(loss, {x: i / 2.0}), i)
                    writer.close()
                """));
        byte[] all;
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            all = Files.readAllBytes(files.findFirst().orElseThrow());
        }
        assertEquals(String.join("\n", RECORDS), String.join("\n", split(all)));
    }

    private static List<String> split(byte[] all) {
        List<String> records = new ArrayList<>();
        int at = 0;
        while (at < all.length) {
            int length = (int) new WireReader(Arrays.copyOfRange(all, at, at + 8)).fixed32();
            byte[] record = Arrays.copyOfRange(all, at, at + 16 + length);
            records.add(HexFormat.of().formatHex(record));
            at += 16 + length;
        }
        assertEquals(all.length, at);
        return records;
    }

    @Test
    void aKilledWriterLeavesWholeRecords() throws IOException {
        Path file = folder.resolve("events");
        byte[] before;
        try (EventFile events = new EventFile(file, 1)) {
            events.summary(2, 1, new byte[] {1, 2});
            events.flush();
            before = Files.readAllBytes(file);
            events.summary(3, 2, new byte[] {3});
        }
        byte[] after = Files.readAllBytes(file);
        assertArrayEquals(before, Arrays.copyOf(after, before.length));
    }
}
