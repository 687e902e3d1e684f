package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.Evaluator;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.world.Files;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process leaves that is killed while it saves: the folder is copied each time that the saver is about to touch
 * a file, and each copy must restore to the newest or the second newest step.
 */
final class KilledSaverTest {
    private static final String TRAIN = """
            import tensorflow as tf
            n = tf.Variable(0, name='n')
            v = tf.Variable(tf.zeros([50]), name='v')
            bump = tf.group(n.assign_add(1), v.assign_add(tf.ones([50])))
            saver = tf.train.Saver(max_to_keep=2)
            with tf.Session() as sess:
                sess.run(tf.global_variables_initializer())
                for i in range(6):
                    sess.run(bump)
                    saver.save(sess, 'ck/m'%s)
            """;

    private static final String RESTORE = """
            import tensorflow as tf
            n = tf.Variable(0, name='n')
            v = tf.Variable(tf.zeros([50]), name='v')
            saver = tf.train.Saver()
            with tf.Session() as sess:
                c = tf.train.get_checkpoint_state('ck')
                if c is None:
                    print('nothing yet')
                else:
                    assert tf.train.latest_checkpoint('ck') == c.model_checkpoint_path
                    for path in c.all_model_checkpoint_paths:
                        saver.restore(sess, path)
                        step, values = sess.run([n, v])
                        assert (values == step).all(), path
                    print('step %d of %d' % (step, len(c.all_model_checkpoint_paths)))
            """;

    @TempDir
    private Path folder;

    private final List<Path> copies = new ArrayList<>();

    /** Copies the folder before each touch of a file in it. */
    private final class Watched extends TestWorld {
        private final Path own;

        Watched(Path own) {
            super(own);
            this.own = own;
        }

        @Override
        public Files files() {
            Files files = super.files();
            return new Files() {
                @Override
                public Path readable(String path) {
                    return files.readable(path);
                }

                @Override
                public Path writable(String path) {
                    Path copy = folder.resolve("copy" + copies.size());
                    copies.add(copy);
                    copy(own, copy);
                    return files.writable(path);
                }

                @Override
                public Path workingFolder() {
                    return files.workingFolder();
                }

                @Override
                public void changeFolder(String path) {
                    files.changeFolder(path);
                }
            };
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = java.nio.file.Files.walk(from)) {
            for (Path each : all.sorted().toList()) {
                java.nio.file.Files.copy(each, to.resolve(from.relativize(each).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(String step) throws IOException {
        Path own = java.nio.file.Files.createDirectories(folder.resolve("own"));
        Evaluator.of(new Watched(own)).run(new Source("train.nn", TRAIN.formatted(step)));
        assertTrue(copies.size() > 20, copies.size() + " touches");
        int newest = 0;
        for (Path copy : copies) {
            TestWorld world = new TestWorld(copy);
            Evaluator.of(world).run(new Source("restore.nn", RESTORE));
            String said = world.written().replaceAll("INFO:[^\\n]*\\n", "").strip();
            int found = said.equals("nothing yet") ? 0 : Integer.parseInt(said.split(" ")[1]);
            assertTrue(found == newest || found == newest + 1, said + " after step " + newest);
            newest = found;
        }
        assertTrue(newest >= 5, "the last copies hold the last steps");
    }

    @Test
    void neverLosesACheckpointOfManySteps() throws IOException {
        check(", global_step=n");
    }

    @Test
    void neverLosesTheOneThatItWritesOver() throws IOException {
        check("");
    }
}
