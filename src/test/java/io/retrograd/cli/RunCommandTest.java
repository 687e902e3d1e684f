package io.retrograd.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.retrograd.Evaluator;
import io.retrograd.lang.tree.Source;
import io.retrograd.lib.numpy.NpyFormat;
import io.retrograd.tensor.NdArray;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code nn run}: what it writes, and how it ends where the model, its signature or a file does not fit. */
final class RunCommandTest {
    private static final String MODEL = String.join("\n",
            "import tensorflow as tf",
            "x = tf.placeholder(tf.float32, [None, 2])",
            "y = tf.matmul(x, tf.Variable([[1.], [2.]]))",
            "with tf.Session() as s:",
            "    s.run(tf.global_variables_initializer())",
            "    tf.saved_model.simple_save(s, 'model', {'x': x}, {'y': y, 'twice': y * 2})");

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Evaluator.of(new TestWorld(folder)).run(new Source("model.nn", MODEL));
        Files.write(folder.resolve("x.npy"), NpyFormat.write(NdArray.of(new float[] {1, 1, 0, 2}, 2, 2)));
        Files.write(folder.resolve("wide.npy"), NpyFormat.write(NdArray.of(new float[] {1, 1, 0}, 1, 3)));
        Files.writeString(folder.resolve("junk.npy"), "hello");
    }

    private int run(String arguments) {
        List<String> words = new ArrayList<>(List.of(folder.resolve("model").toString()));
        for (String word : arguments.split(" ")) {
            words.add(word.replace("@", folder + "/"));
        }
        return new CommandLine(new RunCommand()).execute(words.toArray(new String[0]));
    }

    private float[] written(String file) throws IOException {
        return NpyFormat.read(Files.readAllBytes(folder.resolve(file)), file).toFloats();
    }

    @Test
    void writesEachOutputThatHasAFile() throws IOException {
        assertEquals(ExitStatus.OK, run("--inputs x=@x.npy -o y=@y.npy -o twice=@twice.npy"));
        assertArrayEquals(new float[] {3, 4}, written("y.npy"));
        assertArrayEquals(new float[] {6, 8}, written("twice.npy"));
    }

    @Test
    void computesWhatIsWantedOnly() throws IOException {
        assertEquals(ExitStatus.OK, run("--inputs x=@x.npy --outputs twice -o @only.npy"));
        assertArrayEquals(new float[] {6, 8}, written("only.npy"));
        assertFalse(Files.exists(folder.resolve("y.npy")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "--inputs x=@x.npy --signature none    | 1",
        "--inputs x=@x.npy --tags train        | 1",
        "--inputs x=@wide.npy                  | 1",
        "--inputs x=@junk.npy                  | 1",
        "--inputs x=@none.npy                  | 2",
        "--inputs z=@x.npy                     | 2",
        "--inputs x                            | 2",
        "--outputs y                           | 2",
        "--inputs x=@x.npy --outputs z         | 2",
        "--inputs x=@x.npy -o @y.npy           | 2",
        "--inputs x=@x.npy -o y=@y --outputs twice | 2"
    })
    void endsWithItsStatus(String arguments, int status) {
        assertEquals(status, run(arguments));
    }
}
