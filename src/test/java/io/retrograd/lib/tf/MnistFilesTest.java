package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.Evaluator;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which MNIST files a script gets where several folders have some. */
final class MnistFilesTest {
    private static final String READ = """
            from tensorflow.examples.tutorials.mnist import input_data
            m = input_data.read_data_sets('own', validation_size=0)
            print(m.train.num_examples, m.test.num_examples)
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void twoFolders() throws IOException {
        write("own", 5, 5, 2, 2);
        write("shared/mnist", 7, 7, 3, 3);
    }

    /** Digits without a mark on them, so many of each file. */
    private void write(String name, int trainImages, int trainLabels, int testImages, int testLabels) throws IOException {
        Path to = Files.createDirectories(folder.resolve(name));
        Files.write(to.resolve("train-images-idx3-ubyte"), images(trainImages));
        Files.write(to.resolve("train-labels-idx1-ubyte"), labels(trainLabels));
        Files.write(to.resolve("t10k-images-idx3-ubyte"), images(testImages));
        Files.write(to.resolve("t10k-labels-idx1-ubyte"), labels(testLabels));
    }

    private static byte[] images(int n) {
        return ByteBuffer.allocate(16 + n * 784).putInt(2051).putInt(n).putInt(28).putInt(28).array();
    }

    private static byte[] labels(int n) {
        return ByteBuffer.allocate(8 + n).putInt(2049).putInt(n).array();
    }

    private String read() {
        TestWorld world = new TestWorld(folder);
        world.environment().put("NN_DATA", folder.resolve("shared").toString());
        Evaluator.of(world).run(new Source("test.nn", READ));
        return world.written().lines().reduce((a, b) -> b).orElseThrow();
    }

    @Test
    void theNamedFolderComesFirst() {
        assertEquals("5 2", read());
    }

    @Test
    void aFolderThatLacksAFileIsPassedOverAsAWhole() throws IOException {
        Files.delete(folder.resolve("own/train-images-idx3-ubyte"));
        assertEquals("7 3", read());
    }

    @Test
    void imagesAndLabelsMustBelongTogether() throws IOException {
        write("own", 5, 4, 2, 2);
        NnError error = assertThrows(NnError.class, this::read);
        assertEquals(ErrorKind.ASSERTION_ERROR, error.kind());
        assertEquals("images.shape: (5, 28, 28, 1) labels.shape: (4,)", error.getMessage());
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        Files.delete(folder.resolve("own/train-images-idx3-ubyte"));
        Files.delete(folder.resolve("shared/mnist/t10k-labels-idx1-ubyte"));
        NnError error = assertThrows(NnError.class, this::read);
        assertTrue(error.getMessage().startsWith("the MNIST file train-images-idx3-ubyte.gz is neither in own nor in"), error.getMessage());
    }
}
