package io.retrograd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileDescriptor;
import org.junit.jupiter.api.Test;

/** Output that cannot be written is told once, and never lost in silence. */
final class StandardStreamTest {
    @Test
    void tellsThatTheOutputIsLost() {
        // A descriptor that was never opened refuses every write.
        StandardStream stream = new StandardStream(new FileDescriptor(), false, null);
        stream.write("lost");
        assertThrows(StandardStream.WriteFailure.class, stream::flush);
        stream.flush();
        assertThrows(StandardStream.WriteFailure.class, () -> {
            stream.write("more");
            stream.flush();
        });
    }

    @Test
    void tellsWhatTheBackgroundFlushMet() throws InterruptedException {
        StandardStream stream = new StandardStream(new FileDescriptor(), false, null);
        stream.write("lost");
        Thread.sleep(400);
        Error told = assertThrows(StandardStream.WriteFailure.class, stream::flush);
        assertEquals(StandardStream.WriteFailure.class, told.getClass());
    }

    @Test
    void tellsAtTheNextWriteThatNobodyReads() throws InterruptedException {
        StandardStream stream = new StandardStream(new FileDescriptor(), false, null);
        stream.write("lost");
        Thread.sleep(400);
        assertThrows(StandardStream.WriteFailure.class, () -> stream.write("a line an hour later"));
    }
}
